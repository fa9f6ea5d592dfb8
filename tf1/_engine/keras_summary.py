"""`Model.summary` in the lines of Keras 2.3 and TF 1.15: columns cut to their width, a rule between layers."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import tf_keras

_CHAIN = (65, (0.45, 0.85, 1.0), ('Layer (type)', 'Output Shape', 'Param #'))
_GRAPH = (98, (0.33, 0.55, 0.67, 1.0), ('Layer (type)', 'Output Shape', 'Param #', 'Connected to'))
"""Width of a line, where each column ends, and its heading: for layers one behind the other, and for all others."""


def install() -> None:
    """Changes what `summary` prints, for the process; TensorFlow 2's options still print TensorFlow 2's table."""
    from tf_keras.src.utils import layer_utils

    usual = layer_utils.print_summary
    if hasattr(usual, '__wrapped__'):
        return

    @functools.wraps(usual)
    def print_summary(
        model: Any,
        line_length: int | None = None,
        positions: Sequence[float] | None = None,
        print_fn: Callable[[str], Any] | None = None,
        **options: Any,
    ) -> None:
        if any(options.values()):
            usual(model, line_length, positions, print_fn, **options)
            return
        for line in lines(model, line_length, positions):
            (print_fn or print)(line)

    layer_utils.print_summary = print_summary


def lines(model: Any, line_length: int | None = None, positions: Sequence[float] | None = None) -> Iterator[str]:
    """Yields the lines of a built model's summary.

    Args:
      model: a Keras model.
      line_length: width of the rules, and of a line where `positions` are relative.
      positions: where each column ends, in characters or as parts of a line.
    """
    is_chain = _is_chain(model)
    width, ends, headings = _CHAIN if is_chain else _GRAPH
    width, ends = line_length or width, positions or ends
    if ends[-1] <= 1:
        ends = [int(width * end) for end in ends]
    yield f'Model: "{model.name}"'
    yield '_' * width
    yield _row(headings, ends)
    yield '=' * width
    for layer in model.layers:
        sources = [] if is_chain else _sources(layer, model) or ['']
        yield _row([_title(layer), _output_shape(layer), str(layer.count_params()), *sources[:1]], ends)
        for source in sources[1:]:
            yield _row(['', '', '', source], ends)
        yield ('=' if layer is model.layers[-1] else '_') * width
    trained = _count(getattr(model, '_collected_trainable_weights', None) or model.trainable_weights)
    kept = _count(model.non_trainable_weights)
    yield f'Total params: {trained + kept:,}'
    yield f'Trainable params: {trained:,}'
    yield f'Non-trainable params: {kept:,}'
    yield '_' * width


def _row(cells: Sequence[str], ends: Sequence[int]) -> str:
    """Returns cells in their columns, cut so that a space is left before the next cell."""
    line = ''
    for cell, end in zip(cells, ends, strict=False):
        if line:
            line = line[:-1] + ' '
        line = (line + cell)[:end].ljust(end)
    return line


def _is_chain(model: Any) -> bool:
    """Whether the model is one layer behind the other, or built by code of its own."""
    if isinstance(model, tf_keras.Sequential) or not model._is_graph_network:
        return True
    levels = model._nodes_by_depth.values()
    if any(len(nodes) > 1 or len(list(nodes[0].iterate_inbound())) > 1 for nodes in levels):
        return False
    return len({node.layer for nodes in levels for node in nodes}) == len(levels)


def _sources(layer: Any, model: Any) -> list[str]:
    """Returns the tensors of the model that a layer is called with, as `LAYER[CALL][OUTPUT]`."""
    of_model = {node for nodes in model._nodes_by_depth.values() for node in nodes}
    calls = [node for node in layer._inbound_nodes if node in of_model]
    return [f'{source.name}[{call}][{output}]' for node in calls for source, call, output, _ in node.iterate_inbound()]


def _title(layer: Any) -> str:
    kind = type(layer).__name__
    return f'{layer.name} ({"Model" if kind == "Functional" else kind})'


def _output_shape(layer: Any) -> str:
    try:
        return str(layer.output_shape)
    except AttributeError:
        return 'multiple'
    except RuntimeError:
        return '?'


def _count(weights: Sequence[Any]) -> int:
    unique = {id(weight): weight for weight in weights}
    return sum(int(np.prod(weight.shape.as_list())) for weight in unique.values())
