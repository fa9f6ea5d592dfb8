"""`LogisticRegressor` beyond its golden case."""

from __future__ import annotations

import numpy as np
import pytest

import tf1 as tf


def test_a_model_that_takes_no_mode_is_measured_at_one_half(tmp_path) -> None:
    def model_fn(features, labels):
        shift = tf.get_variable('shift', [], initializer=tf.zeros_initializer())
        scores = features + shift
        step = tf.assign_add(tf.train.get_global_step(), 1)
        return scores, tf.reduce_sum(shift), step

    x, y = np.array([0.1, 0.6, 0.7], np.float32), np.array([0, 0, 1])
    model = tf.contrib.learn.LogisticRegressor(model_fn, model_dir=str(tmp_path)).fit(x, y, steps=1)
    found = model.evaluate(x, y)
    assert model.params == {'thresholds': [0.5]}
    assert found['precision/positive_threshold_0.500000_mean'] == pytest.approx(0.5)
    assert found['recall/positive_threshold_0.500000_mean'] == pytest.approx(1)
    assert found['labels/prediction_mean'] == pytest.approx(1.4 / 3)
    assert 'auc_precision_recall' not in found
