"""Which threads run a session's operations: for a small graph, the one that asks for the step.

TensorFlow hands operations to a pool of threads. In a small graph that takes longer than the operations do: a training
step of a linear classifier is about 1.4 times as fast without (`python -m benchmarks.small_graphs`). Every operation
still divides large work among threads of its own; names, numbers and hooks know nothing of it.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence
from typing import Any

import tensorflow as tf2
import tensorflow.compat.v1 as tf

from tf1._engine import denormals

_MAX_OPERATIONS = 400
_MAX_VALUES = 500_000
"""In all variables. Beyond either, operations that could run side by side gain more than the pool takes."""
_MAX_VALUES_OF_CHAIN = 5_000_000
"""Where there is little to run side by side: two operations at once would share the same cores."""
_FEW_VALUES = 20_000
"""In all variables and constants. With so few, operations are shorter than handing them on, many or in loops."""
_PRODUCTS = ('MatMul', 'Conv')
"""Parts of the types of operations that take most of the time of a step."""
_SIDE_BY_SIDE = ('Enqueue', 'Dequeue', 'Collective', 'Stage', 'Unstage', 'Barrier', 'TakeGradient')
"""Parts of the types of operations that wait for others; a queue that nobody fills or empties has none."""
_ONE_SHOT = 'OneShotIterator'
"""Calls a function that names the Dataset, once; the Dataset's own operations are in the graph, too."""
_CALLER = -1
_UPDATES = ('Apply', 'AssignSub', 'ScatterSub')
"""Parts of the types of operations that train."""


def install() -> None:
    """Gives small graphs that train the calling thread, in sessions whose ConfigProto says nothing of threads."""
    kind = tf.Session.__bases__[0]
    create, make_callable = kind.__init__, kind.make_callable

    @functools.wraps(create)
    def create_on_fitting_thread(self: Any, target: str = '', graph: Any = None, config: Any = None) -> None:
        chosen = config
        is_right = isinstance(graph, tf.Graph | None) and isinstance(config, tf.ConfigProto | None)
        if is_right and not target and trains(graph or tf.get_default_graph()):
            chosen = fitting(config, target, graph)
        create(self, target, graph, chosen)
        self._tf1_runs_here = bool(chosen) and chosen.inter_op_parallelism_threads == _CALLER

    @functools.wraps(make_callable)
    def make_flushing_callable(self: Any, *args: Any, **kwargs: Any) -> Callable[..., Any]:
        call = make_callable(self, *args, **kwargs)
        return _flushing(call) if self._tf1_runs_here else call

    kind._tf1_runs_here = False  # Of sessions that are open already.
    kind.__init__, kind.make_callable = create_on_fitting_thread, make_flushing_callable
    for name in ('run', 'partial_run'):
        setattr(kind, name, _flushing_method(getattr(kind, name)))


def _flushing_method(method: Callable[..., Any]) -> Callable[..., Any]:
    flushing = _flushing(method)

    @functools.wraps(method)
    def run(self: Any, *args: Any, **kwargs: Any) -> Any:
        return (flushing if self._tf1_runs_here else method)(self, *args, **kwargs)

    return run


def _flushing(function: Callable[..., Any]) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        with denormals.Flushed():
            return function(*args, **kwargs)

    return call


def trains(graph: tf.Graph) -> bool:
    """Returns whether a graph holds a training step: what has none may be a graph in the making."""
    return any(part in operation.type for operation in graph.get_operations() for part in _UPDATES)


def fitting(config: tf.ConfigProto | None, master: str, graph: tf.Graph | None = None) -> tf.ConfigProto | None:
    """Returns `config` for a session on a graph, the default one where None: one thread where the graph is small.

    Returns it as it is where it says anything about threads or devices, where another process runs the graph, where
    there is a GPU, where this thread cannot compute as the pool's do (`denormals`), and where the graph reads a queue,
    calls functions (so does a Dataset that maps), or loops over more than a few values.
    """
    if master or (config is not None and _says_something(config)) or not _is_small(graph or tf.get_default_graph()):
        return config
    if tf2.config.list_physical_devices('GPU') or not denormals.can_flush():
        return config
    _settle_pool()
    own = tf.ConfigProto()
    if config is not None:
        own.CopyFrom(config)
    own.inter_op_parallelism_threads = _CALLER
    return own


@functools.cache
def _settle_pool() -> None:
    """Opens a session: the first of a process decides how many threads the pool has that others use."""
    tf.Session(graph=tf.Graph()).close()


def _says_something(config: tf.ConfigProto) -> bool:
    threads = config.inter_op_parallelism_threads or config.use_per_session_threads
    return bool(threads or config.session_inter_op_thread_pool or config.device_count)


def _is_small(graph: tf.Graph) -> bool:
    operations = graph.get_operations()
    if any(_runs_side_by_side(operation) for operation in operations):
        return False
    with graph.as_default():
        values = sum(_size(variable) for variable in (*tf.global_variables(), *tf.local_variables()))
    constants = [operation.outputs[0] for operation in operations if operation.type == 'Const']
    if values + sum(map(_size, constants)) <= _FEW_VALUES:
        return True
    if len(operations) > _MAX_OPERATIONS or any(operation.type.endswith('Enter') for operation in operations):
        return False
    return values <= _MAX_VALUES or (values <= _MAX_VALUES_OF_CHAIN and _is_chain(operations))


def _is_chain(operations: Sequence[tf.Operation]) -> bool:
    """Returns whether each product waits for the one before, but for the two gradients of each."""
    depths: dict[str, int] = {}
    products = 0
    for operation in operations:
        is_product = any(part in operation.type for part in _PRODUCTS)
        products += is_product
        before = max((depths.get(tensor.op.name, 0) for tensor in operation.inputs), default=0)
        depths[operation.name] = before + is_product
    # A chain of n products has 2 n gradients, of which each second one waits for the one before.
    return 2 * products <= 3 * max(depths.values(), default=0)


def _size(variable: tf.Variable | tf.Tensor) -> float:
    return math.prod(variable.shape.as_list()) if variable.shape.is_fully_defined() else math.inf


def _runs_side_by_side(operation: tf.Operation) -> bool:
    """Returns whether an operation brings work of its own that other threads should do."""
    kind = operation.type
    if kind not in _CALLS:
        types = {attribute.type for attribute in operation.op_def.attr}
        _CALLS[kind] = kind != _ONE_SHOT and bool(types & {'func', 'list(func)'})
    return _CALLS[kind] or any(part in kind for part in _SIDE_BY_SIDE)


_CALLS: dict[str, bool] = {}
"""By type, whether operations call functions."""
