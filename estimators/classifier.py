"""From logits to an `EstimatorSpec`: what model functions A1 to A4 have in common."""

from __future__ import annotations

import tf1 as tf

NUM_CLASSES = 10
CLASSES = 'classes'
PROBABILITIES = 'probabilities'
ACTIVATIONS = 'activations'
ACCURACY = 'accuracy'
SOFTMAX = 'softmax_tensor'


def predictions(logits: tf.Tensor) -> dict[str, tf.Tensor]:
    """Returns `classes`, `[batch]` int64, and `probabilities`, `[batch, 10]` float32, named `softmax_tensor`."""
    return {
        CLASSES: tf.argmax(input=logits, axis=1),
        PROBABILITIES: tf.nn.softmax(logits, name=SOFTMAX),
    }


def spec(
    mode: str,
    logits: tf.Tensor,
    labels: tf.Tensor | None,
    predicted: dict[str, tf.Tensor],
    optimizer: tf.train.Optimizer,
) -> tf.estimator.EstimatorSpec:
    """Returns the spec of a classifier for `mode`.

    Args:
      mode: a `tf.estimator.ModeKeys` value.
      logits: `[batch, 10]` float32.
      labels: `[batch]` int32; None to predict.
      predicted: `predictions(logits)` and whatever else is worth predicting.
      optimizer: minimises the mean softmax cross-entropy.
    """
    if mode == tf.estimator.ModeKeys.PREDICT:
        return tf.estimator.EstimatorSpec(mode=mode, predictions=predicted)
    loss = tf.losses.sparse_softmax_cross_entropy(labels=labels, logits=logits)
    if mode == tf.estimator.ModeKeys.TRAIN:
        train_op = optimizer.minimize(loss=loss, global_step=tf.train.get_global_step())
        summarize_weights()
        return tf.estimator.EstimatorSpec(mode=mode, loss=loss, train_op=train_op)
    metrics = {ACCURACY: tf.metrics.accuracy(labels=labels, predictions=predicted[CLASSES])}
    return tf.estimator.EstimatorSpec(mode=mode, loss=loss, eval_metric_ops=metrics)


def summarize_input(images: tf.Tensor) -> None:
    """Shows three images of the batch, `[batch, side, side, 1]`, in TensorBoard."""
    tf.summary.image('input', images, max_outputs=3)


def summarize_weights() -> None:
    """Shows a histogram of every weight and bias in TensorBoard."""
    for variable in tf.trainable_variables():
        tf.summary.histogram(f'weights/{variable.op.name}', variable)
