"""Solving of triangular systems, and the norm that a Householder reflection divides by."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from tf1._engine.replacements import Function


def triangular_solve(usual: Function) -> Function:
    """Returns `tf.linalg.triangular_solve` by one operation of its name."""

    def ours(matrix: Any, rhs: Any, lower: bool = True, adjoint: bool = False, name: str | None = None) -> tf.Tensor:
        matrix, rhs = tf.convert_to_tensor(matrix, name='matrix'), tf.convert_to_tensor(rhs, name='rhs')
        if matrix.shape.rank is None or matrix.shape.rank != rhs.shape.rank:
            return usual(matrix, rhs, lower, adjoint, name)
        return tf.raw_ops.MatrixTriangularSolve(matrix=matrix, rhs=rhs, lower=lower, adjoint=adjoint, name=name)

    return ours


def divided_by_norm(x: tf.Tensor, axis: int) -> tf.Tensor:
    """Returns `tf.nn.l2_normalize` as TF 1.15's `LinearOperatorHouseholder` normalizes its reflection axis."""
    return x / tf.norm(x, axis=axis, keepdims=True)
