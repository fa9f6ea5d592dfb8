"""`BinaryClassHead`: one of two classes, from one logit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.canned import classes, examples, keys
from tf1.estimator.canned.measures import Kind, Sample
from tf1.estimator.canned.single_head import Batch, SingleHead
from tf1.estimator.export import ExportOutput, PredictOutput, RegressionOutput


class BinaryClassHead(SingleHead):
    """A head for two classes, with the sigmoid's cross entropy as its loss.

    Labels are `[batch, 1]` or `[batch]`: 0 or 1, or strings of `label_vocabulary`.

    Args:
      weight_column: name of the feature, or numeric column, that weighs the examples; or None.
      thresholds: for each, accuracy, precision and recall are reported with probabilities above it as class 1.
      label_vocabulary: the names of classes 0 and 1, for labels that are strings.
      loss_reduction: how the losses of a batch become one; see `tf.losses.Reduction`.
      loss_fn: function of labels, logits and, if it takes them, features, that returns losses `[batch, 1]`.
      name: suffix of the keys of metrics and summaries.

    Raises:
      ValueError: an argument is out of range.
      TypeError: `weight_column` has the wrong type.
    """

    def __init__(
        self,
        weight_column: Any = None,
        thresholds: Sequence[float] | None = None,
        label_vocabulary: Sequence[str] | None = None,
        loss_reduction: str = 'sum_over_batch_size',
        loss_fn: Callable | None = None,
        name: str | None = None,
    ):
        super().__init__(1, weight_column, loss_reduction, loss_fn, name)
        self._thresholds = checked_thresholds(thresholds)
        classes.check_vocabulary(label_vocabulary, 2)
        self._vocabulary = label_vocabulary

    def checked_labels(self, labels: Any, logits: tf.Tensor) -> tf.Tensor:
        """Returns labels as `[batch, 1]` float32 in [0, 1]."""
        labels = examples.dense_labels(labels, logits, 1)
        if self._vocabulary or labels.dtype == tf.string:
            return tf.cast(examples.class_ids(labels, 2, self._vocabulary), tf.float32)
        return examples.in_range(tf.cast(labels, tf.float32), 2)

    def default_losses(self, labels: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
        """Returns the cross entropies, `[batch, 1]`."""
        return tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits)

    def predictions(self, logits: Any, keys: Sequence[str] | None = None) -> dict[str, tf.Tensor]:
        """Returns predictions by key; `keys` are those wanted, None for all."""
        logits = examples.checked_logits(logits, 1)
        return self.select(lambda: self._predictions(logits), keys)

    def _predictions(self, logits: tf.Tensor) -> dict[str, tf.Tensor]:
        # In TF 1.15's order, which numbers the nodes.
        logistic = tf.sigmoid(logits, name=keys.LOGISTIC)
        two = tf.concat([tf.zeros_like(logits), logits], -1, name='two_class_logits')
        probabilities = tf.nn.softmax(two, name=keys.PROBABILITIES)
        ids = classes.likeliest(two)
        all_ids = classes.all_ids(logits, 2)
        all_names = classes.all_names(logits, 2, self._vocabulary)
        return {
            keys.LOGITS: logits,
            keys.LOGISTIC: logistic,
            keys.PROBABILITIES: probabilities,
            keys.CLASS_IDS: ids,
            keys.CLASSES: classes.names_of(ids, self._vocabulary),
            keys.ALL_CLASS_IDS: all_ids,
            keys.ALL_CLASSES: all_names,
        }

    def export_outputs(self, predictions: Mapping[str, tf.Tensor]) -> dict[str, ExportOutput]:
        """Returns what a SavedModel answers: classes by default, or the probability of class 1, or all."""
        return {
            **classes.classification(predictions[keys.PROBABILITIES], 2, self._vocabulary),
            keys.REGRESS: RegressionOutput(predictions[keys.LOGISTIC]),
            keys.PREDICT: PredictOutput(dict(predictions)),
        }

    def metric_kinds(self) -> dict[str, Kind]:
        """Returns the kind of each metric."""
        kinds = {
            keys.LABEL_MEAN: Kind.MEAN,
            keys.AVERAGE_LOSS: Kind.MEAN,
            keys.ACCURACY: Kind.ACCURACY,
            keys.PRECISION: Kind.PRECISION,
            keys.RECALL: Kind.RECALL,
            keys.PREDICTION_MEAN: Kind.MEAN,
            keys.ACCURACY_BASELINE: Kind.BASELINE,
            keys.AUC: Kind.AUC,
            keys.AUC_PR: Kind.AUC_PR,
        }
        for threshold in self._thresholds:
            kinds.update(threshold_kinds(threshold))
        return kinds

    def metric_samples(self, batch: Batch) -> dict[str, Sample]:
        """Returns what a batch adds to each metric."""
        probability, labels = tf.sigmoid(batch.logits), batch.labels
        of_values = {
            keys.LABEL_MEAN: labels,
            keys.AVERAGE_LOSS: batch.losses,
            keys.PREDICTION_MEAN: probability,
            keys.ACCURACY_BASELINE: labels,
        }
        samples = {key: Sample((value,), batch.weights) for key, value in of_values.items()}
        # Class 1 is what comes after class 0 in argmax: a logit of 0 is class 0.
        predicted = tf.cast(batch.logits > 0, tf.float32)
        for key in (keys.ACCURACY, keys.PRECISION, keys.RECALL):
            samples[key] = Sample((labels, predicted), batch.weights)
        for key in (keys.AUC, keys.AUC_PR):
            samples[key] = Sample((labels, probability), batch.weights)
        for threshold in self._thresholds:
            samples.update(threshold_samples(threshold, labels, probability, batch.weights))
        return samples


def checked_thresholds(thresholds: Sequence[float] | None) -> tuple[float, ...]:
    """Returns thresholds of probabilities.

    Raises:
      ValueError: one is not > 0 and < 1.
    """
    for threshold in thresholds or ():
        if not 0.0 < threshold < 1.0:
            raise ValueError(f'thresholds must be > 0 and < 1, got {threshold}.')
    return tuple(thresholds or ())


def threshold_kinds(threshold: float) -> dict[str, Kind]:
    """Returns the kinds of the metrics of a threshold, by key."""
    kinds = {keys.ACCURACY: Kind.ACCURACY, keys.PRECISION: Kind.PRECISION, keys.RECALL: Kind.RECALL}
    return {keys.at_threshold(key, threshold): kind for key, kind in kinds.items()}


def threshold_samples(threshold: float, labels: tf.Tensor, probabilities: tf.Tensor, weights: Any) -> dict[str, Sample]:
    """Returns what a batch adds to the metrics of a threshold, by key."""
    positive = tf.cast(probabilities > threshold, tf.float32)
    sample = Sample((tf.cast(labels, tf.float32), positive), weights)
    return dict.fromkeys(threshold_kinds(threshold), sample)
