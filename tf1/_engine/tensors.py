"""What a program sees of a tensor: the name of its class, and the error of `len`."""

from __future__ import annotations

from typing import NoReturn

import tensorflow.compat.v1 as tf


def install() -> None:
    """Names the class of a graph's tensors `Tensor`, as on TF 1.15, for the process."""
    for kind in tf.Tensor.__subclasses__():
        if kind.__name__ == 'SymbolicTensor':
            kind.__name__ = kind.__qualname__ = tf.Tensor.__name__
    tf.Tensor.__len__ = _len


def _len(tensor: tf.Tensor) -> NoReturn:
    raise TypeError(
        f'len is not well defined for symbolic Tensors. ({tensor.name}) Please call `x.shape` rather than `len(x)` '
        'for shape information.'
    )
