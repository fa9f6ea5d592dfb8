"""`shuffle` directly followed by `repeat`, beside its order: kinds of elements, known sizes, iterators of all kinds."""

from __future__ import annotations

import numpy as np
import pytest

import tf1 as tf
from tf1._engine import philox

Dataset = tf.data.Dataset


def _first(dataset, number):
    iterator = tf.data.make_initializable_iterator(dataset)
    element = iterator.get_next()
    with tf.Session() as session:
        session.run(iterator.initializer)
        return [session.run(element) for _ in range(number)]


def test_random_numbers_are_those_of_the_operation():
    with tf.Session() as session:
        drawn = session.run(
            tf.raw_ops.StatelessRandomUniformFullIntV2(
                shape=[10],
                key=tf.constant([5 + 2**33], tf.uint64),
                counter=tf.constant([0, 7 + 2**35], tf.uint64),
                alg=1,
                dtype=tf.uint32,
            )
        )
    assert philox.draws(5 + 2**33, 7 + 2**35, 0, 10).tolist() == drawn.tolist()
    assert philox.draws(5 + 2**33, 7 + 2**35, 3, 6).tolist() == drawn[3:9].tolist()


def test_elements_of_every_kind_pass():
    sparse = tf.SparseTensor([[0, 1], [1, 0], [2, 2]], [1.0, 2.0, 3.0], [3, 4])
    rows = _first(Dataset.from_tensor_slices(sparse).shuffle(3, seed=1).repeat(2), 6)
    assert sorted(row.values.tolist() for row in rows[:3]) == [[1.0], [2.0], [3.0]]
    assert [row.indices.tolist() for row in rows if row.values[0] == 3.0] == [[[2]], [[2]]]
    ragged = tf.ragged.constant([[1, 2], [3], [4, 5, 6]])
    rows = _first(Dataset.from_tensor_slices(ragged).shuffle(3, seed=1).repeat(2), 3)
    assert sorted(map(len, rows)) == [1, 2, 3]
    mixed = (['a', 'bb'], [True, False], np.array([1, 2], np.uint16), {'deep': np.array([1, 2], np.complex64)})
    rows = _first(Dataset.from_tensor_slices(mixed).shuffle(2, seed=1).repeat(), 4)
    assert {(row[0], bool(row[1]), int(row[2]), complex(row[3]['deep'])) for row in rows} == {
        (b'a', True, 1, 1 + 0j),
        (b'bb', False, 2, 2 + 0j),
    }


def test_the_number_of_elements_is_known_as_before():
    datasets = [Dataset.range(5), Dataset.range(5).filter(lambda number: number > 1), Dataset.range(0)]
    sizes = [tf.data.experimental.cardinality(each.shuffle(3, seed=1).repeat(2)) for each in datasets]
    endless = [
        tf.data.experimental.cardinality(each.shuffle(3, seed=1).repeat()) for each in (datasets[0], datasets[2])
    ]
    with tf.Session() as session:
        assert session.run(sizes) == [10, tf.data.experimental.UNKNOWN_CARDINALITY, 0]
        assert session.run(endless) == [tf.data.experimental.INFINITE_CARDINALITY, 0]


def test_sizes_and_data_can_be_fed_and_an_iterator_begins_anew():
    rows, size = tf.placeholder(tf.float32, [None, 3]), tf.placeholder_with_default(np.int64(4), [])
    dataset = Dataset.from_tensor_slices(rows).shuffle(size, seed=2).repeat().batch(4)
    iterator = dataset.make_initializable_iterator()
    batch = iterator.get_next()
    with tf.Session() as session:
        found = []
        for _ in range(2):
            session.run(iterator.initializer, {rows: np.arange(15).reshape(5, 3)})
            found.append([session.run(batch).tolist() for _ in range(3)])
    assert found[0] == found[1]
    assert sorted(row[0] for row in np.concatenate(found[0])[:10]) == [
        0.0,
        0.0,
        3.0,
        3.0,
        6.0,
        6.0,
        9.0,
        9.0,
        12.0,
        12.0,
    ]


@pytest.mark.parametrize('make', [tf.data.make_one_shot_iterator, tf.data.make_initializable_iterator])
def test_without_a_seed_nothing_is_built(make):
    with tf.Graph().as_default() as graph:
        make(Dataset.range(5).shuffle(3).repeat())
        assert not [name for name in _names(graph) if 'shuffled_epochs' in name]
    with tf.Graph().as_default() as graph:
        make(Dataset.range(5).shuffle(3, seed=1).repeat())
        assert [name for name in _names(graph) if 'shuffled_epochs' in name]


def _names(graph):
    definition = graph.as_graph_def()
    functions = [node.name for function in definition.library.function for node in function.node_def]
    return [node.name for node in definition.node] + functions


class _OwnDataset(tf.data.Dataset):
    """A dataset as programs derive them: without inputs."""

    def __init__(self):
        self._numbers = Dataset.range(3)
        super().__init__()

    def _as_variant_tensor(self):
        return self._numbers._variant_tensor

    def _inputs(self):
        return []

    @property
    def element_spec(self):
        return self._numbers.element_spec


def test_a_dataset_without_inputs_is_repeated():
    assert _first(_OwnDataset().repeat(2), 6) == [0, 1, 2, 0, 1, 2]
