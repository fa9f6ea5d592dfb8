"""Ftrl, decays and sharded savers do with TF 1.15's nodes what TensorFlow's do."""

import numpy as np
import pytest
import tensorflow.compat.v1 as tf

from tf1._engine import replacements


@pytest.mark.parametrize('cycle', [False, True])
def test_polynomial_decay_gives_the_same_rates(cycle):
    usual = tf.train.polynomial_decay._tf1_usual
    with tf.Graph().as_default(), tf.Session() as session:
        step = tf.placeholder(tf.int64, [])
        rates = [decay(0.1, step, 10, 0.01, 2.0, cycle) for decay in (tf.train.polynomial_decay, usual)]
        for value in (0, 1, 10, 11, 25):
            ours, theirs = session.run(rates, {step: value})
            assert ours == pytest.approx(theirs, rel=1e-6)


def _trained(use_resource):
    with tf.Graph().as_default(), tf.Session() as session:
        weights = tf.get_variable('w', initializer=tf.constant([1.0, -2.0]), use_resource=use_resource)
        optimizer = tf.train.FtrlOptimizer(
            0.5, l1_regularization_strength=0.1, l2_regularization_strength=0.2, initial_accumulator_value=0.3
        )
        train = optimizer.minimize(tf.reduce_sum(tf.square(weights - 1.0)))
        session.run(tf.global_variables_initializer())
        for _ in range(3):
            session.run(train)
        return session.run([weights, optimizer.get_slot(weights, 'accum'), optimizer.get_slot(weights, 'linear')])


@pytest.mark.parametrize('use_resource', [False, True])
def test_ftrl_takes_the_same_steps(use_resource, monkeypatch):
    ours = _trained(use_resource)
    for name in ('_create_slots', '_prepare'):
        method = replacements._find(f'tensorflow.compat.v1.train.FtrlOptimizer.{name}')
        monkeypatch.setattr(tf.train.FtrlOptimizer, name, method._tf1_usual)
    for one, other in zip(ours, _trained(use_resource), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-6)


def test_a_sharded_saver_writes_one_checkpoint_and_leaves_nothing_beside_it(tmp_path):
    with tf.Graph().as_default(), tf.Session() as session:
        with tf.device('/job:localhost/task:0/cpu:0'):
            tf.get_variable('a', initializer=1.0)
        tf.get_variable('b', initializer=[2.0, 3.0])
        session.run(tf.global_variables_initializer())
        saver = tf.train.Saver(sharded=True)
        prefix = saver.save(session, str(tmp_path / 'model'), global_step=7)
        session.run(tf.assign(tf.global_variables()[1], [0.0, 0.0]))
        saver.restore(session, prefix)
        assert session.run(tf.global_variables()[1]).tolist() == [2.0, 3.0]
    assert dict(tf.train.list_variables(prefix)) == {'a': [], 'b': [2]}
    assert not [path.name for path in tmp_path.iterdir() if '_temp' in path.name]
    assert (tmp_path / 'model-7.index').exists()
