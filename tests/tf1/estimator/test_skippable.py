from __future__ import annotations

import math

import pytest

import tf1 as tf
from tf1.estimator import skippable
from tf1.estimator.step_counter import StepCounter


@pytest.fixture
def loss(graph):
    tf.train.create_global_step()
    return tf.constant(1.0)


def triggered(hook, step):
    hook._timer.update_last_triggered_step(step)
    return hook


def with_fields(hook, **fields):
    vars(hook).update(fields)
    return hook


@pytest.mark.parametrize(
    ('make', 'steps'),
    [
        (lambda loss: tf.train.SessionRunHook(), math.inf),
        (lambda loss: tf.train.FinalOpsHook(loss), math.inf),
        (lambda loss: tf.train.NanTensorHook(loss), math.inf),
        (lambda loss: tf.train.NanTensorHook(loss + 1), 0),
        # Logged last at the 4th step from 0, so next at the 9th; seven are counted.
        (lambda loss: with_fields(triggered(tf.train.LoggingTensorHook([loss], 5), 4), _iter_count=7), 2),
        (lambda loss: with_fields(tf.train.LoggingTensorHook([loss], at_end=True), _iter_count=7), math.inf),
        (lambda loss: with_fields(tf.train.SummarySaverHook(10, output_dir='x', summary_op=loss), _next_step=None), 0),
        (
            lambda loss: with_fields(
                triggered(tf.train.SummarySaverHook(10, output_dir='x', summary_op=loss), 41), _next_step=43
            ),
            8,
        ),
        # The last step made is 42; the 50th is saved, so 43 to 49 are not seen.
        (lambda loss: triggered(tf.train.CheckpointSaverHook('x', save_steps=10), 40), 7),
        (lambda loss: triggered(tf.train.CheckpointSaverHook('x', save_secs=1000), 40), math.inf),
        (lambda loss: tf.train.CheckpointSaverHook('x', save_secs=1000), 0),
        (lambda loss: triggered(tf.train.StepCounterHook(10, output_dir='x'), 40), 7),
        (lambda loss: tf.train.StopAtStepHook(last_step=50), 7),
        (lambda loss: with_fields(StepCounter(10, 'x'), _runs=42), 8),
        (lambda loss: with_fields(StepCounter(10, 'x'), _runs=40), 0),
    ],
)
def test_a_hook_skips_the_steps_before_the_one_that_it_waits_for(make, steps, loss):
    hooks = skippable.Hooks([make(loss)], loss)
    assert hooks.sees_every_step is None
    if steps == 0:
        assert hooks.skippable(42) == 0
    else:
        assert hooks.skippable(42) == steps


def test_hooks_that_change_a_step_see_every_one(loss):
    feed = tf.train.FeedFnHook(dict)
    assert skippable.Hooks([tf.train.SessionRunHook(), feed], loss).sees_every_step is feed


def test_a_class_that_derives_from_a_known_hook_and_keeps_its_steps_is_known(loss):
    class Begins(tf.train.StopAtStepHook):
        def begin(self):
            super().begin()

    assert skippable.Hooks([Begins(last_step=50), tf.train.StopAtStepHook(last_step=48)], loss).skippable(42) == 5


def test_skipped_steps_count(loss):
    logging = with_fields(tf.train.LoggingTensorHook([loss], 5), _iter_count=7)
    summaries = with_fields(tf.train.SummarySaverHook(10, output_dir='x', summary_op=loss), _next_step=43)
    counter = with_fields(StepCounter(10, 'x'), _runs=42)
    skippable.Hooks([logging, summaries, counter], loss).skip(6, 48)
    assert (logging._iter_count, summaries._next_step, counter._runs) == (13, 49, 48)
