"""One update rule for reference and resource variables: what TF 1's optimizers ask for as four methods."""

from __future__ import annotations

import tf1 as tf


class OneWay:
    """Answers TensorFlow's four update methods with two, `_dense` and `_rows`; mix it into an Optimizer, first.

    `_dense(gradient, variable)` and `_rows(gradient, indices, variable)` return an operation; indices are unique.
    """

    def _apply_dense(self, grad: tf.Tensor, var: tf.Variable) -> tf.Operation:
        return self._dense(grad, var)

    def _resource_apply_dense(self, grad: tf.Tensor, handle: tf.Variable) -> tf.Operation:
        return self._dense(grad, handle)

    def _apply_sparse(self, grad: tf.IndexedSlices, var: tf.Variable) -> tf.Operation:
        return self._rows(grad.values, grad.indices, var)

    def _resource_apply_sparse(self, grad: tf.Tensor, handle: tf.Variable, indices: tf.Tensor) -> tf.Operation:
        return self._rows(grad, indices, handle)


def hyperparameter(value: object, name: str) -> tf.Tensor:
    """Returns a number, or what a function without arguments returns, as a tensor called `name`."""
    return tf.convert_to_tensor(value() if callable(value) else value, name=name)


def added_to_rows(
    variable: tf.Variable, factor: tf.Tensor, indices: tf.Tensor, rows: tf.Tensor, lock: bool
) -> tf.Tensor:
    """Scales a whole variable by `factor`, then adds `rows` at `indices`. Returns the variable's new value."""
    scaled = tf.assign(variable, variable * factor, use_locking=lock)
    with tf.control_dependencies([scaled]):
        added = tf.scatter_add(variable, indices, rows, use_locking=lock)
    with tf.control_dependencies([added]):
        return variable.read_value()
