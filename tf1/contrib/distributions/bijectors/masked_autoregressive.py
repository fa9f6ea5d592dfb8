"""Masked autoregressive flows (Papamakarios et al., 2017) and masked dense layers (Germain et al., 2015)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

import tf1 as tf
from tf1.contrib.distributions.bijectors.composition import ConditionalBijector


class MaskedAutoregressiveFlow(ConditionalBijector):
    """y_i = x_i exp(log_scale_i) + shift_i, where a function of the y before i gives both.

    The inverse takes one evaluation of the function, `forward` as many as a vector has numbers.

    Args:
      shift_and_log_scale_fn: from [..., k] to shift and log(scale), each [..., k] or None for 0; the i-th number of
        either depends on the first i - 1 of the input only.
      is_constant_jacobian: the scale does not depend on the input.
      validate_args: check arguments when the graph runs.
      unroll_loop: make `forward` of operations one after the other, for vectors of known size, instead of a loop.
      name: of operations; 'masked_autoregressive_flow' by default.
    """

    def __init__(
        self,
        shift_and_log_scale_fn: Callable,
        is_constant_jacobian: bool = False,
        validate_args: bool = False,
        unroll_loop: bool = False,
        name: str | None = None,
    ):
        self._shift_and_log_scale_fn = shift_and_log_scale_fn
        self._unroll_loop = unroll_loop
        super().__init__(
            forward_min_event_ndims=1,
            is_constant_jacobian=is_constant_jacobian,
            validate_args=validate_args,
            name=name or 'masked_autoregressive_flow',
        )

    def _forward(self, x: tf.Tensor, **condition_kwargs: Any) -> tf.Tensor:
        def step(y: tf.Tensor) -> tf.Tensor:
            shift, log_scale = self._shift_and_log_scale_fn(y, **condition_kwargs)
            y = x if log_scale is None else x * tf.exp(log_scale)
            return y if shift is None else y + shift

        size = x.shape.with_rank_at_least(1).dims[-1].value
        # Each step settles one number more.
        if self._unroll_loop:
            if size is None:
                raise ValueError('unroll_loop needs vectors whose size is known when the graph is built.')
            y = tf.zeros_like(x)
            for _ in range(size):
                y = step(y)
            return y
        count = tf.shape(x)[-1] if size is None else size
        _, y = tf.while_loop(
            lambda index, _: index < count, lambda index, y: (index + 1, step(y)), (0, tf.zeros_like(x))
        )
        y.set_shape(x.shape)
        return y

    def _inverse(self, y: tf.Tensor, **condition_kwargs: Any) -> tf.Tensor:
        shift, log_scale = self._shift_and_log_scale_fn(y, **condition_kwargs)
        x = y if shift is None else y - shift
        return x if log_scale is None else x * tf.exp(-log_scale)

    def _inverse_log_det_jacobian(self, y: tf.Tensor, **condition_kwargs: Any) -> tf.Tensor:
        _, log_scale = self._shift_and_log_scale_fn(y, **condition_kwargs)
        return tf.constant(0.0, y.dtype) if log_scale is None else -tf.reduce_sum(log_scale, axis=-1)


def masked_dense(
    inputs: Any,
    units: int,
    num_blocks: int | None = None,
    exclusive: bool = False,
    kernel_initializer: Any = None,
    reuse: bool | None = None,
    name: str | None = None,
    *args: Any,
    **kwargs: Any,
) -> tf.Tensor:
    """Returns a dense layer of `inputs` whose kernel is cut so that later numbers do not reach earlier ones.

    Args:
      inputs: [batch, k], with k known.
      units: size of the output.
      num_blocks: into how many blocks inputs and outputs are divided.
      exclusive: an output does not depend on the inputs of its own block either.
      kernel_initializer: of the kernel, which is cut; `tf.glorot_normal_initializer()` by default.
      reuse: take the variables of a layer of this name.
      name: of the layer.
      *args: for `tf.layers.Dense`, behind `units`.
      **kwargs: for `tf.layers.Dense`.

    Raises:
      NotImplementedError: k is unknown.
    """
    inputs = tf.convert_to_tensor(inputs)
    size = inputs.shape.with_rank_at_least(1).dims[-1].value
    if size is None:
        raise NotImplementedError('masked_dense needs vectors whose size is known when the graph is built.')
    mask = _mask(num_blocks, size, units, exclusive)
    initializer = tf.glorot_normal_initializer() if kernel_initializer is None else kernel_initializer

    def masked_initializer(shape: Any, dtype: Any = None, partition_info: Any = None) -> tf.Tensor:
        return mask * initializer(shape, dtype, partition_info)

    with tf.name_scope(name, 'masked_dense', [inputs]):
        layer = tf.layers.Dense(
            units,
            *args,
            kernel_initializer=masked_initializer,
            kernel_constraint=lambda kernel: mask * kernel,
            name=name,
            dtype=inputs.dtype.base_dtype.name,
            _scope=name,
            _reuse=reuse,
            **kwargs,
        )
        return layer.apply(inputs)


def masked_autoregressive_default_template(
    hidden_layers: Sequence[int],
    shift_only: bool = False,
    activation: Callable | None = tf.nn.relu,
    log_scale_min_clip: float = -5.0,
    log_scale_max_clip: float = 3.0,
    log_scale_clip_gradient: bool = False,
    name: str | None = None,
    *args: Any,
    **kwargs: Any,
) -> Callable:
    """Returns a function for MaskedAutoregressiveFlow: a network of masked layers, which has its variables once.

    Args:
      hidden_layers: sizes of the layers before the last.
      shift_only: give None for log(scale).
      activation: of those layers.
      log_scale_min_clip: least log(scale).
      log_scale_max_clip: greatest log(scale).
      log_scale_clip_gradient: no gradient where log(scale) is clipped, else it goes through.
      name: of operations; the variables stand below 'masked_autoregressive_default_template'.
      *args: for `masked_dense`.
      **kwargs: for `masked_dense`.

    Raises:
      NotImplementedError: the function gets vectors of unknown size.
    """
    name = name or 'masked_autoregressive_default_template'
    with tf.name_scope(name):

        def network(x: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor | None]:
            size = x.shape.with_rank_at_least(1).dims[-1].value
            if size is None:
                raise NotImplementedError('The network needs vectors whose size is known when the graph is built.')
            static, shape = x.shape, tf.shape(x)
            if x.shape.ndims == 1:
                x = x[tf.newaxis, ...]
            for index, units in enumerate(hidden_layers):
                x = masked_dense(
                    x,
                    units,
                    size,
                    *args,
                    exclusive=index == 0,
                    activation=activation,
                    **kwargs,
                )
            outputs = size if shift_only else 2 * size
            x = masked_dense(x, outputs, size, *args, activation=None, **kwargs)
            if shift_only:
                return _reshaped(x, shape, static), None
            x = tf.reshape(x, tf.concat([shape, [2]], 0))
            shift, log_scale = (_reshaped(each, shape, static) for each in tf.unstack(x, num=2, axis=-1))
            clip = tf.clip_by_value if log_scale_clip_gradient else _clip_but_pass_gradient
            return shift, clip(log_scale, log_scale_min_clip, log_scale_max_clip)

        return tf.make_template(name, network)


def _reshaped(x: tf.Tensor, shape: tf.Tensor, static: tf.TensorShape) -> tf.Tensor:
    x = tf.reshape(x, shape)
    x.set_shape(static)
    return x


def _clip_but_pass_gradient(x: tf.Tensor, low: float, high: float) -> tf.Tensor:
    return x + tf.stop_gradient(tf.clip_by_value(x, low, high) - x)


def _mask(num_blocks: int, size: int, units: int, exclusive: bool) -> np.ndarray:
    """Returns ones where an output may depend on an input, float32 [size, units]."""
    mask = np.zeros([units, size], np.float32)
    inputs, outputs = size // num_blocks, units // num_blocks
    start, end = 0, 0
    for _ in range(num_blocks):
        row = start + (outputs if exclusive else 0)
        mask[row:, end : end + inputs] = 1.0
        end += inputs
        start += outputs
    return mask.T
