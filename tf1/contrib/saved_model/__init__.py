"""`tf.contrib.saved_model`: Keras models as SavedModels, by `tf.keras.experimental`."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.saved_model.keras_saved_model import load_keras_model, save_keras_model

__all__ = ['load_keras_model', 'save_keras_model']


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.saved_model', name)
