from __future__ import annotations

import json
import re

import numpy as np
import pytest

import tf1 as tf

InMemoryEvaluatorHook = tf.estimator.experimental.InMemoryEvaluatorHook


def three():
    """Three batches of two rows with x = y = 1."""
    return tf.data.Dataset.from_tensors(({'x': tf.ones([2])}, tf.ones([2]))).repeat(3)


def evaluated_steps(summaries, folder):
    return [step for step, tag, _ in summaries(folder) if tag == 'loss']


def train(estimator, ones, training_steps, **settings):
    estimator.train(ones, steps=training_steps, hooks=[InMemoryEvaluatorHook(estimator, three, **settings)])


class TestWhen:
    @pytest.mark.parametrize(
        ('every', 'steps', 'expected'), [(3, 7, [0, 3, 6, 7]), (3, 6, [0, 3, 6]), (1, 2, [0, 1, 2]), (100, 2, [0, 2])]
    )
    def test_at_the_start_every_so_many_steps_and_once_at_the_end(
        self, make_line, ones, summaries, every, steps, expected
    ):
        estimator = make_line()
        train(estimator, ones, steps, every_n_iter=every)
        assert evaluated_steps(summaries, estimator.eval_dir()) == expected

    def test_resumed_training_starts_with_what_was_restored(self, make_line, ones, summaries):
        estimator = make_line()
        estimator.train(ones, steps=2)
        train(estimator, ones, 2, name='mem')
        # The error halves with every step: the loss is 0.25 ** steps.
        losses = [(step, value) for step, tag, value in summaries(estimator.eval_dir('mem')) if tag == 'loss']
        assert losses == [(2, 0.25**2), (4, 0.25**4)]

    def test_one_hook_serves_two_trainings(self, make_line, ones, summaries):
        estimator = make_line()
        hook = InMemoryEvaluatorHook(estimator, three)
        for _ in range(2):
            estimator.train(ones, steps=2, hooks=[hook])
        assert evaluated_steps(summaries, estimator.eval_dir()) == [0, 2, 2, 4]


class TestHow:
    def test_no_checkpoint_is_needed(self, make_line, ones, model_dir, summaries):
        estimator = make_line(save_checkpoints_secs=None)
        train(estimator, ones, 2)
        assert tf.train.latest_checkpoint(model_dir) is None
        assert evaluated_steps(summaries, estimator.eval_dir()) == [0, 2]

    def test_metrics_start_anew_each_time(self, make_line, ones, summaries):
        estimator = make_line()
        train(estimator, ones, 2, every_n_iter=1)
        # w is 1 - 0.5 ** steps.
        means = [value for _, tag, value in summaries(estimator.eval_dir()) if tag == 'mean_y']
        assert means == [0, 0.5, 0.75]

    def test_steps_and_hooks_are_those_of_evaluate(self, make_line, ones, log, recorder):
        calls = []
        train(make_line(), ones, 1, steps=2, hooks=[recorder(calls)])
        one_evaluation = ['begin', 'after_create_session', *['before_run', 'after_run'] * 2, 'end']
        assert calls == one_evaluation * 2
        assert [line for line in log if line.startswith('Evaluation [')] == ['Evaluation [1/2]', 'Evaluation [2/2]'] * 2

    def test_variables_that_only_training_has_stay_out(self, make_line, ones, summaries):
        def model_fn(features, labels, mode):
            w = tf.get_variable('w', [2], initializer=tf.zeros_initializer())
            loss = tf.reduce_sum(tf.square(w - 1)) + 0 * tf.reduce_sum(features['x'])
            optimizer = tf.train.AdamOptimizer(0.5)
            train_op = optimizer.minimize(loss, tf.train.get_global_step()) if mode == 'train' else None
            return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op)

        estimator = make_line(model_fn)
        train(estimator, ones, 1)
        losses = [value for _, tag, value in summaries(estimator.eval_dir()) if tag == 'loss']
        # Adam's first step is as long as its rate: both weights go from 0 to 0.5.
        assert losses == pytest.approx([2, 0.5])

    def test_tables_and_partitioned_variables_work(self, make_line, ones, summaries):
        def model_fn(features, labels, mode):
            partitioner = tf.fixed_size_partitioner(2)
            with tf.variable_scope('', partitioner=partitioner):
                rows = tf.get_variable('rows', [4, 1], initializer=tf.ones_initializer())
            table = tf.lookup.StaticHashTable(
                tf.lookup.KeyValueTensorInitializer(np.int64([1]), np.int64([3])), default_value=-1
            )
            row = tf.nn.embedding_lookup(rows, table.lookup(tf.cast(features['x'], tf.int64)))
            loss = tf.reduce_mean(row)
            train_op = tf.train.GradientDescentOptimizer(1.0).minimize(loss, tf.train.get_global_step())
            return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op)

        estimator = make_line(model_fn)
        train(estimator, ones, 1)
        assert [value for _, tag, value in summaries(estimator.eval_dir()) if tag == 'loss'] == [1, 0]

    def test_a_variable_that_training_lacks_is_named(self, make_line, ones, line_model_fn):
        def model_fn(features, labels, mode):
            if mode == tf.estimator.ModeKeys.EVAL:
                tf.get_variable('extra', [])
            return line_model_fn(features, labels, mode)

        with pytest.raises(ValueError, match=r"variables that training does not have: \['extra'\]"):
            train(make_line(model_fn), ones, 1)


class TestArguments:
    @pytest.mark.parametrize(
        ('arguments', 'error', 'text'),
        [
            ({'estimator': 1}, TypeError, 'estimator must be a tf.estimator.Estimator, got 1.'),
            ({'input_fn': None}, TypeError, 'input_fn must be callable, got None.'),
            ({'steps': 0}, ValueError, 'steps must be > 0, got 0.'),
            ({'every_n_iter': 0}, ValueError, 'every_n_iter must be > 0, got 0.'),
            ({'every_n_iter': None}, ValueError, 'every_n_iter must be > 0, got None.'),
            ({'hooks': [1]}, TypeError, 'hooks: every hook must be a SessionRunHook, got 1.'),
        ],
    )
    def test_wrong_ones_are_refused(self, make_line, arguments, error, text):
        with pytest.raises(error, match=f'^{re.escape(text)}$'):
            InMemoryEvaluatorHook(**{'estimator': make_line(), 'input_fn': three, **arguments})

    def test_a_cluster_is_refused(self, make_line, monkeypatch):
        cluster = {'chief': ['h:1'], 'worker': ['h:2']}
        monkeypatch.setenv('TF_CONFIG', json.dumps({'cluster': cluster, 'task': {'type': 'chief', 'index': 0}}))
        with pytest.raises(ValueError, match='needs training in one process'):
            InMemoryEvaluatorHook(make_line(), three)
