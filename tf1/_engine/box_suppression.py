"""`tf.image`'s suppression of overlapping boxes by one operation, and the count of `tf.image.decode_image`."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from tf1._engine import graph_seeds
from tf1._engine.replacements import Function

# Operations of TF 1.15's nested conditions for the formats, by the type of the result.
_DECODING = {tf.uint8: 76, tf.uint16: 82}
_DECODING_AND_SCALING = 84


def non_max_suppression_padded(usual: Function) -> Function:
    """Returns `tf.image.non_max_suppression_padded` by NonMaxSuppressionV4, for boxes of one image."""

    def ours(
        boxes: Any,
        scores: Any,
        max_output_size: Any,
        iou_threshold: Any = 0.5,
        score_threshold: Any = float('-inf'),
        pad_to_max_output_size: bool = False,
        name: str | None = None,
        **kwargs: Any,
    ) -> tuple[tf.Tensor, tf.Tensor]:
        options = pad_to_max_output_size, name
        if kwargs or tf.TensorShape(getattr(boxes, 'shape', None)).rank != 2:
            return usual(boxes, scores, max_output_size, iou_threshold, score_threshold, *options, **kwargs)
        with tf.name_scope(name, 'non_max_suppression_padded'):
            return tf.raw_ops.NonMaxSuppressionV4(
                boxes=boxes,
                scores=scores,
                iou_threshold=tf.convert_to_tensor(iou_threshold, name='iou_threshold'),
                score_threshold=tf.convert_to_tensor(score_threshold, name='score_threshold'),
                max_output_size=max_output_size,
                pad_to_max_output_size=pad_to_max_output_size,
            )

    return ours


def combined_non_max_suppression(usual: Function) -> Function:
    """Returns `tf.image.combined_non_max_suppression`, whose sizes are inputs of its operation as they are given."""

    def ours(
        boxes: Any,
        scores: Any,
        max_output_size_per_class: Any,
        max_total_size: Any,
        iou_threshold: Any = 0.5,
        score_threshold: Any = float('-inf'),
        pad_per_class: bool = False,
        clip_boxes: bool = True,
        name: str | None = None,
    ) -> tuple[tf.Tensor, ...]:
        with tf.name_scope(name, 'combined_non_max_suppression'):
            return tf.raw_ops.CombinedNonMaxSuppression(
                boxes=boxes,
                scores=scores,
                iou_threshold=tf.convert_to_tensor(iou_threshold, tf.float32, name='iou_threshold'),
                score_threshold=tf.convert_to_tensor(score_threshold, tf.float32, name='score_threshold'),
                max_output_size_per_class=max_output_size_per_class,
                max_total_size=max_total_size,
                pad_per_class=pad_per_class,
                clip_boxes=clip_boxes,
            )

    return ours


def decode_image(usual: Function) -> Function:
    """Returns `tf.image.decode_image` by one operation that counts as TF 1.15's conditions."""

    def ours(
        contents: Any,
        channels: int | None = None,
        dtype: Any = tf.uint8,
        name: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> tf.Tensor:
        with graph_seeds.operations_counted_as(_DECODING.get(tf.as_dtype(dtype), _DECODING_AND_SCALING)):
            return usual(contents, channels, dtype, name, *args, **kwargs)

    return ours
