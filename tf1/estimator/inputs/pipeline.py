"""From what an `input_fn` returns to features, labels and the hook that starts its iterator."""

from __future__ import annotations

from typing import Any, NamedTuple

import tensorflow as tf2
import tensorflow.compat.v1 as tf


class Inputs(NamedTuple):
    """Tensors of one batch, and the session hooks that they need."""

    features: Any
    labels: Any
    hooks: tuple[tf.train.SessionRunHook, ...]


class StartIterator(tf.train.SessionRunHook):
    """Starts an iterator in every new session, before the first step."""

    def __init__(self, initializer: tf.Operation):
        self._initializer = initializer

    def after_create_session(self, session: tf.Session, coord: tf.train.Coordinator) -> None:
        """Runs the initializer."""
        session.run(self._initializer)


def parse(result: Any) -> Inputs:
    """Takes apart what an input function returned: a Dataset, `(features, labels)`, or features alone.

    Raises:
      ValueError: a list or tuple has another length than 2.
    """
    hooks: tuple[StartIterator, ...] = ()
    if isinstance(result, tf2.data.Dataset):
        with tf.device('/cpu:0'):
            iterator = tf.data.make_initializable_iterator(result)
            result = iterator.get_next()
        hooks = (StartIterator(iterator.initializer),)
    return Inputs(*split(result), hooks)


def split(batch: Any) -> tuple[Any, Any]:
    """Returns the features and labels of a batch: labels are None where it is no list or tuple.

    Raises:
      ValueError: a list or tuple has another length than 2.
    """
    if not isinstance(batch, (list, tuple)):
        return batch, None
    if len(batch) != 2:
        raise ValueError(f'input_fn must return (features, labels), a tuple of 2; got {len(batch)} elements.')
    features, labels = batch
    return features, labels
