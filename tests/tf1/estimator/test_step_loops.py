from __future__ import annotations

import glob
import os
import re

import numpy as np
import pytest

import tf1 as tf
from tf1.estimator import step_loops

ROWS = 103
BATCH = 10


def images_and_labels():
    generator = np.random.default_rng(7)
    return {'x': generator.random((ROWS, 6), np.float32)}, generator.integers(0, 3, ROWS).astype(np.int32)


def endless():
    return tf.estimator.inputs.numpy_input_fn(*images_and_labels(), BATCH, num_epochs=None, shuffle=True)


def examples():
    """Datasets end: this one after 31 batches, the last of 9 rows."""
    return tf.data.Dataset.from_tensor_slices(images_and_labels()).shuffle(50, seed=2).repeat(3).batch(BATCH)


def constants():
    features, labels = images_and_labels()
    return {'x': tf.constant(features['x'])}, tf.constant(labels)


def endless_examples():
    return tf.data.Dataset.from_tensor_slices(images_and_labels()).shuffle(50).repeat().batch(BATCH).prefetch(2)


def words_of(x):
    """A table turns numbers into rows of an embedding."""
    words = tf.as_string(tf.cast(x * 4, tf.int32))
    column = tf.feature_column.categorical_column_with_vocabulary_list('words', ['0', '1', '2'], num_oov_buckets=2)
    return tf.feature_column.input_layer({'words': words}, [tf.feature_column.embedding_column(column, 4)])


def classifier(logits_of, optimizer, resources=False):
    def model_fn(features, labels, mode):
        tf.get_variable_scope().set_use_resource(resources)
        x = features['x'] if isinstance(features, dict) else features
        loss = tf.losses.sparse_softmax_cross_entropy(labels, logits_of(x))
        updates = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
        with tf.control_dependencies(updates):
            train_op = optimizer().minimize(loss, tf.train.get_global_step())
        return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op)

    return model_fn


def normalised(x):
    x = tf.layers.batch_normalization(tf.layers.dense(x, 5), training=True)
    return tf.layers.dense(tf.cond(tf.reduce_mean(x) > 0, lambda: tf.nn.relu(x), lambda: x * 0.5), 3)


def recurrent(x):
    outputs, _ = tf.nn.dynamic_rnn(tf.nn.rnn_cell.GRUCell(4), tf.reshape(x, [-1, 3, 2]), dtype=tf.float32)
    return tf.layers.dense(outputs[:, -1], 3)


def clipped():
    optimizer = tf.train.MomentumOptimizer(tf.train.exponential_decay(0.1, tf.train.get_global_step(), 7, 0.9), 0.5)
    return tf.contrib.estimator.clip_gradients_by_norm(optimizer, 0.5)


MODELS = {
    'linear, gradient descent': classifier(
        lambda x: tf.layers.dense(x, 3), lambda: tf.train.GradientDescentOptimizer(0.5)
    ),
    'hidden layer, Adam': classifier(
        lambda x: tf.layers.dense(tf.layers.dense(x, 8, tf.nn.relu), 3), tf.train.AdamOptimizer, resources=True
    ),
    'batch normalisation and a condition, clipped': classifier(normalised, clipped),
    'recurrent, RMSProp': classifier(recurrent, lambda: tf.train.RMSPropOptimizer(0.01)),
    'words': classifier(lambda x: tf.layers.dense(words_of(x), 3), lambda: tf.train.AdagradOptimizer(0.1)),
}


@pytest.fixture
def calls(monkeypatch):
    """Loops begin after three steps; the steps of each call."""
    monkeypatch.setattr(step_loops, '_SECONDS_BEFORE', 0)
    monkeypatch.setattr(step_loops, '_STEPS_BEFORE', 3)
    monkeypatch.setattr(step_loops, '_LONG_STEP', 10)
    monkeypatch.setattr(step_loops, '_CALLS_TO_JUDGE', 1000)
    counts = []
    run_loop = step_loops.StepLoops._run_loop

    def run(self, limit):
        counts.append(run_loop(self, limit))
        return counts[-1]

    monkeypatch.setattr(step_loops.StepLoops, '_run_loop', run)
    return counts


@pytest.fixture
def estimator_in(tmp_path):
    def make(name, model_fn, **settings):
        settings = {'tf_random_seed': 3, 'save_summary_steps': 20, 'log_step_count_steps': 15, **settings}
        return tf.estimator.Estimator(model_fn, str(tmp_path / name), tf.estimator.RunConfig(**settings))

    yield make
    tf.summary.FileWriterCache.clear()


def files_of(folder):
    """All that a training leaves, but for times: tensors of every checkpoint, MetaGraphs, the graph, events."""
    found = {}
    for path in sorted(glob.glob(f'{folder}/*')):
        name = os.path.basename(path)
        if path.endswith('.index'):
            reader = tf.train.load_checkpoint(path[: -len('.index')])
            found.update({(name, key): reader.get_tensor(key).tolist() for key in reader.get_variable_to_shape_map()})
        elif name.startswith('events'):
            found['events'] = [
                (event.step, value.tag, value.simple_value if value.tag != 'global_step/sec' else None)
                for event in tf.train.summary_iterator(path)
                for value in event.summary.value
            ]
        elif path.endswith('.meta'):
            with open(path, 'rb') as file:
                meta = tf.MetaGraphDef.FromString(file.read())
            found[name] = [node.name for node in meta.graph_def.node], sorted(meta.collection_def)
        elif path.endswith('.pbtxt'):
            with open(path) as file:
                found[name] = re.findall(r'^  (?:name|input): .*', file.read(), re.MULTILINE)
    return found


@pytest.mark.parametrize(
    ('name', 'input_fn'),
    [
        *((name, endless()) for name in MODELS),
        ('hidden layer, Adam', endless_examples),
        ('batch normalisation and a condition, clipped', endless_examples),
        ('linear, gradient descent', constants),
    ],
)
def test_steps_in_one_call_leave_what_single_steps_leave(name, input_fn, calls, estimator_in):
    # TensorFlow's hooks read the global step beside its update: what they find is sure on one thread alone.
    one_thread = tf.ConfigProto(inter_op_parallelism_threads=-1)
    schedule = {'save_checkpoints_steps': 33, 'session_config': one_thread}
    looped = estimator_in('looped', MODELS[name], **schedule).train(input_fn, steps=120)
    made_in_calls = sum(calls)
    single = estimator_in('single', MODELS[name], **schedule, experimental_steps_per_call=1)
    single.train(input_fn, steps=120)
    assert made_in_calls == sum(calls) > 60
    assert files_of(looped.model_dir) == files_of(single.model_dir)


def test_training_goes_on_where_steps_in_one_call_ended(calls, estimator_in):
    model_fn = MODELS['hidden layer, Adam']
    twice = estimator_in('twice', model_fn).train(endless(), steps=50).train(endless(), max_steps=90)
    once = estimator_in('once', model_fn, experimental_steps_per_call=1).train(endless(), steps=90)
    assert len(calls) > 2
    for name in once.get_variable_names():
        np.testing.assert_array_equal(twice.get_variable_value(name), once.get_variable_value(name))


def test_the_input_ends_with_the_same_smaller_batch(calls, estimator_in):
    def three_epochs():
        return tf.estimator.inputs.numpy_input_fn(*images_and_labels(), BATCH, num_epochs=3, shuffle=True)

    model_fn = MODELS['linear, gradient descent']
    looped = estimator_in('looped', model_fn).train(three_epochs())
    single = estimator_in('single', model_fn, experimental_steps_per_call=1).train(three_epochs())
    assert sum(calls) > 10
    assert looped.get_variable_value('global_step') == 31  # 309 rows.
    np.testing.assert_array_equal(looped.get_variable_value('dense/kernel'), single.get_variable_value('dense/kernel'))


@pytest.mark.parametrize('takes', [31, 30, 7])
def test_the_end_of_a_dataset_ends_training(takes, calls, estimator_in, log):
    def input_fn():
        return examples().take(takes)

    schedule = {'log_step_count_steps': 100, 'save_summary_steps': 100, 'save_checkpoints_steps': 200}
    model_fn = MODELS['linear, gradient descent']
    looped = estimator_in('looped', model_fn, **schedule).train(input_fn)
    single = estimator_in('single', model_fn, **schedule, experimental_steps_per_call=1).train(input_fn)
    assert looped.get_variable_value('global_step') == takes
    assert files_of(looped.model_dir) == files_of(single.model_dir)
    last, same = [line for line in log if line.startswith('Loss for final step')]
    assert last == same
    assert calls == []  # The only call met the end.


def test_an_error_of_a_dataset_is_no_end_of_it(calls, estimator_in):
    def input_fn():
        numbers = tf.data.Dataset.range(40).map(
            lambda n: tf.debugging.check_numerics(20.0 / tf.cast(n - 25, tf.float32), 'broken')
        )
        return tf.data.Dataset.zip((examples(), numbers)).map(lambda batch, number: batch)

    with pytest.raises(tf.errors.InvalidArgumentError, match='broken') as caught:
        estimator_in(
            'broken', MODELS['linear, gradient descent'], save_summary_steps=100, log_step_count_steps=100
        ).train(input_fn)
    assert '[[IteratorGetNext]]' in caught.value.message
    assert 'tf1_steps' not in str(caught.value)


def test_random_numbers_without_a_seed_may_be_drawn_by_a_copy(calls, estimator_in):
    model_fn = classifier(
        lambda x: tf.layers.dense(tf.nn.dropout(x, 0.5), 3), lambda: tf.train.GradientDescentOptimizer(0.1)
    )
    estimator_in('chance', model_fn, tf_random_seed=None).train(endless(), steps=60)
    assert sum(calls) > 20


def test_nan_ends_training_at_the_step_where_it_came(calls, estimator_in, monkeypatch):
    steps = []
    look = tf.train.NanTensorHook.after_run

    def note(self, run_context, run_values):
        if np.isnan(run_values.results):
            steps.append(run_context.session.run(run_context.session.graph.get_tensor_by_name('global_step:0')))
        look(self, run_context, run_values)

    monkeypatch.setattr(tf.train.NanTensorHook, 'after_run', note)

    def model_fn(features, labels, mode):
        w = tf.get_variable('w', initializer=2.0)
        # 2 - 0.125 n is negative from the 18th step on.
        loss = tf.sqrt(w) + 0.0 * tf.reduce_sum(features['x'])
        train_op = tf.group(w.assign_sub(0.125), tf.train.get_global_step().assign_add(1))
        return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op)

    for per_call in (None, 1):
        with pytest.raises(tf.estimator.NanLossDuringTrainingError):
            estimator_in(f'nan{per_call}', model_fn, experimental_steps_per_call=per_call).train(endless(), steps=90)
    assert calls
    assert steps[0] == steps[1]


def test_an_error_names_the_node_of_the_model(calls, estimator_in):
    def model_fn(features, labels, mode):
        step = tf.train.get_global_step()
        table = tf.get_variable('table', [25])
        loss = tf.gather(table, tf.cast(step, tf.int32), name='row') + 0.0 * tf.reduce_sum(features['x'])
        with tf.control_dependencies([loss]):
            train_op = step.assign_add(1)
        return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op)

    with pytest.raises(tf.errors.InvalidArgumentError, match=r'indices = 25 is not in \[0, 25\)') as caught:
        estimator_in('error', model_fn).train(endless(), steps=90)
    assert caught.value.op.name == 'row'
    assert 'tf1_steps' not in str(caught.value)


class TestReasons:
    def test_a_hook_that_does_not_say_what_it_wants_sees_every_step(self, calls, estimator_in, log):
        class Counts(tf.train.SessionRunHook):
            seen = 0

            def after_run(self, run_context, run_values):
                self.seen += 1

        hook = Counts()
        estimator_in('hook', MODELS['linear, gradient descent']).train(endless(), steps=60, hooks=[hook])
        assert (hook.seen, calls) == (60, [])
        assert 'Every training step is a call of its own: Counts sees every step.' in log

    def test_a_hook_that_says_what_it_wants_sees_that(self, calls, estimator_in):
        class Every25(tf.train.SessionRunHook):
            seen = []

            def skippable_steps(self, global_step):
                return -(global_step + 1) % 25

            def after_run(self, run_context, run_values):
                self.seen.append(int(run_context.session.run(tf.train.get_global_step())))

        hook = Every25()
        estimator_in('hook', MODELS['linear, gradient descent']).train(endless(), steps=80, hooks=[hook])
        assert sum(calls) == 80 - len(hook.seen)
        assert {25, 50, 75} <= set(hook.seen)

    @pytest.mark.parametrize(
        ('logits_of', 'input_fn', 'reason'),
        [
            (
                lambda x: tf.layers.dense(tf.nn.dropout(x, 0.5), 3),
                endless(),
                'it holds the stateful operation dropout/random_uniform/RandomUniform (RandomUniform)',
            ),
            (
                lambda x: tf.layers.dense(tf.ensure_shape(tf.py_func(np.tanh, [x], tf.float32), [None, 6]), 3),
                endless(),
                'it holds the stateful operation PyFunc (PyFunc)',
            ),
            (
                lambda x: tf.layers.dense(x, 3),
                lambda: tuple(tf.train.batch([tf.ones([6]), tf.constant(1)], BATCH)),
                'it holds the stateful operation batch (QueueDequeueManyV2)',
            ),
        ],
    )
    def test_a_step_that_cannot_be_looped_says_why(self, logits_of, input_fn, reason, calls, estimator_in, log):
        model_fn = classifier(logits_of, lambda: tf.train.GradientDescentOptimizer(0.1))
        estimator_in('reason', model_fn).train(input_fn, steps=30)
        assert calls == []
        assert f'Every training step is a call of its own: {reason}.' in log

    def test_a_step_of_long_operations_is_left_alone(self, calls, estimator_in, log, monkeypatch):
        monkeypatch.setattr(step_loops, '_LONG_STEP', 0)
        estimator_in('long', MODELS['linear, gradient descent']).train(endless(), steps=30)
        assert any('a step takes' in line for line in log)
