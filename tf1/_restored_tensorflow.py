"""Names that TensorFlow's private modules had in TF 1.15 and that moved: `control_flow_ops.cond`, `ops.Tensor`."""

from __future__ import annotations

import importlib
import types

from tf1 import _restored

PREFIX = 'tensorflow.python.'
# Most private functions are public, too, in one of these.
_PUBLIC = ('', 'nn', 'train', 'math', 'graph_util', 'layers', 'errors')


def find(name: str) -> _restored.StandIn | None:
    """Returns the public name of TF 1 that is called like a lost private one."""
    tf = importlib.import_module('tf1')
    if name.startswith('_'):
        return None
    for part in _PUBLIC:
        value = getattr(getattr(tf, part) if part else tf, name, None)
        if value is not None and not isinstance(value, types.ModuleType):
            return _restored.StandIn(value, '.'.join(filter(None, ('tf', part, name))))
    return None
