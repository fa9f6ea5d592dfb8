from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys

import pytest

_ROOT = pathlib.Path(__file__).parents[2]
_MNIST = """
import os
os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'  # read as TensorFlow loads, so it must not be loaded yet
import sys
assert __name__ != '__main__' or 'tensorflow' not in sys.modules

import numpy as np
import tensorflow as tf
import tensorflow.contrib.learn as learn
from keras.models import Sequential
from tensorflow.examples.tutorials.mnist import input_data
from tensorflow.keras.layers import Dense
from tensorflow.python.framework import ops

import flags, tools  # noqa
from estimators import mine

FLAGS = tf.app.flags.FLAGS
tf.app.flags.DEFINE_integer('steps', 2, 'Steps.')


class Keeper(object):
    pass


def main(argv):
    print(argv[1:], FLAGS.steps, flags.WHO, tools.WHO, mine.WHO)
    mnist = input_data.read_data_sets('MNIST_data', one_hot=True)
    x = tf.placeholder(tf.float32, [None, 784])
    print('made in', os.path.basename(x.op.traceback[0][0]))
    logits = tf.layers.dense(x, 10)
    loss = tf.losses.softmax_cross_entropy(tf.placeholder(tf.float32, [None, 10], name='y'), logits)
    step = tf.train.GradientDescentOptimizer(0.5).minimize(loss)
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        losses = []
        for _ in range(FLAGS.steps):
            images, labels = mnist.train.next_batch(100)
            losses.append(session.run([loss, step], {x: images, 'y:0': labels})[0])
    print(losses[-1] < losses[0], type(losses[0]) is np.float32, np.product([2, 3]))
    print(Sequential([Dense(3, input_shape=(2,))]).output_shape, ops.get_default_graph() is tf.get_default_graph())
    import multiprocessing
    with multiprocessing.get_context('spawn').Pool(1) as pool:
        print(pool.map(child, ['placeholder']))
    return 3


def child(name):
    import tensorflow as tf
    return hasattr(tf, name)


if __name__ == '__main__':
    tf.app.run()
"""


def run(folder, *words, stdin='', tf1=True, screen=False, alone=_ROOT):
    env = {key: value for key, value in os.environ.items() if not key.startswith(('TF_', 'MPL', 'DISPLAY', 'WAYLAND'))}
    if screen:
        env['DISPLAY'] = ':0'
    env['PYTHONPATH'] = str(alone)
    command = [sys.executable, *(['-m', 'tf1.run'] if tf1 else []), *words]
    return subprocess.run(
        command, cwd=folder, env=env, input=stdin, capture_output=True, text=True, check=False, timeout=180
    )


def test_a_program_runs_unmodified_with_its_own_modules_beside_it(tmp_path):
    # Only tf1 is installed, so the program may have folders with the names of others of this project.
    alone = tmp_path / 'installed'
    alone.mkdir()
    (alone / 'tf1').symlink_to(_ROOT / 'tf1')
    for name in ('flags', 'tools', 'estimators/mine'):
        path = tmp_path / f'{name}.py'
        path.parent.mkdir(exist_ok=True)
        path.write_text(f'WHO = {name!r}\n')
    (tmp_path / 'program.py').write_text(_MNIST)
    other = tmp_path / 'elsewhere'
    other.mkdir()
    done = run(other, os.path.join('..', 'program.py'), '--steps=20', '--unknown=1', 'word', alone=alone)
    assert done.stdout.splitlines() == [
        "['--unknown=1', 'word'] 20 flags tools estimators/mine",
        'made in program.py',
        'True True 6',
        '(None, 3) True',
        '[True]',
    ], done.stderr
    assert done.returncode == 3
    assert done.stderr.count('tf1.run: np.product is gone; np.prod stands in for it.\n') == 1


_AS_PYTHON = {
    'what_a_program_sees': (
        'import os, pickle, sys\n'
        'class Kept: pass\n'
        'kept = pickle.loads(pickle.dumps(Kept()))\n'
        'print(sys.argv, sys.path[0], __file__, __name__, __doc__, __package__, __spec__, os.getcwd())\n'
        'print(sys.modules["__main__"].Kept is type(kept), type(__loader__).__name__, sorted(globals()))\n'
        'print(sys.stdin.read())'
    ),
    'a_docstring': '"""About."""\nprint(__doc__)',
    'an_exit_status': 'import atexit, sys\natexit.register(print, "bye")\nsys.exit(7)',
    'a_message_as_exit_status': 'import sys\nsys.exit("all wrong")',
    'an_error': 'def f():\n    return 1 / 0\nf()',
    'an_error_in_an_import': 'import broken',
    'an_error_for_an_error': 'try:\n    import broken\nexcept Exception as e:\n    raise ValueError("x") from e',
    'a_missing_module': 'import no_such_module',
    'an_interrupt': 'raise KeyboardInterrupt',
    'a_syntax_error': 'x = 1\nprint "x"\n',
    'an_encoding': '# -*- coding: latin-1 -*-\nprint(ascii("\xe9"))\n',
}


@pytest.mark.parametrize('name', _AS_PYTHON)
def test_all_is_as_if_python_ran_it(tmp_path, name):
    (tmp_path / 'broken.py').write_text('y = 1 / 0\n')
    (tmp_path / 'sub').mkdir()
    (tmp_path / 'sub' / 'broken.py').write_text('y = 1 / 0\n')
    (tmp_path / 'sub' / 'program.py').write_text(_AS_PYTHON[name], encoding='latin-1')
    words = (os.path.join('sub', 'program.py'), '--a', 'b')
    ours, pythons = (run(tmp_path, *words, stdin='typed', tf1=tf1) for tf1 in (True, False))
    assert (ours.returncode, ours.stdout, ours.stderr) == (pythons.returncode, pythons.stdout, pythons.stderr)
    assert ours.stdout or ours.stderr


@pytest.mark.parametrize('module', ['package', 'package.part'])
def test_a_module_is_run_as_python_runs_it(tmp_path, module):
    package = tmp_path / 'package'
    package.mkdir()
    source = 'import sys\nfrom . import VALUE\nprint(VALUE, sys.argv, sys.path[0], __name__, __package__, __file__)\n'
    (package / '__init__.py').write_text('VALUE = 5\n')
    (package / '__main__.py').write_text(source + 'print(__spec__.name)')
    (package / 'part.py').write_text(source + 'print(__spec__.name)')
    ours, pythons = (run(tmp_path, '-m', module, 'x', tf1=tf1) for tf1 in (True, False))
    assert (ours.returncode, ours.stdout, ours.stderr) == (0, pythons.stdout, '')


@pytest.mark.parametrize(
    ('words', 'text'),
    [
        ((), 'what to run must come first: python -m tf1.run SCRIPT.py|NOTEBOOK.ipynb [ARGUMENTS...].'),
        (('-x',), "what to run must come first, got '-x': python -m tf1.run SCRIPT.py|NOTEBOOK.ipynb [ARGUMENTS...]."),
        (('-m',), 'what to run must come first: python -m tf1.run MODULE [ARGUMENTS...].'),
        (('none.py',), 'none.py cannot be read (No such file or directory): name a Python file or a notebook.'),
        (('.',), '. is a folder: name the program in it.'),
        (('text.md',), 'text.md is not a Python program (invalid syntax (text.md, line 1)).'),
        (('model.py',), 'model.py is not a Python program (source code string cannot contain null bytes).'),
        (('n.ipynb',), "n.ipynb is not a notebook: expected the cells of nbformat 3 or 4 (KeyError: 'cells')."),
        (('-m', 'none.x'), 'there is no module none.x to run: give its dotted name, from a folder of sys.path.'),
        (('-m', 'time'), 'the module time has no Python code to run.'),
    ],
    ids=lambda value: '_'.join(value) if isinstance(value, tuple) else '',
)
def test_what_cannot_be_run_is_one_line_and_status_2(tmp_path, monkeypatch, capsys, words, text):
    from tf1 import run as tf1_run
    from tf1._run.install import Installation

    (tmp_path / 'text.md').write_text('Some words\n')
    (tmp_path / 'model.py').write_bytes(b'\0\1')
    (tmp_path / 'n.ipynb').write_text('{}')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Installation, 'install', lambda self: None)
    with pytest.raises(SystemExit) as caught:
        tf1_run.main(list(words))
    assert caught.value.code == 2
    assert capsys.readouterr().err == f'tf1.run: {text}\n'


def test_help_says_how_it_is_called(capsys):
    from tf1 import run as tf1_run

    tf1_run.main(['--help'])
    assert 'python -m tf1.run -m MODULE [ARGUMENTS...]' in capsys.readouterr().out


def test_a_notebook_runs_without_jupyter(tmp_path):
    cells = [
        '%matplotlib inline\nimport matplotlib.pyplot as plt\nfrom IPython.display import display\nimport sys, helper',
        '!ls\nplt.plot([1, 2])\nplt.title("t");',
        'display(helper.X)\nsys.argv',
        '%%bash\necho x',
        'def f(a):\n    return a / 0\n\nf(_)',
        'print("never")',
    ]
    notebook = {'nbformat': 4, 'cells': [{'cell_type': 'code', 'source': cell} for cell in cells]}
    (tmp_path / 'sub').mkdir()
    (tmp_path / 'sub' / 'helper.py').write_text('X = 5\n')
    (tmp_path / 'sub' / 'train.ipynb').write_text(json.dumps(notebook))
    done = run(tmp_path, 'sub/train.ipynb', '--a=1', screen=True)
    assert done.stdout.splitlines() == ['5', "['sub/train.ipynb', '--a=1']"]
    notes, _, trace = done.stderr.partition('Traceback (most recent call last):\n')
    assert notes.splitlines() == [
        'tf1.run: cell 1: skipped %matplotlib inline',
        'tf1.run: cell 2: skipped !ls',
        'tf1.run: figure saved as train_figures/figure_1.png',
        'tf1.run: cell 4: skipped the cell %%bash',
    ]
    lines = [line.strip() for line in trace.splitlines() if '^' not in line and '~' not in line]
    assert lines == [
        'File "sub/train.ipynb, cell 5", line 4, in <module>',
        'f(_)',
        'File "sub/train.ipynb, cell 5", line 2, in f',
        'return a / 0',
        "TypeError: unsupported operand type(s) for /: 'list' and 'int'",
    ]
    assert done.returncode == 1
    assert [path.name for path in (tmp_path / 'train_figures').iterdir()] == ['figure_1.png']


def test_a_script_without_a_screen_leaves_its_figures_in_a_folder(tmp_path):
    (tmp_path / 'plot.py').write_text('import matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()\nprint("on")\n')
    done = run(tmp_path, 'plot.py')
    assert (done.returncode, done.stdout) == (0, 'on\n')
    assert done.stderr == 'tf1.run: figure saved as plot_figures/figure_1.png\n'
    assert (tmp_path / 'plot_figures' / 'figure_1.png').exists()
