"""Samples of vectors, [S..., B..., k], as the columns of matrices [B..., k, n], which linear operators take.

S are the dimensions of samples, n elements in all, and B those of a batch of `batch_ndims`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import tf1 as tf
from tf1.contrib.distributions.tensors import pick_vector, rotate_transpose

_EVENT_NDIMS = 1


class SampleMatrices:
    """Moves the samples in front of a batch of vectors behind it, and back.

    Args:
      batch_ndims: number of dimensions of a batch, an int or int32 [].
    """

    def __init__(self, batch_ndims: Any):
        with _scope('init'):
            self._batch_ndims = tf.convert_to_tensor(batch_ndims, tf.int32, name='batch_ndims')
            self._event_ndims = tf.constant(_EVENT_NDIMS, tf.int32, name='event_ndims')

    def columns(self, x: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns `x` [S..., B..., k] as [B..., k, n], and the shape S, int32."""
        with _scope('make_batch_of_event_sample_matrices'):
            sample, batch, event = self._shapes(x)
            batch = pick_vector(False, [1], batch)
            matrices = tf.reshape(x, tf.concat([[-1], batch, event], 0))
            return rotate_transpose(matrices, shift=-1), sample

    def undone(self, x: tf.Tensor, sample: tf.Tensor) -> tf.Tensor:
        """Returns `x` [B..., k, n] as [S..., B..., k], for the shape S = `sample`."""
        with _scope('undo_make_batch_of_event_sample_matrices'):
            rotated = rotate_transpose(x, shift=1)
            _, batch, event = self._shapes(rotated)
            result = tf.reshape(rotated, tf.concat([sample, batch, event], 0))
            result.set_shape(tf.TensorShape(tf.get_static_value(sample, partial=True)).concatenate(rotated.shape[1:]))
            return result

    def _shapes(self, x: tf.Tensor) -> list[tf.Tensor]:
        """Returns the shapes of samples, of the batch and of an event, constants where they are known."""
        with _scope('get_shape'):
            with _scope('get_shape'):
                sample_ndims = self._sample_ndims(x)
            zero = tf.constant(0, name='zero')
            starts = [[zero], [sample_ndims], [sample_ndims, self._batch_ndims]]
            sizes = [sample_ndims, self._batch_ndims, self._event_ndims]
            names = ['sample_shape', 'batch_shape', 'event_shape']
            return [_part(x, *each) for each in zip(starts, sizes, names, strict=True)]

    def _sample_ndims(self, x: tf.Tensor) -> tf.Tensor:
        batch_ndims = tf.get_static_value(self._batch_ndims)
        with _scope('get_shape'):
            ndims = tf.rank(x, name='ndims')
        if x.shape.ndims is None or batch_ndims is None:
            with tf.name_scope('sample_ndims'):
                return ndims - self._batch_ndims - self._event_ndims
        return tf.constant(x.shape.ndims - int(batch_ndims) - _EVENT_NDIMS, tf.int32, name='sample_ndims')


def _part(x: tf.Tensor, start: list[tf.Tensor], size: tf.Tensor, name: str) -> tf.Tensor:
    """Returns the `size` numbers of the shape of `x` that follow the sum of `start`."""
    known = [tf.get_static_value(each) for each in (*start, size)]
    if x.shape.ndims is not None and None not in known:
        first = int(sum(known[:-1]))
        part = x.shape[first : first + int(known[-1])]
        if part.is_fully_defined():
            return tf.constant(part.as_list(), tf.int32, name=name)
    return tf.slice(tf.shape(x), [sum(start)], [size])


@contextlib.contextmanager
def _scope(name: str) -> Iterator[None]:
    with tf.name_scope('DistributionShape'), tf.name_scope(name):
        yield
