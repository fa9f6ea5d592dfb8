"""`add_metrics`: an Estimator with more metrics than its `model_fn` has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tf1.estimator import user_functions, validation
from tf1.estimator.estimator import Estimator
from tf1.estimator.mode_keys import ModeKeys
from tf1.estimator.run_config import RunConfig
from tf1.estimator.spec import EstimatorSpec

_ARGUMENTS = ('features', 'labels', 'predictions', 'config')


def add_metrics(estimator: Estimator, metric_fn: Callable[..., dict[str, Any]]) -> Estimator:
    """Returns an Estimator on the same model_dir that evaluates `metric_fn`'s metrics too.

    Args:
      estimator: the model; it stays as it is.
      metric_fn: function of any of `features`, `labels`, `predictions`, `config` that returns metrics as
        `EstimatorSpec` takes them: `{name: (value tensor, update op)}`. They go before the model's of the same name.

    Raises:
      TypeError: an argument has the wrong type.
      ValueError: `metric_fn` takes another argument.
    """
    if not isinstance(estimator, Estimator):
        raise TypeError(f'estimator must be a tf.estimator.Estimator, got {estimator!r}.')
    validation.check_function('metric_fn', metric_fn)
    unknown = sorted(set(user_functions.argument_names(metric_fn)) - set(_ARGUMENTS))
    if unknown:
        raise ValueError(f'metric_fn {metric_fn} takes unknown arguments {unknown}; known are {_ARGUMENTS}.')

    def model_fn(features: Any, labels: Any, mode: str, config: RunConfig) -> EstimatorSpec:
        spec = estimator.model_fn(features, labels, mode, config)
        if mode != ModeKeys.EVAL:
            return spec
        offered = {'features': features, 'labels': labels, 'predictions': spec.predictions, 'config': config}
        names = user_functions.argument_names(metric_fn)
        metrics = metric_fn(**{name: value for name, value in offered.items() if name in names})
        return spec._replace(eval_metric_ops={**spec.eval_metric_ops, **_checked(metrics)})

    return Estimator(model_fn, config=estimator.config, warm_start_from=estimator._warm_start_settings)


def _checked(metrics: Any) -> dict[str, Any]:
    if not isinstance(metrics, dict):
        raise TypeError(f'metric_fn must return a dict of metrics, got {metrics!r}.')
    return metrics
