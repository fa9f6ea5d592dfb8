"""Arrays and data frames as the input of an Estimator of `tf.contrib.learn`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

import tf1 as tf


def input_fn_of(
    x: Any, y: Any, input_fn: Callable | None, batch_size: int | None, is_training: bool = False
) -> Callable:
    """Returns `input_fn`, or one that gives the rows of arrays: shuffled and without end to train, else once in order.

    Args:
      x: features, an array or a dictionary of arrays, each [rows, ...].
      y: labels, the same; None for none.
      input_fn: excludes the others.
      batch_size: rows of a batch; None for all.
      is_training: whether it is for training.

    Raises:
      ValueError: both or neither are given, or something is given that has no rows.
    """
    if input_fn is not None:
        if x is not None or y is not None or batch_size is not None:
            raise ValueError('input_fn excludes x, y and batch_size: give one or the other.')
        return input_fn
    if x is None:
        raise ValueError('x or input_fn must be given, got neither.')
    x, y = _arrays('x', x), None if y is None else _arrays('y', y)
    rows = len(next(iter(x.values())) if isinstance(x, dict) else x)
    return tf.estimator.inputs.numpy_input_fn(
        x, y, batch_size=batch_size or max(rows, 1), num_epochs=None if is_training else 1, shuffle=is_training
    )


def _arrays(name: str, values: Any) -> Any:
    if isinstance(values, Mapping):
        return {key: _array(f'{name}[{key!r}]', value) for key, value in values.items()}
    return _array(name, values)


def _array(name: str, values: Any) -> np.ndarray:
    array = np.asarray(values)
    if not array.ndim:
        raise ValueError(f'{name} must be an array with a row for each example, got {values!r}.')
    return array


def extract_pandas_data(data: Any) -> Any:
    """Returns the values of a data frame of numbers as float64; anything else unchanged.

    Raises:
      ValueError: a column holds something else; the text names it.
    """
    if not hasattr(data, 'dtypes') or not hasattr(data, 'columns'):
        return data
    wrong = [str(name) for name, dtype in data.dtypes.items() if dtype.kind not in 'iufb']
    if wrong:
        raise ValueError(f'Columns of a data frame must hold int, float or bool; these do not: {wrong}.')
    return data.values.astype(np.float64)


def extract_pandas_matrix(data: Any) -> Any:
    """Returns the values of a data frame; anything else unchanged."""
    return data.values if hasattr(data, 'columns') else data


def extract_pandas_labels(labels: Any) -> Any:
    """Returns the values of a series, or of a data frame with one column of numbers; anything else unchanged.

    Raises:
      ValueError: several columns, or values that are no numbers.
    """
    if not hasattr(labels, 'columns'):
        return labels.values if hasattr(labels, 'iloc') else labels
    if len(labels.columns) != 1:
        raise ValueError(f'Labels must be one column, got {len(labels.columns)}.')
    return extract_pandas_data(labels).astype(labels.dtypes.iloc[0])


def infer_real_valued_columns_from_input_fn(input_fn: Callable[[], Any]) -> list:
    """Returns a column of numbers for each feature that `input_fn` gives.

    Raises:
      ValueError: a feature is none of numbers.
    """
    with tf.Graph().as_default():
        given = input_fn()
        if isinstance(given, tf.data.Dataset):
            given = tf.data.make_one_shot_iterator(given).get_next()
        features = given[0] if isinstance(given, (tuple, list)) else given
        return tf.contrib.layers.infer_real_valued_columns(features)


def infer_real_valued_columns_from_input(x: Any) -> list:
    """Returns a column of numbers for an array, called '', or for each of a dictionary.

    Raises:
      ValueError: values are no numbers.
    """
    return infer_real_valued_columns_from_input_fn(input_fn_of(x, None, None, None))
