"""`AttentionCellWrapper`: a cell that looks back at its last outputs (arXiv:1601.06733)."""

from __future__ import annotations

import tf1 as tf
from tf1.contrib.rnn import weights
from tf1.contrib.rnn.cells import RNNCell, check_cell, unconverted


class AttentionCellWrapper(RNNCell):
    """A cell with attention over the last `attn_length` outputs.

    Args:
      cell: the cell.
      attn_length: outputs that are remembered.
      attn_size: size of an attention vector and of the output; None for the cell's output size.
      attn_vec_size: size in which state and memory are compared; None for `attn_size`.
      input_size: columns that the cell sees; None for those of the input.
      state_is_tuple: whether the state is a tuple (cell's, attention, memory), or else one tensor.
      reuse: whether the variables exist already.

    Raises:
      TypeError: `cell` is not a cell.
      ValueError: the cell's state is a tuple and `state_is_tuple` is False, or `attn_length` is not positive.
    """

    def __init__(
        self,
        cell: RNNCell,
        attn_length: int,
        attn_size: int | None = None,
        attn_vec_size: int | None = None,
        input_size: int | None = None,
        state_is_tuple: bool = True,
        reuse: bool | None = None,
    ):
        super().__init__(_reuse=reuse)
        check_cell('cell', cell)
        if isinstance(cell.state_size, tuple) and not state_is_tuple:
            raise ValueError(
                f'state_is_tuple must be True for a cell whose state is a tuple, got False for {cell.state_size}.'
            )
        if attn_length <= 0:
            raise ValueError(f'attn_length must be > 0, got {attn_length}.')
        if not state_is_tuple:
            tf.logging.warn('%s: Using a concatenated state is slower. Use state_is_tuple=True.', self)
        self._cell = cell
        self._length = attn_length
        self._size = cell.output_size if attn_size is None else attn_size
        self._vec_size = self._size if attn_vec_size is None else attn_vec_size
        self._input_size = input_size
        self._state_is_tuple = state_is_tuple

    @property
    def state_size(self) -> tuple | int:
        """Sizes of the state."""
        sizes = (self._cell.state_size, self._size, self._size * self._length)
        return sizes if self._state_is_tuple else sum(sizes)

    @property
    def output_size(self) -> int:
        """Size of an output."""
        return self._size

    def call(self, inputs: tf.Tensor, state: object) -> tuple[tf.Tensor, object]:
        """Returns output [batch, attn_size] and new state for `inputs`, [batch, n]."""
        if not self._state_is_tuple:
            state = tf.split(state, [self._cell.state_size, self._size, self._size * self._length], axis=1)
        cell_state, attention, memory = state
        memory = tf.reshape(memory, [-1, self._length, self._size])
        size = self._input_size or weights.known_size(inputs.shape, 'inputs')
        cell_output, new_state = self._cell(
            weights.linear([inputs, attention], size, bias=True, variables_first=True), cell_state
        )
        attention, kept = self._attend(tf.concat(tf.nest.flatten(new_state), 1), memory)
        with tf.variable_scope('attn_output_projection'):
            output = weights.linear([cell_output, attention], self._size, bias=True, variables_first=True)
        memory = tf.concat([kept, tf.expand_dims(output, 1)], 1)
        parts = (new_state, attention, tf.reshape(memory, [-1, self._length * self._size]))
        return output, (parts if self._state_is_tuple else tf.concat(parts, 1))

    @unconverted
    def _attend(self, query: tf.Tensor, memory: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns the mean of `memory`, [batch, attn_length, attn_size], weighted for `query`, and all but its oldest.

        Their shapes are [batch, attn_size] and [batch, attn_length - 1, attn_size].
        """
        with tf.variable_scope('attention'):
            kernel = tf.get_variable('attn_w', [1, 1, self._size, self._vec_size], query.dtype)
            vector = tf.get_variable('attn_v', [self._vec_size], query.dtype)
            pixels = tf.reshape(memory, [-1, self._length, 1, self._size])
            keys = tf.nn.conv2d(pixels, kernel, [1] * 4, 'SAME')
            projected = weights.linear(query, self._vec_size, bias=True)
            projected = tf.reshape(projected, [-1, 1, 1, self._vec_size])
            scores = tf.reduce_sum(vector * tf.tanh(keys + projected), [2, 3])
            shares = tf.reshape(tf.nn.softmax(scores), [-1, self._length, 1, 1])
            mean = tf.reduce_sum(shares * pixels, [1, 2])
            return tf.reshape(mean, [-1, self._size]), tf.slice(memory, [0, 1, 0], [-1, -1, -1])
