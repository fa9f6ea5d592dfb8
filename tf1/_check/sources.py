"""The programs of a folder, and what each uses: Python files and notebooks, read but not run."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator

from tf1._check.name_usage import Reader, Use
from tf1._namespace import garbage
from tf1._run import execution, ipython_syntax, notebook

_ENDINGS = ('.py', '.pyw', '.ipynb')
_SKIPPED = frozenset(('__pycache__', 'env', 'node_modules', 'site-packages', 'dist-packages', 'venv'))


class Unreadable(Exception):
    """A program that cannot be read; the text says why and what to do."""


def find(paths: list[str]) -> Iterator[str]:
    """Yields the programs that `paths` name: the files, and all programs below the folders, in the order of names.

    Hidden folders, virtual environments and caches are skipped.

    Raises:
      NotAProgram: a path is missing, or it is a file that is neither Python nor a notebook.
    """
    for path in paths:
        if os.path.isdir(path):
            yield from _below(path)
        elif not os.path.exists(path):
            raise execution.NotAProgram(f'{path} does not exist: name a Python file, a notebook or a folder.')
        elif not path.endswith(_ENDINGS):
            raise execution.NotAProgram(f'{path} is not a program: name a .py or .ipynb file, or a folder.')
        else:
            yield path


def _below(top: str) -> Iterator[str]:
    for folder, folders, files in os.walk(top):
        folders[:] = sorted(name for name in folders if not _is_skipped(folder, name))
        yield from (os.path.join(folder, name) for name in sorted(files) if name.endswith(_ENDINGS))


def _is_skipped(folder: str, name: str) -> bool:
    return name.startswith('.') or name in _SKIPPED or os.path.exists(os.path.join(folder, name, 'pyvenv.cfg'))


def uses(path: str) -> list[Use]:
    """Returns what the program `path` uses, in the order in which it is written.

    Raises:
      Unreadable: it is not Python 3, or no notebook.
    """
    reader = Reader()
    with warnings.catch_warnings(), garbage.not_collected():
        warnings.simplefilter('ignore')  # of the program's own strings ('\d')
        try:
            _read(reader, path)
            return sorted(reader.finish(), key=lambda use: (use.place.cell, use.place.line))
        except execution.NotAProgram as error:
            raise Unreadable(str(error)) from error
        except (RecursionError, MemoryError) as error:  # which of both depends on Python's version
            raise Unreadable(f'{path} is nested too deeply to be read.') from error


def _read(reader: Reader, path: str) -> None:
    if not path.endswith('.ipynb'):
        _read_source(reader, path, execution.read(path))
        return
    for cell, source in enumerate(notebook.cells(path), 1):
        _read_source(reader, path, ipython_syntax.plain(source).source, cell)


def _read_source(reader: Reader, path: str, source: str | bytes, cell: int = 0) -> None:
    try:
        reader.read(source, cell)
    except (SyntaxError, ValueError) as error:
        where = f'cell {cell}, ' if cell else ''
        where += f'line {getattr(error, "lineno", None) or 1}'
        text = getattr(error, 'msg', None) or str(error)
        raise Unreadable(
            f'{path} does not parse as Python 3 ({where}: {text}). If it is Python 2, convert it first: 2to3 -w -n '
            f'{path} (Python 3.12 and older bring 2to3).'
        ) from error
