"""One call of `Estimator.predict`: the generator of predictions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.hooked_session import HookedSession


def predict(session: HookedSession, predictions: Any, yield_single_examples: bool) -> Iterator[Any]:
    """Yields values of `predictions`, one example or one batch at a time, to the end of the input."""
    with session:
        while not session.should_stop():
            batch = session.run(predictions)
            if yield_single_examples:
                yield from split(batch)
            else:
                yield batch


def warn_without_end() -> None:
    """Warns where nothing in the default graph can come to an end."""
    ends = tf.get_collection(tf.GraphKeys.QUEUE_RUNNERS) or any(
        op.type.startswith('IteratorGetNext') for op in tf.get_default_graph().get_operations()
    )
    if not ends:
        tf.logging.warning(
            'The input has neither a Dataset nor a queue, so predict yields forever. Return a Dataset from input_fn, '
            'or take as many predictions as are wanted.'
        )


def select_keys(predictions: Any, predict_keys: Sequence[str] | str | None) -> Any:
    """Returns the wanted part of `predictions`.

    Raises:
      ValueError: keys are given though predictions have none, or none of the keys exists.
    """
    if not predict_keys:
        return predictions
    if not isinstance(predictions, dict):
        raise ValueError(f'predict_keys must not be given where predictions is no dict, got {predict_keys!r}.')
    keys = [predict_keys] if isinstance(predict_keys, str) else list(predict_keys)
    wanted = {key: value for key, value in predictions.items() if key in keys}
    if not wanted:
        raise ValueError(f'predict_keys must name at least one of {sorted(predictions)}, got {keys!r}.')
    return wanted


def split(batch: Any) -> Iterator[Any]:
    """Yields the examples of a batch: rows of an array, or dicts of rows.

    Raises:
      ValueError: arrays of the dict differ in length; the text names them.
    """
    if not isinstance(batch, dict):
        yield from batch
        return
    for i in range(batch_length(batch)):
        yield {key: value[i] for key, value in batch.items()}


def batch_length(batch: Mapping[str, Any]) -> int:
    """Returns the number of examples in a batch.

    Raises:
      ValueError: arrays differ in length, or one has no axis of examples; the text names them.
    """
    lengths = {key: len(value) if getattr(value, 'shape', True) else None for key, value in batch.items()}
    if len(set(lengths.values())) > 1 or None in lengths.values():
        raise ValueError(
            f'All predictions must have the same batch length to be yielded one by one; got {lengths}. '
            'Use yield_single_examples=False or predict_keys.'
        )
    return next(iter(lengths.values()))
