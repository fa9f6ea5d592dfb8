"""System A1 on a real cluster: one parameter server, chief, worker and evaluator, each a process of its own.

One training serves all tests here: the worker is killed and started again, then the chief.
"""

from __future__ import annotations

import itertools
import os
import pathlib
import re
import time
from typing import NamedTuple

import pytest

import tf1 as tf
from tools.forked_python import Python
from tools.local_cluster import CHIEF, EVALUATOR, PS, WORKER, LocalCluster

ROOT = pathlib.Path(__file__).parents[3]
PROGRAM = ['-m', 'tools.faults.cluster_program']
MAX_STEPS = 1500
PATIENCE_SECS = 120


class Story(NamedTuple):
    """Logs of all processes; for the one killed, before and after."""

    model_dir: str
    worker: list[str]
    chief: list[str]
    evaluator: str
    ps: str


def start(command, environment, log_path):
    return Python(command, env=environment, log=log_path)


def wait_for(condition):
    deadline = time.monotonic() + PATIENCE_SECS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.fixture(scope='module')
def story(tmp_path_factory):
    folder = tmp_path_factory.mktemp('cluster')
    model_dir, hurry = str(folder / 'model'), folder / 'hurry'
    command = [*PROGRAM, model_dir, str(MAX_STEPS), str(hurry)]
    worker, chief, evaluator, ps = (WORKER, 0), (CHIEF, 0), (EVALUATOR, 0), (PS, 0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv('PYTHONPATH', str(ROOT))
        with LocalCluster(command, str(folder / 'logs'), start=start) as cluster:
            before = {}
            for task in (worker, chief):
                lines = cluster.log(task).count('step =')
                wait_for(lambda task=task, lines=lines: cluster.log(task).count('step =') > lines + 1)
                cluster.kill(task)
                before[task] = cluster.log(task)
                cluster.start(task)
            wait_for(lambda: 'step =' in cluster.log(chief)[len(before[chief]) :])
            hurry.touch()
            cluster.wait(PATIENCE_SECS)
            logs = {task: cluster.log(task) for task in cluster.tasks}
    return Story(
        model_dir,
        [before[worker], logs[worker][len(before[worker]) :]],
        [before[chief], logs[chief][len(before[chief]) :]],
        logs[evaluator],
        logs[ps],
    )


def steps(log):
    return [int(step) for step in re.findall(r'loss = .*, step = (\d+)', log)]


def test_training_ends_at_max_steps(story):
    assert tf.train.load_variable(story.model_dir, 'global_step') >= MAX_STEPS
    assert tf.train.latest_checkpoint(story.model_dir).startswith(os.path.join(story.model_dir, 'model.ckpt-15'))


def test_chief_and_worker_share_the_steps(story):
    # The chief logs every 10 of its own steps; what the global step grew by beyond that, the worker did.
    logged = steps(story.chief[0])
    assert max(after - before for before, after in itertools.pairwise(logged)) > 10


def test_variables_lie_on_the_parameter_server(story):
    assert 'Start Tensorflow server.' in story.ps
    assert 'model_fn' not in story.ps


def test_the_worker_writes_no_checkpoints(story):
    assert 'Saving checkpoints' not in ''.join(story.worker)


def test_a_worker_that_was_killed_rejoins(story):
    assert steps(story.worker[1])[0] > 0
    assert 'Loss for final step' in story.worker[1]


def test_a_chief_that_was_killed_goes_on_from_its_last_checkpoint(story):
    saved = [int(step) for step in re.findall(r'Saving checkpoints for (\d+)', story.chief[0])]
    (restored,) = re.findall(f'Restoring parameters from {story.model_dir}/model.ckpt-(\\d+)', story.chief[1])
    assert int(restored) in saved[-2:]  # The end may have come while the last was being written.
    assert int(restored) <= steps(story.chief[1])[0] < MAX_STEPS


def test_the_evaluator_follows_the_checkpoints_to_the_last(story):
    evaluated = [int(step) for step in re.findall(r'Saving dict for global step (\d+)', story.evaluator)]
    assert evaluated == sorted(set(evaluated))
    assert len(evaluated) > 3
    assert evaluated[-1] >= MAX_STEPS
    assert f'Exiting evaluation, global_step={evaluated[-1]} >= train max_steps={MAX_STEPS}' in story.evaluator


def test_the_model_has_learned(story):
    accuracies = [float(value) for value in re.findall(r'accuracy = ([\d.]+)', story.evaluator)]
    assert accuracies[-1] > 0.85 > 0.3 > accuracies[0]
