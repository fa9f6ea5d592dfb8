from __future__ import annotations

import numpy as np
import pytest

import tf1 as tf
from tf1.estimator import prediction


def counting(rows, batch_size=2):
    """x = 0, 1, 2, ... in batches."""
    return lambda: tf.data.Dataset.range(rows).map(lambda i: {'x': tf.cast(i, tf.float32)}).batch(batch_size)


@pytest.fixture(scope='module')
def trained(tmp_path_factory, line_model_fn, ones):
    """The line y = 0.75 * x."""
    folder = str(tmp_path_factory.mktemp('trained'))
    yield tf.estimator.Estimator(line_model_fn, folder).train(ones, steps=2)
    tf.summary.FileWriterCache.clear()


@pytest.fixture
def predicting(make_line, ones):
    """An Estimator without weights, whose predictions are made by a function of x."""

    def make(function):
        return make_line(lambda features, mode: tf.estimator.EstimatorSpec(mode, function(features['x'])))

    return make


class TestExamples:
    def test_each_row_comes_as_a_dict_of_its_values(self, trained):
        # Two batches, the second of one row.
        assert list(trained.predict(counting(3))) == [
            {'x': 0.0, 'y': 0.0},
            {'x': 1.0, 'y': 0.75},
            {'x': 2.0, 'y': 1.5},
        ]

    def test_whole_batches_can_be_asked_for(self, trained):
        batches = list(trained.predict(counting(3), yield_single_examples=False))
        assert [batch['y'].tolist() for batch in batches] == [[0.0, 0.75], [1.5]]

    @pytest.mark.parametrize(
        ('keys', 'found'),
        [('y', ['y']), (['y'], ['y']), (('x', 'nothing'), ['x']), (None, ['x', 'y']), ([], ['x', 'y'])],
    )
    def test_keys_choose_among_the_predictions(self, trained, keys, found):
        assert sorted(next(trained.predict(counting(1), predict_keys=keys))) == found

    def test_a_tensor_gives_its_rows(self, predicting):
        estimator = predicting(lambda x: tf.stack([x, -x], axis=1))
        assert [row.tolist() for row in estimator.predict(counting(3))] == [[0, 0], [1, -1], [2, -2]]

    def test_nothing_comes_of_an_empty_input(self, trained):
        assert list(trained.predict(counting(0))) == []

    def test_labels_are_left_alone(self, trained):
        row = next(trained.predict(lambda: ({'x': tf.ones([1])}, 'labels of any kind')))
        assert row['y'] == 0.75

    def test_an_older_checkpoint_can_be_asked_for(self, make_line, ones, model_dir):
        estimator = make_line(save_checkpoints_steps=1).train(ones, steps=2)
        predictions = estimator.predict(counting(2), checkpoint_path=f'{model_dir}/model.ckpt-1')
        assert [row['y'] for row in predictions] == [0.0, 0.5]

    def test_without_a_checkpoint_the_initial_weights_predict(self, make_line, log, model_dir):
        assert [row['y'] for row in make_line().predict(counting(2))] == [0.0, 0.0]
        assert f'Could not find trained model in model_dir: {model_dir}, running initialization to predict.' in log


class TestGenerator:
    def test_nothing_happens_before_the_first_row_is_asked_for(self, trained, log):
        del log[:]
        predictions = trained.predict(lambda: 1 / 0)
        assert log == []
        with pytest.raises(ZeroDivisionError):
            next(predictions)

    def test_log_lines_stand_in_the_order_of_tf_1(self, trained, log):
        del log[:]
        next(trained.predict(counting(1)))
        assert log == [
            'Calling model_fn.',
            'Done calling model_fn.',
            'Graph was finalized.',
            f'Restoring parameters from {trained.model_dir}/model.ckpt-2',
            'Running local_init_op.',
            'Done running local_init_op.',
        ]

    def test_the_callers_graph_is_the_default_one_between_rows(self, trained):
        with tf.Graph().as_default() as mine:
            predictions = trained.predict(counting(4))
            next(predictions)
            assert tf.get_default_graph() is mine
            tf.constant(1, name='of_mine')
            assert next(predictions)['x'] == 1.0
            assert tf.get_default_graph() is mine
            assert [op.name for op in mine.get_operations()] == ['of_mine']
            predictions.close()
            assert tf.get_default_graph() is mine

    def test_two_can_be_read_in_turns(self, trained):
        first, second = trained.predict(counting(3)), trained.predict(counting(3))
        assert [(next(first)['x'], next(second)['x']) for _ in range(3)] == [(0, 0), (1, 1), (2, 2)]

    def test_closing_it_early_closes_the_session_without_end(self, trained, recorder):
        class Session(tf.train.SessionRunHook):
            def after_create_session(self, session, coord):
                sessions.append(session)

        sessions, calls = [], []
        predictions = trained.predict(counting(4), hooks=[recorder(calls), Session()])
        next(predictions)
        predictions.close()
        assert calls == ['begin', 'after_create_session', 'before_run', 'after_run']
        with pytest.raises(RuntimeError, match='closed'):
            sessions[0].run('y:0')


class TestHooks:
    def test_the_callers_come_before_the_specs_and_end_with_the_input(self, make_line, line_model_fn, recorder, ones):
        calls = []

        def model_fn(features, labels, mode):
            return line_model_fn(features, labels, mode)._replace(prediction_hooks=[recorder(calls, 'spec.')])

        list(make_line(model_fn).predict(counting(2), hooks=[recorder(calls, 'caller.')]))
        assert calls == [
            f'{who}.{method}'
            for method in ('begin', 'after_create_session', 'before_run', 'after_run', 'before_run', 'end')
            for who in ('caller', 'spec')
        ]

    def test_they_look_tensors_up_in_the_models_graph(self, predicting):
        class ByName(tf.train.SessionRunHook):
            def before_run(self, run_context):
                return tf.train.SessionRunArgs(tf.get_default_graph().get_tensor_by_name('double:0'))

            def after_run(self, run_context, run_values):
                seen.append(run_values.results.tolist())

            def end(self, session):
                seen.append(tf.get_default_graph() is session.graph)

        seen = []
        estimator = predicting(lambda x: tf.multiply(x, 2, name='double'))
        assert list(estimator.predict(counting(3), hooks=[ByName()])) == [0, 2, 4]
        assert seen == [[0, 2], [4], True]

    def test_they_are_hooks(self, trained):
        with pytest.raises(TypeError, match=r'^hooks: every hook must be a SessionRunHook, got 1\.$'):
            next(trained.predict(counting(1), hooks=[1]))


class TestErrors:
    def test_unknown_keys_are_refused_with_the_known_ones(self, trained):
        text = r"^predict_keys must name at least one of \['x', 'y'\], got \['z'\]\.$"
        with pytest.raises(ValueError, match=text):
            next(trained.predict(counting(1), predict_keys='z'))

    def test_keys_need_a_dict(self, predicting):
        text = r"^predict_keys must not be given where predictions is no dict, got 'y'\.$"
        with pytest.raises(ValueError, match=text):
            next(predicting(tf.identity).predict(counting(1), predict_keys='y'))

    def test_lengths_that_differ_cannot_be_taken_apart(self, predicting):
        estimator = predicting(lambda x: {'x': x, 'all': tf.ones([3])})
        text = (
            r"^All predictions must have the same batch length to be yielded one by one; got \{'x': 2, 'all': 3\}\. "
            r'Use yield_single_examples=False or predict_keys\.$'
        )
        with pytest.raises(ValueError, match=text):
            next(estimator.predict(counting(2)))
        (batch,) = estimator.predict(counting(2), yield_single_examples=False)
        assert batch['all'].tolist() == [1, 1, 1]
        assert next(estimator.predict(counting(2), predict_keys='x')) == {'x': 0}

    def test_a_scalar_has_no_rows(self):
        with pytest.raises(ValueError, match=r"got \{'x': 2, 'mean': None\}"):
            list(prediction.split({'x': np.ones(2), 'mean': np.float32(1)}))
