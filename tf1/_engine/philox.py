"""The numbers that TensorFlow's random generator gives for a pair of seeds: Philox 4x32 with ten rounds.

The algorithm is that of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (2011). The first
seed is the key, the second the upper half of the counter, whose lower half counts groups of four numbers from 0.
"""

from __future__ import annotations

import numpy as np

_LOWER = 0xFFFFFFFF
_FACTORS = np.array([[0xD2511F53], [0xCD9E8D57]], np.uint64)
_STEPS = np.array([[0x9E3779B9], [0xBB67AE85]], np.uint64)
_HALF = np.uint64(32)


def draws(seed: int, seed2: int, first: int, number: int) -> np.ndarray:
    """Returns numbers from within the sequence, without those before them.

    Args:
      seed: first seed, 64 bits.
      seed2: second seed, 64 bits.
      first: position of the first number, from 0.
      number: how many.

    Returns:
      uint64 of shape [number], each below 2**32.
    """
    groups = np.arange(first // 4, (first + number + 3) // 4, dtype=np.uint64)
    ones = np.ones_like(groups)
    even = np.stack([groups & np.uint64(_LOWER), ones * np.uint64(seed2 & _LOWER)])
    odd = np.stack([groups >> _HALF, ones * np.uint64(seed2 >> 32 & _LOWER)])
    key = np.array([[seed & _LOWER], [seed >> 32 & _LOWER]], np.uint64)
    for _ in range(10):
        products = even * _FACTORS
        upper, lower = products >> _HALF, products & np.uint64(_LOWER)
        even = upper[::-1] ^ odd ^ key
        odd = lower[::-1]
        key = (key + _STEPS) & np.uint64(_LOWER)
    flat = np.stack([even[0], odd[0], even[1], odd[1]], axis=1).reshape(-1)
    return flat[first % 4 :][:number]
