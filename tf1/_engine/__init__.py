"""TensorFlow itself, switched to TF 1 behaviour: graph mode, v1 shapes and control flow, reference variables.

Importing this module is what loads TensorFlow, so whoever can wait does. It also applies PATCHES, the one list of what
tf1 changes in TensorFlow and Keras; docs/architecture.md says of each what it changes and why.
"""

from __future__ import annotations

import os
import sys

if 'tensorflow' not in sys.modules:
    # Both are read once, when TensorFlow loads. Someone who set them meant it.
    os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '1')
    os.environ.setdefault('TF_USE_LEGACY_KERAS', '1')

import tensorflow as v2  # noqa: E402
import tensorflow.compat.v1 as v1  # noqa: E402

from tf1._engine import (  # noqa: E402
    behavior,
    class_methods,
    dataset_options,
    dimensions,
    error_messages,
    gradient_nodes,
    graph_import,
    graph_nodes,
    keras_arguments,
    keras_methods,
    keras_names,
    keras_optimizers,
    log_filter,
    matmul_gradient,
    session_runs,
    session_threads,
    tensors,
)

__all__ = ['PATCHES', 'v1', 'v2']

PATCHES = (
    log_filter,
    behavior,
    matmul_gradient,
    gradient_nodes,
    graph_nodes,
    dataset_options,
    tensors,
    dimensions,
    class_methods,
    error_messages,
    graph_import,
    keras_arguments,
    keras_methods,
    keras_names,
    keras_optimizers,
    session_runs,
    session_threads,
)
"""Modules whose `install()` changes TensorFlow or Keras for the process, in this order."""

for _patch in PATCHES:
    _patch.install()
