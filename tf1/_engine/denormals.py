"""Numbers too small for full precision are 0 in a session's own threads; here they are so in the calling thread, too.

TensorFlow sets the processor to that in the threads of its pools alone. A small graph that runs on the calling thread
would give other digits, and a processor takes up to a hundred times as long for an operation on such numbers.
"""

from __future__ import annotations

import ctypes
import functools
import platform
from collections.abc import Callable
from typing import Any

_ENVIRONMENT = ctypes.c_uint32 * 16
_CONTROL = {'x86_64': (7, 0x8040), 'aarch64': (0, 1 << 24)}
"""By machine: the word of glibc's `fenv_t` that says what becomes of these numbers, and the bits that make them 0."""


@functools.cache
def _functions() -> tuple[Callable[[Any], int], Callable[[Any], int], int, int] | None:
    if platform.libc_ver()[0] != 'glibc' or platform.machine() not in _CONTROL:
        return None
    library = ctypes.PyDLL('libm.so.6')
    return library.fegetenv, library.fesetenv, *_CONTROL[platform.machine()]


def can_flush() -> bool:
    """Returns whether `Flushed` does anything on this machine."""
    return _functions() is not None


class Flushed:
    """While this context lasts, the thread that entered it takes denormal numbers for 0."""

    def __enter__(self) -> None:
        functions = _functions()
        self._before = None
        if functions is not None:
            read, self._write, word, bits = functions
            self._before = _ENVIRONMENT()
            read(self._before)
            changed = _ENVIRONMENT.from_buffer_copy(self._before)
            changed[word] |= bits
            self._write(changed)

    def __exit__(self, *error: object) -> None:
        if self._before is not None:
            self._write(self._before)
