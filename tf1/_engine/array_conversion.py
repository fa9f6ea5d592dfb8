"""Arrays become NumPy arrays without a look at NumPy's version.

TensorFlow 2.18 and later reads the text of `np.__version__` anew for each value that becomes an array: each result of a
`tf.py_func`, say, for 10 microseconds. Versions differ in what becomes of numbers that a type cannot hold, not in what
becomes of an array that has the type.
"""

from __future__ import annotations

import functools
import importlib
import inspect
from typing import Any

import numpy as np

_MODULE = 'tensorflow.python.util.numpy_compat'


def install() -> None:
    """Gives TensorFlow a conversion that does not look, for the process."""
    try:
        module = importlib.import_module(_MODULE)
    except ImportError:  # Before TensorFlow 2.18, which calls NumPy itself.
        return
    usual = module.np_asarray
    if hasattr(usual, '__wrapped__'):
        return
    convert = inspect.unwrap(np.asarray)  # Programs may be given another.

    @functools.wraps(usual)
    def np_asarray(values: Any, dtype: Any = None, order: Any = None, copy: Any = None) -> np.ndarray:
        if copy is None and (dtype is None or isinstance(values, (np.ndarray, np.generic)) and values.dtype == dtype):
            return convert(values, None, order)
        return usual(values, dtype, order, copy)

    module.np_asarray = np_asarray
