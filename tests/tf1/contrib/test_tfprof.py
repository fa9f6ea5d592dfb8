"""Profiles taken while a program runs; the steps and files are those that TF 1.15.5 writes for the same programs."""

from __future__ import annotations

import pytest

import tf1 as tf
from tf1._engine import session_observer

ProfileContext = tf.contrib.tfprof.ProfileContext


@pytest.fixture
def options():
    builder = tf.profiler.ProfileOptionBuilder
    return builder(builder.time_and_memory()).with_empty_output().build()


def _steps(count, before=()):
    """Runs the initializer, then `count` steps, and calls before each what `before` has for its number."""
    with tf.Graph().as_default(), tf.Session() as session:
        weights = tf.get_variable('w', [4, 2])
        session.run(weights.initializer)
        doubled = 2 * weights
        for step in range(count):
            if step in before:
                before[step]()
            session.run(doubled)


def test_steps_are_traced_profiled_and_written(tmp_path, options):
    with ProfileContext(str(tmp_path), range(2, 6), [6], debug=True) as context:
        context.add_auto_profiling('op', options, [4, 6])
        context.add_auto_profiling('scope', options, [5])
        _steps(10)
        assert sorted(context.get_profiles('op')) == [4, 6]
        assert type(context.get_profiles('op')[4]).__name__ == 'MultiGraphNodeProto'
        assert [type(each).__name__ for each in context.get_profiles('scope').values()] == ['GraphNodeProto']
        with pytest.raises(ValueError, match="No profiling with 'graph' has run"):
            context.get_profiles('graph')
    names = ['profile_6', *(f'run_meta_{step}' for step in (2, 3, 4, 5, 6))]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    assert 'node_name: "mul"' in (tmp_path / 'run_meta_3').read_text()
    assert (tmp_path / 'profile_6').stat().st_size > 0


def test_a_program_asks_for_the_next_step(tmp_path):
    with ProfileContext(str(tmp_path), [], [], debug=True) as context:
        _steps(6, {2: context.trace_next_step, 3: context.dump_next_step})
    assert sorted(path.name for path in tmp_path.iterdir()) == ['profile_4', 'run_meta_3']


def test_the_steps_of_an_estimator_are_counted(tmp_path):
    def model(features, labels, mode):
        loss = tf.losses.mean_squared_error(labels, tf.layers.dense(features, 1))
        step = tf.train.GradientDescentOptimizer(0.1).minimize(loss, tf.train.get_global_step())
        return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=step)

    def batches():
        return tf.data.Dataset.from_tensors(([[1.0, 1.0]], [[1.0]])).repeat()

    with ProfileContext(str(tmp_path / 'profile'), debug=True):
        tf.estimator.Estimator(model, str(tmp_path / 'model')).train(batches, steps=110)
    steps = (*range(11, 20), 43, 51, 54, 56, 63, 64, 74, 78, 85)
    names = sorted(path.name for path in (tmp_path / 'profile').iterdir())
    assert names == ['profile_100', *(f'run_meta_{step}' for step in steps)]


def test_one_at_a_time_and_none_when_disabled(tmp_path):
    with ProfileContext('', enabled=False) as context:
        assert context.profiler is None
        assert not session_observer.is_observed()
    with pytest.raises(ValueError, match='needs a profile_dir'):
        ProfileContext('')
    with ProfileContext(str(tmp_path)):
        with pytest.raises(tf.errors.InternalError, match='Another ProfileContext is active'):
            ProfileContext(str(tmp_path)).__enter__()
        assert session_observer.is_observed()
    assert not session_observer.is_observed()
    assert not list(tmp_path.iterdir())
