"""The cross entropies of `tf.nn` with the logits first, as their arguments stood before TF 1.0."""

from __future__ import annotations

from typing import Any

import tf1 as tf


def deprecated_flipped_softmax_cross_entropy_with_logits(
    logits: Any, labels: Any, dim: int = -1, name: str | None = None
) -> tf.Tensor:
    """Returns `tf.nn.softmax_cross_entropy_with_logits`: [batch] of `logits` and `labels` [batch, classes]."""
    return tf.nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits, dim=dim, name=name)


def deprecated_flipped_sparse_softmax_cross_entropy_with_logits(
    logits: Any, labels: Any, name: str | None = None
) -> tf.Tensor:
    """Returns `tf.nn.sparse_softmax_cross_entropy_with_logits`: [batch] of `logits` and int `labels` [batch]."""
    return tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits, name=name)


def deprecated_flipped_sigmoid_cross_entropy_with_logits(
    logits: Any, targets: Any, name: str | None = None
) -> tf.Tensor:
    """Returns `tf.nn.sigmoid_cross_entropy_with_logits`, of the shape of `logits` and `targets`."""
    return tf.nn.sigmoid_cross_entropy_with_logits(labels=targets, logits=logits, name=name)
