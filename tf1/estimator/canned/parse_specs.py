"""Specs for `tf.parse_example`: feature columns, a label and a weight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.canned.examples import is_weight_column


def classifier_parse_example_spec(
    feature_columns: Sequence[Any],
    label_key: str,
    label_dtype: tf.DType = tf.int64,
    label_default: Any = None,
    weight_column: Any = None,
) -> dict[str, Any]:
    """Returns the spec that parses what a classifier reads: `{name: parsing}`.

    Args:
      feature_columns: the model's columns.
      label_key: the label's name among the features of an example.
      label_dtype: tf.int64, or tf.string for labels of a vocabulary.
      label_default: the label of an example that has none; None makes that an error.
      weight_column: name of the feature, or numeric column, that weighs the examples; or None.

    Raises:
      ValueError: the label or the weight is a feature of the columns, or `weight_column` is neither a name nor a
        numeric column.
    """
    label = tf.FixedLenFeature((1,), label_dtype, label_default)
    return _spec(feature_columns, label_key, label, weight_column)


def regressor_parse_example_spec(
    feature_columns: Sequence[Any],
    label_key: str,
    label_dtype: tf.DType = tf.float32,
    label_default: Any = None,
    label_dimension: int = 1,
    weight_column: Any = None,
) -> dict[str, Any]:
    """Returns the spec that parses what a regressor reads; see `classifier_parse_example_spec`."""
    label = tf.FixedLenFeature((label_dimension,), label_dtype, label_default)
    return _spec(feature_columns, label_key, label, weight_column)


def _spec(feature_columns: Sequence[Any], label_key: str, label: Any, weight_column: Any) -> dict[str, Any]:
    spec = tf.feature_column.make_parse_example_spec(feature_columns)
    if label_key in spec:
        raise ValueError(f'label_key must not be a feature of feature_columns, got {label_key!r}: {spec[label_key]}.')
    spec[label_key] = label
    if weight_column is None:
        return spec
    if not is_weight_column(weight_column):
        raise ValueError(f'weight_column must be a name or tf.feature_column.numeric_column, got {weight_column!r}.')
    column = tf.feature_column.numeric_column(weight_column) if isinstance(weight_column, str) else weight_column
    weight = tf.feature_column.make_parse_example_spec([column])
    if set(weight) & set(spec):
        raise ValueError(f'weight_column must not be the label or a feature of feature_columns, got {column.key!r}.')
    return {**spec, **weight}
