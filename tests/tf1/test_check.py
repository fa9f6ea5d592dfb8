from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tf1 import check

_OLD = """\
import tensorflow as tf
import numpy as np
slim = tf.contrib.slim
x = tf.placeholder(tf.float32)
y = slim.conv2d(x, np.int(3), 3)
try:
    from tensorflow.contrib import bigtable
except ImportError:
    bigtable = None
"""
_GONE = "is not in TF 1.15 or not in today's TensorFlow"
_SIMPLE = 'import tensorflow as tf\nx = tf.placeholder(tf.float32)\n'


@pytest.fixture
def programs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, source in {
        'sub/absent.py': 'import tensorflow as tf\ntf.mul(1, 2)\ntf.mul(3, 4)\ntf.train.SummaryWriter("x")\n',
        'old.py': _OLD,
        'simple.py': _SIMPLE,
        'plain.py': 'import tensorflow as tf\ntf.nn.relu(1.0)\n',
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(source)
    return tmp_path


def test_a_tree_is_told_file_by_file_and_summed_up(programs, capsys):
    assert check.main(['.']) == 1
    assert capsys.readouterr().out.splitlines() == [
        './old.py: all names resolve under tf1.run',
        f'  absent: tf.contrib.bigtable (line 7): tf.contrib.bigtable {_GONE}; use the package tensorflow_io instead.'
        ' The program catches the error.',
        '  needs tf1: tf.contrib.slim (line 3)',
        '  needs tf1: tf.contrib.slim.conv2d (line 5)',
        '  needs tf1, or tf_upgrade_v2: tf.placeholder (line 4)',
        '  backported by tf1.run: np.int (line 5): int',
        './simple.py: all names resolve under tf1.run',
        '  needs tf1, or tf_upgrade_v2: tf.placeholder (line 2)',
        '  tf_upgrade_v2 would be enough for its names, with tf.compat.v1.disable_v2_behavior() at its start.',
        './sub/absent.py: 2 names absent under tf1.run, too',
        f'  absent: tf.mul (lines 2, 3): tf.mul {_GONE}; use tf.multiply instead.',
        f'  absent: tf.train.SummaryWriter (line 4): tf.train.SummaryWriter {_GONE};'
        ' use tf.summary.FileWriter instead.',
        '4 programs: 3 resolve under tf1.run, 1 do not (0 of them cannot be read);'
        ' tf_upgrade_v2 would be enough for 1.',
    ]


def test_json_has_the_same_with_a_place_for_each_use(programs, capsys):
    assert check.main(['simple.py', 'sub', '--format=json']) == 1
    found = json.loads(capsys.readouterr().out)
    assert found['summary'] == {'programs': 2, 'resolve': 1, 'absent': 1, 'unreadable': 0, 'upgradable': 1}
    simple, absent = found['programs']
    assert (simple['path'], simple['resolves'], simple['upgradable'], simple['error']) == ('simple.py', True, True, '')
    assert [(name['name'], name['state'], name['places']) for name in simple['names']] == [
        ('tensorflow', 'plain', [{'line': 1}]),
        ('tf.placeholder', 'compat', [{'line': 2}]),
        ('tf.float32', 'plain', [{'line': 2}]),
    ]
    assert absent['names'][1]['places'] == [{'line': 2}, {'line': 3}]
    assert absent['names'][1]['text'].endswith('use tf.multiply instead.')


def test_all_names_resolve_is_status_0_although_the_program_catches_an_absence(programs, capsys):
    assert check.main(['old.py', 'plain.py', 'old.py']) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith('2 programs: 2 resolve under tf1.run, 0 do not')


def test_a_program_of_python_2_does_not_resolve_and_the_others_are_checked(programs, capsys):
    (programs / 'print.py').write_text('print "x"\n')
    assert check.main(['print.py', 'plain.py']) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith('print.py does not parse as Python 3 (line 1: ')
    assert lines[1].startswith('2 programs: 1 resolve under tf1.run, 1 do not (1 of them cannot be read)')


def test_places_in_a_notebook_are_told_by_cell(programs, capsys):
    cells = [
        {'cell_type': 'code', 'source': source} for source in ('import tensorflow as tf', 'tf.mul\ntf.mul', 'tf.mul')
    ]
    (programs / 'n.ipynb').write_text(json.dumps({'cells': cells, 'metadata': {}}))
    assert check.main(['n.ipynb']) == 1
    assert '  absent: tf.mul (cell 2 lines 1, 2; cell 3 line 1): ' in capsys.readouterr().out


def test_many_places_are_cut_short(programs, capsys):
    (programs / 'many.py').write_text('import tensorflow as tf\n' + 'tf.mul\n' * 10)
    assert check.main(['many.py']) == 1
    assert 'tf.mul (lines 2, 3, 4, 5, 6, 7, 8, 9 and 2 more): ' in capsys.readouterr().out


@pytest.mark.parametrize(
    ('words', 'text'),
    [
        (['no.py'], 'no.py does not exist: name a Python file, a notebook or a folder.'),
        (['empty'], 'empty: no .py or .ipynb file there: name a folder with programs.'),
        (['--upgrade=sub', 'old.py'], '--upgrade=sub exists already: name a new or an empty folder.'),
        (['--upgrade=new', 'print.py'], 'none of the programs can be read, so there is nothing to upgrade.'),
        (
            ['--format=xml', 'old.py'],
            "argument --format: invalid choice: 'xml' (choose from 'text', 'json'): "
            'python -m tf1.check PATH... [--format=text|json] [--upgrade=FOLDER].',
        ),
    ],
)
def test_bad_input_is_status_2_and_one_line(programs, capsys, words, text):
    (programs / 'empty').mkdir()
    (programs / 'print.py').write_text('print "x"\n')
    assert check.main(words) == 2
    out, err = capsys.readouterr()
    assert (out, err.replace('text, json', "'text', 'json'")) == ('', f'tf1.check: {text}\n')
    assert not (programs / 'new').exists()


def test_the_command_compares_with_keras_3_and_upgrades_copies(programs):
    (programs / 'simple.py').write_text(_SIMPLE + 'tf.keras.layers.CuDNNLSTM\ntf.keras.layers.Dense\n')
    env = {name: value for name, value in os.environ.items() if name != 'TF_USE_LEGACY_KERAS'}
    env['PYTHONPATH'] = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    words = [sys.executable, '-m', 'tf1.check', 'simple.py', 'sub', '--upgrade', 'made/new', '--format', 'json']
    done = subprocess.run(words, env=env, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    result = json.loads(done.stdout)
    states = {name['name']: name['state'] for name in result['programs'][0]['names']}
    assert states['tf.keras.layers.CuDNNLSTM'] == 'tf1'
    assert states['tf.keras.layers.Dense'] == 'plain'
    assert result['upgrade'] == {
        'folder': 'made/new',
        'report': 'report.txt',
        'programs': [
            {'path': 'made/new/simple.py', 'plain': False},
            {'path': 'made/new/sub/absent.py', 'plain': False},
        ],
    }
    assert 'tf.compat.v1.placeholder(tf.float32)' in (programs / 'made/new/simple.py').read_text()
    assert 'tf.placeholder(tf.float32)' in (programs / 'simple.py').read_text()
    assert "Renamed 'tf.placeholder'" in (programs / 'made/new/report.txt').read_text()
    assert os.listdir(programs / 'made') == ['new']
