"""`tf.estimator.inputs.pandas_input_fn`: input functions over data frames."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tf1.estimator.inputs.numpy_io import check_shuffle, numpy_input_fn

_DEFAULT_CAPACITY = 1000


def pandas_input_fn(
    x: Any,
    y: Any = None,
    batch_size: int = 128,
    num_epochs: int | None = 1,
    shuffle: bool | None = None,
    queue_capacity: int | None = _DEFAULT_CAPACITY,
    num_threads: int = 1,
    target_column: str = 'target',
) -> Callable[[], Any]:
    """Returns an input function over a data frame, as in TF 1.15; rows come as from `numpy_input_fn`.

    Args:
      x: features: a `pandas.DataFrame`, one tensor `[batch]` per column.
      y: labels: a `pandas.Series`, a `pandas.DataFrame` for a dict of tensors, or None; its index must be that of `x`.
      batch_size: rows per batch.
      num_epochs: passes over the data; None for endless.
      shuffle: whether rows are shuffled; has to be given.
      queue_capacity: rows that may wait, ready, for the next step; None leaves it to this function.
      num_threads: accepted for compatibility.
      target_column: a name for the labels of a Series, which no column of `x` may have.

    Returns:
      A function of no arguments that gives `(features, labels)`, or `features` alone where `y` is None.

    Raises:
      TypeError: `x`, `y` or `target_column` has the wrong type.
      ValueError: `shuffle` is not a bool, the indexes differ, two columns of one frame have the same name, a column of
        `x` is called `target_column`, or a count is out of range.
    """

    check_shuffle(shuffle)
    _check_frames(x, y, target_column)
    several = hasattr(y, 'columns')
    features = _columns('x', x)
    labels = {} if y is None else _columns('y', y if several else y.to_frame(target_column))
    # Frames may share names, and NumPy's input sorts keys: numbers keep the columns apart and in order.
    keys = [*(('x', name) for name in features), *(('y', name) for name in labels)]
    arrays = dict(zip(map('{:06}'.format, range(len(keys))), [*features.values(), *labels.values()], strict=True))
    capacity = _DEFAULT_CAPACITY if queue_capacity is None else queue_capacity
    rows_fn = numpy_input_fn(arrays, None, batch_size, num_epochs, shuffle, capacity, num_threads)

    def input_fn() -> Any:
        rows = dict(zip(keys, rows_fn().values(), strict=True))
        columns = {name: rows['x', name] for name in features}
        if y is None:
            return columns
        return columns, {name: rows['y', name] for name in labels} if several else rows['y', target_column]

    return input_fn


def _check_frames(x: Any, y: Any, target_column: Any) -> None:
    if not hasattr(x, 'columns'):
        raise TypeError(f'x must be a pandas.DataFrame, got {type(x).__name__}.')
    if not isinstance(target_column, str):
        raise TypeError(f'target_column must be a string, got {target_column!r}.')
    if y is None:
        return
    if not hasattr(y, 'index') or not hasattr(y, 'to_numpy'):
        raise TypeError(f'y must be a pandas.Series or a pandas.DataFrame, got {type(y).__name__}.')
    if target_column in x:
        raise ValueError(f'x has a column {target_column!r} already: give target_column another name.')
    if not x.index.equals(y.index):
        raise ValueError(f'y must have the index of x; got\n{y.index}\nfor\n{x.index}.')


def _columns(argument: str, frame: Any) -> dict[Any, np.ndarray]:
    if not frame.columns.is_unique:
        raise ValueError(f'{argument} must have columns of different names, got {list(frame.columns)}.')
    return {name: frame[name].to_numpy() for name in frame.columns}
