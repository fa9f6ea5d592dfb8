"""IPython's own lines in a notebook's cells, not Python: magics (`%`, `%%`), shell lines (`!`), help (`?`)."""

from __future__ import annotations

import io
import re
import tokenize
from typing import NamedTuple

# Magics that do something to Python code, which runs without it.
_KEEP_CELL = ('%%capture', '%%prun', '%%time', '%%timeit')
_KEEP_REST = ('%prun', '%time')
_PYLAB = 'from pylab import *; import numpy as np; import matplotlib.pyplot as plt'
_ASSIGNMENT = re.compile(r'\s*[\w.,\s\[\]]+=\s*[!%](?!=)')
_HELP = re.compile(r'\s*(\?{1,2}\s*[\w.*]+|[\w.*]+\?{1,2})\s*$')


class Plain(NamedTuple):
    """A cell as Python, each line where it was, and what was left out of it."""

    source: str
    skipped: list[str]


def plain(source: str) -> Plain:
    """Returns a cell's source without what only IPython understands."""
    lines = source.split('\n')
    first = next((index for index, line in enumerate(lines) if line.strip()), 0)
    if lines[first].startswith('%%'):
        magic = lines[first].strip()
        if magic.split()[0] not in _KEEP_CELL:
            return Plain('', [f'the cell {magic}'])
        lines[first] = ''
        rest = plain('\n'.join(lines))
        return Plain(rest.source, [magic, *rest.skipped])
    if _compiles(source):
        return Plain(source, [])
    return _without_lines(lines)


def _compiles(source: str) -> bool:
    try:
        compile(source, '<cell>', 'exec', dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True


def _without_lines(lines: list[str]) -> Plain:
    kept: list[str] = []
    skipped: list[str] = []
    statement: list[str] = []  # physical lines of an unfinished statement
    continued = False
    for line in lines:
        if continued or (not statement and _is_ipython(line)):
            instead = '' if continued else _instead(line)
            if not continued:
                skipped.append(line.strip() if instead.strip() == 'pass' else line.split()[0])
            kept.append(instead)
            continued = line.rstrip().endswith('\\')
            continue
        kept.append(line)
        statement.append(line)
        if _is_complete(statement):
            statement = []
    return Plain('\n'.join(kept), skipped)


def _is_ipython(line: str) -> bool:
    return bool(line.lstrip().startswith(('%', '!')) or _ASSIGNMENT.match(line) or _HELP.match(line))


def _instead(line: str) -> str:
    """Returns the Python that stands where a line of IPython's was, at the same indentation."""
    indent = line[: len(line) - len(line.lstrip())]
    magic, _, rest = line.strip().partition(' ')
    if magic == '%pylab':
        return indent + _PYLAB
    if magic in _KEEP_REST and rest and not rest.startswith('-'):
        return indent + rest
    return f'{indent}pass'


def _is_complete(statement: list[str]) -> bool:
    text = '\n'.join(statement).lstrip() + '\n'
    try:
        for _ in tokenize.generate_tokens(io.StringIO(text).readline):
            pass
    except tokenize.TokenError as error:
        return not ('EOF' in str(error) or 'triple-quoted' in str(error))
    except SyntaxError:
        pass
    return True
