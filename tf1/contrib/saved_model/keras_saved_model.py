"""Keras models with their architecture, weights and graphs in one SavedModel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tf1 as tf


def save_keras_model(
    model: tf.keras.Model,
    saved_model_path: str,
    custom_objects: Mapping[str, Any] | None = None,
    as_text: bool = False,
    input_signature: Any = None,
    serving_only: bool = False,
) -> None:
    """Writes a SavedModel to a new folder; see `tf.keras.experimental.export_saved_model`.

    Raises:
      ValueError, NotImplementedError: the model has no inputs or no graph to write.
      AssertionError: the folder is there already.
    """
    tf.keras.experimental.export_saved_model(
        model, saved_model_path, custom_objects, as_text, input_signature, serving_only
    )


def load_keras_model(saved_model_path: str, custom_objects: Mapping[str, Any] | None = None) -> tf.keras.Model:
    """Returns the model that `save_keras_model` has written."""
    return tf.keras.experimental.load_from_saved_model(saved_model_path, custom_objects)
