"""How two graphs differ, node by node."""

from __future__ import annotations

import dataclasses
import zlib
from collections.abc import Iterator, Sequence

import numpy as np
import tensorflow.compat.v1 as tf

__all__ = ['Change', 'NodeDifference', 'compare']

# Types that compute the same under another name.
_SAME_TYPES = {'AddV2': 'Add', 'SelectV2': 'Select'}


@dataclasses.dataclass(frozen=True)
class Change:
    """One property of a node that both graphs have: 'type', 'inputs', 'control inputs' or the name of an attribute."""

    what: str
    a: str
    b: str


@dataclasses.dataclass(frozen=True)
class NodeDifference:
    """A node that only one graph has, or one that differs.

    Attributes:
      name: The node's name; of a node in a function, 'FUNCTION: NAME'.
      op: Its type in A, or in B where A lacks it.
      where: 'A' or 'B' for a node of one graph alone, 'both' for one that differs.
      changes: What differs, of a node that both have.
    """

    name: str
    op: str
    where: str
    changes: tuple[Change, ...] = ()


def compare(a: tf.GraphDef, b: tf.GraphDef, *, strict: bool = False) -> list[NodeDifference]:
    """Returns the differences of two graphs in the order of A's nodes; B's own stand behind the node that they follow.

    Args:
      a: A graph.
      b: The graph that is compared with it.
      strict: Whether AddV2 and SelectV2 differ from Add and Select, and whether attributes count that only one of two
        nodes has, or that TensorFlow adds for itself (those with a leading underscore).
    """
    found = list(_differences(a.node, b.node, strict, ''))
    functions_a = {function.signature.name: function for function in a.library.function}
    functions_b = {function.signature.name: function for function in b.library.function}
    for name in dict.fromkeys([*functions_a, *functions_b]):
        if name in functions_a and name in functions_b:
            bodies = functions_a[name].node_def, functions_b[name].node_def
            found += _differences(*bodies, strict, f'{name}: ')
        else:
            found.append(NodeDifference(name, 'function', 'A' if name in functions_a else 'B'))
    return found


def _differences(a: Sequence, b: Sequence, strict: bool, prefix: str) -> Iterator[NodeDifference]:
    nodes_a, nodes_b = ({node.name: node for node in nodes} for nodes in (a, b))
    told = set()
    for node in _merged(a, b, nodes_a, nodes_b):
        if node.name in told:
            continue
        told.add(node.name)
        name = prefix + node.name
        if node.name not in nodes_b:
            yield NodeDifference(name, node.op, 'A')
        elif node.name not in nodes_a:
            yield NodeDifference(name, node.op, 'B')
        else:
            changes = tuple(_changes(nodes_a[node.name], nodes_b[node.name], strict))
            if changes:
                yield NodeDifference(name, nodes_a[node.name].op, 'both', changes)


def _merged(a: Sequence, b: Sequence, nodes_a: dict, nodes_b: dict) -> Iterator:
    """Yields A's nodes in order and, behind each that B has too, those that follow it in B alone."""
    followers: dict[str, list] = {}
    last = ''
    for node in b:
        if node.name in nodes_a:
            last = node.name
        else:
            followers.setdefault(last, []).append(node)
    yield from followers.get('', ())
    for node in a:
        yield node
        yield from followers.get(node.name, ())


def _changes(a: tf.NodeDef, b: tf.NodeDef, strict: bool) -> Iterator[Change]:
    same_types = {} if strict else _SAME_TYPES
    if same_types.get(a.op, a.op) != same_types.get(b.op, b.op):
        yield Change('type', a.op, b.op)
    inputs_a, inputs_b = _inputs(a), _inputs(b)
    for what in inputs_a:
        if inputs_a[what] != inputs_b[what]:
            yield Change(what, f'({", ".join(inputs_a[what])})', f'({", ".join(inputs_b[what])})')
    if a.device != b.device:
        yield Change('device', a.device or 'none', b.device or 'none')
    for key in sorted({*a.attr, *b.attr}):
        if not strict and (key.startswith('_') or key not in a.attr or key not in b.attr):
            continue
        values = [_attribute(node.attr[key]) if key in node.attr else 'none' for node in (a, b)]
        if values[0] != values[1]:
            yield Change(key, *values)


def _inputs(node: tf.NodeDef) -> dict[str, list[str]]:
    names = [name.removesuffix(':0') for name in node.input]
    return {
        'inputs': [name for name in names if not name.startswith('^')],
        'control inputs': sorted(name for name in names if name.startswith('^')),
    }


def _attribute(value: tf.AttrValue) -> str:
    """Returns an attribute as a short text, the same for equal values however they are stored."""
    kind = value.WhichOneof('value')
    if kind == 'tensor':
        return _tensor(value.tensor)
    if kind == 'type':
        return tf.as_dtype(value.type).name
    if kind == 'func':
        return value.func.name
    if kind == 'shape':
        return _shape(value.shape)
    if kind == 'list':
        items = value.list
        texts = [tf.as_dtype(item).name for item in items.type] + [_shape(item) for item in items.shape]
        texts += [item.name for item in items.func] + [_tensor(item) for item in items.tensor]
        return f'[{", ".join(texts + [_scalar(item) for item in (*items.s, *items.i, *items.f, *items.b)])}]'
    return 'none' if kind is None else _scalar(getattr(value, kind))


def _scalar(value: object) -> str:
    return repr(value.decode('utf-8', 'backslashreplace')) if isinstance(value, bytes) else str(value)


def _shape(shape: object) -> str:
    return 'unknown' if shape.unknown_rank else f'[{", ".join(str(size.size) for size in shape.dim)}]'


def _tensor(proto: object) -> str:
    try:
        array = tf.make_ndarray(proto)
    except (TypeError, ValueError):
        return proto.SerializeToString(deterministic=True).hex()
    if array.size <= 8:
        return f'{array.dtype} {list(array.shape)} {array.tolist()}'
    with np.printoptions(threshold=8, edgeitems=3):
        text = ' '.join(str(array.ravel()).split())
    # All values decide, the text shows their ends.
    return f'{array.dtype} {list(array.shape)} {text} crc32 {zlib.crc32(array.tobytes()):08x}'
