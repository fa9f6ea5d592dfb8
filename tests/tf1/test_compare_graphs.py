from __future__ import annotations

import json

import numpy as np
import pytest

import tf1 as tf
from tf1 import compare_graphs
from tf1._compare_graphs import differences, reading
from tools import forked_python


def _graph(build) -> tf.GraphDef:
    with tf.Graph().as_default() as graph:
        tf.set_random_seed(1)
        build()
    return graph.as_graph_def()


def _old():
    x = tf.placeholder(tf.float32, [2, 3], name='x')
    noise = tf.raw_ops.RandomUniform(shape=[2, 3], dtype=tf.float32, seed=1, seed2=5, name='noise')
    y = tf.raw_ops.Add(x=x, y=noise, name='y')
    tf.multiply(y, tf.constant(2.0, name='two'), name='z')


def _new():
    x = tf.placeholder(tf.float32, [2, 3], name='x')
    shape = tf.constant([2, 3], name='noise/shape')
    with tf.control_dependencies([x]):
        noise = tf.raw_ops.RandomUniform(shape=shape, dtype=tf.float32, seed=1, seed2=7, name='noise')
    y = tf.raw_ops.AddV2(x=noise, y=x, name='y')
    tf.subtract(y, tf.constant(3.0, name='two'), name='z')
    tf.identity(y, name='end')


@pytest.fixture(scope='module')
def files(tmp_path_factory):
    """A folder with old.pbtxt and new.pb, which differ, and the old graph in every other format."""
    folder = tmp_path_factory.mktemp('graphs')
    old, new = _graph(_old), _graph(_new)
    tf.train.write_graph(old, str(folder), 'old.pbtxt')
    tf.train.write_graph(new, str(folder), 'new.pb', as_text=False)
    tf.train.write_graph(old, str(folder / 'model_dir'), 'graph.pbtxt')
    with tf.Graph().as_default():
        tf.import_graph_def(old, name='')
        tf.train.export_meta_graph(str(folder / 'binary.meta'))
        tf.train.export_meta_graph(str(folder / 'text.meta'), as_text=True)
        builder = tf.saved_model.Builder(str(folder / 'saved_model'))
        with tf.Session() as session:
            builder.add_meta_graph_and_variables(session, ['serve'])
        builder.save()
    return folder


def test_each_difference_is_told_in_the_order_of_the_graph(files, capsys):
    assert compare_graphs.main([str(files / 'old.pbtxt'), str(files / 'new.pb')]) == 1
    assert capsys.readouterr().out.splitlines() == [
        '! noise: control inputs () -> (^x)',
        '! noise: seed2 5 -> 7',
        '! y: inputs (x, noise) -> (noise, x)',
        '! two: value float32 [] 2.0 -> float32 [] 3.0',
        '! z: type Mul -> Sub',
        '+ end (Identity)',
        'Different: A has 6 nodes, B 7; 0 only in A, 1 only in B, 4 differ.',
    ]


@pytest.mark.parametrize('other', ['old.pbtxt', 'model_dir', 'binary.meta', 'text.meta', 'saved_model'])
def test_the_same_graph_is_equal_in_every_format(files, other, capsys):
    assert compare_graphs.main([str(files / 'old.pbtxt'), str(files / other)]) == 0
    assert capsys.readouterr().out == 'Equal: A has 6 nodes, B 6.\n'


def test_json_holds_the_same(files, capsys):
    assert compare_graphs.main([str(files / 'new.pb'), str(files / 'old.pbtxt'), '--format=json']) == 1
    found = json.loads(capsys.readouterr().out)
    assert not found['equal']
    assert (found['only_in_a'], found['only_in_b'], found['differ']) == (1, 0, 4)
    assert found['differences'][-1] == {'name': 'end', 'op': 'Identity', 'where': 'A', 'changes': []}


def test_strict_counts_types_of_the_second_version_and_attributes_of_one_side():
    a, b = _graph(_old), _graph(_old)
    node = next(node for node in b.node if node.name == 'y')
    node.op = 'AddV2'
    node.attr['_new'].i = 3
    node.device = '/cpu:0'
    assert [change.what for change in differences.compare(a, b)[0].changes] == ['device']
    (found,) = differences.compare(a, b, strict=True)
    assert [(change.what, change.a, change.b) for change in found.changes] == [
        ('type', 'Add', 'AddV2'),
        ('device', 'none', '/cpu:0'),
        ('_new', 'none', '3'),
    ]


def test_constants_are_compared_by_value_not_by_how_they_are_stored():
    def constant(values):
        return _graph(lambda: tf.constant(values, name='c'))

    a, b = constant(np.ones([100], np.float32)), constant(np.ones([100], np.float32))
    b.node[0].attr['value'].tensor.ClearField('tensor_content')
    b.node[0].attr['value'].tensor.float_val[:] = [1.0]
    assert differences.compare(a, b) == []
    values = np.ones([100], np.float32)
    values[50] = 2
    (found,) = differences.compare(a, constant(values))
    assert found.changes[0].what == 'value'
    assert found.changes[0].a.startswith('float32 [100] [1. 1. 1. ... 1. 1. 1.]')
    assert found.changes[0].a != found.changes[0].b


def test_functions_are_compared_by_name():
    def build(factor):
        return _graph(lambda: tf.data.Dataset.range(3).map(lambda v: v * factor).make_initializable_iterator())

    a, b = build(2), build(3)
    names = [graph.library.function[0].signature.name for graph in (a, b)]
    for graph, name in zip((a, b), names, strict=True):
        graph.library.function[0].signature.name = 'f'
        for node in graph.node:
            for value in node.attr.values():
                if value.func.name == name:
                    value.func.name = 'f'
    (found,) = differences.compare(a, b)
    assert found.name.startswith('f: mul')
    del b.library.function[:]
    assert differences.compare(a, b) == [differences.NodeDifference('f', 'function', 'A')]


def test_what_holds_no_graph_is_status_2_with_one_line(files, tmp_path, capsys):
    (tmp_path / 'empty.pb').touch()
    (tmp_path / 'words.pbtxt').write_text('nothing of the kind {')
    (tmp_path / 'bytes.pb').write_bytes(b'\xff\xfe\x00\x01')
    good = str(files / 'old.pbtxt')
    for words, error in {
        (good,): f'the following arguments are required: B: {compare_graphs._USAGE}.',
        (good, 'absent.pb'): 'absent.pb does not exist; name a .pb, .pbtxt or .meta file, a SavedModel or a folder with'
        ' graph.pbtxt.',
        (str(tmp_path), good): f'{tmp_path} holds none of saved_model.pb, saved_model.pbtxt, graph.pbtxt, graph.pb;'
        ' name the file that holds the graph.',
        (good, str(tmp_path / 'empty.pb')): f'{tmp_path}/empty.pb is empty; name a file that holds a GraphDef.',
        (good, str(tmp_path / 'words.pbtxt')): f'{tmp_path}/words.pbtxt is no GraphDef, binary or text; name a file'
        ' that holds one.',
        (good, str(tmp_path / 'bytes.pb')): f'{tmp_path}/bytes.pb is no GraphDef, binary or text; name a file that'
        ' holds one.',
        (
            good,
            str(files / 'saved_model'),
            '--tags=serve,tpu',
        ): f'{files}/saved_model/saved_model.pb has no graph tagged serve,tpu; its graphs are tagged: serve.',
    }.items():
        assert compare_graphs.main(list(words)) == 2
        shown = capsys.readouterr()
        assert (shown.out, shown.err) == ('', f'tf1.compare_graphs: {error}\n')


def test_fields_of_later_versions_are_passed_over(tmp_path):
    (tmp_path / 'graph.pbtxt').write_text('node { name: "a" op: "NoOp" } of_the_future: 3')
    assert [node.name for node in reading.read_graph(str(tmp_path)).node] == ['a']


def test_it_runs_as_a_module(files):
    done = forked_python.run(['-m', 'tf1.compare_graphs', files / 'model_dir', files / 'new.pb'])
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1].startswith('Different: ')
