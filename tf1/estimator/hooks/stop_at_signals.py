"""Ends a training in good order at SIGTERM or Ctrl-C: after the step, with a checkpoint."""

from __future__ import annotations

import math
import signal
import threading
from types import FrameType, TracebackType
from typing import Any

import tensorflow.compat.v1 as tf

SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Signals:
    """Notes the first of `SIGNALS` that arrives; a context manager that puts the former handlers back.

    A second signal ends the process at once. Nothing is noted outside the main thread, where Python allows no handlers.

    Attributes:
      received: the signal, None as long as there was none.
    """

    def __init__(self):
        self.received: signal.Signals | None = None
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Signals:
        if threading.current_thread() is threading.main_thread():
            self._before = {number: signal.signal(number, self._note) for number in SIGNALS}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    @property
    def exit_status(self) -> int:
        """The status with which a process ends that a signal stopped: 143 for SIGTERM, 130 for Ctrl-C."""
        return 128 + int(self.received or 0)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.received = signal.Signals(number)
        for each in SIGNALS:
            signal.signal(each, signal.SIG_DFL)


class StopAtSignalsHook(tf.train.SessionRunHook):
    """Asks a training to stop after the step during which a signal arrived; the checkpoint hook then saves.

    Args:
      signals: what has been noted.
    """

    def __init__(self, signals: Signals):
        self._signals = signals

    def skippable_steps(self, global_step: int) -> float:
        """Returns that it need not see steps before a signal arrives."""
        return math.inf if self._signals.received is None else 0

    def after_run(self, run_context: tf.train.SessionRunContext, run_values: tf.train.SessionRunValues) -> None:
        """Looks whether there was one."""
        if self._signals.received is not None:
            run_context.request_stop()
