"""Times small trainings of TF 1 programs under `tf1` beside TF 1.15.5, in processes that take turns.

`python -m benchmarks.programs --tf115=PYTHON_WITH_TF_1_15`: prints each training's steps per second, the ratio of the
medians, and the median ratio of all; above 1 `tf1` is faster. The trainings are those of tests/golden/seeded_trainings
that are loops of `session.run`.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from pathlib import Path

from tqdm import tqdm

from benchmarks import machine
from benchmarks.turns import Contender

_HERE = Path(__file__).resolve().parent
_MODULES = ('dense', 'convolutional', 'recurrent', 'generative', 'inputs')


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
    pythons = {'tf1': sys.executable, 'tensorflow': arguments.tf115}
    contenders = [Contender(python, 'programs_contender.py', module) for module, python in pythons.items()]
    ratios = {}
    for name in tqdm(arguments.trainings, unit='training'):
        turns = [[each.ask(name) for each in contenders] for _ in range(arguments.rounds)]
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
