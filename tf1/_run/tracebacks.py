"""Tracebacks of a program as Python would print them: without the frames of tf1, whatever they do there.

`TF1_TRACEBACK=full` in the environment keeps them.
"""

from __future__ import annotations

import importlib
import os
import sys
import threading
import traceback
import types

_FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
# A console script calls tf1 from a file of its own.
_LAUNCHER = os.path.abspath(sys.argv[0]) if sys.argv else ''
_WISH = 'TF1_TRACEBACK'
_MACHINERY = ('<frozen ', importlib.__file__)


def show_as_python_would() -> None:
    """Leaves tf1's frames out of uncaught exceptions that are printed from now on."""
    if os.environ.get(_WISH) == 'full':
        return
    # Python's own printer may look only on disk for the lines of a program, where a notebook's cells are not.
    hook = traceback.print_exception if sys.excepthook is sys.__excepthook__ else sys.excepthook

    def excepthook(kind: type[BaseException], error: BaseException, frames: types.TracebackType | None) -> None:
        strip(error)
        hook(kind, error, error.__traceback__)

    def in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            strip(args.exc_value)
            args = threading.ExceptHookArgs((args.exc_type, args.exc_value, args.exc_value.__traceback__, args.thread))
        thread_hook(args)

    thread_hook = threading.excepthook
    sys.excepthook, threading.excepthook = excepthook, in_thread


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
        ours = path.startswith(_FOLDER) or path == _LAUNCHER or (ours and path.startswith(_MACHINERY))
        if not ours:
            kept.append(frames)
        frames = frames.tb_next
    rest = None
    for each in reversed(kept):
        rest = types.TracebackType(rest, each.tb_frame, each.tb_lasti, each.tb_lineno)
    return rest
