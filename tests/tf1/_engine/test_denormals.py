from __future__ import annotations

import numpy as np
import pytest

import tf1 as tf
from tf1._engine import denormals

SMALL = np.float32(1.5e-38)
pytestmark = pytest.mark.skipif(not denormals.can_flush(), reason='no glibc, or a processor that is not listed')


def halves():
    return np.float32([SMALL, 1.0]) * np.float32(0.5)


def test_small_numbers_are_0_within_alone():
    with denormals.Flushed():
        assert halves().tolist() == [0.0, 0.5]
    assert halves()[0] > 0


def test_a_small_model_computes_as_the_pools_threads_do(model_dir_of_small):
    found = {}
    for name, config in (('pool', tf.ConfigProto(inter_op_parallelism_threads=2)), ('chosen', None)):
        found[name] = model_dir_of_small(name, config)
    assert found == {'pool': 0.0, 'chosen': 0.0}


@pytest.fixture
def model_dir_of_small(tmp_path):
    """Trains a step that halves a very small variable, and returns it."""

    def model_fn(features, labels, mode):
        w = tf.get_variable('w', initializer=SMALL)
        train_op = tf.group(w.assign(w * 0.5), tf.train.get_global_step().assign_add(1))
        return tf.estimator.EstimatorSpec(mode, loss=tf.reduce_sum(features), train_op=train_op)

    def train(name, config):
        run_config = tf.estimator.RunConfig(session_config=config)
        estimator = tf.estimator.Estimator(model_fn, str(tmp_path / name), run_config)
        estimator.train(lambda: (tf.ones([2]), None), steps=1)
        return float(estimator.get_variable_value('w'))

    yield train
    tf.summary.FileWriterCache.clear()
