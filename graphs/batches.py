"""Which examples make up which batch. All of it follows from (seed, epoch, step), so that resuming needs no state."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

_SHUFFLE, _NOISE = 1, 2


def epoch_seed(seed: int, epoch: int) -> list[int]:
    """The seed of the order in which an epoch (from 0) visits its examples."""
    return [_SHUFFLE, seed, epoch]


def permutation(count: int, seed: int, epoch: int) -> np.ndarray:
    """The order, `[count] int64`, in which an epoch (from 0) visits its examples."""
    return np.random.default_rng(epoch_seed(seed, epoch)).permutation(count)


def uniform_noise(shape: tuple[int, ...], seed: int, step: int) -> np.ndarray:
    """`float32` in [0, 1), drawn anew for each step and always the same for the same step."""
    return np.random.default_rng([_NOISE, seed, step]).random(shape, np.float32)


class EndlessBatches:
    """Shuffled batches of a fixed size, epoch after epoch.

    As TF 1.15's `DataSet.next_batch`, a batch that reaches the epoch's end is filled up from the next epoch.
    """

    def __init__(self, count: int, batch_size: int, seed: int):
        self._count, self._batch_size, self._seed = count, batch_size, seed
        self._orders: dict[int, np.ndarray] = {}

    def indices(self, step: int) -> np.ndarray:
        """The examples, `[batch_size] int64`, of a step (from 0)."""
        places = np.arange(step * self._batch_size, (step + 1) * self._batch_size)
        first, last = places[0] // self._count, places[-1] // self._count
        if first == last:
            return self._order(first)[places - first * self._count]
        return np.concatenate(
            [
                self._order(epoch)[places[places // self._count == epoch] % self._count]
                for epoch in range(first, last + 1)
            ]
        )

    def _order(self, epoch: int) -> np.ndarray:
        if epoch not in self._orders:
            self._orders = {epoch: permutation(self._count, self._seed, int(epoch))}
        return self._orders[epoch]


def even_slices(count: int, largest: int) -> Iterator[slice]:
    """Cuts `range(count)` into the fewest consecutive slices of at most `largest`, equal in size but for one."""
    parts = -(-count // largest)
    for part in range(parts):
        yield slice(count * part // parts, count * (part + 1) // parts)
