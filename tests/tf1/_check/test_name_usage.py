from __future__ import annotations

import textwrap

import pytest

from tf1._check.name_usage import Place, Reader, Use


def read(source):
    reader = Reader()
    reader.read(textwrap.dedent(source))
    return reader.finish()


def names(source):
    return [name for use in read(source) for name in sorted(use.names)]


@pytest.mark.parametrize(
    ('source', 'expected'),
    [
        ('import tensorflow as tf; tf.nn.relu', 'tensorflow.nn.relu'),
        ('import tensorflow.compat.v1 as tf; tf.Session()', 'tensorflow.compat.v1.Session'),
        ('import tensorflow.contrib.slim as slim; slim.conv2d', 'tensorflow.contrib.slim.conv2d'),
        ('import tensorflow.contrib.slim; tensorflow.contrib.slim.conv2d', 'tensorflow.contrib.slim.conv2d'),
        ('from tensorflow.contrib import slim; slim.conv2d', 'tensorflow.contrib.slim.conv2d'),
        ('from tensorflow.contrib.layers import fully_connected as fc', 'tensorflow.contrib.layers.fully_connected'),
        ('import tensorflow as tf; layers = tf.layers; layers.dense', 'tensorflow.layers.dense'),
        ('import tensorflow as tf; a, b = tf.nn, tf.train; b.Saver', 'tensorflow.train.Saver'),
        ('import tensorflow as tf; x: object = tf.nn; x.relu', 'tensorflow.nn.relu'),
        ('import tensorflow as tf; (x := tf.nn).relu; x.elu', 'tensorflow.nn.elu'),
        ('import tensorflow as tf; getattr(tf, "contrib").slim', 'tensorflow.contrib.slim'),
        ('import importlib; importlib.import_module("tensorflow.contrib.slim")', 'tensorflow.contrib.slim'),
        ('from tensorflow import keras; keras.layers.Dense(1).units', 'tensorflow.keras.layers.Dense'),
        ('import numpy as np; print(np.float(1))', 'numpy.float'),
        ('import tensorflow as tf\ndef f(x=tf.nn.relu): pass', 'tensorflow.nn.relu'),
        ('import tensorflow as tf\nf = lambda y: tf.nn.relu(y)', 'tensorflow.nn.relu'),
        ('import tensorflow as tf\nclass A(tf.Module): pass', 'tensorflow.Module'),
        ('import tensorflow as tf\n[tf.nn.relu(y) for y in range(3)]', 'tensorflow.nn.relu'),
        ('def f():\n  global tf\n  import tensorflow as tf\ndef g(): tf.nn.relu', 'tensorflow.nn.relu'),
        ('def f():\n  return tf.nn.relu\nimport tensorflow as tf', 'tensorflow.nn.relu'),
        ('from keras.layers import *', 'keras.layers'),
    ],
)
def test_an_alias_is_followed_to_the_name_that_it_stands_for(source, expected):
    assert expected in names(source)


@pytest.mark.parametrize(
    'source',
    [
        'def f(layers): layers.append(1)',
        'def f():\n  layers = []\n  layers.append(1)',
        'f = lambda layers: layers.append(1)',
        '[layers.append for layers in []]',
        'for layers in []: layers.append',
        'with open("x") as layers: layers.append',
        'layers = []; layers.append',
        'class A:\n  layers = []\n  layers.append',
        'try: pass\nexcept OSError as layers: layers.append',
    ],
)
def test_a_name_that_the_program_binds_to_something_else_is_its_own(source):
    found = names('from tensorflow import layers\n' + source)
    ours = [name for name in found if name == 'tensorflow.layers.append']
    # What a branch binds may not be bound: then both are looked at.
    assert ours == (['tensorflow.layers.append'] if source.startswith(('for', 'try')) else [])


def test_names_of_a_relative_import_are_the_programs_own():
    assert names('from . import tensorflow as tf\nfrom .. import slim\ntf.contrib, slim.conv2d') == []


def test_aliases_of_two_branches_are_both_looked_at():
    source = """
    try:
        import tensorflow.compat.v1 as tf
    except ImportError:
        import tensorflow as tf
    tf.Session
    """
    assert read(source)[-1].names == {'tensorflow.compat.v1.Session', 'tensorflow.Session'}


def test_a_use_says_where_it_is_and_whether_its_absence_is_caught():
    source = """\
    import tensorflow as tf
    try:
        from tensorflow.contrib import tpu
        tf.nn.elu
    except ImportError:
        tf.nn.relu
    """
    assert read(source) == [
        Use(frozenset({'tensorflow'}), Place(1), guarded=False, direct=False),
        Use(frozenset({'tensorflow.contrib.tpu'}), Place(3), guarded=True, direct=False),
        Use(frozenset({'tensorflow.nn.elu'}), Place(4), guarded=True, direct=True),
        Use(frozenset({'tensorflow.nn.relu'}), Place(6), guarded=False, direct=True),
    ]


def test_only_attributes_of_the_top_level_package_are_direct():
    uses = read('import tensorflow as tf\nfrom tensorflow import train\nn = tf.nn\ntf.a\ntrain.b\nn.c')
    assert [(use.place.line, use.direct) for use in uses] == [
        (1, False),
        (2, False),
        (3, True),
        (4, True),
        (5, False),
        (6, False),
    ]


def test_cells_of_a_notebook_share_their_names():
    reader = Reader()
    reader.read('import tensorflow as tf', 1)
    reader.read('\ntf.nn', 3)
    assert reader.finish()[-1] == Use(frozenset({'tensorflow.nn'}), Place(2, 3), guarded=False, direct=True)
