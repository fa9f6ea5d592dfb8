"""System A3: a multi-layer perceptron on translated MNIST."""

from __future__ import annotations

import dataclasses
from typing import Any

import tf1 as tf
from estimators import classifier, inputs


@dataclasses.dataclass(frozen=True)
class Hyperparameters:
    """The document's values."""

    side: int = 40
    hidden_units: int = 500
    learning_rate: float = 1e-4
    batch_size: int = 50
    steps: int = 40000


TRANSLATED = Hyperparameters()


def model_fn(
    features: dict[str, tf.Tensor], labels: tf.Tensor | None, mode: str, params: dict[str, Any]
) -> tf.estimator.EstimatorSpec:
    """A hidden layer of rectified units and a layer of logits, trained by Adam.

    Args:
      features: `x` `[batch, side * side]` float32.
      labels: `[batch]` int32.
      mode: a `tf.estimator.ModeKeys` value.
      params: the fields of `Hyperparameters`.
    """
    images = features[inputs.FEATURE]
    hidden = tf.layers.dense(inputs=images, units=params['hidden_units'], activation=tf.nn.relu)
    logits = tf.layers.dense(inputs=hidden, units=classifier.NUM_CLASSES)
    if mode == tf.estimator.ModeKeys.TRAIN:
        classifier.summarize_input(tf.reshape(images, [-1, params['side'], params['side'], 1]))
    optimizer = tf.train.AdamOptimizer(learning_rate=params['learning_rate'])
    return classifier.spec(mode, logits, labels, classifier.predictions(logits), optimizer)
