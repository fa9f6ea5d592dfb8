"""LARS: momentum with a learning rate for each layer (https://arxiv.org/abs/1708.03888)."""

from __future__ import annotations

from collections.abc import Sequence

import tf1 as tf
from tf1.contrib.opt import one_way


class LARSOptimizer(one_way.OneWay, tf.train.Optimizer):
    """Momentum whose rate for a variable is scaled by the ratio of its norm to that of its gradient.

    Slot `momentum`. Dense gradients only.

    Args:
      learning_rate: a number or a tensor.
      momentum: share of the earlier steps.
      weight_decay: added to gradients as `weight_decay * variable`.
      eeta: the trust coefficient, spelt as in TF 1.15.
      epsilon: added to the norm of the gradient.
      name: prefix of operations and slots.
      skip_list: a variable whose name contains one of these is trained with plain momentum: no scaling, no decay.
      use_nesterov: Nesterov momentum.
    """

    def __init__(
        self,
        learning_rate: float | tf.Tensor,
        momentum: float | tf.Tensor = 0.9,
        weight_decay: float = 0.0001,
        eeta: float = 0.001,
        epsilon: float = 0.0,
        name: str = 'LARSOptimizer',
        skip_list: Sequence[str] | None = None,
        use_nesterov: bool = False,
    ):
        if momentum < 0.0:
            raise ValueError(f'momentum must be >= 0, got {momentum}.')
        super().__init__(use_locking=False, name=name)
        self._learning_rate, self._momentum, self._weight_decay = learning_rate, momentum, weight_decay
        self._eeta, self._epsilon = eeta, epsilon
        self._skip_list = tuple(skip_list or ())
        self._use_nesterov = use_nesterov

    def _create_slots(self, var_list: list[tf.Variable]) -> None:
        for variable in var_list:
            self._zeros_slot(variable, 'momentum', self._name)

    def _prepare(self) -> None:
        one_way.hyperparameter(self._learning_rate, 'learning_rate')
        one_way.hyperparameter(self._momentum, 'momentum')

    def compute_lr(self, grad: tf.Tensor, var: tf.Variable) -> tuple[float | tf.Tensor, tf.Tensor]:
        """Returns the scaled learning rate, a scalar, and the gradient with the decay added."""
        rate = self._learning_rate() if callable(self._learning_rate) else self._learning_rate
        if any(part in var.name for part in self._skip_list):
            return rate, grad
        weights, gradients = tf.norm(var), tf.norm(grad)
        # A variable or gradient of zeros has no direction to trust: the plain rate.
        has_weights, has_gradients = tf.greater(weights, 0.0), tf.greater(gradients, 0.0)
        trusted = self._eeta * weights / (gradients + self._weight_decay * weights + self._epsilon)
        trust = tf.where(has_weights, tf.where(has_gradients, trusted, 1.0), 1.0)
        return rate * trust, grad + self._weight_decay * var

    def _dense(self, gradient: tf.Tensor, variable: tf.Variable) -> tf.Operation:
        rate, gradient = self.compute_lr(gradient, variable)
        momentum = self._momentum() if callable(self._momentum) else self._momentum
        return one_way.applied(
            'ApplyMomentum',
            {'var': variable, 'accum': self.get_slot(variable, 'momentum')},
            lr=tf.cast(1.0, variable.dtype.base_dtype),
            grad=gradient * rate,
            momentum=momentum,
            use_locking=False,
            use_nesterov=self._use_nesterov,
        )

    def _rows(self, gradient: tf.Tensor, indices: tf.Tensor, variable: tf.Variable) -> tf.Operation:
        raise NotImplementedError(
            f'LARSOptimizer takes dense gradients, got a sparse one for {variable.name}; '
            'train that variable with another optimizer.'
        )
