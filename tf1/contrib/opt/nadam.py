"""Adam with Nesterov momentum."""

from __future__ import annotations

import tf1 as tf
from tf1.contrib.opt import one_way


class NadamOptimizer(one_way.OneWay, tf.train.AdamOptimizer):
    """Adam that steps along the momentum after this step instead of the one before it. Slots as Adam's."""

    def _numbers(self, dtype: tf.DType) -> tuple[tf.Tensor, ...]:
        """Returns the corrected learning rate, both betas and epsilon."""
        beta1_power, beta2_power = (tf.cast(power, dtype) for power in self._get_beta_accumulators())
        rate, *others = (tf.cast(value, dtype) for value in (self._lr_t, self._beta1_t, self._beta2_t, self._epsilon_t))
        return rate * tf.sqrt(1 - beta2_power) / (1 - beta1_power), *others

    def _dense(self, gradient: tf.Tensor, variable: tf.Variable) -> tf.Operation:
        dtype = variable.dtype.base_dtype
        beta1_power, beta2_power = (tf.cast(power, dtype) for power in self._get_beta_accumulators())
        return one_way.applied(
            'ApplyAdam',
            {'var': variable, 'm': self.get_slot(variable, 'm'), 'v': self.get_slot(variable, 'v')},
            beta1_power=beta1_power,
            beta2_power=beta2_power,
            lr=tf.cast(self._lr_t, dtype),
            beta1=tf.cast(self._beta1_t, dtype),
            beta2=tf.cast(self._beta2_t, dtype),
            epsilon=tf.cast(self._epsilon_t, dtype),
            grad=gradient,
            use_locking=self._use_locking,
            use_nesterov=True,
        )

    def _rows(self, gradient: tf.Tensor, indices: tf.Tensor, variable: tf.Variable) -> tf.Operation:
        rate, beta1, beta2, epsilon = self._numbers(variable.dtype.base_dtype)
        m, v = self.get_slot(variable, 'm'), self.get_slot(variable, 'v')
        new_m = one_way.added_to_rows(m, beta1, indices, (1 - beta1) * gradient, self._use_locking)
        new_v = one_way.added_to_rows(v, beta2, indices, (1 - beta2) * tf.square(gradient), self._use_locking)
        ahead = beta1 * tf.gather(new_m, indices) + (1 - beta1) * gradient
        step = rate * ahead / (tf.sqrt(tf.gather(new_v, indices)) + epsilon)
        return tf.group(tf.scatter_sub(variable, indices, step, use_locking=self._use_locking), new_m, new_v)
