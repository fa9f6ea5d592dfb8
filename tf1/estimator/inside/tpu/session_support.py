"""What watches over the hosts of a TPU: hooks and functions that a machine without one has no use for.

TF 1.15 says so in its log where the devices of a session send no heartbeats, and goes on; so does this.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import tensorflow.compat.v1 as tf


class CoordinatorResetError(tf.errors.AbortedError):
    """A training is to create its session anew."""

    def __init__(self) -> None:
        super().__init__(None, None, 'The session is to be created anew.')


class GracefulShutdownHook(tf.train.SessionRunHook):
    """Saves a checkpoint when a TPU's host says that it goes down; here there is none that could."""

    def __init__(
        self,
        checkpoint_prefix: str,
        saver: tf.train.Saver | None = None,
        on_shutdown_hooks: Sequence[Callable[..., None]] | None = None,
    ):
        self._hooks = on_shutdown_hooks or ()

    def after_create_session(self, training_session: tf.Session, coord: tf.train.Coordinator) -> None:
        """Says that nothing watches the devices."""
        _say_there_are_no_heartbeats()


class ResetComputation:
    """Ends the session of a training, after its hosts were shut down."""

    def __call__(self, run_context: tf.train.SessionRunContext, all_workers: object, lame_workers: object) -> None:
        """Raises the error for which a training creates its session anew."""
        raise CoordinatorResetError()


class ShutdownAllWorkers:
    """Shuts all hosts of a TPU down."""

    def __call__(self, run_context: tf.train.SessionRunContext, all_workers: object, lame_workers: object) -> None:
        """Says that nothing watches the devices."""
        _say_there_are_no_heartbeats()


class ShutdownLameWorkers(ShutdownAllWorkers):
    """Shuts those hosts of a TPU down that are about to be taken away."""


def start_worker_watchdog(
    session: tf.Session,
    devices: Sequence[str] | None = None,
    ping_interval: float = 60,
    shutdown_timeout: float = 3600,
) -> None:
    """Watches over the hosts of a TPU in the background."""
    _say_there_are_no_heartbeats()


def all_worker_devices(session: tf.Session) -> list[str]:
    """Returns the names of the session's CPUs, one for each process that takes part."""
    return [device.name for device in session.list_devices() if device.device_type == 'CPU']


def _say_there_are_no_heartbeats() -> None:
    tf.logging.warning('The devices of this session send no heartbeats, as those of a TPU do; nothing watches them.')
