"""`tf.contrib.linear_optimizer`: stochastic dual coordinate ascent for linear models."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.linear_optimizer.sdca_model import SdcaModel, SparseFeatureColumn
from tf1.contrib.linear_optimizer.sdca_optimizer import SDCAOptimizer

__all__ = ['SDCAOptimizer', 'SdcaModel', 'SparseFeatureColumn']


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.linear_optimizer', name)
