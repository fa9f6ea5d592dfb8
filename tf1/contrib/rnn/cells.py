"""The classes that cells here derive from, and the check that something is a cell."""

from __future__ import annotations

import tf1 as tf

RNNCell = tf.nn.rnn_cell.RNNCell
LSTMStateTuple = tf.nn.rnn_cell.LSTMStateTuple

# tf_keras has it but does not export it.
LayerRNNCell = tf.nn.rnn_cell.BasicRNNCell.__mro__[1]

# Layers translate their `call` for control flow on tensors, which takes longer than building a cell that has none.
unconverted = tf.autograph.experimental.do_not_convert


def check_cell(name: str, cell: object) -> None:
    """Raises TypeError unless `cell`, an argument called `name`, can be called and has the properties of a cell."""
    lacks = [word for word in ('output_size', 'state_size') if not hasattr(cell, word)]
    if not hasattr(cell, 'zero_state') and not hasattr(cell, 'get_initial_state'):
        lacks.append('zero_state')
    if not callable(cell):
        lacks.append('__call__')
    if lacks:
        raise TypeError(f'{name} must be a tf.nn.rnn_cell.RNNCell, got {cell!r}, which has no {", ".join(lacks)}.')
