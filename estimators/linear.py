"""Systems A1 and A2: softmax regression on MNIST, as it is or translated."""

from __future__ import annotations

from typing import Any, NamedTuple

import tf1 as tf
from estimators import classifier, inputs
from estimators.hparams import HParams

ORIGINAL = HParams(side=28, learning_rate=0.5, batch_size=100, steps=9000)
TRANSLATED = HParams(side=40, learning_rate=0.5, batch_size=100, steps=5000)


class Net(NamedTuple):
    """Tensors of the network."""

    images: tf.Tensor
    """`[batch, side * side]` float32."""
    logits: tf.Tensor
    """`[batch, 10]` float32."""


def build(images: tf.Tensor) -> Net:
    """Builds one dense layer of 10 units on `images`, `[batch, side * side]` float32."""
    return Net(images, tf.layers.dense(inputs=images, units=classifier.NUM_CLASSES))


def model_fn(
    features: dict[str, tf.Tensor], labels: tf.Tensor | None, mode: str, params: dict[str, Any]
) -> tf.estimator.EstimatorSpec:
    """Softmax regression, trained by gradient descent.

    Args:
      features: `x` `[batch, side * side]` float32.
      labels: `[batch]` int32.
      mode: a `tf.estimator.ModeKeys` value.
      params: the fields of `HParams`.
    """
    net = build(features[inputs.FEATURE])
    if mode == tf.estimator.ModeKeys.TRAIN:
        classifier.summarize_input(tf.reshape(net.images, [-1, params['side'], params['side'], 1]))
    optimizer = tf.train.GradientDescentOptimizer(learning_rate=params['learning_rate'])
    return classifier.spec(mode, net.logits, labels, classifier.predictions(net.logits), optimizer)
