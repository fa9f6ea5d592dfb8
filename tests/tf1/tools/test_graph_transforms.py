"""`TransformGraph`: nodes and values as TF 1.15.5 returns them."""

from __future__ import annotations

import numpy as np
import pytest

import tf1 as tf
from tf1.tools.graph_transforms import TransformGraph


@pytest.fixture
def simple():
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [1, 2], name='x')
        a = tf.constant(2.0, name='a') + 1.0
        b = tf.constant([1.0, 2.0], name='b') * a
        y = tf.identity(x * a + b, name='y')
        tf.identity(tf.identity(y, name='i1'), name='unused')
        tf.add(tf.stop_gradient(y, name='sg'), tf.check_numerics(y, 'm', name='cn'), name='w')
        return graph.as_graph_def()


def names(graph_def):
    return [node.name for node in graph_def.node]


def test_what_the_outputs_do_not_need_is_stripped(simple):
    stripped = TransformGraph(simple, ['x'], ['y'], ['strip_unused_nodes'])
    assert names(stripped) == ['x', 'a', 'add/y', 'add', 'b', 'mul', 'mul_1', 'add_1', 'y']
    cut = TransformGraph(simple, ['a'], ['y'], ['strip_unused_nodes(type=float, shape="1,2")'])
    assert cut.node[1].op == 'Placeholder'
    assert [size.size for size in cut.node[1].attr['shape'].shape.dim] == [1, 2]


def test_constants_are_folded(simple):
    folded = TransformGraph(simple, ['x'], ['y'], ['fold_constants(ignore_errors=true)'])
    assert [node.op for node in folded.node] == ['Mul', 'AddV2', 'Identity', 'Const', 'Const', 'Placeholder']
    assert [name.rpartition('__')[0] for name in names(folded)[3:5]] == ['add/_0__cf', 'mul/_1__cf']
    assert [tf.make_ndarray(node.attr['value'].tensor).tolist() for node in folded.node[3:5]] == [3.0, [3.0, 6.0]]
    assert list(folded.node[0].input) == ['x:0', names(folded)[3]]


def test_nodes_are_sorted_and_removed(simple):
    assert names(TransformGraph(simple, ['x'], ['w'], ['sort_by_execution_order'])) == (
        ['b', 'add/y', 'a', 'add', 'mul', 'x', 'mul_1', 'add_1', 'y', 'cn', 'sg', 'w', 'i1', 'unused']
    )
    removed = TransformGraph(simple, ['x'], ['w'], ['remove_nodes(op=Identity, op=CheckNumerics, op=StopGradient)'])
    assert list({node.name: node for node in removed.node}['w'].input) == ['add_1', 'add_1']
    assert 'i1' not in names(removed)
    assert 'unused' in names(TransformGraph(simple, ['x'], ['w'], ['remove_nodes(op=CheckNumerics)']))


def test_attributes_are_renamed_and_removed(simple):
    renamed = TransformGraph(simple, ['x'], ['y'], ['rename_attribute(old_attribute_name=T, new_attribute_name=U)'])
    assert 'U' in renamed.node[3].attr
    assert 'T' not in renamed.node[3].attr
    removed = TransformGraph(simple, ['x'], ['y'], ['remove_attribute(attribute_name=T, op_name=Identity)'])
    assert [node.op for node in removed.node if 'T' not in node.attr and node.op not in ('Const', 'Placeholder')] == (
        ['Identity'] * 3
    )


def test_a_factor_per_channel_goes_into_the_weights():
    weights = np.arange(18 * 3, dtype=np.float32).reshape(3, 3, 2, 3)
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [1, 4, 4, 2], name='x')
        product = tf.nn.conv2d(x, tf.constant(weights, name='w'), [1, 1, 1, 1], 'SAME', name='c') * [1.0, 2.0, 3.0]
        tf.nn.relu(product, name='y')
    folded = TransformGraph(graph.as_graph_def(), ['x'], ['y'], ['fold_batch_norms'])
    assert [(node.op, node.name) for node in folded.node][2:] == [('Conv2D', 'mul'), ('Relu', 'y')]
    by_name = {node.name: node for node in folded.node}
    assert np.array_equal(tf.make_ndarray(by_name['w'].attr['value'].tensor), weights * [1, 2, 3])


def test_duplicates_are_merged():
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [2], name='x')
        tf.add(tf.add(x, 1.0, name='a'), tf.add(x, 1.0, name='b'), name='y')
    merged = TransformGraph(graph.as_graph_def(), ['x'], ['y'], ['merge_duplicate_nodes'])
    assert sorted(names(merged)) == ['a', 'a/y', 'x', 'y']


def test_what_is_not_there_is_said(simple):
    with pytest.raises(tf.errors.InvalidArgumentError, match="Transform 'nonsense' not recognized"):
        TransformGraph(simple, ['x'], ['y'], ['nonsense'])
    with pytest.raises(tf.errors.InvalidArgumentError, match='Input node nope not found in graph'):
        TransformGraph(simple, ['x'], ['nope'], ['strip_unused_nodes'])
    with pytest.raises(tf.errors.UnimplementedError, match="Transform 'quantize_nodes' is not in tf1"):
        TransformGraph(simple, ['x'], ['y'], ['quantize_nodes'])
