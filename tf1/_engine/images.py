"""Functions of `tf.image` that build TF 1.15's nodes."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from tf1._engine.replacements import Function

Size = int | tf.Tensor


def check_image(usual: Function) -> Function:
    """Returns what checks images of at least three dimensions: as the graph runs, that no size is 0."""

    def ours(image: tf.Tensor, require_static: bool = True) -> list[tf.Operation]:
        return usual(image, require_static) if require_static else _check_rank(image)

    return ours


def crop_to_bounding_box(usual: Function) -> Function:
    """Returns `tf.image.crop_to_bounding_box` that leaves the sizes of batch and channels open."""

    def ours(image: Any, offset_height: Size, offset_width: Size, target_height: Size, target_width: Size) -> tf.Tensor:
        with tf.name_scope(None, 'crop_to_bounding_box', [image]):
            image, is_batch, checks = _batch(image)
            height, width = _sizes(image)
            checks += _check(offset_width >= 0, 'offset_width must be >= 0.')
            checks += _check(offset_height >= 0, 'offset_height must be >= 0.')
            checks += _check(target_width > 0, 'target_width must be > 0.')
            checks += _check(target_height > 0, 'target_height must be > 0.')
            checks += _check(width >= target_width + offset_width, 'width must be >= target + offset.')
            checks += _check(height >= target_height + offset_height, 'height must be >= target + offset.')
            image = _after(checks, image)
            begin = tf.stack([0, offset_height, offset_width, 0])
            cropped = tf.slice(image, begin, tf.stack([-1, target_height, target_width, -1]))
            return _with_shape(cropped, image, target_height, target_width, is_batch)

    return ours


def pad_to_bounding_box(usual: Function) -> Function:
    """Returns `tf.image.pad_to_bounding_box` that checks the image first."""

    def ours(image: Any, offset_height: Size, offset_width: Size, target_height: Size, target_width: Size) -> tf.Tensor:
        with tf.name_scope(None, 'pad_to_bounding_box', [image]):
            image, is_batch, checks = _batch(image)
            height, width = _sizes(image)
            right = target_width - offset_width - width
            below = target_height - offset_height - height
            checks += _check(offset_height >= 0, 'offset_height must be >= 0')
            checks += _check(offset_width >= 0, 'offset_width must be >= 0')
            checks += _check(right >= 0, 'width must be <= target - offset')
            checks += _check(below >= 0, 'height must be <= target - offset')
            image = _after(checks, image)
            margins = tf.stack([0, 0, offset_height, below, offset_width, right, 0, 0])
            padded = tf.pad(image, tf.reshape(margins, [4, 2]))
            return _with_shape(padded, image, target_height, target_width, is_batch)

    return ours


def per_image_standardization(usual: Function) -> Function:
    """Returns `tf.image.per_image_standardization` that gives images of the dtype that it got."""

    def ours(image: Any) -> tf.Tensor:
        with tf.name_scope(None, 'per_image_standardization', [image]) as scope:
            image = tf.convert_to_tensor(image, name='image')
            image = _after(_check_rank(image), image)
            dtype = image.dtype
            if dtype != tf.float32:
                image = tf.image.convert_image_dtype(image, tf.float32)
            count = tf.reduce_prod(tf.shape(image)[-3:])
            mean = tf.reduce_mean(image, axis=[-1, -2, -3], keepdims=True)
            deviation = tf.math.reduce_std(image, axis=[-1, -2, -3], keepdims=True)
            # A deviation of 0 is that of an image of one colour.
            least = tf.rsqrt(tf.cast(count, tf.float32))
            deviation = tf.maximum(deviation, least)
            image = tf.divide(image - mean, deviation, name=scope)
            return tf.image.convert_image_dtype(image, dtype, saturate=True)

    return ours


def remainder(usual: Function) -> Function:
    """Returns what TensorFlow's image and signal functions call for a remainder."""
    return tf.floormod


def _batch(image: Any) -> tuple[tf.Tensor, bool, list[tf.Operation]]:
    """Returns images as a batch, whether they are one already, and the checks of their rank."""
    image = tf.convert_to_tensor(image, name='image')
    is_batch = True
    if image.shape.ndims == 3:
        is_batch = False
        image = tf.expand_dims(image, 0)
    elif image.shape.ndims is None:
        is_batch = False
        image = tf.expand_dims(image, 0)
        image.set_shape([None] * 4)
    elif image.shape.ndims != 4:
        raise ValueError(f"'image' (shape {image.shape}) must have either 3 or 4 dimensions.")
    return image, is_batch, _check_rank(image)


def _check_rank(image: tf.Tensor) -> list[tf.Operation]:
    if image.shape.rank is not None and image.shape.rank < 3:
        raise ValueError(f"'image' (shape {image.shape}) must be at least three-dimensional.")
    if image.shape.is_fully_defined():
        if 0 in image.shape.as_list():
            raise ValueError(f"all dims of 'image.shape' must be > 0: {image.shape}")
        return []
    return [
        tf.assert_positive(tf.shape(image), ["all dims of 'image.shape' must be > 0."]),
        tf.assert_greater_equal(tf.rank(image), 3, message="'image' must be at least three-dimensional."),
    ]


def _sizes(image: tf.Tensor) -> tuple[Size, Size]:
    if image.shape.is_fully_defined():
        return tuple(image.shape.as_list()[1:3])
    known = image.shape.as_list()
    dynamic = tf.unstack(tf.shape(image), 4)
    return tuple(dynamic[axis] if known[axis] is None else known[axis] for axis in (1, 2))


def _check(holds: bool | tf.Tensor, message: str) -> list[tf.Operation]:
    if isinstance(holds, tf.Tensor):
        return [tf.Assert(holds, [message])]
    if not holds:
        raise ValueError(message)
    return []


def _after(checks: list[tf.Operation], image: tf.Tensor) -> tf.Tensor:
    with tf.control_dependencies(checks):
        return tf.identity(image, name='control_dependency')


def _with_shape(result: tf.Tensor, image: tf.Tensor, height: Size, width: Size, is_batch: bool) -> tf.Tensor:
    sizes = [None if isinstance(size, tf.Tensor) else size for size in (height, width)]
    result.set_shape([image.shape[0], *sizes, image.shape[3]])
    return result if is_batch else tf.squeeze(result, axis=[0])
