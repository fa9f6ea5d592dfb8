"""Waits for checkpoints."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import tensorflow.compat.v1 as tf


def wait_for_new_checkpoint(
    checkpoint_dir: str, last_checkpoint: str | None = None, seconds_to_sleep: float = 1, timeout: float | None = None
) -> str | None:
    """Returns the path of a checkpoint other than `last_checkpoint` once there is one, or None after `timeout`.

    Args:
      checkpoint_dir: where checkpoints appear.
      last_checkpoint: the one that is known; None for none.
      seconds_to_sleep: between two looks.
      timeout: seconds; None to wait for ever.
    """
    tf.logging.info('Waiting for new checkpoint at %s', checkpoint_dir)
    stop_time = None if timeout is None else time.monotonic() + timeout
    while True:
        path = tf.train.latest_checkpoint(checkpoint_dir)
        if path is not None and path != last_checkpoint:
            tf.logging.info('Found new checkpoint at %s', path)
            return path
        if stop_time is not None and time.monotonic() + seconds_to_sleep > stop_time:
            return None
        time.sleep(seconds_to_sleep)


def checkpoints_iterator(
    checkpoint_dir: str,
    min_interval_secs: float = 0,
    timeout: float | None = None,
    timeout_fn: Callable[[], bool] | None = None,
) -> Iterator[str]:
    """Yields the path of each new checkpoint, or of the latest where several appeared.

    Args:
      checkpoint_dir: where checkpoints appear.
      min_interval_secs: least seconds between two checkpoints.
      timeout: seconds without a new checkpoint after which this ends; None to wait for ever.
      timeout_fn: asked after a timeout whether to end; None ends.
    """
    path = None
    while True:
        new_path = wait_for_new_checkpoint(checkpoint_dir, path, timeout=timeout)
        if new_path is None:
            tf.logging.info('Timed-out waiting for a checkpoint.')
            if timeout_fn is None or timeout_fn():
                return
            continue
        started = time.monotonic()
        path = new_path
        yield path
        time.sleep(max(0.0, started + min_interval_secs - time.monotonic()))
