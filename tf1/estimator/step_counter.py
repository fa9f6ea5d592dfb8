"""The hook that reports how fast training is."""

from __future__ import annotations

import time

import tensorflow.compat.v1 as tf

_TAG = 'global_step/sec'


class StepCounter(tf.train.SessionRunHook):
    """Logs `global_step/sec` and writes it to the event file, every so many steps.

    Unlike `tf.train.StepCounterHook` it reads the global step only when it reports: a read in the middle of a step
    races with the update, which costs time and at times ends in a false warning that the step stands still.

    Args:
      every_n_steps: steps of this process between two reports.
      output_dir: folder of the event file.
    """

    def __init__(self, every_n_steps: int, output_dir: str):
        self._every_n_steps = every_n_steps
        self._output_dir = output_dir
        self._last: tuple[float, int] | None = None
        self._runs = 0

    def begin(self) -> None:
        """Opens the event file."""
        self._writer = tf.summary.FileWriterCache.get(self._output_dir)
        self._global_step = tf.train.get_global_step()

    def skippable_steps(self, global_step: int) -> int:
        """Returns the steps before the next report."""
        return -self._runs % self._every_n_steps

    def skip_steps(self, count: int) -> None:
        """Counts steps that were made in one call."""
        self._runs += count

    def after_run(self, run_context: tf.train.SessionRunContext, run_values: tf.train.SessionRunValues) -> None:
        """Reports after the first step of a span, for the steps since the first of the span before."""
        if self._runs % self._every_n_steps == 0:
            self._report(int(run_context.session.run(self._global_step)))
        self._runs += 1

    def _report(self, global_step: int) -> None:
        now = time.perf_counter()
        if self._last is not None:
            last_time, last_step = self._last
            if global_step == last_step:
                tf.logging.warning(
                    'global_step has stayed at %d for %d steps. Pass global_step=tf.train.get_global_step() to the '
                    "optimizer's minimize or apply_gradients: training stops by it.",
                    global_step,
                    self._every_n_steps,
                )
            self._write_rate((global_step - last_step) / (now - last_time), global_step)
        self._last = (now, global_step)

    def _write_rate(self, steps_per_second: float, global_step: int) -> None:
        self._write(_TAG, steps_per_second, global_step)

    def _write(self, tag: str, value: float, global_step: int) -> None:
        summary = tf.Summary(value=[tf.Summary.Value(tag=tag, simple_value=value)])
        self._writer.add_summary(summary, global_step)
        tf.logging.info('%s: %g', tag, value)


class ExampleCounter(StepCounter):
    """Reports `examples/sec`, too.

    Args:
      batch_size: examples of a step; None reports steps alone.
      every_n_steps: steps of this process between two reports.
      output_dir: folder of the event file.
    """

    def __init__(self, batch_size: int | None, every_n_steps: int, output_dir: str):
        super().__init__(every_n_steps, output_dir)
        self._batch_size = batch_size

    def _write_rate(self, steps_per_second: float, global_step: int) -> None:
        super()._write_rate(steps_per_second, global_step)
        if self._batch_size:
            self._write('examples/sec', self._batch_size * steps_per_second, global_step)
