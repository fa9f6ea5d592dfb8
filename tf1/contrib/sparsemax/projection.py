"""Sparsemax (Martins and Astudillo, 2016): the point of the simplex that is nearest to the logits."""

from __future__ import annotations

from typing import Any

import tf1 as tf


def sparsemax(logits: Any, name: str | None = None) -> tf.Tensor:
    """Returns probabilities [batch, classes], many of them 0, for `logits` [batch, classes] float.

    A row with NaN, or with infinity in place of its largest logit, is NaN as a whole.
    """
    with tf.name_scope(name, 'sparsemax', [logits]):
        logits = tf.convert_to_tensor(logits, name='logits')
        ordered = tf.sort(logits, axis=1, direction='DESCENDING')
        sums = tf.cumsum(ordered, axis=1)
        ranks = tf.range(1, tf.cast(tf.shape(logits)[1], logits.dtype) + 1, dtype=logits.dtype)
        support = tf.reduce_sum(tf.cast(1 + ranks * ordered > sums, tf.int32), axis=1, keepdims=True)
        # Where there is no support, the logits are NaN or infinite.
        last = tf.maximum(support, 1) - 1
        threshold = (tf.gather(sums, last, axis=1, batch_dims=1) - 1) / tf.cast(support, logits.dtype)
        result = tf.maximum(tf.cast(0, logits.dtype), logits - threshold)
        bad = tf.equal(support, 0) | tf.is_nan(sums[:, -1:])
        return tf.where(tf.broadcast_to(bad, tf.shape(logits)), tf.fill(tf.shape(logits), _nan(logits)), result)


def sparsemax_loss(logits: Any, sparsemax: Any, labels: Any, name: str | None = None) -> tf.Tensor:
    """Returns the loss [batch] whose gradient is sparsemax minus labels.

    Args:
      logits: [batch, classes] float.
      sparsemax: what `sparsemax` returns for them.
      labels: [batch, classes], probabilities.
      name: of the operation.
    """
    with tf.name_scope(name, 'sparsemax_loss', [logits, sparsemax, labels]):
        logits, sparsemax, labels = (tf.convert_to_tensor(each) for each in (logits, sparsemax, labels))
        labels = tf.cast(labels, logits.dtype)
        zero = tf.zeros_like(logits)
        # An infinite logit of no probability must not turn 0 * inf into NaN.
        of_sparsemax = tf.where(sparsemax <= 0, zero, sparsemax * (logits - 0.5 * sparsemax))
        of_labels = tf.where(tf.equal(labels, 0) & tf.is_inf(logits), zero, labels * (0.5 * labels - logits))
        return tf.reduce_sum(of_sparsemax + of_labels, axis=1)


def _nan(like: tf.Tensor) -> tf.Tensor:
    return tf.constant(float('nan'), like.dtype)
