"""`tf.keras`: Keras 2 (the package tf_keras) in its TF 1 form; its MNIST comes from the package, not the network."""

from __future__ import annotations

from tf1 import _namespace
from tf1._namespace import module_loader as _module

__path__: list[str] = []  # `import tf1.keras.layers` looks below this module only if it is a package

_KERAS = 'tf_keras.api._v1.keras'
_BASES = (_module(_KERAS),)


def _datasets() -> _namespace.Overlay:
    mnist = _namespace.Overlay(
        'tf.keras.datasets.mnist',
        (_module(f'{_KERAS}.datasets.mnist'),),
        {'load_data': lambda: _module('tf1.datasets.mnist')().load_data},
    )
    return _namespace.Overlay('tf.keras.datasets', (_module(f'{_KERAS}.datasets'),), {'mnist': lambda: mnist})


def _estimator() -> _namespace.Overlay:
    own = {'model_to_estimator': lambda: _module('tf1.estimator.keras_model')().model_to_estimator}
    return _namespace.Overlay('tf.keras.estimator', (), own)


def _mixed_precision() -> _namespace.Overlay:
    ours = _module('tf1._keras_mixed_precision')
    own = {
        'LossScaleOptimizer': lambda: ours().loss_scale_optimizer,
        'Policy': lambda: ours().policy,
        'global_policy': lambda: _module('tf_keras.mixed_precision')().global_policy,
        'set_policy': lambda: ours().set_policy,
    }
    experimental = _namespace.Overlay('tf.keras.mixed_precision.experimental', (), own)
    bases = (_module(f'{_KERAS}.mixed_precision'), _module('tf_keras.mixed_precision'))
    return _namespace.Overlay('tf.keras.mixed_precision', bases, {'experimental': lambda: experimental})


def _backend() -> _namespace.Overlay:
    ours = _module('tf1._keras_backend')
    own = {
        name: lambda name=name: getattr(ours(), name)
        for name in ('image_dim_ordering', 'logsumexp', 'set_image_dim_ordering')
    }
    own['tf'] = _module('tf1')
    backend = _namespace.Overlay('tf.keras.backend', (_module(f'{_KERAS}.backend'),), own)
    backend._get_available_gpus = lambda: ours().available_gpus()
    return backend


def _overlay(name: str) -> _namespace.Loader:
    return lambda: _namespace.Overlay(f'tf.keras.{name}', (_module(f'{_KERAS}.{name}'),), {})


_OWN = {
    '__version__': lambda: _module('tf_keras')().__version__,
    'backend': _backend,
    'datasets': _datasets,
    'estimator': _estimator,
    'mixed_precision': _mixed_precision,
    # Modules that had files of their own names before; `tf1._old_paths` finds those below ours, not below tf_keras.
    **{name: _overlay(name) for name in ('applications', 'experimental', 'layers', 'utils')},
}


def __getattr__(name: str) -> object:
    if name.startswith('__') and name not in _OWN:
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    value = _namespace.resolve('tf.keras', name, _OWN, _BASES)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*_OWN, *(name for name in dir(_BASES[0]()) if not name.startswith('_'))})
