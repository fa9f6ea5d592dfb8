"""`tf.contrib.nn`: losses with the arguments of before TF 1.0, and operations that `tf.nn` lacks or has elsewhere."""

from __future__ import annotations

import tf1 as tf
from tf1._namespace import removed
from tf1.contrib.nn.activations import alpha_dropout, nth_element, scaled_softplus
from tf1.contrib.nn.flipped_losses import (
    deprecated_flipped_sigmoid_cross_entropy_with_logits,
    deprecated_flipped_softmax_cross_entropy_with_logits,
    deprecated_flipped_sparse_softmax_cross_entropy_with_logits,
)

conv1d_transpose = tf.nn.conv1d_transpose

__all__ = [
    'alpha_dropout',
    'conv1d_transpose',
    'deprecated_flipped_sigmoid_cross_entropy_with_logits',
    'deprecated_flipped_softmax_cross_entropy_with_logits',
    'deprecated_flipped_sparse_softmax_cross_entropy_with_logits',
    'nth_element',
    'scaled_softplus',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.nn', name)
