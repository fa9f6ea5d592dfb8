"""Stacks of bidirectional networks, where each layer sees both directions of the one below."""

from __future__ import annotations

from collections.abc import Callable

import tf1 as tf
from tf1.contrib.rnn.cells import RNNCell


def stack_bidirectional_rnn(
    cells_fw: list[RNNCell],
    cells_bw: list[RNNCell],
    inputs: list[tf.Tensor],
    initial_states_fw: list | None = None,
    initial_states_bw: list | None = None,
    dtype: tf.DType | None = None,
    sequence_length: tf.Tensor | None = None,
    scope: object = None,
) -> tuple[list[tf.Tensor], tuple, tuple]:
    """Returns outputs, a list of [batch, forward + backward size], and each layer's final states by direction.

    Args:
      cells_fw: a cell per layer.
      cells_bw: a cell per layer.
      inputs: a list of [batch, n].
      initial_states_fw: a state per layer; None for zeros.
      initial_states_bw: a state per layer; None for zeros.
      dtype: of the states; needed where one is not given.
      sequence_length: [batch] integers; None where all are whole.
      scope: variable scope, or its name.

    Raises:
      TypeError: a cell is none.
      ValueError: the lists differ in length or are empty or none.
    """
    _check(cells_fw, cells_bw, initial_states_fw, initial_states_bw)

    def run(
        cell_fw: RNNCell, cell_bw: RNNCell, layer_inputs: list, state_fw: object, state_bw: object, layer_scope: object
    ) -> tuple:
        return tf.nn.static_bidirectional_rnn(
            cell_fw,
            cell_bw,
            layer_inputs,
            initial_state_fw=state_fw,
            initial_state_bw=state_bw,
            sequence_length=sequence_length,
            dtype=dtype,
            scope=layer_scope,
        )

    return _stack(cells_fw, cells_bw, inputs, initial_states_fw, initial_states_bw, scope, run)


def stack_bidirectional_dynamic_rnn(
    cells_fw: list[RNNCell],
    cells_bw: list[RNNCell],
    inputs: tf.Tensor,
    initial_states_fw: list | None = None,
    initial_states_bw: list | None = None,
    dtype: tf.DType | None = None,
    sequence_length: tf.Tensor | None = None,
    parallel_iterations: int | None = None,
    time_major: bool = False,
    scope: object = None,
    swap_memory: bool = False,
) -> tuple[tf.Tensor, tuple, tuple]:
    """Returns outputs, [batch, time, forward + backward size], and each layer's final states by direction.

    Args:
      inputs: [batch, time, n], or [time, batch, n] and outputs likewise if `time_major`.
      parallel_iterations: as for `tf.nn.dynamic_rnn`.
      time_major: whether time comes first.
      swap_memory: as for `tf.nn.dynamic_rnn`.

    The others, and what is raised, are as for `stack_bidirectional_rnn`.
    """
    _check(cells_fw, cells_bw, initial_states_fw, initial_states_bw)

    def run(
        cell_fw: RNNCell, cell_bw: RNNCell, layer_inputs: tf.Tensor, state_fw: object, state_bw: object, _: object
    ) -> tuple:
        outputs, (final_fw, final_bw) = tf.nn.bidirectional_dynamic_rnn(
            cell_fw,
            cell_bw,
            layer_inputs,
            initial_state_fw=state_fw,
            initial_state_bw=state_bw,
            sequence_length=sequence_length,
            dtype=dtype,
            parallel_iterations=parallel_iterations,
            swap_memory=swap_memory,
            time_major=time_major,
        )
        return tf.concat(outputs, 2), final_fw, final_bw

    return _stack(cells_fw, cells_bw, inputs, initial_states_fw, initial_states_bw, scope, run)


def _stack(
    cells_fw: list,
    cells_bw: list,
    inputs: object,
    initial_states_fw: list | None,
    initial_states_bw: list | None,
    scope: object,
    run: Callable,
) -> tuple:
    depth = len(cells_fw)
    states_fw = initial_states_fw or [None] * depth
    states_bw = initial_states_bw or [None] * depth
    finals_fw, finals_bw = [], []
    with tf.variable_scope(scope, 'stack_bidirectional_rnn'):
        layers = zip(cells_fw, cells_bw, states_fw, states_bw, strict=True)
        for index, (cell_fw, cell_bw, state_fw, state_bw) in enumerate(layers):
            with tf.variable_scope(f'cell_{index}') as layer_scope:
                inputs, final_fw, final_bw = run(cell_fw, cell_bw, inputs, state_fw, state_bw, layer_scope)
            finals_fw.append(final_fw)
            finals_bw.append(final_bw)
    return inputs, tuple(finals_fw), tuple(finals_bw)


def _check(cells_fw: object, cells_bw: object, states_fw: object, states_bw: object) -> None:
    for name, cells in (('cells_fw', cells_fw), ('cells_bw', cells_bw)):
        if not isinstance(cells, list) or not cells:
            raise ValueError(f'{name} must be a list of cells, one per layer, got {cells!r}.')
    if len(cells_fw) != len(cells_bw):
        raise ValueError(f'cells_fw and cells_bw must have one length, got {len(cells_fw)} and {len(cells_bw)}.')
    for name, states in (('initial_states_fw', states_fw), ('initial_states_bw', states_bw)):
        if states is not None and (not isinstance(states, list) or len(states) != len(cells_fw)):
            raise ValueError(f'{name} must be a list of {len(cells_fw)} states, one per layer, got {states!r}.')
