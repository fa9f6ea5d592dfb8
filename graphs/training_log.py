"""What a training leaves behind: checkpoints, TensorBoard logs, printed lines, ticks of a progress bar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from graphs import checkpoints, summaries
from graphs.session import Evaluation, Running
from graphs.validation import check_counting
from tf1.estimator.hooks.stop_at_signals import Signals


@dataclass(frozen=True)
class Outputs:
    """Where a training writes and whom it tells.

    model_dir: directory for checkpoints; None writes none.
    save_every: how often to save, in the unit of the checkpoint's number; None leaves it to the system. The end of a
        training is always saved.
    summary_dir: directory for TensorBoard logs; None writes none.
    log: takes the lines that the document prints; None drops them.
    on_batch: called after each training batch with the number of batches done and to do in this call.
    signals: notes SIGTERM and Ctrl-C, at which a training ends with a checkpoint; None leaves them alone.
    """

    model_dir: str | None = None
    save_every: int | None = None
    summary_dir: str | None = None
    log: Callable[[str], None] | None = print
    on_batch: Callable[[int, int], None] | None = None
    signals: Signals | None = None

    def __post_init__(self):
        if self.save_every is not None:
            check_counting(self, 'save_every')


PRINT_ONLY = Outputs()


class Journal:
    """Keeps the outputs of one training; a context manager.

    Leaving it saves what has not been saved, unless an exception came through: a half-done epoch has no number.
    """

    def __init__(self, run: Running, outputs: Outputs, *, batches: int, save_every: int):
        self._run, self._outputs = run, outputs
        self._batches, self._batches_done = batches, 0
        self._save_every = outputs.save_every or save_every
        self._saved = run.done
        self._advanced = False
        self._recorder: summaries.Recorder | None = None

    def __enter__(self) -> Journal:
        run, outputs = self._run, self._outputs
        if outputs.model_dir:
            checkpoints.adopt(run.saver, outputs.model_dir, run.checkpoint_name, run.done)
        if outputs.summary_dir:
            self._recorder = summaries.Recorder(outputs.summary_dir, run.graph)
        return self

    def __exit__(self, kind: type[BaseException] | None, *exc_info: object) -> None:
        if self._recorder:
            self._recorder.close()
        if kind is None and self._run.done > self._saved:
            self._save()
        if kind is None:
            self._end_at_signal()

    def batch_done(self) -> None:
        """Ticks the progress bar."""
        self._batches_done += 1
        if self._outputs.on_batch:
            self._outputs.on_batch(self._batches_done, self._batches)
        if not self._advanced:
            self._end_at_signal()  # Within an epoch, which has no number to save it under.
        self._advanced = False

    def advance(self) -> None:
        """Counts one more step or epoch of training as done, and saves where that is due."""
        self._run.done += 1
        self._advanced = True
        signals = self._outputs.signals
        if self._run.done % self._save_every == 0 or (signals and signals.received):
            self._save()
        self._end_at_signal()

    def say(self, line: str) -> None:
        """Hands a line to the log."""
        if self._outputs.log:
            self._outputs.log(line)

    def epoch(self, loss: float, validation: Evaluation | None) -> None:
        """Prints and logs an epoch's mean loss and validation accuracy, in document 3's words."""
        line, values = f'Epoch {self._run.done:02d} Training Avg. Loss: {loss:7.3f}', {'loss': loss}
        if validation:
            line += f'  Validation Acc: {validation.accuracy:7.3f}'
            values['validation_accuracy'] = validation.accuracy
        self.say(line)
        self.scalars(**values)

    def scalars(self, **values: float) -> None:
        """Logs values at the present number of steps or epochs."""
        if self._recorder:
            self._recorder.scalars(self._run.done, values)

    @property
    def wants_images(self) -> bool:
        """Whether `images` would write anything."""
        return self._recorder is not None

    def images(self, filters: dict[str, np.ndarray], activations: dict[str, np.ndarray]) -> None:
        """Logs filters, `[height, width, in, out]`, and one image's feature maps, `[1, height, width, channels]`."""
        if self._recorder:
            for name, weights in filters.items():
                self._recorder.image(self._run.done, f'filters/{name}', summaries.filter_grid(weights))
            for name, maps in activations.items():
                self._recorder.image(self._run.done, f'activations/{name}', summaries.activation_grid(maps[0]))

    def _end_at_signal(self) -> None:
        signals = self._outputs.signals
        if signals is None or signals.received is None:
            return
        kept = f'; the last checkpoint is {self._run.checkpoint_name}-{self._saved}' if self._saved else ''
        self.say(f'Training was stopped by {signals.received.name}{kept}. The same command goes on from there.')
        raise SystemExit(signals.exit_status)

    def _save(self) -> None:
        if self._outputs.model_dir:
            self._run.save(self._outputs.model_dir)
        self._saved = self._run.done
