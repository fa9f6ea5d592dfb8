"""Moving averages in variables, as operations that a training step runs."""

from __future__ import annotations

import tensorflow.compat.v1 as tf


def assign_moving_average(
    variable: tf.Variable, value: tf.Tensor, decay: float | tf.Tensor, zero_debias: bool = False
) -> tf.Tensor:
    """Returns an operation that moves a variable towards a value by the share `1 - decay`.

    Args:
      variable: the average.
      value: the newest value, of its shape.
      decay: share of the old average that stays.
      zero_debias: whether the average is that of the values alone, without its start at zero; two variables `biased`
        and `local_step` beneath the variable's name keep what that takes.
    """
    with tf.name_scope('AssignMovingAvg') as scope:
        share = tf.cast(tf.convert_to_tensor(1.0 - decay, name='decay'), variable.dtype.base_dtype)
        if zero_debias:
            return tf.assign(variable, _unbiased(variable, value, share), name=scope)
        return tf.assign_sub(variable, (variable - value) * share, name=scope)


def _unbiased(variable: tf.Variable, value: tf.Tensor, share: tf.Tensor) -> tf.Tensor:
    with tf.variable_scope(variable.op.name, values=[variable, value]):
        biased = tf.get_variable('biased', initializer=tf.zeros_initializer(), shape=variable.shape, trainable=False)
        step = tf.get_variable('local_step', initializer=tf.zeros_initializer(), shape=[], trainable=False)
    updated = tf.assign_sub(biased, (biased - value) * share)
    steps = tf.assign_add(step, 1.0)
    return updated / (1.0 - tf.pow(1.0 - share, steps))
