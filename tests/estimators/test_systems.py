"""Systems A1 to A4: names, shapes, variables and what they learn."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

import tf1 as tf
from estimators import classifier, cnn, inputs, linear, mlp, systems
from estimators.hparams import HParams

LINEAR = ['dense/bias', 'dense/kernel', 'global_step']
MLP_WEIGHTS = ['dense/bias', 'dense/kernel', 'dense_1/bias', 'dense_1/kernel']
CNN_WEIGHTS = ['conv2d/bias', 'conv2d/kernel', *MLP_WEIGHTS]


def with_adam(weights):
    slots = [f'{name}/{slot}' for name in weights for slot in ('Adam', 'Adam_1')]
    return sorted([*weights, *slots, 'beta1_power', 'beta2_power', 'global_step'])


VARIABLES = {
    'linear': LINEAR,
    'linear_translated': LINEAR,
    'mlp': with_adam(MLP_WEIGHTS),
    'cnn': with_adam(CNN_WEIGHTS),
}
SHAPES = {
    'linear': {'dense/kernel': [784, 10], 'dense/bias': [10]},
    'linear_translated': {'dense/kernel': [1600, 10], 'dense/bias': [10]},
    'mlp': {
        'dense/kernel': [1600, 500],
        'dense/bias': [500],
        'dense_1/kernel': [500, 10],
        'dense_1/bias': [10],
    },
    'cnn': {
        'conv2d/kernel': [5, 5, 1, 32],
        'conv2d/bias': [32],
        'dense/kernel': [12800, 1024],
        'dense/bias': [1024],
        'dense_1/kernel': [1024, 10],
        'dense_1/bias': [10],
    },
}


def build(name, mode):
    system = systems.SYSTEMS[name]
    tf.train.create_global_step()
    features = {'x': tf.placeholder(tf.float32, [None, system.hparams.side**2])}
    labels = None if mode == tf.estimator.ModeKeys.PREDICT else tf.placeholder(tf.int32, [None])
    return system.model_fn(features, labels, mode, dataclasses.asdict(system.hparams))


def test_the_documents_hyperparameters_are_the_defaults():
    assert HParams(side=28, learning_rate=0.5, batch_size=100, steps=9000) == linear.ORIGINAL
    assert HParams(side=40, learning_rate=0.5, batch_size=100, steps=5000) == linear.TRANSLATED
    assert dataclasses.asdict(mlp.TRANSLATED) == {
        'side': 40,
        'learning_rate': 1e-4,
        'batch_size': 50,
        'steps': 40000,
        'hidden_units': 500,
    }
    assert dataclasses.asdict(cnn.TRANSLATED) == {
        'side': 40,
        'learning_rate': 1e-4,
        'batch_size': 50,
        'steps': 5302,
        'filters': 32,
        'kernel_size': 5,
        'hidden_units': 1024,
        'dropout_rate': 0.4,
    }


@pytest.mark.parametrize('field', ['side', 'learning_rate', 'batch_size', 'steps'])
def test_a_hyperparameter_has_to_be_positive(field):
    with pytest.raises(ValueError, match=f'{field} must be > 0, got 0'):
        dataclasses.replace(linear.ORIGINAL, **{field: 0})


@pytest.mark.parametrize(('name', 'count'), [('linear', 3), ('linear_translated', 3), ('mlp', 15), ('cnn', 21)])
def test_variables_have_the_documents_names_shapes_and_number(name, count):
    with tf.Graph().as_default():
        build(name, tf.estimator.ModeKeys.TRAIN)
        variables = {v.op.name: v.shape.as_list() for v in tf.global_variables()}
        trainable = {v.op.name: v.shape.as_list() for v in tf.trainable_variables()}
    assert sorted(variables) == VARIABLES[name]
    assert len(variables) == count
    assert trainable == SHAPES[name]
    assert variables['global_step'] == []
    for slot in (n for n in variables if n.endswith(('/Adam', '/Adam_1'))):
        assert variables[slot] == variables[slot.rpartition('/')[0]]


@pytest.mark.parametrize('name', systems.SYSTEMS)
def test_predictions_and_metrics_are_those_of_the_document(name):
    with tf.Graph().as_default() as graph:
        spec = build(name, tf.estimator.ModeKeys.PREDICT)
        expected = {'classes', 'probabilities'} | ({'activations'} if name == 'cnn' else set())
        assert set(spec.predictions) == expected
        assert str(spec.predictions['probabilities']) == 'Tensor("softmax_tensor:0", shape=(?, 10), dtype=float32)'
        assert spec.predictions['classes'].dtype == tf.int64
        assert spec.predictions['classes'].shape.as_list() == [None]
        assert graph.get_tensor_by_name('softmax_tensor:0') is spec.predictions['probabilities']
    with tf.Graph().as_default():
        spec = build(name, tf.estimator.ModeKeys.EVAL)
        assert set(spec.eval_metric_ops) == {'accuracy'}
        assert spec.loss.op.name == 'sparse_softmax_cross_entropy_loss/value'


def test_the_convolutional_network_has_the_documents_layer_shapes():
    with tf.Graph().as_default():
        images = tf.placeholder(tf.float32, [None, 1600])
        net = cnn.build(images, dataclasses.asdict(cnn.TRANSLATED), training=True)
        assert str(net.conv) == 'Tensor("conv2d/Relu:0", shape=(?, 40, 40, 32), dtype=float32)'
        assert str(net.pool) == 'Tensor("max_pooling2d/MaxPool:0", shape=(?, 20, 20, 32), dtype=float32)'
        assert net.hidden.shape.as_list() == [None, 1024]
        assert net.logits.shape.as_list() == [None, 10]


def test_dropout_is_active_in_training_alone():
    with tf.Graph().as_default() as graph:
        build('cnn', tf.estimator.ModeKeys.EVAL)
        assert not [op.name for op in graph.get_operations() if op.type == 'RandomUniform' and 'dropout' in op.name]
    with tf.Graph().as_default() as graph:
        build('cnn', tf.estimator.ModeKeys.TRAIN)
        assert [op.name for op in graph.get_operations() if op.type == 'RandomUniform' and 'dropout' in op.name]


@pytest.mark.parametrize(
    ('name', 'summaries'),
    [
        ('linear', ['input', 'weights/dense/bias', 'weights/dense/kernel']),
        (
            'cnn',
            ['activations', 'filters', 'input', *(f'weights/{n}' for n in CNN_WEIGHTS)],
        ),
    ],
)
def test_training_summarises_input_weights_and_convolution(name, summaries):
    with tf.Graph().as_default():
        build(name, tf.estimator.ModeKeys.TRAIN)
        assert sorted(s.op.name for s in tf.get_collection(tf.GraphKeys.SUMMARIES)) == summaries


@pytest.fixture(scope='module')
def splits(digits_dir):
    return inputs.load(digits_dir)


def test_splits_are_flat_float_images_and_int_labels(splits, digits):
    # 2,000 training images: no 5,000 can go to validation, so half do.
    assert [len(part.labels) for part in splits] == [1000, 1000, 500]
    assert splits.train.images.shape == (1000, 784)
    assert splits.train.images.dtype == np.float32
    assert splits.train.labels.dtype == np.int32
    np.testing.assert_array_equal(splits.validation.labels, digits.train_labels[:1000])
    np.testing.assert_array_equal(splits.test.images, digits.test_images.reshape(500, 784).astype(np.float32) / 255)


def test_the_packaged_data_is_split_as_the_document_splits_it():
    parts = inputs.load()
    assert [len(part.labels) for part in parts] == [55000, 5000, 10000]


def test_a_system_trains_evaluates_and_predicts(splits, tmp_path):
    system = systems.SYSTEMS['linear']
    estimator = systems.make_estimator(system, str(tmp_path), dataclasses.replace(system.hparams, steps=120))
    assert systems.train(estimator, splits) is None
    result = systems.evaluate(estimator, splits.test)
    assert result['global_step'] == 120
    assert result['accuracy'] > 0.8
    predictions = list(systems.predict(estimator, splits.test.images))
    classes = np.array([p[classifier.CLASSES] for p in predictions])
    assert np.mean(classes == splits.test.labels) == pytest.approx(result['accuracy'])
    assert all(set(p) == {'classes', 'probabilities'} for p in predictions)
    np.testing.assert_allclose(np.sum([p['probabilities'] for p in predictions], axis=1), 1, rtol=1e-5)


@pytest.mark.parametrize('name', ['linear', 'linear_translated'])
def test_a_seed_makes_training_repeatable_and_interruption_changes_nothing(name, digits_dir, tmp_path):
    system = systems.SYSTEMS[name]
    data = systems.load(system, digits_dir)

    def kernel(folder, *stops):
        for steps in stops:
            hparams = dataclasses.replace(system.hparams, steps=steps)
            estimator = systems.make_estimator(system, str(tmp_path / folder), hparams, seed=5)
            systems.train(estimator, data)
        return estimator.get_variable_value('dense/kernel')

    whole = kernel('whole', 40)
    np.testing.assert_array_equal(whole, kernel('again', 40))
    np.testing.assert_array_equal(whole, kernel('in_three', 7, 25, 40))


def test_training_images_are_translated_once_or_whenever_they_come_up(digits_dir):
    system = systems.SYSTEMS['mlp']
    fixed = systems.load(system, digits_dir, fixed_translations=True)
    fresh = systems.load(system, digits_dir)
    assert fixed.train.images.shape == (1000, 1600)
    assert fresh.train.images.shape == (1000, 784)
    np.testing.assert_array_equal(fixed.test.images, fresh.test.images)
    with tf.Graph().as_default(), tf.Session() as session:
        step = tf.train.create_global_step()
        features, _ = inputs.translating_input_fn(inputs.Examples(*(a[:1] for a in fresh.train)), 1, seed=1)()
        assert features['x'].shape.as_list() == [1, 1600]
        session.run(step.initializer)
        first = session.run(features['x'])
        session.run(tf.assign_add(step, 1))
        second = session.run(features['x'])
    assert (first != second).any()
    assert np.sort(first).tolist() == np.sort(second).tolist()
