"""`tf.nn`, with the recurrent cells of Keras 2."""

from __future__ import annotations

from tf1 import _namespace

_namespace.make_overlay(
    __name__,
    {'rnn_cell': _namespace.module_loader('tf_keras.api._v1.keras.__internal__.legacy.rnn_cell')},
)
