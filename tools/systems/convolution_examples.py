"""System C0 for a report: the worked examples of its document, computed again."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphs.convolution import conv1d, conv2d

_MATRIX = [[1, 3, 2, 4], [5, 6, 1, 3], [1, 2, 0, 2], [3, 4, 3, 2]]
_KERNEL = [[1, 0, 3], [1, 2, 1], [0, 1, 1]]


def lines() -> list[str]:
    """Returns a line for each example: the call, its result, and whether that is the document's."""
    signal = conv1d([1, 3, 2, 4, 5, 6, 1, 3], [1, 0, 3, 1, 2], p=2, s=1)
    matrix = conv2d(_MATRIX, _KERNEL, p=(1, 1), s=(1, 1))
    return [
        _line('conv1d([1, 3, 2, 4, 5, 6, 1, 3], [1, 0, 3, 1, 2], p=2, s=1)', signal, [5, 14, 16, 26, 24, 34, 19, 22]),
        _line(
            f'conv2d({_MATRIX}, {_KERNEL}, p=(1, 1), s=(1, 1))',
            matrix,
            [[11, 25, 32, 13], [19, 25, 24, 13], [13, 28, 25, 17], [11, 17, 14, 9]],
        ),
    ]


def _line(call: str, result: np.ndarray, published: Any) -> str:
    verdict = 'as published' if np.array_equal(result, published) else f'published: {published}'
    return f'{call} = {result.tolist()}, {verdict}.'
