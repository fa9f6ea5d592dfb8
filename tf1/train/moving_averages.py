"""`tf.train.ExponentialMovingAverage` that averages losses of regularizers, too, as in TF 1.15.

`tf.get_variable(regularizer=...)` puts losses into their collection that become tensors only when asked for; today's
class takes tensors and variables alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf


class ExponentialMovingAverage(tf.train.ExponentialMovingAverage):
    """`tf.train.ExponentialMovingAverage` for variables, tensors and losses of regularizers."""

    def apply(self, var_list: Sequence[Any] | None = None) -> tf.Operation:
        """Makes averages of `var_list` (trainable variables if None) and returns the operation that updates them."""
        return super().apply(None if var_list is None else [_averaged(value) for value in var_list])

    def average(self, var: Any) -> tf.Variable | None:
        """Returns the variable that holds the average of `var`, or None if there is none."""
        return super().average(_averaged(var))

    def average_name(self, var: Any) -> str:
        """Returns the name of the variable that holds the average of `var`."""
        return super().average_name(_averaged(var))


def _averaged(value: Any) -> Any:
    # Converting it would make another tensor each time.
    return value if hasattr(value, 'ref') else value.graph.get_tensor_by_name(value.name)
