"""The table of a reproduction in Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tools.reproduction import comparison
from tools.reproduction.folder import Result

_LEFT = 3


def text(
    title: str, summary: str, results: Sequence[Result], convolution: Sequence[str], environment: Mapping[str, str]
) -> str:
    """Returns a heading, a summary, the table, lines about the convolutions, and what the figures depend on."""
    columns = comparison.COLUMNS
    lines = [f'# {title}', '', summary, '', _line(columns), _line(['---'] * _LEFT + ['---:'] * (len(columns) - _LEFT))]
    lines += [_line(comparison.row(result)) for result in results]
    lines += ['', *(f'- {line}' for line in convolution), ''] if convolution else ['']
    lines += [f'- {name}: {value}' for name, value in environment.items()]
    return '\n'.join(lines) + '\n'


def _line(cells: Sequence[str]) -> str:
    return f'| {" | ".join(cells)} |'
