"""For models of several tasks that train in turn: no update for variables that a step does not touch."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable

import tf1 as tf


class MultitaskOptimizerWrapper:
    """An optimizer that leaves a variable and its slots alone when its whole gradient is zero.

    Momentum and moments thus do not go on moving what belongs to another task. All else is the optimizer's own.

    Args:
      opt: the optimizer, an instance. The wrapper does not change it.

    Raises:
      TypeError: `opt` is not a `tf.train.Optimizer`.
    """

    def __init__(self, opt: tf.train.Optimizer):
        if not isinstance(opt, tf.train.Optimizer):
            raise TypeError(f'opt must be an instance of tf.train.Optimizer, got {opt!r}.')
        self._opt = opt

    def __getattr__(self, name: str) -> object:
        if name.startswith('__'):
            raise AttributeError(name)
        return getattr(self._opt, name)

    def minimize(self, loss: tf.Tensor, *args: object, **kwargs: object) -> tf.Operation:
        """Returns the operation of one step, with the arguments of the optimizer's own `minimize`."""
        with _Guarded(self._opt):
            return self._opt.minimize(loss, *args, **kwargs)

    def apply_gradients(self, *args: object, **kwargs: object) -> tf.Operation:
        """Returns the operation that applies gradients, with the arguments of the optimizer's own method."""
        with _Guarded(self._opt):
            return self._opt.apply_gradients(*args, **kwargs)


class _Guarded:
    """While it is entered, the optimizer's update methods look at the gradient first."""

    _METHODS = ('_apply_dense', '_resource_apply_dense', '_apply_sparse', '_resource_apply_sparse')

    def __init__(self, optimizer: tf.train.Optimizer):
        self._optimizer = optimizer

    def __enter__(self) -> None:
        for name in self._METHODS:
            setattr(self._optimizer, name, _unless_zero(getattr(self._optimizer, name)))

    def __exit__(self, *error: object) -> None:
        for name in self._METHODS:
            delattr(self._optimizer, name)


def _unless_zero(apply: Callable[..., tf.Operation]) -> Callable[..., tf.Operation]:
    @functools.wraps(apply)
    def guarded(gradient: tf.Tensor | tf.IndexedSlices, *args: object) -> tf.Operation:
        values = gradient.values if isinstance(gradient, tf.IndexedSlices) else gradient
        return tf.cond(_is_zero(values), tf.no_op, functools.partial(_after, apply, gradient, *args)).op

    return guarded


def _after(apply: Callable[..., tf.Operation], *args: object) -> tf.Operation:
    with tf.control_dependencies([apply(*args)]):
        return tf.no_op()


def clip_gradients_by_global_norm(
    gradients_variables: Iterable[tuple[tf.Tensor | None, tf.Variable]], clip_norm: float | tf.Tensor = 20.0
) -> tuple[list[tuple[tf.Tensor | None, tf.Variable]], tf.Tensor]:
    """Clips gradients together, for a model in which some are all zeros.

    Args:
      gradients_variables: what `compute_gradients` returned.
      clip_norm: the greatest norm of all gradients together, > 0.

    Returns:
      The clipped gradients with their variables, and the norm before, a scalar.
    """
    gradients, variables = zip(*gradients_variables, strict=True)
    norm = tf.global_norm([gradient if gradient is None else _zero_or(gradient) for gradient in gradients])
    clipped, norm = tf.clip_by_global_norm(gradients, clip_norm, use_norm=norm)
    return list(zip(clipped, variables, strict=True)), norm


def _zero_or(gradient: tf.Tensor | tf.IndexedSlices) -> tf.Tensor | tf.IndexedSlices:
    """Returns a gradient, or one zero for a gradient of zeros only."""
    if isinstance(gradient, tf.IndexedSlices):
        return gradient
    return tf.cond(_is_zero(gradient), lambda: tf.zeros([], gradient.dtype), lambda: gradient)


def _is_zero(gradient: tf.Tensor) -> tf.Tensor:
    return tf.equal(tf.count_nonzero(gradient), 0)
