"""`tf.contrib.learn.monitors`: the monitors themselves. Where a session hook does the same, it is that hook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

import tf1 as tf
from tf1._namespace import removed
from tf1.contrib.learn.monitor_hooks import (
    BaseMonitor,
    EveryN,
    RunHookAdapterForMonitors,
    replace_monitors_with_hooks,
)
from tf1.contrib.learn.validation_monitor import ValidationMonitor

CheckpointSaver = tf.train.CheckpointSaverHook
NanLossDuringTrainingError = tf.train.NanLossDuringTrainingError
Summary = tf.Summary

__all__ = [
    'BaseMonitor',
    'CaptureVariable',
    'CheckpointSaver',
    'EveryN',
    'LoggingTrainable',
    'NanLoss',
    'NanLossDuringTrainingError',
    'PrintTensor',
    'RunHookAdapterForMonitors',
    'StepCounter',
    'StopAtStep',
    'Summary',
    'SummarySaver',
    'ValidationMonitor',
    'replace_monitors_with_hooks',
]


class StopAtStep(BaseMonitor):
    """Ends training after `num_steps` steps, or at step `last_step`.

    Raises:
      ValueError: both are given, or neither.
    """

    def __init__(self, num_steps: int | None = None, last_step: int | None = None):
        super().__init__()
        if (num_steps is None) == (last_step is None):
            raise ValueError(f'One of num_steps and last_step must be given, got {num_steps} and {last_step}.')
        self._num_steps, self._last_step = num_steps, last_step

    def step_begin(self, step: int) -> list[Any]:
        """Sets the last step."""
        super().step_begin(step)
        if self._last_step is None:
            self._last_step = step + self._num_steps - 1
        return []

    def step_end(self, step: int, output: dict[str, Any]) -> bool:
        """Returns whether the last step is reached."""
        super().step_end(step, output)
        return step >= self._last_step


class PrintTensor(EveryN):
    """Logs tensors.

    Args:
      tensor_names: names of tensors or operations, or a dictionary from what is logged to such names.
      every_n: steps between lines.
      first_n: a line comes in each step up to this one.
    """

    def __init__(self, tensor_names: Sequence[str] | Mapping[str, str], every_n: int = 100, first_n: int = 1):
        super().__init__(every_n, first_n)
        named = tensor_names if isinstance(tensor_names, Mapping) else {name: name for name in tensor_names}
        self._names = {tag: name if isinstance(name, str) else name.name for tag, name in named.items()}

    def every_n_step_begin(self, step: int) -> list[Any]:
        """Returns the names."""
        return list(self._names.values())

    def every_n_step_end(self, step: int, outputs: dict[str, Any]) -> bool:
        """Logs the values."""
        values = (f'{tag} = {outputs[name]}' for tag, name in self._names.items())
        tf.logging.info('Step %d: %s', step, ', '.join(values))
        return False


class LoggingTrainable(EveryN):
    """Logs the trainable variables of a scope, None for all."""

    def __init__(self, scope: str | None = None, every_n: int = 100, first_n: int = 1):
        super().__init__(every_n, first_n)
        self._scope = scope
        self._names: list[str] = []

    def every_n_step_begin(self, step: int) -> list[Any]:
        """Returns the variables' names."""
        self._names = [variable.name for variable in tf.trainable_variables(self._scope)]
        return self._names

    def every_n_step_end(self, step: int, outputs: dict[str, Any]) -> bool:
        """Logs the values."""
        values = (f'{name} = {outputs[name]}' for name in self._names)
        tf.logging.info('Logging Trainable: Step %d: %s', step, ', '.join(values))
        return False


class CaptureVariable(EveryN):
    """Keeps the values of the tensor `var_name`."""

    def __init__(self, var_name: str, every_n: int = 100, first_n: int = 1):
        super().__init__(every_n, first_n)
        self._var_name = var_name
        self._values: dict[int, np.ndarray] = {}

    @property
    def values(self) -> dict[int, np.ndarray]:
        """Values by step."""
        return self._values

    def every_n_step_begin(self, step: int) -> list[Any]:
        """Returns the name."""
        return [self._var_name]

    def every_n_step_end(self, step: int, outputs: dict[str, Any]) -> bool:
        """Keeps the value."""
        self._values[step] = outputs[self._var_name]
        return False


class SummarySaver(tf.train.SummarySaverHook):
    """Writes `summary_op` every `save_steps` steps, to `output_dir` or with `summary_writer`."""

    def __init__(
        self,
        summary_op: tf.Tensor | None,
        save_steps: int = 100,
        output_dir: str | None = None,
        summary_writer: tf.summary.FileWriter | None = None,
        scaffold: tf.train.Scaffold | None = None,
    ):
        super().__init__(save_steps, None, output_dir, summary_writer, scaffold, summary_op)


class StepCounter(tf.train.StepCounterHook):
    """Logs and writes the speed every `every_n_steps` steps, to `output_dir` or with `summary_writer`."""

    def __init__(
        self,
        every_n_steps: int = 100,
        output_dir: str | None = None,
        summary_writer: tf.summary.FileWriter | None = None,
    ):
        super().__init__(every_n_steps, None, output_dir, summary_writer)


class NanLoss(tf.train.NanTensorHook):
    """Ends training when the loss is NaN, with an error if `fail_on_nan_loss`; `every_n_steps` has no effect."""

    def __init__(self, loss_tensor: tf.Tensor, every_n_steps: int = 100, fail_on_nan_loss: bool = True):
        del every_n_steps
        super().__init__(loss_tensor, fail_on_nan_loss)


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.learn.monitors', name)
