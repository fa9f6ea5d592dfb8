"""What a program sees of a dataset: its text, the errors of its functions, whole numbers of NumPy as sizes."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf2
import tensorflow.compat.v1 as tf
from tensorflow.python.data.ops import dataset_ops, readers, structured_function


def install() -> None:
    """Changes datasets, for the process."""
    dataset = tf2.data.Dataset
    if hasattr(dataset.prefetch, '__wrapped__'):
        return
    dataset.__repr__ = _text
    dataset.prefetch = _prefetch(dataset.prefetch)
    dataset_ops.get_type = readers._get_type = _type_of
    kind = structured_function.StructuredFunctionWrapper
    kind.__init__ = _refusing_nothing(kind.__init__)


def _text(dataset: tf2.data.Dataset) -> str:
    shapes = _plain(str, tf.data.get_output_shapes(dataset))
    types = _plain(repr, tf.data.get_output_types(dataset))
    return f'<{type(dataset).__name__.lstrip("_")} shapes: {shapes}, types: {types}>'


def _plain(text_of: Callable[[Any], str], structure: Any) -> str:
    return str(tf.nest.map_structure(text_of, structure)).replace("'", '')


def _type_of(value: Any) -> type:
    """Returns the type that a function gives, for the error where it gives no dataset."""
    return value.value_type if isinstance(value, tf.TypeSpec) else type(value)


def _refusing_nothing(usual: Any) -> Any:
    """Returns the constructor of a function in a pipeline that may not return None."""

    @functools.wraps(usual)
    def __init__(function: Any, func: Any, transformation_name: str, *args: Any, **options: Any) -> None:
        usual(function, func, transformation_name, *args, **options)
        if type(function.output_structure).__name__ == 'NoneTensorSpec':
            raise TypeError(
                f'Unsupported return value from function passed to {transformation_name}: None. '
                'Return a tensor, or a structure of tensors.'
            )

    return __init__


def _prefetch(usual: Any) -> Any:
    """Returns `prefetch` that takes NumPy's whole numbers."""

    @functools.wraps(usual)
    def prefetch(dataset: tf2.data.Dataset, buffer_size: Any, *args: Any, **options: Any) -> tf2.data.Dataset:
        size = int(buffer_size) if isinstance(buffer_size, np.integer) else buffer_size
        return usual(dataset, size, *args, **options)

    return prefetch
