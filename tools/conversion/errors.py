"""What a person can mend about a conversion."""

from __future__ import annotations

import re


class ConversionError(ValueError):
    """A checkpoint or model that cannot be converted; the text names it, what is wrong and the remedy.

    The process with Keras 3 raises it too, where `tf1` must not be imported.
    """


def reason(error: Exception) -> str:
    """What an error says, as `tf1._checkpoint.errors.reason`, for the process that does without tf1."""
    lines = str(getattr(error, 'message', None) or error).partition('\n\t [[')[0].splitlines()
    told = [line for line in lines if line.strip() and not line.lstrip().startswith(('[[', 'Node:', 'File "'))]
    return re.sub(r'\[\[.*?\]\]|\{\{.*?\}\}|\[Op:\w+\]', '', told[-1] if told else type(error).__name__).strip()
