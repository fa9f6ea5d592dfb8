"""System A4: a convolutional network on translated MNIST."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import tf1 as tf
from estimators import classifier, inputs


@dataclasses.dataclass(frozen=True)
class Hyperparameters:
    """The document's values."""

    side: int = 40
    filters: int = 32
    kernel_size: int = 5
    hidden_units: int = 1024
    dropout_rate: float = 0.4
    learning_rate: float = 1e-4
    batch_size: int = 50
    steps: int = 5302


TRANSLATED = Hyperparameters()


def model_fn(
    features: dict[str, tf.Tensor], labels: tf.Tensor | None, mode: str, params: dict[str, Any]
) -> tf.estimator.EstimatorSpec:
    """One convolution with pooling, a dense layer with dropout, and a layer of logits, trained by Adam.

    The document flattens `pool2`, a second pooling layer that is commented out there; the shape it gives,
    `20 * 20 * 32`, is that of the first, which is flattened here.

    Args:
      features: `x` `[batch, side * side]` float32.
      labels: `[batch]` int32.
      mode: a `tf.estimator.ModeKeys` value.
      params: the fields of `Hyperparameters`.
    """
    images = tf.reshape(features[inputs.FEATURE], [-1, params['side'], params['side'], 1])
    conv = tf.layers.conv2d(
        inputs=images,
        filters=params['filters'],
        kernel_size=[params['kernel_size']] * 2,
        padding='same',
        activation=tf.nn.relu,
    )
    pool = tf.layers.max_pooling2d(inputs=conv, pool_size=[2, 2], strides=2)
    flat = tf.reshape(pool, [-1, math.prod(pool.shape.as_list()[1:])])
    dense = tf.layers.dense(inputs=flat, units=params['hidden_units'], activation=tf.nn.relu)
    training = mode == tf.estimator.ModeKeys.TRAIN
    dropout = tf.layers.dropout(inputs=dense, rate=params['dropout_rate'], training=training)
    logits = tf.layers.dense(inputs=dropout, units=classifier.NUM_CLASSES)
    if training:
        classifier.summarize_input(images)
        _summarize_convolution(conv)
    predicted = {**classifier.predictions(logits), classifier.ACTIVATIONS: conv}
    optimizer = tf.train.AdamOptimizer(learning_rate=params['learning_rate'])
    return classifier.spec(mode, logits, labels, predicted, optimizer)


def _summarize_convolution(conv: tf.Tensor) -> None:
    """Shows the filters, and the activations of the batch's first image, as images in TensorBoard."""
    (kernel,) = (v for v in tf.trainable_variables() if v.op.name == 'conv2d/kernel')
    tf.summary.image('filters', tf.transpose(kernel, [3, 0, 1, 2]), max_outputs=kernel.shape[3].value)
    maps = tf.transpose(conv[:1], [3, 1, 2, 0])
    tf.summary.image('activations', maps, max_outputs=maps.shape[0].value)
