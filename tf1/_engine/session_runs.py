"""What `Session.run` is asked for, taken apart once for each structure of fetches instead of at every call.

TensorFlow looks at all fetches and feeds anew each time, which takes as long as a step of a small graph does. Here a
session remembers them. Whatever is unusual, or would be an error, goes TensorFlow's own way: partial runs, options,
handles, sparse feeds, values of a wrong shape, fetches that are fed.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf

from tf1._engine import error_messages

_MOST = 256
"""Structures that a session remembers; a program that fetches new tensors at each step would have ever more."""
_VALUES = frozenset((np.ndarray, float, int, bool, list, tuple, *(np.dtype(kind).type for kind in '?bBhHiIlLefd')))
"""Types of fed values that become arrays here."""
_UNUSUAL = object()


def install() -> None:
    """Lets sessions remember, for the process."""
    kind = tf.Session.__mro__[1]
    usual = kind._run
    if hasattr(usual, '__wrapped__'):
        return
    usual = error_messages.of_feeds(usual)
    handler_of = sys.modules[kind.__module__]._FetchHandler

    @functools.wraps(usual)
    def _run(self: Any, handle: Any, fetches: Any, feed_dict: Any, options: Any, run_metadata: Any) -> Any:
        if handle is None and options is None and run_metadata is None and not self._closed:
            runs = self.__dict__.get('_tf1_runs')
            if runs is None:
                runs = self._tf1_runs = _Runs(self, handler_of)
            result = runs.run(self, fetches, feed_dict)
            if result is not _UNUSUAL:
                return result
        return usual(self, handle, fetches, feed_dict, options, run_metadata)

    kind._run = _run


class _Runs:
    """What a session remembers.

    Args:
      session: whose fetches and feeds these are; it is not kept.
      handler_of: TensorFlow's class that takes fetches apart.
    """

    def __init__(self, session: Any, handler_of: Callable[..., Any]):
        self._graph = session.graph
        self._handler_of = handler_of
        self._fetched: dict[Any, _Fetches | None] = {}
        self._fed: dict[int, _Feed] = {}
        self._forbidden = self._count_forbidden()

    def run(self, session: Any, fetches: Any, feed_dict: Any) -> Any:
        """Returns what `Session.run` does, or `_UNUSUAL`."""
        forbidden = self._count_forbidden()
        if forbidden != self._forbidden:
            self._fetched, self._fed, self._forbidden = {}, {}, forbidden
        fetched = self._look_at(fetches)
        if fetched is None:
            return _UNUSUAL
        feeds = self._feeds(feed_dict, fetched) if feed_dict else {}
        if feeds is None:
            return _UNUSUAL
        return fetched.result(session._do_call(_call, session, feeds, fetched.tensors, fetched.targets))

    def _count_forbidden(self) -> tuple[int, int]:
        """How many tensors must not be fed and operations not fetched."""
        return len(self._graph._unfeedable_tensors), len(self._graph._unfetchable_ops)

    def _look_at(self, fetches: Any) -> _Fetches | None:
        key = _key(fetches, is_whole=True)
        if key is None:
            return None
        if key not in self._fetched:
            if len(self._fetched) >= _MOST:
                self._fetched = {}
            self._fetched[key] = self._take_apart(dict(fetches) if type(fetches) is dict else fetches)
        return self._fetched[key]

    def _take_apart(self, fetches: Any) -> _Fetches | None:
        try:
            handler = self._handler_of(self._graph, fetches, {})
        except (TypeError, ValueError, tf.errors.OpError):
            return None
        is_usual = not handler._fetch_handles and (handler.fetches() or handler.targets())
        return _Fetches(fetches, handler) if is_usual else None

    def _feeds(self, feed_dict: Any, fetched: _Fetches) -> dict[Any, np.ndarray] | None:
        if type(feed_dict) is not dict:
            return None
        feeds = {}
        for tensor, value in feed_dict.items():
            if id(tensor) in fetched.identities:
                return None
            feed = self._fed.get(id(tensor)) or self._look_at_feed(tensor)
            array = None if feed is None else feed.array(value)
            if array is None:
                return None
            feeds[feed.output] = array
        return feeds

    def _look_at_feed(self, tensor: Any) -> _Feed | None:
        if not isinstance(tensor, tf.Tensor) or tensor.graph is not self._graph or not self._graph.is_feedable(tensor):
            return None
        if not (tensor.dtype.is_floating or tensor.dtype.is_integer or tensor.dtype.is_bool):
            return None
        if len(self._fed) >= _MOST:
            self._fed = {}
        feed = self._fed[id(tensor)] = _Feed(tensor)
        return feed


class _Fetches:
    """A structure of fetches that was taken apart, and keeps alive what its key is made of."""

    def __init__(self, fetches: Any, handler: Any):
        self._kept = list(_leaves(fetches))
        self._build = handler._fetch_mapper.build_results
        self._are_operations = list(handler._ops)
        self.identities = frozenset(map(id, handler.fetches()))
        self.tensors = [tensor._as_tf_output() for tensor in handler.fetches()]
        self.targets = [operation._c_op for operation in handler.targets()]

    def result(self, values: list[Any]) -> Any:
        """Returns the values in the structure of the fetches, None for an operation."""
        if self.targets:
            following = iter(values)
            values = [None if is_operation else next(following) for is_operation in self._are_operations]
        return self._build(values)


class _Feed:
    """A tensor that is fed."""

    def __init__(self, tensor: tf.Tensor):
        self._tensor = tensor
        self._dtype = np.dtype(tensor.dtype.as_numpy_dtype)
        self._shape: tf.TensorShape | None = None
        self.output = tensor._as_tf_output()

    def array(self, value: Any) -> np.ndarray | None:
        """Returns the value as an array, or None where TensorFlow has to look at it."""
        kind = type(value)
        if kind is not np.ndarray or value.dtype != self._dtype:
            if kind not in _VALUES:
                return None
            try:
                array = np.asarray(value, self._dtype)
            except Exception:
                return None
            if isinstance(value, int) and array != value:
                return None
            value = array
        shape = self._tensor.shape
        if shape is not self._shape:
            self._shape = shape
            self._dimensions = None if shape.rank is None else shape.as_list()
        dimensions, found = self._dimensions, value.shape
        if dimensions is None:
            return value
        if len(dimensions) != len(found):
            return None
        for wanted, size in zip(dimensions, found, strict=True):
            if wanted is not None and wanted != size:
                return None
        return value


_IS_LEAF: dict[type, bool] = {}
"""By type, whether a fetch is one thing that stays what it is."""


def _is_leaf(kind: type) -> bool:
    if kind not in _IS_LEAF:
        _IS_LEAF[kind] = issubclass(kind, (tf.Tensor, tf.Operation, tf.Variable, tf.SparseTensor, tf.IndexedSlices))
    return _IS_LEAF[kind]


def _key(fetches: Any, is_whole: bool = False) -> Any:
    """Returns what tells structures apart, or None for one that is not remembered."""
    kind = type(fetches)
    if _is_leaf(kind):
        return id(fetches)
    if kind is str:
        return fetches
    if kind is list or kind is tuple:
        parts = [kind, *map(_key, fetches)]
    elif kind is dict and is_whole:
        parts = [kind, *fetches, *map(_key, fetches.values())]
    else:
        return None
    return None if None in parts else tuple(parts)


def _leaves(fetches: Any) -> Any:
    if isinstance(fetches, Mapping):
        fetches = list(fetches.values())
    if not isinstance(fetches, (list, tuple)) or _is_leaf(type(fetches)):
        yield fetches
        return
    for part in fetches:
        yield from _leaves(part)


def _call(session: Any, feeds: dict[Any, np.ndarray], tensors: list[Any], targets: list[Any]) -> list[Any]:
    session._extend_graph()
    return session._call_tf_sessionrun(None, feeds, tensors, targets, None)
