"""`tf.contrib.tfprof.model_analyzer`: parameters and floating-point operations of a graph."""

from __future__ import annotations

from typing import Any

import tf1 as tf

ALL_ADVICE = {'AcceleratorUtilizationChecker': {}, 'ExpensiveOperationChecker': {}, 'OperationChecker': {}}
FLOAT_OPS_OPTIONS = tf.profiler.ProfileOptionBuilder.float_operation()
PRINT_ALL_TIMING_MEMORY = tf.profiler.ProfileOptionBuilder.time_and_memory()
TRAINABLE_VARS_PARAMS_STAT_OPTIONS = tf.profiler.ProfileOptionBuilder.trainable_variables_parameter()

Profiler = tf.profiler.Profiler
advise = tf.profiler.advise


def print_model_analysis(
    graph: tf.Graph,
    run_meta: tf.RunMetadata | None = None,
    op_log: Any = None,
    tfprof_cmd: str = 'scope',
    tfprof_options: dict[str, Any] = TRAINABLE_VARS_PARAMS_STAT_OPTIONS,
) -> Any:
    """Prints and returns what `tf.profiler.profile` says of `graph`."""
    return tf.profiler.profile(
        graph, run_meta, op_log, tfprof_cmd, tfprof_options or TRAINABLE_VARS_PARAMS_STAT_OPTIONS
    )
