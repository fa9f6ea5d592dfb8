"""What a check says of the installed TF 1 libraries that programs import."""

from __future__ import annotations

import json
import pathlib
import re
import sys

import pytest

from tf1 import check
from tf1._backports import libraries as installed
from tf1._check import libraries

_ROOT = pathlib.Path(__file__).parents[3]
_OLD = 'import tensorflow as tf\nx = tf.placeholder\n'
_PACKAGES = {
    'tflearn/__init__.py': _OLD + 'import never_read\n',
    'gpflow/__init__.py': _OLD,
    't3f/__init__.py': _OLD,
    'unknown/__init__.py': _OLD + 'import below\n',
    'unknown/more.py': 'import tensorflow as tf\ntf.mul(1, 2)\ntf.contrib.bigtable.BigtableClient\n',
    'unknown/tests/some.py': 'import tensorflow as tf\ntf.sub(1, 2)\n',
    'below.py': 'from tensorflow.contrib import slim\n',
    'never_read.py': _OLD,
    'new/__init__.py': 'import tensorflow as tf\ntf.function\n',
    'shadowed/__init__.py': _OLD,
    'tflearn-0.5.0.dist-info/METADATA': 'Name: tflearn\nVersion: 0.5.0\n',
    'gpflow-1.3.0.dist-info/METADATA': 'Name: gpflow\nVersion: 1.3.0\n',
    't3f-1.1.0.dist-info/METADATA': 'Name: t3f\nVersion: 1.1.0\n',
    'an_unknown_one-7.dist-info/METADATA': 'Name: an-unknown-one\nVersion: 7\n',
}


@pytest.fixture
def program(tmp_path, monkeypatch):
    site = tmp_path / 'lib' / 'site-packages'
    for name, text in _PACKAGES.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text)
        if name.endswith('METADATA'):
            (site / name).with_name('top_level.txt').write_text(name.partition('-')[0] + '\n')
    (site / 'an_unknown_one-7.dist-info' / 'top_level.txt').write_text('unknown\n')
    monkeypatch.setenv('XDG_CACHE_HOME', str(tmp_path / 'cache'))
    monkeypatch.setattr(sys, 'path', [*sys.path, str(site)])
    installed._cache_file.cache_clear()
    (tmp_path / 'code').mkdir()
    monkeypatch.chdir(tmp_path / 'code')
    pathlib.Path('shadowed.py').write_text('')
    path = pathlib.Path('program.py')
    path.write_text(
        'import tflearn\nimport gpflow, shadowed, numpy, json\nfrom unknown import more\nimport new\n'
        'def f():\n    import t3f\n    import not_installed\n'
    )
    yield path
    installed._cache_file.cache_clear()


def test_each_is_said_with_what_is_known_of_it(program, capsys):
    assert check.main([str(program)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        'below (below): a TF 1 library, untried. 1 of its 1 files resolve under tf1.run.',
        'gpflow (gpflow 1.3.0): a TF 1 library, untried in this version; 1.5.1 runs. 1 of its 1 files resolve under '
        'tf1.run.',
        't3f (t3f 1.1.0): a TF 1 library, tried, but only its import. 1 of its 1 files resolve under tf1.run.',
        'tflearn (tflearn 0.5.0): a TF 1 library that runs.',
        'unknown (an-unknown-one 7): a TF 1 library, untried. 1 of its 2 files resolve under tf1.run; absent: tf.mul, '
        'tf.contrib.bigtable.',
        '1 programs: 1 resolve under tf1.run, 0 do not (0 of them cannot be read); tf_upgrade_v2'
        ' would be enough for 0.',
        'TF 1 libraries: 5; 1 run, 2 tried in part, 2 untried.',
    ]


def test_json_has_the_same(program, capsys):
    assert check.main([str(program), '--format=json']) == 0
    found = {library['package']: library for library in json.loads(capsys.readouterr().out)['libraries']}
    assert [(name, library['state']) for name, library in found.items()] == [
        ('below', 'untried'),
        ('gpflow', 'tried'),
        ('t3f', 'tried'),
        ('tflearn', 'runs'),
        ('unknown', 'untried'),
    ]
    assert found['gpflow']['tried'] == '1.5.1'
    assert (found['unknown']['files'], found['unknown']['resolve']) == (2, 1)
    assert found['unknown']['absent'] == ['tf.mul', 'tf.contrib.bigtable']


def test_a_program_without_libraries_says_nothing_of_them(program, capsys):
    program.write_text('import tensorflow as tf\ntf.placeholder\n')
    assert check.main([str(program), 'shadowed.py']) == 0
    assert 'librar' not in capsys.readouterr().out


def test_the_answer_does_not_depend_on_which_keras_plain_tensorflow_has(tmp_path, monkeypatch):
    source = tmp_path / 'one.py'
    source.write_text('from tensorflow.keras.layers import Dense\nfrom tensorflow.keras.preprocessing import text\n')
    import tensorflow

    monkeypatch.setattr(tensorflow, 'keras', None)
    installed.library_source._in_tensorflow.cache_clear()
    assert not installed.library_source.is_for_tf1(str(source))
    installed.library_source._in_tensorflow.cache_clear()


def test_what_runs_is_what_the_page_and_the_jobs_name():
    page = (_ROOT / 'docs' / 'libraries.md').read_text()
    rows = dict(re.findall(r'^\| ([\w.-]+) ([\d.]+) \| .* \| runs \|$', page, re.MULTILINE))
    assert rows == libraries.RUNS
    jobs = [path.read_text().splitlines()[0].strip('"') for path in (_ROOT / 'tools/libraries/jobs').glob('*.py')]
    assert {f'{name}=={version}' for name, version in rows.items()} == {job for job in jobs if 'tf_keras' not in job}
    imported = page.split('without a job:')[1].split('Fails')[0].replace('TF 1.15.5', '')
    assert dict(re.findall(r'([a-z][\w-]*)\s([\d.]*\d)', imported)) == libraries.IMPORTED
