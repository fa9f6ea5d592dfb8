"""`BoundedTensorSpec`: shape, type and range of a tensor."""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf


class BoundedTensorSpec(tf.TensorSpec):
    """Describes a tensor whose values lie between two bounds, both included.

    Args:
      shape: the shape.
      dtype: the type of the values.
      minimum: the lower bound, for all values or in a shape that broadcasts.
      maximum: the upper bound, likewise.
      name: name of the tensor.

    Raises:
      ValueError: a bound's shape does not broadcast to `shape`.
    """

    def __init__(self, shape: Any, dtype: tf.DType, minimum: Any, maximum: Any, name: str | None = None):
        super().__init__(shape, dtype, name)
        self._minimum = self._bound('minimum', minimum)
        self._maximum = self._bound('maximum', maximum)

    def _bound(self, label: str, value: Any) -> np.ndarray:
        bound = np.array(value, dtype=self.dtype.as_numpy_dtype)
        try:
            tf.broadcast_static_shape(tf.TensorShape(bound.shape), self.shape)
        except ValueError as error:
            raise ValueError(f'{label} must broadcast to shape {self.shape}, got {value!r}.') from error
        bound.setflags(write=False)
        return bound

    @classmethod
    def from_spec(cls, spec: tf.TensorSpec) -> BoundedTensorSpec:
        """Returns the bounds of `spec`, or those of its type where it has none."""
        minimum = getattr(spec, 'minimum', spec.dtype.min)
        maximum = getattr(spec, 'maximum', spec.dtype.max)
        return cls(spec.shape, spec.dtype, minimum, maximum, spec.name)

    @property
    def minimum(self) -> np.ndarray:
        """The lower bound, read-only."""
        return self._minimum

    @property
    def maximum(self) -> np.ndarray:
        """The upper bound, read-only."""
        return self._maximum

    def __repr__(self) -> str:
        return (
            f'BoundedTensorSpec(shape={self.shape}, dtype={self.dtype!r}, name={self.name!r}, '
            f'minimum={self._minimum!r}, maximum={self._maximum!r})'
        )

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, BoundedTensorSpec)
            and super().__eq__(other)
            and np.allclose(self._minimum, other.minimum)
            and np.allclose(self._maximum, other.maximum)
        )

    def __hash__(self) -> int:
        return hash((self.shape, self.dtype))
