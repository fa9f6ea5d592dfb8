"""How large the factor of a loss is."""

from __future__ import annotations

import abc

import tf1 as tf


class LossScaleManager(abc.ABC):
    """What says by how much a loss is multiplied, and learns whether the gradients were finite."""

    @abc.abstractmethod
    def get_loss_scale(self) -> tf.Tensor | tf.Variable:
        """Returns the factor, a float32 scalar."""

    @abc.abstractmethod
    def update_loss_scale(self, finite_grads: tf.Tensor) -> tf.Operation:
        """Returns the operation that renews the factor after a step.

        Args:
          finite_grads: whether all gradients were finite, a bool scalar.
        """


class FixedLossScaleManager(LossScaleManager):
    """A factor that stays as it is.

    Args:
      loss_scale: the factor, at least 1.

    Raises:
      ValueError: it is smaller.
    """

    def __init__(self, loss_scale: float):
        if loss_scale < 1:
            raise ValueError(f'loss_scale must be at least 1, got {loss_scale}.')
        self._loss_scale = tf.convert_to_tensor(loss_scale, tf.float32)

    def get_loss_scale(self) -> tf.Tensor:
        """Returns the factor, a float32 scalar."""
        return self._loss_scale

    def update_loss_scale(self, finite_grads: tf.Tensor) -> tf.Operation:
        """Returns an operation that does nothing."""
        return tf.no_op()


class ExponentialUpdateLossScaleManager(LossScaleManager):
    """A factor that grows after many steps with finite gradients and falls after a few without.

    Makes the variables 'loss_scale' float32, 'good_steps' and 'bad_steps' int32.

    Args:
      init_loss_scale: the first factor.
      incr_every_n_steps: number of finite steps in a row after which it grows, unless it became infinite.
      decr_every_n_nan_or_inf: number of other steps after which it falls, to 1 at the lowest.
      incr_ratio: what it is multiplied with to grow.
      decr_ratio: what it is multiplied with to fall.
    """

    def __init__(
        self,
        init_loss_scale: float,
        incr_every_n_steps: int,
        decr_every_n_nan_or_inf: int = 2,
        incr_ratio: float = 2,
        decr_ratio: float = 0.8,
    ):
        self._incr_every_n_steps = incr_every_n_steps
        self._decr_every_n_nan_or_inf = decr_every_n_nan_or_inf
        self._incr_ratio = incr_ratio
        self._decr_ratio = decr_ratio
        self._loss_scale = tf.Variable(init_loss_scale, name='loss_scale', dtype=tf.float32, trainable=False)
        self._good = tf.Variable(0, name='good_steps', dtype=tf.int32, trainable=False)
        self._bad = tf.Variable(0, name='bad_steps', dtype=tf.int32, trainable=False)

    def get_loss_scale(self) -> tf.Variable:
        """Returns the factor, a float32 scalar."""
        return self._loss_scale

    def update_loss_scale(self, finite_grads: tf.Tensor) -> tf.Operation:
        """Returns the operation that renews the factor and the counts of steps.

        Args:
          finite_grads: whether all gradients were finite, a bool scalar.
        """
        scale = tf.identity(self._loss_scale)
        good = tf.where(finite_grads, self._good + 1, 0)
        bad = self._bad + tf.cast(tf.logical_not(finite_grads), tf.int32)
        grows = finite_grads & (good >= self._incr_every_n_steps)
        falls = tf.logical_not(finite_grads) & (bad >= self._decr_every_n_nan_or_inf)
        grown, fallen = scale * self._incr_ratio, tf.maximum(scale * self._decr_ratio, 1.0)
        scale = tf.where(grows & tf.is_finite(grown), grown, tf.where(falls, fallen, scale))
        good, bad = (tf.where(grows | falls, 0, count) for count in (good, bad))
        with tf.control_dependencies([scale, good, bad]):
            return tf.group(tf.assign(self._loss_scale, scale), tf.assign(self._good, good), tf.assign(self._bad, bad))
