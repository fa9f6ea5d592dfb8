"""`LogisticRegressor`: metrics of probabilities for a model of one's own."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tf1 as tf
from tf1.contrib.learn.class_metrics import probability_metrics
from tf1.contrib.learn.constants import ModeKeys, ProblemType
from tf1.contrib.learn.estimator import Estimator
from tf1.contrib.learn.model_fn import ModelFnOps, as_model_fn_ops


def LogisticRegressor(  # noqa: N802
    model_fn: Callable,
    thresholds: Sequence[float] | None = None,
    model_dir: str | os.PathLike | None = None,
    config: tf.estimator.RunConfig | None = None,
    feature_engineering_fn: Callable | None = None,
) -> Estimator:
    """Returns an Estimator that measures how well a model tells labels 0 and 1 apart.

    Args:
      model_fn: function as of `Estimator`, whose predictions are the probabilities of 1, `[batch]` or `[batch, 1]`.
      thresholds: from which a probability counts as 1, for accuracy, precision and recall; None for 0.5.
      model_dir: folder of checkpoints and event files; None for a new temporary folder.
      config: settings.
      feature_engineering_fn: function of features and labels that returns both as `model_fn` gets them.
    """
    names = tuple(inspect.signature(model_fn).parameters)

    def with_metrics(features: Any, labels: Any, mode: str, params: Mapping[str, Any]) -> ModelFnOps:
        ops = as_model_fn_ops(model_fn(features, labels, **({'mode': mode} if 'mode' in names else {})), mode)
        scores = ops.predictions
        metrics = None
        if mode == ModeKeys.EVAL:
            columns = (tf.reshape(values, [-1, 1]) for values in (labels, scores))
            metrics = probability_metrics(*columns, None, params['thresholds'])
        alternatives = {None: (ProblemType.LOGISTIC_REGRESSION, {'scores': scores})}
        return ops._replace(mode=mode, eval_metric_ops=metrics, output_alternatives=alternatives)

    params = {'thresholds': [0.5] if thresholds is None else list(thresholds)}
    return Estimator(with_metrics, model_dir, config, params, feature_engineering_fn)
