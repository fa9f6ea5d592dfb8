"""`tf.contrib.compiler.jit`: the scope whose operations are compiled together."""

from __future__ import annotations

import tf1 as tf

experimental_jit_scope = tf.xla.experimental.jit_scope
