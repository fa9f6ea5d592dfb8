"""`MultiLabelHead`: any number of classes at once, from one logit for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.canned import classes, examples, keys
from tf1.estimator.canned.binary_class_head import checked_thresholds, threshold_kinds, threshold_samples
from tf1.estimator.canned.measures import Kind, Sample
from tf1.estimator.canned.single_head import Batch, SingleHead
from tf1.estimator.export import ExportOutput, PredictOutput


class MultiLabelHead(SingleHead):
    """A head for classes that do not exclude each other; the loss is the mean of the sigmoids' cross entropies.

    Labels are `[batch, n_classes]` in [0, 1], or a SparseTensor `[batch, any]` that lists the classes of an example:
    integers in [0, n_classes), or strings of `label_vocabulary`.

    Args:
      n_classes: how many classes there are, > 1.
      weight_column: name of the feature, or numeric column, that weighs the examples; or None.
      thresholds: for each, accuracy, precision and recall are reported with probabilities above it as positive.
      label_vocabulary: the names of the classes, for labels that are strings.
      loss_reduction: how the losses of a batch become one; see `tf.losses.Reduction`.
      loss_fn: function of labels, logits and, if it takes them, features, that returns losses `[batch, 1]`.
      classes_for_class_based_metrics: classes with metrics of their own: numbers, or names in `label_vocabulary`.
      name: suffix of the keys of metrics and summaries.

    Raises:
      ValueError: an argument is out of range.
      TypeError: `weight_column` has the wrong type.
    """

    def __init__(
        self,
        n_classes: int,
        weight_column: Any = None,
        thresholds: Sequence[float] | None = None,
        label_vocabulary: Sequence[str] | None = None,
        loss_reduction: str = 'sum_over_batch_size',
        loss_fn: Callable | None = None,
        classes_for_class_based_metrics: Sequence[int | str] | None = None,
        name: str | None = None,
    ):
        if n_classes is None or n_classes < 2:
            raise ValueError(f'n_classes must be > 1, got {n_classes}. Use BinaryClassHead for one class.')
        super().__init__(n_classes, weight_column, loss_reduction, loss_fn, name)
        self._thresholds = checked_thresholds(thresholds)
        classes.check_vocabulary(label_vocabulary, n_classes)
        self._n_classes = n_classes
        self._vocabulary = label_vocabulary
        self._own_metrics = {
            _suffix(one): _number(one, n_classes, label_vocabulary) for one in classes_for_class_based_metrics or ()
        }

    def checked_labels(self, labels: Any, logits: tf.Tensor) -> tf.Tensor:
        """Returns labels as `[batch, n_classes]` of 0 and 1: int64, or floats as they are."""
        if isinstance(labels, tf.SparseTensor):
            return self._indicators(labels)
        labels = examples.dense_labels(labels, logits, self._n_classes)
        if labels.dtype == tf.string:
            raise ValueError('labels dtype must be a number, got string; strings need a SparseTensor.')
        return examples.in_range(labels if labels.dtype.is_floating else tf.cast(labels, tf.int64), 2)

    def _indicators(self, labels: tf.SparseTensor) -> tf.Tensor:
        ids = examples.class_ids(labels.values, self._n_classes, self._vocabulary)
        sparse = tf.SparseTensor(labels.indices, ids, labels.dense_shape)
        return tf.cast(tf.sparse_to_indicator(sparse, self._n_classes), tf.int64)

    def default_losses(self, labels: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
        """Returns the mean of the cross entropies of all classes, `[batch, 1]`."""
        losses = tf.losses.sigmoid_cross_entropy(labels, logits, reduction=tf.losses.Reduction.NONE)
        return tf.reduce_mean(losses, -1, keepdims=True)

    def predictions(self, logits: Any, keys: Sequence[str] | None = None) -> dict[str, tf.Tensor]:
        """Returns predictions by key; `keys` are those wanted, None for all."""
        logits = examples.checked_logits(logits, self._n_classes)
        return self.select(lambda: _predictions(logits), keys)

    def export_outputs(self, predictions: Mapping[str, tf.Tensor]) -> dict[str, ExportOutput]:
        """Returns what a SavedModel answers: the probabilities of classes by default, or all."""
        return {
            **classes.classification(predictions[keys.PROBABILITIES], self._n_classes, self._vocabulary),
            keys.PREDICT: PredictOutput(dict(predictions)),
        }

    def metric_kinds(self) -> dict[str, Kind]:
        """Returns the kind of each metric."""
        kinds = {keys.AVERAGE_LOSS: Kind.MEAN, keys.AUC: Kind.AUC, keys.AUC_PR: Kind.AUC_PR}
        for threshold in self._thresholds:
            kinds.update(threshold_kinds(threshold))
        for suffix in self._own_metrics:
            kinds[f'{keys.PROBABILITY_MEAN}/{suffix}'] = Kind.MEAN
            kinds[f'{keys.AUC}/{suffix}'] = Kind.AUC
            kinds[f'{keys.AUC_PR}/{suffix}'] = Kind.AUC_PR
        return kinds

    def metric_samples(self, batch: Batch) -> dict[str, Sample]:
        """Returns what a batch adds to each metric."""
        probabilities, labels = tf.sigmoid(batch.logits), tf.cast(batch.labels, tf.float32)
        samples = {keys.AVERAGE_LOSS: Sample((batch.losses,), batch.weights)}
        for key in (keys.AUC, keys.AUC_PR):
            samples[key] = Sample((labels, probabilities), batch.weights)
        for threshold in self._thresholds:
            samples.update(threshold_samples(threshold, labels, probabilities, batch.weights))
        for suffix, number in self._own_metrics.items():
            of_class = slice(number, number + 1)
            pair = Sample((labels[..., of_class], probabilities[..., of_class]), batch.weights)
            samples[f'{keys.PROBABILITY_MEAN}/{suffix}'] = Sample(pair.tensors[1:], batch.weights)
            samples[f'{keys.AUC}/{suffix}'] = samples[f'{keys.AUC_PR}/{suffix}'] = pair
        return samples


def _predictions(logits: tf.Tensor) -> dict[str, tf.Tensor]:
    return {keys.LOGITS: logits, keys.PROBABILITIES: tf.sigmoid(logits, name=keys.PROBABILITIES)}


def _suffix(one: int | str) -> str:
    return one if isinstance(one, str) else f'class{one}'


def _number(one: int | str, n_classes: int, vocabulary: Sequence[str] | None) -> int:
    if isinstance(one, str):
        if one not in (vocabulary or ()):
            raise ValueError(f'classes_for_class_based_metrics must be in label_vocabulary {vocabulary}, got {one!r}.')
        return list(vocabulary).index(one)
    if not 0 <= one < n_classes:
        raise ValueError(f'classes_for_class_based_metrics must be >= 0 and < {n_classes}, got {one}.')
    return one
