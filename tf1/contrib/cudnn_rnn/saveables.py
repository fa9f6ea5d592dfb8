"""What a `tf.train.Saver` writes for a network: the kernels and biases that compatible cells would have."""

from __future__ import annotations

import tf1 as tf
from tf1.contrib.cudnn_rnn import converters, formats, parameters
from tf1.train.saveables import SaveableObject, SaveSpec

_CELLS = {
    parameters.LSTM: 'cudnn_compatible_lstm_cell',
    parameters.GRU: 'cudnn_compatible_gru_cell',
    parameters.RNN_TANH: 'basic_rnn_cell',
    parameters.RNN_RELU: 'basic_rnn_cell',
}


class CudnnOpaqueParamsSaveable(SaveableObject):
    """Saves and restores the one vector of a network as kernels and biases; subclasses say of which kind of network.

    Args:
      opaque_params: the variable that holds the vector.
      num_layers: layers of the network.
      num_units: units of each layer and direction.
      input_size: features of the network's input.
      input_mode: 'linear_input', 'skip_input' or 'auto_select'.
      direction: 'unidirectional' or 'bidirectional'.
      scope: variable scope that names in checkpoints begin with, or its name; None for none.
      name: of this object.

    Raises:
      ValueError: `input_mode` or `direction` is none of these.
    """

    _converter: type[converters.CudnnParamsFormatConverter]

    def __init__(
        self,
        opaque_params: tf.Variable,
        num_layers: int,
        num_units: int,
        input_size: int,
        input_mode: str = parameters.LINEAR_INPUT,
        direction: str = parameters.UNIDIRECTIONAL,
        scope: object = None,
        name: str = 'cudnn_rnn_saveable',
    ):
        self._opaque_params = opaque_params
        self.format_converter = self._converter(
            num_layers, num_units, input_size, input_mode=input_mode, direction=direction
        )
        prefix = getattr(scope, 'name', scope) or ''
        names = _names(self._converter._rnn_mode, num_layers, direction, prefix + '/' if prefix else '')
        kernels, biases = self.format_converter.opaque_to_tf_canonical(opaque_params)
        specs = [SaveSpec(tensor, '', key) for tensor, key in zip(kernels + biases, names, strict=True)]
        super().__init__(tf.identity(opaque_params), specs, name)

    def restore(self, restored_tensors: list[tf.Tensor], restored_shapes: list[tf.Tensor] | None) -> tf.Operation:
        """Returns an operation that gives the variable the vector of `restored_tensors`, which stand as in `specs`."""
        del restored_shapes
        vector = self.format_converter.tf_canonical_to_opaque(restored_tensors)
        return tf.assign(self._opaque_params, vector, validate_shape=False).op


def _names(rnn_mode: str, num_layers: int, direction: str, prefix: str) -> list[str]:
    cell = _CELLS[rnn_mode]
    if direction == parameters.UNIDIRECTIONAL:
        parts = [f'{prefix}rnn/multi_rnn_cell/cell_{layer}/{cell}' for layer in range(num_layers)]
    else:
        parts = [
            f'{prefix}stack_bidirectional_rnn/cell_{layer}/bidirectional_rnn/{way}/{cell}'
            for layer in range(num_layers)
            for way in ('fw', 'bw')
        ]
    return [f'{part}/{name}' for names in formats.NAMES[rnn_mode] for part in parts for name in names]


class CudnnLSTMSaveable(CudnnOpaqueParamsSaveable):
    """Saves `CudnnLSTM` for `CudnnCompatibleLSTMCell`."""

    _converter = converters.CudnnParamsFormatConverterLSTM


class CudnnGRUSaveable(CudnnOpaqueParamsSaveable):
    """Saves `CudnnGRU` for `CudnnCompatibleGRUCell`."""

    _converter = converters.CudnnParamsFormatConverterGRU


class CudnnRNNTanhSaveable(CudnnOpaqueParamsSaveable):
    """Saves `CudnnRNNTanh` for `tf.nn.rnn_cell.BasicRNNCell`."""

    _converter = converters.CudnnParamsFormatConverterTanh


class CudnnRNNReluSaveable(CudnnOpaqueParamsSaveable):
    """Saves `CudnnRNNRelu` for `tf.nn.rnn_cell.BasicRNNCell(activation=tf.nn.relu)`."""

    _converter = converters.CudnnParamsFormatConverterRelu
