"""Scores of tag sequences under a linear-chain CRF, and their likelihood."""

from __future__ import annotations

import tf1 as tf
from tf1.contrib.crf.cells import CrfForwardRnnCell


def crf_unary_score(tag_indices: tf.Tensor, sequence_lengths: tf.Tensor, inputs: tf.Tensor) -> tf.Tensor:
    """Returns the sum of the potentials of each sequence's tags, [batch].

    Args:
      tag_indices: [batch, time] integers.
      sequence_lengths: [batch] integers.
      inputs: potentials, [batch, time, tags].
    """
    tags = tf.cast(tag_indices, tf.int32)
    potentials = tf.gather(tf.convert_to_tensor(inputs), tags, axis=2, batch_dims=2)
    mask = tf.sequence_mask(sequence_lengths, maxlen=tf.shape(tags)[1], dtype=potentials.dtype)
    return tf.reduce_sum(potentials * mask, 1)


def crf_binary_score(tag_indices: tf.Tensor, sequence_lengths: tf.Tensor, transition_params: tf.Tensor) -> tf.Tensor:
    """Returns the sum of the transitions between each sequence's tags, [batch].

    Args:
      tag_indices: [batch, time] integers.
      sequence_lengths: [batch] integers.
      transition_params: [tags, tags], from row to column.
    """
    tags = tf.cast(tag_indices, tf.int32)
    transitions = tf.convert_to_tensor(transition_params)
    steps = tf.gather_nd(transitions, tf.stack([tags[:, :-1], tags[:, 1:]], axis=-1))
    mask = tf.sequence_mask(sequence_lengths, maxlen=tf.shape(tags)[1], dtype=steps.dtype)
    return tf.reduce_sum(steps * mask[:, 1:], 1)


def crf_sequence_score(
    inputs: tf.Tensor, tag_indices: tf.Tensor, sequence_lengths: tf.Tensor, transition_params: tf.Tensor
) -> tf.Tensor:
    """Returns potentials plus transitions of each tag sequence, [batch]; arguments as above."""
    unary = crf_unary_score(tag_indices, sequence_lengths, inputs)
    return unary + crf_binary_score(tag_indices, sequence_lengths, transition_params)


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
    allowed = tf.where(
        tf.cast(tag_bitmap, tf.bool), inputs, tf.fill(tf.shape(inputs), inputs.dtype.as_numpy_dtype(float('-inf')))
    )
    return crf_log_norm(allowed, sequence_lengths, transition_params)


def crf_log_norm(inputs: tf.Tensor, sequence_lengths: tf.Tensor, transition_params: tf.Tensor) -> tf.Tensor:
    """Returns the log of the summed exponentials of the scores of all sequences, [batch]; 0 for an empty one.

    Args:
      inputs: potentials, [batch, time, tags].
      sequence_lengths: [batch] integers.
      transition_params: [tags, tags].
    """
    inputs = tf.convert_to_tensor(inputs)
    lengths = tf.convert_to_tensor(sequence_lengths)
    _, alphas = tf.nn.dynamic_rnn(
        CrfForwardRnnCell(transition_params),
        inputs[:, 1:],
        sequence_length=tf.maximum(lengths - 1, 0),
        initial_state=inputs[:, 0],
        dtype=inputs.dtype,
    )
    norm = tf.reduce_logsumexp(alphas, [1])
    return tf.where(lengths <= 0, tf.zeros_like(norm), norm)


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
