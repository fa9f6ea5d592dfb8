"""Bijectors made of others or of functions: `Chain`, `Invert`, `Inline`, and conditional ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tf1 as tf
from tf1.contrib.distributions.bijectors.bijector import Bijector


class ConditionalBijector(Bijector):
    """A bijector whose methods take further keyword arguments and hand them to their underscored versions."""

    def forward(self, x: Any, name: str = 'forward', **condition_kwargs: Any) -> Any:
        """Returns g(x) under the conditions."""
        return self._call_forward(x, name, **condition_kwargs)

    def inverse(self, y: Any, name: str = 'inverse', **condition_kwargs: Any) -> Any:
        """Returns the `x` with g(x) = y under the conditions."""
        return self._call_inverse(y, name, **condition_kwargs)

    def forward_log_det_jacobian(
        self, x: Any, event_ndims: Any, name: str = 'forward_log_det_jacobian', **condition_kwargs: Any
    ) -> Any:
        """Returns log|det dg/dx| at `x` under the conditions."""
        return self._call_forward_log_det_jacobian(x, event_ndims, name, **condition_kwargs)

    def inverse_log_det_jacobian(
        self, y: Any, event_ndims: Any, name: str = 'inverse_log_det_jacobian', **condition_kwargs: Any
    ) -> Any:
        """Returns log|det dg^-1/dy| at `y` under the conditions."""
        return self._call_inverse_log_det_jacobian(y, event_ndims, name, **condition_kwargs)


class Invert(Bijector):
    """The inverse of `bijector`: its `forward` is that one's `inverse`.

    Raises:
      NotImplementedError: `bijector` is not injective.
    """

    def __init__(self, bijector: Bijector, validate_args: bool = False, name: str | None = None):
        if not bijector._is_injective:
            raise NotImplementedError(f'Invert needs a bijector that is injective, got {bijector.name}.')
        self._bijector = bijector
        super().__init__(
            graph_parents=bijector.graph_parents,
            forward_min_event_ndims=bijector.inverse_min_event_ndims,
            inverse_min_event_ndims=bijector.forward_min_event_ndims,
            is_constant_jacobian=bijector.is_constant_jacobian,
            validate_args=validate_args,
            dtype=bijector.dtype,
            name=name or f'invert_{bijector.name}',
        )

    @property
    def bijector(self) -> Bijector:
        """The bijector that this one inverts."""
        return self._bijector

    def _forward(self, x: tf.Tensor, **kwargs: Any) -> Any:
        return self.bijector.inverse(x, **kwargs)

    def _inverse(self, y: tf.Tensor, **kwargs: Any) -> Any:
        return self.bijector.forward(y, **kwargs)

    def _forward_log_det_jacobian(self, x: tf.Tensor, **kwargs: Any) -> Any:
        return self.bijector.inverse_log_det_jacobian(x, event_ndims=self.forward_min_event_ndims, **kwargs)

    def _inverse_log_det_jacobian(self, y: tf.Tensor, **kwargs: Any) -> Any:
        return self.bijector.forward_log_det_jacobian(y, event_ndims=self.inverse_min_event_ndims, **kwargs)

    def _forward_event_shape(self, input_shape: tf.TensorShape) -> tf.TensorShape:
        return self.bijector.inverse_event_shape(input_shape)

    def _inverse_event_shape(self, output_shape: tf.TensorShape) -> tf.TensorShape:
        return self.bijector.forward_event_shape(output_shape)

    def _forward_event_shape_tensor(self, input_shape: tf.Tensor) -> tf.Tensor:
        return self.bijector.inverse_event_shape_tensor(input_shape)

    def _inverse_event_shape_tensor(self, output_shape: tf.Tensor) -> tf.Tensor:
        return self.bijector.forward_event_shape_tensor(output_shape)


class Chain(Bijector):
    """Bijectors one after another; the last of the list is applied first, so Chain([f, g]).forward(x) is f(g(x)).

    Args:
      bijectors: a list; without any it is the identity.
      validate_args: check arguments when the graph runs.
      name: of operations; by default made of the names of the bijectors.

    Raises:
      ValueError: their types differ.
      NotImplementedError: one of them is not injective.
    """

    def __init__(
        self, bijectors: Sequence[Bijector] | None = None, validate_args: bool = False, name: str | None = None
    ):
        bijectors = tuple(bijectors or ())
        for each in bijectors:
            if not each._is_injective:
                raise NotImplementedError(f'Chain needs bijectors that are injective, got {each.name}.')
        types = sorted({tf.as_dtype(each.dtype).name for each in bijectors if each.dtype is not None})
        if len(types) > 1:
            raise ValueError(f'Chain needs bijectors of one type, got {", ".join(types)}.')
        self._bijectors = bijectors
        forward_least, inverse_least = _least_ranks(bijectors)
        super().__init__(
            graph_parents=[parent for each in bijectors for parent in each.graph_parents],
            forward_min_event_ndims=forward_least,
            inverse_min_event_ndims=inverse_least,
            is_constant_jacobian=all(each.is_constant_jacobian for each in bijectors),
            validate_args=validate_args,
            dtype=tf.as_dtype(types[0]) if types else None,
            name=name or ('_of_'.join(['chain', *(each.name for each in bijectors)]) if bijectors else 'identity'),
        )

    @property
    def bijectors(self) -> tuple[Bijector, ...]:
        """The bijectors, as they were given."""
        return self._bijectors

    def _forward(self, x: tf.Tensor, **kwargs: Any) -> tf.Tensor:
        for each in reversed(self.bijectors):
            x = each.forward(x, **kwargs.get(each.name, {}))
        return x

    def _inverse(self, y: tf.Tensor, **kwargs: Any) -> tf.Tensor:
        for each in self.bijectors:
            y = each.inverse(y, **kwargs.get(each.name, {}))
        return y

    def _forward_log_det_jacobian(self, x: tf.Tensor, **kwargs: Any) -> tf.Tensor:
        total = tf.constant(0.0, x.dtype)
        ndims = self.forward_min_event_ndims
        for each in reversed(self.bijectors):
            arguments = kwargs.get(each.name, {})
            total += each.forward_log_det_jacobian(x, event_ndims=ndims, **arguments)
            ndims += each.inverse_min_event_ndims - each.forward_min_event_ndims
            x = each.forward(x, **arguments)
        return total

    def _inverse_log_det_jacobian(self, y: tf.Tensor, **kwargs: Any) -> tf.Tensor:
        total = tf.constant(0.0, y.dtype)
        ndims = self.inverse_min_event_ndims
        for each in self.bijectors:
            arguments = kwargs.get(each.name, {})
            total += each.inverse_log_det_jacobian(y, event_ndims=ndims, **arguments)
            ndims += each.forward_min_event_ndims - each.inverse_min_event_ndims
            y = each.inverse(y, **arguments)
        return total

    def _forward_event_shape(self, input_shape: tf.TensorShape) -> tf.TensorShape:
        for each in reversed(self.bijectors):
            input_shape = each.forward_event_shape(input_shape)
        return input_shape

    def _inverse_event_shape(self, output_shape: tf.TensorShape) -> tf.TensorShape:
        for each in self.bijectors:
            output_shape = each.inverse_event_shape(output_shape)
        return output_shape

    def _forward_event_shape_tensor(self, input_shape: tf.Tensor) -> tf.Tensor:
        for each in reversed(self.bijectors):
            input_shape = each.forward_event_shape_tensor(input_shape)
        return input_shape

    def _inverse_event_shape_tensor(self, output_shape: tf.Tensor) -> tf.Tensor:
        for each in self.bijectors:
            output_shape = each.inverse_event_shape_tensor(output_shape)
        return output_shape


class Inline(Bijector):
    """A bijector of functions; each stands for the method of its name, and what is missing raises NotImplementedError.

    Args:
      forward_fn: from x to g(x).
      inverse_fn: from y to x.
      inverse_log_det_jacobian_fn: of y.
      forward_log_det_jacobian_fn: of x.
      forward_event_shape_fn: from TensorShape to TensorShape; the default leaves it, as do the next three.
      forward_event_shape_tensor_fn: the same for int32 [ndims].
      inverse_event_shape_fn: from TensorShape to TensorShape.
      inverse_event_shape_tensor_fn: the same for int32 [ndims].
      is_constant_jacobian: the Jacobian does not depend on the input.
      validate_args: check arguments when the graph runs.
      forward_min_event_ndims: smallest rank of an event of `forward`'s input.
      inverse_min_event_ndims: of its output.
      name: of operations.
    """

    def __init__(
        self,
        forward_fn: Callable | None = None,
        inverse_fn: Callable | None = None,
        inverse_log_det_jacobian_fn: Callable | None = None,
        forward_log_det_jacobian_fn: Callable | None = None,
        forward_event_shape_fn: Callable | None = None,
        forward_event_shape_tensor_fn: Callable | None = None,
        inverse_event_shape_fn: Callable | None = None,
        inverse_event_shape_tensor_fn: Callable | None = None,
        is_constant_jacobian: bool = False,
        validate_args: bool = False,
        forward_min_event_ndims: int | None = None,
        inverse_min_event_ndims: int | None = None,
        name: str = 'inline',
    ):
        super().__init__(
            forward_min_event_ndims=forward_min_event_ndims,
            inverse_min_event_ndims=inverse_min_event_ndims,
            is_constant_jacobian=is_constant_jacobian,
            validate_args=validate_args,
            name=name,
        )
        functions = {
            '_forward': forward_fn,
            '_inverse': inverse_fn,
            '_inverse_log_det_jacobian': inverse_log_det_jacobian_fn,
            '_forward_log_det_jacobian': forward_log_det_jacobian_fn,
            '_forward_event_shape': forward_event_shape_fn,
            '_forward_event_shape_tensor': forward_event_shape_tensor_fn,
            '_inverse_event_shape': inverse_event_shape_fn,
            '_inverse_event_shape_tensor': inverse_event_shape_tensor_fn,
        }
        for method, function in functions.items():
            if callable(function):
                setattr(self, method, function)


def _least_ranks(bijectors: Sequence[Bijector]) -> tuple[int, int]:
    """Returns the smallest ranks of events that can enter a chain at its start and at its end."""
    forward_least = inverse_least = 0
    change = 0
    for each in reversed(bijectors):
        forward_least = max(forward_least, each.forward_min_event_ndims - change)
        change += each.inverse_min_event_ndims - each.forward_min_event_ndims
    change = 0
    for each in bijectors:
        inverse_least = max(inverse_least, each.inverse_min_event_ndims - change)
        change += each.forward_min_event_ndims - each.inverse_min_event_ndims
    return forward_least, inverse_least
