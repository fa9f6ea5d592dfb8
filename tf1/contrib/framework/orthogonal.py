"""`convolutional_delta_orthogonal`: kernels that keep lengths, after Xiao et al. (ICML 2018)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf


class convolutional_delta_orthogonal:  # noqa: N801
    """An initializer of kernels that are zero but for an orthogonal matrix at their center.

    Args:
      gain: factor on the matrix.
      seed: seed of the random operation.
      dtype: floating point type where the variable names none.

    Raises:
      ValueError: `dtype` is no floating point type; when called, the kernel has not 3 to 5 dimensions, or more inputs
        than outputs.
    """

    def __init__(self, gain: float = 1.0, seed: int | None = None, dtype: tf.DType = tf.float32):
        self.gain = gain
        self.seed = seed
        self.dtype = tf.as_dtype(dtype)
        if not self.dtype.is_floating:
            raise ValueError(f'dtype must be a floating point type, got {self.dtype.name}.')

    def __call__(self, shape: Sequence[int], dtype: tf.DType | None = None, partition_info: Any = None) -> tf.Tensor:
        """Returns the values of a kernel `[*space, inputs, outputs]`."""
        shape = [int(size) for size in shape]
        if not 3 <= len(shape) <= 5:
            raise ValueError(f'The kernel must have 3 to 5 dimensions, got shape {shape}.')
        inputs, outputs = shape[-2:]
        if inputs > outputs:
            raise ValueError(f'A kernel must not have more inputs than outputs, got shape {shape}.')
        dtype = tf.as_dtype(dtype or self.dtype)
        square, upper = tf.linalg.qr(tf.random_normal([outputs, outputs], dtype=dtype, seed=self.seed))
        # Signs by the diagonal make the matrix uniform among the orthogonal ones.
        matrix = tf.cast(self.gain, dtype) * (square * tf.sign(tf.linalg.diag_part(upper)))[:inputs]
        center = [[(size - 1) // 2 for size in shape[:-2]]]
        return tf.scatter_nd(center, matrix[tf.newaxis], shape)

    def get_config(self) -> dict[str, Any]:
        """Returns the arguments."""
        return {'gain': self.gain, 'seed': self.seed, 'dtype': self.dtype.name}
