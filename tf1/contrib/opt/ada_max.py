"""AdaMax: Adam with the largest gradient in place of the second moment (https://arxiv.org/abs/1412.6980)."""

from __future__ import annotations

import tf1 as tf
from tf1.contrib.opt import one_way


class AdaMaxOptimizer(one_way.OneWay, tf.train.AdamOptimizer):
    """AdaMax, with slots `m` and `v` and the one variable `beta1_power`. Sparse gradients move only their rows."""

    def __init__(
        self,
        learning_rate: float | tf.Tensor = 0.001,
        beta1: float | tf.Tensor = 0.9,
        beta2: float | tf.Tensor = 0.999,
        epsilon: float | tf.Tensor = 1e-8,
        use_locking: bool = False,
        name: str = 'AdaMax',
    ):
        super().__init__(learning_rate, beta1, beta2, epsilon, use_locking, name)

    def _get_beta_accumulators(self) -> tf.Variable:
        return self._get_non_slot_variable('beta1_power', graph=tf.get_default_graph())

    def _create_slots(self, var_list: list[tf.Variable]) -> None:
        # The first by name, so that the variable lies with the same other one whatever the order of the list.
        first = min(var_list, key=lambda variable: variable.name)
        self._create_non_slot_variable(initial_value=self._beta1, name='beta1_power', colocate_with=first)
        for variable in var_list:
            self._zeros_slot(variable, 'm', self._name)
            self._zeros_slot(variable, 'v', self._name)

    def _numbers(self, dtype: tf.DType) -> tuple[tf.Tensor, ...]:
        """Returns the corrected learning rate, both betas and epsilon."""
        rate, *others = (tf.cast(value, dtype) for value in (self._lr_t, self._beta1_t, self._beta2_t, self._epsilon_t))
        return rate / (1 - tf.cast(self._get_beta_accumulators(), dtype)), *others

    def _dense(self, gradient: tf.Tensor, variable: tf.Variable) -> tf.Operation:
        dtype = variable.dtype.base_dtype
        return one_way.applied(
            'ApplyAdaMax',
            {'var': variable, 'm': self.get_slot(variable, 'm'), 'v': self.get_slot(variable, 'v')},
            beta1_power=tf.cast(self._get_beta_accumulators(), dtype),
            lr=tf.cast(self._lr_t, dtype),
            beta1=tf.cast(self._beta1_t, dtype),
            beta2=tf.cast(self._beta2_t, dtype),
            epsilon=tf.cast(self._epsilon_t, dtype),
            grad=gradient,
            use_locking=self._use_locking,
        )

    def _rows(self, gradient: tf.Tensor, indices: tf.Tensor, variable: tf.Variable) -> tf.Operation:
        rate, beta1, beta2, epsilon = self._numbers(variable.dtype.base_dtype)
        m, v = self.get_slot(variable, 'm'), self.get_slot(variable, 'v')
        new_m = beta1 * tf.gather(m, indices) + (1 - beta1) * gradient
        new_v = tf.maximum(beta2 * tf.gather(v, indices), tf.abs(gradient))
        return tf.group(
            tf.scatter_sub(variable, indices, rate * new_m / (new_v + epsilon), use_locking=self._use_locking),
            tf.scatter_update(m, indices, new_m, use_locking=self._use_locking),
            tf.scatter_update(v, indices, new_v, use_locking=self._use_locking),
        )

    def _finish(self, update_ops: list[tf.Operation], name_scope: str) -> tf.Operation:
        power = self._get_beta_accumulators()
        with tf.control_dependencies(update_ops), tf.colocate_with(power):
            raised = tf.assign(power, power * self._beta1_t, use_locking=self._use_locking)
        return tf.group(*update_ops, raised, name=name_scope)
