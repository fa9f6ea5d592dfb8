from __future__ import annotations

import math
import warnings

import numpy as np
import pytest

_STRICT = np.lib.NumpyVersion(np.__version__) >= '2.4.0'
_STRANGER = {'__name__': 'stranger', '__file__': '/x/site-packages/stranger.py', 'np': np}


@pytest.mark.parametrize(
    ('convert', 'expected'),
    [
        (lambda: float(np.array([1.5])), 1.5),
        (lambda: int(np.array([[2.7]])), 2),
        (lambda: complex(np.array([1.0])), 1 + 0j),
        (lambda: float(np.matrix([[3.5]])), 3.5),
        (lambda: float(np.array(['1.5'])), 1.5),
        (lambda: float(np.array(4)), 4.0),
        (lambda: math.sqrt(np.array([4.0])), 2.0),
        (lambda: '%d %.1f'.__mod__((np.array([1]), np.array([[2.0]]))), '1 2.0'),
        (lambda: _filled(np.array([1.0])), [1.0, 0.0]),
        (lambda: _filled(np.array([[2]])), [2.0, 0.0]),
    ],
)
def test_an_array_of_one_element_is_a_number_to_the_program(installed, convert, expected):
    import numpy  # noqa: F401

    with warnings.catch_warnings():
        warnings.simplefilter('ignore')  # NumPy 1.25 to 2.3 warn of it
        found = convert()
    assert type(found) is type(expected)
    assert found == expected


@pytest.mark.parametrize('size', [0, 2])
def test_other_sizes_are_no_numbers(installed, size):
    import numpy  # noqa: F401

    with pytest.raises(TypeError, match='can be converted to Python scalars'):
        float(np.zeros(size))


@pytest.mark.skipif(not _STRICT, reason='NumPy converts them itself until 2.4')
def test_the_first_conversion_of_each_kind_is_said(installed, capsys):
    import numpy  # noqa: F401

    _ = float(np.ones(1)), float(np.ones([1, 1])), int(np.ones(1))
    notes = [line.partition('tf1: ')[2] or line for line in capsys.readouterr().err.splitlines()]
    assert [line for line in notes if 'of an array with dimensions' in line] == [
        f'{word}(array) of an array with dimensions is gone; {word}(array.item()) stands in for it.'
        for word in ('float', 'int')
    ]


@pytest.mark.skipif(not _STRICT, reason='NumPy converts them itself until 2.4')
def test_libraries_see_the_numpy_that_is_installed(installed):
    import numpy  # noqa: F401

    with pytest.raises(TypeError, match='only 0-dimensional arrays'):
        eval('float(np.zeros(1))', dict(_STRANGER))


@pytest.mark.skipif(not _STRICT, reason='NumPy converts them itself until 2.4')
def test_what_is_undone_leaves_the_type_as_it_was():
    from tf1._backports import numpy_types

    before = {name: np.ndarray.__dict__[name] for name in ('__complex__', '__float__', '__int__')}
    undo = numpy_types.install(_Everyone(), _Silent())
    assert float(np.ones(1)) == 1.0
    undo()
    assert {name: np.ndarray.__dict__[name] for name in before} == before
    with pytest.raises(TypeError):
        float(np.ones(1))
    with pytest.raises(TypeError, match='immutable'):
        np.ndarray.anything = 1


def _filled(value):
    vector = np.zeros(2)
    vector[0] = value
    return vector.tolist()


class _Everyone:
    def owns(self, names):
        return True


class _Silent:
    def say(self, text):
        pass
