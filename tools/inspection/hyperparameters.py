"""The hyperparameters of a training, as TensorBoard's HParams tab reads them."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

from tensorboard.plugins.hparams import api

import tf1 as tf
from tools.inspection import evaluations

_TAG = '_hparams_/session_start_info'


def write(model_dir: str, values: Mapping[str, Any], name: str) -> bool:
    """Adds the values to the event files of a model_dir that has none yet; returns whether it did.

    Args:
      model_dir: the run that they belong to.
      values: numbers, booleans and strings by name.
      name: what the tab calls the run.
    """
    if evaluations.steps_with(model_dir, _TAG):
        return False
    summary = api.hparams_pb(dict(values), trial_id=name)
    with contextlib.closing(tf.summary.FileWriter(model_dir, filename_suffix='.hparams')) as writer:
        writer.add_summary(tf.Summary.FromString(summary.SerializeToString()), 0)
    return True
