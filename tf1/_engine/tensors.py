"""What a program sees of a tensor: its class, the name of that, the error of `len`, and that it can be a key."""

from __future__ import annotations

from typing import NoReturn

import tensorflow.compat.v1 as tf

_SYMBOLIC = next(kind for kind in tf.Tensor.__subclasses__() if kind.__name__ in ('SymbolicTensor', 'Tensor'))
"""The class of a graph's tensors, which is one of its own since TF 2.14."""
_EAGER = next(kind for kind in tf.Tensor.__subclasses__() if 'Eager' in kind.__name__)
"""The base class of the tensors of eager execution."""


def install() -> None:
    """Names the class of a graph's tensors `Tensor`, as on TF 1.15, for the process."""
    _EAGER.__hash__ = object.__hash__  # Equal is what is the same: TF 2's equality by value is off.
    _SYMBOLIC.__name__ = _SYMBOLIC.__qualname__ = tf.Tensor.__name__
    tf.Tensor.__len__ = _len


def kind() -> type[tf.Tensor]:
    """Returns what `tf.Tensor` is to a program: where graphs are built, `type(x) is tf.Tensor` holds as on TF 1.15."""
    return tf.Tensor if tf.executing_eagerly() else _SYMBOLIC


def _len(tensor: tf.Tensor) -> NoReturn:
    raise TypeError(
        f'len is not well defined for symbolic Tensors. ({tensor.name}) Please call `x.shape` rather than `len(x)` '
        'for shape information.'
    )
