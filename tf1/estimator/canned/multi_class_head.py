"""`MultiClassHead`: one of three or more classes, from one logit for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.canned import classes, examples, keys
from tf1.estimator.canned.measures import Kind, Sample
from tf1.estimator.canned.single_head import Batch, SingleHead
from tf1.estimator.export import ExportOutput, PredictOutput


class MultiClassHead(SingleHead):
    """A head for more than two classes, with the softmax's cross entropy as its loss.

    Labels are `[batch, 1]` or `[batch]`: integers in [0, n_classes), or strings of `label_vocabulary`.

    Args:
      n_classes: how many classes there are, > 2; an integer or a scalar tensor.
      weight_column: name of the feature, or numeric column, that weighs the examples; or None.
      label_vocabulary: the names of the classes, for labels that are strings.
      loss_reduction: how the losses of a batch become one; see `tf.losses.Reduction`.
      loss_fn: function of labels, logits and, if it takes them, features, that returns losses `[batch, 1]`.
      name: suffix of the keys of metrics and summaries.

    Raises:
      ValueError: an argument is out of range.
      TypeError: `weight_column` or `n_classes` has the wrong type.
      tf.errors.InvalidArgumentError: `n_classes` is a tensor of 2 or less.
    """

    def __init__(
        self,
        n_classes: int,
        weight_column: Any = None,
        label_vocabulary: Sequence[str] | None = None,
        loss_reduction: str = 'sum_over_batch_size',
        loss_fn: Callable | None = None,
        name: str | None = None,
    ):
        n_classes = classes.checked_number(n_classes, 3, 'Use BinaryClassHead for two classes.')
        super().__init__(n_classes, weight_column, loss_reduction, loss_fn, name)
        classes.check_vocabulary(label_vocabulary, n_classes)
        self._n_classes = n_classes
        self._vocabulary = label_vocabulary

    def checked_labels(self, labels: Any, logits: tf.Tensor) -> tf.Tensor:
        """Returns labels as `[batch, 1]` int64 in [0, n_classes)."""
        return examples.class_ids(examples.dense_labels(labels, logits, 1), self._n_classes, self._vocabulary)

    def default_losses(self, labels: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
        """Returns the cross entropies, `[batch, 1]`."""
        if logits.shape.ndims is None or labels.shape.ndims is None:
            labels = tf.squeeze(labels, -1)
        losses = tf.losses.sparse_softmax_cross_entropy(labels, logits, reduction=tf.losses.Reduction.NONE)
        if logits.shape.ndims is None:
            return tf.expand_dims(losses, -1)
        return losses if losses.shape.ndims == logits.shape.ndims else tf.expand_dims(losses, -1)

    def predictions(self, logits: Any, keys: Sequence[str] | None = None) -> dict[str, tf.Tensor]:
        """Returns predictions by key; `keys` are those wanted, None for all."""
        logits = examples.checked_logits(logits, self._n_classes)
        return self.select(lambda: self._predictions(logits), keys)

    def predictions_of_version_1(self, logits: Any) -> dict[str, tf.Tensor]:
        """Returns predictions by key; nodes are made in the order of version 1, which numbers them."""
        logits = examples.checked_logits(logits, self._n_classes)
        return self.select(lambda: self._predictions(logits, all_first=True), None)

    def _predictions(self, logits: tf.Tensor, all_first: bool = False) -> dict[str, tf.Tensor]:
        all_classes = self._all_classes(logits) if all_first else {}
        ids = classes.likeliest(logits)
        return {
            keys.LOGITS: logits,
            keys.PROBABILITIES: tf.nn.softmax(logits, name=keys.PROBABILITIES),
            keys.CLASS_IDS: ids,
            keys.CLASSES: classes.names_of(ids, self._vocabulary),
            **(all_classes or self._all_classes(logits)),
        }

    def _all_classes(self, logits: tf.Tensor) -> dict[str, tf.Tensor]:
        return {
            keys.ALL_CLASS_IDS: classes.all_ids(logits, self._n_classes),
            keys.ALL_CLASSES: classes.all_names(logits, self._n_classes, self._vocabulary),
        }

    def export_outputs(self, predictions: Mapping[str, tf.Tensor]) -> dict[str, ExportOutput]:
        """Returns what a SavedModel answers: classes by default, or all."""
        return {
            **classes.classification(predictions[keys.PROBABILITIES], self._n_classes, self._vocabulary),
            keys.PREDICT: PredictOutput(dict(predictions)),
        }

    def metric_kinds(self) -> dict[str, Kind]:
        """Returns the kind of each metric."""
        return {keys.AVERAGE_LOSS: Kind.MEAN, keys.ACCURACY: Kind.ACCURACY}

    def metric_samples(self, batch: Batch) -> dict[str, Sample]:
        """Returns what a batch adds to each metric."""
        predicted = tf.argmax(batch.logits, -1)[..., tf.newaxis]
        return {
            keys.AVERAGE_LOSS: Sample((batch.losses,), batch.weights),
            keys.ACCURACY: Sample((batch.labels, predicted), batch.weights),
        }
