"""`Head`: what the logits of a model mean, as a loss, predictions, metrics and served outputs."""

from __future__ import annotations

import abc
import contextlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.canned import keys
from tf1.estimator.canned.training_op import keras_training_op
from tf1.estimator.export import ExportOutput, PredictOutput
from tf1.estimator.mode_keys import ModeKeys
from tf1.estimator.spec import EstimatorSpec

DEFAULT_SERVING = tf.saved_model.signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY


class Head(abc.ABC):
    """The base of all heads, with the interface of TF 1.15's `tf.estimator.Head`."""

    @property
    @abc.abstractmethod
    def name(self) -> str | None:
        """Suffix of the keys of metrics and summaries, or None."""

    @property
    @abc.abstractmethod
    def logits_dimension(self) -> int:
        """Length of the last axis of the logits."""

    @property
    @abc.abstractmethod
    def loss_reduction(self) -> str:
        """How the losses of a batch become one."""

    @abc.abstractmethod
    def loss(
        self,
        labels: Any,
        logits: Any,
        features: Mapping[str, Any] | None = None,
        mode: str | None = None,
        regularization_losses: Sequence[tf.Tensor] | None = None,
    ) -> tf.Tensor:
        """Returns the loss of a batch, a scalar, with the regularization losses."""

    @abc.abstractmethod
    def predictions(self, logits: Any, keys: Sequence[str] | None = None) -> dict[str, tf.Tensor]:
        """Returns predictions by key; `keys` are those wanted, None for all."""

    @abc.abstractmethod
    def metrics(self, regularization_losses: Sequence[tf.Tensor] | None = None) -> dict[str, Any]:
        """Returns new Keras metrics by key."""

    @abc.abstractmethod
    def update_metrics(
        self,
        eval_metrics: Mapping[str, Any],
        features: Mapping[str, Any] | None,
        logits: Any,
        labels: Any,
        mode: str | None = None,
        regularization_losses: Sequence[tf.Tensor] | None = None,
    ) -> dict[str, Any]:
        """Adds a batch to the metrics of `metrics()`, and returns them."""

    def export_outputs(self, predictions: Mapping[str, tf.Tensor]) -> dict[str, ExportOutput]:
        """Returns what a SavedModel answers, by signature."""
        return {DEFAULT_SERVING: PredictOutput(dict(predictions)), keys.PREDICT: PredictOutput(dict(predictions))}

    def loss_and_summaries(
        self,
        labels: Any,
        logits: Any,
        features: Mapping[str, Any] | None,
        mode: str,
        regularization_losses: Sequence[tf.Tensor] | None,
    ) -> tuple[tf.Tensor, dict[str, tf.Tensor]]:
        """Returns the loss of a batch, and the scalars that training writes about it, by tag."""
        loss = self.loss(labels, logits, features, mode, regularization_losses)
        summaries = {keys.of_head(keys.LOSS, self.name): loss}
        if regularization_losses:
            summaries[keys.of_head(keys.REGULARIZATION_LOSS, self.name)] = total(regularization_losses)
        return loss, summaries

    def training_scope(self) -> contextlib.AbstractContextManager:
        """Returns the name scope of the optimizer and its variables."""
        return tf.name_scope('training')

    def create_estimator_spec(
        self,
        features: Mapping[str, Any] | None,
        mode: str,
        logits: Any,
        labels: Any = None,
        optimizer: Any = None,
        trainable_variables: Sequence[tf.Variable] | None = None,
        train_op_fn: Callable[[tf.Tensor], Any] | None = None,
        update_ops: Sequence[tf.Operation] | None = None,
        regularization_losses: Sequence[tf.Tensor] | None = None,
    ) -> EstimatorSpec:
        """Returns what a `model_fn` returns.

        Args:
          features: features by name; the weights of examples are among them.
          mode: a `tf.estimator.ModeKeys` value.
          logits: `[batch, ..., logits_dimension]` float32.
          labels: as the head describes them; needed to train and evaluate.
          optimizer: a Keras optimizer; or else `train_op_fn`, for a `tf.train.Optimizer` too.
          trainable_variables: what the optimizer changes, a list or tuple.
          train_op_fn: function of the loss that returns the op of a step.
          update_ops: run in each step; None for the graph's collection `UPDATE_OPS`.
          regularization_losses: scalars that are added to the loss.

        Raises:
          ValueError: shapes do not fit, labels are missing, or in TRAIN mode not exactly one of `optimizer` and
            `train_op_fn` is given, the optimizer is none of Keras', or it is not told what it changes.
        """
        with tf.name_scope(self.name, 'head'):
            predictions = self.predictions(logits)
            if mode == ModeKeys.PREDICT:
                return EstimatorSpec(mode, predictions, export_outputs=self.export_outputs(predictions))
            loss, summaries = self.loss_and_summaries(labels, logits, features, mode, regularization_losses)
            if mode == ModeKeys.EVAL:
                with tf.name_scope('metrics'):
                    metrics = self.metrics(regularization_losses=regularization_losses)
                    metrics = self.update_metrics(
                        metrics, features, logits, labels, regularization_losses=regularization_losses
                    )
                return EstimatorSpec(mode, predictions, loss, eval_metric_ops=metrics)
        with self.training_scope():
            train_op = keras_training_op(loss, optimizer, train_op_fn, update_ops, trainable_variables)
        write_summaries(summaries)
        return EstimatorSpec(mode, predictions, loss, train_op)


def total(regularization_losses: Sequence[tf.Tensor] | None) -> tf.Tensor | None:
    """Returns the sum of regularization losses, or None without any."""
    return tf.add_n([tf.convert_to_tensor(loss) for loss in regularization_losses]) if regularization_losses else None


def write_summaries(scalars: Mapping[str, tf.Tensor]) -> None:
    """Makes a summary of each scalar, under its tag as it is."""
    with tf.name_scope(''):
        for tag, value in scalars.items():
            tf.summary.scalar(tag, value)
