"""Runs the binaries, each in a process of its own that is forked from one which has loaded TensorFlow already.

A start of Python with TensorFlow takes seconds; a fork takes none, so a campaign gets through many trials.
"""

from __future__ import annotations

import os
import resource
import runpy
import signal
import sys
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple


class Ended(NamedTuple):
    """How a process ended."""

    status: int
    """Its exit status, or minus the signal that killed it."""
    error: str
    """What it wrote to standard error."""


class Program:
    """A binary at work.

    Args:
      module: the binary, such as `flags.train_estimator`.
      arguments: its command line.
      log: file for standard error; standard output goes beside it.
      largest_file: limit of a file's size in bytes, as a full disk has one; None for none.
    """

    def __init__(self, module: str, arguments: Sequence[str], log: str, largest_file: int | None = None):
        self._log = log
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if self.pid == 0:
            _become(module, arguments, log, largest_file)

    def is_running(self) -> bool:
        """Returns whether the process has not ended yet."""
        return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None

    def wait_for(self, condition: Callable[[], bool], seconds: float) -> None:
        """Waits until a condition holds, the process has ended, or the time is up."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.is_running() and not condition():
            time.sleep(0.01)

    def send(self, number: int) -> None:
        """Sends a signal."""
        os.kill(self.pid, number)

    def end(self) -> Ended:
        """Waits for the end."""
        _, status = os.waitpid(self.pid, 0)
        with open(self._log, encoding='utf-8', errors='replace') as file:
            return Ended(os.waitstatus_to_exitcode(status), file.read())


def prepare() -> None:
    """Loads what every binary needs, on one thread each: sums then come out the same every time."""
    os.environ.update(TF_NUM_INTRAOP_THREADS='1', TF_NUM_INTEROP_THREADS='1', TF_CPP_MIN_LOG_LEVEL='3')
    import tf1  # noqa: F401


def _become(module: str, arguments: Sequence[str], log: str, largest_file: int | None) -> None:
    """Turns a forked process into the binary; does not return."""
    status = 70
    try:
        for number, path in ((0, os.devnull), (1, f'{log}.out'), (2, log)):
            opened = os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(opened, number)
        if largest_file is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
        sys.argv = [module, *arguments]
        runpy.run_module(module, run_name='__main__', alter_sys=True)
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:
        import traceback

        traceback.print_exc()
        status = 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
