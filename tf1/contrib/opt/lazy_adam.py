"""Adam whose moments move only for the rows that a sparse gradient names."""

from __future__ import annotations

import tf1 as tf
from tf1.contrib.opt import one_way


class LazyAdamOptimizer(tf.train.AdamOptimizer):
    """Adam for large embeddings: a sparse gradient updates the moments of its own rows and leaves the others.

    Dense gradients train as with `tf.train.AdamOptimizer`. Sparse ones give other numbers than Adam does, whose
    moments fade in every row at each step.
    """

    def _apply_sparse(self, grad: tf.IndexedSlices, var: tf.Variable) -> tf.Operation:
        return self._rows(grad.values, grad.indices, var)

    def _resource_apply_sparse(self, grad: tf.Tensor, handle: tf.Variable, indices: tf.Tensor) -> tf.Operation:
        return self._rows(grad, indices, handle)

    def _rows(self, gradient: tf.Tensor, indices: tf.Tensor, variable: tf.Variable) -> tf.Operation:
        dtype = variable.dtype.base_dtype
        beta1_power, beta2_power = (tf.cast(power, dtype) for power in self._get_beta_accumulators())
        rate, beta1, beta2, epsilon = (
            tf.cast(value, dtype) for value in (self._lr_t, self._beta1_t, self._beta2_t, self._epsilon_t)
        )
        rate = rate * tf.sqrt(1 - beta2_power) / (1 - beta1_power)
        return one_way.moved_rows(self, gradient, indices, variable, rate, beta1, beta2, epsilon)
