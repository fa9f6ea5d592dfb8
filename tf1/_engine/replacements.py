"""Puts functions of ours in the place of TensorFlow's, wherever TensorFlow and tf_keras hold them.

A layer, an optimizer or a cell calls `array_ops.split`, say, and so builds TF 1.15's nodes only if that very function
does. Each replacement stands in the one table of `tf1._engine.graph_nodes`. It calls TensorFlow's own function wherever
it has nothing to change: for composite tensors, for arguments that TF 1.15 did not know, and in eager mode, unless its
`in_eager_mode` is true.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import inspect
import sys
from collections.abc import Callable, Mapping
from typing import Any

import tensorflow.compat.v1 as tf

Function = Callable[..., Any]
Factory = Callable[[Function], Function]

_PACKAGES = ('tensorflow', 'tf_keras')


def replace(table: Mapping[str, Factory]) -> None:
    """Replaces functions in every loaded module of TensorFlow and tf_keras, and in those that load later.

    Args:
      table: dotted name of a function or method -> what makes the replacement from TensorFlow's function. A name that
        this TensorFlow lacks is left out.
    """
    pairs = {}
    for path, factory in table.items():
        usual = _find(path)
        if usual is None or hasattr(usual, '_tf1_usual'):
            continue
        replacement = _replacement(usual, factory)
        owner_path, _, name = path.rpartition('.')
        owner = _find(owner_path)
        if isinstance(owner, type):
            setattr(owner, name, replacement)
        else:
            pairs[id(usual)] = (usual, replacement)
    for name, module in list(sys.modules.items()):
        if name.partition('.')[0] in _PACKAGES:
            for attribute, value in list(getattr(module, '__dict__', {}).items()):
                if id(value) in pairs:
                    module.__dict__[attribute] = pairs[id(value)][1]


def always(ours: Function) -> Factory:
    """Returns a factory for a function that never needs TensorFlow's own."""
    return lambda usual: ours


def _find(path: str) -> Any:
    owner, _, name = path.rpartition('.')
    try:
        return getattr(importlib.import_module(owner), name)
    except ImportError:
        return getattr(_find(owner), name, None) if '.' in owner else None
    except AttributeError:
        return None


def _replacement(usual: Function, factory: Factory) -> Function:
    ours = factory(usual)
    in_eager_mode = getattr(ours, 'in_eager_mode', False)

    @functools.wraps(usual)
    def replacement(*args: Any, **kwargs: Any) -> Any:
        if tf.executing_eagerly() and not in_eager_mode:
            return usual(*args, **kwargs)
        return ours(*args, **kwargs)

    # The name of TensorFlow's module, which `wraps` copies, keeps AutoGraph from converting the replacement.
    replacement._tf1_usual = usual
    # Keras asks a layer's `call` for its arguments without looking behind wrappers.
    with contextlib.suppress(ValueError):
        replacement.__signature__ = getattr(ours, '__signature__', None) or inspect.signature(usual)
    return replacement
