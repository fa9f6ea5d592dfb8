"""Where the nodes of a graph were made, as the profiler's code view and errors tell it: without our files."""

from __future__ import annotations

import pathlib
import sys
from collections.abc import Callable

from tensorflow.python.util import tf_stack

from tf1._backports.notices import Notices
from tf1._backports.user_code import UserCode

_HERE = pathlib.Path(__file__).parents[1]


class _Hidden(tf_stack.StackTraceFilter):
    """The files that run a program, Python's runpy and ours, and those that patch TensorFlow, in this thread."""

    _files = frozenset(
        {
            '<frozen runpy>',
            *(str(path) for room in ('_run', '_engine') for path in (_HERE / room).rglob('*.py')),
            str(_HERE / 'run.py'),
        }
    )

    def get_filtered_filenames(self) -> frozenset[str]:
        return self._files


def install(user_code: UserCode, notices: Notices) -> Callable[[], None]:
    """Leaves our files out of tracebacks of nodes. Returns a function to undo it."""
    hidden = _Hidden()
    hidden.__enter__()
    return lambda: hidden.__exit__(*sys.exc_info())
