"""Files and nodes of sharded savers; the expected ones are those of TF 1.15.5."""

from __future__ import annotations

import os

import numpy as np
import pytest

import tf1 as tf


@pytest.fixture(scope='module')
def saved(tmp_path_factory):
    """The graph and the folder of a checkpoint: plain variables, parts of partitioned ones, some on a device."""
    folder = tmp_path_factory.mktemp('sharded')
    with tf.Graph().as_default() as graph:
        tf.get_variable('a', [2])
        tf.get_variable('b', [2], use_resource=True, partitioner=tf.fixed_size_partitioner(1))
        tf.get_variable('c', [2], partitioner=tf.fixed_size_partitioner(1))
        tf.get_variable('f', [2], use_resource=True)
        with tf.device('/job:localhost/task:0/cpu:0'):
            tf.get_variable('d', [2])
            tf.get_variable('e', [4], use_resource=True, partitioner=tf.fixed_size_partitioner(2))
        saver = tf.train.Saver(sharded=True)
        with tf.Session() as session:
            session.run(tf.global_variables_initializer())
            saver.save(session, str(folder / 'm'))
    return graph, folder


def test_parts_of_resource_variables_have_a_file_of_their_own(saved):
    graph, folder = saved
    shards = [f'm.data-0000{k}-of-00003' for k in range(3)]
    assert sorted(os.listdir(folder)) == ['checkpoint', *shards, 'm.index', 'm.meta']
    inputs = {
        name: [tensor.op.name for tensor in graph.get_operation_by_name(name).inputs][3:]
        for name in ('save/SaveV2', 'save/SaveV2_1', 'save/SaveV2_2')
    }
    assert inputs == {
        'save/SaveV2': ['a', 'c/part_0/read', 'f/Read/ReadVariableOp'],
        'save/SaveV2_1': ['save/Identity_7'],
        'save/SaveV2_2': ['d', 'save/Identity_9', 'save/Identity_11'],
    }


def test_all_of_them_are_there(saved):
    _, folder = saved
    reader = tf.train.load_checkpoint(str(folder / 'm'))
    assert reader.get_variable_to_shape_map() == {'a': [2], 'b': [2], 'c': [2], 'd': [2], 'e': [4], 'f': [2]}
    with tf.Graph().as_default():
        e = tf.get_variable('e', [4])
        with tf.Session() as session:
            tf.train.Saver().restore(session, str(folder / 'm'))
            np.testing.assert_array_equal(session.run(e), reader.get_tensor('e'))


def test_a_ready_made_estimator_writes_the_global_step_beside_its_weights(tmp_path):
    def input_fn():
        return {'x': tf.ones([4, 3])}, tf.constant([0, 1, 1, 0])

    column = tf.feature_column.numeric_column('x', [3])
    tf.estimator.LinearClassifier([column], str(tmp_path)).train(input_fn, steps=1)
    assert sorted(path.name for path in tmp_path.glob('model.ckpt-1.data*')) == [
        'model.ckpt-1.data-00000-of-00002',
        'model.ckpt-1.data-00001-of-00002',
    ]
    graph = tf.Graph()
    with graph.as_default():
        tf.train.import_meta_graph(str(tmp_path / 'model.ckpt-1.meta'))
    # An input function builds for the processor.
    assert graph.get_operation_by_name('ones').device == '/device:CPU:0'
