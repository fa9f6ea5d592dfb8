"""Progress of a training on a terminal: one bar in place of log lines."""

from __future__ import annotations

import sys

import tensorflow.compat.v1 as tf
from tqdm import tqdm

from flags._binary import show_log_lines

_EVERY_N_STEPS = 10


def wants_bar() -> bool:
    """Returns whether a person watches: standard error is a terminal."""
    return sys.stderr.isatty()


class ProgressBar(tf.train.SessionRunHook):
    """Shows steps done, steps per second and the loss; keeps log lines below warnings away meanwhile.

    Args:
      last_step: the step at which training ends.
    """

    def __init__(self, last_step: int):
        self._last_step = last_step

    def begin(self) -> None:
        """Finds what to show."""
        self._global_step = tf.train.get_global_step()
        (self._loss, *_) = tf.get_collection(tf.GraphKeys.LOSSES)

    def after_create_session(self, session: tf.Session, coord: tf.train.Coordinator) -> None:
        """Starts the bar where training goes on."""
        self._step = int(session.run(self._global_step))
        self._bar = tqdm(total=self._last_step, initial=self._step, unit='step', dynamic_ncols=True, file=sys.stderr)
        show_log_lines(False)

    def before_run(self, run_context: tf.train.SessionRunContext) -> tf.train.SessionRunArgs | None:
        """Asks for the loss now and then."""
        self._step += 1
        return tf.train.SessionRunArgs(self._loss) if self._is_shown() else None

    def after_run(self, run_context: tf.train.SessionRunContext, run_values: tf.train.SessionRunValues) -> None:
        """Moves the bar."""
        if self._is_shown():
            self._bar.set_postfix(loss=f'{run_values.results:.4f}', refresh=False)
            self._bar.update(self._step - self._bar.n)

    def end(self, session: tf.Session) -> None:
        """Ends the bar."""
        self._bar.update(self._step - self._bar.n)
        self._bar.close()
        show_log_lines(True)

    def _is_shown(self) -> bool:
        return self._step % _EVERY_N_STEPS == 0 or self._step == self._last_step
