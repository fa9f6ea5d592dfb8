"""Derivatives of the sigmoid's cross entropy, in TF 1.15's order of operations, which decides the last bit."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.canned.boosted_trees import old_rounding

Derivatives = tuple[tf.Tensor, tf.Tensor]


def plain_derivatives(logits: tf.Tensor, labels: tf.Tensor, weights: Any) -> Derivatives:
    """Returns gradients and hessians of the mean over a batch of equal weights, each [batch, 1] float32.

    Args:
      logits: [batch, 1] float32.
      labels: [batch, 1] float32.
      weights: 1.0.
    """
    del weights
    probabilities = old_rounding.inverse(1.0 + old_rounding.exp(-logits))
    share = old_rounding.inverse(tf.size(logits))
    gradients = (probabilities - labels) * share
    if labels.shape.is_fully_defined():
        # A share that is known beforehand goes first.
        return gradients, probabilities * share * (1.0 - probabilities)
    return gradients, probabilities * (1.0 - probabilities) * share


def derivatives(logits: tf.Tensor, labels: tf.Tensor, weights: Any) -> Derivatives:
    """Returns gradients and hessians of the mean over a batch, as differentiation makes them of the loss's operations.

    Args:
      logits: [batch, 1] float32.
      labels: [batch, 1] float32.
      weights: [batch, 1] float32, or a number.
    """
    is_positive = logits >= 0.0
    sign = tf.where(is_positive, -tf.ones_like(logits), tf.ones_like(logits))
    share = weights * tf.fill(tf.shape(logits), old_rounding.inverse(tf.size(logits)))
    power = old_rounding.exp(sign * logits)
    inverse = old_rounding.inverse(1.0 + power)
    scaled = share * inverse
    linear = tf.where(is_positive, share, tf.zeros_like(share))
    gradients = (linear + sign * (scaled * power)) - share * labels
    curved = sign * scaled - sign * power * share * (inverse * inverse)
    return gradients, sign * (curved * power)
