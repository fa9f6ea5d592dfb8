"""`model_to_estimator`: a compiled Keras 2 model as an Estimator."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable, Mapping
from typing import Any

import tensorflow.compat.v1 as tf
import tf_keras
from tf_keras.api._v1 import keras

from tf1.estimator import keras_copy, keras_objects
from tf1.estimator.estimator import Estimator
from tf1.estimator.export import PredictOutput
from tf1.estimator.mode_keys import ModeKeys
from tf1.estimator.run_config import RunConfig
from tf1.estimator.spec import EstimatorSpec
from tf1.estimator.warm_start import WarmStartSettings

_INITIAL = os.path.join('keras', 'keras_model.ckpt')
_BY_NAMES, _BY_OBJECTS = _FORMATS = ('saver', 'checkpoint')
_WEIGHTED = {'features', 'sample_weights'}
_SERVING = tf.saved_model.signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY


def model_to_estimator(
    keras_model: Any = None,
    keras_model_path: str | None = None,
    custom_objects: Mapping[str, Any] | None = None,
    model_dir: str | os.PathLike | None = None,
    config: RunConfig | None = None,
    checkpoint_format: str = 'saver',
) -> Estimator:
    """Returns an Estimator that trains, evaluates and predicts with a Keras model, as in TF 1.15.

    The model's weights are written to `MODEL_DIR/keras/keras_model.ckpt` and are what training starts with. The model
    itself stays as it is: every call works on a copy. `features` are a tensor, or a dict by the names of the model's
    inputs; `labels` likewise by its outputs. `{'features': ..., 'sample_weights': ...}` instead of the features weighs
    each example. Predictions are dicts by the names of the outputs, metrics are those of `compile`.

    Args:
      keras_model: a compiled model of `tf.keras` (Keras 2); excludes `keras_model_path`.
      keras_model_path: a file that `model.save` wrote.
      custom_objects: classes and functions by name, that the file needs.
      model_dir: folder of checkpoints and event files; None takes `config`'s, or else a new temporary folder.
      config: a `RunConfig`; None for the default one.
      checkpoint_format: 'saver', checkpoints by the names of variables, or 'checkpoint', by the objects that hold them.

    Raises:
      TypeError: the model is one of Keras 3, or no model.
      ValueError: neither or both of model and path are given, the model is not compiled, another format is wanted,
        `config` has a strategy, or a model without weights is to be saved by objects.
    """
    if (keras_model is None) == (keras_model_path is None):
        given = 'both' if keras_model is not None else 'neither'
        raise ValueError(f'One of keras_model and keras_model_path must be given, got {given}.')
    if checkpoint_format not in (None, *_FORMATS):
        raise ValueError(f'checkpoint_format must be one of {_FORMATS}, got {checkpoint_format!r}.')
    if keras_model is None:
        tf.logging.info('Loading models from %s', keras_model_path)
        # Keras gives up the values of one graph's variables when it opens a session on another.
        with tf.Graph().as_default(), tf.Session().as_default():
            model = keras.models.load_model(keras_model_path, custom_objects)
            return _to_estimator(model, model_dir, config, checkpoint_format == _BY_OBJECTS)
    tf.logging.info('Using the Keras model provided.')
    return _to_estimator(keras_model, model_dir, config, checkpoint_format == _BY_OBJECTS)


def _to_estimator(model: Any, model_dir: Any, config: RunConfig | None, by_objects: bool) -> Estimator:
    _check(model)
    _check_one_device(config)
    with _graph_of(model).as_default():
        weights = model.get_weights() if model.built else []
        new_optimizer = _optimizer_maker(model.optimizer)

    if by_objects and not weights:
        raise ValueError(f'A model without weights yet cannot be saved by its objects: build {model.name!r} first.')

    def model_fn(features: Any, labels: Any, mode: str) -> EstimatorSpec:
        optimizer = new_optimizer() if mode == ModeKeys.TRAIN else None
        spec = _spec(model, optimizer, features, labels, mode)
        return spec._replace(scaffold=keras_objects.scaffold(path, optimizer)) if by_objects else spec

    estimator = Estimator(model_fn, model_dir, config)
    path = os.path.join(estimator.model_dir, _INITIAL)
    if weights and estimator.latest_checkpoint() is None:
        if by_objects:
            keras_objects.save_initial(model, keras, weights, path)
        else:
            _save_initial(model, weights, path)
    if weights and not by_objects and tf.train.checkpoint_exists(path):
        names = [name for name, _ in tf.train.list_variables(path) if name != tf.GraphKeys.GLOBAL_STEP]
        estimator._warm_start_settings = WarmStartSettings(path, [f'{re.escape(name)}:' for name in names])
    return estimator


def _check(model: Any) -> None:
    if not isinstance(model, tf_keras.Model):
        is_keras_3 = any(kind.__module__.split('.')[0] == 'keras' for kind in type(model).__mro__)
        remedy = (
            'is one of Keras 3: build it from tf.keras of tf1 or from the package tf_keras' if is_keras_3 else 'is none'
        )
        raise TypeError(f'keras_model must be a model of Keras 2; {model!r} {remedy}.')
    if not getattr(model, 'optimizer', None):
        raise ValueError(f'The Keras model {model.name!r} must be compiled: call compile before model_to_estimator.')


def _check_one_device(config: RunConfig | None) -> None:
    for name in ('train_distribute', 'eval_distribute'):
        # Keras scales losses under a strategy, and the optimizer once more; its slots would get other names.
        if getattr(config, name, None) is not None:
            raise ValueError(
                f'{name} must be None for a Keras model, got {getattr(config, name)!r}: call fit under the scope '
                'of the strategy instead.'
            )


def _graph_of(model: Any) -> tf.Graph:
    return model.weights[0].graph if model.built and model.weights else tf.get_default_graph()


def _optimizer_maker(optimizer: Any) -> Callable[[], Any]:
    """Returns what makes an optimizer like the given one, in a graph of its own.

    Raises:
      ValueError: the optimizer has no form that works in graphs.
    """
    own = getattr(optimizer, 'optimizer', optimizer)
    if isinstance(own, tf.train.Optimizer):
        return lambda: own  # It keeps its variables by graph.
    if not hasattr(optimizer, 'get_updates'):
        raise ValueError(
            f'The optimizer must be one of tf.keras.optimizers or tf.train, got {optimizer!r} without get_updates.'
        )
    return functools.partial(type(optimizer).from_config, optimizer.get_config())


def _save_initial(model: Any, weights: list[Any], path: str) -> None:
    """Writes a checkpoint with the weights, by the names that they have in a copy of the model, and step 0."""
    with tf.Graph().as_default(), tf.Session() as session:
        tf.train.create_global_step()
        copy = keras_copy.on_tensors(model, keras, keras_copy.placeholders(model), training=False)
        session.run(tf.global_variables_initializer())
        for variable, value in zip(copy.weights, weights, strict=True):
            variable.load(value, session)
        tf.io.gfile.makedirs(os.path.dirname(path))
        tf.train.Saver(save_relative_paths=True).save(session, path)


def _spec(model: Any, optimizer: Any | None, features: Any, labels: Any, mode: str) -> EstimatorSpec:
    features, sample_weights = _parted(features)
    copy = keras_copy.on_tensors(model, keras, features, training=mode == ModeKeys.TRAIN)
    predictions = dict(zip(copy.output_names, copy.outputs, strict=True))
    if mode == ModeKeys.PREDICT:
        return EstimatorSpec(mode, predictions, export_outputs={_SERVING: PredictOutput(predictions)})
    if labels is not None:
        labels = keras_copy.by_name('labels', labels, copy.output_names, 'outputs')
    if sample_weights is not None:
        sample_weights = keras_copy.by_name('sample_weights', sample_weights, copy.output_names, 'outputs')
    keras_copy.compile_like(model, copy, labels, sample_weights)
    train_op = None
    if mode == ModeKeys.TRAIN:
        with tf.name_scope('training'):
            train_op = _train_op(copy, optimizer)
    metrics = {metric.name: metric for metric in copy.metrics}
    return EstimatorSpec(mode, predictions, copy.total_loss, train_op, metrics)


def _parted(features: Any) -> tuple[Any, Any]:
    if isinstance(features, Mapping) and set(features) == _WEIGHTED:
        return features['features'], features['sample_weights']
    return features, None


def _train_op(model: Any, optimizer: Any) -> tf.Operation:
    step = tf.train.get_global_step()
    if isinstance(optimizer, tf.train.Optimizer):
        updates = [optimizer.minimize(model.total_loss, step, model.trainable_weights)]
    else:
        optimizer.iterations = step
        updates = optimizer.get_updates(model.total_loss, model.trainable_weights)
    return tf.group(*updates, *model.updates)
