"""Helpers: what a decoder reads next, and when a sequence is finished."""

from __future__ import annotations

import abc
from collections.abc import Callable, Sequence

import tf1 as tf
from tf1.contrib.seq2seq import sampling


class Helper(abc.ABC):
    """The interface that `BasicDecoder` uses."""

    @property
    @abc.abstractmethod
    def batch_size(self) -> tf.Tensor:
        """Sequences, scalar int32."""
        raise NotImplementedError

    @property
    @abc.abstractmethod
    def sample_ids_shape(self) -> tf.TensorShape:
        """Shape of a sample, without the batch."""
        raise NotImplementedError

    @property
    @abc.abstractmethod
    def sample_ids_dtype(self) -> tf.DType:
        """Type of a sample."""
        raise NotImplementedError

    @abc.abstractmethod
    def initialize(self, name: str | None = None) -> tuple:
        """Returns (finished [batch] bool, first inputs)."""

    @abc.abstractmethod
    def sample(self, time: tf.Tensor, outputs: object, state: object, name: str | None = None) -> tf.Tensor:
        """Returns the samples of a step's outputs, [batch] + shape."""

    @abc.abstractmethod
    def next_inputs(
        self, time: tf.Tensor, outputs: object, state: object, sample_ids: tf.Tensor, name: str | None = None
    ) -> tuple:
        """Returns (finished [batch] bool, next inputs, next state)."""


class CustomHelper(Helper):
    """A helper made of three functions.

    Args:
      initialize_fn: returns (finished, first inputs).
      sample_fn: of `time`, `outputs` and `state`, returns samples.
      next_inputs_fn: of `time`, `outputs`, `state` and `sample_ids`, returns (finished, next inputs, next state).
      sample_ids_shape: shape of a sample without the batch; None for a scalar.
      sample_ids_dtype: type of a sample; None for int32.
    """

    def __init__(
        self,
        initialize_fn: Callable,
        sample_fn: Callable,
        next_inputs_fn: Callable,
        sample_ids_shape: Sequence[int] | None = None,
        sample_ids_dtype: tf.DType | None = None,
    ):
        self._initialize_fn = initialize_fn
        self._sample_fn = sample_fn
        self._next_inputs_fn = next_inputs_fn
        self._batch_size = None
        self._sample_ids_shape = tf.TensorShape(sample_ids_shape or [])
        self._sample_ids_dtype = sample_ids_dtype or tf.int32

    @property
    def batch_size(self) -> tf.Tensor:
        """Sequences, scalar int32; raises ValueError before `initialize`."""
        if self._batch_size is None:
            raise ValueError('initialize() must be called before batch_size is known.')
        return self._batch_size

    @property
    def sample_ids_shape(self) -> tf.TensorShape:
        """Shape of a sample, without the batch."""
        return self._sample_ids_shape

    @property
    def sample_ids_dtype(self) -> tf.DType:
        """Type of a sample."""
        return self._sample_ids_dtype

    def initialize(self, name: str | None = None) -> tuple:
        """Returns (finished, first inputs)."""
        with tf.name_scope(name, 'CustomHelperInitialize'):
            finished, next_inputs = self._initialize_fn()
            if self._batch_size is None:
                self._batch_size = tf.size(finished)
        return finished, next_inputs

    def sample(self, time: tf.Tensor, outputs: object, state: object, name: str | None = None) -> tf.Tensor:
        """Returns the function's samples."""
        with tf.name_scope(name, 'CustomHelperSample', (time, outputs, state)):
            return self._sample_fn(time=time, outputs=outputs, state=state)

    def next_inputs(
        self, time: tf.Tensor, outputs: object, state: object, sample_ids: tf.Tensor, name: str | None = None
    ) -> tuple:
        """Returns the function's (finished, next inputs, next state)."""
        with tf.name_scope(name, 'CustomHelperNextInputs', (time, outputs, state)):
            return self._next_inputs_fn(time=time, outputs=outputs, state=state, sample_ids=sample_ids)


class TrainingHelper(Helper):
    """Reads given inputs, step by step; samples are the argmax of outputs.

    Args:
      inputs: [batch, time, ...], or a structure of them.
      sequence_length: [batch] integers.
      time_major: whether inputs are [time, batch, ...].
      name: of the operations.

    Raises:
      ValueError: `sequence_length` is no vector.
    """

    def __init__(self, inputs: object, sequence_length: tf.Tensor, time_major: bool = False, name: str | None = None):
        with tf.name_scope(name, 'TrainingHelper', [sequence_length, *tf.nest.flatten(inputs)]):
            inputs = tf.nest.map_structure(tf.convert_to_tensor, inputs)
            self._inputs = inputs
            if not time_major:
                inputs = tf.nest.map_structure(time_first, inputs)
            self._input_tas = tf.nest.map_structure(unstacked, inputs)
            self._sequence_length = tf.convert_to_tensor(sequence_length, name='sequence_length')
            if self._sequence_length.shape.rank != 1:
                raise ValueError(f'sequence_length must be a vector, got shape {self._sequence_length.shape}.')
            self._zero_inputs = tf.nest.map_structure(lambda t: tf.zeros_like(t[0, :]), inputs)
            self._batch_size = tf.size(sequence_length)

    @property
    def inputs(self) -> object:
        """What is read, as it was given."""
        return self._inputs

    @property
    def sequence_length(self) -> tf.Tensor:
        """Lengths, [batch]."""
        return self._sequence_length

    @property
    def batch_size(self) -> tf.Tensor:
        """Sequences, scalar int32."""
        return self._batch_size

    @property
    def sample_ids_shape(self) -> tf.TensorShape:
        """A scalar's."""
        return tf.TensorShape([])

    @property
    def sample_ids_dtype(self) -> tf.DType:
        """tf.int32."""
        return tf.int32

    def initialize(self, name: str | None = None) -> tuple:
        """Returns (finished, inputs of step 0)."""
        with tf.name_scope(name, 'TrainingHelperInitialize'):
            return self._read(0, tf.equal(0, self._sequence_length))

    def sample(
        self, time: tf.Tensor, outputs: tf.Tensor, name: str | None = None, **unused_kwargs: object
    ) -> tf.Tensor:
        """Returns the argmax of outputs, [batch] int32."""
        with tf.name_scope(name, 'TrainingHelperSample', [time, outputs]):
            return tf.cast(tf.argmax(outputs, axis=-1), tf.int32)

    def next_inputs(
        self, time: tf.Tensor, outputs: object, state: object, name: str | None = None, **unused_kwargs: object
    ) -> tuple:
        """Returns (finished, inputs of the next step, `state`)."""
        with tf.name_scope(name, 'TrainingHelperNextInputs', [time, outputs, state]):
            time += 1
            return (*self._read(time, time >= tf.cast(self._sequence_length, tf.int32)), state)

    def _read(self, time: int | tf.Tensor, finished: tf.Tensor) -> tuple:
        """Returns (finished, inputs of step `time`); where all is finished zeros, for there may be no such step."""
        inputs = tf.cond(
            tf.reduce_all(finished),
            lambda: self._zero_inputs,
            lambda: tf.nest.map_structure(lambda array: array.read(time), self._input_tas),
        )
        return finished, inputs


def time_first(values: tf.Tensor) -> tf.Tensor:
    """Returns [batch, time, ...] as [time, batch, ...]."""
    return tf.transpose(values, tf.concat([[1, 0], tf.range(2, tf.rank(values))], 0))


def unstacked(values: tf.Tensor) -> tf.TensorArray:
    """Returns the steps of `values`, [time, batch, ...], as a TensorArray of [batch, ...]."""
    array = tf.TensorArray(values.dtype, size=tf.shape(values)[0], element_shape=values.shape[1:])
    return array.unstack(values)


class GreedyEmbeddingHelper(Helper):
    """Feeds the embedding of the likeliest token back.

    Args:
      embedding: a table [tokens, n], or a function of ids.
      start_tokens: [batch] int32.
      end_token: scalar int32 that finishes a sequence.

    Raises:
      ValueError: `start_tokens` is no vector, or `end_token` no scalar.
    """

    def __init__(self, embedding: object, start_tokens: tf.Tensor, end_token: int | tf.Tensor):
        self._embedding_fn = embedding_function(embedding)
        self._start_tokens = tf.convert_to_tensor(start_tokens, dtype=tf.int32, name='start_tokens')
        self._end_token = tf.convert_to_tensor(end_token, dtype=tf.int32, name='end_token')
        check_tokens(self._start_tokens, self._end_token)
        self._batch_size = tf.size(self._start_tokens)
        self._start_inputs = self._embedding_fn(self._start_tokens)

    @property
    def batch_size(self) -> tf.Tensor:
        """Sequences, scalar int32."""
        return self._batch_size

    @property
    def sample_ids_shape(self) -> tf.TensorShape:
        """A scalar's."""
        return tf.TensorShape([])

    @property
    def sample_ids_dtype(self) -> tf.DType:
        """tf.int32."""
        return tf.int32

    def initialize(self, name: str | None = None) -> tuple:
        """Returns (finished, embedded start tokens)."""
        return tf.tile([False], [self._batch_size]), self._start_inputs

    def sample(self, time: tf.Tensor, outputs: tf.Tensor, state: object, name: str | None = None) -> tf.Tensor:
        """Returns the argmax of outputs, [batch] int32; raises TypeError unless `outputs` is one tensor."""
        check_logits(outputs)
        return tf.argmax(outputs, axis=-1, output_type=tf.int32)

    def next_inputs(
        self, time: tf.Tensor, outputs: object, state: object, sample_ids: tf.Tensor, name: str | None = None
    ) -> tuple:
        """Returns (finished, embedded samples, `state`)."""
        finished = tf.equal(sample_ids, self._end_token)
        inputs = tf.cond(tf.reduce_all(finished), lambda: self._start_inputs, lambda: self._embedding_fn(sample_ids))
        return finished, inputs, state


def embedding_function(embedding: object) -> Callable:
    """Returns a function of ids: `embedding` itself, or a look-up in it."""
    return embedding if callable(embedding) else lambda ids: tf.nn.embedding_lookup(embedding, ids)


def check_tokens(start_tokens: tf.Tensor, end_token: tf.Tensor) -> None:
    """Raises ValueError unless `start_tokens` is a vector and `end_token` a scalar."""
    if start_tokens.shape.rank != 1:
        raise ValueError(f'start_tokens must be a vector, got shape {start_tokens.shape}.')
    if end_token.shape.rank != 0:
        raise ValueError(f'end_token must be a scalar, got shape {end_token.shape}.')


def check_logits(outputs: object) -> None:
    """Raises TypeError unless `outputs` is one tensor."""
    if not isinstance(outputs, tf.Tensor):
        raise TypeError(f'outputs must be one tensor, got {type(outputs).__name__}.')


class SampleEmbeddingHelper(GreedyEmbeddingHelper):
    """Feeds the embedding of a sampled token back.

    Args:
      embedding: as for `GreedyEmbeddingHelper`.
      start_tokens: as for `GreedyEmbeddingHelper`.
      end_token: as for `GreedyEmbeddingHelper`.
      softmax_temperature: divides the logits; None for 1.
      seed: of sampling.
    """

    def __init__(
        self,
        embedding: object,
        start_tokens: tf.Tensor,
        end_token: int | tf.Tensor,
        softmax_temperature: float | tf.Tensor | None = None,
        seed: int | None = None,
    ):
        super().__init__(embedding, start_tokens, end_token)
        self._softmax_temperature = softmax_temperature
        self._seed = seed

    def sample(self, time: tf.Tensor, outputs: tf.Tensor, state: object, name: str | None = None) -> tf.Tensor:
        """Returns tokens drawn from the logits `outputs`, [batch] int32; raises TypeError as the greedy helper."""
        check_logits(outputs)
        logits = outputs if self._softmax_temperature is None else outputs / self._softmax_temperature
        return sampling.categorical(logits, self._seed)


class InferenceHelper(Helper):
    """Feeds samples of one's own back.

    Args:
      sample_fn: of outputs, returns samples.
      sample_shape: shape of a sample without the batch.
      sample_dtype: type of a sample.
      start_inputs: first inputs, [batch, ...].
      end_fn: of samples, returns finished, [batch] bool.
      next_inputs_fn: of samples, returns inputs; None where samples are inputs.
    """

    def __init__(
        self,
        sample_fn: Callable,
        sample_shape: Sequence[int],
        sample_dtype: tf.DType,
        start_inputs: tf.Tensor,
        end_fn: Callable,
        next_inputs_fn: Callable | None = None,
    ):
        self._sample_fn = sample_fn
        self._end_fn = end_fn
        self._sample_shape = tf.TensorShape(sample_shape)
        self._sample_dtype = sample_dtype
        self._next_inputs_fn = next_inputs_fn
        self._batch_size = tf.shape(start_inputs)[0]
        self._start_inputs = tf.convert_to_tensor(start_inputs, name='start_inputs')

    @property
    def batch_size(self) -> tf.Tensor:
        """Sequences, scalar int32."""
        return self._batch_size

    @property
    def sample_ids_shape(self) -> tf.TensorShape:
        """Shape of a sample, without the batch."""
        return self._sample_shape

    @property
    def sample_ids_dtype(self) -> tf.DType:
        """Type of a sample."""
        return self._sample_dtype

    def initialize(self, name: str | None = None) -> tuple:
        """Returns (finished, start inputs)."""
        return tf.tile([False], [self._batch_size]), self._start_inputs

    def sample(self, time: tf.Tensor, outputs: object, state: object, name: str | None = None) -> tf.Tensor:
        """Returns the function's samples."""
        return self._sample_fn(outputs)

    def next_inputs(
        self, time: tf.Tensor, outputs: object, state: object, sample_ids: tf.Tensor, name: str | None = None
    ) -> tuple:
        """Returns (finished, inputs made of samples, `state`)."""
        inputs = sample_ids if self._next_inputs_fn is None else self._next_inputs_fn(sample_ids)
        return self._end_fn(sample_ids), inputs, state
