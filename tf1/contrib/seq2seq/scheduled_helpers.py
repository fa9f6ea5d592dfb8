"""Training helpers that now and then feed what the model itself put out (arXiv:1506.03099)."""

from __future__ import annotations

from collections.abc import Callable

import tf1 as tf
from tf1.contrib.seq2seq import sampling
from tf1.contrib.seq2seq.helpers import TrainingHelper, embedding_function, time_first, unstacked


class ScheduledEmbeddingTrainingHelper(TrainingHelper):
    """Feeds, with some probability, the embedding of a sampled token; samples are -1 where none was drawn.

    Args:
      inputs: as for `TrainingHelper`.
      sequence_length: as for `TrainingHelper`.
      embedding: a table [tokens, n], or a function of ids.
      sampling_probability: scalar or [batch] float32.
      time_major: as for `TrainingHelper`.
      seed: of the sampled tokens.
      scheduling_seed: of the choice whether to sample.
      name: of the operations.

    Raises:
      ValueError: `sampling_probability` has more than one dimension.
    """

    def __init__(
        self,
        inputs: object,
        sequence_length: tf.Tensor,
        embedding: object,
        sampling_probability: float | tf.Tensor,
        time_major: bool = False,
        seed: int | None = None,
        scheduling_seed: int | None = None,
        name: str | None = None,
    ):
        with tf.name_scope(name, 'ScheduledEmbeddingSamplingWrapper'):
            self._embedding_fn = embedding_function(embedding)
            self._sampling_probability = _probability(sampling_probability)
            self._seed = seed
            self._scheduling_seed = scheduling_seed
            super().__init__(inputs, sequence_length, time_major, name)

    def sample(self, time: tf.Tensor, outputs: tf.Tensor, state: object, name: str | None = None) -> tf.Tensor:
        """Returns tokens drawn from the logits `outputs`, or -1: [batch] int32."""
        with tf.name_scope(name, 'ScheduledEmbeddingTrainingHelperSample'):
            chosen = sampling.bernoulli(self._sampling_probability, self.batch_size, self._scheduling_seed)
            tokens = sampling.categorical(outputs, self._seed)
            return tf.where(chosen, tokens, tf.fill([self.batch_size], -1))

    def next_inputs(
        self, time: tf.Tensor, outputs: object, state: object, sample_ids: tf.Tensor, name: str | None = None
    ) -> tuple:
        """Returns (finished, given or embedded inputs, `state`)."""
        with tf.name_scope(name, 'ScheduledEmbeddingTrainingHelperNextInputs'):
            finished, given, state = super().next_inputs(time, outputs, state)

            def embedded() -> tf.Tensor:
                sampled, others = _rows_where(sample_ids > -1), _rows_where(sample_ids <= -1)
                ids, kept = tf.gather_nd(sample_ids, sampled), tf.gather_nd(given, others)
                return _joined(sampled, self._embedding_fn(ids), others, kept, tf.shape(given))

            return finished, tf.cond(tf.reduce_all(finished), lambda: given, embedded), state


class ScheduledOutputTrainingHelper(TrainingHelper):
    """Feeds, with some probability, the last output; samples are 1 where it is fed, else 0.

    Args:
      inputs: as for `TrainingHelper`, one tensor.
      sequence_length: as for `TrainingHelper`.
      sampling_probability: scalar or [batch] float32.
      time_major: as for `TrainingHelper`.
      seed: of the choice whether to feed outputs.
      next_inputs_fn: of outputs, returns inputs; None where outputs are inputs.
      auxiliary_inputs: joined to inputs and to fed outputs, [batch, time, ...].
      name: of the operations.

    Raises:
      ValueError: `sampling_probability` has more than one dimension.
    """

    def __init__(
        self,
        inputs: tf.Tensor,
        sequence_length: tf.Tensor,
        sampling_probability: float | tf.Tensor,
        time_major: bool = False,
        seed: int | None = None,
        next_inputs_fn: Callable | None = None,
        auxiliary_inputs: tf.Tensor | None = None,
        name: str | None = None,
    ):
        with tf.name_scope(name, 'ScheduledOutputTrainingHelper'):
            self._sampling_probability = _probability(sampling_probability)
            self._seed = seed
            self._next_inputs_fn = next_inputs_fn
            self._auxiliary = None
            if auxiliary_inputs is not None:
                auxiliary_inputs = tf.convert_to_tensor(auxiliary_inputs)
                inputs = tf.concat([inputs, auxiliary_inputs], -1)
                self._auxiliary = unstacked(auxiliary_inputs if time_major else time_first(auxiliary_inputs))
            super().__init__(inputs, sequence_length, time_major, name)

    def sample(self, time: tf.Tensor, outputs: tf.Tensor, state: object, name: str | None = None) -> tf.Tensor:
        """Returns 1 for each sequence that gets its output fed, else 0: [batch] int32."""
        with tf.name_scope(name, 'ScheduledOutputTrainingHelperSample'):
            return sampling.bernoulli(self._sampling_probability, self.batch_size, self._seed, tf.int32)

    def next_inputs(
        self, time: tf.Tensor, outputs: tf.Tensor, state: object, sample_ids: tf.Tensor, name: str | None = None
    ) -> tuple:
        """Returns (finished, given inputs or outputs, `state`)."""
        with tf.name_scope(name, 'ScheduledOutputTrainingHelperNextInputs'):
            finished, given, state = super().next_inputs(time, outputs, state)
            chosen = tf.cast(sample_ids, tf.bool)

            def joined(own: tf.Tensor, rows: tf.Tensor | None = None) -> tf.Tensor:
                if self._auxiliary is None:
                    return own
                auxiliary = self._auxiliary.read(time + 1)
                return tf.concat([own, auxiliary if rows is None else tf.gather_nd(auxiliary, rows)], -1)

            def fed() -> tf.Tensor:
                if self._next_inputs_fn is None:
                    return tf.where(chosen, joined(outputs), given)
                sampled, others = _rows_where(chosen), _rows_where(tf.logical_not(chosen))
                own, kept = tf.gather_nd(outputs, sampled), tf.gather_nd(given, others)
                own = joined(self._next_inputs_fn(own), sampled)
                return _joined(sampled, own, others, kept, tf.shape(given))

            is_given = tf.logical_or(tf.reduce_all(finished), tf.logical_not(tf.reduce_any(chosen)))
            return finished, tf.cond(is_given, lambda: given, fed), state


def _probability(value: float | tf.Tensor) -> tf.Tensor:
    value = tf.convert_to_tensor(value, name='sampling_probability')
    if value.shape.rank not in (0, 1):
        raise ValueError(f'sampling_probability must be a scalar or a vector, got shape {value.shape}.')
    return value


def _rows_where(condition: tf.Tensor) -> tf.Tensor:
    """Returns the places of what is true in `condition`, [batch] bool: [rows, 1] int32."""
    return tf.cast(tf.where(condition), tf.int32)


def _joined(
    sampled: tf.Tensor, sampled_rows: tf.Tensor, others: tf.Tensor, other_rows: tf.Tensor, shape: tf.Tensor
) -> tf.Tensor:
    """Returns a tensor of `shape` from the rows at two lists of places, which are all of its rows."""
    return tf.scatter_nd(sampled, sampled_rows, shape) + tf.scatter_nd(others, other_rows, shape)
