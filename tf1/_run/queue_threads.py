"""Ends the threads of queue runners that a program leaves behind when it ends.

A thread that comes back from TensorFlow while Python shuts down can bring the process down: "FATAL: exception not
rethrown" and status 134 in place of the program's own. So they end before Python does.
"""

from __future__ import annotations

import atexit
import contextlib
import logging
import os
import sys
import threading
from collections.abc import Iterator

_NAME = 'QueueRunnerThread'
_SECONDS = 5.0


def stop_at_exit() -> None:
    """Lets `stop` run once the program and what it has registered for its end are through."""
    atexit.register(stop)


def stop() -> None:
    """Closes the sessions of the queue runners that still run, and waits a few seconds for their threads."""
    threads = [thread for thread in threading.enumerate() if thread.daemon and thread.name.startswith(_NAME)]
    if not threads:
        return
    sessions = {id(word): word for thread in threads for word in _arguments(thread) if hasattr(word, 'close')}
    with _unheard():
        for session in sessions.values():
            session.close()
        for thread in threads:
            thread.join(_SECONDS / len(threads))


@contextlib.contextmanager
def _unheard() -> Iterator[None]:
    """Keeps messages of threads, Python's and TensorFlow's, about the end of their session off standard error.

    They would not have said it, ended by Python; it would stand below the traceback that the program died of.
    """
    hook, logger = threading.excepthook, logging.getLogger('tensorflow')
    disabled, kept = logger.disabled, os.dup(2)
    sys.stderr.flush()
    with open(os.devnull, 'w') as nowhere:
        os.dup2(nowhere.fileno(), 2)
    threading.excepthook = lambda ignored: None
    logger.disabled = True
    try:
        yield
    finally:
        threading.excepthook, logger.disabled = hook, disabled
        os.dup2(kept, 2)
        os.close(kept)


def _arguments(thread: threading.Thread) -> tuple:
    # A thread that has just ended has none.
    return getattr(thread, '_args', None) or ()
