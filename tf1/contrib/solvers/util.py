"""Matrices as operators, and a few functions of vectors."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import tf1 as tf


class Operator(NamedTuple):
    """A matrix that is known by its products: `apply(x)` and `apply_adjoint(x)` for `x` of shape [n, 1]."""

    shape: tf.Tensor
    dtype: tf.DType
    apply: Callable[[tf.Tensor], tf.Tensor]
    apply_adjoint: Callable[[tf.Tensor], tf.Tensor]


def create_operator(matrix: tf.Tensor) -> Operator:
    """Returns a matrix [rows, columns] as an operator."""
    return Operator(
        tf.shape(matrix),
        matrix.dtype,
        lambda x: tf.matmul(matrix, x),
        lambda x: tf.matmul(matrix, x, adjoint_a=True),
    )


def identity_operator(matrix: tf.Tensor) -> Operator:
    """Returns the identity as an operator, of the shape and type of `matrix`."""
    return Operator(tf.shape(matrix), matrix.dtype, lambda x: x, lambda x: x)


def dot(x: tf.Tensor, y: tf.Tensor) -> tf.Tensor:
    """Returns the scalar product of `x`, conjugated, and `y`, of the same shape."""
    return tf.reduce_sum(tf.conj(x) * y)


def l2norm_squared(v: tf.Tensor) -> tf.Tensor:
    """Returns the square of the Euclidean norm of all of `v`, a scalar."""
    return 2 * tf.nn.l2_loss(v)


def l2norm(v: tf.Tensor) -> tf.Tensor:
    """Returns the Euclidean norm of all of `v`, a scalar."""
    return tf.sqrt(l2norm_squared(v))


def l2normalize(v: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """Returns `v` divided by its norm, and the norm; `v` unchanged where it is 0."""
    norm = l2norm(v)
    return v / tf.where(tf.equal(norm, 0), tf.ones_like(norm), norm), norm
