"""How training grows with processes: steps per second of one process, and of clusters with one parameter server.

`python -m benchmarks.workers [--systems=linear,mlp] [--workers=1,2,4] [--seconds=10]`: all processes are on this
machine, so its cores are shared, and what is lost to one process is the price of variables that lie elsewhere. Steps
are the global step's, which all workers count; a step is a batch of one worker.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import pathlib
import sys
import tempfile
import time
from typing import Any

import tf1 as tf
from benchmarks import machine
from estimators import systems
from tools.local_cluster import CHIEF, LocalCluster

_PATIENCE_SECS = 180.0
_WARM_UP_SECS = 2.0


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--systems', default='linear,mlp', help='systems A1 to A4, by comma')
    parser.add_argument('--workers', default='1,2,4', help='how many processes train, by comma; the chief is one')
    parser.add_argument('--seconds', type=float, default=10.0, help='to measure each')
    parser.add_argument('--task', help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.task:
        _train(json.loads(arguments.task))
        return
    print(machine.describe())
    print('system     processes   steps/s  examples/s  to one process alone')
    for name in arguments.systems.split(','):
        batch = systems.SYSTEMS[name].hparams.batch_size
        alone = _measured(name, 0, arguments.seconds)
        for workers in (0, *map(int, arguments.workers.split(','))):
            speed = _measured(name, workers, arguments.seconds) if workers else alone
            label = f'1 ps, {workers}' if workers else '1, no ps'
            print(f'{name:10} {label:>9} {speed:9.1f} {speed * batch:11.0f} {speed / alone:12.2f}', flush=True)


def _measured(name: str, workers: int, seconds: float) -> float:
    """Returns the global steps per second of a cluster, or of one process that is in none."""
    with tempfile.TemporaryDirectory() as folder:
        task = json.dumps({'system': name, 'folder': folder, 'workers': max(workers, 1), 'seconds': seconds})
        command = [sys.executable, '-m', 'benchmarks.workers', '--task', task]
        found = pathlib.Path(folder, 'found')
        in_cluster = {'num_ps': 1, 'num_workers': workers - 1} if workers else {'num_ps': 0, 'num_workers': 0}
        with LocalCluster(command, os.path.join(folder, 'logs'), evaluator=False, **in_cluster) as cluster:
            end = time.monotonic() + _PATIENCE_SECS + seconds
            while not found.exists():
                if time.monotonic() > end or any(cluster.statuses().values()):
                    raise RuntimeError(
                        f'No figure of {name} with {workers} workers:\n{cluster.log((CHIEF, 0))[-3000:]}'
                    )
                time.sleep(0.1)
        return float(found.read_text())


class _Clock(tf.train.SessionRunHook):
    """Says that its process trains; the chief's measures once all do, and then ends its training.

    It need not see each step, so that a process alone may make many in one call.
    """

    def __init__(self, task: dict[str, Any], is_chief: bool):
        self._task, self._is_chief = task, is_chief
        self._folder = pathlib.Path(task['folder'])
        self._trains = False
        self._begin_at: float | None = None
        self._first: tuple[float, int] | None = None

    def begin(self) -> None:
        self._global_step = tf.train.get_global_step()

    def skippable_steps(self, global_step: int) -> int:
        return 100

    def skip_steps(self, count: int) -> None:
        del count

    def before_run(self, run_context: tf.train.SessionRunContext) -> tf.train.SessionRunArgs:
        return tf.train.SessionRunArgs(self._global_step)

    def after_run(self, run_context: tf.train.SessionRunContext, run_values: tf.train.SessionRunValues) -> None:
        if not self._trains:
            self._trains = True
            (self._folder / f'trains-{os.getpid()}').touch()
        if self._is_chief:
            self._measure(time.perf_counter(), run_values.results, run_context)

    def _measure(self, now: float, step: int, run_context: tf.train.SessionRunContext) -> None:
        if self._begin_at is None:
            if len(list(self._folder.glob('trains-*'))) == self._task['workers']:
                self._begin_at = now + _WARM_UP_SECS
        elif self._first is None:
            if now >= self._begin_at:
                self._first = now, step
        elif now - self._first[0] >= self._task['seconds']:
            part = self._folder / 'part'
            part.write_text(str((step - self._first[1]) / (now - self._first[0])))
            part.rename(self._folder / 'found')
            run_context.request_stop()


def _train(task: dict[str, Any]) -> None:
    """Plays this process's part; TF_CONFIG says which."""
    tf.logging.set_verbosity(tf.logging.ERROR)
    if not json.loads(os.environ['TF_CONFIG'])['cluster'].get('ps'):
        del os.environ['TF_CONFIG']  # one process alone
    system = systems.SYSTEMS[task['system']]
    params = dataclasses.asdict(system.hparams)
    config = tf.estimator.RunConfig(
        save_checkpoints_steps=None,
        save_checkpoints_secs=3600,
        save_summary_steps=None,
        log_step_count_steps=None,
        experimental_max_worker_delay_secs=0,
    )
    estimator = tf.estimator.Estimator(system.model_fn, os.path.join(task['folder'], 'model'), config, params)
    input_fn = systems.train_input_fn(estimator, systems.load(system))
    hook = _Clock(task, is_chief=config.is_chief)
    spec = tf.estimator.TrainSpec(input_fn, max_steps=10**9, hooks=[hook])
    tf.estimator.train_and_evaluate(estimator, spec, tf.estimator.EvalSpec(input_fn, steps=1))


if __name__ == '__main__':
    main()
