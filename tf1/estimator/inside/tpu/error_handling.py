"""Which of several threads' errors a program is told."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Iterator
from types import TracebackType
from typing import Any

import tensorflow.compat.v1 as tf

_FOLLOWING = (tf.errors.AbortedError, tf.errors.CancelledError)
"""Errors that another thread's error brings about."""
ExcInfo = tuple[type[BaseException] | None, BaseException | None, TracebackType | None]


class ErrorRendezvous:
    """Keeps the errors of threads until all have ended, and raises the one that says most.

    Args:
      num_sources: threads that are waited for.
    """

    def __init__(self, num_sources: int):
        self._sources = num_sources
        self._errors: dict[str, BaseException | None] = {}
        self._changed = threading.Condition()

    def record_error(self, source: str, exc_info: ExcInfo, session: Any = None) -> None:
        """Keeps the error of a thread; the first one of a thread counts."""
        with self._changed:
            if self._errors.get(source) is None:
                self._errors[source] = exc_info[1]
            self._changed.notify_all()

    def record_done(self, source: str) -> None:
        """Notes that a thread has ended."""
        with self._changed:
            self._errors.setdefault(source, None)
            self._changed.notify_all()

    @contextlib.contextmanager
    def catch_errors(self, source: str, session: Any = None) -> Iterator[None]:
        """Keeps the error that the block raises, if any, and notes its end."""
        try:
            yield
        except Exception:
            self.record_error(source, sys.exc_info(), session)
        finally:
            self.record_done(source)

    def raise_errors(self, timeout_sec: float = 0) -> None:
        """Waits `timeout_sec` at most for all threads to end; then raises the error that is no consequence of another.

        Raises:
          Exception: what a thread raised.
        """
        with self._changed:
            self._changed.wait_for(lambda: len(self._errors) >= self._sources, timeout_sec)
            errors = [each for each in self._errors.values() if each is not None]
        for error in (*(each for each in errors if not isinstance(each, _FOLLOWING)), *errors):
            raise error
