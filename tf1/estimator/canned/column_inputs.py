"""What feature columns compute of features, once for each column: the cache that their methods take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tensorflow.compat.v1 as tf


class ColumnInputs:
    """Features and what columns have made of them so far.

    Args:
      features: tensors by name.
    """

    def __init__(self, features: Mapping[str, Any]):
        self._features = features
        self._known: dict[Any, Any] = {}

    def get(self, key: Any, state_manager: Any = None, training: bool | None = None) -> Any:
        """Returns a feature, at least `[batch, 1]`, or what a column makes of it.

        Raises:
          ValueError: there is no such feature.
        """
        if key not in self._known:
            is_column = not isinstance(key, str)
            self._known[key] = key.transform_feature(self, state_manager) if is_column else self._feature(key)
        return self._known[key]

    def _feature(self, name: str) -> Any:
        if name not in self._features:
            raise ValueError(f'features must hold {name!r}, got {sorted(self._features)}.')
        value = self._features[name]
        if isinstance(value, tf.SparseTensor):
            return value
        value = tf.convert_to_tensor(value)
        return tf.expand_dims(value, -1) if value.shape.ndims == 1 else value
