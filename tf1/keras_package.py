"""`import keras`: Keras 2.3.1 as the package of that name, which differs from `tf.keras` in names and defaults."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from tf1 import _namespace
from tf1._engine import keras_names
from tf1._namespace import module_loader as _module
from tf1.keras import KerasModule

VERSION = '2.3.1'
__path__: list[str] = []  # `import keras.layers` looks below this module only if it is a package
# Functions that return a VarianceScaling: scale, mode and distribution.
_SCALINGS = {
    'glorot_normal': (1.0, 'fan_avg', 'normal'),
    'glorot_uniform': (1.0, 'fan_avg', 'uniform'),
    'he_normal': (2.0, 'fan_in', 'normal'),
    'he_uniform': (2.0, 'fan_in', 'uniform'),
    'lecun_normal': (1.0, 'fan_in', 'normal'),
    'lecun_uniform': (1.0, 'fan_in', 'uniform'),
}


def _initializers() -> _namespace.Overlay:
    scalings = {name: lambda name=name: _scaling(name) for name in _SCALINGS}
    return KerasModule('tf.keras.initializers', (_module('tf1.keras.initializers'),), scalings)


def _scaling(name: str) -> Callable[..., Any]:
    scale, mode, distribution = _SCALINGS[name]

    def initializer(seed: int | None = None) -> Any:
        """Returns an initializer whose variance depends on the number of inputs and outputs."""
        return _module('tf1.keras.initializers')().VarianceScaling(scale, mode, distribution, seed)

    initializer.__name__ = initializer.__qualname__ = name
    return initializer


class _Applications(KerasModule):
    """Modules of networks, whose functions Keras 2.3 wraps."""

    def __getattr__(self, name: str) -> object:
        value = super().__getattr__(name)
        if isinstance(value, _namespace.types.ModuleType):
            own = {'__all__': lambda: dir(value)}
            value = _Applications(f'tf.keras.applications.{name}', (lambda found=value: found,), own)
        elif callable(value):
            value = _wrapped(value)
        self.__dict__[name] = value
        return value


def _wrapped(function: Callable[..., Any]) -> Callable[..., Any]:
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    wrapper.__doc__ = function.__doc__
    return wrapper


_namespace.make_overlay(
    __name__,
    {
        '__version__': lambda: VERSION,
        'applications': lambda: _Applications('tf.keras.applications', (_module('tf1.keras.applications'),), {}),
        'initializers': _initializers,
    },
    (_module('tf1.keras'),),
)
sys.modules[__name__].__class__ = KerasModule
keras_names.use_package_names()
