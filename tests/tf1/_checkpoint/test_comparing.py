"""Differences between two checkpoints."""

from __future__ import annotations

import numpy as np
import pytest

from tf1._checkpoint.comparing import Change, Comparison, as_dict, compare, text

NAN, INF = np.nan, np.inf


def changes(save, a, b, tolerance=0.0):
    return compare(save({'v': a}, 'a'), save({'v': b}, 'b'), tolerance).changes


def test_a_checkpoint_equals_itself(golden):
    comparison = compare(golden('cnn'), golden('cnn'))
    assert comparison == Comparison([], [], [], [], [], 21)
    assert not comparison.different
    assert text(comparison) == '21 variables are equal.'


def test_names_shapes_dtypes_and_values_that_differ_are_told(save):
    a = save({'left': np.float32(1), 's': np.float32([1]), 'd': np.float32([1]), 'x': np.float32([1, 4]), 'e': 3}, 'a')
    b = save(
        {'right': np.float32(1), 's': np.float32([1, 2]), 'd': np.int32([1]), 'x': np.float32([1, 5]), 'e': 3}, 'b'
    )
    comparison = compare(a, b)
    # |4 - 5| = 1 of 5.
    change = Change('x', 1.0, 0.2, 1, 0)
    shapes, dtypes = [('s', (1,), (2,))], [('d', 'float32', 'int32')]
    assert comparison == Comparison(['left'], ['right'], shapes, dtypes, [change], 1)
    assert comparison.different
    assert text(comparison).splitlines() == [
        'only in a: left',
        'only in b: right',
        'shape: s is 1 in a, 2 in b',
        'dtype: d is float32 in a, int32 in b',
        'differs: x  by up to 1, relatively 0.2, in 1 value',
        '1 variables are equal.',
    ]
    assert as_dict(comparison)['changes'] == [change._asdict()]


@pytest.mark.parametrize(
    ('a', 'b', 'expected'),
    [
        (np.float32([NAN, INF, -INF]), np.float32([NAN, INF, -INF]), []),
        (np.float32([NAN, 1]), np.float32([1, 1]), [Change('v', None, None, 1, 1)]),
        (np.float32([INF, 1]), np.float32([-INF, 3]), [Change('v', 2.0, 2 / 3, 2, 1)]),
        (np.int64([2**62]), np.int64([2**62 + 1]), [Change('v', 1.0, 2.0**-62, 1, 0)]),
        (np.int64([-(2**63)]), np.int64([2**63 - 1]), [Change('v', 2.0**64, 2.0, 1, 0)]),
        (np.array([True, False]), np.array([True, True]), [Change('v', None, None, 1, 0)]),
        (np.array([b'a', b'b'], object), np.array([b'a', b'b\0'], object), [Change('v', None, None, 1, 0)]),
        (np.complex64([3j]), np.complex64([4]), [Change('v', 5.0, 1.25, 1, 0)]),
        (np.zeros([0], np.float32), np.zeros([0], np.float32), []),
    ],
)
def test_values_of_every_kind_compare(save, a, b, expected):
    assert changes(save, a, b) == expected


@pytest.mark.parametrize(('tolerance', 'differing'), [(0.0, 2), (0.25, 1), (0.5, 0)])
def test_numbers_within_the_tolerance_are_equal(save, tolerance, differing):
    found = changes(save, np.float32([0, 0, 1]), np.float32([0.25, 0.5, 1]), tolerance)
    assert [change.differing for change in found] == ([differing] if differing else [])


def test_the_largest_difference_comes_first(save):
    a = save({'p': np.float32(0), 'q': np.float32(0), 'r': np.float32(0)}, 'a')
    b = save({'p': np.float32(1), 'q': np.float32(3), 'r': np.float32(NAN)}, 'b')
    assert [change.name for change in compare(a, b).changes] == ['r', 'q', 'p']
