from __future__ import annotations

import importlib

import pytest

import tf1 as tf


@pytest.mark.parametrize(
    ('module', 'name', 'now'),
    [
        ('contrib.learn.python.learn.datasets.mnist', 'read_data_sets', 'contrib.learn.datasets.mnist.read_data_sets'),
        ('contrib.learn.python.learn.datasets', 'load_dataset', 'contrib.learn.datasets.load_dataset'),
        ('contrib.learn.python.learn', 'datasets.load_dataset', 'contrib.learn.datasets.load_dataset'),
        ('contrib.learn.python', 'learn.datasets.load_dataset', 'contrib.learn.datasets.load_dataset'),
        (
            'contrib.framework.python.ops',
            'variables.get_or_create_global_step',
            'contrib.framework.get_or_create_global_step',
        ),
        ('contrib.layers.python.layers', 'layers.fully_connected', 'contrib.layers.fully_connected'),
        ('python.layers.core', 'Dense', 'layers.Dense'),
        ('python.layers', 'core.Dense', 'layers.Dense'),
        ('python.layers.convolutional', 'conv2d', 'layers.conv2d'),
        ('python.ops.rnn_cell_impl', 'LSTMStateTuple', 'nn.rnn_cell.LSTMStateTuple'),
        ('python.ops', 'rnn_cell.RNNCell', 'nn.rnn_cell.RNNCell'),
        ('python.estimator.model_fn', 'EstimatorSpec', 'estimator.EstimatorSpec'),
        ('python.estimator', 'estimator.Estimator', 'estimator.Estimator'),
        ('python.estimator.inputs.numpy_io', 'numpy_input_fn', 'estimator.inputs.numpy_input_fn'),
        ('python.estimator.export.export', 'PredictOutput', 'estimator.export.PredictOutput'),
        ('python.keras.layers', 'LSTM', 'keras.layers.LSTM'),
        ('contrib.lookup', 'lookup_ops.HashTable', 'contrib.lookup.HashTable'),
        ('contrib.learn.python.learn.estimators.run_config', 'RunConfig', 'contrib.learn.RunConfig'),
        ('contrib.learn.python.learn.estimators', 'model_fn.ModelFnOps', 'contrib.learn.ModelFnOps'),
        ('contrib.learn.python.learn', 'learn_runner.run', 'contrib.learn.learn_runner.run'),
        ('contrib.rnn.python.ops', 'core_rnn_cell._linear', 'contrib.rnn.weights.linear'),
        ('contrib.tpu.python.tpu', 'tpu_config.RunConfig', 'contrib.tpu.RunConfig'),
        ('contrib.tpu.python.tpu.tpu_estimator', 'TPUEstimatorSpec', 'contrib.tpu.TPUEstimatorSpec'),
        (
            'contrib.distributions.python.ops',
            'mvn_diag.MultivariateNormalDiag',
            'contrib.distributions.MultivariateNormalDiag',
        ),
        (
            'contrib.distributions.python.ops.bijectors.affine',
            'Affine',
            'contrib.distributions.bijectors.Affine',
        ),
        ('contrib.rnn.python.ops.rnn_cell', '_linear', 'contrib.rnn.weights.linear'),
        ('contrib.seq2seq.python.ops.attention_wrapper', '_bahdanau_score', 'contrib.seq2seq.attention.weighted_score'),
        (
            'contrib.seq2seq.python.ops',
            'attention_wrapper._compute_attention',
            'contrib.seq2seq.attention_wrapper.attend',
        ),
        ('contrib.seq2seq.python.ops.decoder', '_transpose_batch_time', 'contrib.seq2seq.decoder.batch_major'),
        ('python.ops.rnn_cell_impl', '_zero_state_tensors', 'contrib.rnn.sizes.zeros_of'),
        ('python.ops', 'rnn_cell_impl._concat', 'contrib.rnn.sizes.joined'),
        ('python.ops.nn', 'rnn_cell.LSTMCell', 'nn.rnn_cell.LSTMCell'),
        ('python.ops.nn', 'relu', 'nn.relu'),
        ('python.keras', 'backend', 'keras.backend'),
        ('keras.layers.core', 'Flatten', 'keras.layers.Flatten'),
        ('keras.layers.normalization', 'BatchNormalization', 'keras.layers.BatchNormalization'),
        ('keras.layers.advanced_activations', 'LeakyReLU', 'keras.layers.LeakyReLU'),
        ('keras.layers', 'recurrent.LSTM', 'keras.layers.LSTM'),
        ('keras.engine.topology', 'Layer', 'keras.layers.Layer'),
        ('keras.engine', 'Model', 'keras.models.Model'),
        ('keras.utils.np_utils', 'to_categorical', 'keras.utils.to_categorical'),
        ('keras.utils', 'vis_utils.plot_model', 'keras.utils.plot_model'),
        ('keras.backend.tensorflow_backend', 'set_session', 'keras.backend.set_session'),
        ('keras.objectives', 'mean_squared_error', 'keras.losses.mean_squared_error'),
        ('keras.applications.vgg16', 'VGG16', 'keras.applications.VGG16'),
    ],
)
def test_names_of_old_modules_are_those_of_today(module, name, now):
    first, *rest = name.split('.')
    names = {}
    exec(f'from tf1.{module} import {first} as found', names)
    assert attribute(names['found'], rest) is attribute(tf, now.split('.'))


def test_a_module_of_todays_keras_with_an_old_name_supplies_what_was_never_public():
    import tf1.keras.utils.generic_utils as generic_utils

    assert generic_utils.to_list(3) == [3]
    assert generic_utils.Progbar is tf.keras.utils.Progbar


def test_names_of_arguments_are_where_programs_import_the_function_from():
    import tf1.python.estimator.util as util

    assert util.fn_args(lambda features, labels: None) == ('features', 'labels')


def test_operations_of_optimizers_are_where_they_moved():
    assert callable(importlib.import_module('tf1.python.training.training_ops').apply_adam)


def test_a_private_name_that_is_gone_is_missing():
    from tf1.python.ops import rnn_cell_impl

    assert not hasattr(rnn_cell_impl, '_linear_of_old')


def test_the_real_modules_stay_as_they_are():
    import tensorflow.python as real

    importlib.import_module('tf1.python.estimator')
    importlib.import_module('tf1.python.keras')
    assert not hasattr(real, 'estimator')
    assert getattr(real, 'keras', None) is not tf.keras


def test_a_name_that_is_missing_is_reported_under_its_public_path():
    from tf1.contrib.learn.python.learn.datasets import mnist

    with pytest.raises(AttributeError, match=r'^tf\.contrib\.learn\.datasets\.mnist\.nope does not exist'):
        mnist.nope  # noqa: B018


def attribute(found, parts):
    for part in parts:
        found = getattr(found, part)
    return found
