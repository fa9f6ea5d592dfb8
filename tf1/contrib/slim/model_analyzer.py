"""`slim.model_analyzer`: how large variables and operations are."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import tensorflow.compat.v1 as tf

_LINE = '---------'


def tensor_description(var: Any) -> str:
    """Returns type and shape of a tensor or variable: `(float32 3x2)`, with ? for what is not known."""
    shape = var.shape
    sizes = [] if shape.rank is None else ['?' if size is None else str(size) for size in shape.as_list()]
    return f'({var.dtype.name} {"x".join(sizes)})'


def analyze_ops(graph: tf.Graph, print_info: bool = False) -> int:
    """Returns the number of elements in the outputs of all operations whose shapes are known.

    Args:
      graph: to look at.
      print_info: whether to print each operation that has an output.
    """
    if print_info:
        print(f'{_LINE}\nOperations: name -> (type shapes) [size]\n{_LINE}')
    total = 0
    for op in graph.get_operations():
        sizes = [output.shape.num_elements() for output in op.outputs if output.shape.rank is not None]
        size = sum(number or 0 for number in sizes)
        if print_info and op.outputs:
            shapes = ', '.join(tensor_description(output) for output in op.outputs)
            print(op.name, '\t->', shapes, f'[{size}]')
        total += size
    return total


def analyze_vars(variables: Iterable[tf.Variable], print_info: bool = False) -> tuple[int, int]:
    """Returns how many elements, and how many bytes, the variables have.

    Args:
      variables: whose shapes are known.
      print_info: whether to print each, and the totals.
    """
    if print_info:
        print(f'{_LINE}\nVariables: name (type shape) [size]\n{_LINE}')
    total_size = total_bytes = 0
    for variable in variables:
        size = math.prod(variable.shape.as_list())
        total_size += size
        total_bytes += size * variable.dtype.size
        if print_info:
            print(variable.name, tensor_description(variable), f'[{size}, bytes: {size * variable.dtype.size}]')
    if print_info:
        print('Total size of variables:', total_size)
        print('Total bytes of variables:', total_bytes)
    return total_size, total_bytes
