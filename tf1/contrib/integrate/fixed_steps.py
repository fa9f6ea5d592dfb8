"""Runge-Kutta methods whose steps do not depend on the error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tf1 as tf

_Function = Callable[[tf.Tensor, tf.Tensor], tf.Tensor]


def odeint_fixed(
    func: _Function, y0: Any, t: Any, dt: Any = None, method: str = 'rk4', name: str | None = None
) -> tf.Tensor:
    """Integrates dy/dt = func(y, t) from `y0` at `t[0]` on.

    Args:
      func: returns the derivative, of the shape and type of `y`, for `y` and a scalar `t`.
      y0: tensor of any shape.
      t: [times] float, increasing.
      dt: length of a step, a scalar or [times - 1], which is made a little shorter where it does not divide the time
        between two entries of `t`; one step for each such time if None.
      method: 'rk4' or 'midpoint'.
      name: of the operation.

    Returns:
      [times, ...] of the type of `y0`; the first entry is `y0`.

    Raises:
      ValueError: an unknown method, or `t` is not a vector.
    """
    if method not in _STEPS:
        raise ValueError(f'method must be one of {sorted(_STEPS)}, got {method!r}.')
    with tf.name_scope(name, 'odeint_fixed', [y0, t, dt]):
        t = tf.convert_to_tensor(t, preferred_dtype=tf.float64, name='t')
        y0 = tf.convert_to_tensor(y0, name='y0')
        if t.shape.rank not in (None, 1):
            raise ValueError(f't must be a vector, got shape {t.shape}.')
        lengths = t[1:] - t[:-1]
        steps = tf.ones_like(lengths, tf.int32)
        if dt is not None:
            steps = tf.cast(tf.ceil(lengths / tf.cast(dt, t.dtype)), tf.int32)
        return _integrated(_STEPS[method], func, y0, t, steps)


def _integrated(step: Callable[..., tf.Tensor], func: _Function, y0: tf.Tensor, t: tf.Tensor, steps: Any) -> tf.Tensor:
    def interval(index: tf.Tensor, y: tf.Tensor, path: tf.TensorArray) -> tuple:
        length = (t[index + 1] - t[index]) / tf.cast(steps[index], t.dtype)

        def one(count: tf.Tensor, y: tf.Tensor) -> tuple:
            return count + 1, step(func, y, t[index] + length * tf.cast(count, t.dtype), length)

        _, y = tf.while_loop(lambda count, _: count < steps[index], one, (0, y))
        return index + 1, y, path.write(index + 1, y)

    times = tf.shape(t)[0]
    path = tf.TensorArray(y0.dtype, size=times, element_shape=y0.shape).write(0, y0)
    _, _, path = tf.while_loop(lambda index, *_: index < times - 1, interval, (0, y0, path))
    result = path.stack()
    result.set_shape([t.shape[0], *y0.shape])
    return result


def _rk4(func: _Function, y: tf.Tensor, t: tf.Tensor, dt: tf.Tensor) -> tf.Tensor:
    of_y = tf.cast(dt, y.dtype)
    k1 = func(y, t)
    k2 = func(y + of_y * k1 / 2, t + dt / 2)
    k3 = func(y + of_y * k2 / 2, t + dt / 2)
    k4 = func(y + of_y * k3, t + dt)
    return y + of_y * (k1 + 2 * k2 + 2 * k3 + k4) / 6


def _midpoint(func: _Function, y: tf.Tensor, t: tf.Tensor, dt: tf.Tensor) -> tf.Tensor:
    of_y = tf.cast(dt, y.dtype)
    return y + of_y * func(y + of_y * func(y, t) / 2, t + dt / 2)


_STEPS = {'midpoint': _midpoint, 'rk4': _rk4}
