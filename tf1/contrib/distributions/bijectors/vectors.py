"""Bijectors of vectors: order, permutation, shape, and the simplex."""

from __future__ import annotations

from typing import Any

import numpy as np

import tf1 as tf
from tf1.contrib.distributions.bijectors.bijector import Bijector


class Ordered(Bijector):
    """From vectors [..., k] in increasing order to any: y_0 = x_0, y_i = log(x_i - x_(i-1))."""

    def __init__(self, validate_args: bool = False, name: str = 'ordered'):
        super().__init__(forward_min_event_ndims=1, validate_args=validate_args, name=name)

    def _forward(self, x: tf.Tensor) -> tf.Tensor:
        steps = x[..., 1:] - x[..., :-1]
        checks = [tf.assert_positive(steps, message='x must be in increasing order')] if self.validate_args else []
        with tf.control_dependencies(checks):
            return tf.concat([x[..., :1], tf.log(steps)], -1)

    def _inverse(self, y: tf.Tensor) -> tf.Tensor:
        return tf.cumsum(tf.concat([y[..., :1], tf.exp(y[..., 1:])], -1), axis=-1)

    def _inverse_log_det_jacobian(self, y: tf.Tensor) -> tf.Tensor:
        return tf.reduce_sum(y[..., 1:], -1)

    def _forward_log_det_jacobian(self, x: tf.Tensor) -> tf.Tensor:
        return -tf.reduce_sum(tf.log(x[..., 1:] - x[..., :-1]), -1)


class SoftmaxCentered(Bijector):
    """From [..., k] to the simplex [..., k + 1]: the softmax of x with a zero put behind it."""

    def __init__(self, validate_args: bool = False, name: str = 'softmax_centered'):
        super().__init__(forward_min_event_ndims=1, validate_args=validate_args, name=name)

    def _forward_event_shape(self, input_shape: tf.TensorShape) -> tf.TensorShape:
        return _resized(input_shape, 1)

    def _inverse_event_shape(self, output_shape: tf.TensorShape) -> tf.TensorShape:
        return _resized(output_shape, -1)

    def _forward_event_shape_tensor(self, input_shape: tf.Tensor) -> tf.Tensor:
        return tf.concat([input_shape[:-1], input_shape[-1:] + 1], 0)

    def _inverse_event_shape_tensor(self, output_shape: tf.Tensor) -> tf.Tensor:
        return tf.concat([output_shape[:-1], output_shape[-1:] - 1], 0)

    def _forward(self, x: tf.Tensor) -> tf.Tensor:
        return tf.nn.softmax(tf.concat([x, tf.zeros_like(x[..., :1])], -1))

    def _inverse(self, y: tf.Tensor) -> tf.Tensor:
        y = tf.log(y)
        return y[..., :-1] - y[..., -1:]

    def _inverse_log_det_jacobian(self, y: tf.Tensor) -> tf.Tensor:
        return -tf.reduce_sum(tf.log(y), axis=-1)

    def _forward_log_det_jacobian(self, x: tf.Tensor) -> tf.Tensor:
        size = tf.cast(tf.shape(x)[-1], x.dtype) + 1
        log_normaliser = tf.nn.softplus(tf.reduce_logsumexp(x, axis=-1, keepdims=True))
        return tf.squeeze(-size * log_normaliser, -1) + tf.reduce_sum(x, -1)


class Permute(Bijector):
    """Vectors [..., k] in another order: y_i = x_permutation[i].

    Args:
      permutation: int [k], each of 0 to k - 1 once.
      validate_args: check that when the graph runs.
      name: of operations; 'permute' by default.

    Raises:
      TypeError: `permutation` is not of integers.
      ValueError: a constant `permutation` does not hold each number once.
    """

    def __init__(self, permutation: Any, validate_args: bool = False, name: str | None = None):
        with tf.name_scope(name, 'permute', values=[permutation]):
            permutation = tf.convert_to_tensor(permutation, name='permutation')
            if not permutation.dtype.is_integer:
                raise TypeError(f'permutation must hold integers, got {permutation.dtype.base_dtype.name}.')
            constant = tf.get_static_value(permutation)
            if constant is not None and not np.array_equal(np.sort(constant), np.arange(constant.size)):
                raise ValueError(
                    f'permutation must hold each number from 0 to {constant.size - 1} once, got {constant.tolist()}.'
                )
            if validate_args and constant is None:
                ordered = tf.sort(permutation)
                check = tf.assert_equal(ordered, tf.range(tf.size(permutation), dtype=permutation.dtype))
                with tf.control_dependencies([check]):
                    permutation = tf.identity(permutation)
        self._permutation = permutation
        super().__init__(
            forward_min_event_ndims=1,
            is_constant_jacobian=True,
            validate_args=validate_args,
            graph_parents=[permutation],
            name=name or 'permute',
        )

    @property
    def permutation(self) -> tf.Tensor:
        """Int [k]: where each number comes from."""
        return self._permutation

    def _forward(self, x: tf.Tensor) -> tf.Tensor:
        return tf.gather(x, self.permutation, axis=-1)

    def _inverse(self, y: tf.Tensor) -> tf.Tensor:
        return tf.gather(y, tf.math.invert_permutation(self.permutation), axis=-1)

    def _forward_log_det_jacobian(self, x: tf.Tensor) -> tf.Tensor:
        return tf.constant(0.0, x.dtype.base_dtype)


class Reshape(Bijector):
    """Events of shape `event_shape_in` in the shape `event_shape_out`; one -1 in each stands for what is left.

    Args:
      event_shape_out: int vector.
      event_shape_in: int vector; all of a vector by default.
      validate_args: check the shapes when the graph runs.
      name: of operations; 'reshape' by default.

    Raises:
      ValueError: constant shapes hold different numbers of elements, two -1, or numbers less than -1.
    """

    def __init__(
        self,
        event_shape_out: Any,
        event_shape_in: Any = (-1,),
        validate_args: bool = False,
        name: str | None = None,
    ):
        with tf.name_scope(name, 'reshape', values=[event_shape_out, event_shape_in]):
            self._out = tf.convert_to_tensor(event_shape_out, tf.int32, name='event_shape_out')
            self._in = tf.convert_to_tensor(event_shape_in, tf.int32, name='event_shape_in')
        self._constant_out = _event_dimensions(self._out, 'event_shape_out', validate_args)
        self._constant_in = _event_dimensions(self._in, 'event_shape_in', validate_args)
        super().__init__(
            forward_min_event_ndims=0, is_constant_jacobian=True, validate_args=validate_args, name=name or 'reshape'
        )

    def _forward(self, x: tf.Tensor) -> tf.Tensor:
        return self._reshaped(x, self._in, self._constant_in, self._out, self._constant_out)

    def _inverse(self, y: tf.Tensor) -> tf.Tensor:
        return self._reshaped(y, self._out, self._constant_out, self._in, self._constant_in)

    def _forward_log_det_jacobian(self, x: tf.Tensor) -> tf.Tensor:
        return tf.constant(0.0, x.dtype)

    def _inverse_log_det_jacobian(self, y: tf.Tensor) -> tf.Tensor:
        return tf.constant(0.0, y.dtype)

    def _forward_event_shape(self, input_shape: tf.TensorShape) -> tf.TensorShape:
        return _reshaped_shape(input_shape, self._constant_in, self._constant_out)

    def _inverse_event_shape(self, output_shape: tf.TensorShape) -> tf.TensorShape:
        return _reshaped_shape(output_shape, self._constant_out, self._constant_in)

    def _forward_event_shape_tensor(self, input_shape: tf.Tensor) -> tf.Tensor:
        return tf.shape(tf.reshape(tf.zeros(input_shape), self._out))

    def _inverse_event_shape_tensor(self, output_shape: tf.Tensor) -> tf.Tensor:
        return tf.shape(tf.reshape(tf.zeros(output_shape), self._in))

    def _reshaped(self, x: tf.Tensor, before: tf.Tensor, known: Any, after: tf.Tensor, known_after: Any) -> tf.Tensor:
        batch_ndims = tf.rank(x) - tf.size(before)
        y = tf.reshape(x, tf.concat([tf.shape(x)[:batch_ndims], after], 0))
        if x.shape.ndims is not None and known is not None and known_after is not None:
            split = x.shape.ndims - len(known)
            y.set_shape(x.shape[:split].concatenate(_reshaped_shape(x.shape[split:], known, known_after)))
        return y


def _resized(shape: tf.TensorShape, by: int) -> tf.TensorShape:
    if shape.ndims is None or shape.dims[-1].value is None:
        return shape[:-1].concatenate([None]) if shape.ndims is not None else shape
    return shape[:-1].concatenate([shape.dims[-1].value + by])


def _event_dimensions(shape: tf.Tensor, name: str, validate_args: bool) -> list[int] | None:
    constant = tf.get_static_value(shape)
    if constant is None:
        return None
    dimensions = [int(each) for each in np.reshape(constant, [-1])]
    if validate_args and (min(dimensions, default=0) < -1 or dimensions.count(-1) > 1):
        raise ValueError(f'{name} must hold numbers >= 0 and -1 at most once, got {dimensions}.')
    return dimensions


def _reshaped_shape(shape: tf.TensorShape, before: list[int] | None, after: list[int] | None) -> tf.TensorShape:
    """Returns the shape of an event of `shape` after reshaping, as far as it is known.

    Raises:
      ValueError: the event has another shape than `before`, or `after` holds another number of elements.
    """
    if before is not None and not shape.is_compatible_with([None if size < 0 else size for size in before]):
        raise ValueError(f'Reshape is for events of shape {before}, got {shape}.')
    if after is None:
        return tf.TensorShape(None)
    size = shape.num_elements()
    if -1 not in after or size is None:
        if size is not None and int(np.prod(after)) != size:
            raise ValueError(f'An event of shape {shape} does not fit into {after}.')
        return tf.TensorShape([None if each < 0 else each for each in after])
    others = int(np.prod([each for each in after if each >= 0]))
    if others == 0 or size % others:
        raise ValueError(f'An event of shape {shape} does not fit into {after}.')
    return tf.TensorShape([size // others if each < 0 else each for each in after])
