"""The forward pass of a network: its parts, one layer upon the other, by ordinary operations."""

from __future__ import annotations

from collections.abc import Callable

import tf1 as tf
from tf1.contrib.cudnn_rnn import formats, parameters
from tf1.contrib.rnn.block_lstm import LSTMBlockFusedCell
from tf1.contrib.rnn.cells import RNNCell, unconverted

# A part's final state, and its initial one: (h,), of an LSTM (h, c), each [batch, num_units].
State = tuple[tf.Tensor, ...]


def run(
    network: parameters.Parameters,
    vector: tf.Tensor,
    inputs: tf.Tensor,
    initial: State,
    lengths: tf.Tensor | None = None,
    dropout: float = 0.0,
    seed: int | None = None,
) -> tuple[tf.Tensor, State]:
    """Returns outputs, [time, batch, directions * num_units], and final states like `initial`.

    Args:
      network: its sizes.
      vector: its weights.
      inputs: [time, batch, input_size].
      initial: one tensor, or two of an LSTM (h, c), each [layers * directions, batch, num_units].
      lengths: [batch] steps of each sequence; None where all are whole.
      dropout: share of the values that is dropped between two layers.
      seed: of the dropping.
    """
    parts = network.split(vector)
    finals = []
    for layer in range(network.num_layers):
        if layer and dropout:
            inputs = tf.nn.dropout(inputs, rate=dropout, seed=seed)
        outputs = []
        for way in range(network.num_dirs):
            index = layer * network.num_dirs + way
            kernels, biases = formats.to_cell(network.rnn_mode, *parts[index])
            state = tuple(part[index] for part in initial)
            output, final = _run_part(network, kernels, biases, inputs, state, lengths, backwards=way == 1)
            outputs.append(output)
            finals.append(final)
        inputs = outputs[0] if len(outputs) == 1 else tf.concat(outputs, 2)
    return inputs, tuple(tf.stack(part) for part in zip(*finals, strict=True))


def _run_part(
    network: parameters.Parameters,
    kernels: list[tf.Tensor],
    biases: list[tf.Tensor],
    inputs: tf.Tensor,
    state: State,
    lengths: tf.Tensor | None,
    backwards: bool,
) -> tuple[tf.Tensor, State]:
    if backwards:
        inputs = _reversed(inputs, lengths)
    units = network.num_units
    if network.rnn_mode == parameters.LSTM and inputs.dtype != tf.float64:
        layer = _WholeLSTM(units, kernels[0], biases[0], inputs.dtype)
        output, (c, h) = layer(inputs, initial_state=(state[1], state[0]), sequence_length=lengths)
        final = (h, c)
    else:
        projected, step = _STEPS[network.rnn_mode](inputs, units, kernels, biases)
        cell = _Cell(units, len(state), step)
        output, final = tf.nn.dynamic_rnn(cell, projected, lengths, initial_state=state, time_major=True)
    return (_reversed(output, lengths) if backwards else output), final


@unconverted
def _reversed(steps: tf.Tensor, lengths: tf.Tensor | None) -> tf.Tensor:
    if lengths is None:
        return tf.reverse(steps, [0])
    return tf.reverse_sequence(steps, lengths, seq_axis=0, batch_axis=1)


class _WholeLSTM(LSTMBlockFusedCell):
    """All steps of an LSTM in one operation, with given weights. It takes no float64."""

    def __init__(self, num_units: int, kernel: tf.Tensor, bias: tf.Tensor, dtype: tf.DType):
        super().__init__(num_units, forget_bias=0, dtype=dtype)
        self.kernel, self.bias, self.peepholes = kernel, bias, None

    def build(self, input_shape: tf.TensorShape) -> None:
        self.built = True


class _Cell(RNNCell):
    """A cell of one function, for `tf.nn.dynamic_rnn`; the state is a tuple, its first member the output."""

    def __init__(self, num_units: int, states: int, step: Callable[[tf.Tensor, State], State]):
        super().__init__()
        self._num_units, self._states, self._step = num_units, states, step

    @property
    def state_size(self) -> tuple[int, ...]:
        return (self._num_units,) * self._states

    @property
    def output_size(self) -> int:
        return self._num_units

    def __call__(self, inputs: tf.Tensor, state: State, scope: object = None) -> tuple[tf.Tensor, State]:
        state = self._step(inputs, state)
        return state[0], state


def _rows(kernel: tf.Tensor, units: int) -> list[tf.Tensor]:
    """Returns the rows of a kernel for the input, and those for the state."""
    return tf.split(kernel, [kernel.shape[0].value - units, units])


def _projected(inputs: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor) -> tf.Tensor:
    """Returns the product of all steps at once, [time, batch, columns]."""
    return tf.nn.bias_add(tf.tensordot(inputs, kernel, 1), bias)


def _lstm(inputs: tf.Tensor, units: int, kernels: list[tf.Tensor], biases: list[tf.Tensor]) -> tuple:
    of_input, of_state = _rows(kernels[0], units)

    def step(gates: tf.Tensor, state: State) -> State:
        h, c = state
        i, new, f, o = tf.split(gates + tf.matmul(h, of_state), 4, axis=1)
        c = tf.sigmoid(f) * c + tf.sigmoid(i) * tf.tanh(new)
        return tf.sigmoid(o) * tf.tanh(c), c

    return _projected(inputs, of_input, biases[0]), step


def _gru(inputs: tf.Tensor, units: int, kernels: list[tf.Tensor], biases: list[tf.Tensor]) -> tuple:
    of_input, of_state = _rows(kernels[0], units)
    of_input = tf.concat([of_input, kernels[1]], 1)
    of_state = tf.concat([of_state, kernels[2]], 1)

    def step(gates: tf.Tensor, state: State) -> State:
        (h,) = state
        reset_update, new = tf.split(gates, [2 * units, units], axis=1)
        more, hidden = tf.split(tf.matmul(h, of_state), [2 * units, units], axis=1)
        reset, update = tf.split(tf.sigmoid(reset_update + more), 2, axis=1)
        new = tf.tanh(new + reset * tf.nn.bias_add(hidden, biases[2]))
        return ((1 - update) * new + update * h,)

    return _projected(inputs, of_input, tf.concat(biases[:2], 0)), step


def _basic(activation: Callable[[tf.Tensor], tf.Tensor]) -> Callable:
    def make(inputs: tf.Tensor, units: int, kernels: list[tf.Tensor], biases: list[tf.Tensor]) -> tuple:
        of_input, of_state = _rows(kernels[0], units)
        return _projected(inputs, of_input, biases[0]), lambda x, state: (
            activation(x + tf.matmul(state[0], of_state)),
        )

    return make


_STEPS = {
    parameters.LSTM: _lstm,
    parameters.GRU: _gru,
    parameters.RNN_TANH: _basic(tf.tanh),
    parameters.RNN_RELU: _basic(tf.nn.relu),
}
