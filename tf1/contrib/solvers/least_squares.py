"""Conjugate gradients for least squares."""

from __future__ import annotations

from typing import Any, NamedTuple

import tf1 as tf
from tf1.contrib.solvers import util


class CGLSState(NamedTuple):
    """After `i` steps: solution `x` [n], residual `r` [m], direction `p` [n], and `gamma`, the squared norm of A' r."""

    i: tf.Tensor
    x: tf.Tensor
    r: tf.Tensor
    p: tf.Tensor
    gamma: tf.Tensor


def cgls(operator: util.Operator, rhs: Any, tol: float = 1e-6, max_iter: int = 20, name: str = 'cgls') -> CGLSState:
    """Finds the x with the smallest norm of A x - rhs.

    Args:
      operator: A [m, n], as of `util.create_operator`.
      rhs: [m].
      tol: ends where the norm of A' r is at most this share of that of A' rhs.
      max_iter: number of steps at most.
      name: of the operation.
    """
    with tf.name_scope(name):
        r = tf.expand_dims(rhs, -1)
        p = operator.apply_adjoint(r)
        gamma = util.l2norm_squared(p)
        limit = tf.cast(tol, gamma.dtype) ** 2 * gamma

        def step(i: tf.Tensor, x: tf.Tensor, r: tf.Tensor, p: tf.Tensor, gamma: tf.Tensor) -> CGLSState:
            q = operator.apply(p)
            alpha = gamma / util.l2norm_squared(q)
            x, r = x + alpha * p, r - alpha * q
            s = operator.apply_adjoint(r)
            new = util.l2norm_squared(s)
            return CGLSState(i + 1, x, r, s + (new / gamma) * p, new)

        state = tf.while_loop(
            lambda i, x, r, p, gamma: (i < max_iter) & (gamma > limit),
            step,
            CGLSState(tf.constant(0), tf.zeros_like(p), r, p, gamma),
        )
        return CGLSState(state.i, *(tf.squeeze(part, -1) for part in state[1:4]), state.gamma)
