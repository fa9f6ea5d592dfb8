from __future__ import annotations

import importlib.util
import json
import pathlib
import re

import pytest

import tf1 as tf
from tf1.estimator.export import receivers

_GOLDEN = pathlib.Path(__file__).parents[2] / 'golden'
export = tf.estimator.export
_build_supervised = tf.estimator.experimental.build_raw_supervised_input_receiver_fn


def _load_programs():
    spec = importlib.util.spec_from_file_location('export_programs', _GOLDEN / 'export_programs.py')
    programs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(programs)
    return programs


@pytest.fixture
def x(graph):
    """A tensor of the test's graph."""
    return tf.constant([1.0], name='x')


def test_the_namespace_has_the_names_of_tf_1_15():
    assert sorted(export.__all__) == [
        'ClassificationOutput',
        'ExportOutput',
        'PredictOutput',
        'RegressionOutput',
        'ServingInputReceiver',
        'TensorServingInputReceiver',
        'build_parsing_serving_input_receiver_fn',
        'build_raw_serving_input_receiver_fn',
    ]


def test_wrong_arguments_raise_what_tf_1_15_raises(graph):
    golden = json.loads((_GOLDEN / 'export.json').read_text())
    assert _load_programs().errors(tf) == golden['errors']


class TestReceivers:
    def test_a_single_tensor_is_called_feature_and_input(self, x):
        receiver = export.ServingInputReceiver(x, x, {'other': x})
        assert receiver.features == {'feature': x}
        assert receiver.receiver_tensors == {'input': x}
        assert receiver.receiver_tensors_alternatives == {'other': {'input': x}}
        assert receiver._fields == ('features', 'receiver_tensors', 'receiver_tensors_alternatives')

    def test_a_tensor_receiver_hands_the_tensor_itself_on(self, x):
        receiver = export.TensorServingInputReceiver(x, {'fed': x})
        assert receiver == (x, {'fed': x}, None)

    def test_a_receiver_is_immutable(self, x):
        with pytest.raises(AttributeError):
            export.ServingInputReceiver(x, x).features = {}

    @pytest.mark.parametrize(
        ('arguments', 'text'),
        [
            ((None, 'x'), 'features must be defined, got None.'),
            (('x', None), 'receiver_tensors must be defined, got None.'),
            (({'a': 1.5}, 'x'), "features['a'] must be a Tensor or SparseTensor, got 1.5."),
            (({(1, 2): 'x'}, 'x'), 'features: keys must be strings or integers, got (1, 2).'),
            (('x', {3: 'x'}), 'receiver_tensors: keys must be strings, got 3.'),
            (('x', 'x', [1]), 'receiver_tensors_alternatives must be a dict of receiver tensors, got [1].'),
            (
                ('x', 'x', {'b': {'c': 2}}),
                "receiver_tensors_alternatives['b']['c'] must be a Tensor or SparseTensor, got 2.",
            ),
        ],
    )
    def test_an_error_names_the_part(self, x, arguments, text):
        def filled(value):
            if isinstance(value, dict):
                return {key: filled(part) for key, part in value.items()}
            return x if value == 'x' else value

        with pytest.raises(ValueError, match=f'^{re.escape(text)}$'):
            export.ServingInputReceiver(*map(filled, arguments))

    def test_a_supervised_receiver_is_fed_with_features_and_labels(self, x):
        assert receivers.supervised(x, x) == (x, x, {'input': x, 'label': x})
        assert receivers.supervised({'a': x}, {'b': x}) == ({'a': x}, {'b': x}, {'a': x, 'b': x})

    def test_features_and_labels_need_names_of_their_own(self, x):
        with pytest.raises(ValueError, match=r"must have distinct keys; both have \['label'\]"):
            receivers.check_distinct({'label': x, 'a': x}, x)


class TestParsing:
    SPEC = {'x': tf.FixedLenFeature([2], tf.float32, [0.5, 0.25]), 'words': tf.VarLenFeature(tf.string)}

    @pytest.mark.parametrize('batch_size', [None, 3])
    def test_examples_of_the_batch_size_are_taken(self, graph, batch_size):
        receiver = export.build_parsing_serving_input_receiver_fn(self.SPEC, batch_size)()
        examples = receiver.receiver_tensors['examples']
        assert (examples.op.name, examples.dtype, examples.shape.as_list()) == (
            'input_example_tensor',
            tf.string,
            [batch_size],
        )
        assert receiver.features['x'].shape.as_list() == [batch_size, 2]

    def test_examples_become_features_and_missing_ones_their_default(self, graph):
        receiver = export.build_parsing_serving_input_receiver_fn(self.SPEC)()
        full = tf.train.Example()
        full.features.feature['x'].float_list.value.extend([3.0, 4.0])
        full.features.feature['words'].bytes_list.value.append(b'word')
        batch = [full.SerializeToString(), tf.train.Example().SerializeToString()]
        with tf.Session() as session:
            features = session.run(receiver.features, {receiver.receiver_tensors['examples']: batch})
        assert features['x'].tolist() == [[3.0, 4.0], [0.5, 0.25]]
        assert features['words'].values.tolist() == [b'word']


class TestRawInput:
    def test_placeholders_have_the_dtypes_and_shapes_but_for_the_batch(self, graph):
        like = {
            'a': tf.zeros([4, 2], name='a'),
            'b': tf.constant(1, name='b'),
            'c': tf.placeholder(tf.string, name='c'),
        }
        receiver = export.build_raw_serving_input_receiver_fn(like)()
        assert receiver.features == receiver.receiver_tensors
        assert [(t.op.type, t.op.name, t.dtype.name, str(t.shape)) for t in receiver.features.values()] == [
            ('Placeholder', 'a_1', 'float32', '(?, 2)'),
            ('Placeholder', 'b_1', 'int32', '(?,)'),
            ('Placeholder', 'c_1', 'string', '<unknown>'),
        ]

    def test_a_given_batch_size_is_kept(self, graph):
        receiver = export.build_raw_serving_input_receiver_fn({'a': tf.zeros([4, 2])}, 7)()
        assert receiver.features['a'].shape.as_list() == [7, 2]

    def test_an_array_is_refused_by_name(self, graph):
        with pytest.raises(AttributeError, match=r"^features\['a'\] must be a tensor, got \[1, 2\]\.$"):
            export.build_raw_serving_input_receiver_fn({'a': [1, 2]})()
        with pytest.raises(AttributeError, match='^features must be a dict of tensors, got 3'):
            export.build_raw_serving_input_receiver_fn(3)()
        with pytest.raises(AttributeError, match='^labels must be a tensor, got None'):
            _build_supervised(tf.zeros([1]), None)()

    def test_single_features_and_labels_become_input_and_label(self, graph):
        receiver = _build_supervised(tf.zeros([4, 2]), tf.zeros([4], tf.int64), 5)()
        assert receiver.receiver_tensors == {'input': receiver.features, 'label': receiver.labels}
        assert (receiver.features.shape.as_list(), receiver.labels.shape.as_list()) == ([5, 2], [5])
