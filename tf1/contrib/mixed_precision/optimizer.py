"""An optimizer that trains with a scaled loss."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import tf1 as tf
from tf1.contrib.mixed_precision.loss_scale import LossScaleManager

_Gradient = tf.Tensor | tf.IndexedSlices | None


class LossScaleOptimizer(tf.train.Optimizer):
    """Trains with `opt`, with gradients of a loss that is so large that half precision does not round them to 0.

    A step whose gradients are not all finite changes no variable and does not count.

    Args:
      opt: the optimizer that trains.
      loss_scale_manager: says by how much the loss is multiplied, and the gradients are divided.
    """

    def __init__(self, opt: tf.train.Optimizer, loss_scale_manager: LossScaleManager):
        super().__init__(use_locking=False, name='LossScaleOptimizer')
        self._opt = opt
        self._loss_scale_manager = loss_scale_manager

    def compute_gradients(
        self, loss: tf.Tensor | Callable[[], tf.Tensor], *args: Any, **kwargs: Any
    ) -> list[tuple[_Gradient, tf.Variable]]:
        """Returns the gradients of the loss itself, not of the scaled one; arguments as for any optimizer."""
        scale = self._loss_scale_manager.get_loss_scale()

        def scaled() -> tf.Tensor:
            value = loss() if callable(loss) else loss
            return value * tf.cast(scale, value.dtype.base_dtype)

        pairs = self._opt.compute_gradients(scaled if callable(loss) else scaled(), *args, **kwargs)
        return [(_divided(gradient, scale), variable) for gradient, variable in pairs]

    def apply_gradients(
        self,
        grads_and_vars: Iterable[tuple[_Gradient, tf.Variable]],
        global_step: tf.Variable | None = None,
        name: str | None = None,
    ) -> tf.Operation:
        """Returns the operation that trains where all gradients are finite, and then renews the scale.

        Raises:
          ValueError: there are no variables, or none has a gradient.
        """
        pairs = list(grads_and_vars)
        gradients = [gradient for gradient, _ in pairs if gradient is not None]
        if not gradients:
            raise ValueError('No variable has a gradient; give compute_gradients a loss that depends on some.')
        finite = tf.reduce_all([tf.reduce_all(tf.is_finite(_values(gradient))) for gradient in gradients])
        trained = tf.cond(
            finite, lambda: tf.group(self._opt.apply_gradients(pairs, global_step=global_step, name=name)), tf.no_op
        )
        with tf.control_dependencies([trained] if trained is not None else []):
            return tf.group(trained, self._loss_scale_manager.update_loss_scale(finite))

    def get_slot(self, *args: Any, **kwargs: Any) -> tf.Variable | None:
        """Returns the inner optimizer's slot."""
        return self._opt.get_slot(*args, **kwargs)

    def get_slot_names(self, *args: Any, **kwargs: Any) -> list[str]:
        """Returns the names of the inner optimizer's slots."""
        return self._opt.get_slot_names(*args, **kwargs)

    def variables(self) -> list[tf.Variable]:
        """Returns the inner optimizer's variables."""
        return self._opt.variables()


def _values(gradient: tf.Tensor | tf.IndexedSlices) -> tf.Tensor:
    return gradient.values if isinstance(gradient, tf.IndexedSlices) else gradient


def _divided(gradient: _Gradient, scale: tf.Tensor | tf.Variable) -> _Gradient:
    if gradient is None:
        return None
    values = _values(gradient)
    values = values * (1 / tf.cast(scale, values.dtype.base_dtype))
    if isinstance(gradient, tf.IndexedSlices):
        return tf.IndexedSlices(values, gradient.indices, gradient.dense_shape)
    return values
