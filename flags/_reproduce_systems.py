"""Trains systems one after the other, each in a process of its own, so that memory is free again after each."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping

from tqdm import tqdm

from flags import _progress
from flags._failures import InputError
from tools.reproduction import folder
from tools.reproduction.documents import SYSTEMS
from tools.reproduction.folder import Result

_START_SECONDS = 8
"""What a process takes to start, to evaluate and to draw, roughly."""
_LOOK_SECONDS = 0.5


def train(output: str, amounts: Mapping[str, int], seed: int | None, data_dir: str | None) -> list[Result]:
    """Trains the systems that have no result yet; returns the results of all of them.

    Args:
      output: the folder of the reproduction.
      amounts: steps or epochs by system.
      seed: None for each system's own.
      data_dir: None for the packaged images.

    Raises:
      InputError: a system could not be trained; the text ends with what its process said last.
    """
    costs = {model: _START_SECONDS + SYSTEMS[model].seconds * amount for model, amount in amounts.items()}
    results = []
    form = '{l_bar}{bar}| {elapsed}, {remaining} left'
    bar = tqdm(total=sum(costs.values()), bar_format=form, file=sys.stderr, disable=not _progress.wants_bar())
    with bar:
        for model, amount in amounts.items():
            bar.set_description(f'{SYSTEMS[model].label} {model}')
            before = bar.n
            if not folder.load(output, model):
                _train_one(output, model, amount, seed, data_dir, bar, costs[model])
            result = folder.load(output, model)
            bar.update(before + costs[model] - bar.n)
            bar.write(_line(result), file=sys.stderr)
            results.append(result)
    return results


def _train_one(
    output: str, model: str, amount: int, seed: int | None, data_dir: str | None, bar: tqdm, cost: float
) -> None:
    model_dir, log = folder.model_dir(output, model), os.path.join(output, 'logs', f'{model}.log')
    command = [sys.executable, '-m', 'flags._reproduce_system', f'--model={model}', f'--amount={amount}']
    command += [f'--model_dir={model_dir}', f'--result={folder.result_path(output, model)}']
    command += [f'--seed={seed}'] if seed is not None else []
    command += [f'--data_dir={data_dir}'] if data_dir else []
    os.makedirs(os.path.dirname(log), exist_ok=True)
    # The pipe to its standard input breaks when this process ends, even by SIGKILL; the other ends with it.
    with (
        open(log, 'ab') as file,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=file, stderr=file) as process,
    ):
        try:
            _watch(process, lambda: _number(model_dir) / (amount * SYSTEMS[model].counted), bar, cost)
        finally:
            process.kill()
    if process.returncode or not os.path.exists(folder.result_path(output, model)):
        raise InputError(f'{model} ended with status {process.returncode}: {_last_line(log)} ({log} has all of it).')


def _watch(process: subprocess.Popen, share: Callable[[], float], bar: tqdm, cost: float) -> None:
    """Moves the bar with the checkpoints until the process ends."""
    begun = bar.n
    while process.poll() is None:
        bar.update(max(begun + min(share(), 0.95) * cost - bar.n, 0))
        bar.refresh()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_LOOK_SECONDS)


def _number(model_dir: str) -> int:
    """The number of the newest checkpoint, 0 without one."""
    names = os.listdir(model_dir) if os.path.isdir(model_dir) else []
    found = [re.fullmatch(r'.*\.ckpt-(\d+)\.index', name) for name in names]
    return max((int(match[1]) for match in found if match), default=0)


def _last_line(log: str) -> str:
    with open(log, encoding='utf-8', errors='replace') as file:
        lines = file.read().strip().splitlines()
    return lines[-1].rstrip('.') if lines else 'it said nothing'


def _line(result: Result) -> str:
    system = SYSTEMS[result.model]
    return (
        f'{system.label} {system.model}: accuracy {result.accuracy:.4f} after {result.done:,} {system.unit}; '
        f'published {system.accuracy} after {system.amount:,}.'
    )
