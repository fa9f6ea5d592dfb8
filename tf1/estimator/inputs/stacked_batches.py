"""Batches for steps that are made in one call: many in one array."""

from __future__ import annotations

from collections.abc import Callable
from concurrent import futures

import numpy as np

Rows = Callable[[int, int], list[np.ndarray]]


class StackedBatches:
    """The whole batches of a stream of rows, stacked several at a time; the next ones are made while these are used.

    Args:
      rows: returns the rows from a first to before a last position, an array for each of the source.
      batch_size: rows per batch.
      num_batches: batches in all.
      at_a_time: batches in one stack.
      submit: calls a function with a number in a thread.
    """

    def __init__(
        self,
        rows: Rows,
        batch_size: int,
        num_batches: int,
        at_a_time: int,
        submit: Callable[[Callable[[int], list[np.ndarray]], int], futures.Future],
    ):
        self._rows = rows
        self._batch_size = batch_size
        self._num_batches = num_batches
        self._at_a_time = at_a_time
        self._submit = submit
        self._current: tuple[int, list[np.ndarray]] = (-1, [])
        self._next: tuple[int, futures.Future | None] = (-1, None)

    def __len__(self) -> int:
        return self._num_batches

    def take(self, k: int, limit: int) -> list[np.ndarray]:
        """Returns batches from `k` on, arrays `[count, batch, ...]`: `limit` at most, of one stack; none at the end."""
        group, first = divmod(k, self._at_a_time)
        if self._current[0] != group:
            following, future = self._next
            self._current = (group, future.result() if following == group else self._stack(group))
            self._next = (group + 1, self._submit(self._stack, group + 1))
        return [array[first : first + limit] for array in self._current[1]]

    def _stack(self, group: int) -> list[np.ndarray]:
        first = min(group * self._at_a_time, self._num_batches)
        count = min(self._at_a_time, self._num_batches - first)
        arrays = self._rows(first * self._batch_size, (first + count) * self._batch_size)
        return [array.reshape(count, self._batch_size, *array.shape[1:]) for array in arrays]
