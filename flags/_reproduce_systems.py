"""Trains systems one after the other, each in a process of its own, so that memory is free again after each."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from tqdm import tqdm

from flags import _progress
from flags._failures import InputError
from tf1._checkpoint import lookup
from tf1.estimator.hooks.stop_at_signals import Signals
from tools.reproduction import folder, timing
from tools.reproduction.documents import SYSTEMS
from tools.reproduction.folder import Result

_LOOK_SECONDS = 0.5


class Reached(NamedTuple):
    """How far a reproduction has come."""

    results: list[Result]
    missing: list[str]
    """The systems without a result."""
    seconds: float
    """What the missing ones will take, as far as can be told from what was measured."""


class Reproduction:
    """The training of systems into one folder.

    Args:
      output: the folder.
      amounts: steps or epochs by system.
      seed: None for each system's own.
      data_dir: None for the packaged images.
      signals: when one of them arrives, the training at work saves a checkpoint, and no other begins.
    """

    def __init__(
        self, output: str, amounts: Mapping[str, int], seed: int | None, data_dir: str | None, signals: Signals
    ):
        self._output = output
        self._amounts = amounts
        self._signals = signals
        self._options = [f'--seed={seed}'] if seed is not None else []
        self._options += [f'--data_dir={data_dir}'] if data_dir else []
        self._results = {model: folder.load(output, model) for model in amounts}
        self._pace = timing.Pace(1.0 if all(self._results.values()) else timing.slowness())
        for result in filter(None, self._results.values()):
            self._learn(result)

    def reached(self) -> Reached:
        """Returns what is done and what is missing."""
        missing = [model for model, result in self._results.items() if result is None]
        seconds = sum(self._pace.of(timing.cost(model, self._amounts[model], self._share(model))) for model in missing)
        return Reached([result for result in self._results.values() if result], missing, seconds)

    def train(self) -> Iterator[Reached]:
        """Trains the systems that have no result yet; yields what is reached after each, until a signal arrives.

        Raises:
          InputError: a system could not be trained; the text ends with what its process said last.
        """
        form = '{l_bar}{bar}| {elapsed}, {remaining} left'
        costs = {model: timing.cost(model, amount) for model, amount in self._amounts.items()}
        total = sum(costs.values())
        with tqdm(total=total, bar_format=form, file=sys.stderr, disable=not _progress.wants_bar()) as bar:
            for model in self._amounts:
                if self._signals.received:
                    return
                bar.set_description(f'{SYSTEMS[model].label} {model}')
                before = bar.n
                if self._results[model] is None:
                    self._train_one(model, bar, costs[model])
                if self._results[model] is None:
                    return
                reached = self.reached()
                bar.update(before + costs[model] - bar.n)
                bar.write(_line(self._results[model], reached), file=sys.stderr)
                yield reached

    def _train_one(self, model: str, bar: tqdm, cost: float) -> None:
        log = os.path.join(self._output, 'logs', f'{model}.log')
        result = folder.result_path(self._output, model)
        command = [sys.executable, '-m', 'flags._reproduce_system', f'--model={model}', f'--result={result}']
        command += [f'--amount={self._amounts[model]}', f'--model_dir={folder.model_dir(self._output, model)}']
        os.makedirs(os.path.dirname(log), exist_ok=True)
        done, start = self._share(model), time.monotonic()
        # The pipe to its standard input breaks when this process ends, even by SIGKILL; the other ends with it. In a
        # session of its own it does not hear the terminal's Ctrl-C: one signal, from here, lets it save a checkpoint.
        with (
            open(log, 'ab') as file,
            subprocess.Popen(
                [*command, *self._options], stdin=subprocess.PIPE, stdout=file, stderr=file, start_new_session=True
            ) as process,
        ):
            try:
                self._watch(process, lambda: self._share(model), bar, cost)
            finally:
                process.kill()
        self._results[model] = folder.load(self._output, model)
        if self._results[model]:
            self._learn(self._results[model])
        elif self._signals.received:
            noted = timing.cost(model, self._amounts[model], 1 + done - self._share(model))
            self._pace.learn(noted, time.monotonic() - start)
        else:
            raise InputError(
                f'{model} ended with status {process.returncode}: {_last_line(log)} ({log} has all of it).'
            )

    def _watch(self, process: subprocess.Popen, share: Callable[[], float], bar: tqdm, cost: float) -> None:
        """Moves the bar with the checkpoints until the process ends; hands the first signal on to it."""
        begun, told = bar.n, False
        while process.poll() is None:
            if self._signals.received and not told:
                told = True
                process.terminate()
            bar.update(max(begun + min(share(), 0.95) * cost - bar.n, 0))
            bar.refresh()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_LOOK_SECONDS)

    def _share(self, model: str) -> float:
        """How much of a system's training its newest checkpoint has behind it, in [0, 1]."""
        newest = max(lookup.steps(folder.model_dir(self._output, model)), default=0)
        return min(newest / (self._amounts[model] * SYSTEMS[model].counted), 1.0)

    def _learn(self, result: Result) -> None:
        self._pace.learn(SYSTEMS[result.model].seconds * result.done, result.seconds)


def _last_line(log: str) -> str:
    with open(log, encoding='utf-8', errors='replace') as file:
        lines = file.read().strip().splitlines()
    return lines[-1].rstrip('.') if lines else 'it said nothing'


def _line(result: Result, reached: Reached) -> str:
    system = SYSTEMS[result.model]
    left = f' Left: {timing.words(reached.seconds)}.' if reached.missing else ''
    return (
        f'{system.label} {system.model}: accuracy {result.accuracy:.4f} after {result.done:,} {system.unit}; '
        f'published {system.accuracy} after {system.amount:,}.{left}'
    )
