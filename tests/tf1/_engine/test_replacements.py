"""Functions of ours stand wherever TensorFlow and tf_keras hold their own."""

import sys
import time
import types

import pytest
import tensorflow.compat.v1 as tf

import tf1
from tf1._engine import graph_nodes, replacements


def _nodes(build):
    with tf.Graph().as_default() as graph:
        build()
    return [(op.name, op.type) for op in graph.get_operations()]


def test_every_name_of_the_table_is_replaced():
    for path in graph_nodes.REPLACEMENTS:
        function = replacements._find(path)
        assert function is None or hasattr(function, '_tf1_usual'), path


def test_installing_twice_keeps_the_first_replacement():
    before = tf1.split
    start = time.perf_counter()
    graph_nodes.install()
    assert time.perf_counter() - start < 2
    assert tf1.split is before is tf.split


@pytest.fixture
def module():
    module = types.ModuleType('tensorflow.of_a_test')
    module.half = lambda value: value / 2
    module.copied = module.half
    sys.modules[module.__name__] = module
    yield module
    del sys.modules[module.__name__]


def test_a_replacement_stands_under_every_name_and_leaves_eager_mode_alone(module, monkeypatch):
    usual = module.half
    table = {
        'tensorflow.of_a_test.half': lambda usual: lambda value: usual(value) + 100,
        'tensorflow.of_a_test.absent': lambda usual: usual,
        'tensorflow.absent.half': lambda usual: usual,
    }
    replacements.replace(table)
    assert module.half is module.copied
    assert module.half(4) == 102
    assert module.half._tf1_usual is usual
    monkeypatch.setattr(tf, 'executing_eagerly', lambda: True)
    assert module.half(4) == 2


def test_split_makes_the_constant_of_the_number_of_parts():
    assert _nodes(lambda: tf.split(tf.zeros([4, 2]), 2, name='halves')) == [
        ('zeros', 'Const'),
        ('Const', 'Const'),
        ('halves/split_dim', 'Const'),
        ('halves', 'Split'),
    ]
