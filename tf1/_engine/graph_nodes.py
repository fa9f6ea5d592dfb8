"""The functions of TensorFlow and tf_keras that build TF 1.15's nodes only when ours stands in their place."""

from __future__ import annotations

from tf1._engine import dataset_options, replacements, splitting
from tf1._engine.gradients import starting

REPLACEMENTS = {
    'tensorflow.compat.v1.ones': starting.ones,
    'tensorflow.compat.v1.split': splitting.split,
    'tensorflow.python.data.ops.dataset_ops.apply_rewrite': dataset_options.without_rewrites,
}
"""Dotted name of the function -> what makes the replacement from it."""


def install() -> None:
    """Installs all replacements in the process."""
    replacements.replace(REPLACEMENTS)
