"""`tf.contrib.losses.metric_learning`: losses of embeddings `[batch, size] float32`; each returns a scalar."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from tf1._namespace import removed

__all__ = ['contrastive_loss', 'lifted_struct_loss', 'npairs_loss', 'triplet_semihard_loss']


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.losses.metric_learning', name)


def contrastive_loss(labels: Any, embeddings_anchor: Any, embeddings_positive: Any, margin: float = 1.0) -> tf.Tensor:
    """Draws pairs together where the label is 1, and pushes them `margin` apart where it is 0.

    Args:
      labels: `[batch]`, 0 or 1.
      embeddings_anchor: one side of the pairs.
      embeddings_positive: the other side.
      margin: distance beyond which different examples cost nothing.
    """
    distances = tf.sqrt(tf.reduce_sum(tf.math.squared_difference(embeddings_anchor, embeddings_positive), 1))
    apart = tf.cast(labels, tf.float32) * tf.square(distances)
    near = (1.0 - tf.cast(labels, tf.float32)) * tf.square(tf.maximum(margin - distances, 0.0))
    return tf.reduce_mean(apart + near, name='contrastive_loss')


def triplet_semihard_loss(labels: Any, embeddings: Any, margin: float = 1.0) -> tf.Tensor:
    """The triplet loss with semi-hard negatives (FaceNet), on squared distances.

    For each pair of examples with one label, the negative is the nearest that is farther than the positive; if there
    is none, the farthest of all.

    Args:
      labels: `[batch]` int32.
      embeddings: should have unit length.
      margin: by how much a negative must be farther.
    """
    labels = tf.convert_to_tensor(labels)
    labels = tf.reshape(labels, [tf.shape(labels)[0], 1])
    squared = _squared_distances_by_products(embeddings)
    same = tf.equal(labels, tf.transpose(labels))
    other = tf.logical_not(same)
    batch = tf.size(labels)
    # Row i + batch * j has the distances from example i, for the pair of i and j.
    rows = tf.tile(squared, [batch, 1])
    negative = tf.tile(other, [batch, 1])
    semihard = tf.logical_and(negative, tf.greater(rows, tf.reshape(tf.transpose(squared), [-1, 1])))
    found = tf.greater(tf.reduce_sum(tf.cast(semihard, tf.float32), 1, keepdims=True), 0.0)
    found = tf.transpose(tf.reshape(found, [batch, batch]))
    other, semihard = tf.cast(other, tf.float32), tf.cast(semihard, tf.float32)
    nearest = tf.transpose(tf.reshape(_masked_minimum(rows, semihard), [batch, batch]))
    farthest = tf.tile(_masked_maximum(squared, other), [1, batch])
    losses = tf.add(margin, squared - tf.where(found, nearest, farthest))
    pairs = tf.cast(same, tf.float32) - tf.diag(tf.ones([batch]))
    number = tf.reduce_sum(pairs)
    total = tf.reduce_sum(tf.maximum(tf.multiply(losses, pairs), 0.0))
    return tf.truediv(total, number, name='triplet_semihard_loss')


def npairs_loss(
    labels: Any,
    embeddings_anchor: Any,
    embeddings_positive: Any,
    reg_lambda: float = 0.002,
    print_losses: bool = False,
) -> tf.Tensor:
    """The N-pairs loss: softmax cross entropy of dot products, and a penalty on long embeddings.

    Args:
      labels: `[batch]` int32.
      embeddings_anchor: one side of the pairs.
      embeddings_positive: the other side.
      reg_lambda: strength of the penalty.
      print_losses: whether each run prints both parts to stderr.
    """
    of_anchor, of_positive = (
        tf.reduce_mean(tf.reduce_sum(tf.square(side), 1)) for side in (embeddings_anchor, embeddings_positive)
    )
    penalty = tf.multiply(0.25 * reg_lambda, of_anchor + of_positive, name='l2loss')
    similarity = tf.matmul(embeddings_anchor, embeddings_positive, transpose_b=True)
    labels = tf.convert_to_tensor(labels)
    labels = tf.reshape(labels, [tf.shape(labels)[0], 1])
    same = tf.cast(tf.equal(labels, tf.transpose(labels)), tf.float32)
    targets = same / tf.reduce_sum(same, 1, keepdims=True)
    entropies = tf.nn.softmax_cross_entropy_with_logits(labels=targets, logits=similarity)
    entropy = tf.reduce_mean(entropies, name='xentropy')
    if print_losses:
        with tf.control_dependencies([tf.print('cross entropy:', entropy, 'l2loss:', penalty)]):
            entropy = tf.identity(entropy)
    return penalty + entropy


def lifted_struct_loss(labels: Any, embeddings: Any, margin: float = 1.0) -> tf.Tensor:
    """The lifted structured loss: each positive pair against all negatives of both its examples.

    Args:
      labels: `[batch]` int32.
      embeddings: need not have unit length.
      margin: by how much negatives must be farther.
    """
    same = _same(labels)
    distances = tf.sqrt(_squared_distances(tf.convert_to_tensor(embeddings)))
    far = tf.fill(tf.shape(distances), -float('inf'))
    negatives = tf.reduce_logsumexp(tf.where(same, far, margin - distances), 1)
    both = tf.stack(tf.meshgrid(negatives, negatives))
    losses = tf.maximum(tf.reduce_logsumexp(both, 0) + distances, 0.0)
    pairs = tf.cast(_others(same), tf.float32)
    return tf.truediv(tf.reduce_sum(tf.square(losses * pairs)), 2.0 * tf.reduce_sum(pairs), name='liftedstruct_loss')


def _same(labels: Any) -> tf.Tensor:
    """Returns which pairs have one label, `[batch, batch] bool`."""
    labels = tf.reshape(labels, [-1])
    return tf.equal(labels[:, tf.newaxis], labels[tf.newaxis, :])


def _others(same: tf.Tensor) -> tf.Tensor:
    """Returns `same` without the pairs of an example with itself."""
    return same & ~tf.eye(tf.shape(same)[0], dtype=tf.bool)


def _squared_distances(embeddings: tf.Tensor) -> tf.Tensor:
    """Returns `[batch, batch]`; by differences, as the square of a sum loses digits for near embeddings."""
    return tf.reduce_sum(tf.math.squared_difference(embeddings[:, tf.newaxis], embeddings[tf.newaxis, :]), 2)


def _squared_distances_by_products(embeddings: Any) -> tf.Tensor:
    """Returns `[batch, batch]` as TF 1.15 computes it, from squares and products; exactly 0 on the diagonal."""
    squares = tf.add(
        tf.reduce_sum(tf.square(embeddings), axis=[1], keepdims=True),
        tf.reduce_sum(tf.square(tf.transpose(embeddings)), axis=[0], keepdims=True),
    )
    distances = tf.maximum(squares - 2.0 * tf.matmul(embeddings, tf.transpose(embeddings)), 0.0)
    positive = tf.logical_not(tf.less_equal(distances, 0.0))
    distances = tf.multiply(distances, tf.cast(positive, tf.float32))
    number = tf.shape(embeddings)[0]
    return tf.multiply(distances, tf.ones_like(distances) - tf.diag(tf.ones([number])))


def _masked_minimum(values: tf.Tensor, mask: tf.Tensor) -> tf.Tensor:
    """Returns the least of each row's values where the mask is 1; the greatest of all where it is 0 everywhere."""
    greatest = tf.reduce_max(values, 1, keepdims=True)
    return tf.reduce_min(tf.multiply(values - greatest, mask), 1, keepdims=True) + greatest


def _masked_maximum(values: tf.Tensor, mask: tf.Tensor) -> tf.Tensor:
    """Returns the greatest of each row's values where the mask is 1; the least of all where it is 0 everywhere."""
    least = tf.reduce_min(values, 1, keepdims=True)
    return tf.reduce_max(tf.multiply(values - least, mask), 1, keepdims=True) + least
