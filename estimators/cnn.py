"""System A4: a convolutional network on translated MNIST."""

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
    steps: int = 5302
    filters: int = 32
    kernel_size: int = 5
    """Height and width of a filter, in pixels."""
    hidden_units: int = 1024
    dropout_rate: float = 0.4
    """Share of hidden units that a training step leaves out."""


TRANSLATED = HParams()


class Net(NamedTuple):
    """Tensors of the network."""

    images: tf.Tensor
    """`[batch, side, side, 1]` float32."""
    conv: tf.Tensor
    """`[batch, side, side, filters]` float32."""
    pool: tf.Tensor
    """`[batch, side / 2, side / 2, filters]` float32."""
    hidden: tf.Tensor
    """`[batch, hidden_units]` float32, before dropout."""
    logits: tf.Tensor
    """`[batch, 10]` float32."""


def build(images: tf.Tensor, params: dict[str, Any], training: bool) -> Net:
    """Builds one convolution with pooling, a dense layer with dropout, and a layer of logits.

    The document flattens `pool2`, a second pooling layer that is commented out there; the shape it gives,
    `20 * 20 * 32`, is that of the first, which is flattened here.

    Args:
      images: `[batch, side * side]` float32.
      params: the fields of `HParams`.
      training: whether dropout is active.
    """
    images = tf.reshape(images, [-1, params['side'], params['side'], 1])
    conv = tf.layers.conv2d(
        inputs=images,
        filters=params['filters'],
        kernel_size=[params['kernel_size'], params['kernel_size']],
        padding='same',
        activation=tf.nn.relu,
    )
    pool = tf.layers.max_pooling2d(inputs=conv, pool_size=[2, 2], strides=2)
    flat = tf.reshape(pool, [-1, pool.shape[1:].num_elements()])
    hidden = tf.layers.dense(inputs=flat, units=params['hidden_units'], activation=tf.nn.relu)
    dropout = tf.layers.dropout(inputs=hidden, rate=params['dropout_rate'], training=training)
    return Net(images, conv, pool, hidden, tf.layers.dense(inputs=dropout, units=classifier.NUM_CLASSES))


def model_fn(
    features: dict[str, tf.Tensor], labels: tf.Tensor | None, mode: str, params: dict[str, Any]
) -> tf.estimator.EstimatorSpec:
    """A convolutional network, trained by Adam; it also predicts `activations`, the convolution's output.

    Args:
      features: `x` `[batch, side * side]` float32.
      labels: `[batch]` int32.
      mode: a `tf.estimator.ModeKeys` value.
      params: the fields of `HParams`.
    """
    training = mode == tf.estimator.ModeKeys.TRAIN
    net = build(features[inputs.FEATURE], params, training)
    if training:
        classifier.summarize_input(net.images)
        _summarize_convolution(net.conv)
    predicted = {**classifier.predictions(net.logits), classifier.ACTIVATIONS: net.conv}
    optimizer = tf.train.AdamOptimizer(learning_rate=params['learning_rate'])
    return classifier.spec(mode, net.logits, labels, predicted, optimizer)


def _summarize_convolution(conv: tf.Tensor) -> None:
    """Shows the filters, and the activations of the batch's first image, as images in TensorBoard."""
    (kernel,) = (v for v in tf.trainable_variables() if v.op.name == 'conv2d/kernel')
    tf.summary.image('filters', tf.transpose(kernel, [3, 0, 1, 2]), max_outputs=kernel.shape[3].value)
    maps = tf.transpose(conv[:1], [3, 1, 2, 0])
    tf.summary.image('activations', maps, max_outputs=maps.shape[0].value)
