"""Weights of a list of layers in HDF5 files: functions of Keras 2.0 to 2.3 that were never public.

Programs that load a part of a trained model call them, with layers where Keras takes a model since.
"""

from __future__ import annotations

import importlib
import types
from collections.abc import Sequence
from typing import Any

_format = importlib.import_module('tf_keras.src.saving.legacy.hdf5_format')

load_attributes_from_hdf5_group = _format.load_attributes_from_hdf5_group
preprocess_weights_for_loading = _format.preprocess_weights_for_loading
save_attributes_to_hdf5_group = _format.save_attributes_to_hdf5_group


def load_weights_from_hdf5_group(f: Any, layers: Sequence[Any] | Any, reshape: bool = False) -> None:
    """Sets the weights of `layers` (or of a model's layers) to those in the HDF5 group `f`, in their order.

    Args:
      f: the group, or the file.
      layers: layers of Keras, or a model.
      reshape: accepted and not needed: weights must have the shapes of the layers.

    Raises:
      ValueError: the numbers or shapes of the weights differ.
    """
    _format.load_weights_from_hdf5_group(f, _model(layers))


def load_weights_from_hdf5_group_by_name(
    f: Any, layers: Sequence[Any] | Any, skip_mismatch: bool = False, reshape: bool = False
) -> None:
    """Sets the weights of those of `layers` (or of a model's) whose names the HDF5 group `f` has.

    Args:
      f: the group, or the file.
      layers: layers of Keras, or a model.
      skip_mismatch: whether layers with other weights are passed over, with a warning.
      reshape: accepted and not needed: weights must have the shapes of the layers.

    Raises:
      ValueError: the numbers or shapes of a layer's weights differ, and `skip_mismatch` is false.
    """
    _format.load_weights_from_hdf5_group_by_name(f, _model(layers), skip_mismatch=skip_mismatch)


def save_weights_to_hdf5_group(f: Any, layers: Sequence[Any] | Any) -> None:
    """Writes the weights of `layers` (or of a model's layers) to the HDF5 group `f`."""
    _format.save_weights_to_hdf5_group(f, _model(layers))


def _model(layers: Any) -> Any:
    if hasattr(layers, 'layers'):
        return layers
    layers = list(layers)
    return types.SimpleNamespace(
        layers=layers,
        _trainable_weights=[],
        _non_trainable_weights=[],
        _flatten_layers=lambda: (part for layer in layers for part in layer._flatten_layers()),
    )
