"""Adagrad that can take a step without remembering it, for gradients of a regulariser."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import tf1 as tf


class RegAdagradOptimizer(tf.train.AdagradOptimizer):
    """Adagrad whose accumulators stand still for steps made within `avoid_updating_slots`."""

    def __init__(
        self,
        learning_rate: float | tf.Tensor,
        initial_accumulator_value: float = 0.1,
        use_locking: bool = False,
        name: str = 'RegAdagrad',
    ):
        super().__init__(learning_rate, initial_accumulator_value, use_locking, name)
        self._updates_slots = True

    @contextlib.contextmanager
    def avoid_updating_slots(self) -> Iterator[None]:
        """Steps that are built within the block use the accumulators and leave them as they are."""
        before, self._updates_slots = self._updates_slots, False
        try:
            yield
        finally:
            self._updates_slots = before

    def _apply_dense(self, grad: tf.Tensor, var: tf.Variable) -> tf.Operation:
        return super()._apply_dense(grad, var) if self._updates_slots else self._aside(grad, var)

    def _resource_apply_dense(self, grad: tf.Tensor, handle: tf.Variable) -> tf.Operation:
        return super()._resource_apply_dense(grad, handle) if self._updates_slots else self._aside(grad, handle)

    def _apply_sparse(self, grad: tf.IndexedSlices, var: tf.Variable) -> tf.Operation:
        if self._updates_slots:
            return super()._apply_sparse(grad, var)
        return self._rows_aside(grad.values, grad.indices, var)

    def _resource_apply_sparse(self, grad: tf.Tensor, handle: tf.Variable, indices: tf.Tensor) -> tf.Operation:
        if self._updates_slots:
            return super()._resource_apply_sparse(grad, handle, indices)
        return self._rows_aside(grad, indices, handle)

    def _aside(self, gradient: tf.Tensor, variable: tf.Variable) -> tf.Operation:
        scale = tf.sqrt(self.get_slot(variable, 'accumulator'))
        step = tf.cast(self._learning_rate_tensor, gradient.dtype) * gradient / scale
        return tf.group(tf.assign_sub(variable, step, use_locking=self._use_locking))

    def _rows_aside(self, gradient: tf.Tensor, indices: tf.Tensor, variable: tf.Variable) -> tf.Operation:
        scale = tf.sqrt(tf.gather(self.get_slot(variable, 'accumulator'), indices))
        step = tf.cast(self._learning_rate_tensor, gradient.dtype) * gradient / scale
        return tf.group(tf.scatter_sub(variable, indices, step, use_locking=self._use_locking))
