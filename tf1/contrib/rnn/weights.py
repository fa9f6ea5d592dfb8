"""What the cells here share: linear maps, layer normalisation and weights in shards, under the names of TF 1.15.

All of these make variables in the current variable scope, or find them there in a later step of the same cell.
"""

from __future__ import annotations

from collections.abc import Sequence

import tf1 as tf
from tf1.contrib.rnn.cells import unconverted

BIAS = 'bias'
KERNEL = 'kernel'
CONCATENATED_VARIABLES = 'concatenated_variables'

# What TF 1.15 adds to a variance, whatever the layer.
_EPSILON = 1e-12


@unconverted
def linear(
    args: tf.Tensor | Sequence[tf.Tensor],
    output_size: int,
    bias: bool,
    bias_initializer: object = None,
    kernel_initializer: object = None,
    variables_first: bool = False,
) -> tf.Tensor:
    """Returns `concat(args, 1) @ kernel (+ bias)`, of shape [batch, output_size].

    Args:
      args: one tensor or several, each [batch, n], n known.
      output_size: columns of the result.
      bias: whether there is a bias.
      bias_initializer: of the bias; None for zeros.
      kernel_initializer: of the kernel; None for the scope's.
      variables_first: whether the variables are built before the tensors are joined, along an axis in a constant of
        its own; TF 1.15 has both orders.

    Raises:
      ValueError: `args` is empty, or a tensor is not a matrix with a known number of columns.
    """
    args = list(args) if isinstance(args, (list, tuple)) else [args]
    if not args:
        raise ValueError('args must hold at least one tensor, got none.')
    columns = sum(known_size(arg.shape.with_rank(2), 'args') for arg in args)
    dtype = args[0].dtype
    if len(args) > 1 and not variables_first:
        args = [tf.concat(args, 1)]
    kernel = tf.get_variable(KERNEL, [columns, output_size], dtype, kernel_initializer)
    if bias:
        if bias_initializer is None:
            bias_initializer = tf.constant_initializer(0.0, dtype=dtype)
        offsets = tf.get_variable(BIAS, [output_size], dtype, bias_initializer)
    product = tf.matmul(args[0] if len(args) == 1 else tf.concat(args, tf.constant(1)), kernel)
    return tf.nn.bias_add(product, offsets) if bias else product


class Linear:
    """A linear map whose variables are made once, in the variable scope of that moment; see `linear`.

    Args:
      args: what it will be applied to, or tensors of the same shapes.
      output_size: columns of the result.
      build_bias: whether there is a bias.
      bias_initializer: of the bias; None for zeros.
      kernel_initializer: of the kernel; None for the scope's.
    """

    def __init__(
        self,
        args: tf.Tensor | Sequence[tf.Tensor],
        output_size: int,
        build_bias: bool,
        bias_initializer: object = None,
        kernel_initializer: object = None,
    ):
        self._options = (output_size, build_bias, bias_initializer, kernel_initializer)
        self._scope = tf.get_variable_scope()
        linear(args, *self._options, variables_first=True)

    def __call__(self, args: tf.Tensor | Sequence[tf.Tensor]) -> tf.Tensor:
        """Returns the map of `args`, [batch, output_size]."""
        with tf.variable_scope(self._scope, reuse=True, auxiliary_name_scope=False):
            return linear(args, *self._options, variables_first=True)


def known_size(shape: tf.TensorShape, name: str) -> int:
    """Returns the last dimension of `shape`.

    Raises:
      ValueError: it is not known.
    """
    size = shape[-1].value
    if size is None:
        raise ValueError(f'{name} must have a last dimension that is known when the graph is built, got shape {shape}.')
    return size


@unconverted
def layer_norm(values: tf.Tensor, scope: str, gain: float, shift: float) -> tf.Tensor:
    """Returns `values`, [batch, n], normalised row by row; `scope` holds the trained `gamma` and `beta`, both [n]."""
    shape = values.shape[-1:]
    with tf.variable_scope(scope):
        gamma = tf.get_variable('gamma', shape, values.dtype, tf.constant_initializer(gain))
        beta = tf.get_variable('beta', shape, values.dtype, tf.constant_initializer(shift))
    with tf.name_scope(scope):
        mean, variance = tf.nn.moments(values, [1], keep_dims=True)
        return tf.nn.batch_normalization(values, mean, variance, beta, gamma, _EPSILON)


@unconverted
def sharded(name: str, shape: Sequence[int], dtype: tf.DType, num_shards: int) -> tf.Tensor:
    """Returns a [rows, columns] weight made of the variables `name_0`, `name_1`, ..., each with a share of the rows.

    Raises:
      ValueError: there are more shards than rows.
    """
    rows, columns = shape
    if num_shards > rows:
        raise ValueError(f'The number of shards of {name} must be <= its {rows} rows, got {num_shards}.')
    share, rest = divmod(rows, num_shards)
    parts = [
        tf.get_variable(f'{name}_{index}', [share + (index < rest), columns], dtype=dtype)
        for index in range(num_shards)
    ]
    if num_shards == 1:
        return parts[0]
    whole = tf.concat(parts, 0, name=f'{name}/concat')
    tf.add_to_collection(CONCATENATED_VARIABLES, whole)
    return whole
