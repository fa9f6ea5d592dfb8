"""`tf.contrib.learn.learn_runner`: makes an experiment and does one of its methods."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tf1 as tf
from tf1._namespace import removed
from tf1.contrib.learn.experiment import Experiment

__all__ = ['Experiment', 'run']

_SCHEDULES = {'master': 'train_and_evaluate', 'chief': 'train_and_evaluate', 'worker': 'train'}


def run(
    experiment_fn: Callable[..., Experiment],
    output_dir: str | None = None,
    schedule: str | None = None,
    run_config: tf.estimator.RunConfig | None = None,
    hparams: Any = None,
) -> Any:
    """Makes an experiment and calls the method `schedule` of it.

    Args:
      experiment_fn: function of `output_dir`, or of `run_config` and `hparams`.
      output_dir: folder of the model; excludes `run_config`.
      schedule: name of a method; None for what this process does in its cluster, `train_and_evaluate` on its own.
      run_config: settings with a `model_dir`.
      hparams: for `experiment_fn`.

    Returns:
      What the method returns.

    Raises:
      TypeError: `experiment_fn` is no function, or does not return an experiment.
      ValueError: not exactly one of `output_dir` and `run_config` is given, settings without a folder, or no such
        method.
    """
    if not callable(experiment_fn):
        raise TypeError(f'experiment_fn must be a function, got {experiment_fn!r}.')
    if bool(output_dir) == bool(run_config):
        raise ValueError(f'One of output_dir and run_config must be given, got {output_dir!r} and {run_config!r}.')
    if run_config is not None and not run_config.model_dir:
        raise ValueError('run_config must have a model_dir: RunConfig(model_dir=...).')
    if output_dir:
        experiment = experiment_fn(output_dir=output_dir)
    else:
        experiment = experiment_fn(run_config=run_config, hparams=hparams)
    if not isinstance(experiment, Experiment):
        raise TypeError(f'experiment_fn must return an Experiment, got {experiment!r}.')
    schedule = schedule or _schedule(experiment.estimator.config)
    schedules = [name for name in dir(experiment) if not name.startswith('_') and callable(getattr(experiment, name))]
    if schedule not in schedules:
        raise ValueError(f'schedule must be one of {schedules}, got {schedule!r}.')
    return getattr(experiment, schedule)()


def _schedule(config: tf.estimator.RunConfig) -> str:
    is_alone = not (config.cluster_spec and config.cluster_spec.jobs)
    return 'train_and_evaluate' if is_alone else _SCHEDULES.get(config.task_type, 'continuous_eval')


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.learn.learn_runner', name)
