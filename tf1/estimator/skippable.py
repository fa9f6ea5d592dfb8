"""How many of the coming steps no hook has to see, so that they can be made in one call.

A hook says so in a method `skippable_steps(global_step)`: the number of coming steps that may pass without its
`before_run` and `after_run`, when the last step made was `global_step`. If it counts steps, it also has
`skip_steps(count)`, which is called once they are made. TensorFlow's hooks have neither; what they wait for is written
here. Any other hook sees every step.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

_FAR = 1 << 20
"""Steps beyond which nobody looks ahead."""


def until_triggered(timer: Any, step: int) -> float:
    """Returns how many steps from `step` on pass before one for which the timer triggers."""
    if timer.should_trigger_for_step(step):
        return 0
    if not timer.should_trigger_for_step(step + _FAR):
        return math.inf
    quiet, triggered = 0, _FAR
    while triggered - quiet > 1:
        middle = (quiet + triggered) // 2
        if timer.should_trigger_for_step(step + middle):
            triggered = middle
        else:
            quiet = middle
    return triggered


def _of_logging(hook: Any, global_step: int, loss: tf.Tensor) -> float:
    return until_triggered(hook._timer, hook._iter_count)


def _of_summaries(hook: Any, global_step: int, loss: tf.Tensor) -> float:
    return 0 if hook._next_step is None else until_triggered(hook._timer, hook._next_step)


def _of_global_step(hook: Any, global_step: int, loss: tf.Tensor) -> float:
    return until_triggered(hook._timer, global_step + 1)


def _of_stop(hook: Any, global_step: int, loss: tf.Tensor) -> float:
    return hook._last_step - 1 - global_step


def _of_nan(hook: Any, global_step: int, loss: tf.Tensor) -> float:
    return math.inf if hook._loss_tensor is loss else 0  # The loop itself looks at the loss.


def _of_none(hook: Any, global_step: int, loss: tf.Tensor) -> float:
    return math.inf


def _skip_logging(hook: Any, count: int, global_step: int) -> None:
    hook._iter_count += count


def _skip_summaries(hook: Any, count: int, global_step: int) -> None:
    hook._next_step = global_step + 1


def _skip_nothing(hook: Any, count: int, global_step: int) -> None:
    """What a hook needs that counts no steps."""


_TENSORFLOWS: dict[
    type[tf.train.SessionRunHook], tuple[Callable[[Any, int, tf.Tensor], float], Callable[[Any, int, int], None]]
] = {
    tf.train.SessionRunHook: (_of_none, _skip_nothing),
    tf.train.LoggingTensorHook: (_of_logging, _skip_logging),
    tf.train.SummarySaverHook: (_of_summaries, _skip_summaries),
    tf.train.CheckpointSaverHook: (_of_global_step, _skip_nothing),
    tf.train.StepCounterHook: (_of_global_step, _skip_nothing),
    tf.train.StopAtStepHook: (_of_stop, _skip_nothing),
    tf.train.NanTensorHook: (_of_nan, _skip_nothing),
}


def _kind(hook: tf.train.SessionRunHook) -> type[tf.train.SessionRunHook] | None:
    """Returns the class of TensorFlow's whose steps a hook makes, be it one that derives from it."""
    own = type(hook)
    return next(
        (kind for kind in _TENSORFLOWS if own.before_run is kind.before_run and own.after_run is kind.after_run),
        None,
    )


class Hooks:
    """What a training's hooks want to see.

    Args:
      hooks: all of them.
      loss: the tensor whose NaN ends the steps that are made in one call.
    """

    def __init__(self, hooks: Sequence[tf.train.SessionRunHook], loss: tf.Tensor):
        self._loss = loss
        self._hooks = [(hook, None if hasattr(hook, 'skippable_steps') else _kind(hook)) for hook in hooks]

    @property
    def sees_every_step(self) -> tf.train.SessionRunHook | None:
        """A hook that does not say what it wants, or None."""
        return next((hook for hook, kind in self._hooks if kind is None and not hasattr(hook, 'skippable_steps')), None)

    def skippable(self, global_step: int) -> float:
        """Returns how many steps may come after `global_step` before one that a hook has to see."""
        return min((self._skippable(hook, kind, global_step) for hook, kind in self._hooks), default=math.inf)

    def skip(self, count: int, global_step: int) -> None:
        """Tells the hooks that steps were made in one call, the last of them `global_step`."""
        for hook, kind in self._hooks:
            if kind is not None:
                _TENSORFLOWS[kind][1](hook, count, global_step)
            elif hasattr(hook, 'skip_steps'):
                hook.skip_steps(count)

    def nan_hook(self) -> tf.train.SessionRunHook:
        """Returns the hook that looks at the loss."""
        return next(hook for hook, kind in self._hooks if kind is tf.train.NanTensorHook)

    def _skippable(self, hook: Any, kind: type[tf.train.SessionRunHook] | None, global_step: int) -> float:
        return _TENSORFLOWS[kind][0](hook, global_step, self._loss) if kind else hook.skippable_steps(global_step)
