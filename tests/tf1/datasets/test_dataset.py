from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

import tf1 as tf
from tf1.datasets.dataset import DataSet, Datasets, dense_to_one_hot
from tf1.datasets.mnist import read_data_sets

_GOLDEN = json.loads((Path(__file__).parents[2] / 'golden' / 'mnist_batches.json').read_text())


def sha1(array: np.ndarray) -> str:
    return hashlib.sha1(np.ascontiguousarray(array).tobytes()).hexdigest()


def describe(array: np.ndarray) -> dict:
    return {'dtype': str(array.dtype), 'shape': list(array.shape), 'sha1': sha1(array)}


def make(count: int = 5, **arguments) -> DataSet:
    """Image i is filled with i, and its label is i."""
    images = np.arange(count, dtype=np.uint8)[:, None, None, None] * np.ones((1, 2, 2, 1), np.uint8)
    return DataSet(images, np.arange(count, dtype=np.uint8), **arguments)


@pytest.fixture(autouse=True)
def _fresh_seeds():
    state = np.random.get_state()
    with tf.Graph().as_default():
        yield
    np.random.set_state(state)


def _case_id(case: dict) -> str:
    return f'{case["part"]}-{case["arguments"]}-{case["batch_size"]}-{case["shuffle"]}'


@pytest.mark.parametrize('case', _GOLDEN['cases'], ids=_case_id)
def test_batches_are_those_of_tf_1_15(case):
    arguments = dict(case['arguments'])
    if 'graph_seed' in arguments:
        tf.set_random_seed(arguments.pop('graph_seed'))
    dataset = getattr(
        read_data_sets(None, **{**arguments, 'dtype': tf.as_dtype(arguments.get('dtype', 'float32'))}), case['part']
    )
    assert describe(dataset.images) == case['images']
    assert describe(dataset.labels) == case['labels']
    every, last = hashlib.sha1(), []
    for _ in range(case['count']):
        batch = dataset.next_batch(case['batch_size'], shuffle=case['shuffle'])
        for array in batch:
            every.update(np.ascontiguousarray(array).tobytes())
        last = [*last[-1:], batch]
    assert [{'images': describe(images), 'labels': describe(labels)} for images, labels in last] == case['last']
    assert every.hexdigest() == case['every']
    assert dataset.epochs_completed == case['epochs_completed']


def test_the_parts_share_one_generator_as_in_tf_1_15():
    parts = read_data_sets(None, seed=9)
    draws = ((parts.train, 20000), (parts.validation, 2000), (parts.test, 4000))
    found = [[sha1(part.next_batch(size)[1]) for part, size in draws] for _ in _GOLDEN['interleaved']]
    assert found == _GOLDEN['interleaved']


def test_the_golden_file_covers_both_orders_and_every_kind_of_seed():
    assert _GOLDEN['tensorflow'] == '1.15.5'
    assert {case['shuffle'] for case in _GOLDEN['cases']} == {True, False}
    assert all(case['epochs_completed'] > 0 for case in _GOLDEN['cases'])
    assert {('seed' in case['arguments'], 'graph_seed' in case['arguments']) for case in _GOLDEN['cases']} == {
        (True, False),
        (False, True),
        (True, True),
    }


def test_batches_run_over_the_end_of_an_epoch():
    # Five examples in batches of two: the third batch takes one from this epoch and one from the next.
    dataset = make(5)
    batches = [dataset.next_batch(2, shuffle=False)[1].tolist() for _ in range(5)]
    assert batches == [[0, 1], [2, 3], [4, 0], [1, 2], [3, 4]]
    assert dataset.epochs_completed == 1


def test_an_epoch_counts_as_completed_when_the_next_one_begins():
    dataset = make(4)
    counts = []
    for _ in range(5):
        dataset.next_batch(2)
        counts.append(dataset.epochs_completed)
    assert counts == [0, 0, 1, 1, 2]


def test_every_epoch_serves_each_example_once_and_in_another_order():
    dataset = make(100, seed=1)
    epochs = [np.concatenate([dataset.next_batch(20)[1] for _ in range(5)]).tolist() for _ in range(3)]
    assert all(sorted(epoch) == list(range(100)) for epoch in epochs)
    assert len({tuple(epoch) for epoch in [*epochs, range(100)]}) == 4


def test_images_stay_with_their_labels():
    dataset = make(50, dtype=tf.uint8, seed=3)
    for _ in range(7):
        images, labels = dataset.next_batch(16)
        np.testing.assert_array_equal(images, np.repeat(labels[:, None], 4, axis=1))
    np.testing.assert_array_equal(dataset.images[:, 0], dataset.labels)


def test_a_later_shuffle_leaves_earlier_batches_alone():
    dataset = make(4, seed=1)
    images, labels = dataset.next_batch(4)
    kept = labels.copy()
    dataset.next_batch(4)
    np.testing.assert_array_equal(labels, kept)
    np.testing.assert_allclose(images[:, 0] * 255, kept, rtol=1e-6)


def test_a_batch_larger_than_the_set_is_short_as_in_tf_1_15():
    # Twelve of five: the rest of this epoch and the whole next one, then the whole one after that.
    dataset = make(5)
    assert dataset.next_batch(12, shuffle=False)[1].tolist() == [0, 1, 2, 3, 4, 0, 1, 2, 3, 4]
    assert dataset.next_batch(12, shuffle=False)[1].tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize('size', [0, -3])
def test_a_batch_size_must_be_positive(size):
    with pytest.raises(ValueError, match=rf'^batch_size must be > 0, got {size}\.$'):
        make().next_batch(size)


@pytest.mark.parametrize(
    ('dtype', 'found', 'top'),
    [(tf.float32, np.float32, 1.0), ('float32', np.float32, 1.0), (tf.uint8, np.uint8, 255), (np.uint8, np.uint8, 255)],
)
def test_float32_pixels_are_scaled_and_uint8_ones_kept(dtype, found, top):
    dataset = DataSet(np.full((2, 3, 3, 1), 255, np.uint8), np.zeros(2, np.uint8), dtype=dtype)
    assert dataset.images.dtype == found
    assert dataset.images.max() == top


def test_images_are_flattened_unless_told_otherwise():
    assert make(5).images.shape == (5, 4)
    assert make(5, reshape=False).images.shape == (5, 2, 2, 1)
    assert make(5).num_examples == 5


@pytest.mark.parametrize('dtype', [tf.float16, tf.int32, tf.float64])
def test_another_dtype_is_refused(dtype):
    with pytest.raises(TypeError, match=rf'dtype must be tf\.uint8 or tf\.float32, got tf\.{dtype.name}\.'):
        make(dtype=dtype)


def test_images_and_labels_must_be_equally_many():
    with pytest.raises(ValueError, match=r'equally many, got \(3, 2, 2, 1\) and \(4,\)\.'):
        DataSet(np.zeros((3, 2, 2, 1), np.uint8), np.zeros(4))


def test_only_images_of_one_channel_are_flattened():
    colour = np.zeros((3, 2, 2, 3), np.uint8)
    with pytest.raises(ValueError, match=r'\[n, rows, columns, 1\] to be flattened, got \(3, 2, 2, 3\)\. Pass reshape'):
        DataSet(colour, np.zeros(3))
    assert DataSet(colour, np.zeros(3), reshape=False).images.shape == (3, 2, 2, 3)


def test_without_a_seed_the_programs_own_one_counts():
    np.random.seed(42)
    first = make(20).next_batch(20)[1].tolist()
    np.random.seed(42)
    order = np.arange(20)
    np.random.shuffle(order)
    assert first == order.tolist()


@pytest.mark.parametrize(('one_hot', 'label'), [(False, 0), (True, [1.0, *[0.0] * 9])])
def test_fake_data_is_ones_of_class_zero(one_hot, label):
    parts = read_data_sets('/nowhere', fake_data=True, one_hot=one_hot)
    assert isinstance(parts, Datasets)
    assert [part.num_examples for part in parts] == [10000, 10000, 10000]
    for batch in (parts.train.next_batch(3, fake_data=True), parts.test.next_batch(3)):
        assert batch[0].tolist() == [[1.0] * 784] * 3
        assert batch[1].tolist() == [label] * 3


def test_fake_batches_do_not_move_a_real_set_on():
    dataset = make(5)
    images, labels = dataset.next_batch(2, fake_data=True)
    assert (images.shape, labels.tolist()) == ((2, 784), [0, 0])
    assert dataset.next_batch(2, shuffle=False)[1].tolist() == [0, 1]


def test_one_hot_rows_are_float64():
    rows = dense_to_one_hot(np.array([2, 0], np.uint8), 3)
    assert rows.tolist() == [[0, 0, 1], [1, 0, 0]]
    assert rows.dtype == np.float64
