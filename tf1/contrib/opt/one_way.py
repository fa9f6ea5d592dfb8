"""One update rule for reference and resource variables: what TF 1's optimizers ask for as four methods."""

from __future__ import annotations

from collections.abc import Iterable

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


def applied(kind: str, slots: dict[str, tf.Variable], **inputs: object) -> tf.Operation:
    """Returns the operation `kind` or, for resource variables, `Resource` + `kind`, that updates variables in one step.

    Args:
      kind: type of the operation, such as `ApplyAdam`.
      slots: the variables that it changes, by the operation's names for them.
      **inputs: its other inputs and attributes, by name.
    """
    if _are_references(slots.values()):
        return getattr(tf.raw_ops, kind)(**slots, **inputs).op
    return getattr(tf.raw_ops, f'Resource{kind}')(**{name: slot.handle for name, slot in slots.items()}, **inputs)


def scattered(
    kind: str, variable: tf.Variable, indices: tf.Tensor, rows: tf.Tensor, lock: bool
) -> tf.Tensor | tf.Operation:
    """Returns the operation `kind`, such as `ScatterSub`, on a variable's rows; its output for a reference variable."""
    if _are_references([variable]):
        return getattr(tf.raw_ops, kind)(ref=variable, indices=indices, updates=rows, use_locking=lock)
    return getattr(tf.raw_ops, f'Resource{kind}')(resource=variable.handle, indices=indices, updates=rows)


def _are_references(variables: Iterable[tf.Variable]) -> bool:
    return all(variable.dtype != variable.dtype.base_dtype for variable in variables)


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


def moved_rows(
    optimizer: tf.train.Optimizer,
    gradient: tf.Tensor,
    indices: tf.Tensor,
    variable: tf.Variable,
    rate: tf.Tensor,
    beta1: tf.Tensor,
    beta2: tf.Tensor,
    epsilon: tf.Tensor,
) -> tf.Operation:
    """Returns Adam's step for the rows that a sparse gradient names; the moments `m` and `v` of all others stay."""
    lock = optimizer._use_locking
    m, v = optimizer.get_slot(variable, 'm'), optimizer.get_slot(variable, 'v')
    new_m = beta1 * tf.gather(m, indices) + (1 - beta1) * gradient
    stored_m = scattered('ScatterUpdate', m, indices, new_m, lock)
    new_v = beta2 * tf.gather(v, indices) + (1 - beta2) * tf.square(gradient)
    stored_v = scattered('ScatterUpdate', v, indices, new_v, lock)
    if _are_references([m, v]):
        new_m, new_v = tf.gather(stored_m, indices), tf.gather(stored_v, indices)
        spread = tf.sqrt(new_v) + epsilon
        step = rate * new_m / spread
    else:
        step = rate * new_m / (tf.sqrt(new_v) + epsilon)
    return tf.group(scattered('ScatterSub', variable, indices, step, lock), stored_m, stored_v)
