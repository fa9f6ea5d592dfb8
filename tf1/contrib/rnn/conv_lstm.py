"""`ConvLSTMCell` and its 1D, 2D and 3D forms: LSTMs whose gates are convolutions (arXiv:1506.04214)."""

from __future__ import annotations

from collections.abc import Sequence

import tf1 as tf
from tf1.contrib.rnn.cells import LSTMStateTuple, RNNCell, unconverted

_CONVOLUTIONS = {
    1: lambda values, kernel: tf.nn.conv1d(values, kernel, 1, 'SAME'),
    2: lambda values, kernel: tf.nn.conv2d(values, kernel, [1] * 4, 'SAME'),
    3: lambda values, kernel: tf.nn.conv3d(values, kernel, [1] * 5, 'SAME'),
}


class ConvLSTMCell(RNNCell):
    """An LSTM over images.

    Args:
      conv_ndims: dimensions of the convolution: 1, 2 or 3.
      input_shape: shape of an input without the batch, channels last.
      output_channels: channels of the output.
      kernel_shape: shape of the kernel in space.
      use_bias: whether the gates have a bias.
      skip_connection: whether the output is followed by the input's channels.
      forget_bias: added to the forget gate.
      initializers: not used.
      name: of the cell and of its scope.

    Raises:
      ValueError: `input_shape` has not `conv_ndims` + 1 dimensions.
    """

    def __init__(
        self,
        conv_ndims: int,
        input_shape: Sequence[int],
        output_channels: int,
        kernel_shape: Sequence[int],
        use_bias: bool = True,
        skip_connection: bool = False,
        forget_bias: float = 1.0,
        initializers: object = None,
        name: str = 'conv_lstm_cell',
    ):
        super().__init__(name=name)
        if conv_ndims != len(input_shape) - 1:
            raise ValueError(f'input_shape must have conv_ndims + 1 = {conv_ndims + 1} dimensions, got {input_shape}.')
        self._conv_ndims = conv_ndims
        self._use_bias = use_bias
        self._channels = output_channels
        self._kernel_shape = list(kernel_shape)
        self._forget_bias = forget_bias
        self._skip_connection = skip_connection
        space = list(input_shape[:-1])
        self._output_shape = tf.TensorShape(space + [output_channels + (input_shape[-1] if skip_connection else 0)])
        self._state_shape = tf.TensorShape([*space, output_channels])

    @property
    def output_size(self) -> tf.TensorShape:
        """Size of an output."""
        return self._output_shape

    @property
    def state_size(self) -> LSTMStateTuple:
        """Sizes of the state."""
        return LSTMStateTuple(self._state_shape, self._state_shape)

    @unconverted
    def call(self, inputs: tf.Tensor, state: LSTMStateTuple, scope: object = None) -> tuple[tf.Tensor, LSTMStateTuple]:
        """Returns output and new state for `inputs`, [batch] + input_shape.

        Raises:
          ValueError: inputs and state are not [batch] + one to three dimensions + [channels], all of one rank.
        """
        cell, hidden = state
        i, j, f, o = tf.split(self._convolve([inputs, hidden]), 4, axis=self._conv_ndims + 1)
        new_cell = tf.sigmoid(f + self._forget_bias) * cell + tf.sigmoid(i) * tf.tanh(j)
        output = tf.tanh(new_cell) * tf.sigmoid(o)
        if self._skip_connection:
            output = tf.concat([output, inputs], -1)
        return output, LSTMStateTuple(new_cell, output)

    def _convolve(self, args: list[tf.Tensor]) -> tf.Tensor:
        shapes = [arg.shape.as_list() for arg in args]
        rank = len(shapes[0])
        if rank - 2 not in _CONVOLUTIONS or any(len(shape) != rank for shape in shapes):
            raise ValueError(f'inputs and state must be of one rank, 3, 4 or 5, got shapes {shapes}.')
        kernel_shape = [*self._kernel_shape, sum(shape[-1] for shape in shapes), 4 * self._channels]
        kernel = tf.get_variable('kernel', kernel_shape, args[0].dtype)
        gates = _CONVOLUTIONS[rank - 2](tf.concat(args, rank - 1), kernel)
        if not self._use_bias:
            return gates
        bias = tf.get_variable('biases', [4 * self._channels], args[0].dtype, tf.constant_initializer(0.0))
        return gates + bias


class Conv1DLSTMCell(ConvLSTMCell):
    """`ConvLSTMCell` over sequences, [batch, length, channels]."""

    def __init__(self, name: str = 'conv_1d_lstm_cell', **kwargs: object):
        super().__init__(conv_ndims=1, name=name, **kwargs)


class Conv2DLSTMCell(ConvLSTMCell):
    """`ConvLSTMCell` over images, [batch, height, width, channels]."""

    def __init__(self, name: str = 'conv_2d_lstm_cell', **kwargs: object):
        super().__init__(conv_ndims=2, name=name, **kwargs)


class Conv3DLSTMCell(ConvLSTMCell):
    """`ConvLSTMCell` over volumes, [batch, depth, height, width, channels]."""

    def __init__(self, name: str = 'conv_3d_lstm_cell', **kwargs: object):
        super().__init__(conv_ndims=3, name=name, **kwargs)
