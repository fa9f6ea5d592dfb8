"""`tf.contrib.compiler.xla`: a function whose operations are compiled together."""

from __future__ import annotations

import tf1 as tf

compile = tf.xla.experimental.compile
