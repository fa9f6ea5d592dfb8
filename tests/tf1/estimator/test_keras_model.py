from __future__ import annotations

import os
import re

import numpy as np
import pytest

import tf1 as tf

# What Keras says of itself where `fit` and `save` are called.
pytestmark = [
    pytest.mark.filterwarnings('ignore:`Model.state_updates` will be removed:UserWarning'),
    pytest.mark.filterwarnings('ignore:You are saving your model as an HDF5 file:UserWarning'),
]

X = np.array([[1.0, 2.0], [3.0, 4.0]], np.float32)
Y = np.array([[4.0], [6.0]], np.float32)


def input_fn(mode):
    dataset = tf.data.Dataset.from_tensors((X, Y))
    return dataset.repeat() if mode == tf.estimator.ModeKeys.TRAIN else dataset


def to_estimator(model, model_dir, **settings):
    return tf.keras.estimator.model_to_estimator(model, model_dir=model_dir, **settings)


def values_of(path):
    return {name: tf.train.load_variable(path, name) for name, _ in tf.train.list_variables(path)}


@pytest.fixture
def keras(graph):
    return tf.keras


@pytest.fixture
def adder(keras):
    """y = x0 + x1 as a model: 3 and 7 for X, where Y is 4 and 6, so that the mean squared error is 1."""
    model = keras.Sequential([keras.layers.Dense(1, kernel_initializer='ones', input_shape=(2,), name='sum')])
    model.compile(keras.optimizers.SGD(0.1), 'mse', metrics=['mae', keras.metrics.MeanSquaredError(name='error')])
    return model


def test_a_model_is_evaluated_and_predicts_by_its_outputs_names(adder, model_dir):
    estimator = to_estimator(adder, model_dir)
    assert estimator.evaluate(input_fn) == {'loss': 1, 'mean_absolute_error': 1, 'error': 1, 'global_step': 0}
    assert [(p['sum'].tolist(), list(p)) for p in estimator.predict(input_fn)] == [([3.0], ['sum']), ([7.0], ['sum'])]


def test_training_steps_are_those_of_gradient_descent(adder, model_dir):
    estimator = to_estimator(adder, model_dir).train(input_fn, steps=1)
    # d/dw mean((xw + b - y)^2) = 2 * mean([-1, 1] * x) = [2, 2], and 0 for the bias.
    np.testing.assert_allclose(estimator.get_variable_value('sum/kernel'), [[0.8], [0.8]], rtol=1e-6)
    assert estimator.get_variable_value('sum/bias') == [0]
    assert estimator.get_variable_value('global_step') == 1
    assert adder.get_weights()[0].tolist() == [[1], [1]]


def test_training_goes_on_from_the_checkpoint(adder, model_dir):
    to_estimator(adder, model_dir).train(input_fn, steps=2)
    adder.set_weights([np.full([2, 1], 9), np.full([1], 9)])
    estimator = to_estimator(adder, model_dir)
    assert values_of(f'{model_dir}/keras/keras_model.ckpt')['sum/kernel'].tolist() == [[1], [1]]
    assert estimator.train(input_fn, max_steps=3).get_variable_value('global_step') == 3
    assert np.all(estimator.get_variable_value('sum/kernel') < 1)


def test_moving_averages_are_weights_that_training_starts_with(keras, model_dir):
    model = keras.Sequential([keras.layers.BatchNormalization(epsilon=0, input_shape=(2,), name='normal')])
    model.compile('sgd', 'mse')
    model.set_weights(np.array([[1, 1], [0, 0], [1, 2], [4, 4]], np.float32))
    estimator = to_estimator(model, model_dir)
    # (x - [1, 2]) / 2
    assert [p['normal'].tolist() for p in estimator.predict(input_fn)] == [[0, 0], [1, 1]]
    estimator.train(lambda: tf.data.Dataset.from_tensors((X, X)), steps=1)
    # Momentum 0.99 towards the means of X, 2 and 3.
    np.testing.assert_allclose(estimator.get_variable_value('normal/moving_mean'), [1.01, 2.01], rtol=1e-6)


def test_a_model_that_fit_trained_starts_there(adder, model_dir):
    adder.fit(X, Y, epochs=1, verbose=0)
    found = to_estimator(adder, model_dir).predict(input_fn)
    np.testing.assert_allclose([p['sum'] for p in found], adder.predict(X), rtol=1e-6)


def test_weights_are_told_by_order_where_names_are_taken(keras, model_dir):
    def model(kernel):
        layer = keras.layers.Dense(1, kernel_initializer=kernel, input_shape=(2,), name='same')
        return keras.Sequential([layer])

    model('zeros')
    second = model('ones')
    assert second.weights[0].name == 'same_1/kernel:0'
    second.compile('sgd', 'mse')
    assert [p['same'].tolist() for p in to_estimator(second, model_dir).predict(input_fn)] == [[3], [7]]


def test_a_saved_model_file_is_loaded(adder, model_dir, tmp_path):
    path = str(tmp_path / 'adder.h5')
    adder.save(path)
    estimator = tf.keras.estimator.model_to_estimator(keras_model_path=path, model_dir=model_dir)
    assert estimator.evaluate(input_fn)['loss'] == 1
    assert adder.get_weights()[0].tolist() == [[1], [1]]


def test_examples_are_weighed(adder, model_dir):
    features = {'features': X, 'sample_weights': np.array([4.0, 0.0], np.float32)}
    dataset_fn = lambda: tf.data.Dataset.from_tensors((features, Y))  # noqa: E731
    # The errors are 1 and 1: (4 * 1 + 0 * 1) / 2.
    assert to_estimator(adder, model_dir).evaluate(dataset_fn)['loss'] == 2


def test_a_dict_of_features_is_told_by_names_and_cast(keras, model_dir):
    a, b = keras.layers.Input((1,), name='a'), keras.layers.Input((1,), name='b')
    model = keras.Model([a, b], keras.layers.subtract([a, b], name='difference'))
    model.compile('sgd', 'mse')
    features = {'b': X[:, 1:].astype(np.float64), 'a': X[:, :1].astype(np.int32)}
    found = to_estimator(model, model_dir).predict(lambda: tf.data.Dataset.from_tensors(features))
    assert [p['difference'].tolist() for p in found] == [[-1], [-1]]
    assert not os.path.exists(f'{model_dir}/keras')


def test_other_names_of_features_are_refused(adder, model_dir):
    text = "features must be called as the inputs of the Keras model, ['sum_input']; got ['x']."
    with pytest.raises(KeyError, match=re.escape(text)):
        to_estimator(adder, model_dir).evaluate(lambda: ({'x': tf.constant(X)}, tf.constant(Y)))


def test_another_number_of_labels_is_refused(adder, model_dir):
    text = "The Keras model has 1 outputs, ['sum']; got 2 labels."
    with pytest.raises(ValueError, match=re.escape(text)):
        to_estimator(adder, model_dir).evaluate(lambda: (tf.constant(X), [tf.constant(Y), tf.constant(Y)]))


class Scaled(tf.keras.Model):
    def __init__(self, factor=2.0, **options):
        super().__init__(**options)
        self.factor = factor
        self.sum = tf.keras.layers.Dense(1, kernel_initializer='ones', name='sum')

    def call(self, inputs):
        total = self.sum(inputs)
        return total, self.factor * total


def test_a_subclassed_model_has_numbered_outputs_and_starts_with_its_weights(keras, model_dir):
    model = Scaled(3.0, name='scaled')
    model.compile('sgd', 'mse')
    model.fit(X, [Y, Y], epochs=1, verbose=0)
    expected = model.predict(X)
    found = list(to_estimator(model, model_dir).predict(input_fn))
    for i, name in enumerate(('output_1', 'output_2')):
        np.testing.assert_allclose([p[name] for p in found], expected[i], rtol=1e-5)


def test_a_subclassed_model_that_cannot_be_made_anew_is_refused(keras, model_dir):
    class Needy(Scaled):
        def get_config(self):
            return {'unknown': 1}

    model = Needy()
    model.compile('sgd', 'mse')
    with pytest.raises(ValueError, match=r'cannot be made anew from its configuration \((?s:.*)\): give its class a'):
        to_estimator(model, model_dir).evaluate(input_fn)


def test_a_keras_3_model_is_refused():
    model = type('Sequential', (), {'__module__': 'keras.src.models.sequential'})()
    with pytest.raises(
        TypeError, match=r'^keras_model must be a model of Keras 2; .* is one of Keras 3: build it from'
    ):
        to_estimator(model, None)


@pytest.mark.parametrize('name', ['train_distribute', 'eval_distribute'])
def test_a_strategy_is_refused(adder, name):
    config = tf.estimator.RunConfig(**{name: tf.distribute.OneDeviceStrategy('/cpu:0')})
    with pytest.raises(ValueError, match=f'^{name} must be None for a Keras model, got <.*>: call fit under the scope'):
        to_estimator(adder, '/a', config=config)


@pytest.mark.parametrize('value', ['model', 1])
def test_what_is_no_model_is_refused(value):
    with pytest.raises(TypeError, match=rf'^keras_model must be a model of Keras 2; {value!r} is none\.$'):
        to_estimator(value, None)


def test_model_or_path_has_to_be_given(adder):
    for arguments, got in (((), 'neither'), ((adder, 'path'), 'both')):
        with pytest.raises(ValueError, match=f'^One of keras_model and keras_model_path must be given, got {got}.$'):
            tf.keras.estimator.model_to_estimator(*arguments)


def test_a_model_has_to_be_compiled(keras):
    model = keras.Sequential([keras.layers.Dense(1)], name='raw')
    with pytest.raises(ValueError, match="^The Keras model 'raw' must be compiled: call compile before"):
        to_estimator(model, None)


def test_another_form_of_checkpoints_is_refused(adder):
    with pytest.raises(ValueError, match=r"^checkpoint_format must be one of \('saver', 'checkpoint'\), got 'h5'\.$"):
        to_estimator(adder, None, checkpoint_format='h5')


@pytest.mark.parametrize('by_keras', [True, False])
def test_checkpoints_by_objects_have_the_keys_of_tf_1_15(tmp_path, by_keras):
    place = 'optimizer' if by_keras else 'optimizer/optimizer'
    model = tf.keras.Sequential([tf.keras.layers.Dense(1, input_shape=(2,), name='d')])
    model.compile('adam' if by_keras else tf.train.AdamOptimizer(), 'mse')

    def input_fn():
        return tf.data.Dataset.from_tensors(([[1.0, 2.0]], [[1.0]])).repeat()

    estimator = tf.keras.estimator.model_to_estimator(model, model_dir=str(tmp_path), checkpoint_format='checkpoint')
    estimator.train(input_fn, steps=2)
    value, weights = '/.ATTRIBUTES/VARIABLE_VALUE', [f'layer_with_weights-0/{part}' for part in ('kernel', 'bias')]
    names = estimator.get_variable_names()
    assert names[0] == '_CHECKPOINTABLE_OBJECT_GRAPH'
    assert {name for name in names if name.startswith(('layer', 'estimator'))} == {
        f'estimator_global_step{value}',
        *(f'{weight}{value}' for weight in weights),
        *(f'{weight}/.OPTIMIZER_SLOT/{place}/{slot}{value}' for weight in weights for slot in ('m', 'v')),
    }
    assert all(name.startswith((place, 'layer', 'estimator', '_')) for name in names)
    again = tf.keras.estimator.model_to_estimator(model, model_dir=str(tmp_path), checkpoint_format='checkpoint')
    assert again.evaluate(input_fn, steps=1)['global_step'] == 2
    again.train(input_fn, max_steps=3)
    assert again.get_variable_value(f'estimator_global_step{value}') == 3
