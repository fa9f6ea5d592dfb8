"""Graph mode, v1 shapes (`?`) and control flow, reference variables: TensorFlow's own switch to TF 1 behaviour."""

from __future__ import annotations

import tensorflow.compat.v1 as tf


def install() -> None:
    """Switches the process to TF 1 behaviour."""
    tf.disable_v2_behavior()
