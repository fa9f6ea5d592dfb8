"""`tf.estimator.inputs`: input functions over NumPy arrays; those over data frames are made of them.

TF 1.15 moved rows through a queue that Python threads kept filled. Here a `tf.data` pipeline asks for the rows that it
needs, several batches at a time: the arrays stay where they are (a memory map is read page by page), and order depends
on nothing but the seed.
"""

from __future__ import annotations

import collections
import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf2
import tensorflow.compat.v1 as tf

from tf1.estimator.pandas_inputs import pandas_input_fn

__all__ = ['numpy_input_fn', 'pandas_input_fn']

Arrays = Mapping[str, np.ndarray]

_UNNAMED = ''  # stands for the key of an array that is given alone

_CHUNK_BYTES = 1 << 20
_MAX_CHUNK_BATCHES = 16
_MAX_PREFETCH = 16
_ALIGNMENT = 64
_RESUMED_STEP = 'tf1_resumed_step'

# AutoGraph would read these functions' source again, to no effect.
_as_written = tf.autograph.experimental.do_not_convert


def numpy_input_fn(
    x: np.ndarray | Arrays | list,
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
      x: features: one array, a list of one array, or a dict of arrays, all of the same length N in the first axis.
      y: labels: an array `[N, ...]`, a dict of such arrays, or None.
      batch_size: rows per batch.
      num_epochs: passes over the data; None for endless.
      shuffle: whether rows are shuffled; has to be given.
      queue_capacity: rows that may wait, ready, for the next step.
      num_threads: accepted for compatibility: TF 1.15 needed 1 for a repeatable order, which holds here always.

    Returns:
      A function of no arguments. It gives tensors in the structure of `x` and `y`, `[batch, ...]` each:
      `(features, labels)`, or `features` alone where `y` is None.

    Raises:
      ValueError: `shuffle` is not a bool, lengths differ, `x` or `y` is an empty dict, both have a key in common, or
        a count is out of range.
      TypeError: `x` is neither array nor dict.
    """
    if not isinstance(shuffle, (bool, np.bool_)):
        raise ValueError(f'shuffle must be True or False and has to be given, got {shuffle!r}.')
    _check_counts(batch_size, num_epochs, queue_capacity, num_threads)
    features = _named_arrays('x', x)
    labels = {} if y is None else _named_arrays('y', y)
    _check_keys(features, labels)
    source = _Source({**_tagged('x', features), **_tagged('y', labels)})
    _check_lengths(source.arrays)

    def input_fn() -> Any:
        with tf.name_scope('numpy_input'):
            rows = _rows_pipeline(source, batch_size, num_epochs, bool(shuffle), queue_capacity)
        columns = collections.OrderedDict((name, rows['x', name]) for name in features)
        if not isinstance(x, Mapping):
            (columns,) = columns.values()
        if y is None:
            return columns
        if isinstance(y, Mapping):
            return columns, {name: rows['y', name] for name in labels}
        return columns, rows['y', _UNNAMED]

    return input_fn


def _check_counts(batch_size: int, num_epochs: int | None, queue_capacity: int, num_threads: int) -> None:
    counts = {'batch_size': batch_size, 'queue_capacity': queue_capacity, 'num_threads': num_threads}
    if num_epochs is not None:
        counts['num_epochs'] = num_epochs
    for name, value in counts.items():
        if not isinstance(value, (int, np.integer)):
            raise TypeError(f'{name} must be an integer, got {value!r}.')
        if value < 1:
            raise ValueError(f'{name} must be >= 1, got {value}.')


def _named_arrays(argument: str, value: Any) -> dict[str, np.ndarray]:
    if isinstance(value, Mapping):
        if not value:
            raise ValueError(f'{argument} must not be an empty dict: give at least one array.')
        return {name: _array(f'{argument}[{name!r}]', value[name]) for name in sorted(value)}
    if isinstance(value, list):
        if len(value) != 1:
            raise TypeError(
                f'{argument} given as a list must hold one array, got {len(value)}; use a dict for several.'
            )
        value = value[0]
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

    def take(self, indices: np.ndarray, shape: tuple[int, int]) -> list[np.ndarray]:
        """Returns the rows at `indices`, folded to `shape` (batches, batch size), of every array."""
        return [_take(array, indices).reshape(shape + array.shape[1:]) for array in self.arrays.values()]


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
        return pieces[0] if len(pieces) == 1 else np.concatenate(pieces)

    def _permutation(self, epoch: int) -> np.ndarray:
        known, permutation = self._last
        if epoch != known:
            permutation = np.arange(self._num_rows, dtype=np.uint32 if self._num_rows <= 1 << 32 else np.uint64)
            np.random.default_rng(np.random.SeedSequence(self._entropy, spawn_key=(epoch,))).shuffle(permutation)
            self._last = (epoch, permutation)
        return permutation


class _Chunks(NamedTuple):
    """The stream of rows cut into chunks of `size` full batches each; rows that fill no batch are the last chunk."""

    num_rows: int
    num_epochs: int | None
    batch_size: int
    size: int

    def __len__(self) -> int:
        if self.num_epochs is None:
            return sys.maxsize
        return -(-self._full_batches // self.size) + bool(self._total % self.batch_size)

    def bounds(self, k: int) -> tuple[int, int, int]:
        """Returns the first and last position of chunk `k`, and its number of batches."""
        first = k * self.size
        if self.num_epochs is not None and first >= self._full_batches:
            return self._full_batches * self.batch_size, self._total, 1
        last = first + self.size
        if self.num_epochs is not None:
            last = min(last, self._full_batches)
        return first * self.batch_size, last * self.batch_size, last - first

    @property
    def _total(self) -> int:
        return self.num_rows * self.num_epochs

    @property
    def _full_batches(self) -> int:
        return self._total // self.batch_size


def _rows_pipeline(
    source: _Source, batch_size: int, num_epochs: int | None, shuffle: bool, queue_capacity: int
) -> dict[tuple[str, str], tf.Tensor]:
    graph_seed, op_seed = tf.get_seed(None)
    seed = None if graph_seed is None else (graph_seed % (1 << 32), op_seed % (1 << 32))
    size = max(1, min(_MAX_CHUNK_BATCHES, _CHUNK_BYTES // (batch_size * source.row_bytes)))
    order = _Order(source.num_rows, shuffle, seed)
    skipped = resumed_step() * batch_size if shuffle and num_epochs is None else 0
    chunks = _Chunks(source.num_rows, num_epochs, batch_size, size)
    types = [tf.as_dtype(array.dtype) for array in source.arrays.values()]

    def fetch(k: np.int64) -> list[np.ndarray]:
        start, stop, batches = chunks.bounds(int(k))
        return source.take(order.rows(skipped + start, skipped + stop), (batches, (stop - start) // batches))

    @_as_written
    def chunk(k: tf.Tensor) -> tuple[tf.Tensor, ...]:
        return tuple(tf.numpy_function(fetch, [k], types))

    @_as_written
    def batches(*columns: tf.Tensor) -> tf2.data.Dataset:
        for column, array in zip(columns, source.arrays.values(), strict=True):
            column.set_shape([None, None, *array.shape[1:]])
        return tf2.data.Dataset.from_tensor_slices(columns)

    waiting = max(1, min(_MAX_PREFETCH, queue_capacity // batch_size))
    # Dataset.unbatch would do for flat_map, but ends the process where rows are empty.
    dataset = tf2.data.Dataset.range(len(chunks)).map(chunk).prefetch(1).flat_map(batches).prefetch(waiting)
    columns = tf.data.make_one_shot_iterator(dataset.with_options(_pipeline_options())).get_next()
    return dict(zip(source.arrays, columns, strict=True))


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


def _pipeline_options() -> tf2.data.Options:
    """Graph rewrites and autotuning cost more than they give for a pipeline this small."""
    options = tf2.data.Options()
    options.autotune.enabled = False
    options.experimental_optimization.apply_default_optimizations = False
    return options
