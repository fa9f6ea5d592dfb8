"""Scripts of the program that it starts with this Python, `subprocess.call([sys.executable, 'worker.py'])`.

They are TF 1 programs, too.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from tf1._backports.user_code import UserCode

_FLAGS = ('-B', '-E', '-O', '-OO', '-s', '-u', '-v')
"""Options of Python without a value."""


def prepare(user_code: UserCode) -> Callable[[], None]:
    """Lets tf1 run such scripts. Returns a function that undoes it."""
    original = subprocess.Popen.__init__

    def init(process: subprocess.Popen, args: Any, *rest: Any, **options: Any) -> None:
        original(process, as_program(args, user_code), *rest, **options)

    def undo() -> None:
        subprocess.Popen.__init__ = original

    subprocess.Popen.__init__ = init
    return undo


def as_program(command: Any, user_code: UserCode) -> Any:
    """Returns a command that runs a script of the program with this Python so that tf1 runs it, others as they are.

    Args:
      command: as for `subprocess.Popen`.
      user_code: tells the program's scripts from those of libraries.
    """
    if not isinstance(command, (list, tuple)) or not command or not _is_this_python(command[0]):
        return command
    script = next((place for place, word in enumerate(command) if place and word not in _FLAGS), 0)
    path = os.fspath(command[script])
    if not isinstance(path, str) or not path.endswith('.py'):
        return command
    if not user_code.owns({'__name__': os.path.basename(path), '__file__': os.path.abspath(path)}):
        return command
    return [*command[:script], '-m', 'tf1.run', *command[script:]]


def _is_this_python(word: Any) -> bool:
    if word == sys.executable:
        return True
    found = shutil.which(word) if word in ('python', 'python3') else None
    return found is not None and os.path.dirname(found) == os.path.dirname(sys.executable)
