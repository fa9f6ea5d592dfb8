"""What layers share and programs import: aliases of tensors, collections of outputs, dimensions of shapes."""

from __future__ import annotations

import collections as _collections
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

NamedOutputs = _collections.namedtuple('NamedOutputs', ['name', 'outputs'])


def collect_named_outputs(collections: str | Sequence[str] | None, alias: str, outputs: tf.Tensor) -> tf.Tensor:
    """Returns a tensor after it has joined collections, where it is known under an alias.

    Args:
      collections: one collection, several, or None for none.
      alias: the name, such as 'model/conv1'.
      outputs: the tensor.
    """
    if collections:
        append_tensor_alias(outputs, alias)
        tf.add_to_collections(collections, outputs)
    return outputs


def append_tensor_alias(tensor: tf.Tensor, alias: str) -> tf.Tensor:
    """Returns the tensor after it got one more alias, less a slash at its end."""
    alias = alias[:-1] if alias.endswith('/') else alias
    if hasattr(tensor, 'aliases'):
        tensor.aliases.append(alias)
    else:
        tensor.aliases = [alias]
    return tensor


def gather_tensors_aliases(tensors: Sequence[tf.Tensor]) -> list[str]:
    """Returns the aliases of several tensors in one list."""
    return [alias for tensor in tensors for alias in get_tensor_aliases(tensor)]


def get_tensor_aliases(tensor: tf.Tensor) -> list[str]:
    """Returns a tensor's aliases; without one, its name, less ':0'."""
    if hasattr(tensor, 'aliases'):
        return tensor.aliases
    return [tensor.name[:-2] if tensor.name.endswith(':0') else tensor.name]


def convert_collection_to_dict(
    collection: str, clear_collection: bool = False
) -> _collections.OrderedDict[str, tf.Tensor]:
    """Returns the tensors of a collection by alias, in its order; empties the collection if told to."""
    outputs = _collections.OrderedDict(
        (alias, tensor) for tensor in tf.get_collection(collection) for alias in get_tensor_aliases(tensor)
    )
    if clear_collection:
        del tf.get_collection_ref(collection)[:]
    return outputs


def constant_value(value_or_tensor_or_var: Any, dtype: tf.DType | None = None) -> Any:
    """Returns a Python value as it is, and a tensor's value where the graph alone decides it, else None.

    Raises:
      ValueError: the argument is None, or a tensor of another type than `dtype`.
    """
    value = value_or_tensor_or_var
    if value is None:
        raise ValueError('value_or_tensor_or_var cannot be None; give a value, a tensor or a variable.')
    if not isinstance(value, (tf.Tensor, tf.Variable)):
        return value
    if dtype and value.dtype.base_dtype != dtype:
        raise ValueError(f'The tensor must have type {dtype}, got {value.dtype.base_dtype}; cast it.')
    return None if isinstance(value, tf.Variable) else tf.get_static_value(value)


def static_cond(pred: bool, fn1: Callable[[], Any], fn2: Callable[[], Any]) -> Any:
    """Returns `fn1()` for a true predicate, else `fn2()`.

    Raises:
      TypeError: a function is not callable.
    """
    for name, function in (('fn1', fn1), ('fn2', fn2)):
        if not callable(function):
            raise TypeError(f'{name} must be callable, got {function!r}.')
    return fn1() if pred else fn2()


def smart_cond(pred: bool | tf.Tensor, fn1: Callable[[], Any], fn2: Callable[[], Any], name: str | None = None) -> Any:
    """Returns `fn1()` or `fn2()`: decided now where the predicate's value is known, else by `tf.cond`."""
    value = constant_value(pred)
    if value is None:
        return tf.cond(pred, fn1, fn2, name)
    return static_cond(value, fn1, fn2)


def get_variable_collections(variables_collections: Any, name: str) -> Any:
    """Returns the collections for one variable: those under its name in a dictionary, else all of them."""
    if isinstance(variables_collections, Mapping):
        return variables_collections.get(name)
    return variables_collections


def channel_dimension(shape: tf.TensorShape, data_format: str, min_rank: int = 1) -> int:
    """Returns the size of the channels: the second dimension for 'channels_first', else the last.

    Raises:
      ValueError: the rank is too low or the size unknown.
    """
    return _dimension(shape, 1 if data_format == 'channels_first' else -1, min_rank)


def last_dimension(shape: tf.TensorShape, min_rank: int = 1) -> int:
    """Returns the size of the last dimension.

    Raises:
      ValueError: the rank is too low or the size unknown.
    """
    return _dimension(shape, -1, min_rank)


def _dimension(shape: tf.TensorShape, axis: int, min_rank: int) -> int:
    if shape.rank is None:
        raise ValueError('The rank of the shape must be known; set it with set_shape().')
    if shape.rank < min_rank:
        raise ValueError(f'The rank of shape {shape} must be >= {min_rank}.')
    size = tf.dimension_value(shape[axis])
    if size is None:
        raise ValueError(f'Dimension {axis} of shape {shape} must be known; set it with set_shape().')
    return size


def two_element_tuple(int_or_tuple: int | Sequence[int] | tf.TensorShape) -> tuple[int, int]:
    """Returns a height and a width from one number for both or from two.

    Raises:
      ValueError: the argument is neither.
    """
    if isinstance(int_or_tuple, (list, tuple)):
        if len(int_or_tuple) != 2:
            raise ValueError(f'Must be a list with 2 elements: {int_or_tuple}.')
        return int(int_or_tuple[0]), int(int_or_tuple[1])
    if isinstance(int_or_tuple, int):
        return int_or_tuple, int_or_tuple
    if isinstance(int_or_tuple, tf.TensorShape) and int_or_tuple.rank == 2:
        return tuple(int_or_tuple.as_list())
    raise ValueError(f'Must be an int, a list with 2 elements or a TensorShape of length 2, got {int_or_tuple!r}.')


def n_positive_integers(n: int, value: int | Sequence[int] | tf.TensorShape) -> tuple[int, ...]:
    """Returns `n` positive integers from one number for all or from `n`.

    Raises:
      TypeError: `n` is no integer.
      ValueError: `n` or a number is < 1, or there are not `n`.
    """
    count = int(n)
    if count < 1:
        raise ValueError(f'n must be a positive integer, got {n}.')
    try:
        numbers = (int(value),) * count
    except (TypeError, ValueError):
        numbers = tuple(int(number) for number in value)
    if len(numbers) != count or any(number < 1 for number in numbers):
        raise ValueError(f'Expected one positive integer or {count}, got {value!r}.')
    return numbers
