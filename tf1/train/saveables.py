"""What objects of tf1 are made of that a `tf.train.Saver` writes besides variables."""

from __future__ import annotations

import dataclasses

import tensorflow.compat.v1 as tf

# TensorFlow has it but does not export it.
SaveableObject = tf.lookup.experimental.MutableHashTable._Saveable.__mro__[1]


@dataclasses.dataclass(frozen=True)
class SaveSpec:
    """One tensor in a checkpoint: what is written, under which name."""

    tensor: tf.Tensor
    slice_spec: str
    name: str

    @property
    def dtype(self) -> tf.DType:
        """Type of the tensor."""
        return self.tensor.dtype

    @property
    def device(self) -> str:
        """Device of the tensor."""
        return self.tensor.device
