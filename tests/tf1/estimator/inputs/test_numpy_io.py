from __future__ import annotations

import os
import re
import tracemalloc

import numpy as np
import pytest

import tf1 as tf
from tf1.estimator.inputs.numpy_io import resumed_step, resuming_at

numpy_input_fn = tf.estimator.inputs.numpy_input_fn


@pytest.fixture(autouse=True)
def _graph(graph):
    """Every test builds into a graph of its own."""


def read(input_fn, most=1000):
    """All batches of an input, `most` at most, in a graph of its own that has this graph's seed and resumed step."""
    batch = input_fn()
    batches = []
    with tf.Session() as session:
        try:
            while len(batches) < most:
                batches.append(session.run(batch))
        except tf.errors.OutOfRangeError:
            pass
    return batches


def rows(n):
    return np.arange(n, dtype=np.int64)


def seeded(seed, n=10, most=1000, resumed=0, **settings):
    """The batches as lists, of rows 0..n-1 in a new graph with a graph-level seed."""
    with tf.Graph().as_default():
        tf.set_random_seed(seed)
        with resuming_at(resumed):
            input_fn = numpy_input_fn(rows(n), shuffle=True, **settings)
            return [batch.tolist() for batch in read(input_fn, most)]


class TestStructure:
    def test_a_dict_gives_a_dict_of_its_keys_in_sorted_order(self):
        x = {'b': np.ones((3, 2, 5), np.float32), 'a': rows(3)}
        features = numpy_input_fn(x, batch_size=2, shuffle=False)()
        assert list(features) == ['a', 'b']
        assert [str(t.shape) for t in features.values()] == ['(?,)', '(?, 2, 5)']
        assert [t.dtype for t in features.values()] == [tf.int64, tf.float32]

    def test_an_array_gives_a_tensor(self):
        assert [b.tolist() for b in read(numpy_input_fn(rows(3), batch_size=3, shuffle=False))] == [[0, 1, 2]]

    @pytest.mark.parametrize('epochs', [0, -1])
    def test_no_epochs_are_no_rows(self, epochs):
        assert read(numpy_input_fn(rows(3), num_epochs=epochs, shuffle=False)) == []

    def test_a_queue_shows_in_the_collections_as_in_tf_1(self):
        with tf.Graph().as_default() as graph:
            numpy_input_fn(rows(3), shuffle=False, num_threads=3)()
            numpy_input_fn(rows(300), shuffle=True, queue_capacity=50)()
            assert [tensor.op.name for tensor in tf.get_collection(tf.GraphKeys.SUMMARIES)] == [
                'enqueue_input/queue/enqueue_input/fifo_queuefraction_over_0_of_1000_full',
                'enqueue_input_1/queue/enqueue_input_1/random_shuffle_queuefraction_over_12_of_38_full',
            ]
            runners = tf.get_collection(tf.GraphKeys.QUEUE_RUNNERS)
            assert [(runner.name, len(runner.enqueue_ops)) for runner in runners] == [
                ('enqueue_input/fifo_queue', 3),
                ('enqueue_input_1/random_shuffle_queue', 1),
            ]
            with tf.Session(graph=graph) as session:
                assert tf.train.start_queue_runners(session) == []
                values = [
                    tf.Summary.FromString(session.run(s)).value[0].simple_value for s in tf.get_collection('summaries')
                ]
        assert values == [pytest.approx(0.003), 1.0]

    def test_labels_come_beside_features_row_by_row(self):
        features, labels = read(numpy_input_fn({'x': rows(8)}, rows(8) * 10, batch_size=8, shuffle=True))[0]
        assert sorted(features['x']) == list(range(8))
        assert labels.tolist() == (features['x'] * 10).tolist()

    def test_labels_can_be_a_dict(self):
        input_fn = numpy_input_fn(rows(2), {'z': rows(2) + 1, 'y': rows(2) + 5}, batch_size=2, shuffle=False)
        features, labels = read(input_fn)[0]
        assert features.tolist() == [0, 1]
        assert {name: value.tolist() for name, value in labels.items()} == {'y': [5, 6], 'z': [1, 2]}

    def test_features_and_labels_may_have_the_arguments_names(self):
        (batch,) = read(numpy_input_fn({'y': rows(2), 'x': rows(2) + 2}, rows(2) + 4, batch_size=2, shuffle=False))
        assert [batch[0]['x'].tolist(), batch[0]['y'].tolist(), batch[1].tolist()] == [[2, 3], [0, 1], [4, 5]]
        (batch,) = read(numpy_input_fn(rows(2), {'x': rows(2) + 2}, batch_size=2, shuffle=False))
        assert [batch[0].tolist(), batch[1]['x'].tolist()] == [[0, 1], [2, 3]]

    def test_without_labels_there_are_features_alone(self):
        assert isinstance(numpy_input_fn(rows(2), shuffle=False)(), tf.Tensor)

    @pytest.mark.parametrize(
        ('array', 'dtype'),
        [
            (np.array([1.5, 2.5], np.float64), tf.float64),
            (np.array([1.5, 2.5], np.float16), tf.float16),
            (np.array([1, 2], np.uint8), tf.uint8),
            (np.array([1, 2], np.int32), tf.int32),
            (np.array([True, False]), tf.bool),
            (np.array([1j, 2]), tf.complex128),
            (np.array([1.5, 2.5], '>f4'), tf.float32),
            (np.array([1, 2], '>i8'), tf.int64),
        ],
    )
    def test_numbers_keep_dtype_and_value_whatever_their_byte_order(self, array, dtype):
        input_fn = numpy_input_fn(array, batch_size=2, shuffle=False)
        assert input_fn().dtype == dtype
        assert read(input_fn)[0].tolist() == array.tolist()

    @pytest.mark.parametrize('array', [np.array(['a', 'bc']), np.array([b'a', b'bc']), np.array(['a', b'bc'], object)])
    def test_text_becomes_bytes(self, array):
        input_fn = numpy_input_fn(array, batch_size=2, shuffle=False)
        assert input_fn().dtype == tf.string
        assert read(input_fn)[0].tolist() == [b'a', b'bc']

    def test_rows_may_be_empty(self):
        assert [b.shape for b in read(numpy_input_fn(np.ones((3, 0)), batch_size=2, shuffle=False))] == [(2, 0), (1, 0)]

    @pytest.mark.parametrize(
        'view',
        [
            lambda array: array[:, ::2],
            lambda array: array[::-1],
            lambda array: array.T[:40],
            np.asfortranarray,
        ],
        ids=['columns', 'backwards', 'transposed', 'fortran'],
    )
    def test_views_are_read_as_what_they_show(self, view):
        array = view(np.arange(40 * 50).reshape(40, 50))
        batches = read(numpy_input_fn(array, batch_size=7, shuffle=False))
        assert np.concatenate(batches).tolist() == array.tolist()


class TestBatches:
    @pytest.mark.parametrize(
        ('batch_size', 'num_epochs', 'expected'),
        [
            (2, 1, [[0, 1], [2]]),
            (3, 1, [[0, 1, 2]]),
            (5, 1, [[0, 1, 2]]),
            (2, 2, [[0, 1], [2, 0], [1, 2]]),
            (2, 3, [[0, 1], [2, 0], [1, 2], [0, 1], [2]]),
            (4, 2, [[0, 1, 2, 0], [1, 2]]),
            (7, 3, [[0, 1, 2, 0, 1, 2, 0], [1, 2]]),
            (1, 1, [[0], [1], [2]]),
        ],
    )
    def test_batches_run_across_the_epochs_end_and_only_the_last_is_smaller(self, batch_size, num_epochs, expected):
        input_fn = numpy_input_fn(rows(3), batch_size=batch_size, num_epochs=num_epochs, shuffle=False)
        assert [batch.tolist() for batch in read(input_fn)] == expected

    def test_none_for_epochs_never_ends(self):
        batches = read(numpy_input_fn(rows(3), batch_size=2, num_epochs=None, shuffle=False), most=100)
        assert np.concatenate(batches).tolist() == [i % 3 for i in range(200)]

    def test_many_batches_are_complete_and_in_order(self):
        # Batches are made 16 at a time: 1000 rows are 142 batches of 7 and one of 6 rows, thus 8 groups and 15 batches.
        batches = read(numpy_input_fn(rows(1000), batch_size=7, shuffle=False))
        assert [len(batch) for batch in batches] == [7] * 142 + [6]
        assert np.concatenate(batches).tolist() == list(range(1000))

    def test_the_default_batch_has_128_rows_of_one_epoch(self):
        assert [len(batch) for batch in read(numpy_input_fn(rows(300), shuffle=False))] == [128, 128, 44]

    def test_a_function_called_twice_makes_two_independent_inputs(self):
        input_fn = numpy_input_fn(rows(4), batch_size=2, shuffle=False)
        first, second = input_fn(), input_fn()
        with tf.Session() as session:
            assert session.run(first).tolist() == [0, 1]
            assert session.run(first).tolist() == [2, 3]
            assert session.run(second).tolist() == [0, 1]

    def test_queue_capacity_and_threads_do_not_change_the_order(self):
        input_fn = numpy_input_fn(rows(50), batch_size=5, shuffle=False, queue_capacity=1, num_threads=4)
        assert np.concatenate(read(input_fn)).tolist() == list(range(50))


class TestShuffling:
    def test_every_epoch_is_another_permutation_of_all_rows(self):
        # 20 rows are not a multiple of the batch, so that epochs do not start with a batch.
        stream = np.concatenate(read(numpy_input_fn(rows(20), batch_size=6, num_epochs=5, shuffle=True)))
        epochs = stream.reshape(5, 20).tolist()
        assert all(sorted(epoch) == list(range(20)) for epoch in epochs)
        assert len(set(map(tuple, epochs))) == 5
        assert list(range(20)) not in epochs

    def test_the_graphs_seed_fixes_the_order(self):
        assert seeded(3, num_epochs=3, batch_size=4) == seeded(3, num_epochs=3, batch_size=4)
        assert seeded(3, num_epochs=3, batch_size=4) != seeded(4, num_epochs=3, batch_size=4)

    def test_the_order_of_rows_does_not_depend_on_the_batch_size(self):
        assert sum(seeded(3, batch_size=4), []) == sum(seeded(3, batch_size=3), [])

    def test_without_a_seed_every_input_has_its_own_order(self):
        input_fn = numpy_input_fn(rows(20), batch_size=20, shuffle=True)
        assert read(input_fn)[0].tolist() != read(input_fn)[0].tolist()

    def test_two_inputs_of_one_seeded_graph_differ(self):
        tf.set_random_seed(1)
        input_fn = numpy_input_fn(rows(20), batch_size=20, shuffle=True)
        assert read(input_fn)[0].tolist() != read(input_fn)[0].tolist()

    @pytest.mark.parametrize('seed', [0, -1, 2**40])
    def test_any_integer_is_a_seed(self, seed):
        assert seeded(seed, batch_size=10) == seeded(seed, batch_size=10)

    def test_shuffle_can_be_a_numpy_bool(self):
        input_fn = numpy_input_fn(rows(2), batch_size=2, shuffle=np.bool_(False))
        assert read(input_fn)[0].tolist() == [0, 1]


class TestResuming:
    @pytest.mark.parametrize('step', [1, 3, 10, 35])
    def test_an_endless_shuffled_input_goes_on_where_it_stood(self, step):
        whole = seeded(5, most=40, num_epochs=None, batch_size=3)
        assert seeded(5, most=40 - step, num_epochs=None, batch_size=3, resumed=step) == whole[step:]

    def test_an_input_with_an_end_starts_anew(self):
        assert seeded(5, num_epochs=2, batch_size=3, resumed=2) == seeded(5, num_epochs=2, batch_size=3)

    def test_an_unshuffled_input_starts_anew_as_in_tf_1(self):
        with resuming_at(2):
            input_fn = numpy_input_fn(rows(5), batch_size=2, num_epochs=None, shuffle=False)
            assert read(input_fn, most=1)[0].tolist() == [0, 1]

    def test_the_step_holds_within_and_is_forgotten_after(self):
        assert resumed_step() == 0
        with resuming_at(7):
            assert resumed_step() == 7
        assert resumed_step() == 0
        with pytest.raises(KeyError), resuming_at(7):
            raise KeyError
        assert resumed_step() == 0


class TestArraysStayOutside:
    def test_changes_of_the_arrays_are_seen_by_later_batches(self):
        array = rows(2)
        input_fn = numpy_input_fn(array, batch_size=2, shuffle=False)
        array[:] = [5, 6]
        batch = input_fn()
        array[:] = [7, 8]
        with tf.Session() as session:
            assert session.run(batch).tolist() == [7, 8]

    def test_nothing_of_the_data_is_in_the_graph(self):
        numpy_input_fn({'x': np.random.default_rng(0).random((1000, 1000))}, rows(1000), shuffle=True)()
        assert tf.get_default_graph().as_graph_def().ByteSize() < 20_000

    def test_a_mapped_file_is_read_page_by_page(self, tmp_path):
        path = str(tmp_path / 'rows')
        array = np.memmap(path, np.float32, 'w+', shape=(100_000, 1000))  # 400 MB, all holes
        array[::1000, 0] = rows(100)
        batch = numpy_input_fn(array, batch_size=1000, shuffle=False)()
        before, most, seen = anonymous_megabytes(), 0, []
        try:
            with tf.Session() as session:
                for _ in range(100):
                    seen.append(session.run(batch)[0, 0])
                    most = max(most, anonymous_megabytes())
        finally:
            os.remove(path)
        assert seen == list(range(100))
        assert most - before < 100

    def test_of_a_view_only_the_wanted_rows_are_copied(self):
        array = np.zeros((10_000, 2000), np.float32)[:, ::2]  # 40 MB
        batch = numpy_input_fn(array, batch_size=20, shuffle=False)()
        tracemalloc.start()
        try:
            with tf.Session() as session:
                for _ in range(100):
                    session.run(batch)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        # A group of 16 batches takes 1.3 MB; two are there at a time.
        assert peak < 10e6


def anonymous_megabytes():
    """Memory of this process that no file stands behind."""
    with open('/proc/self/status') as status:
        return int(re.search(r'RssAnon:\s+(\d+) kB', status.read())[1]) / 1000


class TestErrors:
    @pytest.mark.parametrize('shuffle', [None, 0, 1, 'yes'])
    def test_shuffle_has_to_be_given(self, shuffle):
        text = re.escape(f'shuffle must be True or False and has to be given, got {shuffle!r}.')
        with pytest.raises(ValueError, match=f'^{text}$'):
            numpy_input_fn(rows(2), shuffle=shuffle)

    @pytest.mark.parametrize('name', ['batch_size', 'queue_capacity', 'num_threads'])
    @pytest.mark.parametrize(
        ('value', 'error', 'text'),
        [
            (0, ValueError, 'must be >= 1, got 0'),
            (-1, ValueError, 'must be >= 1, got -1'),
            (1.5, TypeError, 'must be an integer, got 1.5'),
            ('2', TypeError, "must be an integer, got '2'"),
        ],
    )
    def test_counts_are_positive_integers(self, name, value, error, text):
        with pytest.raises(error, match=rf'^{name} {text}\.$'):
            numpy_input_fn(rows(2), shuffle=False, **{name: value})()

    @pytest.mark.parametrize('x', [None, 5, 'abc', (rows(2),), [rows(2)], range(2)])
    def test_features_are_an_array_or_a_dict(self, x):
        text = rf'^x must be a NumPy array or a dict of arrays, got {type(x).__name__}\.$'
        with pytest.raises(TypeError, match=text):
            numpy_input_fn(x, shuffle=False)()

    @pytest.mark.parametrize('y', [5, 'abc', (rows(2),)])
    def test_labels_are_an_array_or_a_dict(self, y):
        text = rf'^y must be a NumPy array or a dict of arrays, got {type(y).__name__}\.$'
        with pytest.raises(TypeError, match=text):
            numpy_input_fn(rows(2), y, shuffle=False)()

    def test_epochs_are_an_integer(self):
        with pytest.raises(TypeError, match=r'^num_epochs must be an integer, got 1\.5\.$'):
            numpy_input_fn(rows(2), num_epochs=1.5, shuffle=False)()

    def test_entries_of_a_dict_are_arrays(self):
        with pytest.raises(TypeError, match=r"^x\['a'\] must be a NumPy array, got list\.$"):
            numpy_input_fn({'a': [1, 2]}, shuffle=False)()

    @pytest.mark.parametrize(('x', 'y', 'name'), [({}, None, 'x'), (rows(2), {}, 'y')])
    def test_dicts_are_not_empty(self, x, y, name):
        with pytest.raises(ValueError, match=rf'^{name} must not be an empty dict: give at least one array\.$'):
            numpy_input_fn(x, y, shuffle=False)()

    def test_a_scalar_has_no_rows(self):
        with pytest.raises(ValueError, match=r"^x\['a'\] must have a first axis of rows, got a scalar\.$"):
            numpy_input_fn({'a': np.array(3)}, shuffle=False)()

    @pytest.mark.parametrize(
        ('x', 'y', 'lengths'),
        [
            ({'a': rows(2), 'b': rows(3)}, None, "{'x.a': 2, 'x.b': 3}"),
            ({'a': rows(2)}, rows(3), "{'x.a': 2, 'y': 3}"),
            (rows(4), {'x': rows(4), 'l': rows(3)}, "{'x': 4, 'y.l': 3, 'y.x': 4}"),
        ],
    )
    def test_all_arrays_have_one_length(self, x, y, lengths):
        text = re.escape(f'All arrays of x and y must have the same length; got {lengths}.')
        with pytest.raises(ValueError, match=f'^{text}$'):
            numpy_input_fn(x, y, shuffle=False)()

    def test_there_is_at_least_one_row(self):
        with pytest.raises(ValueError, match=r"^x and y must have at least one row; got lengths \{'x': 0\}\.$"):
            numpy_input_fn(rows(0), shuffle=False)()

    def test_a_key_stands_for_a_feature_or_a_label(self):
        with pytest.raises(ValueError, match=r"^x and y must have different keys; both have \['a'\]\.$"):
            numpy_input_fn({'a': rows(2)}, {'a': rows(2)}, shuffle=False)()

    def test_a_dtype_that_tensorflow_lacks_is_refused(self):
        with pytest.raises(TypeError, match='M8'):
            numpy_input_fn(np.array(['2020-01-01'], 'M8[D]'), shuffle=False)()
