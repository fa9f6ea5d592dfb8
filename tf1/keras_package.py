"""`import keras`: Keras 2.3.1 as the package of that name, which differs from `tf.keras` in names and defaults."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from tf1 import _namespace
from tf1._engine import keras_1_arguments, keras_names
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


_SERIALIZERS = {f'{verb}_keras_object': f'.utils.{verb}_keras_object' for verb in ('serialize', 'deserialize')}
_HELPERS = {name: f'tf_keras.src.utils.generic_utils.{name}' for name in ('has_arg', 'to_list')}
# Other names of classes and functions, by module: of the same module, of another one, or of a private one of tf_keras.
_ALIASES = {
    'activations': {'Layer': '.layers.Layer', **_SERIALIZERS},
    'constraints': {'maxnorm': 'MaxNorm', 'nonneg': 'NonNeg', 'unitnorm': 'UnitNorm', **_SERIALIZERS},
    'initializers': {'one': 'Ones', 'zero': 'Zeros', **_SERIALIZERS},
    'losses': {
        **{name: f'tf_keras.src.losses.{name}' for name in ('LossFunctionWrapper', 'is_categorical_crossentropy')},
        'huber_loss': '.old_functions.huber_loss',
        **_SERIALIZERS,
    },
    'metrics': {
        'Layer': '.layers.Layer',
        'accuracy': '.old_functions.accuracy',
        'Reduce': 'tf_keras.src.metrics.Reduce',
        'categorical_hinge': '.losses.categorical_hinge',
        'clone_metric': 'tf_keras.src.metrics.clone_metric',
        'clone_metrics': 'tf_keras.src.metrics.clone_metrics',
        'cosine_similarity': '.losses.cosine_similarity',
        **_SERIALIZERS,
    },
    'models': {'InputLayer': '.layers.InputLayer', **_HELPERS},
    'optimizers': {
        **{name.lower(): name for name in ('Adadelta', 'Adagrad', 'Adam', 'Adamax', 'Nadam', 'RMSprop', 'SGD')},
        'clip_norm': '.old_functions.clip_norm',
        'Optimizer': '.optimizer_base.Optimizer',
        'TFOptimizer': 'tf_keras.src.optimizers.TFOptimizer',
        **_SERIALIZERS,
    },
    'regularizers': _SERIALIZERS,
}


def _with_aliases(area: str, own: dict[str, _namespace.Loader] | None = None) -> _namespace.Loader:
    aliases = {alias: lambda name=name: _named(area, name) for alias, name in _ALIASES[area].items()}
    base = _module(f'tf1.keras.{area}')
    return lambda: KerasModule(f'tf.keras.{area}', (base,), {**aliases, **(own or {})})


def _named(area: str, name: str) -> object:
    module, _, name = name.rpartition('.')
    if not module.startswith('tf_keras.'):
        module = f'tf1.keras.{module.lstrip(".") or area}'
    return getattr(_module(module)(), name)


def _scaling(name: str) -> Callable[..., Any]:
    scale, mode, distribution = _SCALINGS[name]

    def initializer(seed: int | None = None) -> Any:
        """Returns an initializer whose variance depends on the number of inputs and outputs."""
        return _module('tf1.keras.initializers')().VarianceScaling(scale, mode, distribution, seed)

    initializer.__name__ = initializer.__qualname__ = name
    return initializer


class _Applications(KerasModule):
    """Modules of networks, whose functions Keras 2.3 wraps: `vgg16.vgg16` is the file of that network itself."""

    def __getattr__(self, name: str) -> object:
        value = super().__getattr__(name)
        if name in self._tf1_own:
            return value
        if isinstance(value, _namespace.types.ModuleType):
            file = 'resnet' if name == 'resnet50' else name
            own = {'__all__': lambda: dir(value), name: _module(f'tf_keras.src.applications.{file}')}
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
keras_1_arguments.install_for_package()
# Programs that also run with tf.keras ask for its name.
vars(sys.modules[__name__]).update(__name__='keras', _tf1_name='keras', _tf1_path=__name__)
