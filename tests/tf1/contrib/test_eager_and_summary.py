"""What golden cases of `tf.contrib.eager`, `tf.contrib.summary` and the small packages beside them leave out."""

from __future__ import annotations

import unittest

import numpy as np
import pytest

import tf1 as tf

tfe = tf.contrib.eager


def eagerly(program):
    """Returns what `program()` gives in an eager program, as an array."""
    with tf.Graph().as_default(), tf.Session() as session:
        return session.run(tf.py_function(program, [], tf.float32))


def test_metrics_are_saved_in_checkpoints_by_the_names_of_their_attributes(tmp_path):
    def program():
        mean, other = tfe.metrics.Mean('loss'), tfe.metrics.Mean('loss')
        mean([1.0, 2.0])
        path = tfe.Checkpoint(mean=mean).save(str(tmp_path / 'model'))
        names = [name for name, _ in tf.train.list_variables(path) if name.startswith('mean')]
        assert names == [f'mean/{name}/.ATTRIBUTES/VARIABLE_VALUE' for name in ('denom', 'numer')]
        other([10.0])
        tfe.Checkpoint(mean=other).restore(path)
        return tf.cast(other.result(), tf.float32)

    assert eagerly(program) == 1.5


def test_an_iterator_goes_on_where_a_checkpoint_was(tmp_path):
    def program():
        iterator = tfe.Iterator(tf.data.Dataset.range(5))
        iterator.next()
        path = tfe.Checkpoint(iterator=iterator).save(str(tmp_path / 'model'))
        iterator.next()
        tfe.Checkpoint(iterator=iterator).restore(path)
        return tf.cast(iterator.next(), tf.float32)

    assert eagerly(program) == 1


def test_a_test_runs_in_both_modes():
    modes, set_up = [], []

    class Case(tf.test.TestCase):
        def setUp(self):
            super().setUp()
            set_up.append(tf.executing_eagerly())

        @tfe.run_test_in_graph_and_eager_modes
        def test_plain(self):
            modes.append([tf.executing_eagerly(), self.evaluate(tf.constant(3))])

        @tfe.run_test_in_graph_and_eager_modes(reset_test=False)
        def test_with_arguments(self):
            modes.append(tf.executing_eagerly())

    both = tfe.run_all_tests_in_graph_and_eager_modes(
        type('Both', (tf.test.TestCase,), {'test_it': lambda self: modes.append(tf.executing_eagerly())})
    )
    for case in (Case('test_plain'), Case('test_with_arguments'), both('test_it')):
        result = unittest.TestResult()
        case.run(result)
        assert result.wasSuccessful(), result.errors
    assert modes == [[False, 3], [True, 3], False, True, False, True]
    assert set_up == [False, False, False]


@pytest.mark.parametrize(
    ('call', 'error', 'text'),
    [
        (lambda: tfe.set_execution_mode(7), ValueError, r'^mode must be None, SYNC \(0\) or ASYNC \(1\), got 7\.$'),
        (lambda: tfe.Saver([]), RuntimeError, 'use tf.train.Saver with a graph'),
        (
            lambda: tfe.gradients_function(lambda x: x, params=[0, 'x'])(1.0),
            ValueError,
            r"^params must be all names or all positions, got \[0, 'x'\]\.$",
        ),
        (lambda: tfe.implicit_gradients(lambda: tf.constant(1.0))(), ValueError, 'read no trainable variable'),
        (lambda: tfe.restore_variables_on_create('x').__enter__(), RuntimeError, 'use tf.train.init_from_checkpoint'),
        (lambda: tf.contrib.summary.graph(3), TypeError, r'^param must be a tf\.Tensor .* got <class .int.>\.$'),
        (lambda: tf.contrib.summary.import_event(b''), AttributeError, '^No default writer; do this inside'),
        (lambda: tf.contrib.summary.initialize(), RuntimeError, '^No default writer; call initialize inside'),
        (lambda: tf.contrib.integrate.odeint(None, 1.0, [1.0], method='rk4'), ValueError, "got 'rk4'"),
        (lambda: tf.contrib.integrate.odeint_fixed(None, 1.0, [1.0], method='x'), ValueError, "got 'x'"),
        (
            lambda: tf.contrib.mixed_precision.FixedLossScaleManager(0.5),
            ValueError,
            r'^loss_scale must be at least 1, got 0\.5\.$',
        ),
        (
            lambda: tf.contrib.staging.StagingArea([tf.float32]).put([tf.constant(1.0), tf.constant(2.0)]),
            ValueError,
            '^StagingArea takes 1 tensors, got 2',
        ),
        (lambda: tf.contrib.text.skip_gram_sample(['a'], vocab_min_count=1), ValueError, 'need vocab_freq_table'),
        (
            lambda: tf.contrib.copy_graph.copy_variable_to_graph(3, tf.Graph()),
            TypeError,
            '^org_instance must be a tf.Variable, got 3',
        ),
    ],
)
def test_an_error_names_what_is_wrong(call, error, text):
    with tf.Graph().as_default(), pytest.raises(error, match=text):
        call()


def test_no_gradient_at_all_is_an_error():
    with tf.Graph().as_default():
        manager = tf.contrib.mixed_precision.FixedLossScaleManager(2.0)
        optimizer = tf.contrib.mixed_precision.LossScaleOptimizer(tf.train.GradientDescentOptimizer(0.1), manager)
        with pytest.raises(ValueError, match='No variable has a gradient'):
            optimizer.apply_gradients([])


def test_a_store_refuses_another_shape():
    def program():
        with tfe.EagerVariableStore().as_default():
            tf.get_variable('a', [2])
            with pytest.raises(ValueError, match=r'^Variable a has shape \(2,\), not \(3,\); rename one\.$'):
                tf.get_variable('a', [3])
        return 1.0

    assert eagerly(program) == 1


def test_a_writer_that_is_gone_has_written_everything(tmp_path):
    def program():
        writer = tf.contrib.summary.create_file_writer(str(tmp_path), max_queue=100)
        writer.set_as_default()
        with tf.contrib.summary.always_record_summaries():
            tf.contrib.summary.scalar('loss', 2.0, step=3)
        tf.contrib.summary.create_file_writer(None).set_as_default()
        del writer
        (path,) = tmp_path.iterdir()
        events = tf.train.summary_iterator(str(path))
        return tf.constant([[event.step, *(v.simple_value for v in event.summary.value)] for event in events][1])

    assert eagerly(program).tolist() == [3.0, 2.0]


def test_distances_of_skip_grams_vary_between_the_limits():
    with tf.Graph().as_default(), tf.Session() as session:
        pairs = tf.contrib.text.skip_gram_sample(tf.range(500), min_skips=1, max_skips=3, seed=4)
        tokens, neighbours = session.run(list(pairs))
    distances = np.abs(tokens - neighbours)
    # All have a neighbour at distance 1, about two in three one at distance 2, one in three one at distance 3.
    counts = np.bincount(distances, minlength=4) / 998
    assert counts[0] == 0
    assert counts[1] == 1
    np.testing.assert_allclose(counts[2:], [2 / 3, 1 / 3], atol=0.08)


@pytest.mark.parametrize(
    ('package', 'name', 'successor'),
    [
        ('eager', 'save_network_checkpoint', 'tf.train.Checkpoint'),
        ('eager', 'seterr', 'tf.debugging.enable_check_numerics'),
        ('summary', 'create_db_writer', 'tf.contrib.summary.create_file_writer'),
        ('keras', 'wrappers', 'the package scikeras'),
    ],
)
def test_what_a_package_lacks_names_its_successor(package, name, successor):
    with pytest.raises(AttributeError, match=rf'^tf\.contrib\.{package}\.{name} is not in .*; use {successor} instead'):
        getattr(getattr(tf.contrib, package), name)


@pytest.mark.parametrize(
    'package',
    [
        'compiler',
        'copy_graph',
        'eager',
        'integrate',
        'keras',
        'mixed_precision',
        'optimizer_v2',
        'resampler',
        'solvers',
        'staging',
        'summary',
        'testing',
        'text',
    ],
)
def test_a_package_has_all_that_it_lists(package):
    module = getattr(tf.contrib, package)
    assert module.__all__
    assert all(getattr(module, name) is not None for name in module.__all__)
    with pytest.raises(AttributeError, match=rf'^tf\.contrib\.{package}\.nothing does not exist'):
        module.nothing  # noqa: B018
