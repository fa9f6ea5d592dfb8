"""`slim.parallel_reader`: reads records of several files at once."""

from __future__ import annotations

import glob
from collections.abc import Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf


class ParallelReader:
    """Several readers that put what they read into one queue.

    Args:
      reader_class: of the readers.
      common_queue: takes keys and values, `[tf.string, tf.string]`.
      num_readers: how many.
      reader_kwargs: for the class.

    Raises:
      TypeError: the queue takes something else.
    """

    def __init__(
        self, reader_class: Any, common_queue: Any, num_readers: int = 4, reader_kwargs: Mapping[str, Any] | None = None
    ):
        if len(common_queue.dtypes) != 2 or not all(
            dtype.is_compatible_with(tf.string) for dtype in common_queue.dtypes
        ):
            raise TypeError(f'common_queue must take [tf.string, tf.string], got {common_queue.dtypes}.')
        self._readers = [reader_class(**(reader_kwargs or {})) for _ in range(num_readers)]
        self._common_queue = common_queue

    @property
    def num_readers(self) -> int:
        """How many readers there are."""
        return len(self._readers)

    @property
    def common_queue(self) -> Any:
        """The queue of keys and values."""
        return self._common_queue

    def read(self, queue: Any, name: str | None = None) -> list[tf.Tensor]:
        """Returns the next key and value; `queue` gives the readers file names."""
        self._fill(reader.read(queue) for reader in self._readers)
        return self._common_queue.dequeue(name=name)

    def read_up_to(self, queue: Any, num_records: int, name: str | None = None) -> list[tf.Tensor]:
        """Returns at most `num_records` keys and values; `queue` gives the readers file names."""
        self._fill((reader.read_up_to(queue, num_records) for reader in self._readers), many=True)
        return self._common_queue.dequeue_up_to(num_records, name)

    def num_records_produced(self, name: str | None = None) -> tf.Tensor:
        """Returns how many records were read."""
        return tf.add_n([reader.num_records_produced() for reader in self._readers], name=name)

    def num_work_units_completed(self, name: str | None = None) -> tf.Tensor:
        """Returns how many files were read."""
        return tf.add_n([reader.num_work_units_completed() for reader in self._readers], name=name)

    def _fill(self, records: Any, many: bool = False) -> None:
        enqueue = self._common_queue.enqueue_many if many else self._common_queue.enqueue
        tf.train.add_queue_runner(tf.train.QueueRunner(self._common_queue, [enqueue(record) for record in records]))


def parallel_read(
    data_sources: Any,
    reader_class: Any,
    num_epochs: int | None = None,
    num_readers: int = 4,
    reader_kwargs: Mapping[str, Any] | None = None,
    shuffle: bool = True,
    dtypes: Sequence[tf.DType] | None = None,
    capacity: int = 256,
    min_after_dequeue: int = 128,
    seed: int | None = None,
    scope: str | None = None,
) -> list[tf.Tensor]:
    """Returns the next key and value of any file.

    Args:
      data_sources: files: a path, a pattern, or a list of them.
      reader_class: `tf.TFRecordReader` for example.
      num_epochs: how often each file is read; None for ever.
      num_readers: how many files are read at once.
      reader_kwargs: for the class.
      shuffle: whether files and records are shuffled.
      dtypes: of key and value; None for strings.
      capacity: records that wait at most.
      min_after_dequeue: records that wait at least if they are shuffled.
      seed: of the shuffling.
      scope: None for 'parallel_read'.

    Raises:
      ValueError: there are no files.
    """
    files = get_data_files(data_sources)
    with tf.name_scope(scope, 'parallel_read'):
        names = tf.train.string_input_producer(
            files, num_epochs=num_epochs, shuffle=shuffle, seed=seed, name='filenames'
        )
        dtypes = list(dtypes or [tf.string, tf.string])
        if shuffle:
            queue = tf.RandomShuffleQueue(capacity, min_after_dequeue, dtypes, seed=seed, name='common_queue')
        else:
            queue = tf.FIFOQueue(capacity, dtypes, name='common_queue')
        fullness = tf.cast(queue.size(), tf.float32) * (1.0 / capacity)
        tf.summary.scalar(f'fraction_of_{capacity}_full', fullness)
        return ParallelReader(reader_class, queue, num_readers, reader_kwargs).read(names)


def single_pass_read(
    data_sources: Any, reader_class: Any, reader_kwargs: Mapping[str, Any] | None = None, scope: str | None = None
) -> list[tf.Tensor]:
    """Returns the next key and value, in order, each file once; the arguments are those of `parallel_read`."""
    files = get_data_files(data_sources)
    with tf.name_scope(scope, 'single_pass_read'):
        names = tf.train.string_input_producer(files, num_epochs=1, shuffle=False, capacity=1, name='filenames')
        return reader_class(**(reader_kwargs or {})).read(names)


def get_data_files(data_sources: Any) -> list[str]:
    """Returns the files that paths and patterns name.

    Raises:
      ValueError: there are none.
    """
    if isinstance(data_sources, (list, tuple)):
        files = [file for source in data_sources for file in get_data_files(source)]
    elif glob.has_magic(data_sources):
        files = tf.gfile.Glob(data_sources)
    else:
        files = [data_sources]
    if not files:
        raise ValueError(f'data_sources must name files, and there are none at {data_sources}.')
    return files
