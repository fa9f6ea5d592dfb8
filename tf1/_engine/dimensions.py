"""`tf.Dimension` and `tf.TensorShape` of whole numbers that are floats, bools or strings, as on TF 1.15.

NumPy gives such numbers: `np.ones(n)` as ranks, `np.prod(...)`, `size / 2`. A string is no shape: it is a name in the
wrong place.
"""

from __future__ import annotations

import functools
from typing import Any

import tensorflow.compat.v1 as tf


def install() -> None:
    """Lets dimensions be made of all that `int` takes, for the process."""
    usual = tf.Dimension.__init__
    if hasattr(usual, '__wrapped__'):
        return

    @functools.wraps(usual)
    def __init__(dimension: tf.Dimension, value: Any) -> None:
        is_usual = value is None or (isinstance(value, (int, tf.Dimension)) and not isinstance(value, bool))
        usual(dimension, value if is_usual else _whole(value))

    tf.Dimension.__init__ = __init__
    tf.TensorShape.__init__ = _refusing_strings(tf.TensorShape.__init__)


def _refusing_strings(usual: Any) -> Any:
    @functools.wraps(usual)
    def __init__(self: tf.TensorShape, dims: Any) -> None:
        if isinstance(dims, (str, bytes)):
            raise TypeError(f'{dims!r} is not a shape. Give a list of sizes, and names as `name=`.')
        usual(self, dims)

    return __init__


def _whole(value: Any) -> Any:
    """Returns the whole number that `value` is.

    Raises:
      ValueError: it has a fraction, or is no number.
      TypeError: `int` does not take it.
    """
    whole = int(value)
    if not isinstance(value, (str, bytes)) and whole != value:
        raise ValueError(f'Ambiguous dimension: {value}')
    return whole
