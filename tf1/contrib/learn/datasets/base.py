"""`tf.contrib.learn.datasets.base`: small data sets in memory, from CSV files or from scikit-learn."""

from __future__ import annotations

import collections
import csv
import os
import urllib.request

import numpy as np

import tf1 as tf
from tf1._namespace import removed
from tf1.datasets.dataset import Datasets

Dataset = collections.namedtuple('Dataset', ['data', 'target'])

__all__ = [
    'Dataset',
    'Datasets',
    'load_boston',
    'load_csv_with_header',
    'load_csv_without_header',
    'load_iris',
    'maybe_download',
    'shrink_csv',
]


def load_csv_with_header(
    filename: str, target_dtype: np.typing.DTypeLike, features_dtype: np.typing.DTypeLike, target_column: int = -1
) -> Dataset:
    """Returns a data set of a CSV file whose first line begins with the numbers of rows and of features.

    Args:
      filename: its path.
      target_dtype: type of targets, `[rows]`.
      features_dtype: type of features, `[rows, features]`.
      target_column: which column holds the target.

    Raises:
      ValueError: the file does not hold what its first line says.
    """
    with tf.gfile.Open(filename) as file:
        rows = list(csv.reader(file))
    count, width = int(rows[0][0]), int(rows[0][1])
    if len(rows) - 1 != count or any(len(row) != width + 1 for row in rows[1:]):
        raise ValueError(
            f'{filename} must hold {count} rows of {width} features and a target, as its first line says; '
            f'it holds {len(rows) - 1} rows.'
        )
    return _dataset(rows[1:], target_dtype, features_dtype, target_column)


def load_csv_without_header(
    filename: str, target_dtype: np.typing.DTypeLike, features_dtype: np.typing.DTypeLike, target_column: int = -1
) -> Dataset:
    """Returns a data set of a CSV file that holds rows alone. Arguments as `load_csv_with_header`."""
    with tf.gfile.Open(filename) as file:
        return _dataset(list(csv.reader(file)), target_dtype, features_dtype, target_column)


def _dataset(rows: list[list[str]], target_dtype: object, features_dtype: object, column: int) -> Dataset:
    targets = [row.pop(column) for row in rows]
    return Dataset(np.array(rows, dtype=features_dtype), np.array(targets, dtype=target_dtype))


def shrink_csv(filename: str, ratio: int) -> None:
    """Writes every `ratio`-th row of `NAME.csv` to `NAME_small.csv` beside it."""
    with tf.gfile.Open(filename) as file:
        rows = list(csv.reader(file))
    with tf.gfile.Open(filename.replace('.', '_small.'), 'w') as file:
        csv.writer(file).writerows(row for number, row in enumerate(rows) if number % ratio == 0)


# Two rows in which scikit-learn's copy was corrected, as they stood in TF 1.15's.
_IRIS_ROWS = {34: (4.9, 3.1, 1.5, 0.1), 37: (4.9, 3.1, 1.5, 0.1)}


def load_iris(data_path: str | None = None) -> Dataset:
    """Returns 150 irises, `[150, 4]` float64 in cm, and their kinds, `[150]` int64.

    Args:
      data_path: a CSV file with header; without it the data is scikit-learn's, with the values of TF 1.15.

    Raises:
      ImportError: neither a path nor the package scikit-learn.
    """
    if data_path is not None:
        return load_csv_with_header(data_path, np.int64, np.float64)
    try:
        from sklearn import datasets
    except ImportError as error:
        raise ImportError('load_iris needs the package scikit-learn, or data_path; install it or give one.') from error
    data, target = datasets.load_iris(return_X_y=True)
    for row, values in _IRIS_ROWS.items():
        data[row] = values
    return Dataset(data, target.astype(np.int64))


def load_boston(data_path: str | None = None) -> Dataset:
    """Returns Boston's houses of a CSV file with header, `[506, 13]` float64, and their prices, `[506]` float64.

    Raises:
      ValueError: no path. No package carries this data set today.
    """
    if data_path is None:
        raise ValueError(
            'load_boston needs data_path, a CSV file with header: scikit-learn removed this data set; '
            'sklearn.datasets.fetch_california_housing is its successor.'
        )
    return load_csv_with_header(data_path, np.float64, np.float64)


def maybe_download(filename: str, work_directory: str, source_url: str) -> str:
    """Returns the path of a file in a folder; it is fetched from `source_url` if it is not there."""
    tf.gfile.MakeDirs(work_directory)
    path = os.path.join(work_directory, filename)
    if not tf.gfile.Exists(path):
        partial = path + '.part'
        urllib.request.urlretrieve(source_url, partial)
        tf.gfile.Rename(partial, path)
    return path


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.learn.datasets.base', name)
