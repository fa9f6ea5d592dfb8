"""Times small trainings of TF 1 programs under `tf1` beside TF 1.15.5, in processes that take turns.

`python -m benchmarks.programs --tf115=PYTHON_WITH_TF_1_15`: prints each training's steps per second, the ratio of the
medians, and the median ratio of all; above 1 `tf1` is faster. The trainings are those of tests/golden/seeded_trainings
that are loops of `session.run`.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

from tqdm import tqdm

from benchmarks import machine

_HERE = Path(__file__).resolve().parent
_MODULES = ('dense', 'convolutional', 'recurrent', 'generative', 'inputs')


class Contender:
    """A process that trains what it is told to.

    Args:
      python: interpreter.
      module: 'tensorflow' or 'tf1'.
    """

    def __init__(self, python: str, module: str):
        environment = {key: value for key, value in os.environ.items() if not key.startswith(('PYTHON', 'TF_USE'))}
        if module == 'tf1':
            environment['PYTHONPATH'] = str(_HERE.parent)
        self._process = subprocess.Popen(
            [python, str(_HERE / 'programs_contender.py'), module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )

    def steps_per_second(self, name: str) -> float | None:
        """Returns how fast a training is; None for one that is no loop of `session.run`.

        Raises:
          RuntimeError: the process ended.
        """
        print(name, file=self._process.stdin, flush=True)
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f'{self._process.args} ended at {name} with status {self._process.wait()}.')
        return json.loads(line)

    def close(self) -> None:
        """Ends the process."""
        self._process.stdin.close()
        self._process.wait()


def names() -> list[str]:
    """Returns the names of the trainings, read from their modules."""
    folder = _HERE.parent / 'tests' / 'golden' / 'seeded_trainings'
    lines = [line for module in _MODULES for line in (folder / f'{module}.py').read_text().splitlines()]
    return [line[4:].partition('(')[0] for line in lines if line.startswith('def ') and line[4] != '_']


def main() -> None:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--tf115', required=True, help='Python interpreter that has TensorFlow 1.15.5')
    parser.add_argument('--rounds', type=int, default=3, help='turns of each')
    parser.add_argument('--trainings', nargs='+', default=names())
    arguments = parser.parse_args()
    print(machine.describe())
    contenders = [Contender(sys.executable, 'tf1'), Contender(arguments.tf115, 'tensorflow')]
    ratios = {}
    for name in tqdm(arguments.trainings, unit='training'):
        turns = [[each.steps_per_second(name) for each in contenders] for _ in range(arguments.rounds)]
        if None in turns[0]:
            continue
        ours, old = (statistics.median(speeds) for speeds in zip(*turns, strict=True))
        ratios[name] = ours / old
        tqdm.write(f'{name:30} {ours:8.0f} {old:8.0f} {ratios[name]:6.2f}', sys.stdout)
    for contender in contenders:
        contender.close()
    lowest = min(ratios, key=ratios.__getitem__)
    median = statistics.median(ratios.values())
    print(f'{len(ratios)} trainings: median {median:.2f}, lowest {ratios[lowest]:.2f} ({lowest})')


if __name__ == '__main__':
    main()
