"""Converters between the one vector of a network and the kernels and biases of compatible cells."""

from __future__ import annotations

from collections.abc import Sequence

import tf1 as tf
from tf1.contrib.cudnn_rnn import formats, parameters


class CudnnParamsFormatConverter:
    """Converts the weights of a network; subclasses say of which kind.

    Args:
      num_layers: layers of the network.
      num_units: units of each layer and direction.
      input_size: features of the network's input.
      num_proj: must be None: projections are not supported.
      input_mode: 'linear_input', 'skip_input' or 'auto_select'.
      direction: 'unidirectional' or 'bidirectional'.

    Raises:
      NotImplementedError: `num_proj` is not None.
      ValueError: `input_mode` or `direction` is none of these.
    """

    _rnn_mode: str

    def __init__(
        self,
        num_layers: int,
        num_units: int,
        input_size: int,
        num_proj: int | None = None,
        input_mode: str = parameters.LINEAR_INPUT,
        direction: str = parameters.UNIDIRECTIONAL,
    ):
        parameters.check_input_mode(input_mode)
        parameters.check_direction(direction)
        if num_proj is not None:
            raise NotImplementedError(f'num_proj must be None, got {num_proj}; use tf.nn.rnn_cell.LSTMCell(num_proj).')
        self._network = parameters.Parameters(self._rnn_mode, num_layers, num_units, input_size, direction)

    def opaque_to_tf_canonical(self, opaque_param: tf.Tensor) -> tuple[list[tf.Tensor], list[tf.Tensor]]:
        """Returns all cells' kernels, and all their biases, for the vector `opaque_param`."""
        kernels, biases = [], []
        for part in self._network.split(opaque_param):
            part_kernels, part_biases = formats.to_cell(self._rnn_mode, *part)
            kernels += part_kernels
            biases += part_biases
        return kernels, biases

    def tf_canonical_to_opaque(self, tf_canonicals: Sequence[tf.Tensor]) -> tf.Tensor:
        """Returns the vector for all cells' kernels, followed by all their biases."""
        network = self._network
        count = len(formats.NAMES[self._rnn_mode][0])
        half = len(tf_canonicals) // 2
        weights, biases = [], []
        for part in range(network.num_layers * network.num_dirs):
            size = network.input_size if part < network.num_dirs else network.num_units * network.num_dirs
            start = part * count
            part_weights, part_biases = formats.from_cell(
                network,
                size,
                list(tf_canonicals[start : start + count]),
                list(tf_canonicals[half + start : half + start + count]),
            )
            weights += part_weights
            biases += part_biases
        return parameters.join(weights, biases)


class CudnnParamsFormatConverterLSTM(CudnnParamsFormatConverter):
    """Converts the weights of `CudnnLSTM`, for `CudnnCompatibleLSTMCell`."""

    _rnn_mode = parameters.LSTM


class CudnnParamsFormatConverterGRU(CudnnParamsFormatConverter):
    """Converts the weights of `CudnnGRU`, for `CudnnCompatibleGRUCell`."""

    _rnn_mode = parameters.GRU


class CudnnParamsFormatConverterTanh(CudnnParamsFormatConverter):
    """Converts the weights of `CudnnRNNTanh`, for `tf.nn.rnn_cell.BasicRNNCell`."""

    _rnn_mode = parameters.RNN_TANH


class CudnnParamsFormatConverterRelu(CudnnParamsFormatConverter):
    """Converts the weights of `CudnnRNNRelu`, for `tf.nn.rnn_cell.BasicRNNCell(activation=tf.nn.relu)`."""

    _rnn_mode = parameters.RNN_RELU
