from __future__ import annotations

import re

import pytest

import tf1 as tf

export = tf.estimator.export


@pytest.fixture(autouse=True)
def _graph(graph):
    """Every test builds into a graph of its own."""


def floats():
    return tf.constant([0.5, 0.5], name='floats')


def texts():
    return tf.constant(['a', 'b'], name='texts')


def names(mapping):
    """{key of a signature's input or output: name of its tensor}."""
    return {key: info.name for key, info in mapping.items()}


class TestPredictOutput:
    def test_a_tensor_is_called_output(self):
        tensor = floats()
        assert export.PredictOutput(tensor).outputs == {'output': tensor}

    def test_a_dict_keeps_its_keys_and_joins_tuples(self):
        tensor = floats()
        assert export.PredictOutput({'a': tensor, ('b', 'c'): tensor}).outputs == {'a': tensor, 'b/c': tensor}

    def test_keys_are_strings(self):
        with pytest.raises(ValueError, match=r'^Prediction output key must be a string; got 1\.$'):
            export.PredictOutput({1: floats()})

    @pytest.mark.parametrize('value', [1, 'a', None])
    def test_values_are_tensors(self, value):
        with pytest.raises(ValueError, match=rf'^Prediction output value must be a Tensor; got {value!r} under '):
            export.PredictOutput(value)

    def test_its_signature_leads_from_all_inputs_to_all_outputs(self):
        signature = export.PredictOutput({'p': floats()}).as_signature_def({'x': tf.placeholder(tf.int32, name='x')})
        assert signature.method_name == 'tensorflow/serving/predict'
        assert names(signature.inputs) == {'x': 'x:0'}
        assert names(signature.outputs) == {'p': 'floats:0'}


class TestRegressionOutput:
    def test_its_signature_takes_examples(self):
        signature = export.RegressionOutput(floats()).as_signature_def({'in': texts()})
        assert signature.method_name == 'tensorflow/serving/regress'
        assert names(signature.inputs) == {'inputs': 'texts:0'}
        assert names(signature.outputs) == {'outputs': 'floats:0'}

    @pytest.mark.parametrize('make', [texts, lambda: 1.0, lambda: None, lambda: tf.constant(1)])
    def test_its_value_is_a_float_tensor(self, make):
        value = make()
        text = re.escape(f'Regression output value must be a float32 Tensor; got {value}.')
        with pytest.raises(ValueError, match=f'^{text}$'):
            export.RegressionOutput(value)


class TestClassificationOutput:
    @pytest.mark.parametrize(
        ('fields', 'outputs'),
        [
            ({'scores': floats}, {'scores': 'floats:0'}),
            ({'classes': texts}, {'classes': 'texts:0'}),
            ({'scores': floats, 'classes': texts}, {'scores': 'floats:0', 'classes': 'texts:0'}),
        ],
    )
    def test_its_signature_has_scores_classes_or_both(self, fields, outputs):
        output = export.ClassificationOutput(**{name: make() for name, make in fields.items()})
        signature = output.as_signature_def({'in': tf.placeholder(tf.string, name='examples')})
        assert signature.method_name == 'tensorflow/serving/classify'
        assert names(signature.inputs) == {'inputs': 'examples:0'}
        assert names(signature.outputs) == outputs

    def test_wrong_fields_are_refused(self):
        with pytest.raises(ValueError, match='^Classification: at least one of scores and classes must be set'):
            export.ClassificationOutput()
        with pytest.raises(ValueError, match='^Classification classes must be a string Tensor; got Tensor'):
            export.ClassificationOutput(classes=floats())
        with pytest.raises(ValueError, match='^Classification scores must be a float32 Tensor; got Tensor'):
            export.ClassificationOutput(scores=texts())


@pytest.mark.parametrize(
    ('kind', 'make'),
    [
        ('Classification', lambda: export.ClassificationOutput(floats())),
        ('Regression', lambda: export.RegressionOutput(floats())),
    ],
)
class TestExamplesInput:
    def test_there_is_one_input(self, kind, make):
        with pytest.raises(ValueError, match=rf"^{kind} input must be a single string Tensor; got \['a', 'b'\]\.$"):
            make().as_signature_def({'b': texts(), 'a': texts()})

    def test_it_holds_strings(self, kind, make):
        with pytest.raises(ValueError, match=rf'^{kind} input must be a single string Tensor; got Tensor\("floats'):
            make().as_signature_def({'a': floats()})


def test_an_output_is_abstract():
    with pytest.raises(TypeError, match='abstract'):
        export.ExportOutput()
