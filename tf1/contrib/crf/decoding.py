"""The best tag sequence of a linear-chain CRF: `crf_decode` in the graph, `viterbi_decode` on arrays."""

from __future__ import annotations

import numpy as np

import tf1 as tf
from tf1.contrib.crf.cells import CrfDecodeBackwardRnnCell, CrfDecodeForwardRnnCell, num_steps
from tf1.contrib.framework import smart_cond


def crf_decode(
    potentials: tf.Tensor, transition_params: tf.Tensor, sequence_length: tf.Tensor
) -> tuple[tf.Tensor, tf.Tensor]:
    """Returns the best tags, [batch, time] int32, and their scores, [batch].

    Args:
      potentials: [batch, time, tags].
      transition_params: [tags, tags], from row to column.
      sequence_length: [batch] integers.
    """
    potentials = tf.convert_to_tensor(potentials)
    lengths = tf.convert_to_tensor(sequence_length)
    return smart_cond(
        tf.equal(num_steps(potentials), 1),
        lambda: _decode_one_step(potentials),
        lambda: _decode_several_steps(potentials, transition_params, lengths),
    )


def _decode_one_step(potentials: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    first = tf.squeeze(potentials, [1])
    tags = tf.expand_dims(tf.argmax(first, axis=1), 1)
    scores = tf.reduce_max(first, axis=1)
    return tf.cast(tags, tf.int32), scores


def _decode_several_steps(
    potentials: tf.Tensor, transition_params: tf.Tensor, lengths: tf.Tensor
) -> tuple[tf.Tensor, tf.Tensor]:
    cell = CrfDecodeForwardRnnCell(transition_params)
    initial_state = tf.squeeze(tf.slice(potentials, [0, 0, 0], [-1, 1, -1]), axis=[1])
    rest = tf.slice(potentials, [0, 1, 0], [-1, -1, -1])
    steps = tf.maximum(tf.constant(0, dtype=lengths.dtype), lengths - 1)
    pointers, scores = tf.nn.dynamic_rnn(cell, rest, sequence_length=steps, initial_state=initial_state, dtype=tf.int32)
    pointers = tf.reverse_sequence(pointers, steps, seq_axis=1)
    last = tf.expand_dims(tf.cast(tf.argmax(scores, axis=1), tf.int32), axis=-1)
    cell = CrfDecodeBackwardRnnCell(potentials.shape[2].value)
    tags, _ = tf.nn.dynamic_rnn(cell, pointers, sequence_length=steps, initial_state=last, dtype=tf.int32)
    backwards = tf.concat([last, tf.squeeze(tags, axis=[2])], axis=1)
    return tf.reverse_sequence(backwards, lengths, seq_axis=1), tf.reduce_max(scores, axis=1)


def viterbi_decode(score: np.ndarray, transition_params: np.ndarray) -> tuple[list[int], float]:
    """Returns the best tags, a list of `time` integers, and their score.

    Args:
      score: potentials, [time, tags].
      transition_params: [tags, tags], from row to column.
    """
    best = score[0]
    pointers = []
    for potentials in score[1:]:
        scores = best[:, np.newaxis] + transition_params
        pointers.append(np.argmax(scores, 0))
        best = potentials + np.max(scores, 0)
    viterbi = [np.argmax(best)]
    for before in pointers[::-1]:
        viterbi.append(before[viterbi[-1]])
    return viterbi[::-1], np.max(best)
