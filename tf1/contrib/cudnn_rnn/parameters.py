"""What a network of cuDNN consists of: its matrices and biases in cuDNN's order, and the one vector that holds them.

A network has one part per layer and direction, forward before backward. A part has a matrix per gate for its input,
then one per gate for its state, and as many biases. The vector holds all matrices row by row, then all biases.
"""

from __future__ import annotations

import dataclasses

import tf1 as tf

LSTM, GRU, RNN_TANH, RNN_RELU = 'lstm', 'gru', 'rnn_tanh', 'rnn_relu'
# Gates in cuDNN's order: input, forget, new, output; reset, update, new.
GATES = {LSTM: 4, GRU: 3, RNN_TANH: 1, RNN_RELU: 1}

UNIDIRECTIONAL, BIDIRECTIONAL = 'unidirectional', 'bidirectional'
LINEAR_INPUT, SKIP_INPUT, AUTO_SELECT = 'linear_input', 'skip_input', 'auto_select'


@dataclasses.dataclass(frozen=True)
class Parameters:
    """The sizes of a network.

    Args:
      rnn_mode: 'lstm', 'gru', 'rnn_tanh' or 'rnn_relu'.
      num_layers: layers, one upon the other.
      num_units: units of each layer and direction.
      input_size: features of the first layer's input.
      direction: 'unidirectional' or 'bidirectional'.
    """

    rnn_mode: str
    num_layers: int
    num_units: int
    input_size: int
    direction: str = UNIDIRECTIONAL

    @property
    def num_dirs(self) -> int:
        """Directions, 1 or 2."""
        return 2 if self.direction == BIDIRECTIONAL else 1

    @property
    def per_part(self) -> int:
        """Matrices of one part, and its biases."""
        return 2 * GATES[self.rnn_mode]

    @property
    def weight_shapes(self) -> list[tuple[int, int]]:
        """Shapes of all matrices, [num_units, inputs] each."""
        gates = GATES[self.rnn_mode]
        shapes = []
        for layer in range(self.num_layers):
            size = self.num_units * self.num_dirs if layer else self.input_size
            part = [(self.num_units, size)] * gates + [(self.num_units, self.num_units)] * gates
            shapes += part * self.num_dirs
        return shapes

    @property
    def bias_shapes(self) -> list[list[int]]:
        """Shapes of all biases."""
        return [[self.num_units] for _ in self.weight_shapes]

    def split(self, vector: tf.Tensor) -> list[tuple[list[tf.Tensor], list[tf.Tensor]]]:
        """Returns each part's matrices and biases out of the one vector."""
        shapes = [*self.weight_shapes, *self.bias_shapes]
        sizes = [tf.TensorShape(shape).num_elements() for shape in shapes]
        pieces = tf.split(tf.reshape(vector, [sum(sizes)]), sizes)
        tensors = [tf.reshape(piece, shape) for piece, shape in zip(pieces, shapes, strict=True)]
        weights, biases = tensors[: len(shapes) // 2], tensors[len(shapes) // 2 :]
        starts = range(0, len(weights), self.per_part)
        return [(weights[start : start + self.per_part], biases[start : start + self.per_part]) for start in starts]


def join(weights: list[tf.Tensor], biases: list[tf.Tensor]) -> tf.Tensor:
    """Returns the one vector of all matrices and biases, which stand in cuDNN's order."""
    return tf.concat([tf.reshape(tensor, [-1]) for tensor in [*weights, *biases]], 0)


def check_direction(direction: str) -> None:
    """Raises ValueError unless `direction` is one of the two."""
    if direction not in (UNIDIRECTIONAL, BIDIRECTIONAL):
        raise ValueError(f'direction must be {UNIDIRECTIONAL!r} or {BIDIRECTIONAL!r}, got {direction!r}.')


def check_input_mode(input_mode: str) -> None:
    """Raises ValueError unless `input_mode` is one of cuDNN's three."""
    modes = (LINEAR_INPUT, SKIP_INPUT, AUTO_SELECT)
    if input_mode not in modes:
        raise ValueError(f'input_mode must be one of {", ".join(map(repr, modes))}, got {input_mode!r}.')
