"""A process that ends when the one that started it does, whatever ended that."""

from __future__ import annotations

import os
import threading


def end_with_parent() -> None:
    """Ends this process when its standard input, a pipe that the parent holds open, comes to its end."""
    threading.Thread(target=_wait, daemon=True).start()


def _wait() -> None:
    # Not sys.stdin: a thread that waits within its lock would end the interpreter in an error.
    while os.read(0, 1):
        pass
    os._exit(1)
