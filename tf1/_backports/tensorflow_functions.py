"""Private functions of TensorFlow 1 that exist nowhere today, for `tensorflow_names`."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Sequence
from typing import Any


def convert_n_to_tensor_or_indexed_slices(
    values: Sequence[Any], dtype: Any = None, name: str | None = None
) -> list[Any]:
    """Returns `values` as tensors; None, IndexedSlices and sparse tensors stay."""
    tf = importlib.import_module('tf1')
    kept = (tf.IndexedSlices, tf.SparseTensor, type(None))
    return [
        value
        if isinstance(value, kept)
        else tf.convert_to_tensor(value, dtype, name=None if name is None else f'{name}_{index}')
        for index, value in enumerate(values)
    ]


class RegisterShape:
    """A decorator for shape functions of operations; TensorFlow has those of its own operations in C++."""

    def __init__(self, op_type: str):
        self._op_type = op_type

    def __call__(self, function: Callable[..., Any]) -> Callable[..., Any]:
        return function


def set_shapes_for_outputs(op: Any) -> None:
    """Does nothing: TensorFlow sets the shapes when it makes the operation."""


def scalar() -> Any:
    """Returns the shape of a scalar."""
    return _shape([])


def vector(length: int | None) -> Any:
    """Returns the shape [length]."""
    return _shape([length])


def matrix(rows: int | None, columns: int | None) -> Any:
    """Returns the shape [rows, columns]."""
    return _shape([rows, columns])


def _shape(sizes: list[int | None]) -> Any:
    return importlib.import_module('tf1').TensorShape(sizes)


def dataset_class(name: str) -> Any | None:
    """Returns the class of datasets that `name` was ('MapDataset'), or None."""
    found = re.fullmatch(r'(\w+)Dataset(?:V[12])?', name)
    if found is None:
        return None
    words = re.sub(r'(?<!^)([A-Z])', r'_\1', found[1]).lower()
    try:
        module = importlib.import_module(f'tensorflow.python.data.ops.{words}_op')
    except ModuleNotFoundError:
        return None
    return getattr(module, f'_{name}', None) or getattr(module, f'_{found[1]}Dataset', None)
