"""`Decoder`, the interface, and `dynamic_decode`, the loop that runs one."""

from __future__ import annotations

import abc
import contextlib

import tf1 as tf
from tf1.contrib.rnn import sizes


class Decoder(abc.ABC):
    """What `dynamic_decode` runs; each of these may be a structure of tensors."""

    @property
    def batch_size(self) -> int | tf.Tensor:
        """Sequences that are decoded."""
        raise NotImplementedError

    @property
    def output_size(self) -> object:
        """Size of an output of one step, without the batch."""
        raise NotImplementedError

    @property
    def output_dtype(self) -> object:
        """Type of an output."""
        raise NotImplementedError

    @abc.abstractmethod
    def initialize(self, name: str | None = None) -> tuple:
        """Returns (finished [batch] bool, first inputs, first state)."""
        raise NotImplementedError

    @abc.abstractmethod
    def step(self, time: tf.Tensor, inputs: object, state: object, name: str | None = None) -> tuple:
        """Returns (outputs, next state, next inputs, finished [batch] bool) of step `time`, scalar int32."""
        raise NotImplementedError

    def finalize(self, outputs: object, final_state: object, sequence_lengths: tf.Tensor) -> tuple:
        """Returns (final outputs, final state) for the outputs of all steps, [time, batch, ...]."""
        raise NotImplementedError

    @property
    def tracks_own_finished(self) -> bool:
        """Whether a sequence that `step` called finished may be unfinished later, as among beams."""
        return False


def dynamic_decode(
    decoder: Decoder,
    output_time_major: bool = False,
    impute_finished: bool = False,
    maximum_iterations: int | tf.Tensor | None = None,
    parallel_iterations: int = 32,
    swap_memory: bool = False,
    scope: object = None,
    **kwargs: object,
) -> tuple[object, object, tf.Tensor]:
    """Returns (outputs, final state, lengths [batch] int32) of decoding until all is finished.

    Args:
      decoder: what to run.
      output_time_major: whether outputs are [time, batch, ...], or else [batch, time, ...].
      impute_finished: whether a finished sequence keeps its state and has outputs of zeros.
      maximum_iterations: steps at most; None for no bound.
      parallel_iterations: as for `tf.while_loop`.
      swap_memory: as for `tf.while_loop`.
      scope: variable scope; None for 'decoder'.
      **kwargs: passed to `decoder.initialize`.

    Raises:
      TypeError: `decoder` is no `Decoder`.
      ValueError: `maximum_iterations` is no scalar.
    """
    if not isinstance(decoder, Decoder):
        raise TypeError(f'decoder must be a tf.contrib.seq2seq.Decoder, got {decoder!r}.')
    with tf.variable_scope(scope, 'decoder'):
        if maximum_iterations is not None:
            maximum_iterations = _scalar('maximum_iterations', maximum_iterations)
        finished, inputs, state = decoder.initialize(**kwargs)
        zeros = sizes.zeros_of(decoder.output_size, decoder.batch_size, decoder.output_dtype)
        if maximum_iterations is not None:
            finished = tf.logical_or(finished, maximum_iterations <= 0)
        loop = _Loop(decoder, zeros if impute_finished else None)
        lengths = tf.zeros_like(finished, tf.int32)
        _, arrays, state, _, _, lengths = tf.while_loop(
            lambda time, arrays, state, inputs, finished, lengths: tf.logical_not(tf.reduce_all(finished)),
            loop.body,
            (tf.constant(0), loop.arrays(), state, inputs, finished, lengths),
            parallel_iterations=parallel_iterations,
            maximum_iterations=maximum_iterations,
            swap_memory=swap_memory,
        )
        outputs = tf.nest.map_structure(lambda array: array.stack(), arrays)
        with contextlib.suppress(NotImplementedError):
            outputs, state = decoder.finalize(outputs, state, lengths)
        if not output_time_major:
            outputs = tf.nest.map_structure(batch_major, outputs)
    return outputs, state, lengths


def _scalar(name: str, value: int | tf.Tensor) -> tf.Tensor:
    value = tf.convert_to_tensor(value, dtype=tf.int32, name=name)
    if value.shape.rank != 0:
        raise ValueError(f'{name} must be a scalar, got shape {value.shape}.')
    return value


def batch_major(values: tf.Tensor) -> tf.Tensor:
    """Exchanges the first two dimensions, time and batch; returns values with fewer dimensions as they are."""
    if values.shape.rank is not None and values.shape.rank < 2:
        return values
    return tf.transpose(values, tf.concat([[1, 0], tf.range(2, tf.rank(values))], 0))


class _Loop:
    """One step of the loop, for a decoder."""

    def __init__(self, decoder: Decoder, zeros: object | None):
        """Args: `zeros` are what finished sequences put out, whose states are kept; None for neither."""
        self._decoder = decoder
        self._zeros = zeros

    def arrays(self) -> object:
        """Returns an empty TensorArray for each output."""
        batch = tf.get_static_value(self._decoder.batch_size)

        def make(size: object, dtype: tf.DType) -> tf.TensorArray:
            shape = tf.TensorShape([batch]).concatenate(tf.TensorShape(size))
            return tf.TensorArray(dtype, size=0, dynamic_size=True, element_shape=shape)

        return tf.nest.map_structure(make, self._decoder.output_size, self._decoder.output_dtype)

    def body(
        self, time: tf.Tensor, arrays: object, state: object, inputs: object, finished: tf.Tensor, lengths: tf.Tensor
    ) -> tuple:
        """Returns the loop's next values."""
        decoder = self._decoder
        outputs, next_state, next_inputs, next_finished = decoder.step(time, inputs, state)
        if not decoder.tracks_own_finished:
            next_finished = tf.logical_or(next_finished, finished)
        is_running = tf.logical_not(finished)
        lengths = tf.where(is_running, tf.fill(tf.shape(lengths), time + 1), lengths)
        tf.nest.assert_same_structure(state, next_state)
        tf.nest.assert_same_structure(arrays, outputs)
        tf.nest.assert_same_structure(inputs, next_inputs)
        if self._zeros is not None:
            outputs = tf.nest.map_structure(lambda out, zero: tf.where(finished, zero, out), outputs, self._zeros)
            next_state = tf.nest.map_structure(lambda new, old: _kept(finished, new, old), next_state, state)
        arrays = tf.nest.map_structure(lambda array, out: array.write(time, out), arrays, outputs)
        return time + 1, arrays, next_state, next_inputs, next_finished, lengths


def _kept(finished: tf.Tensor, new: object, old: object) -> object:
    """Returns `old` where finished; what has no batch, arrays and scalars, is always `new`."""
    if isinstance(old, tf.TensorArray) or old.shape.rank == 0:
        return new
    new.set_shape(old.shape)
    return tf.where(finished, old, new)
