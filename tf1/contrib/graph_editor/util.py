"""Conversion to lists of operations and tensors, who consumes what, and the editor's placeholders."""

from __future__ import annotations

import collections
from collections.abc import Callable, Iterable, Sequence

import tf1 as tf

PREFIX = 'geph'


class ListView(collections.abc.Sequence):
    """A list that cannot be changed."""

    def __init__(self, items: Sequence):
        self._items = items if isinstance(items, list) else list(items)

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, index: int | slice) -> object:
        return self._items[index]

    def __add__(self, other: Iterable) -> list:
        return list(self) + list(other)


def is_iterable(thing: object) -> bool:
    """Returns whether `thing` can be iterated; a tensor cannot."""
    if isinstance(thing, tf.Tensor):
        return False
    return isinstance(thing, collections.abc.Iterable)


def concatenate_unique(first: list, second: Iterable) -> list:
    """Appends to the list `first` what of `second` is not in it, and returns it."""
    known = set(first)
    for item in second:
        if item not in known:
            first.append(item)
            known.add(item)
    return first


def flatten_tree(tree: object, leaves: list | None = None) -> list:
    """Returns the leaves of nested iterables and dictionaries, in order."""
    leaves = [] if leaves is None else leaves
    if isinstance(tree, dict):
        tree = tree.values()
    if is_iterable(tree) and not isinstance(tree, str):
        for branch in tree:
            flatten_tree(branch, leaves)
    else:
        leaves.append(tree)
    return leaves


def transform_tree(tree: object, fn: Callable[[object], object], iterable_type: type = tuple) -> object:
    """Returns nested `iterable_type`s and dictionaries like `tree`, `fn` applied to each leaf; lists stay lists."""
    if isinstance(tree, dict):
        return type(tree)((key, transform_tree(value, fn)) for key, value in tree.items())
    if not is_iterable(tree) or isinstance(tree, str):
        return fn(tree)
    branches = [transform_tree(branch, fn) for branch in tree]
    if hasattr(tree, '_fields'):
        return type(tree)(*branches)
    return type(tree)(branches) if isinstance(tree, (list, tuple, set)) else iterable_type(branches)


def check_graph(graph: object) -> tf.Graph:
    """Returns `graph`; raises TypeError unless it is one."""
    if not isinstance(graph, tf.Graph):
        raise TypeError(f'graph must be a tf.Graph, got {graph!r}.')
    return graph


def check_graphs(*things: object) -> None:
    """Raises ValueError unless all that have an attribute `graph` are in the same one."""
    get_unique_graph(things)


def get_unique_graph(
    things: Iterable, check_types: type | tuple[type, ...] | None = None, none_if_empty: bool = False
) -> tf.Graph | None:
    """Returns the one graph that all of `things` are in.

    Raises:
      TypeError: one is not of `check_types`.
      ValueError: they are in several graphs, or there are none and `none_if_empty` is False.
    """
    graph = None
    for thing in things:
        if check_types and not isinstance(thing, check_types):
            kinds = check_types if isinstance(check_types, tuple) else (check_types,)
            words = ' or '.join(f'tf.{kind.__name__}' for kind in kinds)
            raise TypeError(f'Each must be a {words}, got {thing!r}.')
        if graph is None:
            graph = thing.graph
        elif graph is not thing.graph:
            raise ValueError(f'All must be in one graph, got {thing!r}, which is in another.')
    if graph is None and not none_if_empty:
        raise ValueError('At least one operation or tensor is needed to tell the graph, got none.')
    return graph


def make_list_of_op(
    ops: object, check_graph: bool = True, allow_graph: bool = True, ignore_ts: bool = False
) -> list[tf.Operation]:
    """Returns a list of operations.

    Args:
      ops: an operation, an iterable of them, or a graph for all of its operations.
      check_graph: whether to look that all are in one graph.
      allow_graph: whether `ops` may be a graph.
      ignore_ts: whether tensors among them are left out, and not an error.

    Raises:
      TypeError: `ops` is none of these.
      ValueError: they are in several graphs.
    """
    return _make_list(ops, tf.Operation, tf.Tensor, check_graph, allow_graph, ignore_ts, tf.Graph.get_operations)


def make_list_of_t(
    ts: object, check_graph: bool = True, allow_graph: bool = True, ignore_ops: bool = False
) -> list[tf.Tensor]:
    """Returns a list of tensors.

    Args:
      ts: a tensor, an iterable of them, or a graph for all of its tensors.
      check_graph: whether to look that all are in one graph.
      allow_graph: whether `ts` may be a graph.
      ignore_ops: whether operations among them are left out, and not an error.

    Raises:
      TypeError: `ts` is none of these.
      ValueError: they are in several graphs.
    """
    return _make_list(ts, tf.Tensor, tf.Operation, check_graph, allow_graph, ignore_ops, get_tensors)


def _make_list(
    things: object, kind: type, other: type, check: bool, allow_graph: bool, ignore: bool, of_graph: Callable
) -> list:
    if isinstance(things, tf.Graph):
        if not allow_graph:
            raise TypeError(f'A list of tf.{kind.__name__} is needed, got the graph {things!r}.')
        return list(of_graph(things))
    things = list(things) if is_iterable(things) else [things]
    if check:
        get_unique_graph(things, (kind, other) if ignore else kind, none_if_empty=True)
    return [thing for thing in things if isinstance(thing, kind)] if ignore else things


def get_tensors(graph: tf.Graph) -> list[tf.Tensor]:
    """Returns the outputs of all operations of `graph`; raises TypeError if it is none."""
    return [tensor for op in check_graph(graph).get_operations() for tensor in op.outputs]


def get_generating_ops(ts: object) -> list[tf.Operation]:
    """Returns the operation of each tensor; raises TypeError unless `ts` are tensors."""
    return [tensor.op for tensor in make_list_of_t(ts, allow_graph=False)]


def get_consuming_ops(ts: object) -> list[tf.Operation]:
    """Returns the operations that take one of the tensors, each once; raises TypeError unless `ts` are tensors."""
    consumers: list[tf.Operation] = []
    for tensor in make_list_of_t(ts, allow_graph=False):
        concatenate_unique(consumers, tensor.consumers())
    return consumers


class ControlOutputs:
    """Which operations wait for which, by control inputs.

    Args:
      graph: the graph; operations that it gets later are seen after `update`.

    Raises:
      TypeError: `graph` is none.
    """

    def __init__(self, graph: tf.Graph):
        self._graph = check_graph(graph)
        self.update()

    @property
    def graph(self) -> tf.Graph:
        """The graph."""
        return self._graph

    def update(self) -> ControlOutputs:
        """Looks at the graph anew; returns itself."""
        self._outputs: dict[tf.Operation, list[tf.Operation]] = {}
        for op in self._graph.get_operations():
            for control_input in op.control_inputs:
                waiting = self._outputs.setdefault(control_input, [])
                if op not in waiting:
                    waiting.append(op)
        return self

    def get_all(self) -> dict[tf.Operation, list[tf.Operation]]:
        """Returns the list of waiting operations of each operation that has some."""
        return self._outputs

    def get(self, op: tf.Operation) -> list[tf.Operation]:
        """Returns the operations that wait for `op`."""
        return self._outputs.get(op, [])


def scope_finalize(scope: str) -> str:
    """Returns `scope` with a slash at its end; the empty one stays empty."""
    return scope if not scope or scope.endswith('/') else scope + '/'


def scope_dirname(scope: str) -> str:
    """Returns all of a name up to its last slash, which it keeps."""
    return scope[: scope.rfind('/') + 1]


def scope_basename(scope: str) -> str:
    """Returns what stands after a name's last slash."""
    return scope[scope.rfind('/') + 1 :]


def placeholder_name(t: tf.Tensor | None = None, scope: str | None = None, prefix: str = PREFIX) -> str:
    """Returns a name for a placeholder that stands for `t`, such as 'a/geph__x_0' for 'a/x:0'.

    Args:
      t: the tensor; None for a name without one.
      scope: what the name begins with, '' for the root; None for the scope of `t`.
      prefix: of the name below its scope.

    Raises:
      TypeError: `t` is not a tensor.
    """
    if scope is not None:
        scope = scope_finalize(scope)
    if t is None:
        return (scope or '') + prefix
    if not isinstance(t, tf.Tensor):
        raise TypeError(f't must be a tf.Tensor or None, got {t!r}.')
    if scope is None:
        scope = scope_dirname(t.op.name)
    return f'{scope}{prefix}__{scope_basename(t.op.name)}_{t.value_index}'


def make_placeholder_from_tensor(t: tf.Tensor, scope: str | None = None, prefix: str = PREFIX) -> tf.Tensor:
    """Returns a placeholder of the default graph with the type and shape of `t`; see `placeholder_name`."""
    return tf.placeholder(t.dtype.base_dtype, t.shape, placeholder_name(t, scope, prefix))


def make_placeholder_from_dtype_and_shape(
    dtype: tf.DType, shape: object = None, scope: str | None = None, prefix: str = PREFIX
) -> tf.Tensor:
    """Returns a placeholder of the default graph with this type and shape; see `placeholder_name`."""
    return tf.placeholder(dtype, shape, placeholder_name(None, scope, prefix))


def get_predefined_collection_names() -> list[str]:
    """Returns the values of `tf.GraphKeys`."""
    return [getattr(tf.GraphKeys, key) for key in dir(tf.GraphKeys) if not key.startswith('_')]
