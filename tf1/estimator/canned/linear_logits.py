"""The logits of a linear model over feature columns."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf


def linear_logit_fn_builder(
    units: int, feature_columns: Sequence[Any], sparse_combiner: str = 'sum'
) -> Callable[[Mapping[str, Any]], tf.Tensor]:
    """Returns a function of `features` that returns logits, `[batch, units]` float32.

    Args:
      units: length of the logits' last axis.
      feature_columns: columns, dense or categorical.
      sparse_combiner: how the several values of a categorical column join: 'sum', 'mean' or 'sqrtn'.
    """

    def linear_logit_fn(features: Mapping[str, Any]) -> tf.Tensor:
        variables: dict[Any, Any] = {}
        with warnings.catch_warnings():
            # linear_model warns of how it is written itself.
            warnings.filterwarnings('ignore', '`layer.add_variable`', UserWarning)
            logits = tf.feature_column.linear_model(
                features=features,
                feature_columns=feature_columns,
                units=units,
                sparse_combiner=sparse_combiner,
                cols_to_vars=variables,
            )
        bias = variables.pop('bias')
        _summarize_bias(tf.concat(bias, axis=0), units)
        weights = [tf.reshape(part, [-1]) for parts in variables.values() for part in parts]
        tf.summary.scalar('fraction_of_zero_weights', tf.nn.zero_fraction(tf.concat(weights, axis=0)))
        return logits

    return linear_logit_fn


def _summarize_bias(bias: tf.Tensor, units: int) -> None:
    if units == 1:
        tf.summary.scalar('bias', bias[0])
    else:
        tf.summary.histogram('bias', bias)
