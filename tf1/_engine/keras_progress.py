"""What Keras prints while it trains, evaluates and predicts, as on TF 1.15: bars, lines of epochs, notices."""

from __future__ import annotations

import functools
import re
import time
import types
from collections.abc import Callable
from typing import Any

from tf_keras.src import callbacks as keras_callbacks
from tf_keras.src.utils import generic_utils

_COUNTS = ('batch', 'size', 'num_steps')
"""What stands beside the losses in the logs of a batch."""
_EPOCH = re.compile(r'^(\n?)Epoch (\d+): (.*)', re.DOTALL)
_TIMES = re.compile(r' - \d+\w*/epoch - \d+\w*/(step|sample)\n$')
"""At the end of the line of an epoch."""


def install() -> None:
    """Changes what is printed, for the process."""
    usual = keras_callbacks.configure_callbacks
    if hasattr(usual, '__wrapped__'):
        return
    logger = keras_callbacks.ProgbarLogger
    logger._batch_update_progbar = _without_counts(logger._batch_update_progbar)
    keras_callbacks.Progbar = _Progbar
    keras_callbacks.configure_callbacks = _with_bar(usual)
    printing = types.SimpleNamespace(**vars(keras_callbacks.io_utils))
    printing.print_msg = _in_old_words(printing.print_msg)
    keras_callbacks.io_utils = generic_utils.io_utils = printing


class _Progbar(generic_utils.Progbar):
    """A bar that is full once: when the epoch ends, not already after its last batch."""

    def update(self, current: int, values: Any = None, finalize: bool | None = None) -> None:
        """Draws how far a loop is."""
        if finalize is False and self.target is not None and current >= self.target:
            self._last_update = time.time()  # So it only counts the values.
        super().update(current, values, finalize)


def _without_counts(usual: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(usual)
    def _batch_update_progbar(self: Any, batch: int, logs: dict[str, Any] | None = None) -> None:
        if self.use_steps:
            logs = {name: value for name, value in (logs or {}).items() if name not in _COUNTS}
        usual(self, batch, logs)

    return _batch_update_progbar


def _with_bar(usual: Callable[..., Any]) -> Callable[..., Any]:
    """Returns what makes the callbacks of a loop, with a bar for `evaluate` and `predict`, too."""

    @functools.wraps(usual)
    def configure_callbacks(callbacks: Any, model: Any, *args: Any, **options: Any) -> Any:
        made = usual(callbacks, model, *args, **options)
        is_outermost = made is not callbacks
        if is_outermost and options.get('verbose', 1) and options.get('mode', 'train') in ('test', 'predict'):
            bar = _Bar(options.get('count_mode', 'steps'))
            bar.set_model(model)
            bar.set_params(made.params)
            made.append(bar)
            made._should_call_test_batch_hooks = made._should_call_predict_batch_hooks = True
        return made

    return configure_callbacks


class _Bar(keras_callbacks.ProgbarLogger):
    """Shows how far `evaluate` or `predict` is; with `verbose=2` only the line at its end."""

    def _batch_update_progbar(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        logs = dict(logs or {})
        count = 1 if self.use_steps else logs.get('num_steps', 1) * logs.get('size', 0)
        self.seen += count
        self._maybe_init_progbar()
        values = [(name, value) for name, value in logs.items() if name not in _COUNTS]
        self.progbar.update(self.seen, values, finalize=False)

    def on_predict_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """Shows no predictions."""
        self._batch_update_progbar(batch, {name: value for name, value in (logs or {}).items() if name in _COUNTS})


def _in_old_words(usual: Callable[..., Any]) -> Callable[..., Any]:
    """Returns what prints: five digits for an epoch in a notice, a rate that is reduced, no times per epoch."""

    @functools.wraps(usual)
    def print_msg(message: str, *args: Any, **options: Any) -> None:
        found = _EPOCH.match(message)
        if found:
            what = found[3].replace('LearningRateScheduler setting', 'LearningRateScheduler reducing')
            message = f'{found[1]}Epoch {int(found[2]):05d}: {what}'
        usual(_TIMES.sub('\n', message), *args, **options)

    return print_msg
