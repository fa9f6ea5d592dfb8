"""Writes tests/golden/legacy.json: what the programs in tests/golden/legacy_programs print under TF 1.15.5.

Run it under TF 1.15.5 and Python 3.7, with matplotlib and pandas; without names it runs every program anew:

    python tools/golden/legacy.py [PROGRAM ...]

Each program runs as a script in an empty folder; of a notebook, the cells without magics and `!` lines do, and the last
value of a cell is printed. The file holds each program's lines of standard output and its exit status.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import tempfile

_ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
_GOLDEN = os.path.join(_ROOT, 'tests', 'golden', 'legacy.json')
_DATA = os.path.abspath(os.path.join(_ROOT, 'tf1', 'datasets', 'data'))

PROGRAMS = os.path.abspath(os.path.join(_ROOT, 'tests', 'golden', 'legacy_programs'))
# Stands in outputs for the folder of MNIST's files.
DATA = 'MNIST_DATA'
# What stands after a program's name on the command line.
ARGUMENTS = {
    'estimator_cnn.py': ['--data_dir=' + _DATA, '--steps', '20', '--predict'],
    'flags_exit_status.py': ['--epochs=4', '--verbose', '--hidden=5,3', '--lr', '0.5', 'word', '--', '--not_a_flag'],
    'mnist_softmax.py': ['--data_dir', _DATA],
}
ENVIRONMENT = {'MNIST_DIR': _DATA, 'MPLBACKEND': 'agg', 'TF_CPP_MIN_LOG_LEVEL': '3'}


def names():
    """Returns the file names of all programs, sorted."""
    return sorted(name for name in os.listdir(PROGRAMS) if name.endswith(('.py', '.ipynb')))


def run(name):
    """Runs a program in an empty folder and returns what it left, ready for JSON."""
    path = os.path.join(PROGRAMS, name)
    with tempfile.TemporaryDirectory() as folder:
        if name.endswith('.ipynb'):
            script = os.path.join(folder, '.' + name + '.py')
            with open(script, 'w') as file:
                file.write(as_script(path))
            path = script
        done = subprocess.run(
            [sys.executable, path] + ARGUMENTS.get(name, []),
            cwd=folder,
            env=dict(os.environ, **ENVIRONMENT),
            capture_output=True,
        )
    if done.returncode and not done.stdout.endswith(b'done\n'):
        sys.exit(name + ' failed:\n' + done.stderr.decode()[-3000:])
    return {'status': done.returncode, 'stdout': done.stdout.decode().replace(_DATA, DATA).splitlines()}


def as_script(path):
    """Returns the code cells of a notebook as one script that prints the last value of each cell."""
    with open(path) as file:
        cells = json.load(file)['cells']
    return '\n'.join(_printing(''.join(cell['source'])) for cell in cells if cell['cell_type'] == 'code')


def _printing(source):
    lines = [line for line in source.splitlines() if not line.startswith(('%', '!'))]
    last = ast.parse('\n'.join(lines)).body[-1]
    if isinstance(last, ast.Expr) and not source.rstrip().endswith(';'):
        first = last.lineno - 1
        lines[first:] = ['_ = (' + '\n'.join(lines[first:]) + ')', 'if _ is not None: print(repr(_))']
    return '\n'.join(lines)


def main(arguments):
    """Writes the golden file, with the named programs or all of them run anew."""
    seen = {}
    if arguments and os.path.exists(_GOLDEN):
        with open(_GOLDEN) as file:
            seen = json.load(file)
    for name in arguments or names():
        seen[name] = run(name)
    with open(_GOLDEN, 'w') as file:
        json.dump({name: seen[name] for name in names() if name in seen}, file, indent=1, ensure_ascii=False)
        file.write('\n')


if __name__ == '__main__':
    main(sys.argv[1:])
