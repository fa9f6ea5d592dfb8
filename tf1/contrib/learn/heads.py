"""Heads: what ready-made Estimators make of logits, by the kind of label."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tf1 as tf
from tf1.contrib.learn.class_metrics import probability_metrics
from tf1.contrib.learn.constants import ModeKeys, PredictionKey, ProblemType
from tf1.contrib.learn.model_fn import ModelFnOps

_CENTERED_BIAS_RATE = 0.1


class Head:
    """Loss, predictions and metrics of logits `[batch, logits_dimension]`; subclasses know the kind of label.

    Args:
      name: variable scope.
      logits_dimension: numbers for each example.
      weight_column_name: the feature that holds the weights of examples; None for none.
      enable_centered_bias: whether to add a bias that is trained on labels alone.
    """

    def __init__(self, name: str, logits_dimension: int, weight_column_name: str | None, enable_centered_bias: bool):
        self._name, self._logits_dimension = name, logits_dimension
        self._weight_column_name, self._enable_centered_bias = weight_column_name, enable_centered_bias

    @property
    def logits_dimension(self) -> int:
        """Length of the logits' last axis."""
        return self._logits_dimension

    @property
    def weight_column(self) -> str | None:
        """The feature that holds the weights of examples, or None."""
        return self._weight_column_name

    def create_model_fn_ops(
        self,
        features: Any,
        mode: str,
        labels: tf.Tensor | None = None,
        train_op_fn: Callable[[tf.Tensor], tf.Operation] | None = None,
        logits: tf.Tensor | None = None,
    ) -> ModelFnOps:
        """Returns the model of a mode.

        Args:
          features: the features, for their weights.
          mode: one of `ModeKeys`.
          labels: `[batch]` or `[batch, 1]`, for regression `[batch, labels]`; None to predict.
          train_op_fn: function of the loss that returns the training operation; needed to train.
          logits: `[batch, logits_dimension]` float32.

        Raises:
          ValueError: `mode` is none, or labels or weights are missing or do not fit.
        """
        ModeKeys.validate(mode)
        with tf.variable_scope(None, self._name):
            bias = self._centered_bias() if self._enable_centered_bias else None
            logits = logits if bias is None else logits + bias
            with tf.name_scope('predictions'):
                predictions = self._predictions(logits)
            alternatives = {None: self._alternative(predictions)}
            if mode == ModeKeys.INFER:
                return ModelFnOps(mode, predictions, output_alternatives=alternatives)
            labels, weights = self._labels(labels), self._weights(features)
            loss = _mean_loss(self._losses(labels, logits), weights, is_average=mode == ModeKeys.EVAL)
            if mode == ModeKeys.EVAL:
                metrics = self._metrics(labels, predictions, weights)
                return ModelFnOps(mode, predictions, loss, None, metrics, alternatives)
            bias_step = [] if bias is None else [self._bias_step(bias, labels, weights)]
            with tf.name_scope('train_op'):
                train_op = tf.group(*bias_step, train_op_fn(loss))
            return ModelFnOps(mode, predictions, loss, train_op, None, alternatives)

    def _centered_bias(self) -> tf.Variable:
        # Not get_variable, which would divide it among parameter servers as the scope says.
        bias = tf.Variable(tf.zeros([self._logits_dimension]), name='centered_bias_weight')
        for i in range(self._logits_dimension):
            tf.summary.scalar(f'centered_bias/bias_{i}', bias[i])
        return bias

    def _bias_step(self, bias: tf.Variable, labels: tf.Tensor, weights: tf.Tensor | None) -> tf.Operation:
        logits = tf.tile(bias[tf.newaxis], [tf.shape(labels)[0], 1])
        losses = self._losses(labels, logits)
        # TF 1.15 trained this bias on the mean of both, so that weights count for less than they do elsewhere.
        loss = (_mean_loss(losses, weights, is_average=False) + _mean_loss(losses, weights, is_average=True)) / 2
        return tf.train.AdagradOptimizer(_CENTERED_BIAS_RATE).minimize(loss, var_list=[bias], name='centered_bias_step')

    def _weights(self, features: Any) -> tf.Tensor | None:
        """Returns the weights `[batch, 1]` float32."""
        name = self._weight_column_name
        if name is None:
            return None
        if not isinstance(features, Mapping) or name not in features:
            names = sorted(features) if isinstance(features, Mapping) else 'one without a name'
            raise ValueError(f'weight_column_name must be a feature, got {name!r}; the features are {names}.')
        return tf.reshape(tf.cast(features[name], tf.float32), [-1, 1])

    def _labels(self, labels: tf.Tensor | None) -> tf.Tensor:
        """Returns the labels as `_losses` takes them, one row for each example."""
        if not isinstance(labels, tf.Tensor):
            raise ValueError(f'labels must be a tensor, got {labels!r}.')
        if labels.shape.rank not in (None, 1, 2):
            raise ValueError(f'labels must have the shape [batch] or [batch, labels], got {labels.shape}.')
        return labels[:, tf.newaxis] if labels.shape.rank == 1 else labels

    def _losses(self, labels: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
        """Returns the loss of each example, `[batch, any]`."""
        raise NotImplementedError

    def _predictions(self, logits: tf.Tensor) -> dict[str, tf.Tensor]:
        raise NotImplementedError

    def _alternative(self, predictions: Mapping[str, tf.Tensor]) -> tuple[int, dict[str, tf.Tensor]]:
        """Returns the kind of problem and the tensors of exports."""
        raise NotImplementedError

    def _metrics(
        self, labels: tf.Tensor, predictions: Mapping[str, tf.Tensor], weights: tf.Tensor | None
    ) -> dict[str, Any]:
        raise NotImplementedError


class RegressionHead(Head):
    """Numbers as labels, `[batch, label_dimension]`, and the square of what they are missed by as loss."""

    def __init__(
        self, label_dimension: int = 1, weight_column_name: str | None = None, enable_centered_bias: bool = False
    ):
        super().__init__('regression_head', label_dimension, weight_column_name, enable_centered_bias)

    def _losses(self, labels: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
        labels.shape.assert_is_compatible_with([None, self._logits_dimension])
        return tf.math.squared_difference(tf.cast(labels, tf.float32), logits)

    def _predictions(self, logits: tf.Tensor) -> dict[str, tf.Tensor]:
        return {PredictionKey.SCORES: tf.squeeze(logits, [1]) if self._logits_dimension == 1 else tf.identity(logits)}

    def _alternative(self, predictions: Mapping[str, tf.Tensor]) -> tuple[int, dict[str, tf.Tensor]]:
        return ProblemType.LINEAR_REGRESSION, dict(predictions)

    def _metrics(
        self, labels: tf.Tensor, predictions: Mapping[str, tf.Tensor], weights: tf.Tensor | None
    ) -> dict[str, Any]:
        return {}


class BinaryHead(Head):
    """Labels 0 and 1, and the cross entropy of one logit as loss."""

    def __init__(self, weight_column_name: str | None = None, enable_centered_bias: bool = False):
        super().__init__('binary_logistic_head', 1, weight_column_name, enable_centered_bias)

    def _losses(self, labels: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
        labels.shape.assert_is_compatible_with([None, 1])
        return tf.nn.sigmoid_cross_entropy_with_logits(labels=tf.cast(labels, tf.float32), logits=logits)

    def _predictions(self, logits: tf.Tensor) -> dict[str, tf.Tensor]:
        both = tf.concat([tf.zeros_like(logits), logits], 1)
        return {
            PredictionKey.LOGITS: logits,
            PredictionKey.LOGISTIC: tf.sigmoid(logits, name='logistic'),
            PredictionKey.PROBABILITIES: tf.nn.softmax(both, name='probabilities'),
            PredictionKey.CLASSES: tf.argmax(both, 1, name='classes'),
        }

    def _alternative(self, predictions: Mapping[str, tf.Tensor]) -> tuple[int, dict[str, tf.Tensor]]:
        return ProblemType.LOGISTIC_REGRESSION, _scored(predictions, ['0', '1'])

    def _metrics(
        self, labels: tf.Tensor, predictions: Mapping[str, tf.Tensor], weights: tf.Tensor | None
    ) -> dict[str, Any]:
        classes = predictions[PredictionKey.CLASSES][:, tf.newaxis]
        accuracy = tf.metrics.accuracy(tf.cast(labels, tf.int64), classes, weights, name='accuracy')
        return {
            'accuracy': accuracy,
            **probability_metrics(labels, predictions[PredictionKey.LOGISTIC], weights, [0.5], with_precision_auc=True),
        }


class SvmHead(Head):
    """Labels 0 and 1, and the hinge loss of one logit."""

    def __init__(self, weight_column_name: str | None = None):
        super().__init__('binary_svm_head', 1, weight_column_name, False)

    def _losses(self, labels: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
        labels.shape.assert_is_compatible_with([None, 1])
        return tf.nn.relu(1 - (2 * tf.cast(labels, tf.float32) - 1) * logits)

    def _predictions(self, logits: tf.Tensor) -> dict[str, tf.Tensor]:
        both = tf.concat([tf.zeros_like(logits), logits], 1)
        return {PredictionKey.LOGITS: logits, PredictionKey.CLASSES: tf.argmax(both, 1, name='classes')}

    def _alternative(self, predictions: Mapping[str, tf.Tensor]) -> tuple[int, dict[str, tf.Tensor]]:
        return ProblemType.LOGISTIC_REGRESSION, {'classes': tf.as_string(predictions[PredictionKey.CLASSES])}

    def _metrics(
        self, labels: tf.Tensor, predictions: Mapping[str, tf.Tensor], weights: tf.Tensor | None
    ) -> dict[str, Any]:
        classes = predictions[PredictionKey.CLASSES][:, tf.newaxis]
        return {'accuracy': tf.metrics.accuracy(tf.cast(labels, tf.int64), classes, weights, name='accuracy')}


class MultiClassHead(Head):
    """Labels in [0, n_classes), or strings of `label_keys`, and the cross entropy of the logits' softmax as loss."""

    def __init__(
        self,
        n_classes: int,
        weight_column_name: str | None = None,
        enable_centered_bias: bool = False,
        label_keys: Sequence[str] | None = None,
    ):
        super().__init__('multi_class_head', n_classes, weight_column_name, enable_centered_bias)
        self._label_keys = None if label_keys is None else list(label_keys)

    def _labels(self, labels: tf.Tensor | None) -> tf.Tensor:
        labels = super()._labels(labels)
        if self._label_keys is not None:
            return tf.contrib.lookup.index_table_from_tensor(self._label_keys).lookup(labels)
        if not labels.dtype.is_integer:
            raise ValueError(f'labels must be integers in [0, {self._logits_dimension}), got {labels.dtype.name}.')
        return labels

    def _losses(self, labels: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=tf.squeeze(labels, [1]), logits=logits)
        return losses[:, tf.newaxis]

    def _predictions(self, logits: tf.Tensor) -> dict[str, tf.Tensor]:
        classes = tf.argmax(logits, 1, name='classes')
        if self._label_keys is not None:
            classes = tf.gather(tf.constant(self._label_keys), classes)
        return {
            PredictionKey.LOGITS: logits,
            PredictionKey.PROBABILITIES: tf.nn.softmax(logits, name='probabilities'),
            PredictionKey.CLASSES: classes,
        }

    def _alternative(self, predictions: Mapping[str, tf.Tensor]) -> tuple[int, dict[str, tf.Tensor]]:
        names = self._label_keys or [str(i) for i in range(self._logits_dimension)]
        return ProblemType.CLASSIFICATION, _scored(predictions, names)

    def _metrics(
        self, labels: tf.Tensor, predictions: Mapping[str, tf.Tensor], weights: tf.Tensor | None
    ) -> dict[str, Any]:
        classes = tf.argmax(predictions[PredictionKey.LOGITS], 1)[:, tf.newaxis]
        return {'accuracy': tf.metrics.accuracy(tf.cast(labels, tf.int64), classes, weights, name='accuracy')}


def class_head(
    n_classes: int,
    weight_column_name: str | None,
    enable_centered_bias: bool,
    label_keys: Sequence[str] | None,
) -> Head:
    """Returns the head of a classifier.

    Raises:
      ValueError: fewer than two classes, or `label_keys` for two classes or of another number.
    """
    if n_classes < 2:
        raise ValueError(f'n_classes must be > 1, got {n_classes}.')
    if label_keys is not None and n_classes == 2:
        raise ValueError(f'label_keys must be None for two classes (labels 0 and 1), got {list(label_keys)}.')
    if label_keys is not None and len(label_keys) != n_classes:
        raise ValueError(f'label_keys must have a name for each of {n_classes} classes, got {list(label_keys)}.')
    if n_classes == 2:
        return BinaryHead(weight_column_name, enable_centered_bias)
    return MultiClassHead(n_classes, weight_column_name, enable_centered_bias, label_keys)


def _mean_loss(losses: tf.Tensor, weights: tf.Tensor | None, is_average: bool) -> tf.Tensor:
    """Returns the mean of weighted losses: by their number to train, by the sum of their weights to evaluate."""
    if weights is None:
        return tf.reduce_mean(losses)
    weights *= tf.ones_like(losses)
    if is_average:
        return tf.reduce_sum(losses * weights) / tf.reduce_sum(weights)
    return tf.reduce_mean(losses * weights)


def _scored(predictions: Mapping[str, tf.Tensor], names: Sequence[str]) -> dict[str, tf.Tensor]:
    """Returns probabilities and, in the same places, the names of their classes."""
    probabilities = predictions[PredictionKey.PROBABILITIES]
    classes = tf.tile(tf.constant([list(names)]), [tf.shape(probabilities)[0], 1])
    return {PredictionKey.PROBABILITIES: probabilities, PredictionKey.CLASSES: classes}
