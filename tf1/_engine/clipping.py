"""`tf.clip_by_global_norm`, which chooses NaN for a norm that is not finite."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1._engine.replacements import Function


def clip_by_global_norm(usual: Function) -> Function:
    """Returns TF 1.15's `tf.clip_by_global_norm` over TensorFlow's."""

    def ours(
        t_list: Sequence[Any], clip_norm: Any, use_norm: tf.Tensor | None = None, name: str | None = None
    ) -> tuple[list[Any], tf.Tensor]:
        if not isinstance(t_list, Sequence) or isinstance(t_list, str):
            raise TypeError(f't_list must be a sequence of tensors, got {t_list!r}.')
        t_list = list(t_list)
        norm = tf.global_norm(t_list, name) if use_norm is None else use_norm
        with tf.name_scope(name, 'clip_by_global_norm', [*t_list, clip_norm]) as scope:
            norm = tf.convert_to_tensor(norm)
            inverse = 1.0 / norm
            scale = clip_norm * tf.minimum(inverse, tf.constant(1.0, dtype=norm.dtype) / clip_norm)
            scale = tf.where(tf.is_finite(norm), scale, tf.constant(float('nan'), dtype=scale.dtype))
            return [_scaled(item, scale, f'{scope}_{index}') for index, item in enumerate(t_list)], norm

    return ours


def _scaled(item: Any, scale: tf.Tensor, name: str) -> Any:
    if item is None:
        return None
    values = item.values if isinstance(item, tf.IndexedSlices) else tf.convert_to_tensor(item)
    with tf.colocate_with(values):
        values = tf.identity(values * scale, name=name)
    if isinstance(item, tf.IndexedSlices):
        return tf.IndexedSlices(values, item.indices, item.dense_shape)
    return values
