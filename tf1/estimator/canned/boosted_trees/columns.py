"""Feature columns as trees take them: numbered features, each a bucket or a real value per example."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import tensorflow.compat.v1 as tf


class Group(NamedTuple):
    """Features that have the same number of buckets.

    Attributes:
      ids: numbers of the features.
      buckets: how many there are.
    """

    ids: list[int]
    buckets: int


class Columns:
    """Feature columns in the order of their names; each value of an indicator or numeric column is a feature.

    Args:
      feature_columns: indicator, bucketized and numeric columns.
      numeric_buckets: how many buckets the values of numeric columns are divided into.

    Raises:
      ValueError: there is no column, two have the same name, or one is of another kind.
    """

    def __init__(self, feature_columns: Iterable[Any], numeric_buckets: int):
        columns = list(feature_columns)
        for column in columns:
            _check(column)
        self._columns = sorted(columns, key=lambda column: column.name)
        self._numeric_buckets = numeric_buckets
        if not columns:
            raise ValueError('feature_columns must have at least one column, got none.')
        names = [column.name for column in columns]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f'feature_columns must differ in their names, got more than one of {twice}.')

    @property
    def names(self) -> list[str]:
        """What each feature is reported under: the name of its column, for indicators that of the categories'."""
        return [_reported_name(column) for column in self._columns for _ in range(_width(column))]

    @property
    def numeric_count(self) -> int:
        """How many features are real values."""
        return sum(_width(column) for column in self._columns if _is_numeric(column))

    @property
    def groups(self) -> list[Group]:
        """The features by their number of buckets, which is the largest for all bucketized columns, as in TF 1.15."""
        most = max((len(column.boundaries) + 1 for column in self._columns if _is_bucketized(column)), default=0)
        ids: dict[int, list[int]] = {}
        first = 0
        for column in self._columns:
            buckets = most if _is_bucketized(column) else self._numeric_buckets if _is_numeric(column) else 2
            ids.setdefault(buckets, []).extend(range(first, first + _width(column)))
            first += _width(column)
        return [Group(numbers, buckets) for buckets, numbers in ids.items()]

    def values(self, features: Mapping[str, Any]) -> list[tf.Tensor]:
        """Returns each column's values, [batch, width]: int32 buckets, or float32."""
        cache = _Transformed(features)
        return [_values(column, cache) for column in self._columns]

    def numeric(self, values: Sequence[tf.Tensor]) -> list[tf.Tensor]:
        """Returns the features that are real values, each [batch] float32, from `values`."""
        return [
            part
            for column, value in zip(self._columns, values, strict=True)
            if _is_numeric(column)
            for part in tf.unstack(value, axis=1)
        ]

    def buckets(self, values: Sequence[tf.Tensor], boundaries: Sequence[tf.Tensor]) -> tf.Tensor:
        """Returns all features as buckets, [features, batch] int32.

        Args:
          values: as `values` returns them.
          boundaries: for each feature that is a real value, [boundaries] float32.
        """
        rows: list[tf.Tensor] = []
        remaining = list(boundaries)
        for column, value in zip(self._columns, values, strict=True):
            if _is_numeric(column):
                rows.extend(_bucket(part, remaining.pop(0))[None] for part in tf.unstack(value, axis=1))
            else:
                rows.append(tf.transpose(value))
        return tf.concat(rows, 0)


class _Transformed:
    """What feature columns ask for the features, and for the values of the columns that they stand on."""

    def __init__(self, features: Mapping[str, Any]):
        self._features = features
        self._found: dict[Any, Any] = {}

    def get(self, key: Any, state_manager: Any = None, training: bool | None = None) -> Any:
        """Returns a feature by its name, at least [batch, 1], or the values of a column."""
        del training
        if key not in self._found:
            self._found[key] = self._raw(key) if isinstance(key, str) else key.transform_feature(self, state_manager)
        return self._found[key]

    def _raw(self, name: str) -> Any:
        if name not in self._features:
            raise ValueError(f'Feature {name!r} must be among those of input_fn, got {sorted(self._features)}.')
        feature = self._features[name]
        if isinstance(feature, tf.SparseTensor):
            return feature
        feature = tf.convert_to_tensor(feature)
        return feature[:, None] if feature.shape.rank == 1 else feature


# The columns' classes have no public names; their fields have.
def _is_bucketized(column: Any) -> bool:
    return hasattr(column, 'boundaries')


def _is_numeric(column: Any) -> bool:
    return hasattr(column, 'normalizer_fn')


def _is_indicator(column: Any) -> bool:
    return hasattr(column, 'categorical_column') and not hasattr(column, 'dimension')


def _check(column: Any) -> None:
    if _is_bucketized(column) and tuple(column.source_column.shape) != (1,):
        raise ValueError(f'A bucketized column must have one value per example to grow trees, got {column}.')
    if not (_is_bucketized(column) or _is_numeric(column) or _is_indicator(column)):
        raise ValueError(
            'feature_columns must be bucketized, numeric or indicator columns to grow trees, got '
            f'{column}. Wrap a categorical column in tf.feature_column.indicator_column.'
        )


def _width(column: Any) -> int:
    if _is_bucketized(column):
        return 1
    return int(np.prod(column.shape)) if _is_numeric(column) else column.variable_shape.num_elements()


def _reported_name(column: Any) -> str:
    return column.categorical_column.name if _is_indicator(column) else column.name


def _values(column: Any, cache: _Transformed) -> tf.Tensor:
    value = cache.get(column)
    if _is_numeric(column):
        return tf.reshape(value, [-1, _width(column)])
    # An indicator counts how often a category occurs.
    return tf.cast(value, tf.int32) if _is_bucketized(column) else tf.minimum(tf.cast(value, tf.int32), 1)


def _bucket(values: tf.Tensor, boundaries: tf.Tensor) -> tf.Tensor:
    """Returns the first boundary that is not below each value, or the last one."""
    last = tf.maximum(tf.size(boundaries) - 1, 0)
    return tf.minimum(tf.searchsorted(boundaries, values), last)
