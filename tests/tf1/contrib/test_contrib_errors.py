"""What contrib's functions refuse, in words: the constraint, the value and the remedy."""

from __future__ import annotations

import sys

import pytest

import tf1 as tf


def _opt_lars_of_rows() -> None:
    table = tf.get_variable('table', [3, 2])
    tf.contrib.opt.LARSOptimizer(0.1).minimize(tf.reduce_sum(tf.gather(table, [1])))


def _several_hashes() -> None:
    tf.contrib.layers.sparse_column_with_hash_bucket('word', 9, hash_keys=[[1, 2]])


@pytest.mark.parametrize(
    ('call', 'error', 'text'),
    [
        (_opt_lars_of_rows, NotImplementedError, r'takes dense gradients, got a sparse one for table:0; train that'),
        (_several_hashes, ValueError, r'hash_keys must be None, got \[\[1, 2\]\].*use several columns\.'),
        (
            lambda: tf.contrib.image.dense_image_warp(tf.zeros([1, 1, 4, 1]), tf.zeros([1, 1, 4, 2])),
            ValueError,
            r'height and width >= 2, got \(1, 1, 4, 1\)\.',
        ),
        (
            lambda: tf.contrib.image.sparse_image_warp(tf.zeros([1, 4, 4, 1]), 0.0, 0.0, num_boundary_points=-1),
            ValueError,
            r'num_boundary_points must be >= 0, got -1\.',
        ),
        (
            lambda: tf.contrib.lookup.index_table_from_file('x', vocab_size=0),
            ValueError,
            r'vocab_size must be >= 1, got 0; leave it out to read the whole file\.',
        ),
        (
            lambda: tf.contrib.predictor.from_saved_model('x', input_names={}),
            ValueError,
            'input_names and output_names must be given together',
        ),
    ],
)
def test_error_names_the_value_and_the_remedy(call, error, text) -> None:
    with tf.Graph().as_default(), pytest.raises(error, match=text):
        call()


def test_scipy_is_asked_for_where_it_is_missing(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, 'scipy', None)
    with tf.Graph().as_default(), tf.Session() as session:
        point = tf.get_variable('point', initializer=[7.0])
        optimizer = tf.contrib.opt.ScipyOptimizerInterface(tf.reduce_sum(point * point))
        session.run(tf.global_variables_initializer())
        with pytest.raises(ImportError, match='needs the package scipy; install it'):
            optimizer.minimize(session)


def test_a_table_of_a_shared_name_is_made_anyway() -> None:
    with tf.Graph().as_default():
        table = tf.contrib.lookup.HashTable(
            tf.contrib.lookup.KeyValueTensorInitializer(['a'], [1]), -1, shared_name='ours'
        )
        assert table.init is table.initializer
