"""Cells around another cell: `HighwayWrapper`, `CompiledWrapper`, and projections of what goes in or comes out."""

from __future__ import annotations

import math
from collections.abc import Callable

import tf1 as tf
from tf1.contrib.rnn import weights
from tf1.contrib.rnn.cells import RNNCell, check_cell


class _Wrapper(RNNCell):
    """A cell with the sizes and the zero state of the one it wraps."""

    def __init__(self, cell: RNNCell, **kwargs: object):
        super().__init__(**kwargs)
        check_cell('cell', cell)
        self._cell = cell

    @property
    def state_size(self) -> object:
        """Sizes of the state."""
        return self._cell.state_size

    @property
    def output_size(self) -> object:
        """Size of an output."""
        return self._cell.output_size

    def zero_state(self, batch_size: int | tf.Tensor, dtype: tf.DType) -> object:
        with tf.name_scope(f'{type(self).__name__}ZeroState', values=[batch_size]):
            return self._cell.zero_state(batch_size, dtype)


class HighwayWrapper(_Wrapper):
    """Adds a gated path from input to output (arXiv:1505.00387).

    Its variables `carry_w`, `carry_b`, `transform_w` and `transform_b` lie in the scope of the caller.

    Args:
      cell: the cell; its output has the shape of its input.
      couple_carry_transform_gates: whether the transform gate is 1 minus the carry gate.
      carry_bias_init: where the carry gate's bias starts.
    """

    def __init__(self, cell: RNNCell, couple_carry_transform_gates: bool = True, carry_bias_init: float = 1.0):
        super().__init__(cell)
        self._coupled = couple_carry_transform_gates
        self._carry_bias_init = carry_bias_init

    def __call__(self, inputs: object, state: object, scope: object = None) -> tuple[object, object]:
        """Returns output and new state; runs the cell in variable scope `scope`.

        Raises:
          TypeError, ValueError: inputs and outputs differ in structure or shape.
        """
        outputs, new_state = self._cell(inputs, state, scope=scope)
        tf.nest.assert_same_structure(inputs, outputs)
        tf.nest.map_structure(lambda one, other: one.shape.assert_is_compatible_with(other.shape), inputs, outputs)
        return tf.nest.map_structure(self._highway, inputs, outputs), new_state

    def _highway(self, inputs: tf.Tensor, outputs: tf.Tensor) -> tf.Tensor:
        carry = self._gate('carry', inputs, self._carry_bias_init)
        transform = 1 - carry if self._coupled else self._gate('transform', inputs, -self._carry_bias_init)
        return inputs * carry + outputs * transform

    def _gate(self, name: str, inputs: tf.Tensor, bias_init: float) -> tf.Tensor:
        size = inputs.shape.with_rank(2)[1].value
        weight = tf.get_variable(f'{name}_w', [size, size], inputs.dtype)
        bias = tf.get_variable(f'{name}_b', [size], inputs.dtype, tf.constant_initializer(bias_init))
        return tf.sigmoid(tf.nn.xw_plus_b(inputs, weight, bias))


class CompiledWrapper(_Wrapper):
    """Compiles each step of a cell with XLA.

    Args:
      cell: the cell.
      compile_stateful: whether operations with state, such as random ones, are compiled too.
    """

    def __init__(self, cell: RNNCell, compile_stateful: bool = False):
        super().__init__(cell)
        self._compile_stateful = compile_stateful

    def __call__(self, inputs: object, state: object, scope: object = None) -> tuple[object, object]:
        """Returns output and new state."""
        with tf.xla.experimental.jit_scope(compile_ops=self._compiles):
            return self._cell(inputs, state, scope=scope)

    def _compiles(self, node: tf.NodeDef) -> bool:
        return self._compile_stateful or not tf.get_default_graph().op_def_for_type(node.op).is_stateful


class EmbeddingWrapper(_Wrapper):
    """Looks up integer inputs in a trained table `embedding` before the cell.

    Args:
      cell: the cell.
      embedding_classes: rows of the table.
      embedding_size: columns of the table.
      initializer: of the table; None for the scope's, or a uniform one of variance 1.
      reuse: whether the variables exist already.

    Raises:
      TypeError: `cell` is not a cell.
      ValueError: a size is not positive.
    """

    def __init__(
        self,
        cell: RNNCell,
        embedding_classes: int,
        embedding_size: int,
        initializer: object = None,
        reuse: bool | None = None,
    ):
        super().__init__(cell, _reuse=reuse)
        if embedding_classes <= 0 or embedding_size <= 0:
            raise ValueError(
                f'embedding_classes and embedding_size must be > 0, got {embedding_classes} and {embedding_size}.'
            )
        self._classes = embedding_classes
        self._size = embedding_size
        self._initializer = initializer

    def call(self, inputs: tf.Tensor, state: object) -> tuple[object, object]:
        """Returns the cell's output and new state for `inputs`, [batch] or [batch, 1] integers."""
        first = state[0] if isinstance(state, tuple) else state
        initializer = self._initializer or tf.get_variable_scope().initializer
        if initializer is None:
            initializer = tf.random_uniform_initializer(-math.sqrt(3), math.sqrt(3))
        with tf.device('/cpu:0'):
            table = tf.get_variable('embedding', [self._classes, self._size], first.dtype, initializer)
            embedded = tf.nn.embedding_lookup(table, tf.reshape(inputs, [-1]))
        return self._cell(embedded, state)


class InputProjectionWrapper(_Wrapper):
    """Maps inputs linearly before the cell.

    Args:
      cell: the cell.
      num_proj: columns that the cell sees.
      activation: of the map; None for none.
      input_size: not used.
      reuse: whether the variables exist already.

    Raises:
      TypeError: `cell` is not a cell.
    """

    def __init__(
        self,
        cell: RNNCell,
        num_proj: int,
        activation: Callable | None = None,
        input_size: int | None = None,
        reuse: bool | None = None,
    ):
        super().__init__(cell, _reuse=reuse)
        if input_size is not None:
            tf.logging.warn('%s: The input_size parameter is deprecated.', self)
        self._num_proj = num_proj
        self._activation = activation

    def call(self, inputs: tf.Tensor, state: object) -> tuple[object, object]:
        """Returns the cell's output and new state for `inputs`, [batch, n]."""
        projected = weights.linear(inputs, self._num_proj, bias=True)
        if self._activation:
            projected = self._activation(projected)
        return self._cell(projected, state)


class OutputProjectionWrapper(_Wrapper):
    """Maps outputs linearly after the cell.

    Args:
      cell: the cell.
      output_size: columns of the output.
      activation: of the map; None for none.
      reuse: whether the variables exist already.

    Raises:
      TypeError: `cell` is not a cell.
      ValueError: `output_size` is not positive.
    """

    def __init__(self, cell: RNNCell, output_size: int, activation: Callable | None = None, reuse: bool | None = None):
        super().__init__(cell, _reuse=reuse)
        if output_size < 1:
            raise ValueError(f'output_size must be > 0, got {output_size}.')
        self._output_size = output_size
        self._activation = activation

    @property
    def output_size(self) -> int:
        """Size of an output."""
        return self._output_size

    def call(self, inputs: tf.Tensor, state: object) -> tuple[tf.Tensor, object]:
        """Returns output [batch, output_size] and the cell's new state."""
        output, new_state = self._cell(inputs, state)
        projected = weights.linear(output, self._output_size, bias=True)
        return (self._activation(projected) if self._activation else projected), new_state
