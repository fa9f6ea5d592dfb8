"""Conditions on shapes that a graph decides while it is built where it can.

Each function returns a tensor: a constant where its arguments are known, as TF 1.15 builds one, else an operation.
"""

from __future__ import annotations

from typing import Any

import numpy as np

import tf1 as tf


def length(shape: tf.Tensor) -> tf.Tensor:
    """Returns the number of elements of a vector, int32 []."""
    known = shape.shape.dims[0].value
    return tf.shape(shape)[0] if known is None else tf.constant(known)


def equal(a: tf.Tensor, b: Any) -> tf.Tensor:
    """Returns whether a number equals another, bool []."""
    left, right = tf.get_static_value(a), _value(b)
    if left is None or right is None:
        return tf.equal(a, b)
    if not tf.is_tensor(b):
        tf.constant(b)
    return tf.constant(bool(left == right))


def negation(condition: tf.Tensor) -> tf.Tensor:
    """Returns whether `condition` does not hold, bool []."""
    known = tf.get_static_value(condition)
    return tf.logical_not(condition) if known is None else tf.constant(not known)


def all_of(*conditions: tf.Tensor) -> tf.Tensor:
    """Returns whether all `conditions` hold, bool []; one that is known not to hold decides."""
    known = [tf.get_static_value(each) for each in conditions]
    if any(value is not None and not value for value in known):
        return tf.constant(False)
    if None not in known:
        return tf.constant(True)
    return tf.reduce_all(tf.stack(conditions))


def may_hold(condition: tf.Tensor) -> bool:
    """Tells whether a condition holds, as far as the graph that is built can tell; True where it cannot."""
    known = tf.get_static_value(condition)
    return known is None or bool(known)


def concatenation(*vectors: Any) -> tf.Tensor:
    """Returns int32 vectors one after another, a constant where all are known."""
    tensors = [tf.convert_to_tensor(each, tf.int32) for each in vectors]
    known = [tf.get_static_value(each) for each in tensors]
    if any(each is None for each in known):
        return tf.concat(
            [
                value if isinstance(each, list) and value is not None else tensor
                for each, value, tensor in zip(vectors, known, tensors, strict=True)
            ],
            0,
        )
    return tf.constant(np.concatenate(known), tf.int32)


def _value(number: Any) -> Any:
    return tf.get_static_value(number) if tf.is_tensor(number) else number
