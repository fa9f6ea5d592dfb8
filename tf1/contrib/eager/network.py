"""Models made of layers, as eager programs had them before `tf.keras.Model`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any

import tf1 as tf


class Network(tf.keras.Model):
    """A model whose layers are named with `track_layer`; a subclass has `call`.

    Its variables are named as those of a `tf.keras.Model`; checkpoints are those of `tf.train.Checkpoint`.

    Args:
      name: of the model; the class's if None.
    """

    def __init__(self, name: str | None = None):
        super().__init__(name=name)
        self._tracked_count = 0

    def track_layer(self, layer: tf.layers.Layer) -> tf.layers.Layer:
        """Makes a layer, or another network, a part of this one, and returns it.

        Raises:
          TypeError: `layer` is none.
        """
        if not isinstance(layer, tf.keras.layers.Layer):
            raise TypeError(f'layer must be a tf.layers.Layer, got {type(layer)}.')
        setattr(self, f'layer_{self._tracked_count}', layer)
        self._tracked_count += 1
        return layer


class Sequential(Network):
    """Layers and functions of tensors, one behind the other.

    Args:
      layers_funcs: the first of them.
      name: of the model; 'sequential' if None.

    Raises:
      TypeError: one of them cannot be called.
    """

    def __init__(self, layers_funcs: Sequence[Callable[..., Any]] | None = None, name: str | None = None):
        super().__init__(name=name)
        # A tuple of functions, which Keras does not take for a list of layers.
        self._steps: tuple[Callable[..., Any], ...] = ()
        for layer_func in layers_funcs or ():
            self.add(layer_func)

    def add(self, layer_func: Callable[..., Any]) -> None:
        """Adds a layer or function behind the others.

        Raises:
          TypeError: it cannot be called.
        """
        if not callable(layer_func):
            raise TypeError(f'layer_func must be a layer or a function, got {layer_func!r}.')
        if isinstance(layer_func, tf.keras.layers.Layer):
            layer_func = self.track_layer(layer_func)
        self._steps = (*self._steps, layer_func)

    def call(self, inputs: Any, training: bool | None = None) -> Any:
        """Returns the outputs of the last step; `training` goes to those that have such an argument."""
        for step in self._steps:
            given = {} if training is None or not _has_training(step) else {'training': training}
            inputs = step(inputs, **given)
        return inputs


def _has_training(step: Callable[..., Any]) -> bool:
    called = step.call if isinstance(step, tf.keras.layers.Layer) else step
    return 'training' in inspect.signature(called).parameters
