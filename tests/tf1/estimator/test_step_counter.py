from __future__ import annotations

import re

import pytest

import tf1 as tf
from tf1.estimator import step_counter
from tf1.estimator.hooked_session import HookedSession


@pytest.fixture(autouse=True)
def _graph(graph):
    """Every test builds into a graph of its own."""


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still until a test moves its `now`, in seconds."""

    class Clock:
        now = 100.0

        def perf_counter(self):
            return self.now

    clock = Clock()
    monkeypatch.setattr(step_counter, 'time', clock)
    return clock


def run(steps, every_n_steps, folder, clock, increment=1, seconds=0.5):
    """Makes `steps` runs of `seconds` each, in which the global step grows by `increment`."""
    global_step = tf.train.create_global_step()
    grow = tf.assign_add(global_step, increment)
    counter = step_counter.StepCounter(every_n_steps, folder)
    with HookedSession(tf.train.ChiefSessionCreator(), [counter]) as session:
        for _ in range(steps):
            clock.now += seconds
            session.run(grow)
    tf.summary.FileWriterCache.get(folder).flush()


def test_it_reports_after_every_span_the_steps_per_second_of_it(clock, log, summaries, model_dir):
    run(7, 3, model_dir, clock)
    # Two steps take one second. The first report would be that of step 1, which has none before it.
    expected = [(4, 'global_step/sec', 2.0), (7, 'global_step/sec', 2.0)]
    assert summaries(model_dir) == expected
    assert [line for line in log if 'sec' in line] == ['global_step/sec: 2', 'global_step/sec: 2']


def test_a_rate_is_that_of_the_global_step_not_of_runs(clock, log, summaries, model_dir):
    run(3, 2, model_dir, clock, increment=10, seconds=0.25)
    # 20 steps in half a second, from step 10 to step 30.
    assert summaries(model_dir) == [(30, 'global_step/sec', 40.0)]


def test_fewer_steps_than_a_span_report_nothing(clock, log, summaries, model_dir):
    run(3, 3, model_dir, clock)
    assert summaries(model_dir) == []
    assert not any('sec' in line for line in log)


def test_a_step_that_stands_still_is_warned_about_with_the_remedy(clock, log, summaries, model_dir):
    run(3, 2, model_dir, clock, increment=0)
    (warning,) = [line for line in log if line.startswith('global_step has')]
    assert re.match(
        r'^global_step has stayed at 0 for 2 steps\. Pass global_step=tf\.train\.get_global_step\(\) to', warning
    )
    assert summaries(model_dir) == [(0, 'global_step/sec', 0.0)]
