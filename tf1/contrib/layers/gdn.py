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
        dtype = tf.as_dtype(self.dtype or tf.float32)
        offset = self._offset**2
        pedestal = tf.constant(offset, dtype)
        beta_bound = tf.constant((self._beta_min + offset) ** 0.5, dtype)
        gamma_bound = tf.constant(self._offset, dtype)

        def first_beta(shape: list[int], dtype: tf.DType | None = None, partition_info: Any = None) -> tf.Tensor:
            pedestal = tf.constant(offset, dtype)
            return tf.sqrt(tf.ones(shape, dtype) + pedestal)

        def first_gamma(shape: list[int], dtype: tf.DType | None = None, partition_info: Any = None) -> tf.Tensor:
            identity = tf.eye(channels, dtype=dtype)
            pedestal = tf.constant(offset, dtype)
            return tf.sqrt(self._gamma_init * identity + pedestal)

        def make(name: str, size: list[int], first: Callable[..., tf.Tensor], least: tf.Tensor) -> tf.Tensor:
            variable = self.add_weight(name, shape=size, initializer=first, trainable=True)
            return tf.square(_at_least(variable, least)) - pedestal

        self.beta = make('reparam_beta', [channels], first_beta, beta_bound)
        self.gamma = make('reparam_gamma', [channels, channels], first_gamma, gamma_bound)
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


def _at_least(values: tf.Variable, bound: tf.Tensor) -> tf.Tensor:
    """Returns values of at least `bound`; their gradient passes where it leads back above it."""
    if not tf.executing_eagerly():
        with tf.get_default_graph().gradient_override_map({'Maximum': 'GDNLowerBound'}):
            return tf.maximum(values, bound, name='GDNLowerBound')

    @tf.custom_gradient
    def bounded(inputs: tf.Tensor) -> tuple[tf.Tensor, Callable[[tf.Tensor], tf.Tensor]]:
        return tf.maximum(inputs, bound), lambda upstream: _gradient(inputs, bound, upstream)

    return bounded(tf.convert_to_tensor(values))


def _gradient(values: tf.Tensor, bound: tf.Tensor, upstream: tf.Tensor) -> tf.Tensor:
    passes = tf.logical_or(values >= bound, upstream < 0.0)
    return tf.cast(passes, upstream.dtype) * upstream


@tf.RegisterGradient('GDNLowerBound')
def _lower_bound_gradient(operation: tf.Operation, upstream: tf.Tensor) -> list[tf.Tensor | None]:
    return [_gradient(*operation.inputs, upstream), None]


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
