"""Early stopping: when it ends, and what it leaves behind."""

from __future__ import annotations

import json

import numpy as np
import pytest

import tf1 as tf
from estimators import early_stopping
from estimators.early_stopping import Bounds

# The accuracy after each step: best at steps 4 and 6.
ACCURACIES = [0.0, 0.1, 0.2, 0.3, 0.9, 0.5, 0.9, 0.4, 0.6, 0.7, 0.8]


def model_fn(features, labels, mode):
    """Counts steps in `weight`; evaluates to the accuracy planned for the count."""
    weight = tf.get_variable('weight', [], initializer=tf.zeros_initializer())
    loss = tf.square(weight) + tf.reduce_mean(features) * 0
    train_op = tf.group(tf.assign_add(weight, 1.0), tf.assign_add(tf.train.get_global_step(), 1))
    planned = tf.gather(tf.constant(ACCURACIES), tf.cast(weight, tf.int32))
    return tf.estimator.EstimatorSpec(
        mode, loss=loss, train_op=train_op, eval_metric_ops={'accuracy': (planned, tf.no_op())}
    )


def input_fn(epochs):
    return tf.estimator.inputs.numpy_input_fn(
        np.zeros([4, 1], np.float32), batch_size=4, num_epochs=epochs, shuffle=False
    )


def run(folder, bounds, every=1, keep=2):
    config = tf.estimator.RunConfig(save_checkpoints_steps=every, keep_checkpoint_max=keep)
    estimator = tf.estimator.Estimator(model_fn, str(folder), config)
    best = early_stopping.train(estimator, input_fn(None), input_fn(1), bounds)
    return estimator, best


def test_training_ends_at_the_wanted_accuracy(tmp_path):
    estimator, best = run(tmp_path, Bounds(accuracy=0.3, steps=10))
    assert best == (3, pytest.approx(0.3))
    assert estimator.get_variable_value('weight') == 3
    assert estimator.latest_checkpoint() == str(tmp_path / 'model.ckpt-3')


def test_without_it_all_steps_run_and_the_best_weights_become_the_newest_checkpoint(tmp_path):
    estimator, best = run(tmp_path, Bounds(accuracy=1.0, steps=10))
    # The first of the two best; the saver, which keeps two, had deleted it by step 10.
    assert best == (4, pytest.approx(0.9))
    assert estimator.latest_checkpoint() == str(tmp_path / 'model.ckpt-4')
    assert estimator.get_variable_value('weight') == 4
    assert estimator.evaluate(input_fn(1))['accuracy'] == pytest.approx(0.9)
    state = tf.train.get_checkpoint_state(str(tmp_path))
    names = [path.rpartition('/')[2] for path in state.all_model_checkpoint_paths]
    assert names == ['model.ckpt-9', 'model.ckpt-10', 'model.ckpt-4']
    assert json.loads((tmp_path / 'best' / 'evaluation.json').read_text())['global_step'] == 4
    assert not list(tmp_path.rglob('*.tmp'))


def test_wall_time_ends_training_after_the_next_evaluation(tmp_path):
    estimator, best = run(tmp_path, Bounds(accuracy=1.0, steps=10, seconds=1e-6))
    assert best.global_step <= 1
    assert estimator.get_variable_value('global_step') == best.global_step


def test_a_second_run_remembers_the_best_and_stops_at_once_where_it_was_good_enough(tmp_path):
    run(tmp_path, Bounds(accuracy=1.0, steps=5))
    _, best = run(tmp_path, Bounds(accuracy=0.9, steps=10))
    assert best.global_step == 4
    estimator, best = run(tmp_path, Bounds(accuracy=1.0, steps=6))
    assert best.global_step == 4
    assert estimator.get_variable_value('weight') == 4


@pytest.mark.parametrize(
    ('bounds', 'text'),
    [
        (Bounds(0.0, 1), r'accuracy must be in \(0, 1\], got 0.0\.'),
        (Bounds(1.5, 1), r'accuracy must be in \(0, 1\], got 1.5\.'),
        (Bounds(0.5, 0), r'steps must be > 0, got 0\.'),
        (Bounds(0.5, 1, -2.0), r'seconds must be > 0 or None, got -2.0\.'),
    ],
)
def test_bounds_out_of_range_are_refused(bounds, text):
    with pytest.raises(ValueError, match=text):
        bounds.check()
