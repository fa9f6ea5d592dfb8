"""Which variables a sharded `tf.train.Saver` writes into one file, as TF 1.15 decides it.

Variables of one device go into one file. A part of a partitioned resource variable is read for that, and counts by the
device of what was read: the processor, wherever the variable is. So the checkpoints of ready-made Estimators, whose
weights are such parts, have a file of their own for the global step.
"""

from __future__ import annotations

import functools
import importlib
import sys
from typing import Any

import tensorflow.compat.v1 as tf

_SAVEABLES = 'tensorflow.python.training.saving.saveable_object_util'


def install() -> None:
    """Changes how savers group variables, for the process."""
    builder = sys.modules[tf.train.Saver.__module__].BaseSaverBuilder
    variable_kind = importlib.import_module(_SAVEABLES).ResourceVariableSaveable
    usual = builder._GroupByDevices
    if hasattr(usual, '__wrapped__'):
        return

    @functools.wraps(usual)
    def _GroupByDevices(self: Any, saveables: list[Any]) -> list[Any]:
        variables = [saveable for saveable in saveables if type(saveable) is variable_kind]
        for part in (spec for variable in variables for spec in variable.specs if callable(spec._tensor)):
            part.device = part.tensor.device  # Reads it, as TF 1.15 does.
        return usual(self, saveables)

    builder._GroupByDevices = _GroupByDevices
