"""A copy of a Keras 2 model on the tensors of a graph of its own: what `model_to_estimator` trains."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from typing import Any

import tensorflow.compat.v1 as tf

_INPUT = 'input_1'
_OUTPUT = 'output_{}'


def on_tensors(model: Any, keras: Any, features: Any, training: bool) -> Any:
    """Returns a copy of `model` in the default graph, called on `features`, with weights of its own.

    Layers that differ between training and inference (dropout, batch normalisation) are built for one of them.

    Args:
      model: a Sequential, functional or subclassed model of `keras`.
      keras: the Keras 2 namespace in its TF 1 form.
      features: a tensor, a list of tensors in the order of the inputs, or a dict of tensors by the inputs' names; a
        subclassed model is called with whatever it is.
      training: which of both.

    Raises:
      KeyError: `features` is a dict and its keys are not the names of the inputs.
      ValueError: another number of tensors than inputs, or a subclassed model cannot be copied.
    """
    with warnings.catch_warnings():
        # A graph knows no other way to tell layers that were called already.
        warnings.filterwarnings('ignore', '.*set_learning_phase', UserWarning)
        keras.backend.set_learning_phase(int(training))
    if _is_graph_of_layers(model):
        tensors = _in_order(features, model.input_names)
        tensors = [_cast(tensor, wanted.dtype) for tensor, wanted in zip(tensors, model.inputs, strict=True)]
        return keras.models.clone_model(model, input_tensors=tensors)
    if isinstance(model, keras.Sequential):
        (tensor,) = _in_order(features, [_INPUT])
        first = keras.layers.InputLayer(input_tensor=_cast(tensor, keras.backend.floatx()), name=_INPUT)
        return keras.Sequential([first, *map(_anew, model.layers)], name=model.name)
    return _wrapped(_anew(model), keras, features)


def placeholders(model: Any) -> Any:
    """Returns placeholders for a built model, in the structure that it was called with."""
    if _is_graph_of_layers(model):
        return [tf.placeholder(tensor.dtype, tensor.shape) for tensor in model.inputs]
    (structure, *_), _ = model.save_spec()
    return tf.nest.map_structure(lambda spec: tf.placeholder(spec.dtype, spec.shape), structure)


def _is_graph_of_layers(model: Any) -> bool:
    return bool(getattr(model, '_is_graph_network', False))


def _anew(layer: Any) -> Any:
    """A layer or subclassed model as it was before its first call."""
    try:
        return type(layer).from_config(layer.get_config())
    except (NotImplementedError, TypeError, ValueError) as error:
        raise ValueError(
            f'{layer!r} cannot be made anew from its configuration ({error}): give its class a get_config, '
            'or the model a functional form.'
        ) from error


def _wrapped(model: Any, keras: Any, features: Any) -> Any:
    """A functional model around a subclassed one, whose outputs get the names that Keras gives them."""
    inputs = tf.nest.map_structure(lambda tensor: keras.layers.Input(tensor=tensor), features)
    outputs = tf.nest.flatten(model(inputs))
    named = [keras.layers.Activation('linear', name=_OUTPUT.format(i))(out) for i, out in enumerate(outputs, 1)]
    return keras.Model(tf.nest.flatten(inputs), named, name=f'{model.name}_on_tensors')


def _cast(tensor: tf.Tensor, dtype: Any) -> tf.Tensor:
    return tensor if tensor.dtype.base_dtype == dtype else tf.cast(tensor, dtype)


def _in_order(features: Any, names: list[str]) -> list[tf.Tensor]:
    return by_name('features', features, names, 'inputs')


def by_name(what: str, values: Any, names: list[str], of: str) -> list[Any]:
    """Returns a dict's values in the order of `names`, or else a list of `values`.

    Args:
      what: 'features' or 'labels', for the error text.
      values: a value, a list of values or a dict.
      names: what the model calls them.
      of: 'inputs' or 'outputs', for the error text.

    Raises:
      KeyError: the keys of a dict are not `names`.
      ValueError: another number of values than names.
    """
    if isinstance(values, Mapping):
        if set(values) != set(names):
            raise KeyError(f'{what} must be called as the {of} of the Keras model, {names}; got {sorted(values)}.')
        return [values[name] for name in names]
    values = list(values) if isinstance(values, (list, tuple)) else [values]
    if len(values) != len(names):
        raise ValueError(f'The Keras model has {len(names)} {of}, {names}; got {len(values)} {what}.')
    return values


def compile_like(model: Any, copy: Any, labels: list[Any] | None, sample_weights: list[Any] | None) -> None:
    """Compiles `copy` with the losses and metrics of `model`, on tensors of labels; its optimizer is not used."""
    arguments = model._get_compile_args()  # Keras has no public word for them.
    arguments.update(optimizer='sgd', target_tensors=labels)
    for name in ('metrics', 'weighted_metrics'):
        arguments[name] = _map_metrics(_fresh_metric, arguments[name])
    copy.compile(**arguments)
    if sample_weights is not None:
        copy._compile_weights_loss_and_weighted_metrics(sample_weights=sample_weights)


def _map_metrics(function: Callable[[Any], Any], metrics: Any) -> Any:
    if isinstance(metrics, Mapping):
        return {name: _map_metrics(function, metric) for name, metric in metrics.items()}
    if isinstance(metrics, (list, tuple)):
        return [_map_metrics(function, metric) for metric in metrics]
    return function(metrics)


def _fresh_metric(metric: Any) -> Any:
    """A metric that is an object has variables in the graph where it was made."""
    return type(metric).from_config(metric.get_config()) if hasattr(metric, 'update_state') else metric
