"""Conjugate gradients."""

from __future__ import annotations

from typing import Any, NamedTuple

import tf1 as tf
from tf1.contrib.solvers import util


class CGState(NamedTuple):
    """After `i` steps: solution `x`, residual `r`, direction `p`, all [n], and `gamma`, the squared norm of `r`."""

    i: tf.Tensor
    x: tf.Tensor
    r: tf.Tensor
    p: tf.Tensor
    gamma: tf.Tensor


def conjugate_gradient(
    operator: util.Operator,
    rhs: Any,
    preconditioner: util.Operator | None = None,
    x: Any = None,
    tol: float = 1e-4,
    max_iter: int = 20,
    name: str = 'conjugate_gradient',
) -> CGState:
    """Solves A x = rhs for a symmetric, positive definite A.

    Args:
      operator: A [n, n], as of `util.create_operator`.
      rhs: [n].
      preconditioner: about the inverse of A, of the same kind; then `gamma` is the product of `r` with this times `r`.
      x: [n], where to start; 0 if None.
      tol: ends where the norm of the residual is at most this share of that of `rhs`.
      max_iter: number of steps at most.
      name: of the operation.
    """
    with tf.name_scope(name):
        rhs = tf.expand_dims(rhs, -1)
        start = tf.zeros_like(rhs) if x is None else tf.expand_dims(x, -1)
        r = rhs if x is None else rhs - operator.apply(start)
        q = r if preconditioner is None else preconditioner.apply(r)
        limit = tf.cast(tol, rhs.dtype) * util.l2norm(rhs)

        def step(i: tf.Tensor, x: tf.Tensor, r: tf.Tensor, p: tf.Tensor, gamma: tf.Tensor) -> CGState:
            z = operator.apply(p)
            alpha = gamma / util.dot(p, z)
            x, r = x + alpha * p, r - alpha * z
            q = r if preconditioner is None else preconditioner.apply(r)
            new = util.dot(r, q)
            return CGState(i + 1, x, r, q + (new / gamma) * p, new)

        state = tf.while_loop(
            lambda i, x, r, p, gamma: (i < max_iter) & (util.l2norm(r) > limit),
            step,
            CGState(tf.constant(0), start, r, q, util.dot(r, q)),
        )
        return CGState(state.i, *(tf.squeeze(part, -1) for part in state[1:4]), state.gamma)
