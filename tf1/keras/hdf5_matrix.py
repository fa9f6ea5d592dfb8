"""`keras.utils.HDF5Matrix`: rows of a data set in an HDF5 file, read as they are asked for."""

from __future__ import annotations

import collections
from collections.abc import Callable
from typing import Any

import numpy as np


class HDF5Matrix:
    """Rows `start` to `end` of the data set `dataset` in the file `datapath`, for `fit`, `evaluate` and `predict`.

    Args:
      normalizer: is applied to whatever is read.
    """

    refs: dict[str, Any] = collections.defaultdict(int)

    def __init__(
        self,
        datapath: str,
        dataset: str,
        start: int = 0,
        end: int | None = None,
        normalizer: Callable[[np.ndarray], np.ndarray] | None = None,
    ):
        import h5py

        if datapath not in self.refs:
            self.refs[datapath] = h5py.File(datapath, 'r')
        self.data = self.refs[datapath][dataset]
        self.start = start
        self.end = self.data.shape[0] if end is None else end
        self.normalizer = normalizer

    def __len__(self) -> int:
        return self.end - self.start

    def __getitem__(self, key: Any) -> np.ndarray:
        if isinstance(key, slice):
            first, last, step = key.indices(len(self))
            found = self.data[self.start + first : self.start + last : step]
        else:
            rows = np.asarray(key)
            if rows.size and (rows.max() >= len(self) or rows.min() < -len(self)):
                raise IndexError(f'row {key} of {len(self)} rows')
            rows = np.where(rows < 0, rows + len(self), rows) + self.start
            found = self.data[rows.tolist()]
        return found if self.normalizer is None else self.normalizer(found)

    @property
    def shape(self) -> tuple[int, ...]:
        """Of what is read: the rows, and a row's own shape."""
        return (len(self), *self.data.shape[1:])

    @property
    def dtype(self) -> np.dtype:
        """Of the data set."""
        return self.data.dtype

    @property
    def ndim(self) -> int:
        """How many dimensions there are, rows included."""
        return self.data.ndim

    @property
    def size(self) -> int:
        """How many numbers there are."""
        return int(np.prod(self.shape))
