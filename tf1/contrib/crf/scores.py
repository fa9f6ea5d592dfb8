"""Scores of tag sequences under a linear-chain CRF, and their likelihood."""

from __future__ import annotations

import tf1 as tf
from tf1.contrib.crf.cells import CrfForwardRnnCell, num_steps
from tf1.contrib.framework import smart_cond


def crf_unary_score(tag_indices: tf.Tensor, sequence_lengths: tf.Tensor, inputs: tf.Tensor) -> tf.Tensor:
    """Returns the sum of the potentials of each sequence's tags, [batch].

    Args:
      tag_indices: [batch, time] integers.
      sequence_lengths: [batch] integers.
      inputs: potentials, [batch, time, tags].
    """
    inputs = tf.convert_to_tensor(inputs)
    batch_size, max_length, num_tags = (tf.shape(inputs)[axis] for axis in range(3))
    flat_inputs = tf.reshape(inputs, [-1])
    offsets = tf.expand_dims(tf.range(batch_size) * max_length * num_tags, 1)
    offsets += tf.expand_dims(tf.range(max_length) * num_tags, 0)
    # Positions in int32, as TF 1.15 builds them, or in int64 where the tags are.
    tags = tf.convert_to_tensor(tag_indices)
    if tags.dtype == tf.int64:
        offsets = tf.cast(offsets, tf.int64)
    positions = tf.reshape(offsets + tags, [-1])
    potentials = tf.reshape(tf.gather(flat_inputs, positions), [batch_size, max_length])
    mask = tf.sequence_mask(sequence_lengths, maxlen=tf.shape(tags)[1], dtype=potentials.dtype)
    return tf.reduce_sum(potentials * mask, 1)


def crf_binary_score(tag_indices: tf.Tensor, sequence_lengths: tf.Tensor, transition_params: tf.Tensor) -> tf.Tensor:
    """Returns the sum of the transitions between each sequence's tags, [batch].

    Args:
      tag_indices: [batch, time] integers.
      sequence_lengths: [batch] integers.
      transition_params: [tags, tags], from row to column.
    """
    tags, transitions = tf.convert_to_tensor(tag_indices), tf.convert_to_tensor(transition_params)
    num_tags = transitions.shape[0].value
    num_transitions = tf.shape(tags)[1] - 1
    starts = tf.slice(tags, [0, 0], [-1, num_transitions])
    ends = tf.slice(tags, [0, 1], [-1, num_transitions])
    positions = starts * num_tags + ends
    steps = tf.gather(tf.reshape(transitions, [-1]), positions)
    mask = tf.sequence_mask(sequence_lengths, maxlen=tf.shape(tags)[1], dtype=steps.dtype)
    return tf.reduce_sum(steps * tf.slice(mask, [0, 1], [-1, -1]), 1)


def crf_sequence_score(
    inputs: tf.Tensor, tag_indices: tf.Tensor, sequence_lengths: tf.Tensor, transition_params: tf.Tensor
) -> tf.Tensor:
    """Returns potentials plus transitions of each tag sequence, [batch]; arguments as above."""
    inputs, tags = tf.convert_to_tensor(inputs), tf.convert_to_tensor(tag_indices)

    def of_one_step() -> tf.Tensor:
        examples = tf.reshape(tf.range(tf.shape(inputs)[0]), [-1, 1])
        positions = tf.concat([tf.cast(examples, tags.dtype), tags], axis=1)
        return _zero_if_empty(tf.gather_nd(tf.squeeze(inputs, [1]), positions), sequence_lengths)

    def of_several_steps() -> tf.Tensor:
        unary = crf_unary_score(tags, sequence_lengths, inputs)
        return unary + crf_binary_score(tags, sequence_lengths, transition_params)

    return smart_cond(tf.equal(num_steps(inputs), 1), of_one_step, of_several_steps)


def crf_multitag_sequence_score(
    inputs: tf.Tensor, tag_bitmap: tf.Tensor, sequence_lengths: tf.Tensor, transition_params: tf.Tensor
) -> tf.Tensor:
    """Returns the log of the summed exponentials of the scores of all sequences that `tag_bitmap` allows, [batch].

    Args:
      inputs: potentials, [batch, time, tags].
      tag_bitmap: [batch, time, tags] booleans.
      sequence_lengths: [batch] integers.
      transition_params: [tags, tags].
    """
    inputs = tf.convert_to_tensor(inputs)

    def score() -> tf.Tensor:
        nowhere = tf.fill(tf.shape(inputs), inputs.dtype.as_numpy_dtype(float('-inf')))
        allowed = tf.where(tf.cast(tag_bitmap, tf.bool), inputs, nowhere)
        return crf_log_norm(allowed, sequence_lengths, transition_params)

    return smart_cond(tf.equal(num_steps(inputs), 1), score, score)


def crf_log_norm(inputs: tf.Tensor, sequence_lengths: tf.Tensor, transition_params: tf.Tensor) -> tf.Tensor:
    """Returns the log of the summed exponentials of the scores of all sequences, [batch]; 0 for an empty one.

    Args:
      inputs: potentials, [batch, time, tags].
      sequence_lengths: [batch] integers.
      transition_params: [tags, tags].
    """
    inputs = tf.convert_to_tensor(inputs)
    lengths = tf.convert_to_tensor(sequence_lengths)
    first_input = tf.squeeze(tf.slice(inputs, [0, 0, 0], [-1, 1, -1]), [1])

    def of_one_step() -> tf.Tensor:
        return _zero_if_empty(tf.reduce_logsumexp(first_input, [1]), lengths)

    def of_several_steps() -> tf.Tensor:
        rest = tf.slice(inputs, [0, 1, 0], [-1, -1, -1])
        cell = CrfForwardRnnCell(transition_params)
        steps = tf.maximum(tf.constant(0, dtype=lengths.dtype), lengths - 1)
        _, alphas = tf.nn.dynamic_rnn(cell, rest, sequence_length=steps, initial_state=first_input, dtype=inputs.dtype)
        return _zero_if_empty(tf.reduce_logsumexp(alphas, [1]), lengths)

    return smart_cond(tf.equal(num_steps(inputs), 1), of_one_step, of_several_steps)


def _zero_if_empty(values: tf.Tensor, lengths: tf.Tensor) -> tf.Tensor:
    return tf.where(tf.less_equal(lengths, 0), tf.zeros_like(values), values)


def crf_log_likelihood(
    inputs: tf.Tensor,
    tag_indices: tf.Tensor,
    sequence_lengths: tf.Tensor,
    transition_params: tf.Tensor | None = None,
) -> tuple[tf.Tensor, tf.Tensor]:
    """Returns the log-likelihood of each tag sequence, [batch], and the transitions, [tags, tags].

    Args:
      inputs: potentials, [batch, time, tags].
      tag_indices: [batch, time] integers.
      sequence_lengths: [batch] integers.
      transition_params: [tags, tags]; None for the variable `transitions`.
    """
    if transition_params is None:
        tags = inputs.shape[2].value
        transition_params = tf.get_variable('transitions', [tags, tags])
    score = crf_sequence_score(inputs, tag_indices, sequence_lengths, transition_params)
    return score - crf_log_norm(inputs, sequence_lengths, transition_params), transition_params
