from __future__ import annotations

import inspect
import warnings

import numpy as np
import pytest

import tf1 as tf

numpy_compat = pytest.importorskip('tensorflow.python.util.numpy_compat', reason='comes with TensorFlow 2.18')

VALUES = {
    'a number': (1.5,),
    'numbers as others': ([1, 2], np.float32),
    'an array in another order': (np.arange(6).reshape(2, 3), np.int64, 'F'),
    'text': ('ä', None),
    'bytes': ([b'a', b'bc'], object),
    'lists of unlike lengths': ([[1], [2, 3]],),
    'text as a number': ('a', np.int32),
    'out of range': (300, np.uint8),
}


def outcome(convert, arguments):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter('error')
            array = convert(*arguments)
    except Exception as error:  # Which one is what is compared.
        return type(error), str(error)
    return array.dtype, array.tolist(), array.flags.f_contiguous


@pytest.mark.parametrize('name', VALUES)
def test_values_become_the_same_arrays_and_errors(name):
    usual = inspect.unwrap(numpy_compat.np_asarray)
    assert usual is not numpy_compat.np_asarray
    assert outcome(numpy_compat.np_asarray, VALUES[name]) == outcome(usual, VALUES[name])


def test_an_array_stays_the_same_and_is_copied_where_asked():
    array = np.ones(3)
    assert numpy_compat.np_asarray(array) is array
    assert inspect.signature(numpy_compat.np_asarray) == inspect.signature(inspect.unwrap(numpy_compat.np_asarray))


def test_functions_of_python_return_through_it(monkeypatch):
    seen = []
    conversion = numpy_compat.np_asarray
    monkeypatch.setattr(
        numpy_compat, 'np_asarray', lambda *args, **kwargs: seen.append(1) or conversion(*args, **kwargs)
    )
    with tf.Graph().as_default(), tf.Session() as session:
        both = tf.py_func(lambda: (np.float32(2), [1, 2]), [], [tf.float32, tf.int64])
        seen.clear()
        two, numbers = session.run(both)
    assert (two, numbers.tolist(), len(seen)) == (2.0, [1, 2], 2)
