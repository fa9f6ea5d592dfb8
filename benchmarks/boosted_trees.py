"""Times boosted trees beside TF 1.15.5 and scikit-learn, and compares the trees with TF 1.15.5's.

`python -m benchmarks.boosted_trees --tf115=PYTHON_WITH_TF_1_15`: 100,000 rows of 30 real features in 32 buckets each,
trees of 6 layers, all in memory. Each contender grows in a process of its own; they take turns. Prints the shortest of
several times, in seconds: of training with all that goes before, of one layer, and of predicting all rows.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from benchmarks import machine, turns
from tf1.estimator.canned.boosted_trees.proto import TreeEnsemble

BUCKETS = 32
MEASURED = ('train', 'step', 'predict')
_CONTENDER = Path(__file__).resolve().with_name('boosted_trees_contender.py')


def write_data(path: str, rows: int, columns: int) -> None:
    """Writes features [rows, columns], labels [rows, 1] and boundaries [columns, buckets - 1]."""
    rng = np.random.RandomState(0)
    features = rng.normal(size=(rows, columns)).astype(np.float32)
    score = features[:, 0] + features[:, 1] * features[:, 2] + np.sin(3 * features[:, 3]) + rng.normal(size=rows)
    boundaries = np.quantile(features, np.arange(1, BUCKETS) / BUCKETS, axis=0).T
    np.savez(path, features=features, labels=(score > 0).astype(np.int32)[:, np.newaxis], boundaries=boundaries)


def run(name: str, python: str, path: str, trees: int) -> dict:
    """Returns what a contender measured in a process of its own."""
    command = [python, str(_CONTENDER), name, path, str(trees)]
    done = subprocess.run(command, capture_output=True, text=True, env=turns.environment(), check=False)
    if done.returncode:
        raise RuntimeError(f'{name} ended with status {done.returncode}: {done.stderr[-2000:]}')
    return json.loads(done.stdout.splitlines()[-1])


def differences(one: dict, other: dict) -> str:
    """Returns in words how far two results are from each other."""
    trees = [TreeEnsemble.FromString(bytes.fromhex(found['ensemble'])).trees for found in (one, other)]
    same = sum(_splits(a) == _splits(b) for a, b in zip(*trees, strict=False))
    far = np.abs(np.subtract(one['logits'], other['logits'])).max()
    return f'{same} of {len(trees[1])} trees have the same splits; logits differ by {far:.2g} at most'


def _splits(tree: object) -> list[tuple[int, int]]:
    return [(node.bucketized_split.feature_id, node.bucketized_split.threshold) for node in tree.nodes]


def main() -> None:
    """Measures what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--tf115', help='Python interpreter that has TensorFlow 1.15')
    parser.add_argument('--rows', type=int, default=100_000, help='examples, > 0')
    parser.add_argument('--columns', type=int, default=30, help='features, >= 4')
    parser.add_argument('--trees', type=int, default=20, help='trees to grow, > 0')
    parser.add_argument('--rounds', type=int, default=3, help='turns of each contender, > 0')
    arguments = parser.parse_args()
    pythons = {'tf1': sys.executable, 'scikit-learn': sys.executable}
    if arguments.tf115:
        pythons['TF 1.15'] = arguments.tf115
    print(machine.describe())
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'data.npz')
        write_data(path, arguments.rows, arguments.columns)
        found = {name: [] for name in pythons}
        for _ in range(arguments.rounds):
            for name, python in pythons.items():
                found[name].append(run(name, python, path, arguments.trees))
    for name, results in found.items():
        shortest = [min(result[what] for result in results) for what in MEASURED]
        shown = '  '.join(f'{what} {value:8.3f} s' for what, value in zip(MEASURED, shortest, strict=True))
        print(f'{name + " " + results[0]["version"]:22} {shown}')
    if arguments.tf115:
        print(differences(found['tf1'][0], found['TF 1.15'][0]))


if __name__ == '__main__':
    main()
