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


# Other names of classes and functions, by module.
_ALIASES = {
    'constraints': {'maxnorm': 'MaxNorm', 'nonneg': 'NonNeg', 'unitnorm': 'UnitNorm'},
    'initializers': {'one': 'Ones', 'zero': 'Zeros'},
    'metrics': {'categorical_hinge': '.losses.categorical_hinge', 'cosine_similarity': '.losses.cosine_similarity'},
    'models': {'InputLayer': '.layers.InputLayer'},
    'optimizers': {name.lower(): name for name in ('Adadelta', 'Adagrad', 'Adam', 'Adamax', 'Nadam', 'RMSprop', 'SGD')},
}


def _with_aliases(area: str, own: dict[str, _namespace.Loader] | None = None) -> _namespace.Loader:
    aliases = {alias: lambda name=name: _named(area, name) for alias, name in _ALIASES[area].items()}
    base = _module(f'tf1.keras.{area}')
    return lambda: KerasModule(f'tf.keras.{area}', (base,), {**aliases, **(own or {})})


def _named(area: str, name: str) -> object:
    module, _, name = name.lstrip('.').rpartition('.')
    return getattr(_module(f'tf1.keras.{module or area}')(), name)


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
        **{area: _with_aliases(area) for area in _ALIASES},
        'initializers': _with_aliases('initializers', {n: lambda n=n: _scaling(n) for n in _SCALINGS}),
    },
    (_module('tf1.keras'),),
)
sys.modules[__name__].__class__ = KerasModule
keras_names.use_package_names()
