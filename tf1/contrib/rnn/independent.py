"""`IndRNNCell`, `IndyGRUCell` and `IndyLSTMCell`: a unit's gates see of the last state only that unit.

See arXiv:1803.04831 and arXiv:1903.08023.
"""

from __future__ import annotations

from collections.abc import Callable

import tf1 as tf
from tf1.contrib.rnn import weights
from tf1.contrib.rnn.cells import LayerRNNCell, LSTMStateTuple, unconverted


class _IndependentCell(LayerRNNCell):
    """Args: as for the cells below; initialisers of None are those of TF 1.15."""

    def __init__(
        self,
        num_units: int,
        activation: Callable | None,
        reuse: bool | None,
        kernel_initializer: object,
        bias_initializer: object,
        name: str | None,
        dtype: tf.DType | None,
    ):
        super().__init__(_reuse=reuse, name=name, dtype=dtype)
        self.input_spec = tf.layers.InputSpec(ndim=2)
        self._num_units = num_units
        self._activation = activation or tf.tanh
        self._kernel_initializer = kernel_initializer
        self._bias_initializer = bias_initializer

    @property
    def state_size(self) -> object:
        """Sizes of the state."""
        return self._num_units

    @property
    def output_size(self) -> int:
        """Size of an output."""
        return self._num_units

    def _add_weights(
        self,
        inputs_shape: tf.TensorShape,
        gates: int,
        kernel: str = 'kernel_w',
        scope: str = '',
        bias_initializer: object = None,
    ) -> tuple[tf.Variable, tf.Variable, tf.Variable]:
        """Returns input kernel, recurrent vector and bias of `gates` gates."""
        size = weights.known_size(tf.TensorShape(inputs_shape), 'inputs')
        columns = gates * self._num_units
        bias_initializer = self._bias_initializer or bias_initializer or tf.zeros_initializer(dtype=self.dtype)
        vector_initializer = tf.random_uniform_initializer(-1, 1, dtype=self.dtype)
        return (
            self.add_weight(f'{scope}{kernel}', [size, columns], initializer=self._kernel_initializer),
            self.add_weight(f'{scope}kernel_u', [1, columns], initializer=vector_initializer),
            self.add_weight(f'{scope}bias', [columns], initializer=bias_initializer),
        )


def _gates(
    inputs: tf.Tensor, state: tf.Tensor, gates: int, trained: tuple[tf.Variable, tf.Variable, tf.Variable]
) -> tf.Tensor:
    kernel, vector, bias = trained
    product = tf.matmul(inputs, kernel)
    repeated = state if gates == 1 else tf.tile(state, [1, gates])
    return tf.nn.bias_add(product + repeated * vector, bias)


class IndRNNCell(_IndependentCell):
    """output = new state = act(inputs @ W + u * state + b).

    Args:
      num_units: units, the size of output and state.
      activation: None for tanh.
      reuse: whether the variables exist already.
      name: of the cell and of its scope.
      dtype: of the variables; None for that of the first input.
    """

    def __init__(
        self,
        num_units: int,
        activation: Callable | None = None,
        reuse: bool | None = None,
        name: str | None = None,
        dtype: tf.DType | None = None,
    ):
        super().__init__(num_units, activation, reuse, None, None, name, dtype)

    def build(self, inputs_shape: tf.TensorShape) -> None:
        """Creates the variables; raises ValueError where the input's size is not known."""
        self._weights = self._add_weights(inputs_shape, 1)
        self.built = True

    @unconverted
    def call(self, inputs: tf.Tensor, state: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns output and new state, the same [batch, num_units], for `inputs`, [batch, n]."""
        output = self._activation(_gates(inputs, state, 1, self._weights))
        return output, output


class IndyGRUCell(_IndependentCell):
    """A GRU with recurrent vectors in place of matrices.

    Args:
      num_units: units, the size of output and state.
      activation: of the candidate; None for tanh.
      reuse: whether the variables exist already.
      kernel_initializer: of the weights of inputs; None for the scope's.
      bias_initializer: of both biases; None for ones in the gates and zeros in the candidate.
      name: of the cell and of its scope.
      dtype: of the variables; None for that of the first input.
    """

    def __init__(
        self,
        num_units: int,
        activation: Callable | None = None,
        reuse: bool | None = None,
        kernel_initializer: object = None,
        bias_initializer: object = None,
        name: str | None = None,
        dtype: tf.DType | None = None,
    ):
        super().__init__(num_units, activation, reuse, kernel_initializer, bias_initializer, name, dtype)

    def build(self, inputs_shape: tf.TensorShape) -> None:
        """Creates the variables; raises ValueError where the input's size is not known."""
        ones = tf.constant_initializer(1.0, dtype=self.dtype)
        self._gate_weights = self._add_weights(inputs_shape, 2, scope='gates/', bias_initializer=ones)
        self._candidate_weights = self._add_weights(inputs_shape, 1, kernel='kernel', scope='candidate/')
        self.built = True

    @unconverted
    def call(self, inputs: tf.Tensor, state: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns output and new state, the same [batch, num_units], for `inputs`, [batch, n]."""
        r, u = tf.split(tf.sigmoid(_gates(inputs, state, 2, self._gate_weights)), 2, axis=1)
        candidate = self._activation(_gates(inputs, r * state, 1, self._candidate_weights))
        output = u * state + (1 - u) * candidate
        return output, output


class IndyLSTMCell(_IndependentCell):
    """A basic LSTM with recurrent vectors in place of matrices.

    Args:
      num_units: units, the size of the output and of both halves of the state.
      forget_bias: added to the forget gate.
      activation: of candidate and state; None for tanh.
      reuse: whether the variables exist already.
      kernel_initializer: of the weights of inputs; None for the scope's.
      bias_initializer: of the bias; None for zeros.
      name: of the cell and of its scope.
      dtype: of the variables; None for that of the first input.
    """

    def __init__(
        self,
        num_units: int,
        forget_bias: float = 1.0,
        activation: Callable | None = None,
        reuse: bool | None = None,
        kernel_initializer: object = None,
        bias_initializer: object = None,
        name: str | None = None,
        dtype: tf.DType | None = None,
    ):
        super().__init__(num_units, activation, reuse, kernel_initializer, bias_initializer, name, dtype)
        self._forget_bias = forget_bias

    @property
    def state_size(self) -> LSTMStateTuple:
        """Sizes of the state."""
        return LSTMStateTuple(self._num_units, self._num_units)

    def build(self, inputs_shape: tf.TensorShape) -> None:
        """Creates the variables; raises ValueError where the input's size is not known."""
        self._weights = self._add_weights(inputs_shape, 4)
        self.built = True

    @unconverted
    def call(self, inputs: tf.Tensor, state: LSTMStateTuple) -> tuple[tf.Tensor, LSTMStateTuple]:
        """Returns output [batch, num_units] and new state for `inputs`, [batch, n]."""
        c, h = state
        axis = tf.constant(1)
        i, j, f, o = tf.split(_gates(inputs, h, 4, self._weights), 4, axis=axis)
        forget_bias = tf.constant(self._forget_bias, f.dtype)
        kept = tf.multiply(c, tf.sigmoid(tf.add(f, forget_bias)))
        new_c = tf.add(kept, tf.multiply(tf.sigmoid(i), self._activation(j)))
        new_h = tf.multiply(self._activation(new_c), tf.sigmoid(o))
        return new_h, LSTMStateTuple(new_c, new_h)
