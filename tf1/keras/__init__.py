"""`tf.keras`: Keras 2 (the package tf_keras) in its TF 1 form; its MNIST comes from the package, not the network."""

from __future__ import annotations

from tf1 import _namespace
from tf1._namespace import module_loader as _module
from tf1._namespace import versions


def _bases(name: str = '') -> tuple[_namespace.Loader, ...]:
    return tuple(_module(f'tf_keras.api.{api}.keras{name}') for api in ('_v1', '_v2'))


def _datasets() -> _namespace.Overlay:
    mnist = _namespace.Overlay(
        'tf.keras.datasets.mnist',
        _bases('.datasets.mnist'),
        {'load_data': lambda: _module('tf1.datasets.mnist')().load_data},
    )
    return _namespace.Overlay('tf.keras.datasets', _bases('.datasets'), {'mnist': lambda: mnist})


def _estimator() -> _namespace.Overlay:
    own = {'model_to_estimator': lambda: _module('tf1.estimator.keras_model')().model_to_estimator}
    return _namespace.Overlay('tf.keras.estimator', (), own)


def _mixed_precision() -> _namespace.Overlay:
    ours = _module('tf1.keras.mixed_precision_experimental')
    own = {
        'LossScaleOptimizer': lambda: ours().loss_scale_optimizer,
        'Policy': lambda: ours().policy,
        'global_policy': lambda: _module('tf_keras.mixed_precision')().global_policy,
        'set_policy': lambda: ours().set_policy,
    }
    experimental = _namespace.Overlay('tf.keras.mixed_precision.experimental', (), own)
    return _namespace.Overlay(
        'tf.keras.mixed_precision', _bases('.mixed_precision'), {'experimental': lambda: experimental}
    )


def _backend() -> _namespace.Overlay:
    ours = _module('tf1.keras.backend_functions')
    own = {
        name: lambda name=name: getattr(ours(), name)
        for name in ('image_dim_ordering', 'logsumexp', 'set_image_dim_ordering')
    }
    own['tf'] = _module('tf1')
    backend = _namespace.Overlay('tf.keras.backend', _bases('.backend'), own)
    backend._get_available_gpus = lambda: ours().available_gpus()
    return backend


def _overlay(name: str) -> _namespace.Loader:
    return lambda: _namespace.Overlay(f'tf.keras.{name}', _bases(f'.{name}'), {})


_OWN = {
    '__version__': lambda: versions.KERAS_VERSION,
    'backend': _backend,
    'datasets': _datasets,
    'estimator': _estimator,
    'mixed_precision': _mixed_precision,
    # Modules that had files of their own names before; `_namespace.moved_modules` finds those
    # below ours, not below tf_keras.
    **{name: _overlay(name) for name in ('applications', 'experimental', 'layers', 'utils')},
}

_namespace.make_overlay(__name__, _OWN, _bases())
