"""Private functions of TensorFlow 1 that exist nowhere today, for `tensorflow_names`."""

from __future__ import annotations

import importlib
import re
import uuid
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


def register_dense_tensor_like_type(tensor_type: type) -> None:
    """Does nothing but check: TensorFlow takes for a tensor what has a conversion function.

    Raises:
      TypeError: `tensor_type` has no properties `name` and `dtype`.
    """
    for name in ('name', 'dtype'):
        if not isinstance(getattr(tensor_type, name, None), property):
            raise TypeError(f'{tensor_type!r} must have a property {name!r} to be registered as a tensor-like type.')


def set_shapes_for_outputs(op: Any) -> None:
    """Does nothing: TensorFlow sets the shapes when it makes the operation."""


def unknown_shape(op: Any) -> list[Any]:
    """Returns a shape of unknown rank for each output of an operation."""
    return [importlib.import_module('tf1').TensorShape(None) for _ in op.outputs]


def unchanged_shape(op: Any) -> list[Any]:
    """Returns the shape of an operation's first input, which is that of its output."""
    return [op.inputs[0].get_shape()]


def scalar_shape(op: Any) -> list[Any]:
    """Returns the shape without dimensions."""
    return [importlib.import_module('tf1').TensorShape([])]


def call_cpp_shape_fn(op: Any, require_shape_fn: bool = True) -> dict[str, list[Any]]:
    """Returns the shapes that TensorFlow has found for the outputs of an operation."""
    return {'shapes': [tensor.get_shape() for tensor in op.outputs]}


def list_devices() -> list[str]:
    """Returns the names of the devices of this process."""
    devices = importlib.import_module('tf1').config.list_logical_devices()
    return [f'/job:localhost/replica:0/task:0{device.name}' for device in devices]


def __getattr__(name: str) -> bool:
    if name == 'is_cuda_build':
        return importlib.import_module('tf1').test.is_built_with_cuda()
    raise AttributeError(f'module {__name__!r} has no attribute {name!r}', name=name)


def shared_name(name: str | None = None) -> str | None:
    """Returns a resource's name in a graph; in eager execution, where names do not share, one that nobody has."""
    if name or not importlib.import_module('tf1').executing_eagerly():
        return name
    return f'shared_{uuid.uuid4()}'


def get_registered_ops() -> dict[str, Any]:
    """Returns the definition, an OpDef, of each operation that TensorFlow has."""
    registry = importlib.import_module('tensorflow.python.framework.op_def_registry')
    names = importlib.import_module('tf1').raw_ops.__dict__
    found = {name: registry.get(name) for name in names if name[0].isupper()}
    return {name: definition for name, definition in found.items() if definition is not None}


class OpDefLibrary:
    """Makes operations by name, `apply_op('Add', x=x, y=y)`."""

    def add_op_list(self, op_list: Any) -> None:
        """Does nothing: TensorFlow knows the operations of the libraries that it loads."""

    def apply_op(self, op_type_name: str, name: str | None = None, **keywords: Any) -> Any:
        """Returns the outputs of a new operation."""
        library = importlib.import_module('tensorflow.python.framework.op_def_library')
        return library.apply_op(op_type_name, name=name, **keywords)


class StructureCoder:
    """Nested structures of tensors' descriptions as protocol buffers, and back."""

    def __init__(self):
        self._functions = importlib.import_module('tensorflow.python.saved_model.nested_structure_coder')

    def can_encode(self, nested_structure: Any) -> bool:
        """Returns whether `encode_structure` knows all parts."""
        return self._functions.can_encode(nested_structure)

    def encode_structure(self, nested_structure: Any) -> Any:
        """Returns a StructuredValue."""
        return self._functions.encode_structure(nested_structure)

    def decode_proto(self, proto: Any) -> Any:
        """Returns what a StructuredValue describes."""
        return self._functions.decode_proto(proto)


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
