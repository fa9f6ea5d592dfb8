"""Methods that TensorFlow's classes had in TF 1.15 and have lost."""

from __future__ import annotations

import tensorflow as tf2
import tensorflow.compat.v1 as tf


def install() -> None:
    """Puts the methods back, for the process."""
    tf2.Variable.initialized_value = _initialized_value
    strategy = tf.distribute.Strategy.__mro__[1]
    for old, new in (
        ('experimental_run_v2', 'run'),
        ('experimental_distribute_datasets_from_function', 'distribute_datasets_from_function'),
    ):
        setattr(strategy, old, getattr(strategy, new))


def _initialized_value(variable: tf.Variable) -> tf.Tensor:
    """Returns the variable's value, or its initial value as long as it has none."""
    with tf.init_scope():
        return tf.cond(tf.is_variable_initialized(variable), variable.read_value, lambda: variable.initial_value)
