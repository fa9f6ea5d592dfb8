"""Times training with `tf1.estimator` beside the real `tf.estimator`, Keras, PyTorch and a bare session loop.

`python -m benchmarks.estimator --tf215=PYTHON_WITH_TF_2_15`: every contender stands ready in a process of its own, and
they take turns, so that a busy machine disturbs all alike. Prints a table of medians and of ratios to
`tf.estimator 2.15`, and writes it as CSV and as a figure.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import os
import statistics
import sys
import tempfile
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from tqdm import tqdm

from benchmarks import machine
from benchmarks.turns import Contender
from estimators import inputs
from tools import figures

SYSTEMS = {'linear': 6000, 'mlp': 800, 'cnn': 50}
"""Training steps of one turn."""
REFERENCE = 'tf.estimator 2.15'
KERAS = ('Keras fit', 'Keras fit, 50 steps a call')
JAX = ('JAX, jitted step', 'JAX, scan of 50 steps')
OURS = ('tf1', 'tf1, oneDNN')
CONTENDERS = (*OURS, REFERENCE, 'bare session', *KERAS, 'PyTorch eager', *JAX)
VARIABLES = {'tf1, oneDNN': {'TF_ENABLE_ONEDNN_OPTS': '1'}}
"""On some processors TensorFlow leaves oneDNN off; the binaries turn it on."""
SECONDS_OF = ('evaluate', 'predict', 'one_step')


def interpreters(tf215: str | None, torch: str | None, jax: str | None) -> dict[str, str]:
    """Returns the contenders that can run here, and says which are left out."""
    found = dict.fromkeys(CONTENDERS, sys.executable)
    if tf215:
        found[REFERENCE] = tf215
    else:
        print(f'Left out: {REFERENCE}; give an interpreter that has TensorFlow 2.15 with --tf215.')
        del found[REFERENCE]
    for package, python, names in (('torch', torch, ['PyTorch eager']), ('jax', jax, JAX)):
        if python:
            found.update(dict.fromkeys(names, python))
        elif importlib.util.find_spec(package) is None:
            print(f'Left out: {", ".join(names)}; give an interpreter that has {package} with --{package}.')
            for name in names:
                del found[name]
    return found


def write_data(path: str, translated: bool) -> None:
    """Writes MNIST as every contender takes it."""
    data = inputs.load(translated=translated)
    train, test = data.train, data.test
    np.savez(
        path, train_images=train.images, train_labels=train.labels, test_images=test.images, test_labels=test.labels
    )


def measure(system: str, pythons: dict[str, str], rounds: int, data_file: str) -> list[dict]:
    """Returns a row per contender and measurement: `system`, `contender`, `what`, `median` and all `values`."""
    contenders = {
        name: Contender(python, 'contenders.py', name, system, data_file, variables=VARIABLES.get(name))
        for name, python in pythons.items()
        if system != 'cnn' or name not in JAX  # Written for dense layers alone.
    }
    values: dict[tuple[str, str], list[float]] = {}
    for turn in tqdm(range(rounds + 1), desc=system, unit='round'):
        for name, contender in contenders.items():
            requests = [('steps_per_second', SYSTEMS[system])]
            if name in (*OURS, REFERENCE):
                requests += [(what,) for what in SECONDS_OF]
            for what, *arguments in requests:
                answer = contender.ask({'what': what, 'arguments': arguments})
                if turn:  # The first turn warms up.
                    values.setdefault((name, what), []).append(answer['value'])
                    values[name, 'peak_mib'] = [answer['peak_mib']]
                    values.setdefault((name, 'own_mib'), []).append(answer['own_mib'])
    for contender in contenders.values():
        contender.close()
    return [
        {'system': system, 'contender': name, 'what': what, 'median': statistics.median(found), 'values': found}
        for (name, what), found in values.items()
    ]


def ratio(rows: list[dict], row: dict) -> float | None:
    """Returns how many times better than the reference a row is; None without one. Less time or memory is better."""
    for other in rows:
        if (other['system'], other['what'], other['contender']) == (row['system'], row['what'], REFERENCE):
            quotient = row['median'] / other['median']
            return quotient if row['what'] == 'steps_per_second' else 1 / quotient
    return None


def report(rows: list[dict], folder: Path) -> None:
    """Prints the table, and writes `estimator.csv` and `estimator.png`."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / 'estimator.csv', 'w', newline='') as file:
        writer = csv.writer(file)
        writer.writerow(['system', 'what', 'contender', 'median', 'ratio', 'values'])
        for row in sorted(rows, key=lambda row: (row['system'], row['what'])):
            times = ratio(rows, row)
            shown = f'{times:.2f}' if times else ''
            print(f'{row["system"]:8} {row["what"]:18} {row["contender"]:18} {row["median"]:12.3f} {shown:>7}')
            spread = ' '.join(f'{value:.4g}' for value in row['values'])
            writer.writerow([row['system'], row['what'], row['contender'], f'{row["median"]:.4g}', shown, spread])
    figures.save(draw(rows), folder / 'estimator.png')


def draw(rows: list[dict]) -> Figure:
    """Returns bars of training steps per second, one panel per system."""
    figure = Figure(figsize=(11, 3.5), layout='constrained')
    systems = list(dict.fromkeys(row['system'] for row in rows))
    for axes, system in zip(figure.subplots(1, len(systems), squeeze=False)[0], systems, strict=True):
        shown = [row for row in rows if row['system'] == system and row['what'] == 'steps_per_second']
        axes.barh([row['contender'] for row in shown], [row['median'] for row in shown])
        axes.invert_yaxis()
        axes.set_title(system)
        axes.set_xlabel('training steps per second')
    figure.suptitle(machine.describe(), fontsize=8)
    return figure


def main() -> None:
    """Measures what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--tf215', help='Python interpreter that has TensorFlow 2.15')
    parser.add_argument('--torch', help='Python interpreter that has PyTorch')
    parser.add_argument('--jax', help='Python interpreter that has JAX')
    parser.add_argument('--contenders', nargs='+', choices=CONTENDERS, default=list(CONTENDERS))
    parser.add_argument('--rounds', type=int, default=5, help='turns of each contender, the first aside')
    parser.add_argument('--systems', nargs='+', choices=list(SYSTEMS), default=list(SYSTEMS))
    parser.add_argument('--out', type=Path, default=Path('benchmarks/results'), help='folder of the CSV and the figure')
    arguments = parser.parse_args()
    pythons = interpreters(arguments.tf215, arguments.torch, arguments.jax)
    pythons = {name: python for name, python in pythons.items() if name in arguments.contenders}
    print(machine.describe())
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for system in arguments.systems:
            data_file = os.path.join(folder, f'{system}.npz')
            write_data(data_file, translated=system != 'linear')
            rows += measure(system, pythons, arguments.rounds, data_file)
    report(rows, arguments.out)


if __name__ == '__main__':
    main()
