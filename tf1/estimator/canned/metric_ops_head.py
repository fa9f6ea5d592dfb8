"""The heads of `tf.contrib.estimator`, which ready-made Estimators take by themselves: metrics are pairs of ops."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf

from tf1.estimator.canned import keys, measures
from tf1.estimator.canned.head import total, write_summaries
from tf1.estimator.canned.multi_head import MultiHead, check_heads, check_labels, divided
from tf1.estimator.canned.single_head import SingleHead
from tf1.estimator.canned.training_op import training_op
from tf1.estimator.mode_keys import ModeKeys
from tf1.estimator.spec import EstimatorSpec


class LossSpec(NamedTuple):
    """What `create_loss` returns; several heads leave all but the first None."""

    training_loss: tf.Tensor
    unreduced_loss: tf.Tensor | None = None
    weights: Any = None
    processed_labels: tf.Tensor | None = None


class MetricOpsHead:
    """A head that reports its metrics as (value, update) pairs, as TF 1.x did before `tf.estimator.Head`.

    Args:
      head: what the logits mean.
    """

    def __init__(self, head: SingleHead):
        self._head = head

    @property
    def name(self) -> str | None:
        """Suffix of the keys of metrics and summaries, or None."""
        return self._head.name

    @property
    def logits_dimension(self) -> int:
        """Length of the last axis of the logits."""
        return self._head.logits_dimension

    @property
    def head(self) -> SingleHead:
        """What the logits mean."""
        return self._head

    def create_loss(self, features: Any, mode: str, logits: Any, labels: Any) -> LossSpec:
        """Returns the loss of a batch, reduced and not."""
        batch = self._head.batch(labels, logits, features)
        return LossSpec(self._head.reduced(batch), batch.losses, batch.weights, batch.labels)

    def create_estimator_spec(
        self,
        features: Mapping[str, Any] | None,
        mode: str,
        logits: Any,
        labels: Any = None,
        optimizer: tf.train.Optimizer | None = None,
        train_op_fn: Callable[[tf.Tensor], Any] | None = None,
        regularization_losses: Sequence[tf.Tensor] | None = None,
    ) -> EstimatorSpec:
        """Returns what a `model_fn` returns; the arguments are those of `tf.estimator.Head`."""
        with tf.name_scope(self.name, 'head'):
            predictions = self._head.predictions_of_version_1(logits)
            if mode == ModeKeys.PREDICT:
                return EstimatorSpec(mode, predictions, export_outputs=self._head.export_outputs(predictions))
            batch = self._head.batch(labels, logits, features)
            reduced = self._head.reduced(batch)
            loss = reduced + total(regularization_losses) if regularization_losses else reduced
            if mode != ModeKeys.EVAL:
                train_op = training_op(loss, optimizer, train_op_fn)
                summaries = self._summaries(loss, reduced, batch, regularization_losses)
        if mode == ModeKeys.EVAL:
            metrics = self.metric_ops(batch, regularization_losses)
            return EstimatorSpec(mode, predictions, loss, eval_metric_ops=metrics)
        write_summaries(summaries)
        return EstimatorSpec(mode, predictions, loss, train_op)

    def metric_ops(self, batch: Any, regularization_losses: Any = None) -> dict[str, Any]:
        """Returns the pairs of ops of all metrics, by key."""
        kinds = self._head.all_kinds(regularization_losses)
        samples = self._head.all_samples(batch, regularization_losses)
        with tf.name_scope('metrics'):
            return {key: measures.metric_ops(kind, key, samples[key]) for key, kind in kinds.items()}

    def _summaries(self, loss: tf.Tensor, reduced: tf.Tensor, batch: Any, regularization_losses: Any) -> dict[str, Any]:
        scalars = {keys.LOSS: loss}
        if self._head.loss_reduction == tf.losses.Reduction.SUM:
            scalars[keys.AVERAGE_LOSS] = reduced / tf.reduce_sum(batch.weights * tf.ones_like(batch.losses))
        if regularization_losses:
            scalars[keys.REGULARIZATION_LOSS] = total(regularization_losses)
        return {keys.of_head(key, self.name): value for key, value in scalars.items()}


class MetricOpsMultiHead:
    """Several heads on one model, as `tf.contrib.estimator.multi_head` joins them.

    Args:
      heads: heads, each with a name of its own; the first is what a SavedModel answers with by default.
      head_weights: the factor of each head's loss; None for 1.

    Raises:
      ValueError: there is no head, one has no name, two have the same, or there are not as many weights as heads.
    """

    def __init__(self, heads: Sequence[MetricOpsHead], head_weights: Sequence[float] | None = None):
        check_heads(heads, head_weights)
        self._heads = {head.name: head for head in heads}
        self._weights = list(head_weights or [1.0] * len(heads))
        self._meaning = MultiHead([head.head for head in heads], head_weights)

    @property
    def name(self) -> str:
        """The heads' names, joined."""
        return self._meaning.name

    @property
    def logits_dimension(self) -> int:
        """The sum of the heads'."""
        return self._meaning.logits_dimension

    def create_loss(self, features: Any, mode: str, logits: Any, labels: Any) -> LossSpec:
        """Returns the weighted sum of the heads' losses."""
        return LossSpec(self._joined(self._specs(features, ModeKeys.EVAL, logits, labels)))

    def create_estimator_spec(
        self,
        features: Mapping[str, Any] | None,
        mode: str,
        logits: Any,
        labels: Any = None,
        optimizer: tf.train.Optimizer | None = None,
        train_op_fn: Callable[[tf.Tensor], Any] | None = None,
    ) -> EstimatorSpec:
        """Returns what a `model_fn` returns; the arguments are those of `tf.estimator.Head`."""
        predictions = self._meaning.predictions(logits)
        if mode == ModeKeys.PREDICT:
            return EstimatorSpec(mode, predictions, export_outputs=self._meaning.export_outputs(predictions))
        specs = self._specs(features, mode, logits, labels)
        loss = self._joined(specs)
        if mode == ModeKeys.EVAL:
            return EstimatorSpec(mode, predictions, loss, eval_metric_ops=_merged_metrics(specs))
        write_summaries({keys.LOSS: loss})
        return EstimatorSpec(mode, predictions, loss, training_op(loss, optimizer, train_op_fn))

    def _specs(self, features: Any, mode: str, logits: Any, labels: Any) -> dict[str, EstimatorSpec]:
        check_labels(labels, self._heads)
        return {
            name: self._heads[name].create_estimator_spec(
                features, mode, part, labels[name], train_op_fn=lambda _: tf.no_op()
            )
            for name, part in divided(logits, self._heads).items()
        }

    def _joined(self, specs: Mapping[str, EstimatorSpec]) -> tf.Tensor:
        return tf.add_n([weight * spec.loss for weight, spec in zip(self._weights, specs.values(), strict=True)])


def _merged_metrics(specs: Mapping[str, EstimatorSpec]) -> dict[str, Any]:
    metrics = {}
    for name, spec in specs.items():
        key = keys.of_head(keys.LOSS, name)
        metrics[key] = tf.metrics.mean(spec.loss, name=key)
        metrics.update(spec.eval_metric_ops)
    return metrics
