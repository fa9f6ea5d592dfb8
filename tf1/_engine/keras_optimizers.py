"""The variables of Keras optimizers are those of TF 1.15: checkpoints hold them by name."""

from __future__ import annotations

import functools
from typing import Any

import tf_keras


def install() -> None:
    """Changes the optimizers, for the process."""
    ftrl = tf_keras.optimizers.legacy.Ftrl
    ftrl.__init__ = _without_variable_beta(ftrl.__init__)


def _without_variable_beta(usual: Any) -> Any:
    """Returns an `__init__` of Ftrl; its `beta` came later, and gets a variable only where it is not 0."""

    @functools.wraps(usual)
    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        usual(self, *args, **kwargs)
        if self._hyper.get('beta') == 0.0:
            self._hyper['beta'] = _zero  # What is called gets no variable.

    return __init__


def _zero() -> float:
    return 0.0
