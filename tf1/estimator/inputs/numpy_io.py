"""`tf.estimator.inputs`: input functions over NumPy arrays; those over data frames are made of them.

TF 1.15 moved rows through a queue that Python threads kept filled. Here each step asks for the batch that it needs: the
arrays stay where they are (a memory map is read page by page), and order depends on nothing but the seed.
"""

from __future__ import annotations

import contextlib
import functools
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent import futures
from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf2
import tensorflow.compat.v1 as tf

from tf1._engine import graph_seeds
from tf1.estimator.inputs import queue_runners
from tf1.estimator.inputs.stacked_batches import StackedBatches
from tf1.estimator.model_graph import ModelGraph

Arrays = Mapping[str, np.ndarray]
Batch = list[np.ndarray]

_UNNAMED = ''  # stands for the key of an array that is given alone

_GROUP_BYTES = 1 << 22
_MAX_GROUP = 16
_STACK_BYTES = 12 << 20
_MAX_STACK = 512
"""Batches that one call of many steps gets; a call has a cost of its own, which few steps would feel."""
_ALIGNMENT = 64
_RESUMED_STEP = 'tf1_resumed_step'


def numpy_input_fn(
    x: np.ndarray | Arrays,
    y: np.ndarray | Arrays | None = None,
    batch_size: int = 128,
    num_epochs: int | None = 1,
    shuffle: bool | None = None,
    queue_capacity: int = 1000,
    num_threads: int = 1,
) -> Callable[[], Any]:
    """Returns an input function over arrays, as in TF 1.15.

    Batches run on across the end of an epoch; only the very last may be smaller than `batch_size`. With `shuffle` every
    epoch is a new permutation of all rows, fixed by the graph's seed; training that resumes goes on in it. The arrays
    are neither copied nor put into the graph: changing them changes what is read next.

    Args:
      x: features: one array, or a dict of arrays, all of the same length N in the first axis.
      y: labels: an array `[N, ...]`, a dict of such arrays, or None.
      batch_size: rows per batch.
      num_epochs: passes over the data; None for endless, 0 for none.
      shuffle: whether rows are shuffled; has to be given.
      queue_capacity: rows that may wait, ready, for the next step.
      num_threads: accepted for compatibility: TF 1.15 needed 1 for a repeatable order, which holds here always.

    Returns:
      A function of no arguments. It gives tensors in the structure of `x` and `y`, `[batch, ...]` each:
      `(features, labels)`, or `features` alone where `y` is None.

    Raises:
      ValueError: `shuffle` is not a bool. The function raises it where lengths differ, `x` or `y` is an empty dict,
        both have a key in common, or a count is out of range, and TypeError where `x` is neither array nor dict.
    """
    check_shuffle(shuffle)

    def input_fn() -> Any:
        _check_counts(batch_size, num_epochs, queue_capacity, num_threads)
        features = _named_arrays('x', x)
        labels = {} if y is None else _named_arrays('y', y)
        _check_keys(features, labels)
        source = _Source({**_tagged('x', features), **_tagged('y', labels)})
        _check_lengths(source.arrays)
        num_rows = None if num_epochs is None else source.num_rows * num_epochs
        with graph_seeds.operations_counted_as(_queue_operations(len(source.arrays), num_threads)):
            with tf.name_scope('numpy_input'):
                rows = _rows_pipeline(source, batch_size, num_epochs, bool(shuffle), queue_capacity)
            queue_runners.add(list(rows.values()), num_rows, bool(shuffle), queue_capacity, num_threads)
        columns = {name: rows['x', name] for name in features}
        if not isinstance(x, Mapping):
            (columns,) = columns.values()
        if y is None:
            return columns
        if isinstance(y, Mapping):
            return columns, {name: rows['y', name] for name in labels}
        return columns, rows['y', _UNNAMED]

    return input_fn


def check_shuffle(shuffle: Any) -> None:
    """Raises ValueError unless `shuffle` is given, as a bool."""
    if not isinstance(shuffle, (bool, np.bool_)):
        raise ValueError(f'shuffle must be True or False and has to be given, got {shuffle!r}.')


def _check_counts(batch_size: int, num_epochs: int | None, queue_capacity: int, num_threads: int) -> None:
    counts = {'batch_size': batch_size, 'queue_capacity': queue_capacity, 'num_threads': num_threads}
    if num_epochs is not None:
        counts['num_epochs'] = num_epochs
    for name, value in counts.items():
        if not isinstance(value, (int, np.integer)):
            raise TypeError(f'{name} must be an integer, got {value!r}.')
        if value < 1 and name != 'num_epochs':
            raise ValueError(f'{name} must be >= 1, got {value}.')


def _named_arrays(argument: str, value: Any) -> dict[str, np.ndarray]:
    if isinstance(value, Mapping):
        if not value:
            raise ValueError(f'{argument} must not be an empty dict: give at least one array.')
        return {name: _array(f'{argument}[{name!r}]', value[name]) for name in sorted(value)}
    if not isinstance(value, np.ndarray):
        raise TypeError(f'{argument} must be a NumPy array or a dict of arrays, got {type(value).__name__}.')
    return {_UNNAMED: _array(argument, value)}


def _array(argument: str, value: Any) -> np.ndarray:
    if not hasattr(value, 'shape') or not hasattr(value, 'dtype'):
        raise TypeError(f'{argument} must be a NumPy array, got {type(value).__name__}.')
    array = np.asarray(value)
    if array.ndim == 0:
        raise ValueError(f'{argument} must have a first axis of rows, got a scalar.')
    return array


def _check_keys(features: Arrays, labels: Arrays) -> None:
    shared = sorted(set(features) & set(labels) - {_UNNAMED})
    if shared:
        raise ValueError(f'x and y must have different keys; both have {shared}.')


def _check_lengths(arrays: dict[tuple[str, str], np.ndarray]) -> None:
    lengths = {argument if name == _UNNAMED else f'{argument}.{name}': len(a) for (argument, name), a in arrays.items()}
    if len(set(lengths.values())) > 1:
        raise ValueError(f'All arrays of x and y must have the same length; got {lengths}.')
    if 0 in lengths.values():
        raise ValueError(f'x and y must have at least one row; got lengths {lengths}.')


def _tagged(tag: str, arrays: Arrays) -> dict[tuple[str, str], np.ndarray]:
    return {(tag, name): array for name, array in arrays.items()}


class _Source(NamedTuple):
    """The arrays behind an input function, by ('x' or 'y', name)."""

    arrays: dict[tuple[str, str], np.ndarray]

    @property
    def num_rows(self) -> int:
        return len(next(iter(self.arrays.values())))

    @property
    def row_bytes(self) -> int:
        return max(1, sum(array.nbytes // len(array) for array in self.arrays.values()))

    def take(self, indices: np.ndarray) -> Batch:
        """Returns the rows at `indices` of every array."""
        return [_take(array, indices) for array in self.arrays.values()]


def _take(array: np.ndarray, indices: np.ndarray) -> np.ndarray:
    """`array[indices]` in memory and byte order that TensorFlow can use without another copy."""
    if array.dtype.kind not in 'biufc':
        return array[indices]
    dtype = array.dtype.newbyteorder('=')
    shape = (len(indices), *array.shape[1:])
    num_bytes = int(np.prod(shape)) * dtype.itemsize
    memory = np.empty(num_bytes + _ALIGNMENT, np.uint8)
    offset = -memory.ctypes.data % _ALIGNMENT
    rows = memory[offset : offset + num_bytes].view(dtype).reshape(shape)
    if array.flags.c_contiguous and array.dtype.isnative:
        # Every index is in range; any mode but 'raise' writes into `out` directly.
        return np.take(array, indices, axis=0, out=rows, mode='clip')
    rows[...] = array[indices]  # np.take would copy the whole array first.
    return rows


class _Order:
    """The order of rows: position in the stream of epochs -> row. Keeps one epoch's permutation at a time."""

    def __init__(self, num_rows: int, shuffle: bool, seed: tuple[int, int] | None):
        self._num_rows = num_rows
        self._shuffle = shuffle
        self._entropy = np.random.SeedSequence(seed).entropy
        self._last = (-1, np.empty(0, np.int64))

    def rows(self, start: int, stop: int) -> np.ndarray:
        """Returns the rows at positions `start` to `stop`."""
        pieces = []
        while start < stop:
            epoch, offset = divmod(start, self._num_rows)
            end = min(offset + stop - start, self._num_rows)
            pieces.append(self._permutation(epoch)[offset:end] if self._shuffle else np.arange(offset, end))
            start += end - offset
        return pieces[0] if len(pieces) == 1 else np.concatenate([np.empty(0, np.uint32), *pieces])

    def _permutation(self, epoch: int) -> np.ndarray:
        known, permutation = self._last
        if epoch != known:
            permutation = np.arange(self._num_rows, dtype=np.uint32 if self._num_rows <= 1 << 32 else np.uint64)
            np.random.default_rng(np.random.SeedSequence(self._entropy, spawn_key=(epoch,))).shuffle(permutation)
            self._last = (epoch, permutation)
        return permutation


@functools.cache
def _thread(process: int) -> futures.Executor:
    """Returns the thread that makes batches ahead in this process: one for all inputs, as nobody ends those."""
    del process  # A fork has none of its parent's threads.
    return futures.ThreadPoolExecutor(1)


def _submit(process: int, function: Callable[[int], Any], number: int) -> futures.Future:
    return _thread(process).submit(function, number)


class _Batches:
    """The batches of a stream of rows, by their position.

    They are made several at a time, and the next ones in a thread while these are used: a step then waits neither for
    the disk behind a memory map nor, mostly, for Python.
    """

    def __init__(self, source: _Source, order: _Order, batch_size: int, num_rows: int, first_row: int, at_a_time: int):
        self._source = source
        self._order = order
        self._batch_size = batch_size
        self._num_rows = num_rows
        self._first_row = first_row
        self._at_a_time = at_a_time
        self._current: tuple[int, list[Batch]] = (-1, [])
        self._next: tuple[int, futures.Future | None] = (-1, None)
        self._position = 0
        self._stacks: StackedBatches | None = None
        self.taken = 0

    def __len__(self) -> int:
        return -(-self._num_rows // self._batch_size)

    def __call__(self, k: np.int64) -> Batch:
        """Returns batch `k`, of those that loops did not take: an array `[batch, ...]` for each array of the source.

        Raises:
          StopIteration: loops took so many that there is none left.
        """
        position = int(k) + self.taken
        if position >= len(self):
            raise StopIteration
        self._position = position + 1
        if self._stacks is not None and position < len(self._stacks):
            return [array[0] for array in self._stacks.take(position, 1)]
        group, i = divmod(position, self._at_a_time)
        current = self._current
        if current[0] != group:
            following, future = self._next
            current = (group, future.result() if following == group else self._group(group))
            self._current = current
            self._next = (group + 1, _submit(os.getpid(), self._group, group + 1))
        return current[1][i]

    def take(self, limit: np.int64) -> list[Any]:
        """Returns how many of the next batches a loop gets, `limit` at most, and these: `[count, batch, ...]` arrays.

        The last batch, which may be smaller, is left to a step of its own.
        """
        if self._stacks is None:
            at_a_time = max(1, min(_MAX_STACK, _STACK_BYTES // (self._batch_size * self._source.row_bytes)))
            whole = max(0, (self._num_rows - 1) // self._batch_size)
            self._stacks = StackedBatches(
                self._rows, self._batch_size, whole, at_a_time, functools.partial(_submit, os.getpid())
            )
            self._current, self._next = (-1, []), (-1, None)
        stacks = self._stacks.take(self._position, int(limit))
        count = len(stacks[0])
        self._position += count
        self.taken += count
        return [np.int64(count), *stacks]

    def restart(self) -> None:
        """Begins anew, with a session that counts from 0."""
        self.taken = self._position = 0

    def _rows(self, start: int, stop: int) -> Batch:
        return self._source.take(self._order.rows(self._first_row + start, self._first_row + stop))

    def _group(self, group: int) -> list[Batch]:
        first = group * self._at_a_time
        return [self._batch(k) for k in range(first, min(first + self._at_a_time, len(self)))]

    def _batch(self, k: int) -> Batch:
        start = k * self._batch_size
        stop = min(start + self._batch_size, self._num_rows)
        return self._rows(start, stop)


def _rows_pipeline(
    source: _Source, batch_size: int, num_epochs: int | None, shuffle: bool, queue_capacity: int
) -> dict[tuple[str, str], tf.Tensor]:
    graph_seed, op_seed = tf.get_seed(None)
    seed = None if graph_seed is None else (graph_seed % (1 << 32), op_seed % (1 << 32))
    batches = _Batches(
        source,
        _Order(source.num_rows, shuffle, seed),
        batch_size,
        num_rows=sys.maxsize if num_epochs is None else source.num_rows * max(0, num_epochs),
        first_row=resumed_step() * batch_size if shuffle and num_epochs is None else 0,
        at_a_time=max(
            1, min(_MAX_GROUP, queue_capacity // batch_size, _GROUP_BYTES // (batch_size * source.row_bytes))
        ),
    )
    types = [tf.as_dtype(array.dtype) for array in source.arrays.values()]
    columns = tf.numpy_function(batches, [_count_up(len(batches))], types)
    for column, array in zip(columns, source.arrays.values(), strict=True):
        # Only the last batch of a stream that ends may be a smaller one.
        column.set_shape([None if num_epochs else batch_size, *array.shape[1:]])
    graph = tf.get_default_graph()
    if isinstance(graph, ModelGraph):
        graph.array_inputs[columns[0].op.name] = batches
    return dict(zip(source.arrays, columns, strict=True))


def _queue_operations(num_arrays: int, num_threads: int) -> int:
    """Returns how many operations TF 1.15 builds for an input, whose rows come through a queue."""
    # Each thread has an operation that fills the queue, from a placeholder for each array and one for the row's number.
    filling = num_threads * (num_arrays + 2)
    # The queue, two ways to close it, nine for the summary of its size, its tags, and two that take a batch.
    return filling + 15


def _count_up(stop: int) -> tf.Tensor:
    """Returns a scalar int64 that is 0, 1, 2 ... at each step of a session, until the session has counted to `stop`."""
    iterator = tf.data.make_one_shot_iterator(tf2.data.Dataset.range(stop).with_options(_counting_options()))
    # get_next would hand over to another thread, as for data that has to be waited for. A count is there at once.
    (resource,) = iterator.string_handle().op.inputs
    return tf.raw_ops.IteratorGetNextSync(iterator=resource, output_types=[tf.int64], output_shapes=[[]])[0]


@contextlib.contextmanager
def resuming_at(step: int) -> Iterator[None]:
    """Within it, an endless shuffled input of the default graph leaves out the batches of the first `step` steps.

    With a seed, training that goes on from a checkpoint thus meets the batches that it would have met uninterrupted.
    """
    tf.add_to_collection(_RESUMED_STEP, step)
    try:
        yield
    finally:
        tf.get_default_graph().clear_collection(_RESUMED_STEP)


def resumed_step() -> int:
    """Returns the step at which training in the default graph goes on; 0 where nothing says so."""
    return max(tf.get_collection(_RESUMED_STEP), default=0)


def _counting_options() -> tf2.data.Options:
    """Graph rewrites and autotuning give nothing to a data set that only counts."""
    options = tf2.data.Options()
    options.autotune.enabled = False
    options.experimental_optimization.apply_default_optimizations = False
    return options
