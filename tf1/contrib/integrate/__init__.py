"""`tf.contrib.integrate`: solutions of ordinary differential equations."""

from __future__ import annotations

from tf1 import _successors
from tf1.contrib.integrate.dormand_prince import odeint
from tf1.contrib.integrate.fixed_steps import odeint_fixed

__all__ = ['odeint', 'odeint_fixed']


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise _successors.missing('tf.contrib.integrate', name)
