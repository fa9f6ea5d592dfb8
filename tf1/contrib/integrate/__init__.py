"""`tf.contrib.integrate`: solutions of ordinary differential equations."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.integrate.dormand_prince import odeint
from tf1.contrib.integrate.fixed_steps import odeint_fixed

__all__ = ['odeint', 'odeint_fixed']


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.integrate', name)
