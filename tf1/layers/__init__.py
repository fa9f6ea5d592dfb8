"""`tf.layers`, as Keras 2 continues it."""

from __future__ import annotations

from tf1 import _namespace

_namespace.make_overlay(
    __name__,
    {},
    (
        _namespace.module_loader('tf_keras.api._v1.keras.__internal__.legacy.layers'),
        *_namespace.tensorflow_bases('layers'),
    ),
)
