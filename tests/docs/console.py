"""Runs the commands that pages show, each in a fork of one process that has imported TensorFlow: `console.py FOLDER`.

Standard input is JSON, by page a list of command lines; those of a page run in order, in FOLDER/PAGE. The last line of
standard output is JSON, too: by page, for each command, what it printed and its exit status.
"""

from __future__ import annotations

import gc
import json
import os
import runpy
import shlex
import subprocess
import sys
import tempfile
import traceback
import warnings
from typing import Any

_COMMANDS = {'tf1-run': 'tf1.run', 'tf1-check': 'tf1.check', 'tf1-checkpoint': 'tf1.checkpoint'}


def run(folder: str, line: str) -> dict[str, Any]:
    """Runs one command line; returns what it printed, both streams, and its exit status."""
    variables, words = _words(line)
    with tempfile.TemporaryFile('w+') as output:
        with warnings.catch_warnings():
            # Today's Python warns of the threads of NumPy, which knows about forks.
            warnings.simplefilter('ignore', DeprecationWarning)
            child = os.fork()
        if child == 0:
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
            os.environ.update(variables)
            os._exit(_call(folder, words))
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        output.seek(0)
        return {'command': line, 'output': output.read().splitlines(), 'status': status}


def _words(line: str) -> tuple[dict[str, str], list[str]]:
    """Splits a command line; variables for its environment may come first."""
    words = shlex.split(line)
    variables = {}
    while '=' in words[0]:
        name, _, value = words.pop(0).partition('=')
        variables[name] = value
    return variables, words


def _call(folder: str, words: list[str]) -> int:
    """Runs a command in this process; returns its exit status."""
    if words[0] in _COMMANDS:
        words = ['python', '-m', _COMMANDS[words[0]], *words[1:]]
    try:
        os.chdir(folder)
        sys.path.insert(0, folder)
        if words[:2] == ['python', '-m']:
            sys.argv[:] = words[2:]
            runpy.run_module(words[2], run_name='__main__', alter_sys=True)
        elif words[0] == 'python':
            sys.argv[:] = words[1:]
            runpy.run_path(words[1], run_name='__main__')
        else:
            return subprocess.run(words, check=False).returncode
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


def _preload() -> None:
    """Imports what takes long; no session yet, as its threads would not survive a fork."""
    import matplotlib.pyplot  # noqa: F401

    import tf1
    import tf1.contrib.layers
    import tf1.estimator  # noqa: F401

    _ = tf1.placeholder, tf1.layers.dense, tf1.keras.layers.Dense
    gc.freeze()


def main() -> None:
    """Runs what standard input lists."""
    pages = json.load(sys.stdin)
    _preload()
    report = {page: [run(os.path.join(sys.argv[1], page), line) for line in lines] for page, lines in pages.items()}
    print(json.dumps(report))


if __name__ == '__main__':
    main()
