"""Statistics of one variable."""

from __future__ import annotations

import numpy as np
import pytest

from tf1._checkpoint.statistics import Statistics, statistics


@pytest.mark.parametrize(
    ('value', 'expected'),
    [
        # Mean 2, squares of the deviations 1 and 1.
        (np.float32([1, np.nan, np.inf, 3]), Statistics(2.0, 1.0, 1.0, 3.0, 1, 1)),
        (np.array([[2**62, 0]]), Statistics(2.0**61, 2.0**61, 0, 2**62, 0, 0)),
        (np.array([True, False]), Statistics(0.5, 0.5, 0.0, 1.0, 0, 0)),
        (np.float16(3), Statistics(3.0, 0.0, 3.0, 3.0, 0, 0)),
        (np.zeros([0, 3]), Statistics(None, None, None, None, 0, 0)),
        (np.array([np.nan]), Statistics(None, None, None, None, 1, 0)),
        (np.array([b'x'], object), Statistics(None, None, None, None, 0, 0)),
        (np.array([1j]), Statistics(None, None, None, None, 0, 0)),
    ],
)
def test_statistics_are_of_the_finite_values(value, expected):
    assert statistics(value) == expected
