from __future__ import annotations

import math

import numpy as np
import pytest

from tf1._backports import numpy_names


@pytest.mark.parametrize('name', sorted({*numpy_names._SUCCESSORS, *numpy_names._OWN}))
def test_every_name_has_a_value(name):
    assert numpy_names.FINDERS['numpy'](name).value is not None


@pytest.mark.parametrize(
    ('name', 'value'),
    [
        ('float', float),
        ('int', int),
        ('object', object),
        ('str', str),
        ('unicode', str),
        ('float_', np.float64),
        ('complex_', np.complex128),
        ('string_', np.bytes_),
        ('product', np.prod),
        ('cumproduct', np.cumprod),
        ('Inf', math.inf),
        ('NINF', -math.inf),
        ('math', math),
    ],
)
def test_names_have_the_values_of_old(installed, name, value):
    assert getattr(np, name) == value


def test_functions_without_a_successor_of_the_same_form_return_what_they_did(installed):
    assert np.asscalar(np.array([2.5])) == 2.5
    assert type(np.asscalar(np.float32(1))) is float
    assert np.in1d([[1, 2], [3, 4]], [2, 3]).tolist() == [False, True, True, False]
    assert np.asfarray([1, 2]).dtype == np.float64
    assert np.asfarray([1, 2], np.float32).dtype == np.float32
    assert np.asfarray([1, 2], np.int32).dtype == np.float64
    assert np.msort([[3, 1], [2, 4]]).tolist() == [[2, 1], [3, 4]]
    assert np.trapz([1, 2, 3]) == 4.0
    assert np.cast['float32']([1, 2]).dtype == np.cast[np.float32](2.5).dtype == np.float32
    assert np.cast['int32'](2.5).tolist() == 2
    assert np.sctypes['float'] == [np.float16, np.float32, np.float64, np.longdouble]


def test_names_can_be_imported_from_numpy(installed):
    from numpy import alltrue, product, sometrue

    assert (product, sometrue, alltrue) == (np.prod, np.any, np.all)


def test_arrays_and_scalars_have_tostring_for_the_program_alone(installed):
    import numpy  # noqa: F401

    array = np.array([1, 256], np.int16)
    assert array.tostring() == b'\x01\x00\x00\x01'
    assert np.int16(1).tostring() == b'\x01\x00'
    stranger = {'__name__': 'stranger', '__file__': '/x/site-packages/stranger.py', 'array': array}
    assert eval('hasattr(array, "tostring")', stranger) is False


def test_what_numpy_never_had_is_missing(installed):
    with pytest.raises(AttributeError, match='nope'):
        np.nope  # noqa: B018


def test_sizes_and_common_types_are_those_of_old(installed):
    common = [
        np.find_common_type(arrays, scalars)
        for arrays, scalars in (
            ([np.float32], []),
            ([], [np.int64]),
            ([np.int8, np.uint8], []),
            ([np.float32], [np.int64, np.float64]),
            ([np.float32], [complex]),
            ([np.int32], [np.float32]),
            ([np.int64], [bool]),
            ([np.uint8], [np.int64]),
        )
    ]
    assert common == ['f4', 'i8', 'i2', 'f4', 'c16', 'f8', 'i8', 'i8']
    assert np.nbytes[np.float32] == 4
    assert np.obj2sctype('f4') is np.float32


def test_numpy_lib_has_what_is_numpys(installed):
    assert np.lib.pad is np.pad
    with pytest.raises(AttributeError):
        np.lib.nonsense  # noqa: B018
