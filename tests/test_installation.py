"""The wheel and the sdist hold tf1 and nothing else, and the wheel works without the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import textwrap
import zipfile
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[1]
_PACKED = ('tf1', 'setup.cfg', 'pyproject.toml', 'README.md', 'LICENSE', 'NOTICE')


@pytest.fixture(scope='module')
def built(tmp_path_factory):
    """A folder with the wheel and the sdist, built from a copy so that nothing is left in the checkout."""
    source, output = tmp_path_factory.mktemp('source'), tmp_path_factory.mktemp('dist')
    listed = subprocess.run(
        ['git', 'ls-files', '-co', '--exclude-standard', *_PACKED],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    for name in listed:
        if (_ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((_ROOT / name).read_bytes())
    build = (
        'import os, sys; from setuptools import build_meta as b; source, output = sys.argv[1:];'
        ' os.chdir(source); b.build_wheel(output); b.build_sdist(output)'
    )
    subprocess.run([sys.executable, '-c', build, source, output], capture_output=True, check=True)
    return output


@pytest.fixture(scope='module')
def installed(built, tmp_path_factory):
    """The folder of programs of an environment that has the wheel, and of all else what this one has."""
    folder = tmp_path_factory.mktemp('environment')
    subprocess.run([sys.executable, '-m', 'venv', '--without-pip', folder], check=True)
    packages = next((folder / 'lib').glob('python*')) / 'site-packages'
    (wheel,) = built.glob('*.whl')
    pip = [sys.executable, '-m', 'pip', 'install', '--quiet', '--no-deps', '--no-index', '--disable-pip-version-check']
    subprocess.run([*pip, f'--prefix={folder}', wheel], check=True, capture_output=True)
    # What tf1 depends on is taken from this environment; `.pth` files of editable installations are not read there.
    others = [path for path in sys.path if Path(path).name == 'site-packages']
    (packages / 'others.pth').write_text('\n'.join(others) + '\n')
    for script in (folder / 'bin').glob('tf1-*'):
        script.write_text(f'#!{folder}/bin/python\n' + script.read_text().partition('\n')[2])
    return folder / 'bin'


def run(installed, folder, *words):
    """Runs a program of that environment in `folder`, which has nothing of the checkout on its path."""
    env = {key: value for key, value in os.environ.items() if key not in ('PYTHONPATH', 'PYTHONSAFEPATH')}
    command = [str(installed / words[0]), *words[1:]]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=180)
    assert done.returncode == 0, done.stderr
    return done


def test_the_wheel_brings_tf1_and_its_commands(built):
    (wheel,) = built.glob('tf1_compat-*.whl')
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (metadata,) = (archive.read(name).decode() for name in names if name.endswith('METADATA'))
        (scripts,) = (archive.read(name).decode() for name in names if name.endswith('entry_points.txt'))
    assert {name.split('/')[0].split('-')[0] for name in names} == {'tf1', 'tf1_compat'}
    assert 'tf1/py.typed' in names
    assert {'train-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz'} <= {Path(name).name for name in names}
    required = [
        line.split()[1] for line in metadata.splitlines() if line.startswith('Requires-Dist:') and 'extra' not in line
    ]
    assert sorted(word.replace('_', '-') for word in required) == [
        'absl-py',
        'numpy',
        'protobuf',
        'tensorflow>=2.16',
        'tf-keras>=2.16',
    ]
    commands = [line.split(' = ')[0] for line in scripts.splitlines() if ' = ' in line]
    assert commands
    assert all(command.startswith('tf1-') for command in commands)


def test_the_sdist_builds_the_same(built):
    (sdist,) = built.glob('tf1?compat-*.tar.gz')
    (wheel,) = built.glob('*.whl')
    with tarfile.open(sdist) as archive:
        files = {name.partition('/')[2] for name in archive.getnames()}
    with zipfile.ZipFile(wheel) as archive:
        code = {name for name in archive.namelist() if name.startswith('tf1/')}
    assert code <= files
    assert {'setup.cfg', 'pyproject.toml', 'README.md', 'LICENSE', 'NOTICE'} <= files


def test_a_program_runs_from_an_empty_folder_beside_its_own_tools_and_flags(installed, tmp_path):
    # Folders without `__init__.py` are found only if no package of that name is installed.
    for name in ('tools', 'flags', 'graphs', 'estimators'):
        (tmp_path / name).mkdir()
        (tmp_path / name / 'mine.py').write_text(f'WHO = {name!r}\n')
    (tmp_path / 'program.py').write_text(
        textwrap.dedent("""
        import importlib.util
        import tensorflow as tf
        from tensorflow.examples.tutorials.mnist import input_data
        import tools.mine, flags.mine
        from graphs import mine
        from estimators import mine as other

        print(tools.mine.WHO, flags.mine.WHO, mine.WHO, other.WHO)
        mnist = input_data.read_data_sets('MNIST_data')
        x = tf.placeholder(tf.float32, [None, 784])
        loss = tf.losses.sparse_softmax_cross_entropy(tf.placeholder(tf.int64, [None], 'y'), tf.layers.dense(x, 10))
        # TF 1 and TF 2 names, mixed as documents of the time of change do.
        weights = tf.compat.v1.get_variable('w', [2, 2], initializer=tf.initializers.GlorotUniform())
        with tf.Session() as session:
            session.run(tf.global_variables_initializer())
            images, labels = mnist.train.next_batch(100)
            print(session.run(loss, {x: images, 'y:0': labels}) > 1, weights.name)
            tf.train.Saver().save(session, './model/model.ckpt', 3)
        print(tf.__version__, tf.VERSION, tf.version.VERSION, tf.version.TENSORFLOW_VERSION > '2.1')
        print(importlib.util.find_spec('tf1').origin.split('/')[-3])
    """)
    )
    done = run(installed, tmp_path, 'tf1-run', 'program.py')
    assert done.stdout.splitlines() == [
        'tools flags graphs estimators',
        'True w:0',
        '1.15.5 1.15.5 1.15.5 True',
        'site-packages',
    ]
    report = json.loads(run(installed, tmp_path, 'tf1-check', 'program.py', '--format=json').stdout)
    assert report['summary']['resolve'] == 1
    assert run(installed, tmp_path, 'tf1-run', '--version').stdout.startswith('tf1-compat 0.')
    assert 'dense/kernel' in run(installed, tmp_path, 'tf1-checkpoint', 'list', 'model').stdout
