"""Normalising flows: RealNVP (Dinh et al., 2016) and the networks that it asks for shift and scale."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tf1 as tf
from tf1.contrib.distributions.bijectors.composition import ConditionalBijector


class RealNVP(ConditionalBijector):
    """Leaves the first numbers of a vector and moves and scales the others by what a function makes of those.

    Args:
      num_masked: how many numbers stay, at least 1 and less than all.
      shift_and_log_scale_fn: from [..., num_masked] and the number of the others to shift and log(scale), each of
        their shape; None for either is 0.
      is_constant_jacobian: the function gives no scale, or one that does not depend on its input.
      validate_args: check arguments when the graph runs.
      name: of operations; 'real_nvp' by default.

    Raises:
      ValueError: `num_masked` is less than 1, or not less than the size of the vectors that come.
    """

    def __init__(
        self,
        num_masked: int,
        shift_and_log_scale_fn: Callable,
        is_constant_jacobian: bool = False,
        validate_args: bool = False,
        name: str | None = None,
    ):
        if num_masked <= 0:
            raise ValueError(f'num_masked must be > 0, got {num_masked}.')
        self._num_masked = num_masked
        self._shift_and_log_scale_fn = shift_and_log_scale_fn
        self._size: int | None = None
        super().__init__(
            forward_min_event_ndims=1,
            is_constant_jacobian=is_constant_jacobian,
            validate_args=validate_args,
            name=name or 'real_nvp',
        )

    def _forward(self, x: tf.Tensor, **condition_kwargs: Any) -> tf.Tensor:
        kept, others = self._kept(x), x[..., self._num_masked :]
        shift, log_scale = self._shift_and_log_scale(kept, condition_kwargs)
        if log_scale is not None:
            others *= tf.exp(log_scale)
        if shift is not None:
            others += shift
        return tf.concat([kept, others], axis=-1)

    def _inverse(self, y: tf.Tensor, **condition_kwargs: Any) -> tf.Tensor:
        kept, others = self._kept(y), y[..., self._num_masked :]
        shift, log_scale = self._shift_and_log_scale(kept, condition_kwargs)
        if shift is not None:
            others -= shift
        if log_scale is not None:
            others *= tf.exp(-log_scale)
        return tf.concat([kept, others], axis=-1)

    def _forward_log_det_jacobian(self, x: tf.Tensor, **condition_kwargs: Any) -> tf.Tensor:
        _, log_scale = self._shift_and_log_scale(self._kept(x), condition_kwargs)
        return _log_determinant(log_scale, x)

    def _inverse_log_det_jacobian(self, y: tf.Tensor, **condition_kwargs: Any) -> tf.Tensor:
        # What stays is in y, too.
        return -self._forward_log_det_jacobian(y, **condition_kwargs)

    def _kept(self, x: tf.Tensor) -> tf.Tensor:
        size = x.shape.with_rank_at_least(1).dims[-1].value
        if size is None:
            raise NotImplementedError('RealNVP needs vectors whose size is known when the graph is built.')
        if self._num_masked >= size:
            raise ValueError(f'num_masked must be less than {size}, the size of a vector, got {self._num_masked}.')
        self._size = size
        return x[..., : self._num_masked]

    def _shift_and_log_scale(self, kept: tf.Tensor, condition_kwargs: dict[str, Any]) -> Any:
        return self._shift_and_log_scale_fn(kept, self._size - self._num_masked, **condition_kwargs)


def real_nvp_default_template(
    hidden_layers: Sequence[int],
    shift_only: bool = False,
    activation: Callable | None = tf.nn.relu,
    name: str | None = None,
    *args: Any,
    **kwargs: Any,
) -> Callable:
    """Returns a function for RealNVP: a network of dense layers, which has its variables once.

    Args:
      hidden_layers: sizes of the layers before the last.
      shift_only: give None for log(scale).
      activation: of those layers.
      name: of the variables' scope; 'real_nvp_default_template' by default.
      *args: for `tf.layers.dense`.
      **kwargs: for `tf.layers.dense`.

    Raises:
      NotImplementedError: the function gets vectors of unknown size.
    """
    with tf.name_scope(name, 'real_nvp_default_template'):

        def network(x: tf.Tensor, output_units: int) -> tuple[tf.Tensor, tf.Tensor | None]:
            if x.shape.with_rank_at_least(1).dims[-1].value is None:
                raise NotImplementedError('The network needs vectors whose size is known when the graph is built.')
            single = x.shape.ndims == 1
            if single:
                x = x[tf.newaxis, ...]
            for units in hidden_layers:
                x = tf.layers.dense(x, units, activation, *args, **kwargs)
            x = tf.layers.dense(x, output_units if shift_only else 2 * output_units, None, *args, **kwargs)
            if single:
                x = x[0]
            if shift_only:
                return x, None
            shift, log_scale = tf.split(x, 2, axis=-1)
            return shift, log_scale

        return tf.make_template('real_nvp_default_template', network)


def _log_determinant(log_scale: tf.Tensor | None, x: tf.Tensor) -> tf.Tensor:
    return tf.constant(0.0, x.dtype) if log_scale is None else tf.reduce_sum(log_scale, axis=-1)
