"""The best tag sequence of a linear-chain CRF: `crf_decode` in the graph, `viterbi_decode` on arrays."""

from __future__ import annotations

import numpy as np

import tf1 as tf
from tf1.contrib.crf.cells import CrfDecodeBackwardRnnCell, CrfDecodeForwardRnnCell


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
    steps = tf.maximum(lengths - 1, 0)
    pointers, scores = tf.nn.dynamic_rnn(
        CrfDecodeForwardRnnCell(transition_params),
        potentials[:, 1:],
        sequence_length=steps,
        initial_state=potentials[:, 0],
        dtype=tf.int32,
        scope='crf_fwd',
    )
    last = tf.argmax(scores, 1, output_type=tf.int32)[:, tf.newaxis]
    tags, _ = tf.nn.dynamic_rnn(
        CrfDecodeBackwardRnnCell(potentials.shape[2].value),
        tf.reverse_sequence(pointers, steps, seq_axis=1),
        sequence_length=steps,
        initial_state=last,
        dtype=tf.int32,
        scope='crf_bwd',
    )
    backwards = tf.concat([last, tags[:, :, 0]], 1)
    return tf.reverse_sequence(backwards, lengths, seq_axis=1), tf.reduce_max(scores, 1)


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
