"""`ModelFnOps`: what a `model_fn` of `tf.contrib.learn` returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import tf1 as tf
from tf1.contrib.learn.constants import PredictionKey, ProblemType

_DEFAULT_SERVING = tf.saved_model.signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY


class ModelFnOps(NamedTuple):
    """Tensors, operations and hooks of a model; `tf.estimator.EstimatorSpec` is its successor.

    `eval_metric_ops` values are pairs of a value and an update, or tensors, whose last value counts.
    `output_alternatives` is `{head: (problem type, {key of PredictionKey: tensor})}`, for exports.
    """

    mode: str
    predictions: Any = None
    loss: tf.Tensor | None = None
    train_op: tf.Tensor | tf.Operation | None = None
    eval_metric_ops: Mapping[str, Any] | None = None
    output_alternatives: Mapping[str | None, tuple[int, Mapping[str, tf.Tensor]]] | None = None
    training_chief_hooks: Sequence[tf.train.SessionRunHook] | None = None
    training_hooks: Sequence[tf.train.SessionRunHook] | None = None
    scaffold: tf.train.Scaffold | None = None

    def estimator_spec(self, default_serving_output_alternative_key: str | None = None) -> tf.estimator.EstimatorSpec:
        """Returns the record with what its mode needs, for `tf.estimator`.

        Raises:
          ValueError: something that the mode needs is missing, or the head named as default does not exist.
        """
        is_training, is_serving = (self.mode == mode for mode in (tf.estimator.ModeKeys.TRAIN, 'infer'))
        return tf.estimator.EstimatorSpec(
            self.mode,
            predictions=self.predictions,
            loss=None if is_serving else _scalar(self.loss),
            train_op=self.train_op if is_training else None,
            eval_metric_ops=None if is_serving else metric_pairs(self.eval_metric_ops),
            export_outputs=self._exports(default_serving_output_alternative_key) if is_serving else None,
            training_chief_hooks=self.training_chief_hooks,
            training_hooks=self.training_hooks,
            scaffold=self.scaffold,
        )

    def _exports(self, default: str | None) -> dict[str, tf.estimator.export.ExportOutput] | None:
        heads = dict(self.output_alternatives or {})
        if not heads:
            return None
        if default is None and len(heads) == 1:
            default = next(iter(heads))
        if default not in heads:
            raise ValueError(f'default_serving_output_alternative_key must be one of {sorted(heads)}, got {default!r}.')
        outputs = {name or _DEFAULT_SERVING: _output(*head) for name, head in heads.items()}
        return {**outputs, _DEFAULT_SERVING: _output(*heads[default])}


def as_model_fn_ops(returned: Any, mode: str) -> ModelFnOps:
    """Returns what a `model_fn` gave, be it ModelFnOps, an EstimatorSpec or `(predictions, loss, train_op)`.

    Raises:
      ValueError: something else.
    """
    if isinstance(returned, ModelFnOps):
        return returned
    if isinstance(returned, tf.estimator.EstimatorSpec):
        names = (name for name in ModelFnOps._fields if hasattr(returned, name))
        return ModelFnOps(**{name: getattr(returned, name) for name in names})
    if isinstance(returned, (tuple, list)) and len(returned) == 3:
        return ModelFnOps(mode, *returned)
    raise ValueError(f'model_fn must return ModelFnOps or (predictions, loss, train_op), got {returned!r}.')


def metric_pairs(metrics: Mapping[str, Any] | None) -> dict[str, Any]:
    """Returns metrics as pairs of a value and an update."""
    return {name: _pair(metric) for name, metric in (metrics or {}).items()}


def _pair(metric: Any) -> Any:
    if not isinstance(metric, tf.Tensor):
        return metric
    last = tf.Variable(tf.zeros([], metric.dtype), trainable=False, collections=[tf.GraphKeys.LOCAL_VARIABLES])
    return last, last.assign(tf.reshape(metric, []))


def _scalar(loss: tf.Tensor | None) -> tf.Tensor | None:
    return None if loss is None else tf.convert_to_tensor(loss)


def _output(problem: int, tensors: Mapping[str, tf.Tensor]) -> tf.estimator.export.ExportOutput:
    export = tf.estimator.export
    if problem == ProblemType.LINEAR_REGRESSION:
        return export.RegressionOutput(tensors.get(PredictionKey.SCORES, next(iter(tensors.values()))))
    if problem not in (ProblemType.CLASSIFICATION, ProblemType.LOGISTIC_REGRESSION):
        return export.PredictOutput(dict(tensors))
    scores = tensors.get(PredictionKey.SCORES, tensors.get(PredictionKey.PROBABILITIES))
    classes = tensors.get(PredictionKey.CLASSES)
    if classes is not None and classes.dtype != tf.string:
        classes = tf.as_string(classes)
    return export.ClassificationOutput(scores=scores, classes=classes)
