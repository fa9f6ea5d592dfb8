"""`RegressionHead`, `PoissonRegressionHead` and `LogisticRegressionHead`: real values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.canned import examples, keys
from tf1.estimator.canned.head import DEFAULT_SERVING
from tf1.estimator.canned.measures import Kind, Sample
from tf1.estimator.canned.single_head import Batch, SingleHead
from tf1.estimator.export import ExportOutput, PredictOutput, RegressionOutput


class RegressionHead(SingleHead):
    """A head for real values, with the squared error as its loss.

    Labels are `[batch, label_dimension]`, or `[batch]` where that is 1.

    Args:
      label_dimension: values per example, >= 1.
      weight_column: name of the feature, or numeric column, that weighs the examples; or None.
      loss_reduction: how the losses of a batch become one; see `tf.losses.Reduction`.
      loss_fn: function of labels, logits and, if it takes them, features, that returns losses like the labels.
      inverse_link_fn: function that makes predictions of logits; None where they are the same.
      name: suffix of the keys of metrics and summaries.

    Raises:
      ValueError: an argument is out of range.
      TypeError: `weight_column` has the wrong type.
    """

    def __init__(
        self,
        label_dimension: int = 1,
        weight_column: Any = None,
        loss_reduction: str = 'sum_over_batch_size',
        loss_fn: Callable | None = None,
        inverse_link_fn: Callable[[tf.Tensor], tf.Tensor] | None = None,
        name: str | None = None,
    ):
        if label_dimension < 1:
            raise ValueError(f'label_dimension must be >= 1, got {label_dimension}.')
        super().__init__(label_dimension, weight_column, loss_reduction, loss_fn, name)
        self._inverse_link_fn = inverse_link_fn

    def checked_labels(self, labels: Any, logits: tf.Tensor) -> tf.Tensor:
        """Returns labels as `[batch, label_dimension]` float32."""
        return tf.cast(examples.dense_labels(labels, logits, self.logits_dimension), tf.float32)

    def default_losses(self, labels: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
        """Returns the squared errors, `[batch, label_dimension]`."""
        return tf.losses.mean_squared_error(labels, logits, reduction=tf.losses.Reduction.NONE)

    def default_losses_shape(self, logits: tf.Tensor) -> tf.TensorShape:
        """Returns the shape of the unreduced losses, `[batch, label_dimension]`."""
        return logits.shape

    def predictions(self, logits: Any) -> dict[str, tf.Tensor]:
        """Returns predictions by key."""
        logits = examples.checked_logits(logits, self.logits_dimension)
        return self.select(lambda: self._predictions(logits), None)

    def _predictions(self, logits: tf.Tensor) -> dict[str, tf.Tensor]:
        if self._inverse_link_fn is None:
            return {keys.PREDICTIONS: logits}
        return {keys.PREDICTIONS: self._inverse_link_fn(logits), keys.LOGITS: logits}

    def export_outputs(self, predictions: Mapping[str, tf.Tensor]) -> dict[str, ExportOutput]:
        """Returns what a SavedModel answers: the values by default, or all predictions."""
        output = RegressionOutput(predictions[keys.PREDICTIONS])
        return {DEFAULT_SERVING: output, keys.REGRESS: output, keys.PREDICT: PredictOutput(dict(predictions))}

    def metric_kinds(self) -> dict[str, Kind]:
        """Returns the kind of each metric."""
        return dict.fromkeys((keys.AVERAGE_LOSS, keys.PREDICTION_MEAN, keys.LABEL_MEAN), Kind.MEAN)

    def metric_samples(self, batch: Batch) -> dict[str, Sample]:
        """Returns what a batch adds to each metric."""
        predicted = self._inverse_link_fn(batch.logits) if self._inverse_link_fn else batch.logits
        values = {keys.AVERAGE_LOSS: batch.losses, keys.PREDICTION_MEAN: predicted, keys.LABEL_MEAN: batch.labels}
        return {key: Sample((value,), batch.weights) for key, value in values.items()}


class PoissonRegressionHead(RegressionHead):
    """A head for counts, >= 0: their logarithm is what the logits tell.

    Args:
      label_dimension: as for `RegressionHead`, like the other arguments.
      weight_column: as for `RegressionHead`.
      loss_reduction: as for `RegressionHead`.
      compute_full_loss: whether the loss has the term that does not depend on the logits (Stirling's formula).
      name: as for `RegressionHead`.
    """

    def __init__(
        self,
        label_dimension: int = 1,
        weight_column: Any = None,
        loss_reduction: str = 'sum_over_batch_size',
        compute_full_loss: bool = True,
        name: str | None = None,
    ):
        super().__init__(label_dimension, weight_column, loss_reduction, None, tf.exp, name)
        self._compute_full_loss = compute_full_loss

    def default_losses(self, labels: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
        """Returns the negative logarithms of likelihood, `[batch, label_dimension]`."""
        return tf.nn.log_poisson_loss(labels, logits, compute_full_loss=self._compute_full_loss)


class LogisticRegressionHead(RegressionHead):
    """A head for probabilities, in [0, 1]: the sigmoid of a logit.

    Args:
      weight_column: as for `RegressionHead`, like the other arguments.
      loss_reduction: as for `RegressionHead`.
      name: as for `RegressionHead`.
    """

    def __init__(self, weight_column: Any = None, loss_reduction: str = 'sum_over_batch_size', name: str | None = None):
        super().__init__(1, weight_column, loss_reduction, None, tf.sigmoid, name)

    def default_losses(self, labels: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
        """Returns the cross entropies, `[batch, 1]`; a session fails on labels outside [0, 1]."""
        low = tf.debugging.assert_non_negative(labels, message='Labels must be >= 0.')
        high = tf.debugging.assert_less_equal(labels, 1.0, message='Labels must be <= 1.')
        with tf.control_dependencies([low, high]):
            return tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits)
