"""TensorFlow itself, switched to TF 1 behaviour: graph mode, v1 shapes and control flow, reference variables.

Importing this module is what loads TensorFlow, so whoever can wait does. It also applies PATCHES, the one list of what
tf1 changes in TensorFlow and Keras; docs/architecture.md says of each what it changes and why.
"""

from __future__ import annotations

import gc
import os
import sys

from tf1._namespace import garbage

_LOADED_HERE = 'tensorflow' not in sys.modules
if _LOADED_HERE:
    # Both are read once, when TensorFlow loads. Someone who set them meant it.
    os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '1')
    os.environ.setdefault('TF_USE_LEGACY_KERAS', '1')

with garbage.not_collected():
    import tensorflow as v2
    import tensorflow.compat.v1 as v1

    from tf1._engine import (
        argument_defaults,
        array_conversion,
        behavior,
        checkpoint_hook,
        class_methods,
        dataset_options,
        datasets,
        dimensions,
        error_messages,
        gradient_nodes,
        graph_import,
        graph_nodes,
        keras_arguments,
        keras_configs,
        keras_methods,
        keras_names,
        keras_optimizers,
        keras_progress,
        keras_results,
        keras_summary,
        log_filter,
        lost_dataset_options,
        matmul_gradient,
        saver_groups,
        session_runs,
        session_threads,
        tensors,
    )

    if _LOADED_HERE:
        # All of it stays until the process ends: no later collection looks through these 400,000 objects.
        gc.freeze()

__all__ = ['PATCHES', 'v1', 'v2']

PATCHES = (
    log_filter,
    behavior,
    matmul_gradient,
    gradient_nodes,
    graph_nodes,
    dataset_options,
    datasets,
    lost_dataset_options,
    tensors,
    dimensions,
    class_methods,
    argument_defaults,
    array_conversion,
    checkpoint_hook,
    error_messages,
    graph_import,
    keras_arguments,
    keras_configs,
    keras_methods,
    keras_names,
    keras_optimizers,
    keras_progress,
    keras_results,
    keras_summary,
    saver_groups,
    session_runs,
    session_threads,
)
"""Modules whose `install()` changes TensorFlow or Keras for the process, in this order."""

for _patch in PATCHES:
    _patch.install()
