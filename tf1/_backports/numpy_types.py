"""NumPy's array types as they were: numbers from arrays of one element, `astype`, and `tostring`.

- `float(array)`, `int(array)`, `'%d' % array` and `vector[0] = array` for arrays of one element that have dimensions:
  NumPy 2.4 takes arrays without dimensions only. Programs of the TF 1 era fetch a loss of shape [1] and format it.
- `array.astype(np.integer)` and the other abstract types, which NumPy 2.4 refuses.
- `ndarray.tostring`, the older name of `tobytes`, which programs that write TFRecords call and NumPy 2.3 dropped.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import gc
import sys
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from tf1._backports.notices import Notices
from tf1._backports.numpy_functions import ABSTRACT, concrete
from tf1._backports.user_code import UserCode

_METHODS = ('__complex__', '__float__', '__int__')
_IMMUTABLE = 1 << 8
_TOSTRING = 'tostring'


class _TypeObject(ctypes.Structure):
    """CPython's PyTypeObject as far as its flags."""

    _fields_ = (('ob_base', ctypes.c_ssize_t * 3), ('slots', ctypes.c_void_p * 18), ('tp_flags', ctypes.c_ulong))


def install(user_code: UserCode, notices: Notices) -> Callable[[], None]:
    """Gives arrays and scalars what they lack, for `user_code`. Returns a function to undo it."""
    undo = [
        _install_conversions(user_code, notices),
        *(_install_astype(kind, user_code, notices) for kind in (np.ndarray, np.generic)),
        _install_tostring(user_code, notices),
    ]
    return lambda: [each() for each in undo] and None


def _install_conversions(user_code: UserCode, notices: Notices) -> Callable[[], None]:
    before = {name: np.ndarray.__dict__[name] for name in _METHODS}
    if not _refused():
        return lambda: None
    _set(np.ndarray, {name: _converting(method, user_code, notices) for name, method in before.items()})
    return lambda: _set(np.ndarray, before)


def _install_astype(kind: type, user_code: UserCode, notices: Notices) -> Callable[[], None]:
    before = kind.__dict__['astype']

    @functools.wraps(before)
    def astype(array: object, *args: Any, **kwargs: Any) -> Any:
        try:
            return before(array, *args, **kwargs)
        except TypeError:
            dtype = args[0] if args else kwargs.get('dtype')
            if not isinstance(dtype, type) or dtype not in ABSTRACT or not user_code.owns(sys._getframe(1).f_globals):
                raise
        notices.say(f'astype(np.{dtype.__name__}) is gone; astype(np.{ABSTRACT[dtype].__name__}) stands in for it.')
        args, kwargs = concrete(args, kwargs)
        return before(array, *args, **kwargs)

    _set(kind, {'astype': astype})
    return lambda: _set(kind, {'astype': before})


def _converting(method: Callable, user_code: UserCode, notices: Notices) -> Callable[[np.ndarray], object]:
    word = method.__name__.strip('_')

    def convert(array: np.ndarray) -> object:
        if array.ndim and array.size == 1 and user_code.owns(sys._getframe(1).f_globals):
            notices.say(f'{word}(array) of an array with dimensions is gone; {word}(array.item()) stands in for it.')
            return method(np.asarray(array.flat[0]))
        return method(array)

    return convert


def _refused() -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')  # NumPy 1.25 to 2.3 only warn
        try:
            float(np.zeros(1))
        except TypeError:
            return True
    return False


def _set(kind: type, methods: dict[str, Callable]) -> None:
    with _mutable(kind) as allowed:
        for name, method in methods.items() if allowed else ():
            setattr(kind, name, method)


@contextlib.contextmanager
def _mutable(kind: type) -> Iterator[bool]:
    """Lets the type `kind`, written in C, take methods; yields whether it does."""
    found = _TypeObject.from_address(id(kind))
    # In a Python that lays types out in another way, they stay as they are.
    if found.tp_flags != kind.__flags__:
        yield False
        return
    found.tp_flags &= ~_IMMUTABLE
    try:
        yield True
    finally:
        found.tp_flags |= _IMMUTABLE


class _ToString:
    def __init__(self, user_code: UserCode, notices: Notices):
        self._user_code = user_code
        self._notices = notices

    def __get__(self, array: np.ndarray | None, kind: type) -> Callable[..., bytes]:
        if not self._user_code.owns(sys._getframe(1).f_globals):
            raise AttributeError(f'{kind.__name__!r} object has no attribute {_TOSTRING!r}', name=_TOSTRING, obj=array)
        self._notices.say('ndarray.tostring is gone; tobytes stands in for it.')
        return kind.tobytes if array is None else array.tobytes


def _install_tostring(user_code: UserCode, notices: Notices) -> Callable[[], None]:
    """Gives arrays and NumPy's scalars `tostring` where they lack it. Returns a function to undo it."""
    changed = [kind for kind in (np.ndarray, np.generic) if _TOSTRING not in _attributes(kind)]
    for kind in changed:
        _attributes(kind)[_TOSTRING] = _ToString(user_code, notices)
        ctypes.pythonapi.PyType_Modified(ctypes.py_object(kind))

    def undo() -> None:
        for kind in changed:
            del _attributes(kind)[_TOSTRING]
            ctypes.pythonapi.PyType_Modified(ctypes.py_object(kind))

    return undo


def _attributes(kind: type) -> dict:
    # A type written in C takes no attributes in any other way; the view that it shows refers to the real ones alone.
    return next(each for each in gc.get_referents(kind.__dict__) if isinstance(each, dict))
