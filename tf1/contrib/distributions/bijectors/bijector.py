"""`Bijector`: an invertible map of tensors that knows the logarithm of its Jacobian's determinant."""

from __future__ import annotations

import abc
import contextlib
import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

import tf1 as tf
from tf1._engine import graph_seeds


class Bijector(abc.ABC):
    """A differentiable one-to-one map; base class of all bijectors.

    A subclass has `_forward(x)`, `_inverse(y)` and one of `_forward_log_det_jacobian(x)` and
    `_inverse_log_det_jacobian(y)`, each for single events of the smallest rank that it knows. Where it changes
    shapes it also has `_forward_event_shape`, `_inverse_event_shape` (TensorShape) and the same with `_tensor` (int32).

    In a graph, what has been computed is kept: `inverse` of a tensor that `forward` returned is the very tensor it was
    made from. Not so in eager execution, where variables may have changed since.

    Args:
      graph_parents: tensors that it depends on.
      is_constant_jacobian: the Jacobian does not depend on the input.
      validate_args: check arguments when the graph runs.
      dtype: of inputs; None for any.
      forward_min_event_ndims: smallest rank of an event of `forward`'s input.
      inverse_min_event_ndims: of its output. One of the two is enough if they are equal.
      name: of operations; the class's name in lower case with underscores by default.

    Raises:
      ValueError: neither smallest rank is given, or one is no integer >= 0.
    """

    _is_injective = True

    @abc.abstractmethod
    def __init__(
        self,
        graph_parents: Sequence[Any] | None = None,
        is_constant_jacobian: bool = False,
        validate_args: bool = False,
        dtype: Any = None,
        forward_min_event_ndims: int | None = None,
        inverse_min_event_ndims: int | None = None,
        name: str | None = None,
    ):
        if forward_min_event_ndims is None and inverse_min_event_ndims is None:
            raise ValueError('forward_min_event_ndims or inverse_min_event_ndims must be given, got None for both.')
        if forward_min_event_ndims is None:
            forward_min_event_ndims = inverse_min_event_ndims
        elif inverse_min_event_ndims is None:
            inverse_min_event_ndims = forward_min_event_ndims
        _check_rank(forward_min_event_ndims, 'forward_min_event_ndims')
        _check_rank(inverse_min_event_ndims, 'inverse_min_event_ndims')
        self._graph_parents = list(graph_parents or [])
        self._is_constant_jacobian = is_constant_jacobian
        self._validate_args = validate_args
        self._dtype = dtype
        self._forward_min_event_ndims = forward_min_event_ndims
        self._inverse_min_event_ndims = inverse_min_event_ndims
        self._name = name or _lower(type(self).__name__)
        # From the reference of an output to its output and input, and for inverse the other way round.
        self._inputs: dict[Any, tuple[Any, Any]] = {}
        self._outputs: dict[Any, tuple[Any, Any]] = {}
        self._determinants: dict[Any, Any] = {}

    @property
    def graph_parents(self) -> list[Any]:
        """Tensors that the bijector depends on."""
        return self._graph_parents

    @property
    def forward_min_event_ndims(self) -> int:
        """Smallest rank of an event that `forward` takes."""
        return self._forward_min_event_ndims

    @property
    def inverse_min_event_ndims(self) -> int:
        """Smallest rank of an event that `inverse` takes."""
        return self._inverse_min_event_ndims

    @property
    def is_constant_jacobian(self) -> bool:
        """Whether the Jacobian is the same for every input."""
        return self._is_constant_jacobian

    @property
    def validate_args(self) -> bool:
        """Whether arguments are checked when the graph runs."""
        return self._validate_args

    @property
    def dtype(self) -> Any:
        """Type of the tensors that it maps; None for any."""
        return self._dtype

    @property
    def name(self) -> str:
        """Name of its operations."""
        return self._name

    def forward(self, x: Any, name: str = 'forward') -> Any:
        """Returns g(x), of `x`'s type; `x` is a tensor of at least `forward_min_event_ndims` dimensions.

        Raises:
          TypeError: `x` has another type than `dtype`.
          NotImplementedError: the bijector has no `_forward`.
        """
        return self._call_forward(x, name)

    def inverse(self, y: Any, name: str = 'inverse') -> Any:
        """Returns the `x` with g(x) = y; for a map that is not injective, a tuple of all such.

        Raises:
          TypeError: `y` has another type than `dtype`.
          NotImplementedError: the bijector has no `_inverse`.
        """
        return self._call_inverse(y, name)

    def forward_log_det_jacobian(self, x: Any, event_ndims: Any, name: str = 'forward_log_det_jacobian') -> Any:
        """Returns log|det dg/dx| at `x`, summed over the last `event_ndims` dimensions.

        With a constant Jacobian its shape only broadcasts against that of the result.

        Raises:
          ValueError: `event_ndims` is less than `forward_min_event_ndims`.
          NotImplementedError: the bijector cannot compute it, or is not injective.
        """
        return self._call_forward_log_det_jacobian(x, event_ndims, name)

    def inverse_log_det_jacobian(self, y: Any, event_ndims: Any, name: str = 'inverse_log_det_jacobian') -> Any:
        """Returns log|det dg^-1/dy| at `y`, summed over the last `event_ndims` dimensions.

        With a constant Jacobian its shape only broadcasts against that of the result; for a map that is not injective
        it is a tuple, one for each `x` of `inverse`.

        Raises:
          ValueError: `event_ndims` is less than `inverse_min_event_ndims`.
          NotImplementedError: the bijector cannot compute it.
        """
        return self._call_inverse_log_det_jacobian(y, event_ndims, name)

    def forward_event_shape(self, input_shape: Any) -> tf.TensorShape:
        """Returns the shape of `forward`'s output for the event shape `input_shape`, as far as it is known."""
        return tf.TensorShape(self._forward_event_shape(tf.TensorShape(input_shape)))

    def inverse_event_shape(self, output_shape: Any) -> tf.TensorShape:
        """Returns the shape of `inverse`'s output for the event shape `output_shape`, as far as it is known."""
        return tf.TensorShape(self._inverse_event_shape(tf.TensorShape(output_shape)))

    def forward_event_shape_tensor(self, input_shape: Any, name: str = 'forward_event_shape_tensor') -> tf.Tensor:
        """Returns the shape of `forward`'s output, int32 [ndims], for the event shape `input_shape`."""
        with self._name_scope(name, [input_shape]):
            shape = tf.convert_to_tensor(input_shape, tf.int32, name='input_shape')
            return tf.identity(self._forward_event_shape_tensor(shape), name='forward_event_shape')

    def inverse_event_shape_tensor(self, output_shape: Any, name: str = 'inverse_event_shape_tensor') -> tf.Tensor:
        """Returns the shape of `inverse`'s output, int32 [ndims], for the event shape `output_shape`."""
        with self._name_scope(name, [output_shape]):
            shape = tf.convert_to_tensor(output_shape, tf.int32, name='output_shape')
            return tf.identity(self._inverse_event_shape_tensor(shape), name='inverse_event_shape')

    def _forward(self, x: tf.Tensor) -> tf.Tensor:
        raise NotImplementedError(f'forward is not implemented: {type(self).__name__}')

    def _inverse(self, y: tf.Tensor) -> Any:
        raise NotImplementedError(f'inverse is not implemented: {type(self).__name__}')

    def _forward_log_det_jacobian(self, x: tf.Tensor) -> tf.Tensor:
        raise NotImplementedError(f'forward_log_det_jacobian is not implemented: {type(self).__name__}')

    def _inverse_log_det_jacobian(self, y: tf.Tensor) -> Any:
        raise NotImplementedError(f'inverse_log_det_jacobian is not implemented: {type(self).__name__}')

    def _forward_event_shape(self, input_shape: tf.TensorShape) -> Any:
        return input_shape

    def _inverse_event_shape(self, output_shape: tf.TensorShape) -> Any:
        return output_shape

    def _forward_event_shape_tensor(self, input_shape: tf.Tensor) -> tf.Tensor:
        return input_shape

    def _inverse_event_shape_tensor(self, output_shape: tf.Tensor) -> tf.Tensor:
        return output_shape

    def _call_forward(self, x: Any, name: str, **kwargs: Any) -> Any:
        with self._name_scope(name, [x]):
            x = self._converted(x, 'x')
            if not self._is_injective:
                return self._forward(x, **kwargs)
            known = self._outputs.get(_key(x, kwargs))
            if known is not None:
                return known[1]
            y = self._forward(x, **kwargs)
            self._keep(x, y, kwargs)
            return y

    def _call_inverse(self, y: Any, name: str, **kwargs: Any) -> Any:
        with self._name_scope(name, [y]):
            y = self._converted(y, 'y')
            return self._inverted(y, kwargs) if self._is_injective else self._inverse(y, **kwargs)

    def _inverted(self, y: tf.Tensor, kwargs: dict[str, Any]) -> tf.Tensor:
        """Returns the inverse of `y`, computed once for each tensor."""
        known = self._inputs.get(_key(y, kwargs))
        if known is not None:
            return known[1]
        x = self._inverse(y, **kwargs)
        self._keep(x, y, kwargs)
        return x

    def _call_forward_log_det_jacobian(self, x: Any, event_ndims: Any, name: str, **kwargs: Any) -> Any:
        if not self._is_injective:
            raise NotImplementedError(
                f'forward_log_det_jacobian is not implemented for {type(self).__name__}, which is not injective.'
            )
        with self._name_scope(name, [x]):
            x = self._converted(x, 'x')
            return self._forward_determinant(x, _event_ndims(event_ndims, self._forward_min_event_ndims), kwargs)

    def _forward_determinant(self, x: tf.Tensor, event_ndims: Any, kwargs: dict[str, Any]) -> Any:
        try:
            local = self._local_determinant('forward', x, kwargs)
        except NotImplementedError:
            y = self._call_forward(x, 'forward', **kwargs)
            local = -self._local_determinant('inverse', y, kwargs)
        else:
            # TF 1.15 negates the logarithm before it is summed and after, of which its graph optimizer loses one.
            graph_seeds.count_operations(2)
        return _summed(local, x, self._forward_min_event_ndims, event_ndims)

    def _call_inverse_log_det_jacobian(self, y: Any, event_ndims: Any, name: str, **kwargs: Any) -> Any:
        with self._name_scope(name, [y]):
            y = self._converted(y, 'y')
            event_ndims = _event_ndims(event_ndims, self._inverse_min_event_ndims)
            least = self._inverse_min_event_ndims
            if not self._is_injective:
                each = self._inverse_log_det_jacobian(y, **kwargs)
                return tuple(_summed(local, y, least, event_ndims) for local in each)
            try:
                local = self._local_determinant('inverse', y, kwargs)
            except NotImplementedError:
                x = self._inverted(y, kwargs)
                local = -self._local_determinant('forward', x, kwargs)
                more = self._forward_min_event_ndims - least
                return _summed(local, x, least + more, event_ndims + more if more else event_ndims)
            return _summed(local, y, least, event_ndims)

    def _local_determinant(self, direction: str, value: tf.Tensor, kwargs: dict[str, Any]) -> tf.Tensor:
        """Returns the logarithm for events of the smallest rank, computed once for each tensor."""
        method = self._forward_log_det_jacobian if direction == 'forward' else self._inverse_log_det_jacobian
        if tf.executing_eagerly():
            return method(value, **kwargs)
        key = direction, _key(value, kwargs)
        if key not in self._determinants:
            # The tensor is kept beside its logarithm, so that its reference stays valid.
            self._determinants[key] = method(value, **kwargs), value
        return self._determinants[key][0]

    def _keep(self, x: Any, y: Any, kwargs: dict[str, Any]) -> None:
        # A map that returns its argument needs no memory.
        if x is not y and not tf.executing_eagerly():
            self._outputs[_key(x, kwargs)] = x, y
            self._inputs[_key(y, kwargs)] = y, x

    def _converted(self, value: Any, name: str) -> tf.Tensor:
        value = tf.convert_to_tensor(value, name=name)
        if self._dtype is not None and value.dtype.base_dtype != tf.as_dtype(self._dtype).base_dtype:
            raise TypeError(
                f'{name} of {self._name} must have type {tf.as_dtype(self._dtype).name}, got {value.dtype.name}.'
            )
        return value

    @contextlib.contextmanager
    def _name_scope(self, name: str, values: Sequence[Any] = ()) -> Iterator[None]:
        with tf.name_scope(self._name), tf.name_scope(name, values=[*values, *self._graph_parents]):
            yield


def static_event_ndims(event_ndims: Any) -> int | None:
    """Returns a number of dimensions as an int, None where only the running graph knows it."""
    value = tf.get_static_value(event_ndims) if tf.is_tensor(event_ndims) else event_ndims
    return None if value is None else int(np.asarray(value))


def _summed(local: tf.Tensor, value: tf.Tensor, least: int, event_ndims: Any) -> tf.Tensor:
    """Returns the logarithm of events of `event_ndims` dimensions, for that of events of `least`.

    One that is the same for all events counts once for each.
    """
    local = tf.convert_to_tensor(local)
    rank, shape = tf.rank(value), tf.shape(value)
    each = tf.ones(shape[rank - event_ndims : rank - least], local.dtype) * local
    known = isinstance(event_ndims, int)
    axes = np.arange(least - event_ndims, 0, dtype=np.int32) if known else tf.range(-(event_ndims - least), 0)
    summed = tf.reduce_sum(each, axis=axes)
    if known and local.shape.ndims is not None:
        summed.set_shape(local.shape[: max(local.shape.ndims + least - event_ndims, 0)])
    return summed


def _event_ndims(event_ndims: Any, least: int) -> Any:
    known = static_event_ndims(event_ndims)
    if known is None:
        return event_ndims
    if np.asarray(event_ndims if not tf.is_tensor(event_ndims) else known).dtype.kind not in 'iu':
        raise ValueError(f'event_ndims must be an integer, got {event_ndims}.')
    tf.convert_to_tensor(event_ndims, name='event_ndims')
    if known < least:
        raise ValueError(f'event_ndims must be >= {least}, the smallest rank of an event, got {known}.')
    return known


def _check_rank(value: Any, name: str) -> None:
    if not isinstance(value, (int, np.integer)) or value < 0:
        raise ValueError(f'{name} must be an integer >= 0, got {value!r}.')


def _key(value: Any, kwargs: dict[str, Any]) -> Any:
    return value.ref(), tuple((name, id(each)) for name, each in sorted(kwargs.items()))


def _lower(name: str) -> str:
    """Returns a class's name in lower case, with underscores between words."""
    return re.sub(r'([a-z0-9])([A-Z])', r'\1_\2', re.sub(r'(.)([A-Z][a-z]+)', r'\1_\2', name)).lower()
