"""SequenceExamples are parsed by TF 1.15's operations, with the same values as by today's."""

from __future__ import annotations

import numpy as np
import pytest

import tf1 as tf

_FEATURES = (
    {'a': tf.FixedLenFeature([], tf.float32, 5.0), 'c': tf.VarLenFeature(tf.int64)},
    {'b': tf.FixedLenSequenceFeature([2], tf.int64, allow_missing=True), 'd': tf.VarLenFeature(tf.string)},
)


def _example(**context: tf.train.Feature) -> bytes:
    def numbers(*values: int) -> tf.train.Feature:
        return tf.train.Feature(int64_list=tf.train.Int64List(value=values))

    def words(*values: bytes) -> tf.train.Feature:
        return tf.train.Feature(bytes_list=tf.train.BytesList(value=values))

    lists = {'b': [numbers(1, 2), numbers(3, 4)], 'd': [words(b'x'), words(b'y', b'z')]}
    return tf.train.SequenceExample(
        context=tf.train.Features(feature={'c': numbers(7, 8), **context}),
        feature_lists=tf.train.FeatureLists(
            feature_list={key: tf.train.FeatureList(feature=features) for key, features in lists.items()}
        ),
    ).SerializeToString()


@pytest.fixture(autouse=True)
def _graph():
    with tf.Graph().as_default():
        yield


def _types() -> set[str]:
    return {op.type for op in tf.get_default_graph().get_operations() if op.type.startswith('Parse')}


def test_one_sequence_example() -> None:
    given = tf.train.Feature(float_list=tf.train.FloatList(value=[3.0]))
    context, lists = tf.parse_single_sequence_example(_example(a=given), *_FEATURES)
    with tf.Session() as session:
        context, lists = session.run([context, lists])
    assert context['a'] == 3.0
    assert context['c'].values.tolist() == [7, 8]
    assert lists['b'].tolist() == [[1, 2], [3, 4]]
    assert lists['d'].indices.tolist() == [[0, 0], [1, 0], [1, 1]]
    assert lists['d'].values.tolist() == [b'x', b'y', b'z']
    assert _types() == {'ParseSingleSequenceExample'}


def test_several_sequence_examples_with_a_default() -> None:
    parsed = tf.io.parse_sequence_example([_example()] * 2, *_FEATURES)
    with tf.Session() as session:
        context, lists, lengths = session.run(parsed)
    assert context['a'].tolist() == [5.0, 5.0]
    assert context['c'].dense_shape.tolist() == [2, 2]
    assert lists['b'].tolist() == [[[1, 2], [3, 4]]] * 2
    assert lists['d'].dense_shape.tolist() == [2, 2, 2]
    assert lengths['b'].tolist() == [2, 2]
    assert _types() == {'ParseSequenceExample'}


def test_a_sparse_placeholder_keeps_what_is_known_of_its_shape() -> None:
    placeholder = tf.sparse_placeholder(tf.float32, [None, 3], name='given')
    assert placeholder.dense_shape.op.type == 'Placeholder'
    assert placeholder.dense_shape.op.name == 'given/shape'
    assert placeholder.shape.as_list() == [None, 3]
    with tf.Session() as session:
        value = tf.SparseTensorValue([[0, 1]], [2.0], [2, 3])
        dense = session.run(tf.sparse.to_dense(placeholder), {placeholder: value})
    np.testing.assert_array_equal(dense, [[0.0, 2.0, 0.0], [0.0, 0.0, 0.0]])
