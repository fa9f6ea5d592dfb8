"""`tf.contrib.predictor`: functions from arrays to arrays, of a SavedModel or an Estimator."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.predictor.predictors import Predictor, from_estimator, from_saved_model

__all__ = ['Predictor', 'from_estimator', 'from_saved_model']


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.predictor', name)
