"""Methods and arguments that Keras 2 had until 2.3: `add_update(updates, inputs)`, `to_yaml`, `predict_classes`."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf
import tf_keras


def install() -> None:
    """Puts them back on layers and models, for the process."""
    from tf_keras.src.engine import base_layer, base_layer_v1, training, training_v1

    for layer in (base_layer.Layer, base_layer_v1.Layer):
        layer.add_update = _with_inputs(layer.add_update, 'updates')
        layer.add_loss = _with_inputs(layer.add_loss, 'losses')
        layer.add_metric = _with_aggregation(layer.add_metric)
        layer.apply = _apply
        layer.assert_input_compatibility = _assert_input_compatibility
        layer.get_updates_for = _get_updates_for
        for kind in ('trainable_weights', 'non_trainable_weights'):
            _let_be_set(layer, kind)
        layer.get_losses_for = _get_losses_for
    for model in (training.Model, training_v1.Model):
        model.to_yaml = _to_yaml
        model.load_weights = _load_by_name_first(model.load_weights)
        model.uses_learning_phase = property(_uses_learning_phase)
    tf_keras.Sequential.predict_classes = _predict_classes
    tf_keras.Sequential.predict_proba = _predict_proba


def _with_inputs(usual: Callable[..., Any], what: str) -> Callable[..., Any]:
    def add(self: Any, *args: Any, inputs: Any = None, **kwargs: Any) -> Any:
        values, *_ = args or (kwargs.pop(what, None),)
        return usual(self, values, **kwargs)

    add.__name__, add.__doc__ = usual.__name__, usual.__doc__
    parameter = inspect.Parameter
    names = [parameter(name, parameter.POSITIONAL_OR_KEYWORD) for name in ('self', what)]
    names.append(parameter('inputs', parameter.POSITIONAL_OR_KEYWORD, default=None))
    add.__signature__ = inspect.Signature(names)
    return add


def _with_aggregation(usual: Callable[..., Any]) -> Callable[..., Any]:
    def add_metric(
        self: Any, value: Any, aggregation: str | None = None, name: str | None = None, **kwargs: Any
    ) -> Any:
        if aggregation is not None:
            kwargs['aggregation'] = aggregation
        return usual(self, value, name=name, **kwargs)

    add_metric.__doc__ = usual.__doc__
    return add_metric


def _apply(self: Any, inputs: Any, *args: Any, **kwargs: Any) -> Any:
    """Calls the layer."""
    return self(inputs, *args, **kwargs)


def _assert_input_compatibility(self: Any, inputs: Any) -> None:
    """Raises a ValueError if the layer does not take `inputs`."""
    from tf_keras.src.engine import input_spec

    input_spec.assert_input_compatibility(self.input_spec, inputs, self.name)


def _load_by_name_first(usual: Callable[..., Any]) -> Callable[..., Any]:
    def load_weights(
        self: Any, filepath: str, by_name: bool = False, skip_mismatch: bool = False, **kwargs: Any
    ) -> Any:
        return usual(self, filepath, by_name=by_name, skip_mismatch=skip_mismatch, **kwargs)

    load_weights.__doc__ = usual.__doc__
    return load_weights


def _let_be_set(layer: type, kind: str) -> None:
    """Lets layers of one's own say which weights they have: `self.trainable_weights = [self.W]`."""
    usual = getattr(layer, kind)

    def set_weights(self: Any, weights: Iterable[tf.Variable]) -> None:
        setattr(self, f'_{kind}', list(weights))

    setattr(layer, kind, property(usual.fget, set_weights, doc=usual.__doc__))


def _get_updates_for(layer: Any, inputs: Any) -> list[Any]:
    """Returns the updates that depend on `inputs`; for None those that depend on no input of the layer."""
    return _depending(layer.updates, layer, inputs)


def _get_losses_for(layer: Any, inputs: Any) -> list[Any]:
    """Returns the losses that depend on `inputs`; for None those that depend on no input of the layer."""
    return _depending(layer.losses, layer, inputs)


def _depending(values: Iterable[Any], layer: Any, inputs: Any) -> list[Any]:
    if inputs is not None:
        wanted = {tensor.op for tensor in tf.nest.flatten(inputs)}
        return [value for value in values if wanted & _ancestors(value)]
    all_inputs = {
        tensor.op
        for node in layer._inbound_nodes
        for tensor in tf.nest.flatten(node.input_tensors)
        if isinstance(tensor, tf.Tensor)
    }
    return [value for value in values if not all_inputs & _ancestors(value)]


def _ancestors(value: Any) -> set[tf.Operation]:
    """Returns the operations that a tensor, an operation or an assigned variable depends on, its own included."""
    found: set[tf.Operation] = set()
    waiting = [getattr(value, 'op', value)]
    if hasattr(value, 'handle') and not isinstance(value, tf.Tensor):
        waiting = [value.op, getattr(value, '_parent_op', None) or value.op]
    while waiting:
        operation = waiting.pop()
        if operation in found or not isinstance(operation, tf.Operation):
            continue
        found.add(operation)
        waiting += [tensor.op for tensor in operation.inputs] + list(operation.control_inputs)
    return found


def _uses_learning_phase(model: Any) -> bool:
    """Whether the model's outputs differ between training and inference."""
    ancestors = set().union(*(_ancestors(tensor) for tensor in model.outputs or ()))
    return any(operation.name.partition('/')[0].startswith('keras_learning_phase') for operation in ancestors)


def _predict_classes(model: Any, x: Any, batch_size: int = 32, verbose: int = 0) -> np.ndarray:
    """Returns the class of each example: the greatest score, or for one score whether it is above 0.5."""
    scores = model.predict(x, batch_size=batch_size, verbose=verbose)
    return scores.argmax(axis=-1) if scores.shape[-1] > 1 else (scores > 0.5).astype('int32')


def _predict_proba(model: Any, x: Any, batch_size: int = 32, verbose: int = 0) -> np.ndarray:
    """Returns what `predict` does."""
    return model.predict(x, batch_size=batch_size, verbose=verbose)


def _to_yaml(model: Any, **kwargs: Any) -> str:
    """Returns the model's architecture as YAML; without the package pyyaml as JSON, which is YAML, too."""
    text = model.to_json()
    try:
        import yaml
    except ImportError:
        return text
    return yaml.safe_dump(json.loads(text), **kwargs)


def model_from_yaml(yaml_string: str, custom_objects: dict[str, Any] | None = None) -> tf_keras.Model:
    """Returns the model of `to_yaml`, with new weights.

    Raises:
      ImportError: the package pyyaml is not installed, and the text is not JSON.
    """
    try:
        config = json.loads(yaml_string)
    except ValueError:
        config = _from_yaml(yaml_string)
    return tf_keras.models.model_from_json(json.dumps(config), custom_objects)


def _from_yaml(text: str) -> Any:
    try:
        import yaml
    except ImportError as error:
        raise ImportError('Requires yaml module installed (`pip install pyyaml`).') from error

    class Loader(yaml.SafeLoader):
        """Reads the tuples of older files as lists."""

    Loader.add_constructor('tag:yaml.org,2002:python/tuple', Loader.construct_sequence)
    return yaml.load(text, Loader)
