"""Whether a function is at work further up in this thread, for others that it calls."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from typing import Any


class AtWork(threading.local):
    """True in a thread while a function that `watched` has returned is at work there."""

    _now = False

    def __bool__(self) -> bool:
        return self._now

    def watched(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Returns `function`, under watch."""

        @functools.wraps(function)
        def watched(*args: Any, **kwargs: Any) -> Any:
            before, self._now = self._now, True
            try:
                return function(*args, **kwargs)
            finally:
                self._now = before

        return watched
