"""Objects that checkpoints follow and that today's TensorFlow does not have any more."""

from __future__ import annotations

import io

import numpy as np
from tensorflow.python.checkpoint import graph_view as _graph_view
from tensorflow.python.checkpoint import util as _util
from tensorflow.python.trackable import autotrackable as _autotrackable
from tensorflow.python.trackable import base as _base

import tf1 as tf

PythonStateWrapper = tf.train.experimental.PythonState


class UniqueNameTracker(_autotrackable.AutoTrackable):
    """Follows objects under names that it makes unique: 'x', 'x_1', 'x_2'."""

    def track(self, trackable: tf.Variable | tf.Module, base_name: str) -> object:
        """Follows an object and returns it.

        Raises:
          ValueError: a checkpoint cannot follow the object.
        """
        if not hasattr(trackable, '_trackable_children'):
            raise ValueError(f'track needs a variable, layer, optimizer or the like, got {trackable!r}.')
        taken = {name for name, _ in self._trackable_children().items()}
        name, count = base_name, 0
        while name in taken:
            count += 1
            name = f'{base_name}_{count}'
        self._track_trackable(trackable, name)
        return trackable


class NumpyState(_base.Trackable):
    """Saves and restores those of its attributes that are NumPy arrays; restoring makes those that are absent."""

    def __getattr__(self, name: str) -> np.ndarray | np.generic:
        arrays = self.__dict__.get('_arrays', {})
        if name not in arrays:
            raise AttributeError(f'{type(self).__name__!r} object has no attribute {name!r}')
        return arrays[name].array

    def __setattr__(self, name: str, value: object) -> None:
        if not isinstance(value, (np.ndarray, np.generic)):
            super().__setattr__(name, value)
            return
        arrays = self.__dict__.setdefault('_arrays', {})
        if name in arrays:
            arrays[name].array = value
        else:
            arrays[name] = _Array(value)
            self._track_trackable(arrays[name], name)

    def _lookup_dependency(self, name: str, *args: object, **kwargs: object) -> object:
        found = super()._lookup_dependency(name, *args, **kwargs)
        if found is None and name not in self.__dict__.get('_arrays', {}):
            setattr(self, name, np.array([]))
            found = self.__dict__['_arrays'][name]
        return found


class _Array(PythonStateWrapper):
    """An array in a checkpoint."""

    def __init__(self, array: np.ndarray | np.generic):
        self.array = array

    def serialize(self) -> bytes:
        with io.BytesIO() as file:
            np.save(file, self.array, allow_pickle=False)
            return file.getvalue()

    def deserialize(self, string_value: bytes) -> None:
        with io.BytesIO(string_value) as file:
            restored = np.load(file, allow_pickle=False)
        if isinstance(self.array, np.ndarray) and self.array.shape == restored.shape:
            # Whoever holds the array sees what is restored, too.
            self.array[...] = restored
        else:
            self.array = restored


def list_objects(root_trackable: object) -> list[object]:
    """Returns all objects that a checkpoint of `root_trackable` would follow, itself first."""
    return _util.list_objects(_graph_view.ObjectGraphView(root_trackable))
