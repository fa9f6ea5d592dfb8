"""Generalized divisive normalization: `GDN` and `gdn`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tf1 as tf


class GDN(tf.layers.Layer):
    """Divides each channel by a norm over all channels, after Balle, Laparra and Simoncelli (1511.06281).

    `y[i] = x[i] / sqrt(beta[i] + sum_j(gamma[j, i] * x[j] ** 2))`; `beta` and `gamma` train, as the variables
    `reparam_beta` and `reparam_gamma` that hold their roots.

    Args:
      inverse: whether the inputs are multiplied by the norm instead, which undoes a division roughly.
      beta_min: least value of beta.
      gamma_init: first value of gamma's diagonal.
      reparam_offset: keeps gradients alive where a root is near zero.
      data_format: 'channels_last' or 'channels_first'.
      activity_regularizer: penalty on the result.
      trainable: whether optimizers change the variables.
      name: name of the layer and its scope.
      **kwargs: as for `tf.layers.Layer`.

    Raises:
      ValueError: the data format is neither; when called, the rank is not 3 to 5 or the number of channels is unknown.
    """

    def __init__(
        self,
        inverse: bool = False,
        beta_min: float = 1e-6,
        gamma_init: float = 0.1,
        reparam_offset: float = 2**-18,
        data_format: str = 'channels_last',
        activity_regularizer: Callable[[tf.Tensor], tf.Tensor] | None = None,
        trainable: bool = True,
        name: str | None = None,
        **kwargs: Any,
    ):
        super().__init__(trainable=trainable, name=name, activity_regularizer=activity_regularizer, **kwargs)
        if data_format not in ('channels_last', 'channels_first'):
            raise ValueError(f'data_format must be channels_last or channels_first, got {data_format!r}.')
        self.inverse = inverse
        self.data_format = data_format
        self._beta_min = beta_min
        self._gamma_init = gamma_init
        self._offset = reparam_offset

    def build(self, input_shape: Sequence[int | None]) -> None:
        """Makes the variables for inputs of this shape."""
        shape = tf.TensorShape(input_shape)
        channels = tf.dimension_value(shape[1 if self.data_format == 'channels_first' else -1])
        if shape.rank not in (3, 4, 5) or channels is None:
            raise ValueError(f'GDN needs inputs of rank 3 to 5 and known channels, got shape {shape}.')
        pedestal = self._offset**2

        def root(values: tf.Tensor) -> tf.Tensor:
            return tf.sqrt(tf.maximum(values + pedestal, pedestal))

        def make(name: str, size: list[int], first: Callable[[tf.DType], tf.Tensor], least: float) -> tf.Tensor:
            variable = self.add_weight(
                name,
                shape=size,
                initializer=lambda shape, dtype=None, partition_info=None: root(first(dtype)),
                trainable=True,
            )
            return tf.square(_at_least(variable, (least + pedestal) ** 0.5)) - pedestal

        self.beta = make('reparam_beta', [channels], lambda dtype: tf.ones([channels], dtype), self._beta_min)
        self.gamma = make(
            'reparam_gamma',
            [channels, channels],
            lambda dtype: self._gamma_init * tf.eye(channels, dtype=dtype),
            0.0,
        )
        self.built = True

    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        """Returns the normalized inputs."""
        inputs = tf.convert_to_tensor(inputs)
        dims = inputs.shape.rank - 2
        first = self.data_format == 'channels_first'
        space = 'DHW'[-dims:] if dims > 1 else 'W'
        kernel = tf.reshape(self.gamma, [1] * dims + self.gamma.shape.as_list())
        pool = tf.nn.convolution(
            tf.square(inputs), kernel, 'VALID', data_format=f'NC{space}' if first else f'N{space}C'
        )
        norm = tf.sqrt(tf.nn.bias_add(pool, self.beta, data_format='NCHW' if first else 'NHWC'))
        outputs = inputs * norm if self.inverse else inputs / norm
        outputs.set_shape(inputs.shape)
        return outputs

    def compute_output_shape(self, input_shape: Sequence[int | None]) -> tf.TensorShape:
        """Returns the inputs' shape."""
        return tf.TensorShape(input_shape)


def _at_least(values: tf.Variable, bound: float) -> tf.Tensor:
    """Returns values of at least `bound`; their gradient passes where it leads back above it."""

    @tf.custom_gradient
    def bounded(inputs: tf.Tensor) -> tuple[tf.Tensor, Callable[[tf.Tensor], tf.Tensor]]:
        def gradient(upstream: tf.Tensor) -> tf.Tensor:
            passes = tf.logical_or(inputs >= bound, upstream < 0.0)
            return tf.cast(passes, upstream.dtype) * upstream

        return tf.maximum(inputs, bound), gradient

    return bounded(tf.convert_to_tensor(values))


def gdn(
    inputs: tf.Tensor,
    inverse: bool = False,
    beta_min: float = 1e-6,
    gamma_init: float = 0.1,
    reparam_offset: float = 2**-18,
    data_format: str = 'channels_last',
    activity_regularizer: Callable[[tf.Tensor], tf.Tensor] | None = None,
    trainable: bool = True,
    name: str | None = None,
    reuse: bool | None = None,
) -> tf.Tensor:
    """Returns the inputs, normalized by a `GDN` of these arguments.

    Args:
      inputs: `[batch, *space, channels]` float of one to three dimensions of space.
      inverse: as for `GDN`, like the next ones.
      beta_min: least value of beta.
      gamma_init: first value of gamma's diagonal.
      reparam_offset: keeps gradients alive where a root is near zero.
      data_format: 'channels_last' or 'channels_first'.
      activity_regularizer: penalty on the result.
      trainable: whether optimizers change the variables.
      name: name of the layer and its scope; None for 'gdn'.
      reuse: whether the variables of this name are there already.

    Raises:
      ValueError: as for `GDN`.
    """
    layer = GDN(
        inverse=inverse,
        beta_min=beta_min,
        gamma_init=gamma_init,
        reparam_offset=reparam_offset,
        data_format=data_format,
        activity_regularizer=activity_regularizer,
        trainable=trainable,
        name=name,
        dtype=inputs.dtype.base_dtype.name,
        _scope=name,
        _reuse=reuse,
    )
    return layer.apply(inputs)
