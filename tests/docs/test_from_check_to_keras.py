"""The walk-through: its programs run, its commands are commands, and its output is theirs."""

from __future__ import annotations

import pathlib
import re
import shlex
import sys

import numpy as np
import pytest
from absl import flags
from absl.testing import flagsaver

import tf1 as tf
from flags.checkpoint import __main__ as checkpoint
from flags.checkpoint import converting  # noqa: F401, which declares flags
from tf1 import check
from tf1 import checkpoint as commands_of_tf1

# `train.py` with small layers, as its conversion would leave it, and then the two programs for Keras.
_KERAS_PROGRAMS = """
import runpy
from tools.conversion import keras_models
sizes = {'side': 40, 'filters': 2, 'kernel_size': 5, 'hidden_units': 8, 'dropout_rate': 0.4, 'learning_rate': 1e-4}
keras_models.build('cnn', sizes).save('cnn.keras')
runpy.run_path('one_more.py')
runpy.run_path('go_on.py')
"""
# What docs/conversion.md restores stands for what a conversion writes, which has tests of its own.
_CONVERSION_BLOCKS = """
import json, sys
import keras, numpy as np, tensorflow as tf
import blocks
model = keras.saving.load_model('cnn.keras')
tf.train.Checkpoint(model=model).save('cnn_tf2/model.ckpt')
values = tf.Module()
values.dense = tf.Module()
values.dense.kernel, values.dense.bias = tf.Variable(tf.ones([784, 10])), tf.Variable(tf.ones([10]))
tf.train.Checkpoint(model=values).save('any_tf2/model.ckpt')
names = {'images': np.zeros([2, 1600], 'float32'), 'labels': np.zeros([2], 'int32')}
for block in blocks.parse(open(sys.argv[1]).read()):
    if block.info == 'python keras':
        exec(compile('\\n' * (block.line - 1) + block.source, sys.argv[1], 'exec'), names)
assert float(names['model'].dense.kernel[0, 0]) == 1.0
"""


@pytest.fixture(scope='module')
def page(pages):
    """The page's text."""
    return (pages / 'from-check-to-keras.md').read_text()


@pytest.fixture(scope='module')
def programs(blocks, page):
    """The page's programs by file name."""
    found = blocks.parse(page)
    return {block.info.removeprefix('python '): block.source for block in found if block.info.startswith('python ')}


@pytest.fixture(scope='module')
def commands(blocks, page):
    """The words of each command line."""
    lines = [line for block in blocks.parse(page) if block.info == 'console' for line in block.source.splitlines()]
    return [shlex.split(line[2:]) for line in lines if line.startswith('$ ')]


@pytest.fixture(scope='module')
def trained(programs, python, tmp_path_factory):
    """A folder with the programs, in which `train.py` was run for a step, and the process that ran it."""
    folder = tmp_path_factory.mktemp('walk')
    for name, source in programs.items():
        (folder / name).write_text(source)
    return folder, python(folder, '-m', 'tf1.run', 'train.py', '--steps=1')


@pytest.fixture
def run_checkpoint(trained, monkeypatch, capsys):
    """Runs `flags.checkpoint` in that folder with the words of a command line; returns the lines that it prints."""

    def run(words):
        monkeypatch.chdir(trained[0])
        monkeypatch.setattr(sys, 'argv', words[2:])
        logger = tf.get_logger()
        before = logger.level, logger.propagate
        try:
            with flagsaver.flagsaver(), pytest.raises(SystemExit) as end:
                checkpoint.run()
        finally:
            logger.setLevel(before[0])
            logger.propagate = before[1]
        assert not end.value.code
        return capsys.readouterr().out.splitlines()

    return run


def _shown(page, command):
    """The lines of output under a command."""
    _, _, rest = page.partition(f'$ {command}\n')
    return re.split(r'^(?:\$|```)', rest, maxsplit=1, flags=re.MULTILINE)[0].splitlines()


def test_the_check_says_what_the_page_shows(trained, page, monkeypatch, capsys):
    monkeypatch.chdir(trained[0])
    assert check.main(['train.py']) == 0
    found = capsys.readouterr().out.splitlines()
    assert [line for line in _shown(page, 'python -m tf1.check train.py') if line != '...' and line not in found] == []


def test_the_legacy_program_trains_under_tf1_run(trained):
    folder, process = trained
    assert process.returncode == 0, process.stderr
    assert 'tf1.run: np.int is gone; int stands in for it.' in process.stderr
    assert "'global_step': 1}" in process.stdout
    assert tf.train.latest_checkpoint(str(folder / 'models' / 'cnn')) == str(folder / 'models' / 'cnn' / 'model.ckpt-1')


def test_the_listing_has_the_rows_of_the_page(run_checkpoint, page):
    found = [line[:64] for line in run_checkpoint(['python', '-m', 'flags.checkpoint', 'list', 'models/cnn'])]
    shown = _shown(page, 'python -m flags.checkpoint list models/cnn')
    assert shown[-1].startswith('21 variables, 39,357,921 parameters')
    assert [line[:64] for line in shown if line != '...' and line[:64] not in found] == []


def test_the_dry_run_renames_as_the_page_shows(run_checkpoint, commands, page):
    (dry,) = [words for words in commands if words[3:4] == ['rename'] and '--write' not in words]
    found = run_checkpoint(dry)
    assert [line for line in _shown(page, shlex.join(dry)) if line != '...' and line not in found] == []


def test_the_programs_for_keras_run(trained, python, blocks, pages):
    folder, _ = trained
    (folder / 'blocks.py').write_text(pathlib.Path(blocks.__file__).read_text())
    process = python(folder, '-c', _KERAS_PROGRAMS + _CONVERSION_BLOCKS, pages / 'conversion.md', keras=True)
    assert process.returncode == 0, process.stderr
    one_more, before, after = [line for line in process.stdout.splitlines() if line.startswith(('loss ', '['))]
    assert float(one_more.split()[1]) == pytest.approx(np.log(10), abs=0.2)
    assert len(before.split()) == 2
    assert after.endswith('] 100')
    assert (folder / 'one_more.keras').exists()
    assert (folder / 'cnn_140.keras').exists()


def test_every_command_is_one(commands, programs):
    assert len(commands) == 15
    for words in commands:
        if words[:3] == ['python', '-m', 'flags.checkpoint']:
            _check_flags(words[2:])
        elif words[:3] == ['python', '-m', 'tf1.run']:
            assert _names(words) <= set(re.findall(r"flags\.DEFINE_\w+\('(\w+)'", programs[words[3]]))
        elif words[:3] == ['python', '-m', 'tf1.check']:
            assert words[3:] == ['train.py']
        elif words[0] == 'python':
            assert words[1] in programs
        else:
            assert words == ['cp', '-r', 'models/cnn', 'models/one_more']


def _names(words):
    return {re.match('--(?:no(?=shuffle))?([a-z_]+)', word)[1] for word in words if word.startswith('--')}


def _check_flags(words):
    """Parses a command line of `flags.checkpoint` as the binary does."""
    if words[1] == 'convert':
        with flagsaver.flagsaver():
            flags.FLAGS.set_gnu_getopt(True)
            assert len(flags.FLAGS(words)) == 3
    else:
        assert commands_of_tf1._parse(words[1:], 'checkpoint', {}).command == words[1]
