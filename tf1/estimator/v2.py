"""`tf.compat.v2.estimator` of TF 1.15: the ready-made models in their second form, beside what both forms share."""

from __future__ import annotations

from typing import Any

from tf1 import _namespace
from tf1._namespace import attribute_loader, module_loader
from tf1.estimator import __all__ as version_1

_CANNED = {
    'Baseline': ('baseline', ('Classifier', 'Estimator', 'Regressor')),
    'DNN': ('dnn', ('Classifier', 'Estimator', 'Regressor')),
    'DNNLinearCombined': ('dnn_linear_combined', ('Classifier', 'Estimator', 'Regressor')),
    'Linear': ('linear', ('Classifier', 'Estimator', 'Regressor')),
}
# Of version 1 and not of version 2, or in another form.
_OTHERS = {'Estimator', 'experimental', 'inputs', 'tpu'}
_RNN = ('RNNClassifier', 'RNNEstimator')


def _experimental() -> _namespace.Overlay:
    own = {name: attribute_loader('tf1.estimator.canned.v2.rnn', name) for name in _RNN}
    return _namespace.Overlay(
        'tf.compat.v2.estimator.experimental', (module_loader('tf1.estimator.experimental'),), own
    )


def _names() -> dict[str, Any]:
    second = {
        f'{kind}{last}': attribute_loader(f'tf1.estimator.canned.v2.{file}', f'{kind}{last}V2')
        for kind, (file, lasts) in _CANNED.items()
        for last in lasts
    }
    shared = {name: attribute_loader('tf1.estimator', name) for name in version_1 if name not in _OTHERS}
    return {
        **shared,
        **second,
        'Estimator': attribute_loader('tf1.estimator.estimator', 'EstimatorV2'),
        'experimental': _experimental,
    }


estimator = _namespace.Overlay('tf.compat.v2.estimator', (), _names())
