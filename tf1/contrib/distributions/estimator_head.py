"""A head of `tf.contrib.learn.Estimator` whose logits are the parameters of a distribution of the label."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import tf1 as tf
from tf1.contrib.distributions.scalar import Distribution
from tf1.contrib.learn.constants import PredictionKey, ProblemType
from tf1.contrib.learn.heads import Head
from tf1.contrib.learn.model_fn import ModelFnOps


class DistributionRegressionHead(Head):
    """Numbers as labels, and minus their log-probability as loss; made by `estimator_head_distribution_regression`."""

    def __init__(
        self,
        make_distribution_fn: Callable[[tf.Tensor], Distribution],
        logits_dimension: int,
        label_name: str | None,
        weight_column_name: str | None,
        enable_centered_bias: bool,
        head_name: str | None,
    ):
        super().__init__(head_name or 'regression_head', logits_dimension, weight_column_name, enable_centered_bias)
        self._make_distribution_fn = make_distribution_fn
        self._label_name, self._head_name = label_name, head_name
        self._distributions: dict[Any, tuple[tf.Tensor, Distribution]] = {}

    @property
    def head_name(self) -> str | None:
        """The name that was given."""
        return self._head_name

    @property
    def label_name(self) -> str | None:
        """Key of the label, where labels are a dictionary."""
        return self._label_name

    @property
    def distributions(self) -> dict[tf.Tensor, Distribution]:
        """All distributions made so far, by the reference of their logits."""
        return {key: distribution for key, (_, distribution) in self._distributions.items()}

    def distribution(self, logits: tf.Tensor, name: str | None = None) -> Distribution:
        """Returns the distribution of `logits` [batch, logits_dimension], made once."""
        key = logits.ref()
        if key not in self._distributions:
            with tf.name_scope(name, 'distribution', [logits]):
                self._distributions[key] = logits, self._make_distribution_fn(logits)
        return self._distributions[key][1]

    def create_model_fn_ops(
        self,
        features: Any,
        mode: str,
        labels: Any = None,
        train_op_fn: Callable[[tf.Tensor], tf.Operation] | None = None,
        logits: tf.Tensor | None = None,
    ) -> ModelFnOps:
        """Returns the model of a mode; see `Head`. Labels may be a dictionary that has `label_name`."""
        if isinstance(labels, Mapping):
            labels = labels[self._label_name]
        model = super().create_model_fn_ops(features, mode, labels, train_op_fn, logits)
        return model._replace(output_alternatives={self._head_name: model.output_alternatives[None]})

    def _losses(self, labels: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
        distribution = self.distribution(logits)
        shape = tf.concat([tf.shape(labels)[:-1], distribution.event_shape_tensor()], 0)
        losses = -distribution.log_prob(tf.reshape(tf.cast(labels, distribution.dtype), shape))
        return tf.reshape(losses, [tf.shape(losses)[0], -1])

    def _predictions(self, logits: tf.Tensor) -> dict[str, tf.Tensor]:
        return {PredictionKey.SCORES: self.distribution(logits).mean()}

    def _alternative(self, predictions: Mapping[str, tf.Tensor]) -> tuple[int, dict[str, tf.Tensor]]:
        return ProblemType.LINEAR_REGRESSION, dict(predictions)

    def _metrics(
        self, labels: tf.Tensor, predictions: Mapping[str, tf.Tensor], weights: tf.Tensor | None
    ) -> dict[str, Any]:
        return {}


def estimator_head_distribution_regression(
    make_distribution_fn: Callable[[tf.Tensor], Distribution],
    label_dimension: int = 1,
    logits_dimension: int | None = None,
    label_name: str | None = None,
    weight_column_name: str | None = None,
    enable_centered_bias: bool = False,
    head_name: str | None = None,
) -> DistributionRegressionHead:
    """Returns a head for the model functions of `tf.contrib.learn.Estimator`.

    Args:
      make_distribution_fn: from logits [batch, logits_dimension] to the distribution of labels.
      label_dimension: numbers in a label [batch, label_dimension].
      logits_dimension: `label_dimension` by default.
      label_name: key of the label, where labels are a dictionary.
      weight_column_name: the feature that holds the weights of examples; None for none.
      enable_centered_bias: add a bias that is trained on labels alone.
      head_name: variable scope, and key of exports.
    """
    if logits_dimension is None:
        logits_dimension = label_dimension
    return DistributionRegressionHead(
        make_distribution_fn, logits_dimension, label_name, weight_column_name, enable_centered_bias, head_name
    )
