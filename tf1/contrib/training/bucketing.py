"""Queues that batch examples of like length."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf


def bucket(
    tensors: Any,
    which_bucket: Any,
    batch_size: Any,
    num_buckets: int,
    num_threads: int = 1,
    capacity: int = 32,
    bucket_capacities: Sequence[int] | None = None,
    shapes: Any = None,
    dynamic_pad: bool = False,
    allow_smaller_final_batch: bool = False,
    keep_input: Any = True,
    shared_name: str | None = None,
    name: str | None = None,
) -> tuple[tf.Tensor, Any]:
    """Returns a bucket's number (scalar int32) and a batch of its examples, once it has enough of them.

    Args:
      tensors: one example, a list or dictionary.
      which_bucket: scalar int32, from 0.
      batch_size: examples in a batch; a sequence for one size for each bucket.
      num_buckets: how many.
      num_threads: how many threads put examples into buckets.
      capacity: batches that wait at most, and examples in each bucket.
      bucket_capacities: examples in each bucket; None for `capacity`.
      shapes: of the tensors; None for what is known of them.
      dynamic_pad: whether unknown sizes are filled with zeros up to the longest of a batch.
      allow_smaller_final_batch: whether what is left at the end makes batches.
      keep_input: scalar bool; examples with False are dropped.
      shared_name: of the queues across sessions.
      name: None for 'bucket'.

    Raises:
      ValueError: there are not `num_buckets` sizes or capacities, or a shape is not known.
    """
    sizes = _per_bucket('batch_size', batch_size, num_buckets)
    capacities = _per_bucket('bucket_capacities', bucket_capacities or capacity, num_buckets)
    flat = list(tensors.values()) if isinstance(tensors, dict) else list(tensors)
    with tf.name_scope(name, 'bucket', flat):
        flat = [tf.convert_to_tensor(tensor) for tensor in flat]
        which, keep = tf.convert_to_tensor(which_bucket, tf.int32), tf.convert_to_tensor(keep_input)
        shapes = [tensor.shape for tensor in flat] if shapes is None else [tf.TensorShape(s) for s in shapes]
        types = [tensor.dtype for tensor in flat]
        kind = tf.PaddingFIFOQueue if dynamic_pad else tf.FIFOQueue
        queues = [
            kind(
                capacities[i], types, shapes, shared_name=shared_name and f'{shared_name}_{i}', name=f'bucket_queue_{i}'
            )
            for i in range(num_buckets)
        ]
        for queue in queues:
            tf.summary.scalar(f'bucket/{queue.name}/size', tf.cast(queue.size(), tf.float32))
        enqueue = [
            tf.cond(keep & tf.equal(which, i), lambda queue=queue: queue.enqueue(flat), tf.no_op)
            for i, queue in enumerate(queues)
        ]
        runner = tf.train.QueueRunner(
            queues[0],
            [tf.group(*enqueue)] * num_threads,
            close_op=tf.group(*(queue.close() for queue in queues)),
            cancel_op=tf.group(*(queue.close(cancel_pending_enqueues=True) for queue in queues)),
            queue_closed_exception_types=(tf.errors.OutOfRangeError, tf.errors.CancelledError),
        )
        tf.train.add_queue_runner(runner)
        number, batch = _batches(queues, sizes, shapes, types, capacity, allow_smaller_final_batch, shared_name)
    if isinstance(tensors, dict):
        return number, dict(zip(tensors, batch, strict=True))
    return number, batch


def _per_bucket(name: str, value: Any, num_buckets: int) -> list[Any]:
    if not isinstance(value, (list, tuple)):
        return [value] * num_buckets
    if len(value) != num_buckets:
        raise ValueError(f'{name} must have one value for each of {num_buckets} buckets, got {list(value)}.')
    return list(value)


def _batches(
    queues: list[Any],
    sizes: list[Any],
    shapes: list[tf.TensorShape],
    types: list[tf.DType],
    capacity: int,
    allow_smaller_final_batch: bool,
    shared_name: str | None,
) -> tuple[tf.Tensor, list[tf.Tensor]]:
    """Returns the next batch of any bucket, from a queue that takes them all."""
    top = tf.FIFOQueue(capacity, [tf.int32, *types], shared_name=shared_name and f'{shared_name}_top', name='top_queue')
    enqueue = []
    for i, (queue, size) in enumerate(zip(queues, sizes, strict=True)):
        read = queue.dequeue_up_to if allow_smaller_final_batch else queue.dequeue_many
        batch = read(size, name=f'read_bucket_{i}')
        batch = batch if isinstance(batch, (list, tuple)) else [batch]
        enqueue.append(top.enqueue([tf.constant(i), *batch], name=f'enqueue_from_bucket_{i}'))
    tf.train.add_queue_runner(
        tf.train.QueueRunner(
            top, enqueue, queue_closed_exception_types=(tf.errors.OutOfRangeError, tf.errors.CancelledError)
        )
    )
    fullness = tf.cast(top.size(), tf.float32) * (1.0 / capacity)
    tf.summary.scalar(f'bucket/{top.name}/fraction_of_{capacity}_full', fullness)
    number, *batch = top.dequeue(name='dequeue_top')
    number.set_shape([])
    fixed = sizes[0] if all(size is sizes[0] or size == sizes[0] for size in sizes) else None
    if allow_smaller_final_batch or not isinstance(fixed, int):
        fixed = None
    for tensor, shape in zip(batch, shapes, strict=True):
        tensor.set_shape(tf.TensorShape([fixed]).concatenate(shape))
    return number, batch


def bucket_by_sequence_length(
    input_length: Any,
    tensors: Any,
    batch_size: Any,
    bucket_boundaries: Sequence[int],
    num_threads: int = 1,
    capacity: int = 32,
    bucket_capacities: Sequence[int] | None = None,
    shapes: Any = None,
    dynamic_pad: bool = False,
    allow_smaller_final_batch: bool = False,
    keep_input: Any = True,
    shared_name: str | None = None,
    name: str | None = None,
) -> tuple[tf.Tensor, Any]:
    """Returns the lengths `[batch] int32` and a batch of examples whose lengths lie between the same boundaries.

    Args:
      input_length: scalar int32, length of the example.
      tensors: one example, a list or dictionary.
      batch_size: examples in a batch; a sequence for one size for each bucket.
      bucket_boundaries: increasing; there is one bucket more than boundaries.
      num_threads: as for `bucket`, and so are the rest.
      capacity: see there.
      bucket_capacities: see there.
      shapes: see there.
      dynamic_pad: see there.
      allow_smaller_final_batch: see there.
      keep_input: see there.
      shared_name: see there.
      name: None for 'bucket_by_sequence_length'.

    Raises:
      TypeError: a boundary is no int, or they stand in no list or tuple.
      ValueError: there is no boundary, they do not increase, or sizes do not fit the buckets.
    """
    _check_boundaries(bucket_boundaries)
    with tf.name_scope(name, 'bucket_by_sequence_length', [input_length]):
        length = tf.convert_to_tensor(input_length, tf.int32)
        which = tf.reduce_sum(tf.cast(length >= tf.constant(list(bucket_boundaries)), tf.int32))
        named = isinstance(tensors, dict)
        flat = list(tensors.values()) if named else list(tensors)
        _, (lengths, *batch) = bucket(
            [length, *flat],
            which,
            batch_size,
            len(bucket_boundaries) + 1,
            num_threads,
            capacity,
            bucket_capacities,
            None if shapes is None else [tf.TensorShape([]), *shapes],
            dynamic_pad,
            allow_smaller_final_batch,
            keep_input,
            shared_name,
        )
    return lengths, dict(zip(tensors, batch, strict=True)) if named else batch


def _check_boundaries(boundaries: Any) -> None:
    if not isinstance(boundaries, (list, tuple)):
        raise TypeError(f'bucket_boundaries must be a list or tuple, got {boundaries!r}.')
    if not boundaries:
        raise ValueError('bucket_boundaries must not be empty.')
    if not all(isinstance(boundary, int) for boundary in boundaries):
        raise TypeError(f'bucket_boundaries must be ints, got {list(boundaries)}.')
    if any(low >= high for low, high in zip(boundaries, boundaries[1:], strict=False)):
        raise ValueError(f'bucket_boundaries must increase, got {list(boundaries)}.')
