"""Event files read back, and summaries compared."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

import tf1 as tf


def assert_summary(
    expected_tags: Sequence[str], expected_simple_values: Mapping[str, float], summary_proto: tf.Summary
) -> None:
    """Checks what a summary holds.

    Args:
      expected_tags: all of its tags, in any order.
      expected_simple_values: numbers for some tags; two decimals count.
      summary_proto: the summary.

    Raises:
      AssertionError: a number differs.
      ValueError: the tags differ.
    """
    actual = {value.tag for value in summary_proto.value}
    if actual != set(expected_tags):
        raise ValueError(f'Expected tags {sorted(expected_tags)}, got {sorted(actual)}.')
    for value in summary_proto.value:
        if value.tag in expected_simple_values:
            expected = expected_simple_values[value.tag]
            np.testing.assert_almost_equal(value.simple_value, expected, decimal=2, err_msg=value.tag)


def to_summary_proto(summary_str: bytes) -> tf.Summary:
    """Returns the summary that a string, such as the value of a summary operation, holds."""
    return tf.Summary.FromString(summary_str)


def latest_event_file(base_dir: str) -> str | None:
    """Returns the path of the newest event file of a folder, None where there is none."""
    paths = glob.glob(os.path.join(base_dir, 'events.*'))
    return max(paths, key=os.path.getctime) if paths else None


def latest_events(base_dir: str) -> Iterable[tf.Event]:
    """Returns the events of the newest event file of a folder."""
    path = latest_event_file(base_dir)
    return [] if path is None else tf.train.summary_iterator(path)


def latest_summaries(base_dir: str) -> list[tf.Event]:
    """Returns those events of the newest event file of a folder that hold summaries."""
    return [event for event in latest_events(base_dir) if event.HasField('summary')]


def simple_values_from_events(events: Iterator[tf.Event] | Iterable[tf.Event], tags: Sequence[str]) -> dict[str, float]:
    """Returns the last number of each of these tags that events hold; tags without one are left out."""
    return {
        value.tag: value.simple_value
        for event in events
        if event.HasField('summary')
        for value in event.summary.value
        if value.tag in tags
    }
