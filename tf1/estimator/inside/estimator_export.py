"""`estimator_export`: the decorator that lists public names of `tf.estimator`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def estimator_export(*names: str, **options: Any) -> Callable[[Any], Any]:
    """Returns a decorator that changes nothing: TensorFlow's own build reads such lists, and no program."""
    del names, options
    return lambda value: value
