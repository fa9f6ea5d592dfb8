from __future__ import annotations

import pytest

import tf1 as tf


@pytest.mark.parametrize(
    ('old', 'new'),
    [
        (tf.contrib.autograph.to_graph, tf.autograph.to_graph),
        (tf.contrib.checkpoint.CheckpointManager, tf.train.CheckpointManager),
        (tf.contrib.hooks.ProfilerHook, tf.train.ProfilerHook),
        (tf.contrib.signal.stft, tf.signal.stft),
        (tf.contrib.stateless.stateless_random_normal, tf.random.stateless_normal),
    ],
)
def test_a_name_of_contrib_is_what_tensorflow_has_elsewhere_today(old, new):
    assert old is new


def test_what_a_checkpointable_has_is_saved_and_restored(tmp_path):
    class Pair(tf.contrib.checkpoint.Checkpointable):
        def __init__(self, value):
            super().__init__()
            self.variables_of_mine = [tf.Variable(value), tf.Variable(2 * value)]

    saved, restored = Pair(1.5), Pair(0.0)
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        path = tf.train.Checkpoint(pair=saved).save(str(tmp_path / 'model'), session)
        tf.train.Checkpoint(pair=restored).restore(path).run_restore_ops(session)
        assert session.run(restored.variables_of_mine) == [1.5, 3.0]


@pytest.mark.parametrize('keep_prob', [0, -0.5, 1.5])
def test_alpha_dropout_needs_a_probability_above_0(keep_prob):
    with pytest.raises(ValueError, match=rf'^keep_prob must be in \(0, 1\], got {keep_prob}\.$'):
        tf.contrib.nn.alpha_dropout(tf.zeros([2]), keep_prob)


def test_alpha_dropout_keeps_mean_and_variance():
    with tf.Session() as session:
        dropped = session.run(tf.contrib.nn.alpha_dropout(tf.random_normal([50000], seed=1), 0.6, seed=2))
    assert abs(dropped.mean()) < 0.03
    assert abs(dropped.var() - 1) < 0.03


def test_probabilities_of_sparsemax_are_the_nearest_point_of_the_simplex():
    # Of logits (1, 0.5, -1) the threshold is (1 + 0.5 - 1) / 2 = 0.25.
    with tf.Session() as session:
        assert session.run(tf.contrib.sparsemax.sparsemax([[1.0, 0.5, -1.0]])).tolist() == [[0.75, 0.25, 0.0]]


@pytest.mark.parametrize(
    ('package', 'name', 'successor'),
    [
        ('autograph', 'convert', 'tf.autograph.to_graph'),
        ('nn', 'sampled_sparse_softmax_loss', 'tf.nn.sampled_softmax_loss'),
    ],
)
def test_what_a_package_lacks_names_its_successor(package, name, successor):
    with pytest.raises(AttributeError, match=rf'^tf\.contrib\.{package}\.{name} is not in .*; use {successor} instead'):
        getattr(getattr(tf.contrib, package), name)


@pytest.mark.parametrize(
    'package', ['autograph', 'checkpoint', 'deprecated', 'hooks', 'nn', 'signal', 'sparsemax', 'stateless']
)
def test_what_never_was_in_a_package_is_missing(package):
    with pytest.raises(AttributeError, match=rf'^tf\.contrib\.{package}\.nonsense does not exist'):
        getattr(tf.contrib, package).nonsense  # noqa: B018


def test_contrib_lite_is_lite() -> None:
    assert tf.contrib.lite.TFLiteConverter is tf.lite.TFLiteConverter
    assert tf.contrib.lite.toco_convert is tf.lite.toco_convert
