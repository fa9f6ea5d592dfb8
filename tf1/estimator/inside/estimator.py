"""`estimator.estimator`: the Estimator itself, and what subclasses of it call."""

from __future__ import annotations

import tensorflow.compat.v1 as tf

from tf1.estimator.checkpoints import global_step_of
from tf1.estimator.estimator import Estimator, EstimatorV2
from tf1.estimator.replicas import device_fn as _get_replica_device_setter
from tf1.estimator.user_functions import check_model_fn as _verify_model_fn_args
from tf1.estimator.warm_start import VocabInfo, WarmStartSettings

__all__ = [
    'Estimator',
    'EstimatorV2',
    'VocabInfo',
    'WarmStartSettings',
    '_get_replica_device_setter',
    '_load_global_step_from_checkpoint_dir',
    '_verify_model_fn_args',
]


def _load_global_step_from_checkpoint_dir(checkpoint_dir: str) -> int:
    """Returns the global step of the folder's newest checkpoint; 0 without one."""
    return global_step_of(tf.train.latest_checkpoint(checkpoint_dir))
