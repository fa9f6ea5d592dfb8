"""System A3: a multi-layer perceptron on translated MNIST."""

from __future__ import annotations

import dataclasses
from typing import Any, NamedTuple

import tf1 as tf
from estimators import classifier, hparams, inputs


@dataclasses.dataclass(frozen=True)
class HParams(hparams.HParams):
    """The document's values."""

    side: int = 40
    learning_rate: float = 1e-4
    batch_size: int = 50
    steps: int = 40000
    hidden_units: int = 500


TRANSLATED = HParams()


class Net(NamedTuple):
    """Tensors of the network."""

    images: tf.Tensor
    """`[batch, side * side]` float32."""
    hidden: tf.Tensor
    """`[batch, hidden_units]` float32."""
    logits: tf.Tensor
    """`[batch, 10]` float32."""


def build(images: tf.Tensor, hidden_units: int) -> Net:
    """Builds a hidden layer of rectified units and a layer of logits on `images`, `[batch, side * side]` float32."""
    hidden = tf.layers.dense(inputs=images, units=hidden_units, activation=tf.nn.relu)
    return Net(images, hidden, tf.layers.dense(inputs=hidden, units=classifier.NUM_CLASSES))


def model_fn(
    features: dict[str, tf.Tensor], labels: tf.Tensor | None, mode: str, params: dict[str, Any]
) -> tf.estimator.EstimatorSpec:
    """A multi-layer perceptron, trained by Adam.

    Args:
      features: `x` `[batch, side * side]` float32.
      labels: `[batch]` int32.
      mode: a `tf.estimator.ModeKeys` value.
      params: the fields of `HParams`.
    """
    net = build(features[inputs.FEATURE], params['hidden_units'])
    if mode == tf.estimator.ModeKeys.TRAIN:
        classifier.summarize_input(tf.reshape(net.images, [-1, params['side'], params['side'], 1]))
    optimizer = tf.train.AdamOptimizer(learning_rate=params['learning_rate'])
    return classifier.spec(mode, net.logits, labels, classifier.predictions(net.logits), optimizer)
