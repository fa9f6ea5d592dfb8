"""Summaries whose tag is neither cleaned nor put below the name scope.

All functions return a scalar string tensor, and add it to `collections`, which are [tf.GraphKeys.SUMMARIES] if None.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tf1 as tf


def scalar_summary(
    tags: Any, values: Any, collections: Sequence[str] | None = None, name: str | None = None
) -> tf.Tensor:
    """Summarises numbers: `values` [...] float, each under its tag in `tags` of the same shape."""
    return _collected(tf.raw_ops.ScalarSummary(tags=tags, values=values, name=name), collections)


def histogram_summary(
    tag: Any, values: Any, collections: Sequence[str] | None = None, name: str | None = None
) -> tf.Tensor:
    """Summarises how `values`, of any shape, are distributed."""
    return _collected(tf.raw_ops.HistogramSummary(tag=tag, values=values, name=name), collections)


def audio_summary(
    tag: Any,
    tensor: Any,
    sample_rate: Any,
    max_outputs: int = 3,
    collections: Sequence[str] | None = None,
    name: str | None = None,
) -> tf.Tensor:
    """Summarises sound: `tensor` [batch, frames] or [batch, frames, channels] float32, `sample_rate` in Hz."""
    summary = tf.raw_ops.AudioSummaryV2(
        tag=tag, tensor=tensor, sample_rate=sample_rate, max_outputs=max_outputs, name=name or 'AudioSummary'
    )
    return _collected(summary, collections)


def image_summary(
    tag: Any, tensor: Any, max_images: int = 3, collections: Sequence[str] | None = None, name: str | None = None
) -> tf.Tensor:
    """Summarises images: `tensor` [batch, height, width, 1, 3 or 4], uint8 or float."""
    return _collected(tf.raw_ops.ImageSummary(tag=tag, tensor=tensor, max_images=max_images, name=name), collections)


def merge_summary(
    inputs: Sequence[Any], collections: Sequence[str] | None = None, name: str | None = None
) -> tf.Tensor:
    """Returns all of `inputs`, serialized summaries, as one; it joins no collection unless `collections` says so."""
    with tf.name_scope(name, 'MergeSummary'):
        merged = tf.raw_ops.MergeSummary(inputs=list(inputs), name=name or 'MergeSummary')
    return _collected(merged, collections or ())


def merge_all_summaries(key: str = tf.GraphKeys.SUMMARIES) -> tf.Tensor | None:
    """Returns all summaries of collection `key` as one; None if there are none."""
    found = tf.get_collection(key)
    return merge_summary(found) if found else None


def _collected(summary: tf.Tensor, collections: Sequence[str] | None) -> tf.Tensor:
    for key in (tf.GraphKeys.SUMMARIES,) if collections is None else collections:
        tf.add_to_collection(key, summary)
    return summary
