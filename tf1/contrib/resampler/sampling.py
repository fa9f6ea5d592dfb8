"""Bilinear sampling of images."""

from __future__ import annotations

from typing import Any

import tf1 as tf


def resampler(data: Any, warp: Any, name: str = 'resampler') -> tf.Tensor:
    """Samples images at points; beyond their borders they are 0.

    Has gradients with respect to both arguments.

    Args:
      data: [batch, height, width, channels] float.
      warp: [batch, ..., 2] of the type of `data`, points (x, y) in pixels.
      name: of the operation.

    Returns:
      [batch, ..., channels] of the type of `data`.
    """
    with tf.name_scope(name, 'resampler', [data, warp]):
        data = tf.convert_to_tensor(data, name='data')
        warp = tf.convert_to_tensor(warp, name='warp')
        shape = tf.shape(data)
        x, y = tf.unstack(warp, axis=-1)
        left, top = tf.floor(x), tf.floor(y)
        # Weights of the pixels to the right and below.
        right_share, lower_share = (x - left)[..., None], (y - top)[..., None]
        upper = _mixed(_pixels(data, left, top), _pixels(data, left + 1, top), right_share)
        lower = _mixed(_pixels(data, left, top + 1), _pixels(data, left + 1, top + 1), right_share)
        width, height = tf.cast(shape[2], warp.dtype), tf.cast(shape[1], warp.dtype)
        inside = (x > -1) & (y > -1) & (x < width) & (y < height)
        sampled = _mixed(upper, lower, lower_share) * tf.cast(inside, data.dtype)[..., None]
        sampled.set_shape([*warp.shape[:-1], data.shape[-1]])
        return sampled


def _mixed(one: tf.Tensor, other: tf.Tensor, share: tf.Tensor) -> tf.Tensor:
    return one * (1 - share) + other * share


def _pixels(data: tf.Tensor, x: tf.Tensor, y: tf.Tensor) -> tf.Tensor:
    """Returns the pixels [batch, ..., channels] of `data` at whole `x` and `y` [batch, ...], 0 beyond the borders."""
    height, width = tf.shape(data)[1], tf.shape(data)[2]
    inside = (x >= 0) & (y >= 0) & (x < tf.cast(width, x.dtype)) & (y < tf.cast(height, x.dtype))
    x = tf.clip_by_value(tf.cast(x, tf.int32), 0, width - 1)
    y = tf.clip_by_value(tf.cast(y, tf.int32), 0, height - 1)
    pixels = tf.gather_nd(data, tf.stack([y, x], axis=-1), batch_dims=1)
    return pixels * tf.cast(inside, data.dtype)[..., None]
