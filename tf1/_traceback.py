"""Tracebacks of a program as Python would print them: without the frames of what runs it."""

from __future__ import annotations

import importlib
import os
import sys
import traceback
import types

_FOLDER = os.path.dirname(os.path.abspath(__file__)) + os.sep
# Between a program and what it asks for: imports, and names looked up in the namespace.
_OURS = frozenset(
    _FOLDER + name
    for name in (
        '__init__.py',
        '_install.py',
        '_namespace.py',
        '_notebook.py',
        '_old_paths.py',
        '_program_imports.py',
        '_restored.py',
        '_run_program.py',
        '_submodules.py',
        'keras.py',
        'run.py',
        os.path.join('contrib', '__init__.py'),
    )
)
_MACHINERY = ('<frozen ', importlib.__file__)


def show_as_python_would() -> None:
    """Makes whoever prints the next uncaught exception leave out the frames that are not the program's."""
    # Python's own printer may look only on disk for the lines of a program, where a notebook's cells are not.
    hook = traceback.print_exception if sys.excepthook is sys.__excepthook__ else sys.excepthook

    def excepthook(kind: type[BaseException], error: BaseException, frames: types.TracebackType | None) -> None:
        strip(error)
        hook(kind, error, error.__traceback__)

    sys.excepthook = excepthook


def strip(error: BaseException) -> None:
    """Takes tf1's frames out of the tracebacks of `error` and of those that led to it."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        each = waiting.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        each.__traceback__ = _without_ours(each.__traceback__)
        waiting += [each.__cause__, each.__context__]


def _without_ours(frames: types.TracebackType | None) -> types.TracebackType | None:
    kept = []
    ours = True
    while frames is not None:
        path = frames.tb_frame.f_code.co_filename
        # Python's import machinery and its runpy belong to whom they follow.
        ours = path in _OURS or (ours and path.startswith(_MACHINERY))
        if not ours:
            kept.append(frames)
        frames = frames.tb_next
    rest = None
    for each in reversed(kept):
        rest = types.TracebackType(rest, each.tb_frame, each.tb_lasti, each.tb_lineno)
    return rest
