"""`tf.contrib.losses`: losses with predictions before labels, and weights by example."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.losses import metric_learning
from tf1.contrib.losses.loss_ops import (
    absolute_difference,
    add_loss,
    compute_weighted_loss,
    cosine_distance,
    get_losses,
    get_regularization_losses,
    get_total_loss,
    hinge_loss,
    log_loss,
    mean_pairwise_squared_error,
    mean_squared_error,
    sigmoid_cross_entropy,
    softmax_cross_entropy,
    sparse_softmax_cross_entropy,
)

__all__ = [
    'absolute_difference',
    'add_loss',
    'compute_weighted_loss',
    'cosine_distance',
    'get_losses',
    'get_regularization_losses',
    'get_total_loss',
    'hinge_loss',
    'log_loss',
    'mean_pairwise_squared_error',
    'mean_squared_error',
    'metric_learning',
    'sigmoid_cross_entropy',
    'softmax_cross_entropy',
    'sparse_softmax_cross_entropy',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.losses', name)
