"""Runs the binaries, each in a process of its own that is forked from one which has loaded TensorFlow already.

A start of Python with TensorFlow takes seconds; a fork takes none, so a campaign gets through many trials.
"""

from __future__ import annotations

import ctypes
import os
import re
import resource
import runpy
import signal
import sys
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

_CAPABILITY_VERSION = 0x20080522
_OVERRIDES = 0b110  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH of capabilities(7).


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
      limit: called in the new process before the binary starts; None for no limits.
    """

    def __init__(self, module: str, arguments: Sequence[str], log: str, limit: Callable[[], None] | None = None):
        self._log = log
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if self.pid == 0:
            _become(module, arguments, log, limit)

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


def limit_files(size: int) -> None:
    """Lets no file of this process grow beyond `size` bytes, as a full disk would."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def limit_memory(more: int) -> None:
    """Lets this process take `more` bytes of memory than it has."""
    with open('/proc/self/status') as file:
        has = re.search(r'^VmData:\s+(\d+) kB', file.read(), re.MULTILINE)
    if has is None:
        raise OSError('/proc/self/status does not tell VmData, from which the limit is counted.')
    size = int(has[1]) * 1024 + more
    resource.setrlimit(resource.RLIMIT_DATA, (size, size))


def obey_permissions() -> None:
    """Takes from this process the power, which the super-user has, to write where permissions forbid it."""
    libc = ctypes.CDLL(None, use_errno=True)
    header, powers = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0), (ctypes.c_uint32 * 6)()
    libc.capget(header, powers)
    for i in range(3):  # Effective, permitted, inheritable.
        powers[i] &= ~_OVERRIDES
    if libc.capset(header, powers):
        raise OSError(ctypes.get_errno(), 'capset')


def _become(module: str, arguments: Sequence[str], log: str, limit: Callable[[], None] | None) -> None:
    """Turns a forked process into the binary; does not return."""
    status = 70
    try:
        for number, path in ((0, os.devnull), (1, f'{log}.out'), (2, log)):
            opened = os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(opened, number)
        if limit is not None:
            limit()
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
