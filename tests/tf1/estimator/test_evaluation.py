from __future__ import annotations

import os
import re

import numpy as np
import pytest

import tf1 as tf


@pytest.fixture
def metrics_of(make_line, line_model_fn):
    """An Estimator whose evaluation has the given metrics, made by `{name: function of labels}`."""

    def make(functions, **settings):
        def model_fn(features, labels, mode):
            spec = line_model_fn(features, labels, mode)
            return spec._replace(eval_metric_ops={name: make(labels) for name, make in functions.items()})

        return make_line(model_fn, **settings)

    return make


def counting(batches):
    """An input of x = y = 0, 1, 2, ..., one row per batch."""

    def input_fn():
        values = tf.data.Dataset.range(batches).map(lambda i: tf.cast(i, tf.float32)).batch(1)
        return values.map(lambda value: ({'x': value}, value))

    return input_fn


class TestResult:
    def test_it_holds_metrics_the_mean_loss_and_the_step(self, make_line, ones):
        estimator = make_line().train(ones, steps=2)
        # w = 0.75 after 2 steps. Rows x = y = 0, 1, 2, 3: mean of w * x is 0.75 * 1.5 = 1.125,
        # mean loss of the batches is 0.25 ** 2 * (0 + 1 + 4 + 9) / 4 = 0.21875.
        result = estimator.evaluate(counting(4))
        assert result == {'mean_y': 1.125, 'loss': 0.21875, 'global_step': 2}
        assert list(result)[-1] == 'global_step'
        assert isinstance(result['loss'], np.float32)
        assert isinstance(result['global_step'], np.int64)

    @pytest.mark.parametrize(('steps', 'mean_y'), [(1, 0.0), (3, 0.75), (100, 1.125)])
    def test_steps_bound_the_batches(self, make_line, ones, steps, mean_y):
        estimator = make_line().train(ones, steps=2)
        assert estimator.evaluate(counting(4), steps=steps)['mean_y'] == mean_y

    def test_without_a_checkpoint_the_initial_weights_are_evaluated(self, make_line, ones, log, model_dir):
        assert make_line().evaluate(ones, steps=1) == {'mean_y': 0.0, 'loss': 1.0, 'global_step': 0}
        assert log[1:3] == [
            f'Could not find trained model in model_dir: {model_dir}, running initialization to evaluate.',
            'Calling model_fn.',
        ]
        assert os.listdir(model_dir) == ['eval']

    def test_an_older_checkpoint_can_be_asked_for(self, make_line, ones, model_dir):
        estimator = make_line(save_checkpoints_steps=1).train(ones, steps=3)
        result = estimator.evaluate(ones, steps=1, checkpoint_path=os.path.join(model_dir, 'model.ckpt-1'))
        assert result == {'mean_y': 0.5, 'loss': 0.25, 'global_step': 1}

    def test_an_input_without_rows_is_no_error(self, make_line, ones):
        estimator = make_line().train(ones, steps=1)
        assert estimator.evaluate(counting(0)) == {'mean_y': 0.0, 'loss': 0.0, 'global_step': 1}

    def test_a_keras_metric_starts_from_nothing(self, metrics_of, ones):
        def make(labels):
            metric = tf.keras.metrics.Mean()
            metric.update_state(labels)
            return metric

        estimator = metrics_of({'keras': make}).train(ones, steps=1)
        for _ in range(2):
            assert estimator.evaluate(counting(4))['keras'] == 1.5

    def test_a_metric_called_global_step_is_refused(self, metrics_of, ones):
        estimator = metrics_of({'global_step': tf.metrics.mean})
        text = r"^eval_metric_ops must not use the name 'global_step': evaluate adds it itself\.$"
        with pytest.raises(ValueError, match=text):
            estimator.evaluate(ones, steps=1)

    @pytest.mark.parametrize('steps', [0, -1])
    def test_steps_are_positive(self, make_line, ones, steps):
        with pytest.raises(ValueError, match=rf'^steps must be > 0, got {steps}\.$'):
            make_line().evaluate(ones, steps=steps)

    def test_hooks_are_hooks(self, make_line, ones):
        with pytest.raises(TypeError, match=r'^hooks: every hook must be a SessionRunHook, got 1\.$'):
            make_line().evaluate(ones, steps=1, hooks=[1])


class TestSummaries:
    def test_metrics_stand_in_eval_and_the_checkpoints_path_beside_them(self, make_line, ones, summaries, model_dir):
        estimator = make_line().train(ones, steps=1)
        estimator.evaluate(counting(3))
        estimator.train(ones, steps=1)
        estimator.evaluate(counting(3))
        assert estimator.eval_dir() == os.path.join(model_dir, 'eval')
        found = summaries(estimator.eval_dir())
        # w = 0.5, then 0.75; x = y = 0, 1, 2.
        assert [entry for entry in found if entry[1] != 'checkpoint_path'] == [
            (1, 'loss', pytest.approx(0.25 * 5 / 3)),
            (1, 'mean_y', 0.5),
            (2, 'loss', pytest.approx(0.0625 * 5 / 3)),
            (2, 'mean_y', 0.75),
        ]
        paths = {step: value.string_val for step, tag, value in found if tag == 'checkpoint_path'}
        assert paths == {step: [f'{model_dir}/model.ckpt-{step}'.encode()] for step in (1, 2)}

    def test_a_name_sets_them_apart(self, make_line, ones, summaries, model_dir):
        estimator = make_line().train(ones, steps=1)
        estimator.evaluate(ones, steps=1, name='validation')
        assert estimator.eval_dir('validation') == os.path.join(model_dir, 'eval_validation')
        assert [tag for _, tag, _ in summaries(estimator.eval_dir('validation'))] == [
            'loss',
            'mean_y',
            'checkpoint_path',
        ]
        assert not os.path.exists(estimator.eval_dir())

    def test_arrays_and_serialized_summaries_are_written_and_what_is_neither_is_noted(
        self, metrics_of, ones, summaries, log
    ):
        image = tf.Summary(
            value=[tf.Summary.Value(tag='old', simple_value=3), tf.Summary.Value(tag='old', simple_value=4)]
        )
        values = {
            'vector': [1.0, 2.0],
            'count': np.int64(5),
            'flag': True,
            'text': 'hello',
            'picture': image.SerializeToString(),
        }
        metrics = {name: lambda _, value=value: (tf.constant(value), tf.no_op()) for name, value in values.items()}
        estimator = metrics_of({**metrics, 'nothing': lambda _: (tf.no_op(), tf.no_op())}).train(ones, steps=1)
        result = estimator.evaluate(ones, steps=1)
        assert (result['text'], result['flag'], result['nothing']) == (b'hello', True, None)
        found = {tag: value for _, tag, value in summaries(estimator.eval_dir())}
        assert sorted(found) == ['checkpoint_path', 'count', 'loss', 'picture/0', 'picture/1', 'vector']
        assert (found['count'], found['picture/0'], found['picture/1']) == (5.0, 3.0, 4.0)
        assert tf.make_ndarray(found['vector']).tolist() == [1.0, 2.0]
        assert [line for line in log if line.startswith('No summary')] == [
            'No summary for flag: its value is a bool.',
            'No summary for nothing: its value is a NoneType.',
            'No summary for text: its value is no serialized Summary.',
        ]


class TestLog:
    def test_lines_stand_in_the_order_of_tf_1(self, make_line, ones, log, model_dir):
        estimator = make_line().train(ones, steps=1)
        del log[:]
        estimator.evaluate(ones, steps=2)
        time = r'\d{4}-\d\d-\d\d'
        expected = [
            r'Calling model_fn\.',
            r'Done calling model_fn\.',
            rf'Starting evaluation at {time}T\d\d:\d\d:\d\dZ',
            r'Graph was finalized\.',
            rf'Restoring parameters from {re.escape(model_dir)}/model\.ckpt-1',
            r'Running local_init_op\.',
            r'Done running local_init_op\.',
            r'Evaluation \[1/2\]',
            r'Evaluation \[2/2\]',
            rf'Finished evaluation at {time}-\d\d:\d\d:\d\d',
            r'Saving dict for global step 1: global_step = 1, loss = 0\.25, mean_y = 0\.5',
            rf"Saving 'checkpoint_path' summary for global step 1: {re.escape(model_dir)}/model\.ckpt-1",
        ]
        assert len(log) == len(expected)
        for line, pattern in zip(log, expected, strict=True):
            assert re.fullmatch(pattern, line)

    @pytest.mark.parametrize(
        ('steps', 'shown'),
        [
            (3, [1, 2, 3]),
            (19, list(range(1, 20))),
            (25, [*range(2, 25, 2), 25]),
            (33, list(range(3, 34, 3))),
            (100, list(range(10, 101, 10))),
        ],
    )
    def test_progress_is_shown_about_ten_times_and_at_the_end(self, make_line, ones, log, steps, shown):
        make_line().evaluate(ones, steps=steps)
        assert [line for line in log if line.startswith('Evaluation')] == [f'Evaluation [{i}/{steps}]' for i in shown]

    def test_without_steps_there_is_no_progress(self, make_line, log):
        make_line().evaluate(counting(2))
        assert not any(line.startswith('Evaluation [') for line in log)


class TestHooks:
    def test_the_callers_come_before_the_specs(self, make_line, line_model_fn, recorder, ones):
        calls = []

        def model_fn(features, labels, mode):
            return line_model_fn(features, labels, mode)._replace(evaluation_hooks=[recorder(calls, 'spec.')])

        make_line(model_fn).evaluate(ones, steps=1, hooks=[recorder(calls, 'caller.')])
        assert calls == [
            f'{who}.{method}'
            for method in ('begin', 'after_create_session', 'before_run', 'after_run', 'end')
            for who in ('caller', 'spec')
        ]

    def test_at_the_inputs_end_one_more_step_was_begun(self, make_line, recorder):
        calls = []
        make_line().evaluate(counting(2), hooks=[recorder(calls)])
        assert calls.count('before_run') == 3
        assert calls.count('after_run') == 2
        assert calls[-1] == 'end'

    def test_every_step_counts_once_in_the_graphs_eval_step(self, make_line, recorder, ones):
        class EvalStep(tf.train.SessionRunHook):
            def end(self, session):
                (step,) = session.graph.get_collection(tf.GraphKeys.EVAL_STEP)
                counted.append((step.op.name, int(session.run(step))))

        counted = []
        make_line().evaluate(ones, steps=3, hooks=[EvalStep()])
        assert counted == [('eval_step', 3)]

    def test_an_error_in_a_hook_comes_out_and_nothing_is_written(self, make_line, ones):
        class Failing(tf.train.SessionRunHook):
            def after_run(self, run_context, run_values):
                raise KeyError('mine')

        estimator = make_line()
        with pytest.raises(KeyError, match='mine'):
            estimator.evaluate(ones, steps=1, hooks=[Failing()])
        assert not os.path.exists(estimator.eval_dir())
