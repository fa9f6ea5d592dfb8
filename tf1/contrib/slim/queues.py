"""`slim.queues`: runs queue runners around a block."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import tensorflow.compat.v1 as tf


class NestedQueueRunnerError(Exception):
    """Queue runners were started twice."""


# Graph collection that is not empty while queue runners are started by a block.
_STARTED = '__slim_queue_runners_started'


@contextlib.contextmanager
def QueueRunners(session: tf.Session) -> Iterator[None]:  # noqa: N802 - the name of TF 1.15
    """Starts the graph's queue runners, and stops them when the block ends.

    Raises:
      NestedQueueRunnerError: the block lies inside another.
    """
    started = session.graph.get_collection_ref(_STARTED)
    if started:
        raise NestedQueueRunnerError('QueueRunners must not stand inside another QueueRunners; use the outer one.')
    started.append(session)
    coordinator = tf.train.Coordinator()
    try:
        threads = tf.train.start_queue_runners(session, coordinator, daemon=True)
        try:
            yield
        finally:
            coordinator.request_stop()
            coordinator.join(threads, stop_grace_period_secs=120)
    finally:
        started.clear()
