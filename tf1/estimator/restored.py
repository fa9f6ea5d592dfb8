"""A session on a checkpoint, for evaluation and prediction."""

from __future__ import annotations

from collections.abc import Sequence

import tensorflow.compat.v1 as tf

from tf1.estimator import checkpoints
from tf1.estimator.hooked_session import HookedSession
from tf1.estimator.run_config import RunConfig


def open_session(
    scaffold: tf.train.Scaffold,
    master: str,
    config: RunConfig,
    checkpoint_path: str | None,
    hooks: Sequence[tf.train.SessionRunHook],
) -> HookedSession:
    """Returns a session on the default graph, restored from a checkpoint or initialised where that is None.

    Raises:
      tf.errors.NotFoundError, tf.errors.InvalidArgumentError: the checkpoint belongs to another model.
    """
    if not checkpoints.has_own_saver(scaffold):
        if checkpoint_path is not None:
            checkpoints.check_fits(checkpoint_path)
        checkpoints.take_variables_for_filled(scaffold, master)
    creator = checkpoints.RestoringSessionCreator(
        scaffold, master=master, config=config.session_config, checkpoint_filename_with_path=checkpoint_path
    )
    return HookedSession(creator, hooks)
