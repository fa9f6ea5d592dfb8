"""`BasicDecoder`: a cell whose next input a helper chooses."""

from __future__ import annotations

import collections

import tf1 as tf
from tf1.contrib.rnn.cells import RNNCell, check_cell
from tf1.contrib.seq2seq.decoder import Decoder
from tf1.contrib.seq2seq.helpers import Helper


class BasicDecoderOutput(collections.namedtuple('BasicDecoderOutput', ('rnn_output', 'sample_id'))):
    """Outputs of the cell, after the output layer, and the sampled ids."""


class BasicDecoder(Decoder):
    """Runs a cell on what a helper reads or samples.

    Args:
      cell: the cell.
      helper: chooses inputs and says when a sequence is finished.
      initial_state: of the cell.
      output_layer: applied to the cell's outputs before sampling; None for none.

    Raises:
      TypeError: `cell` is no cell, `helper` no `Helper`, or `output_layer` no layer.
    """

    def __init__(
        self, cell: RNNCell, helper: Helper, initial_state: object, output_layer: tf.layers.Layer | None = None
    ):
        check_cell('cell', cell)
        if not isinstance(helper, Helper):
            raise TypeError(f'helper must be a tf.contrib.seq2seq.Helper, got {helper!r}.')
        check_layer('output_layer', output_layer)
        self._cell = cell
        self._helper = helper
        self._initial_state = initial_state
        self._output_layer = output_layer

    @property
    def batch_size(self) -> tf.Tensor:
        """Sequences that are decoded."""
        return self._helper.batch_size

    def _rnn_output_size(self) -> object:
        return layer_size(self._cell.output_size, self._output_layer)

    @property
    def output_size(self) -> BasicDecoderOutput:
        """Sizes of output and sample, without the batch."""
        return BasicDecoderOutput(self._rnn_output_size(), self._helper.sample_ids_shape)

    @property
    def output_dtype(self) -> BasicDecoderOutput:
        """Types of output, that of the state, and sample."""
        dtype = tf.nest.flatten(self._initial_state)[0].dtype
        return BasicDecoderOutput(
            tf.nest.map_structure(lambda _: dtype, self._rnn_output_size()), self._helper.sample_ids_dtype
        )

    def initialize(self, name: str | None = None) -> tuple:
        """Returns (finished, first inputs, first state)."""
        return (*self._helper.initialize(), self._initial_state)

    def step(self, time: tf.Tensor, inputs: object, state: object, name: str | None = None) -> tuple:
        """Returns (outputs, next state, next inputs, finished)."""
        with tf.name_scope(name, 'BasicDecoderStep', (time, inputs, state)):
            outputs, state = self._cell(inputs, state)
            if self._output_layer is not None:
                outputs = self._output_layer(outputs)
            sample_ids = self._helper.sample(time=time, outputs=outputs, state=state)
            finished, next_inputs, next_state = self._helper.next_inputs(
                time=time, outputs=outputs, state=state, sample_ids=sample_ids
            )
        return BasicDecoderOutput(outputs, sample_ids), next_state, next_inputs, finished


def check_layer(name: str, layer: object) -> None:
    """Raises TypeError unless `layer`, an argument called `name`, is None or a layer."""
    if layer is not None and not isinstance(layer, (tf.layers.Layer, tf.keras.layers.Layer)):
        raise TypeError(f'{name} must be a tf.layers.Layer, got {layer!r}.')


def layer_size(size: object, layer: tf.layers.Layer | None) -> object:
    """Returns the size of `layer`'s outputs, without the batch, for inputs of `size`."""
    if layer is None:
        return size
    shapes = tf.nest.map_structure(lambda s: tf.TensorShape([None]).concatenate(tf.TensorShape(s)), size)
    return tf.nest.map_structure(lambda shape: shape[1:], layer.compute_output_shape(shapes))
