"""Adam whose moments move only for the rows that a sparse gradient names."""

from __future__ import annotations

import tf1 as tf


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
        powers = [tf.cast(power, dtype) for power in self._get_beta_accumulators()]
        rate, beta1, beta2, epsilon = (
            tf.cast(value, dtype) for value in (self._lr_t, self._beta1_t, self._beta2_t, self._epsilon_t)
        )
        moments = [
            self._moved(name, variable, indices, beta, rows)
            for name, beta, rows in (('m', beta1, gradient), ('v', beta2, tf.square(gradient)))
        ]
        rate = rate * tf.sqrt(1 - powers[1]) / (1 - powers[0])
        step = rate * moments[0][0] / (tf.sqrt(moments[1][0]) + epsilon)
        trained = tf.scatter_sub(variable, indices, step, use_locking=self._use_locking)
        return tf.group(trained, moments[0][1], moments[1][1])

    def _moved(
        self, name: str, variable: tf.Variable, indices: tf.Tensor, beta: tf.Tensor, rows: tf.Tensor
    ) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns a moment's new rows and the operation that stores them."""
        slot = self.get_slot(variable, name)
        moved = beta * tf.gather(slot, indices) + (1 - beta) * rows
        return moved, tf.scatter_update(slot, indices, moved, use_locking=self._use_locking)
