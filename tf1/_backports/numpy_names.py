"""What NumPy of the TF 1 era had at top level and NumPy 1.20 to 2.4 dropped, by what replaced it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tf1._backports import registry

_SUCCESSORS = {
    # Python's own types, and short names of scalar types.
    **{name: name for name in ('bool', 'complex', 'float', 'int', 'object', 'str')},
    'long': 'int',
    'unicode': 'str',
    'bool8': 'np.bool_',
    'bytes0': 'np.bytes_',
    'cfloat': 'np.complex128',
    'clongfloat': 'np.clongdouble',
    'complex_': 'np.complex128',
    'float_': 'np.float64',
    'int0': 'np.intp',
    'longcomplex': 'np.clongdouble',
    'longfloat': 'np.longdouble',
    'object0': 'np.object_',
    'singlecomplex': 'np.complex64',
    'str0': 'np.str_',
    'string_': 'np.bytes_',
    'uint0': 'np.uintp',
    'unicode_': 'np.str_',
    'void0': 'np.void',
    # Constants.
    'Inf': 'np.inf',
    'Infinity': 'np.inf',
    'NAN': 'np.nan',
    'NaN': 'np.nan',
    'PINF': 'np.inf',
    'infty': 'np.inf',
    # Functions and classes.
    'AxisError': 'np.exceptions.AxisError',
    'ComplexWarning': 'np.exceptions.ComplexWarning',
    'DataSource': 'np.lib.npyio.DataSource',
    'RankWarning': 'np.exceptions.RankWarning',
    'VisibleDeprecationWarning': 'np.exceptions.VisibleDeprecationWarning',
    'alen': 'len',
    'alltrue': 'np.all',
    'byte_bounds': 'np.lib.array_utils.byte_bounds',
    'compare_chararrays': 'np.char.compare_chararrays',
    'cumproduct': 'np.cumprod',
    'format_parser': 'np.rec.format_parser',
    'issubclass_': 'issubclass',
    'issubsctype': 'np.issubdtype',
    'loads': 'pickle.loads',
    'mat': 'np.asmatrix',
    'product': 'np.prod',
    'rank': 'np.ndim',
    'round_': 'np.round',
    'row_stack': 'np.vstack',
    'safe_eval': 'ast.literal_eval',
    'sometrue': 'np.any',
    'trapz': 'np.trapezoid',
    'typeDict': 'np.sctypeDict',
}


def _asfarray(a: Any, dtype: Any = np.float64) -> np.ndarray:
    dtype = np.dtype(dtype)
    return np.asarray(a, dtype=dtype if np.issubdtype(dtype, np.inexact) else np.float64)


def _in1d(ar1: Any, ar2: Any, assume_unique: bool = False, invert: bool = False) -> np.ndarray:
    return np.isin(np.ravel(ar1), ar2, assume_unique=assume_unique, invert=invert)


class _Cast(dict):
    def __missing__(self, dtype: Any) -> Any:
        self[dtype] = lambda x: np.asarray(x).astype(dtype)
        return self[dtype]


_SCTYPES = {
    'int': [np.int8, np.int16, np.int32, np.int64],
    'uint': [np.uint8, np.uint16, np.uint32, np.uint64],
    'float': [np.float16, np.float32, np.float64, np.longdouble],
    'complex': [np.complex64, np.complex128, np.clongdouble],
    'others': [bool, object, bytes, str, np.void],
}


class _Sizes(dict):
    def __missing__(self, dtype: Any) -> int:
        return np.dtype(dtype).itemsize


def _find_common_type(array_types: Any, scalar_types: Any) -> np.dtype:
    # Scalars count only where their kind is above that of all arrays.
    arrays, scalars = (
        np.result_type(*map(np.dtype, types)) if types else None for types in (array_types, scalar_types)
    )
    if arrays is None or scalars is None:
        return scalars if arrays is None else arrays
    is_above = 'buifc'.find(scalars.kind) > 'buifc'.find(arrays.kind)
    return np.promote_types(arrays, scalars) if is_above else arrays


_OWN = {
    'NINF': (-np.inf, '-np.inf'),
    'NZERO': (-0.0, '-0.0'),
    'PZERO': (0.0, '0.0'),
    'asfarray': (_asfarray, 'np.asarray with a float type'),
    'asscalar': (lambda a: a.item(), 'the method item()'),
    'cast': (_Cast(), 'the method astype()'),
    'find_common_type': (_find_common_type, 'np.result_type'),
    'in1d': (_in1d, 'np.isin'),
    'math': (math, 'the module math'),
    'msort': (lambda a: np.sort(a, axis=0), 'np.sort(axis=0)'),
    'nbytes': (_Sizes(), 'np.dtype(...).itemsize'),
    'obj2sctype': (lambda rep: np.dtype(rep).type, 'np.dtype(...).type'),
    'sctypes': (_SCTYPES, 'a dictionary of the types'),
}


def _function(name: str) -> registry.StandIn | None:
    return registry.StandIn(*_OWN[name]) if name in _OWN else None


def _of_numpy(name: str) -> registry.StandIn | None:
    """Finds what `np.lib` had: all functions of NumPy's that are defined below it."""
    function = getattr(np, name, None)
    return registry.StandIn(function, f'np.{name}') if callable(function) else None


FINDERS = {
    'numpy': registry.chain(_function, registry.named(_SUCCESSORS, np='numpy')),
    'numpy.lib': _of_numpy,
}
