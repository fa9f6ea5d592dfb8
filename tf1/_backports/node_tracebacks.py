"""Where the nodes of a graph were made, as the profiler's code view and errors tell it: beginning with the program."""

from __future__ import annotations

import pathlib
import sys
from collections.abc import Callable

from tensorflow.python.util import tf_stack

from tf1._backports.notices import Notices
from tf1._backports.user_code import UserCode


class _Starting(tf_stack.StackTraceFilter):
    """The files that run a program: Python's runpy, and ours, in this thread."""

    _files = frozenset(
        {
            '<frozen runpy>',
            *(str(path) for path in (pathlib.Path(__file__).parents[1] / '_run').glob('*.py')),
            str(pathlib.Path(__file__).parents[1] / 'run.py'),
        }
    )

    def get_filtered_filenames(self) -> frozenset[str]:
        return self._files


def install(user_code: UserCode, notices: Notices) -> Callable[[], None]:
    """Leaves what starts a program out of tracebacks of nodes. Returns a function to undo it."""
    starting = _Starting()
    starting.__enter__()
    return lambda: starting.__exit__(*sys.exc_info())
