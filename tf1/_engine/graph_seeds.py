"""The seeds of random operations as TF 1.15 numbers them: by the operations that a graph had before.

Under a graph's seed, TF 1.15 gives a random operation without a seed of its own the number of operations built so far
as its second seed; later versions count the random operations instead. `get_seed` brings TF 1.15's rule back, for the
program and for whatever of TensorFlow and Keras asks for a seed, in function graphs, too. A function that builds
more or fewer operations than TF 1.15's says so with `count_operations`, or all of what it builds counts as a given
number inside `operations_counted_as`: the seeds of what follows stay TF 1.15's.
"""

from __future__ import annotations

import contextlib
import weakref
from collections.abc import Callable, Iterator

import tensorflow.compat.v1 as tf

__all__ = ['count_operations', 'get_seed', 'operation_count', 'operations_counted_as']

Seeds = tuple[int | None, int | None]

# Of each graph: TF 1.15's operations that ours did not build, minus those that only ours built.
_corrections: weakref.WeakKeyDictionary[tf.Graph, int] = weakref.WeakKeyDictionary()


def operation_count(graph: tf.Graph | None = None) -> int:
    """Returns how many operations TF 1.15 would have built so far.

    Args:
      graph: The graph; the default graph where None.
    """
    graph = graph or tf.get_default_graph()
    return graph.version + _corrections.get(graph, 0)


def count_operations(number: int, graph: tf.Graph | None = None) -> None:
    """States that TF 1.15 would have built `number` more operations up to here; fewer where it is negative.

    Args:
      number: How many operations more.
      graph: The graph; the default graph where None.
    """
    graph = graph or tf.get_default_graph()
    _corrections[graph] = _corrections.get(graph, 0) + number


@contextlib.contextmanager
def operations_counted_as(number: int, graph: tf.Graph | None = None) -> Iterator[None]:
    """Lets all operations built inside count as `number` once the context ends.

    Args:
      number: How many operations TF 1.15 would have built.
      graph: The graph; the default graph where None.
    """
    graph = graph or tf.get_default_graph()
    before = operation_count(graph)
    try:
        yield
    finally:
        count_operations(before + number - operation_count(graph), graph)


def get_seed(usual: Callable[[int | None], Seeds]) -> Callable[[int | None], Seeds]:
    """Makes TF 1.15's `get_seed` from TensorFlow's."""

    def get_seed(op_seed: int | None) -> Seeds:
        if op_seed is None and tf.get_default_graph().seed is not None:
            op_seed = operation_count()
        return usual(op_seed)

    return get_seed
