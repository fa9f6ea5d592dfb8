"""Times how long a process takes to begin: imports and `tf1-run`, beside TensorFlow's own import.

`python -m benchmarks.startup [--tf215=PYTHON_WITH_TF_2_15]`: every way runs in new processes, in turn. Prints medians
in seconds and ratios to `import tensorflow`.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import machine, turns

_REFERENCE = 'import tensorflow'
_SMALL = 'import tensorflow as tf\nwith tf.Session() as session:\n    session.run(tf.constant(1) + 1)\n'
_ESTIMATOR = 'import tensorflow.compat.v1 as tf\ntf.estimator.Estimator\n'


def ways(folder: str, tf215: str | None) -> dict[str, list[str]]:
    """Returns commands by what they do; scripts for them are written to `folder`."""
    empty, small = Path(folder, 'empty.py'), Path(folder, 'small.py')
    empty.write_text('')
    small.write_text(_SMALL)
    found = {
        _REFERENCE: [sys.executable, '-c', 'import tensorflow'],
        'import tf1': [sys.executable, '-c', 'import tf1'],
        'import tf1, its Estimator': [sys.executable, '-c', 'import tf1; tf1.estimator.Estimator'],
        'tf1-run, an empty script': [sys.executable, '-m', 'tf1.run', str(empty)],
        'tf1-run, a small script': [sys.executable, '-m', 'tf1.run', str(small)],
    }
    if tf215:
        found['TF 2.15, its Estimator'] = [tf215, '-c', _ESTIMATOR]
    return found


def seconds(command: list[str]) -> float:
    """Returns the wall time of a process."""
    environment = turns.environment(TF_CPP_MIN_LOG_LEVEL='2')
    start = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--tf215', help='Python interpreter that has TensorFlow 2.15')
    parser.add_argument('--rounds', type=int, default=5, help='turns of each, one more to warm up')
    arguments = parser.parse_args()
    print(machine.describe())
    with tempfile.TemporaryDirectory() as folder:
        commands = ways(folder, arguments.tf215)
        found = [{name: seconds(each) for name, each in commands.items()} for _ in range(arguments.rounds + 1)][1:]
    medians = {name: statistics.median(turn[name] for turn in found) for name in commands}
    for name, median in medians.items():
        print(f'{name:28} {median:6.2f} s {median / medians[_REFERENCE]:6.2f}')


if __name__ == '__main__':
    main()
