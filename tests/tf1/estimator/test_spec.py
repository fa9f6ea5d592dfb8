from __future__ import annotations

import re

import numpy as np
import pytest

import tf1 as tf

Spec = tf.estimator.EstimatorSpec
TRAIN, EVAL, PREDICT = 'train', 'eval', 'infer'


@pytest.fixture(autouse=True)
def _graph(graph):
    """Every test builds into a graph of its own."""


def scalar():
    return tf.constant(1.0, name='scalar')


def made(mode, **fields):
    """A spec with what `mode` needs, and `fields`."""
    needed = {
        TRAIN: {'loss': scalar(), 'train_op': tf.no_op()},
        EVAL: {'loss': scalar()},
        PREDICT: {'predictions': {'p': scalar()}},
    }
    return Spec(mode, **{**needed[mode], **fields})


def foreign(make):
    """What `make` makes in another graph."""
    with tf.Graph().as_default():
        return make()


def pair():
    return scalar(), tf.no_op()


class TestModes:
    def test_modes_have_their_names_of_tf_1(self):
        keys = tf.estimator.ModeKeys
        assert (keys.TRAIN, keys.EVAL, keys.PREDICT) == (TRAIN, EVAL, PREDICT)

    @pytest.mark.parametrize('mode', ['predict', 'TRAIN', None, 1, ''])
    def test_any_other_needs_nothing(self, mode):
        spec = Spec(mode)
        assert (spec.mode, spec.predictions, spec.loss, spec.train_op) == (mode, {}, None, None)
        assert Spec(mode, export_outputs=3).export_outputs == 3

    @pytest.mark.parametrize(
        ('mode', 'given', 'missing'),
        [
            (TRAIN, ('train_op',), 'loss'),
            (TRAIN, ('loss',), 'train_op'),
            (EVAL, ('predictions', 'train_op'), 'loss'),
            (PREDICT, ('loss', 'train_op'), 'predictions'),
        ],
    )
    def test_a_mode_needs_its_fields(self, mode, given, missing):
        available = {'loss': scalar(), 'train_op': tf.no_op(), 'predictions': scalar()}
        with pytest.raises(ValueError, match=f'^Missing {missing}'):
            Spec(mode, **{name: available[name] for name in given})

    def test_fields_stand_in_the_order_of_tf_1(self):
        assert Spec._fields == (
            'mode',
            'predictions',
            'loss',
            'train_op',
            'eval_metric_ops',
            'export_outputs',
            'training_chief_hooks',
            'training_hooks',
            'scaffold',
            'evaluation_hooks',
            'prediction_hooks',
        )

    def test_what_is_not_given_is_empty(self):
        loss, train_op = scalar(), tf.no_op()
        spec = Spec(TRAIN, None, loss, train_op)
        assert spec[:8] == (TRAIN, {}, loss, train_op, {}, None, (), ())
        assert isinstance(spec.scaffold, tf.train.Scaffold)
        assert spec[9:] == ((), ())

    def test_predictions_may_be_an_empty_dict(self):
        assert Spec(PREDICT, predictions={}).predictions == {}


class TestLoss:
    @pytest.mark.parametrize('shape', [[], [1], [1, 1]])
    def test_one_element_is_kept_as_a_scalar(self, shape):
        assert made(EVAL, loss=tf.ones(shape)).loss.shape.as_list() == []

    def test_an_unknown_shape_is_left_alone(self):
        loss = tf.placeholder(tf.float32)
        assert made(EVAL, loss=loss).loss is loss

    def test_a_variable_is_a_loss(self):
        loss = tf.get_variable('v', shape=[])
        assert made(EVAL, loss=loss).loss is loss

    @pytest.mark.parametrize('mode', [TRAIN, EVAL, PREDICT])
    @pytest.mark.parametrize('shape', [[2], [1, 2], [0]])
    def test_more_elements_are_refused_in_every_mode(self, mode, shape):
        with pytest.raises(ValueError, match=r'^loss must be scalar, got Tensor\("ones.*reduce it'):
            made(mode, loss=tf.ones(shape))

    @pytest.mark.parametrize('loss', [1.0, 'a', np.float32(1), [1.0]])
    def test_a_value_is_no_loss(self, loss):
        text = re.escape(f'loss must be Tensor, got {loss!r} of type {type(loss).__name__}.')
        with pytest.raises(TypeError, match=f'^{text}$'):
            made(TRAIN, loss=loss)

    def test_an_operation_is_no_loss(self):
        with pytest.raises(TypeError, match='^loss must be Tensor, got .* of type Operation'):
            made(TRAIN, loss=tf.no_op())


class TestTrainOp:
    @pytest.mark.parametrize('make', [tf.no_op, scalar, lambda: tf.get_variable('v', shape=[])])
    def test_an_operation_a_tensor_or_a_variable_is_a_train_op(self, make):
        train_op = make()
        assert made(TRAIN, train_op=train_op).train_op is train_op

    @pytest.mark.parametrize('train_op', ['op', 3, [None], print])
    def test_anything_else_is_refused(self, train_op):
        text = re.escape(f'train_op must be Operation or Tensor, got {train_op!r}.')
        with pytest.raises(TypeError, match=f'^{text}$'):
            made(TRAIN, train_op=train_op)


class TestPredictions:
    @pytest.mark.parametrize('mode', [TRAIN, EVAL, PREDICT])
    def test_a_tensor_or_a_dict_of_tensors_is_kept(self, mode):
        p = scalar()
        assert made(mode, predictions=p).predictions is p
        assert made(mode, predictions={'p': p}).predictions == {'p': p}

    @pytest.mark.parametrize('mode', [TRAIN, EVAL, PREDICT])
    @pytest.mark.parametrize('value', ['a', np.ones(2), [1]])
    def test_a_value_is_refused(self, mode, value):
        with pytest.raises(TypeError, match=r'^predictions must be Tensor, got .* of type (str|ndarray|list)\.$'):
            made(mode, predictions=value)

    @pytest.mark.parametrize('mode', [TRAIN, EVAL, PREDICT])
    @pytest.mark.parametrize('make', [lambda: np.ones(2), lambda: None, lambda: {'b': scalar()}, tf.no_op])
    def test_a_value_in_the_dict_is_refused_by_its_key(self, mode, make):
        with pytest.raises(TypeError, match=r"^predictions\['a'\] must be Tensor, got "):
            made(mode, predictions={'p': scalar(), 'a': make()})

    def test_a_variable_cannot_be_served_so_predict_mode_refuses_it(self):
        with pytest.raises(
            ValueError, match=r"^Prediction output value must be a Tensor; got <tf\.Variable .* under 'a'"
        ):
            made(PREDICT, predictions={'a': tf.get_variable('v', shape=[])})

    def test_a_sparse_tensor_is_refused(self):
        with pytest.raises(TypeError, match=r"^predictions\['a'\] must be Tensor, got .* of type SparseTensor"):
            made(EVAL, predictions={'a': tf.SparseTensor([[0]], [1], [1])})


class TestMetrics:
    @pytest.mark.parametrize('metric', [pair, lambda: tf.metrics.mean(1.0), lambda: (tf.no_op(), tf.no_op())])
    def test_pairs_of_tensors_and_operations_are_kept(self, metric):
        metric = metric()
        assert made(EVAL, eval_metric_ops={'m': metric}).eval_metric_ops == {'m': metric}

    @pytest.mark.parametrize('mode', [TRAIN, EVAL, PREDICT])
    @pytest.mark.parametrize('metrics', [[], 3, 'm'])
    def test_they_come_in_a_dict(self, mode, metrics):
        with pytest.raises(TypeError, match=rf'^eval_metric_ops must be a dict, got {re.escape(repr(metrics))}\.$'):
            made(mode, eval_metric_ops=metrics)

    @pytest.mark.parametrize('metric', [scalar, lambda: (scalar(),) * 3, lambda: list(pair()), lambda: None])
    def test_each_is_a_pair(self, metric):
        with pytest.raises(TypeError, match=r"^eval_metric_ops\['m'\] must be a \(value, update op\) tuple, got "):
            made(EVAL, eval_metric_ops={'m': metric()})

    @pytest.mark.parametrize('metric', [lambda: (1.0, tf.no_op()), lambda: (scalar(), 1.0), lambda: (None, tf.no_op())])
    def test_a_pair_holds_no_values(self, metric):
        text = r"^eval_metric_ops\['m'\] must hold Operation or Tensor only, got (1\.0|None)\.$"
        with pytest.raises(TypeError, match=text):
            made(EVAL, eval_metric_ops={'m': metric()})

    def test_a_value_may_be_a_structure_of_tensors(self):
        metric = (({'a': scalar()}, [scalar()]), tf.no_op())
        assert made(EVAL, eval_metric_ops={'m': metric}).eval_metric_ops == {'m': metric}

    def test_an_updated_keras_metric_becomes_a_pair_and_its_variables_local_ones(self):
        metric = tf.keras.metrics.Mean(name='average')
        with pytest.raises(ValueError, match=r"^eval_metric_ops\['m'\]: call update_state on the metric"):
            made(EVAL, eval_metric_ops={'m': metric})
        metric.update_state([1.0, 3.0])
        value, update = made(EVAL, eval_metric_ops={'m': metric}).eval_metric_ops['m']
        names = ['total:0', 'count:0']
        assert [variable.name for variable in tf.local_variables()] == names
        assert [variable.name for variable in tf.get_collection(tf.GraphKeys.METRIC_VARIABLES)] == names
        with tf.Session() as session:
            session.run(tf.local_variables_initializer())
            session.run(update)
            session.run(update)
            assert session.run(value) == 2.0


class TestGraphs:
    @pytest.mark.parametrize(
        ('field', 'make'),
        [
            ('loss', scalar),
            ('train_op', tf.no_op),
            ('train_op', scalar),
            ('predictions', scalar),
            ("predictions['a']", lambda: {'a': scalar()}),
            ("eval_metric_ops['m']", lambda: {'m': pair()}),
        ],
    )
    @pytest.mark.parametrize('mode', [TRAIN, EVAL, PREDICT])
    def test_what_another_graph_made_is_refused(self, mode, field, make):
        text = rf'^{re.escape(field)} must be from the default graph; .* was made in another one\.$'
        with pytest.raises(ValueError, match=re.compile(text, re.DOTALL)):
            made(mode, **{field.split('[')[0]: foreign(make)})

    def test_the_update_op_of_a_metric_is_looked_at_too(self):
        with pytest.raises(ValueError, match=r"^eval_metric_ops\['m'\] must be from the default graph"):
            made(EVAL, eval_metric_ops={'m': (scalar(), foreign(tf.no_op))})


@pytest.mark.parametrize('field', ['training_chief_hooks', 'training_hooks', 'evaluation_hooks', 'prediction_hooks'])
class TestHooks:
    def test_they_become_a_tuple_in_their_order(self, field):
        hooks = [tf.train.SessionRunHook(), tf.train.SessionRunHook()]
        assert getattr(made(TRAIN, **{field: hooks}), field) == tuple(hooks)
        assert getattr(made(TRAIN, **{field: iter(hooks)}), field) == tuple(hooks)
        assert getattr(made(TRAIN, **{field: None}), field) == ()

    @pytest.mark.parametrize('hooks', [3, tf.train.SessionRunHook()])
    def test_they_are_iterable(self, field, hooks):
        with pytest.raises(TypeError, match=rf'^{field} must be an iterable of SessionRunHook, got '):
            made(TRAIN, **{field: hooks})

    @pytest.mark.parametrize('hook', [1, None, tf.train.SessionRunHook])
    def test_each_is_a_hook(self, field, hook):
        text = re.escape(f'{field}: every hook must be a SessionRunHook, got {hook!r}.')
        with pytest.raises(TypeError, match=f'^{text}$'):
            made(TRAIN, **{field: [tf.train.SessionRunHook(), hook]})


class TestScaffold:
    def test_the_given_one_is_kept(self):
        scaffold = tf.train.Scaffold()
        assert made(TRAIN, scaffold=scaffold).scaffold is scaffold

    @pytest.mark.parametrize('scaffold', [1, 'a', tf.train.Scaffold])
    def test_anything_else_is_refused(self, scaffold):
        text = re.escape(f'scaffold must be tf.train.Scaffold, got {scaffold!r}.')
        with pytest.raises(TypeError, match=f'^{text}$'):
            made(TRAIN, scaffold=scaffold)


class TestExportOutputs:
    def test_none_means_all_predictions_under_the_default_name(self):
        p = scalar()
        outputs = Spec(PREDICT, predictions={'p': p}).export_outputs
        assert list(outputs) == ['serving_default']
        assert outputs['serving_default'].outputs == {'p': p}

    def test_a_single_one_is_the_default_too_and_the_callers_dict_stays(self):
        given = {'x': tf.estimator.export.PredictOutput(scalar())}
        outputs = made(PREDICT, export_outputs=given).export_outputs
        assert outputs == {'x': given['x'], 'serving_default': given['x']}
        assert list(given) == ['x']

    def test_of_several_one_is_called_the_default(self):
        x = tf.estimator.export.PredictOutput(scalar())
        outputs = made(PREDICT, export_outputs={'serving_default': x, 'y': x}).export_outputs
        assert sorted(outputs) == ['serving_default', 'y']
        text = r"^export_outputs: with several outputs one must be called 'serving_default' .*; got \['x', 'y'\]\.$"
        with pytest.raises(ValueError, match=text):
            made(PREDICT, export_outputs={'y': x, 'x': x})

    def test_an_empty_dict_stays_empty(self):
        assert made(PREDICT, export_outputs={}).export_outputs == {}

    def test_wrong_types_are_refused(self):
        with pytest.raises(TypeError, match=r'^export_outputs must be a dict, got \[1\]\.$'):
            made(PREDICT, export_outputs=[1])
        with pytest.raises(TypeError, match=r"^export_outputs\['x'\] must be an ExportOutput, got <tf.Tensor"):
            made(PREDICT, export_outputs={'x': scalar()})

    @pytest.mark.parametrize('mode', [TRAIN, EVAL])
    def test_nobody_looks_at_them_outside_of_predict(self, mode):
        assert made(mode, export_outputs=[1]).export_outputs == [1]
        assert made(mode).export_outputs is None


class TestRecord:
    def test_fields_cannot_be_set(self):
        with pytest.raises(AttributeError):
            made(TRAIN).loss = None

    def test_there_are_no_other_fields(self):
        with pytest.raises(TypeError, match='foo'):
            made(TRAIN, foo=1)

    def test_replace_makes_a_checked_copy(self):
        spec, other = made(TRAIN), tf.no_op('other')
        changed = spec._replace(train_op=other, mode=TRAIN)
        assert isinstance(changed, Spec)
        assert changed.train_op is other
        assert spec.train_op is not other
        assert changed.loss is spec.loss
        assert changed.scaffold is spec.scaffold
        with pytest.raises(ValueError, match='^loss must be scalar'):
            spec._replace(loss=tf.ones([2]))
        with pytest.raises(TypeError, match='foo'):
            spec._replace(foo=1)

    def test_replace_keeps_the_mode(self):
        text = "^mode of EstimatorSpec cannot be changed, from 'train' to 'eval'"
        with pytest.raises(ValueError, match=text):
            made(TRAIN)._replace(mode=EVAL)
