"""Golub and Kahan's Lanczos bidiagonalization."""

from __future__ import annotations

from typing import Any, NamedTuple

import tf1 as tf
from tf1.contrib.solvers import util


class LanczosBidiagState(NamedTuple):
    """A V = U B with `u` [m, k + 1], `v` [n, k]; B has `alpha` [k] on its diagonal and `beta` [k] below it."""

    u: tf.Tensor
    v: tf.Tensor
    alpha: tf.Tensor
    beta: tf.Tensor


def lanczos_bidiag(
    operator: util.Operator,
    k: int,
    orthogonalize: bool = True,
    starting_vector: Any = None,
    name: str = 'lanczos_bidiag',
) -> LanczosBidiagState:
    """Makes a matrix bidiagonal in `k` steps.

    Args:
      operator: A [m, n], as of `util.create_operator`.
      k: number of steps.
      orthogonalize: makes each new vector orthogonal to all before; otherwise rounding lets them go astray.
      starting_vector: [m], the first column of `u`, at any length; random if None.
      name: of the operation.
    """
    with tf.name_scope(name):
        start = starting_vector
        if start is None:
            start = tf.random_uniform(operator.shape[:1], -1, 1, dtype=operator.dtype)
        us, vs, alphas, betas = [util.l2normalize(tf.expand_dims(start, -1))[0]], [], [], []
        for step in range(k):
            v = operator.apply_adjoint(us[-1])
            if step:
                v = v - betas[-1] * vs[-1]
            v, alpha = util.l2normalize(_without(v, vs) if orthogonalize else v)
            u = operator.apply(v) - alpha * us[-1]
            u, beta = util.l2normalize(_without(u, us) if orthogonalize else u)
            us.append(u)
            vs.append(v)
            alphas.append(alpha)
            betas.append(beta)
        return LanczosBidiagState(tf.concat(us, 1), tf.concat(vs, 1), tf.stack(alphas), tf.stack(betas))


def bidiag_matmul(
    matrix: tf.Tensor, alpha: tf.Tensor, beta: tf.Tensor, adjoint_b: bool = False, name: str = 'bidiag_matmul'
) -> tf.Tensor:
    """Multiplies a matrix with a bidiagonal one, B.

    Args:
      matrix: [m, k + 1]; [m, k] with `adjoint_b`.
      alpha: [k], the diagonal of B.
      beta: [k], the entries below the diagonal; the last is not used with `adjoint_b`.
      adjoint_b: multiplies with the transpose of the square part of B.
      name: of the operation.

    Returns:
      [m, k].
    """
    with tf.name_scope(name):
        if not adjoint_b:
            return matrix[:, :-1] * alpha + matrix[:, 1:] * beta
        return matrix * alpha + tf.pad(matrix[:, :-1] * beta[:-1], [[0, 0], [1, 0]])


def _without(vector: tf.Tensor, others: list[tf.Tensor]) -> tf.Tensor:
    """Returns what of `vector` [n, 1] is orthogonal to other such vectors, which are orthonormal."""
    for other in others:
        vector = vector - util.dot(other, vector) * other
    return vector
