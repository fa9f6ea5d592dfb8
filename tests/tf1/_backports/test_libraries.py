"""Installed packages that are written for TF 1 are found by their source, once, and are part of the program."""

from __future__ import annotations

import json
import sys

import pytest

from tf1._backports import libraries
from tf1._backports.libraries import Libraries
from tf1._backports.notices import Notices
from tf1._backports.user_code import UserCode
from tf1._run.install import Installation

_PACKAGES = {
    'old_names': 'import tensorflow as tf\nx = tf.placeholder\n',
    'old_import': 'from tensorflow.contrib import layers\n',
    'old_keras': 'from keras.layers.core import Dense\n',
    'new_names': 'import tensorflow as tf\n\ndef f():\n    return tf.function(tf.math.add)\n',
    'both': (
        'import tensorflow as tf\nif tf.__version__ > "2":\n    tf = tf.compat.v1\n\ndef f():\n'
        '    return tf.compat.v1.Session, tf.compat.v1.placeholder, tf.compat.v1.layers\n'
    ),
    'guarded': 'try:\n    from tensorflow.contrib import layers\nexcept ImportError:\n    layers = None\n',
    'without': 'import collections\n',
}


@pytest.fixture
def site(tmp_path, monkeypatch):
    folder = tmp_path / 'lib' / 'site-packages'
    for name, source in _PACKAGES.items():
        (folder / name).mkdir(parents=True)
        (folder / name / '__init__.py').write_text(source)
    monkeypatch.setenv('XDG_CACHE_HOME', str(tmp_path / 'cache'))
    libraries._cache_file.cache_clear()
    yield folder
    libraries._cache_file.cache_clear()


def owned(site, **options):
    found = Libraries(Notices(), **options)
    return [name for name in _PACKAGES if found.owns(str(site / name / '__init__.py'))]


def test_names_that_only_tf1_has_decide(site):
    assert owned(site) == ['old_names', 'old_import', 'old_keras']


def test_the_answer_is_remembered(site, tmp_path, monkeypatch):
    owned(site)
    (cache,) = (tmp_path / 'cache' / 'tf1').iterdir()
    remembered = json.loads(cache.read_text())
    assert sorted(remembered.values()) == [False] * 4 + [True] * 3
    monkeypatch.setattr(libraries.library_source, 'is_for_tf1', lambda folder: pytest.fail('looked again'))
    assert owned(site) == ['old_names', 'old_import', 'old_keras']


def test_it_works_without_a_cache(site, tmp_path):
    (tmp_path / 'cache').write_text('not a folder')
    assert owned(site) == ['old_names', 'old_import', 'old_keras']


def test_what_is_asked_for_wins(site):
    assert owned(site, included=['new_names'], excluded=['old_keras']) == ['old_names', 'old_import', 'new_names']


def test_it_is_said_once(site, capsys):
    found = Libraries(Notices('tf1.run'))
    for _ in range(2):
        assert found.owns(str(site / 'old_names' / '__init__.py'))
    assert capsys.readouterr().err == 'tf1.run: old_names: a TF 1 library, runs as part of the program.\n'


def test_numpy_and_keras_are_not_looked_at(site, monkeypatch):
    monkeypatch.setattr(libraries.library_source, 'is_for_tf1', lambda folder: pytest.fail('looked'))
    found = Libraries(Notices())
    assert not found.owns(str(site / 'numpy' / '__init__.py'))
    assert not found.owns(str(site / 'tf_keras' / 'src' / 'layers.py'))
    assert not found.owns('/somewhere/else.py')


def test_an_installed_library_gets_tf1s_names(site, monkeypatch, capsys):
    (site / 'old_names' / 'more.py').write_text(
        'import collections\nimport numpy as np\nfrom tensorflow.contrib import slim\n'
        'import keras\nMapping, float_ = collections.Mapping, np.float_\n'
    )
    monkeypatch.syspath_prepend(str(site))
    installation = Installation(UserCode(libraries=Libraries(Notices())), Notices())
    installation.install()
    try:
        names = {'__name__': '__main__'}
        exec('import old_names.more, new_names, collections', names)
    finally:
        installation.remove()
        loaded = {name: sys.modules.pop(name) for name in ('old_names', 'old_names.more', 'new_names')}
    more = loaded['old_names.more']
    assert loaded['old_names'].tf.__name__ == 'tf1'
    assert more.slim.__name__ == 'tf1.contrib.slim'
    assert more.keras.__name__ == 'keras'
    assert more.Mapping is names['collections'].abc.Mapping
    assert loaded['new_names'].tf.__name__ == 'tensorflow'


def test_an_old_description_of_messages_is_loaded(tmp_path, monkeypatch, installed):
    from google.protobuf import descriptor_pb2

    file = descriptor_pb2.FileDescriptorProto(name='tf1_test/old.proto', package='tf1_test')
    message = file.message_type.add(name='Point')
    message.field.add(name='x', number=1, type=5, label=1)
    (tmp_path / 'old_pb2.py').write_text(
        'from google.protobuf import descriptor as _descriptor\n'
        f'DESCRIPTOR = _descriptor.FileDescriptor(name={file.name!r}, package="tf1_test", syntax="proto2", '
        f'serialized_pb={file.SerializeToString()!r})\n'
        '_POINT = _descriptor.Descriptor(name="Point", full_name="tf1_test.Point", fields=[], extensions=[])\n'
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    import old_pb2

    assert old_pb2.Point(x=3).SerializeToString() == b'\x08\x03'
    assert old_pb2.DESCRIPTOR.name == 'tf1_test/old.proto'
