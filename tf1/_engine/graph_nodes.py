"""The functions of TensorFlow and tf_keras that build TF 1.15's nodes only when ours stands in their place."""

from __future__ import annotations

from tf1._engine import replacements, splitting
from tf1._engine.gradients import starting

REPLACEMENTS = {
    'tensorflow.compat.v1.ones': starting.ones,
    'tensorflow.compat.v1.split': splitting.split,
}
"""Dotted name of the function -> what makes the replacement from it."""


def install() -> None:
    """Installs all replacements in the process."""
    replacements.replace(REPLACEMENTS)
