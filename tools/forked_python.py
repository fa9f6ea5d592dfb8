"""`python ARGUMENTS` as a fork of one process that has loaded TensorFlow and tf1: a start takes no seconds.

For programs that would import tf1 first of all and set nothing that TensorFlow reads as it loads.
"""

from __future__ import annotations

import atexit
import functools
import multiprocessing
import os
import runpy
import shutil
import subprocess
import sys
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from multiprocessing.context import BaseContext
from typing import Any


class Python:
    """A program at work; named as `subprocess.Popen` names things.

    Args:
      arguments: `-m MODULE ...`, `-c CODE ...` or `FILE ...`.
      cwd: folder to run in; None for that of this process.
      env: environment variables; None for those of this process.
      input: standard input.
      log: file that gets both streams at its end; None keeps them apart, for `written` and `communicate`.
    """

    def __init__(
        self,
        arguments: Sequence[object],
        cwd: os.PathLike[str] | str | None = None,
        env: Mapping[str, str] | None = None,
        input: str = '',
        log: str | None = None,
    ):
        self.args = [str(argument) for argument in arguments]
        self._streams = tempfile.mkdtemp()
        weakref.finalize(self, shutil.rmtree, self._streams, ignore_errors=True)
        with open(self._path('in'), 'w') as file:
            file.write(input)
        paths = [self._path('in'), log or self._path('out'), log or self._path('err')]
        self._process = _context().Process(
            target=_become, args=(self.args, os.fspath(cwd or os.getcwd()), dict(env or os.environ), paths)
        )
        self._process.start()
        self.pid = self._process.pid

    def poll(self) -> int | None:
        """Returns the exit status, or minus the signal that ended it; None while it runs."""
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Sends a signal."""
        os.kill(self.pid, number)

    def terminate(self) -> None:
        """Asks it to end."""
        self._process.terminate()

    def kill(self) -> None:
        """Ends it at once."""
        self._process.kill()

    def wait(self, timeout: float | None = None) -> int:
        """Waits for the end; returns the exit status.

        Raises:
          subprocess.TimeoutExpired: it has not ended after `timeout` seconds; it goes on.
        """
        self._process.join(timeout)
        status = self.poll()
        if status is None:
            raise subprocess.TimeoutExpired(self.args, timeout)
        return status

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """Waits for the end; returns what it wrote to standard output and standard error."""
        self.wait(timeout)
        return self.written('out'), self.written('err')

    def written(self, stream: str) -> str:
        """Returns what it has written so far to `out` or `err`."""
        with open(self._path(stream), encoding='utf-8', errors='replace') as file:
            return file.read()

    def _path(self, stream: str) -> str:
        return os.path.join(self._streams, stream)


def run(
    arguments: Sequence[object], check: bool = False, timeout: float | None = None, **options: Any
) -> subprocess.CompletedProcess[str]:
    """Runs a program to its end, as `subprocess.run(..., capture_output=True, text=True)` does.

    Args:
      arguments, **options: see `Python`.
      check: whether an exit status other than 0 is an error.
      timeout: in seconds.

    Returns:
      A `subprocess.CompletedProcess`.

    Raises:
      subprocess.CalledProcessError: with `check`.
      subprocess.TimeoutExpired: the program was killed after `timeout` seconds.
    """
    program = Python(arguments, **options)
    try:
        out, err = program.communicate(timeout)
    except subprocess.TimeoutExpired:
        program.kill()
        raise
    done = subprocess.CompletedProcess(program.args, program.poll(), out, err)
    if check:
        done.check_returncode()
    return done


@functools.cache
def _context() -> BaseContext:
    context = multiprocessing.get_context('forkserver')
    context.set_forkserver_preload(['tools.forked_python_modules'])
    return context


def _become(arguments: list[str], folder: str, environment: dict[str, str], streams: list[str]) -> None:
    """Runs a program in this process, which ends as python ends one."""
    for number, path in enumerate(streams):
        os.dup2(os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_APPEND), number)
    sys.stdin = os.fdopen(0)  # multiprocessing had closed it
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.path[:0] = filter(None, environment.get('PYTHONPATH', '').split(os.pathsep))
    status = 1
    try:
        _run(arguments)
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def _run(arguments: list[str]) -> None:
    if arguments[0] == '-m':
        sys.path.insert(0, os.getcwd())
        sys.argv[:] = arguments[1:]
        runpy.run_module(arguments[1], run_name='__main__', alter_sys=True)
    elif arguments[0] == '-c':
        sys.path.insert(0, os.getcwd())
        sys.argv[:] = ['-c', *arguments[2:]]
        exec(compile(arguments[1], '<string>', 'exec'), {'__name__': '__main__'})
    else:
        sys.path.insert(0, os.path.dirname(os.path.abspath(arguments[0])))
        sys.argv[:] = arguments
        runpy.run_path(arguments[0], run_name='__main__')
