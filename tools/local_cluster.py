"""Runs a program as a whole training cluster on this machine: one process per task, each with its TF_CONFIG.

    python -m tools.local_cluster --ps=1 --workers=1 LOG_DIR -- python program.py

starts one parameter server, the chief, one worker and the evaluator, and ends when all but the server have. What each
process prints stands in `LOG_DIR/TASK-INDEX.log`. The program calls `tf.estimator.train_and_evaluate`.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any

from tools import command_line

PS = 'ps'
CHIEF = 'chief'
WORKER = 'worker'
EVALUATOR = 'evaluator'
_POLL_SECS = 0.1
_KILL_AFTER_SECS = 10

Task = tuple[str, int]


def _start(command: list[str], environment: dict[str, str], log_path: str) -> subprocess.Popen:
    with open(log_path, 'a') as log:
        return subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        )


class LocalCluster:
    """The processes of a cluster, to be used in a `with` statement, which ends those that still run.

    Args:
      command: the program and its arguments, the same for every process.
      log_dir: folder of the log files; made if it is not there.
      num_ps: number of parameter servers.
      num_workers: number of workers beside the chief.
      evaluator: whether there is an evaluator.
      start: starts a process: its command, environment and log file; `subprocess.Popen` by default.
    """

    def __init__(
        self,
        command: Sequence[str],
        log_dir: str,
        num_ps: int = 1,
        num_workers: int = 1,
        evaluator: bool = True,
        start: Callable[[list[str], dict[str, str], str], Any] = _start,
    ):
        self._command, self._start = list(command), start
        self._log_dir = log_dir
        self._cluster = _addresses({PS: num_ps, CHIEF: 1, WORKER: num_workers})
        self.tasks = [(job, i) for job, addresses in self._cluster.items() for i in range(len(addresses))]
        if evaluator:
            self.tasks.append((EVALUATOR, 0))
        self._processes: dict[Task, Any] = {}

    def __enter__(self) -> LocalCluster:
        os.makedirs(self._log_dir, exist_ok=True)
        for task in self.tasks:
            self.start(task)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._processes.values():
            process.terminate()
        for process in self._processes.values():
            try:
                process.wait(_KILL_AFTER_SECS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def start(self, task: Task) -> None:
        """Starts a task's process, for the first time or again; its log file goes on."""
        job, index = task
        config = {'cluster': self._cluster, 'task': {'type': job, 'index': index}}
        environment = {**os.environ, 'TF_CONFIG': json.dumps(config)}
        self._processes[task] = self._start(self._command, environment, self.log_path(task))

    def kill(self, task: Task) -> None:
        """Ends a task's process at once, as a crash would."""
        self._processes[task].kill()
        self._processes[task].wait()

    def statuses(self) -> dict[Task, int | None]:
        """Returns the exit status of each task's process, None of one that runs."""
        return {task: process.poll() for task, process in self._processes.items()}

    def wait(self, timeout_secs: float) -> None:
        """Waits until all processes but the parameter servers have ended.

        Raises:
          RuntimeError: a process failed, or a parameter server ended; the text has the end of its log.
          TimeoutError: it took longer than `timeout_secs`.
        """
        deadline = time.monotonic() + timeout_secs
        while True:
            codes = self.statuses()
            for task, code in codes.items():
                if code or (task[0] == PS and code is not None):
                    raise RuntimeError(f'{_name(task)} ended with status {code}:\n{self.log(task)[-3000:]}')
            running = [_name(task) for task, code in codes.items() if code is None and task[0] != PS]
            if not running:
                return
            if time.monotonic() > deadline:
                raise TimeoutError(f'Still running after {timeout_secs} seconds: {running}.')
            time.sleep(_POLL_SECS)

    def log(self, task: Task) -> str:
        """Returns what a task's processes have printed."""
        with open(self.log_path(task)) as file:
            return file.read()

    def log_path(self, task: Task) -> str:
        """Returns the path of a task's log file."""
        return os.path.join(self._log_dir, f'{_name(task)}.log')


def _name(task: Task) -> str:
    job, index = task
    return f'{job}-{index}'


def _addresses(counts: dict[str, int]) -> dict[str, list[str]]:
    """Returns a free port of this machine per task; all are held until each is known, so that they differ."""
    sockets = {job: [socket.create_server(('127.0.0.1', 0)) for _ in range(n)] for job, n in counts.items() if n}
    addresses = {job: [f'127.0.0.1:{s.getsockname()[1]}' for s in group] for job, group in sockets.items()}
    for opened in (s for group in sockets.values() for s in group):
        opened.close()
    return addresses


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line of this module's docstring."""
    parser = command_line.Parser('tools.local_cluster', 'Runs a program as a training cluster on this machine.')
    count = command_line.at_least(0)
    parser.add_argument('--ps', type=count, default=1, help='Number of parameter servers.')
    parser.add_argument('--workers', type=count, default=1, help='Number of workers beside the chief.')
    seconds = command_line.at_least(0.0, float)
    parser.add_argument('--timeout_secs', type=seconds, default=3600, help='Longest run, in seconds.')
    parser.add_argument('log_dir', help='Folder of the log files.')
    parser.add_argument('command', nargs='+', help='The program and its arguments.')
    options = parser.parse_args(arguments)
    if os.path.lexists(options.log_dir) and not os.path.isdir(options.log_dir):
        parser.error(f'log_dir {options.log_dir} is no folder: choose another.')
    if shutil.which(options.command[0]) is None:
        parser.error(f'{options.command[0]} is no program that can be run.')
    with LocalCluster(options.command, options.log_dir, options.ps, options.workers) as cluster:
        cluster.wait(options.timeout_secs)


if __name__ == '__main__':
    sys.exit(main())
