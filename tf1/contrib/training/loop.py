"""The training loop with checkpoints and summaries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf


def train(
    train_op: tf.Tensor,
    logdir: str | None,
    master: str = '',
    is_chief: bool = True,
    scaffold: tf.train.Scaffold | None = None,
    hooks: Sequence[tf.train.SessionRunHook] | None = None,
    chief_only_hooks: Sequence[tf.train.SessionRunHook] | None = None,
    save_checkpoint_secs: int | None = 600,
    save_summaries_steps: int | None = 100,
    config: tf.ConfigProto | None = None,
    max_wait_secs: int = 7200,
    run_metadata: tf.RunMetadata | None = None,
) -> Any:
    """Runs `train_op` until a hook or the end of the input stops it, and returns its last value.

    Args:
      train_op: trains and has the value of the loss, as `create_train_op` makes it.
      logdir: folder of checkpoints and events, from which training goes on; None needs both intervals to be None.
      master: target of the session.
      is_chief: whether this process initialises and saves.
      scaffold: None for the default.
      hooks: called around each step.
      chief_only_hooks: called on the chief alone.
      save_checkpoint_secs: seconds between checkpoints; None for none.
      save_summaries_steps: steps between summaries; None for none.
      config: of the session.
      max_wait_secs: seconds that a worker waits for its chief.
      run_metadata: filled by each step.

    Raises:
      ValueError: there is no `logdir`, and an interval is not None.
    """
    if logdir is None and is_chief:
        for name, value in (
            ('save_summaries_steps', save_summaries_steps),
            ('save_checkpoint_secs', save_checkpoint_secs),
        ):
            if value:
                raise ValueError(f'logdir cannot be None when {name} is not None; name a folder, or pass {name}=None.')
    scaffold = scaffold or tf.train.Scaffold()
    hooks = list(hooks or ())
    if is_chief:
        creator = tf.train.ChiefSessionCreator(scaffold, master=master, config=config, checkpoint_dir=logdir)
        hooks.extend(chief_only_hooks or ())
        if save_checkpoint_secs:
            hooks.append(tf.train.CheckpointSaverHook(logdir, save_secs=save_checkpoint_secs, scaffold=scaffold))
        if save_summaries_steps:
            saver = tf.train.SummarySaverHook(save_steps=save_summaries_steps, output_dir=logdir, scaffold=scaffold)
            hooks.append(saver)
    else:
        creator = tf.train.WorkerSessionCreator(scaffold, master, config, max_wait_secs)
    loss = None
    with tf.train.MonitoredSession(creator, hooks) as session:
        while not session.should_stop():
            loss = session.run(train_op, run_metadata=run_metadata)
    return loss
