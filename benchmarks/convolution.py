"""Times `graphs.convolution.conv2d` beside `scipy.signal.convolve2d` in one run, and prints the ratio.

Usage: python -m benchmarks.convolution
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np
import scipy.signal

from benchmarks import machine
from graphs import convolution

_SIDE = 512
_KERNEL_SIDES = (3, 5, 12)
_ROUNDS = 15


def main() -> None:
    """Prints, per kernel size and dtype, both medians in milliseconds and ours as a multiple of SciPy's."""
    print(machine.describe())
    rng = np.random.default_rng(0)
    for dtype in ('float32', 'float64'):
        image = rng.random((_SIDE, _SIDE)).astype(dtype)
        for side in _KERNEL_SIDES:
            kernel = rng.standard_normal((side, side)).astype(dtype)
            ours, scipys = _medians(
                lambda image=image, kernel=kernel: convolution.conv2d(image, kernel, p='same'),
                lambda image=image, kernel=kernel: scipy.signal.convolve2d(image, kernel, mode='same'),
            )
            print(
                f'conv2d {_SIDE}x{_SIDE} {dtype}, kernel {side}x{side}: {ours * 1e3:.2f} ms, '
                f'SciPy {scipys * 1e3:.2f} ms, ratio {ours / scipys:.2f}'
            )


def _medians(*calls: Callable[[], object]) -> list[float]:
    """Returns each call's median time in seconds; the calls take turns, so that a slow spell hits all of them."""
    times = [[] for _ in calls]
    for _ in range(_ROUNDS):
        for call, seconds in zip(calls, times, strict=True):
            start = time.perf_counter()
            call()
            seconds.append(time.perf_counter() - start)
    return [statistics.median(seconds) for seconds in times]


if __name__ == '__main__':
    main()
