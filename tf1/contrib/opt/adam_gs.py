"""Adam that counts its steps with the global step instead of two variables of its own."""

from __future__ import annotations

from collections.abc import Callable

import tf1 as tf
from tf1.contrib.opt import one_way

_Number = float | tf.Tensor | Callable[[], float | tf.Tensor]


class AdamGSOptimizer(one_way.OneWay, tf.train.Optimizer):
    """Adam without `beta1_power` and `beta2_power`: their exponent is `global_step + 1`.

    Slots `m` and `v`. Give it the global step that `minimize` raises.
    """

    def __init__(
        self,
        global_step: tf.Variable | int = 0,
        learning_rate: _Number = 0.001,
        beta1: _Number = 0.9,
        beta2: _Number = 0.999,
        epsilon: _Number = 1e-8,
        use_locking: bool = False,
        name: str = 'Adam',
    ):
        super().__init__(use_locking, name)
        self._numbers = {'learning_rate': learning_rate, 'beta1': beta1, 'beta2': beta2, 'epsilon': epsilon}
        self._global_step = global_step
        self._tensors = {}
        self._step_number = None

    def _create_slots(self, var_list: list[tf.Variable]) -> None:
        for variable in var_list:
            self._zeros_slot(variable, 'm', self._name)
            self._zeros_slot(variable, 'v', self._name)

    def _prepare(self) -> None:
        self._tensors = {name: one_way.hyperparameter(value, name) for name, value in self._numbers.items()}
        # The step is copied here, before anything of this update can raise it.
        self._step_number = tf.cast(tf.identity(self._global_step) + 1, tf.float32)

    def _cast(self, dtype: tf.DType) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]:
        """Returns the corrected learning rate, both betas and epsilon."""
        rate, beta1, beta2, epsilon = self._cast_numbers(dtype)
        beta1_power, beta2_power = self._powers(beta1, beta2)
        return rate * tf.sqrt(1 - beta2_power) / (1 - beta1_power), beta1, beta2, epsilon

    def _cast_numbers(self, dtype: tf.DType) -> tuple[tf.Tensor, ...]:
        return tuple(tf.cast(self._tensors[name], dtype) for name in self._numbers)

    def _powers(self, beta1: tf.Tensor, beta2: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        step = tf.cast(self._step_number, beta1.dtype)
        return tf.pow(beta1, step), tf.pow(beta2, step)

    def _dense(self, gradient: tf.Tensor, variable: tf.Variable) -> tf.Operation:
        rate, beta1, beta2, epsilon = self._cast_numbers(variable.dtype.base_dtype)
        beta1_power, beta2_power = self._powers(beta1, beta2)
        return one_way.applied(
            'ApplyAdam',
            {'var': variable, 'm': self.get_slot(variable, 'm'), 'v': self.get_slot(variable, 'v')},
            beta1_power=beta1_power,
            beta2_power=beta2_power,
            lr=rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            grad=gradient,
            use_locking=self._use_locking,
        )

    def _rows(self, gradient: tf.Tensor, indices: tf.Tensor, variable: tf.Variable) -> tf.Operation:
        rate, beta1, beta2, epsilon = self._cast(variable.dtype.base_dtype)
        m, v = self.get_slot(variable, 'm'), self.get_slot(variable, 'v')
        new_m = one_way.added_to_rows(m, beta1, indices, (1 - beta1) * gradient, self._use_locking)
        new_v = one_way.added_to_rows(v, beta2, indices, (1 - beta2) * tf.square(gradient), self._use_locking)
        step = rate * new_m / (tf.sqrt(new_v) + epsilon)
        return tf.group(tf.assign_sub(variable, step, use_locking=self._use_locking), new_m, new_v)


class LazyAdamGSOptimizer(AdamGSOptimizer):
    """`AdamGSOptimizer` whose moments move only for the rows that a sparse gradient names."""

    def _rows(self, gradient: tf.Tensor, indices: tf.Tensor, variable: tf.Variable) -> tf.Operation:
        rate, beta1, beta2, epsilon = self._cast(variable.dtype.base_dtype)
        return one_way.moved_rows(self, gradient, indices, variable, rate, beta1, beta2, epsilon)
