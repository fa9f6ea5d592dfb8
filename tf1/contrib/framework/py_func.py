"""`py_func`: a Python function as an operation, with named arguments and nested results."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf


def py_func(
    func: Callable[..., Any],
    args: Sequence[Any] = (),
    kwargs: Mapping[str, Any] | None = None,
    output_types: Any = None,
    output_shapes: Any = None,
    stateful: bool = True,
    name: str | None = None,
) -> Any:
    """Returns the results of `func(*args, **kwargs)` on NumPy arrays, run with the graph.

    Args:
      func: the function.
      args: tensors or structures of them.
      kwargs: likewise, by name.
      output_types: type of the result, or a structure of types like it.
      output_shapes: shapes in the same structure; None for unknown ones.
      stateful: whether equal arguments may give other results.
      name: name of the operation.

    Raises:
      TypeError: `output_types` is missing.
    """
    if output_types is None:
        raise TypeError('output_types must be given: a type, or a structure of types like the result; got None.')
    structure = [list(args), dict(kwargs or {})]

    def flat(*values: Any) -> list[Any]:
        positional, named = tf.nest.pack_sequence_as(structure, values)
        result = func(*positional, **named)
        tf.nest.assert_same_structure(output_types, result, check_types=False)
        return tf.nest.flatten(result)

    types = tf.nest.flatten(output_types)
    results = tf.py_func(flat, tf.nest.flatten(structure), types, stateful=stateful, name=name)
    if output_shapes is not None:
        for result, shape in zip(results, _shapes(output_types, output_shapes), strict=True):
            result.set_shape(shape)
    return tf.nest.pack_sequence_as(output_types, results)


def _shapes(output_types: Any, output_shapes: Any) -> list[tf.TensorShape]:
    """Returns the shapes one by one; the types say where lists are shapes and not structure."""
    if isinstance(output_types, Mapping):
        return [shape for key in sorted(output_types) for shape in _shapes(output_types[key], output_shapes[key])]
    if isinstance(output_types, (list, tuple)):
        pairs = zip(output_types, output_shapes, strict=True)
        return [shape for types, shapes in pairs for shape in _shapes(types, shapes)]
    return [tf.TensorShape(output_shapes)]
