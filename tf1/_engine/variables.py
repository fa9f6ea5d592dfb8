"""`tf.Variable` as a question: in TF 1.15 both kinds of variables are one, reference and resource variables.

TensorFlow 2 has taken resource variables out of the class that `tf.compat.v1.Variable` is. The class here makes the
same variables, and `isinstance` and `issubclass` answer as on TF 1.15.
"""

from __future__ import annotations

from typing import Any

import tensorflow as tf2
import tensorflow.compat.v1 as tf


class _BothKinds(type(tf.Variable)):
    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if cls is Variable:
            return tf.Variable(*args, **kwargs)
        return super().__call__(*args, **kwargs)

    def __instancecheck__(cls, instance: Any) -> bool:
        return cls.__subclasscheck__(type(instance))

    def __subclasscheck__(cls, subclass: type) -> bool:
        # Asked of TensorFlow 2's class, the question would come back here, to one of its subclasses.
        return (tf2.Variable if cls is Variable else cls) in subclass.__mro__


class Variable(tf.Variable, metaclass=_BothKinds):
    __doc__ = tf.Variable.__doc__
