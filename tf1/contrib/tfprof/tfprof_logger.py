"""`tf.contrib.tfprof.tfprof_logger`: `tf.profiler.write_op_log` under its old name."""

from __future__ import annotations

import tf1 as tf

write_op_log = tf.profiler.write_op_log
