"""What all heads for one kind of label share: weighing and reducing losses, and keeping metrics."""

from __future__ import annotations

import abc
import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf

from tf1.estimator.canned import examples, keys, measures
from tf1.estimator.canned.head import Head, total
from tf1.estimator.canned.measures import Kind, Sample

_REDUCTIONS = {
    'sum': tf.losses.Reduction.SUM,
    'sum_over_batch_size': tf.losses.Reduction.SUM_OVER_BATCH_SIZE,
    **{r: r for r in tf.losses.Reduction.all() if r != tf.losses.Reduction.NONE},
}


class Batch(NamedTuple):
    """A batch with its losses: logits, labels as the head computes with them, unreduced losses, weights."""

    logits: tf.Tensor
    labels: tf.Tensor
    losses: tf.Tensor
    weights: Any


class SingleHead(Head):
    """A head for one kind of label.

    Args:
      logits_dimension: length of the last axis of the logits.
      weight_column: name of the feature, or numeric column, that weighs the examples; or None.
      loss_reduction: 'sum_over_batch_size', 'sum', or a value of `tf.losses.Reduction` other than NONE.
      loss_fn: function of `labels` and `logits`, and of `features` and `loss_reduction` if it takes them, that
        returns the unreduced losses; None for the head's own.
      name: suffix of the keys of metrics and summaries, and name scope.

    Raises:
      ValueError: `loss_reduction` is none of these, or `loss_fn` takes other arguments.
      TypeError: `weight_column` is neither a name nor a numeric column.
    """

    def __init__(
        self,
        logits_dimension: int,
        weight_column: Any,
        loss_reduction: str,
        loss_fn: Callable | None,
        name: str | None,
    ):
        if loss_reduction not in _REDUCTIONS:
            raise ValueError(f'loss_reduction must be one of {sorted(_REDUCTIONS)}, got {loss_reduction!r}.')
        examples.check_weight_column(weight_column)
        _check_loss_fn(loss_fn)
        self._logits_dimension = logits_dimension
        self._weight_column = weight_column
        self._loss_reduction = loss_reduction
        self._loss_fn = loss_fn
        self._name = name

    @property
    def name(self) -> str | None:
        """Suffix of the keys of metrics and summaries, or None."""
        return self._name

    @property
    def logits_dimension(self) -> int:
        """Length of the last axis of the logits."""
        return self._logits_dimension

    @property
    def loss_reduction(self) -> str:
        """How the losses of a batch become one."""
        return self._loss_reduction

    @abc.abstractmethod
    def checked_labels(self, labels: Any, logits: tf.Tensor) -> tf.Tensor:
        """Returns labels as the loss compares them with logits."""

    @abc.abstractmethod
    def default_losses(self, labels: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
        """Returns the unreduced losses, where there is no `loss_fn`."""

    @abc.abstractmethod
    def metric_kinds(self) -> dict[str, Kind]:
        """Returns the kind of each metric, by key without the head's name."""

    @abc.abstractmethod
    def metric_samples(self, batch: Batch) -> dict[str, Sample]:
        """Returns what a batch adds to each metric, by the keys of `metric_kinds`."""

    def predictions_of_version_1(self, logits: Any) -> dict[str, tf.Tensor]:
        """Returns predictions by key, under the names that the heads of `tf.contrib.estimator` give their nodes."""
        return self.predictions(logits)

    def batch(self, labels: Any, logits: Any, features: Mapping[str, Any] | None) -> Batch:
        """Returns a batch with its unreduced losses."""
        logits = examples.checked_logits(logits, self.logits_dimension)
        labels = self.checked_labels(labels, logits)
        weights = examples.weights_of(features, self._weight_column, logits)
        return Batch(logits, labels, self._losses(labels, logits, features), weights)

    def reduced(self, batch: Batch) -> tf.Tensor:
        """Returns the loss of a batch, a scalar, without regularization."""
        return tf.losses.compute_weighted_loss(batch.losses, batch.weights, reduction=_REDUCTIONS[self._loss_reduction])

    def loss(
        self,
        labels: Any,
        logits: Any,
        features: Mapping[str, Any] | None = None,
        mode: str | None = None,
        regularization_losses: Sequence[tf.Tensor] | None = None,
    ) -> tf.Tensor:
        """Returns the loss of a batch, a scalar, with the regularization losses."""
        with tf.name_scope('losses'):
            loss = self.reduced(self.batch(labels, logits, features))
            return loss + total(regularization_losses) if regularization_losses else loss

    def metrics(self, regularization_losses: Sequence[tf.Tensor] | None = None) -> dict[str, Any]:
        """Returns new Keras metrics by key."""
        kinds = self.all_kinds(regularization_losses)
        return {key: measures.keras_metric(kind, key) for key, kind in kinds.items()}

    def update_metrics(
        self,
        eval_metrics: Mapping[str, Any],
        features: Mapping[str, Any] | None,
        logits: Any,
        labels: Any,
        regularization_losses: Sequence[tf.Tensor] | None = None,
    ) -> dict[str, Any]:
        """Adds a batch to the metrics of `metrics()`, and returns them."""
        batch = self.batch(labels, logits, features)
        for key, sample in self.all_samples(batch, regularization_losses).items():
            if isinstance(eval_metrics[key], measures.Baseline):
                eval_metrics[key].follow(eval_metrics[keys.of_head(keys.LABEL_MEAN, self._name)])
            else:
                measures.update(eval_metrics[key], sample)
        return dict(eval_metrics)

    def all_kinds(self, regularization_losses: Sequence[tf.Tensor] | None) -> dict[str, Kind]:
        """Returns the kind of each metric, by its full key."""
        extra = {keys.REGULARIZATION_LOSS: Kind.MEAN} if regularization_losses else {}
        return self._by_full_key({**self.metric_kinds(), **extra})

    def all_samples(self, batch: Batch, regularization_losses: Sequence[tf.Tensor] | None) -> dict[str, Sample]:
        """Returns what a batch adds to each metric, by its full key."""
        extra = {keys.REGULARIZATION_LOSS: Sample((total(regularization_losses),))} if regularization_losses else {}
        return self._by_full_key({**self.metric_samples(batch), **extra})

    def _by_full_key(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {keys.of_head(key, self._name): value for key, value in values.items()}

    def _losses(self, labels: tf.Tensor, logits: tf.Tensor, features: Any) -> tf.Tensor:
        if self._loss_fn is None:
            return self.default_losses(labels, logits)
        offered = {'features': features, 'loss_reduction': self._loss_reduction}
        taken = inspect.signature(self._loss_fn).parameters
        losses = self._loss_fn(labels=labels, logits=logits, **{k: v for k, v in offered.items() if k in taken})
        expected = self.default_losses_shape(logits)
        if not losses.shape.is_compatible_with(expected):
            raise ValueError(f'loss_fn must return unreduced losses of shape {expected}, got {losses.shape}.')
        return losses

    def default_losses_shape(self, logits: tf.Tensor) -> tf.TensorShape:
        """Returns the shape of the unreduced losses, `[batch, ..., 1]`."""
        return logits.shape[:-1].concatenate([1])

    def select(self, make: Callable[[], dict[str, tf.Tensor]], wanted: Sequence[str] | None) -> dict[str, tf.Tensor]:
        """Returns the predictions that are wanted, of those that `make` makes; all for None.

        Raises:
          ValueError: a wanted key is none of them.
        """
        with tf.name_scope('predictions'):
            made = make()
        wanted = list(made) if wanted is None else wanted
        for key in wanted:
            if key not in made:
                raise ValueError(f'keys must be among the predictions {list(made)}, got {key!r}.')
        return {key: made[key] for key in wanted}


def _check_loss_fn(loss_fn: Callable | None) -> None:
    if loss_fn is None:
        return
    taken = inspect.signature(loss_fn).parameters
    missing = {'labels', 'logits'} - set(taken)
    unknown = set(taken) - {'labels', 'logits', 'features', 'loss_reduction'}
    if missing or unknown:
        raise ValueError(
            f'loss_fn must take labels and logits, and at most features and loss_reduction beside; got {list(taken)}.'
        )
