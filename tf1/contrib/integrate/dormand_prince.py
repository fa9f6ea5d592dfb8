"""The Runge-Kutta method of Dormand and Prince (1980), with steps as long as the error allows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import tf1 as tf

_Function = Callable[[tf.Tensor, tf.Tensor], tf.Tensor]
# The tableau of the pair of orders 5 and 4. The last stage is taken at the solution of order 5 itself.
_NODES = (1 / 5, 3 / 10, 4 / 5, 8 / 9, 1.0, 1.0)
_STAGES = (
    (1 / 5,),
    (3 / 40, 9 / 40),
    (44 / 45, -56 / 15, 32 / 9),
    (19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729),
    (9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656),
    (35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84),
)
# Both by Shampine (1986): the estimate of the error, two thirds of the usual one, and the solution in mid-step.
_ERROR = (71 / 86400, 0, -142 / 50085, 71 / 2880, -5751 / 169600, 44 / 1575, -1 / 60)
_MIDDLE = (
    6025192743 / 30085553152 / 2,
    0,
    51252292925 / 65400821598 / 2,
    -2691868925 / 45128329728 / 2,
    187940372067 / 1594534317056 / 2,
    -1776094331 / 19743644256 / 2,
    11237099 / 235043384 / 2,
)


class _Options(NamedTuple):
    first_step: float = 1.0
    safety: float = 0.9
    ifactor: float = 10.0
    dfactor: float = 0.2
    max_num_steps: int = 1000


class _State(NamedTuple):
    """Where the integration is: at `t1`; `polynomial` is the solution between `t0` and `t1`, highest power first."""

    y: tf.Tensor
    slope: tf.Tensor
    t0: tf.Tensor
    t1: tf.Tensor
    dt: tf.Tensor
    polynomial: tuple[tf.Tensor, ...]


def odeint(
    func: _Function,
    y0: Any,
    t: Any,
    rtol: float = 1e-6,
    atol: float = 1e-12,
    method: str | None = None,
    options: Mapping[str, Any] | None = None,
    full_output: bool = False,
    name: str | None = None,
) -> tf.Tensor | tuple[tf.Tensor, dict[str, tf.Tensor]]:
    """Integrates dy/dt = func(y, t) from `y0` at `t[0]` on.

    Args:
      func: returns the derivative, of the shape and type of `y`, for `y` and a scalar `t`.
      y0: float or complex tensor of any shape.
      t: [times] float, increasing; float64 if it is no tensor.
      rtol: the error of a step may be this share of the solution ...
      atol: ... and this much more.
      method: 'dopri5', the only one; needed if there are `options`.
      options: 'first_step', its length; 'safety', a share of the longest step that the error allows; 'ifactor' and
        'dfactor', by how much a step may be longer or shorter than the one before; 'max_num_steps' between two times.
      full_output: also returns what was done.
      name: of the operation.

    Returns:
      [times, ...] of the type of `y0`; the first entry is `y0`. With `full_output` also a dictionary:
      'num_func_evals', int32; 'integrate_points', float64 [steps], where each step that was tried ends; 'error_ratio',
      [steps], its error divided by what was allowed, so steps above 1 were tried again.

    Raises:
      InvalidArgumentError (when it runs): `t` does not increase, or there are too many or too short steps.
      TypeError: `y0` or `t` is of integers, or an option is unknown.
      ValueError: an unknown method, options without a method, or `t` is not a vector.
    """
    if method is None and options is not None:
        raise ValueError("options need a method; pass method='dopri5'.")
    if method not in (None, 'dopri5'):
        raise ValueError(f"method must be None or 'dopri5', got {method!r}.")
    options = _Options(**(options or {}))
    with tf.name_scope(name, 'odeint', [y0, t, rtol, atol]):
        y0 = tf.convert_to_tensor(y0, name='y0')
        t = tf.convert_to_tensor(t, preferred_dtype=tf.float64, name='t')
        if not (y0.dtype.is_floating or y0.dtype.is_complex):
            raise TypeError(f'y0 must be float or complex, got {y0.dtype.name}.')
        if not t.dtype.is_floating:
            raise TypeError(f't must be float, got {t.dtype.name}.')
        if t.shape.rank not in (None, 1):
            raise ValueError(f't must be a vector, got shape {t.shape}.')
        increases = tf.Assert(tf.reduce_all(t[1:] > t[:-1]), ['t must be increasing, got', t])
        with tf.control_dependencies([] if increases is None else [increases]):
            path, info = _integrated(func, y0, tf.identity(t), (rtol, atol), options)
        return (path, info) if full_output else path


def _integrated(
    func: _Function, y0: tf.Tensor, t: tf.Tensor, tolerances: tuple[float, float], options: _Options
) -> tuple[tf.Tensor, dict[str, tf.Tensor]]:
    slope = func(y0, t[0])
    real = tf.abs(y0).dtype
    first = _State(y0, slope, t[0], t[0], tf.cast(options.first_step, t.dtype), (y0,) * 5)
    points = tf.TensorArray(t.dtype, size=0, dynamic_size=True, element_shape=[])
    errors = tf.TensorArray(real, size=0, dynamic_size=True, element_shape=[])
    path = tf.TensorArray(y0.dtype, size=tf.shape(t)[0], element_shape=y0.shape).write(0, y0)

    def to_next_time(index: tf.Tensor, state: _State, count: tf.Tensor, path: Any, points: Any, errors: Any) -> tuple:
        start = count

        def try_step(state: _State, count: tf.Tensor, points: Any, errors: Any) -> tuple:
            with tf.control_dependencies(_checks(state, count - start, options)):
                end, new, ratio = _tried(func, state, tolerances, options)
            return new, count + 1, points.write(count, end), errors.write(count, ratio)

        state, count, points, errors = tf.while_loop(
            lambda state, *_: t[index] > state.t1, try_step, (state, count, points, errors)
        )
        return index + 1, state, count, path.write(index, _between(state, t[index])), points, errors

    _, _, count, path, points, errors = tf.while_loop(
        lambda index, *_: index < tf.shape(t)[0], to_next_time, (1, first, 0, path, points, errors)
    )
    result = path.stack()
    result.set_shape([t.shape[0], *y0.shape])
    evaluations = 1 + count * len(_NODES)
    info = {'num_func_evals': evaluations, 'integrate_points': points.stack(), 'error_ratio': errors.stack()}
    return result, info


def _checks(state: _State, steps: tf.Tensor, options: _Options) -> list[tf.Operation]:
    checks = [
        tf.Assert(steps < options.max_num_steps, [f'more than {options.max_num_steps} steps between two times']),
        tf.Assert(state.t1 + state.dt > state.t1, ['the step is too short for the type of t:', state.dt]),
    ]
    return [check for check in checks if check is not None]


def _tried(
    func: _Function, state: _State, tolerances: tuple[float, float], options: _Options
) -> tuple[tf.Tensor, _State, tf.Tensor]:
    """Returns where one more step ends, the state after it, and its error divided by what is allowed."""
    length = tf.cast(state.dt, state.y.dtype)
    slopes = [state.slope]
    for node, weights in zip(_NODES, _STAGES, strict=True):
        y = state.y + _weighted(weights, slopes, length)
        slopes.append(func(y, state.t1 + node * state.dt))
    error = tf.abs(_weighted(_ERROR, slopes, length))
    relative, absolute = (tf.cast(tolerance, error.dtype) for tolerance in tolerances)
    allowed = absolute + relative * tf.maximum(tf.abs(state.y), tf.abs(y))
    ratio = tf.sqrt(tf.reduce_mean(tf.square(error / allowed)))
    middle = state.y + _weighted(_MIDDLE, slopes, length)
    polynomial = _polynomial(state.y, middle, y, length * slopes[0], length * slopes[-1])
    accepted = ratio <= 1
    end = state.t1 + state.dt

    def chosen(new: tf.Tensor, old: tf.Tensor) -> tf.Tensor:
        return tf.cond(accepted, lambda: new, lambda: old)

    new = _State(
        y=chosen(y, state.y),
        slope=chosen(slopes[-1], state.slope),
        t0=chosen(state.t1, state.t0),
        t1=chosen(end, state.t1),
        dt=_next_length(state.dt, ratio, options),
        polynomial=tuple(chosen(new, old) for new, old in zip(polynomial, state.polynomial, strict=True)),
    )
    return end, new, ratio


def _weighted(weights: Sequence[float], slopes: Sequence[tf.Tensor], length: tf.Tensor) -> tf.Tensor:
    return tf.add_n([(length * weight) * slope for weight, slope in zip(weights, slopes, strict=True) if weight])


def _next_length(length: tf.Tensor, ratio: tf.Tensor, options: _Options) -> tf.Tensor:
    # The error grows with the fifth power of the length.
    ratio = tf.cast(ratio, length.dtype)
    factor = tf.pow(ratio, 0.2) / options.safety
    return length / tf.maximum(tf.minimum(factor, 1 / options.dfactor), 1 / options.ifactor)


def _polynomial(
    start: tf.Tensor, middle: tf.Tensor, end: tf.Tensor, first_slope: tf.Tensor, last_slope: tf.Tensor
) -> tuple[tf.Tensor, ...]:
    """Returns the coefficients of the polynomial of degree 4 on [0, 1] with these values and slopes."""
    return (
        -2 * first_slope + 2 * last_slope - 8 * start - 8 * end + 16 * middle,
        5 * first_slope - 3 * last_slope + 18 * start + 14 * end - 32 * middle,
        -4 * first_slope + last_slope - 11 * start - 5 * end + 16 * middle,
        first_slope,
        start,
    )


def _between(state: _State, t: tf.Tensor) -> tf.Tensor:
    x = tf.cast((t - state.t0) / (state.t1 - state.t0), state.y.dtype)
    value = state.polynomial[0]
    for coefficient in state.polynomial[1:]:
        value = value * x + coefficient
    return value
