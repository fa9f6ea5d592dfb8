"""Who sees each `Session.run` of the process, while somebody wants to: `tf.contrib.tfprof.ProfileContext`."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf

Run = Callable[[Any, Any], Any]
"""Makes a step, given its RunOptions and RunMetadata or None."""
_usual: list[Callable[..., Any]] = []


def observe(observer: Callable[[tf.Session, Run, Any, Any], Any]) -> None:
    """Lets all steps of all sessions be made by an observer, until `stop`.

    Args:
      observer: called with the session, what makes the step, and the options and metadata that the program asks for;
        returns what the step returns.
    """
    kind = tf.Session.__mro__[1]
    usual = kind.run

    @functools.wraps(usual)
    def run(self: Any, fetches: Any, feed_dict: Any = None, options: Any = None, run_metadata: Any = None) -> Any:
        return observer(self, functools.partial(usual, self, fetches, feed_dict), options, run_metadata)

    _usual.append(usual)
    kind.run = run


def stop() -> None:
    """Lets sessions make their steps themselves again."""
    tf.Session.__mro__[1].run = _usual.pop()


def is_observed() -> bool:
    """Returns whether an observer makes the steps."""
    return bool(_usual)
