"""Runs programs as `python -m tf1.run` does, each in a fork of one process that has imported TensorFlow.

    python _legacy_programs.py FOLDER AT_ONCE

Standard input holds a line of JSON for each program, `[name, path, arguments]`. A program runs in FOLDER/NAME; what it
prints goes to FOLDER/NAME.stdout and FOLDER/NAME.stderr, its exit status to FOLDER/NAME.status.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import warnings

from tf1 import run


def preload() -> None:
    """Imports what programs take long to import; no session yet, as its threads would not survive a fork."""
    import matplotlib.pyplot  # noqa: F401

    import tf1
    import tf1.contrib.layers
    import tf1.contrib.seq2seq
    import tf1.contrib.slim.nets
    import tf1.estimator  # noqa: F401

    _ = tf1.placeholder, tf1.layers.dense, tf1.keras.layers.Dense
    # A child that ends would else look through all that was imported, at the price of a copy of its memory.
    gc.freeze()


def fork(folder: str, name: str) -> int:
    """Returns the child's process id in the parent, and 0 in the child, whose output goes to its files."""
    # Today's Python warns of the threads of NumPy, which knows about forks.
    with warnings.catch_warnings():
        warnings.simplefilter('ignore', DeprecationWarning)
        child = os.fork()
    if child == 0:
        os.chdir(os.path.join(folder, name))
        for stream, number in (('stdout', 1), ('stderr', 2)):
            os.dup2(os.open(f'{folder}/{name}.{stream}', os.O_WRONLY | os.O_CREAT), number)
    return child


def main() -> list[str] | None:
    """Runs the programs; returns the words of `tf1.run` in the process that is to run one, None in the first."""
    folder, at_once = sys.argv[1], int(sys.argv[2])
    waiting = [json.loads(line) for line in sys.stdin]
    running: dict[int, str] = {}
    while waiting or running:
        while waiting and len(running) < at_once:
            name, path, arguments = waiting.pop(0)
            os.mkdir(os.path.join(folder, name))
            child = fork(folder, name)
            if child == 0:
                return [path, *arguments]
            running[child] = name
        child, status = os.wait()
        with open(f'{folder}/{running.pop(child)}.status', 'w') as file:
            file.write(str(os.waitstatus_to_exitcode(status)))
    return None


if __name__ == '__main__':
    preload()
    words = main()
    # The interpreter ends as it does for any program: exit handlers, tracebacks, the status.
    if words is not None:
        run.main(words)
