"""The logits of a linear model over feature columns."""

from __future__ import annotations

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
        logits, _ = linear_logits(features, feature_columns, units, sparse_combiner)
        return logits

    return linear_logit_fn


def linear_logits(
    features: Mapping[str, Any], feature_columns: Sequence[Any], units: int, sparse_combiner: str = 'sum'
) -> tuple[tf.Tensor, dict[Any, list[tf.Variable]]]:
    """Returns what `model` does, and writes summaries of the weights."""
    logits, variables = model(features, feature_columns, units, sparse_combiner)
    summarize(variables, units)
    return logits, variables


def model(
    features: Mapping[str, Any], feature_columns: Sequence[Any], units: int, sparse_combiner: str
) -> tuple[tf.Tensor, dict[Any, list[tf.Variable]]]:
    """Returns logits, `[batch, units]` float32, and the parts of the weights by column, of the bias by 'bias'."""
    variables: dict[Any, Any] = {}
    logits = tf.feature_column.linear_model(
        features=features,
        feature_columns=feature_columns,
        units=units,
        sparse_combiner=sparse_combiner,
        cols_to_vars=variables,
    )
    return logits, variables


def summarize(variables: Mapping[Any, Sequence[tf.Variable]], units: int) -> None:
    """Writes the bias, and the share of zeros among the weights."""
    _summarize_bias(tf.concat(variables['bias'], axis=0), units)
    weights = [tf.reshape(part, [-1]) for column, parts in variables.items() if column != 'bias' for part in parts]
    tf.summary.scalar('fraction_of_zero_weights', tf.nn.zero_fraction(tf.concat(weights, axis=0)))


def _summarize_bias(bias: tf.Tensor, units: int) -> None:
    if units == 1:
        tf.summary.scalar('bias', bias[0])
    else:
        tf.summary.histogram('bias', bias)
