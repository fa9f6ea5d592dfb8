"""One part's weights between cuDNN's form and that of the compatible cells, whose kernels stand in checkpoints.

cuDNN keeps a matrix per gate and two biases per gate, of which only the sum counts but for a GRU's new state. The cells
keep one kernel with all gates' columns, and one bias. On the way back the sum is halved.
"""

from __future__ import annotations

import tf1 as tf
from tf1.contrib.cudnn_rnn import parameters

# The kernel's order of gates (input, new, forget, output), as places in cuDNN's.
_LSTM_ORDER = (0, 2, 1, 3)

# Names below the cell's scope, kernels first.
LSTM_NAMES = (['kernel'], ['bias'])
GRU_NAMES = (
    ['gates/kernel', 'candidate/input_projection/kernel', 'candidate/hidden_projection/kernel'],
    ['gates/bias', 'candidate/input_projection/bias', 'candidate/hidden_projection/bias'],
)
NAMES = {
    parameters.LSTM: LSTM_NAMES,
    parameters.GRU: GRU_NAMES,
    parameters.RNN_TANH: LSTM_NAMES,
    parameters.RNN_RELU: LSTM_NAMES,
}


def to_cell(
    rnn_mode: str, weights: list[tf.Tensor], biases: list[tf.Tensor]
) -> tuple[list[tf.Tensor], list[tf.Tensor]]:
    """Returns a cell's kernels, [inputs, columns] each, and biases out of a part's matrices and biases."""
    half = len(weights) // 2
    rows = [tf.concat([weights[gate], weights[gate + half]], 1) for gate in range(half)]
    sums = [biases[gate] + biases[gate + half] for gate in range(half)]
    if rnn_mode == parameters.LSTM:
        kernel = tf.transpose(tf.concat([rows[gate] for gate in _LSTM_ORDER], 0))
        return [kernel], [tf.concat([sums[gate] for gate in _LSTM_ORDER], 0)]
    if rnn_mode == parameters.GRU:
        kernels = [tf.transpose(tf.concat(rows[:2], 0)), tf.transpose(weights[2]), tf.transpose(weights[5])]
        return kernels, [tf.concat(sums[:2], 0), biases[2], biases[5]]
    return [tf.transpose(rows[0])], sums


def from_cell(
    network: parameters.Parameters, input_size: int, kernels: list[tf.Tensor], biases: list[tf.Tensor]
) -> tuple[list[tf.Tensor], list[tf.Tensor]]:
    """Returns a part's matrices and biases in cuDNN's order; `input_size` is that of the part."""
    units = network.num_units
    sizes = [input_size, units]
    if network.rnn_mode == parameters.GRU:
        rows = tf.split(tf.transpose(kernels[0]), 2)
        pairs = [tf.split(row, sizes, 1) for row in rows] + [[tf.transpose(kernel) for kernel in kernels[1:]]]
        halves = [0.5 * half for half in tf.split(biases[0], 2)]
        bias_pairs = [(half, half) for half in halves] + [tuple(biases[1:])]
    else:
        gates = parameters.GATES[network.rnn_mode]
        order = _LSTM_ORDER if gates == 4 else range(gates)
        rows = tf.split(tf.transpose(kernels[0]), gates)
        pairs = [tf.split(rows[place], sizes, 1) for place in order]
        halves = [0.5 * half for half in tf.split(biases[0], gates)]
        bias_pairs = [(halves[place], halves[place]) for place in order]
    weights = [pair[0] for pair in pairs] + [pair[1] for pair in pairs]
    return weights, [pair[0] for pair in bias_pairs] + [pair[1] for pair in bias_pairs]
