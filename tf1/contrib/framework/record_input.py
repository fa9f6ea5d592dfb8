"""`RecordInput`: records of files in random order, read ahead."""

from __future__ import annotations

import tensorflow.compat.v1 as tf


class RecordInput:
    """Reads TFRecords at random from files that a pattern names.

    Args:
      file_pattern: glob of the files.
      batch_size: records a batch.
      buffer_size: records held ready.
      parallelism: files read at once.
      shift_ratio: share of the files by which each epoch starts later.
      seed: seed of the order.
      name: name of the operation; None for 'RecordInput'.
      batches: number of batches that one run yields; None for one batch, not in a list.
      compression_type: '' or None, 'GZIP' or 'ZLIB'.
    """

    def __init__(
        self,
        file_pattern: str,
        batch_size: int = 1,
        buffer_size: int = 1,
        parallelism: int = 1,
        shift_ratio: float = 0,
        seed: int = 0,
        name: str | None = None,
        batches: int | None = None,
        compression_type: str | None = None,
    ):
        self._batches = batches
        self._batch_size = batch_size if batches is None else batch_size * batches
        self._name = name or 'RecordInput'
        self._options = {
            'file_pattern': file_pattern,
            'file_buffer_size': buffer_size,
            'file_parallelism': parallelism,
            'file_shuffle_shift_ratio': shift_ratio,
            'file_random_seed': seed,
            'compression_type': compression_type or '',
        }

    def get_yield_op(self) -> tf.Tensor | list[tf.Tensor]:
        """Returns the next batch, strings `[batch_size]`; with `batches` a list of tensors, one for each place."""
        records = tf.raw_ops.RecordInput(batch_size=self._batch_size, name=self._name, **self._options)
        if self._batches is None:
            return records
        with tf.name_scope(self._name):
            return [tf.reshape(part, [-1]) for part in tf.split(records, self._batches)]
