"""Systems A1 and A2: softmax regression on MNIST, as it is or translated."""

from __future__ import annotations

import dataclasses
from typing import Any

import tf1 as tf
from estimators import classifier, inputs


@dataclasses.dataclass(frozen=True)
class Hyperparameters:
    """The document's values for A1."""

    side: int = 28
    learning_rate: float = 0.5
    batch_size: int = 100
    steps: int = 9000


ORIGINAL = Hyperparameters()
TRANSLATED = Hyperparameters(side=40, steps=5000)


def model_fn(
    features: dict[str, tf.Tensor], labels: tf.Tensor | None, mode: str, params: dict[str, Any]
) -> tf.estimator.EstimatorSpec:
    """One dense layer of 10 units, trained by gradient descent.

    Args:
      features: `x` `[batch, side * side]` float32.
      labels: `[batch]` int32.
      mode: a `tf.estimator.ModeKeys` value.
      params: the fields of `Hyperparameters`.
    """
    images = features[inputs.FEATURE]
    logits = tf.layers.dense(inputs=images, units=classifier.NUM_CLASSES)
    if mode == tf.estimator.ModeKeys.TRAIN:
        classifier.summarize_input(tf.reshape(images, [-1, params['side'], params['side'], 1]))
    optimizer = tf.train.GradientDescentOptimizer(learning_rate=params['learning_rate'])
    return classifier.spec(mode, logits, labels, classifier.predictions(logits), optimizer)
