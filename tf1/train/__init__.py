"""`tf.train`: what TF 1.15 builds otherwise than TensorFlow does today, before all else of `tf.train`."""

from __future__ import annotations

from tf1 import _namespace

_namespace.make_overlay(
    __name__,
    {
        'ExponentialMovingAverage': _namespace.attribute_loader(
            'tf1.train.moving_averages', 'ExponentialMovingAverage'
        ),
    },
)
