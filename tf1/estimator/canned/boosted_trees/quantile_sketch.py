"""Quantiles of weighted values in little memory, in NumPy, with the summaries and the rounding of TF 1.15.

A summary is [entries, 4] float32: values in their order, the weight of each, and how much weight lies below it at
least and up to it at most.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Sequence

import numpy as np

_VALUE, _WEIGHT, _LOW, _HIGH = range(4)
_UNBOUNDED = 1 << 40
"""How many values a stream of batches is made for."""


def summary_of(values: np.ndarray, weights: np.ndarray, epsilon: float) -> np.ndarray:
    """Returns the summary of a batch.

    Args:
      values: [batch] float32.
      weights: [batch] float32; values of weight 0 or less do not count.
      epsilon: bound of the error, as a share of the weight.
    """
    stream = _Stream(epsilon, len(values) + 1)
    counted = weights > 0
    values, weights = values[counted], weights[counted]
    for start in range(0, len(values), stream.buffer_size):
        end = start + stream.buffer_size
        stream.add(_exact(values[start:end], weights[start:end]))
    return stream.summary()


def boundaries_of(summaries: Sequence[np.ndarray], epsilon: float, count: int) -> np.ndarray:
    """Returns values that divide all that was summarized into about `count` equal parts, [about count] float32."""
    stream = _Stream(epsilon, _UNBOUNDED)
    for summary in summaries:
        stream.add(summary)
    whole = stream.summary()
    return _compressed(whole, count, float(np.float32(_error(whole) + 1.0 / count)))[:, _VALUE]


class _Stream:
    """Summaries of halves of the input, halves of those, and so on: each level stands for twice as much as the last."""

    def __init__(self, epsilon: float, most_values: int):
        self._epsilon = float(np.float32(epsilon))
        self._block = _block_size(self._epsilon, most_values)
        self._levels: list[np.ndarray] = []
        self.buffer_size = min(2 * self._block, most_values)

    def add(self, summary: np.ndarray) -> None:
        summary = _compressed(summary, self._block, self._epsilon)
        for level, existing in enumerate(self._levels):
            if not len(summary):
                return
            merged = _merged(summary, existing)
            if not len(existing) or len(merged) <= self._block + 1:
                self._levels[level] = merged
                return
            self._levels[level] = existing[:0]
            summary = _compressed(merged, self._block, self._epsilon)
        self._levels.append(summary)

    def summary(self) -> np.ndarray:
        whole = np.zeros([0, 4], np.float32)
        for level in self._levels:
            whole = _merged(whole, level)
        return whole


def _block_size(epsilon: float, most_values: int) -> int:
    levels, size = 1, 2
    while (1 << levels) * size < most_values:
        size = math.ceil(levels / epsilon) + 1
        levels += 1
    return size


def _exact(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    if not len(values):
        return np.zeros([0, 4], np.float32)
    order = np.argsort(values, kind='stable')
    different, first = np.unique(values[order], return_index=True)
    weight = np.add.reduceat(weights[order], first)
    high = np.cumsum(weight, dtype=np.float32)
    return np.stack([different, weight, high - weight, high], 1).astype(np.float32)


def _below_next(summary: np.ndarray) -> np.ndarray:
    """Returns the least weight below whatever comes after each entry."""
    return summary[:, _LOW] + summary[:, _WEIGHT]


def _above_last(summary: np.ndarray) -> np.ndarray:
    """Returns the most weight up to whatever comes before each entry."""
    return summary[:, _HIGH] - summary[:, _WEIGHT]


def _merged(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    if not len(one) or not len(other):
        return one if len(one) else other
    values = np.union1d(one[:, _VALUE], other[:, _VALUE])
    merged = np.zeros([len(values), 4], np.float32)
    merged[:, _VALUE] = values
    for summary in (one, other):
        after = np.searchsorted(summary[:, _VALUE], values)
        is_entry = np.isin(values, summary[:, _VALUE])
        last = np.minimum(after, len(summary) - 1)
        low = np.concatenate([[np.float32(0)], _below_next(summary)])[after]
        high = np.where(after < len(summary), _above_last(summary)[last], summary[-1, _HIGH])
        merged[:, _WEIGHT] += np.where(is_entry, summary[last, _WEIGHT], np.float32(0))
        merged[:, _LOW] += np.where(is_entry, summary[last, _LOW], low)
        merged[:, _HIGH] += np.where(is_entry, summary[last, _HIGH], high)
    return merged


def _compressed(summary: np.ndarray, size: int, least_error: float) -> np.ndarray:
    """Returns a summary of about `size` entries, the first and the last among them."""
    size = max(size, 2)
    count = len(summary)
    if count <= size:
        return summary
    bound = float(summary[-1, _HIGH]) * max(1.0 / size, least_error)
    below_next, above_last = _below_next(summary), _above_last(summary)
    ranks = above_last.tolist()
    kept, at, credit = [0], 0, 0
    while at + 1 < count:
        # As many are left out as the bound allows, and as the size asks for.
        furthest = min(count, at + 1 + max(0, math.ceil((count - credit) / size)))
        start = below_next[at]
        end = bisect.bisect_right(ranks, bound + float(start), at + 1, furthest)
        # What float32 makes of the difference decides.
        while end < furthest and float(above_last[end] - start) <= bound:
            end += 1
        while end > at + 1 and float(above_last[end - 1] - start) > bound:
            end -= 1
        credit += size * (end - at - 1) - count
        at = max(at + 1, end - 1)
        kept.append(at)
    return summary[kept]


def _error(summary: np.ndarray) -> float:
    """Returns the largest uncertainty of a rank, as a share of the weight."""
    if len(summary) < 2 or not summary[-1, _HIGH]:
        return 0.0
    own = summary[1:, _HIGH] - summary[1:, _LOW] - summary[1:, _WEIGHT]
    between = _above_last(summary)[1:] - _below_next(summary)[:-1]
    return max(0.0, float(own.max()), float(between.max())) / float(summary[-1, _HIGH])
