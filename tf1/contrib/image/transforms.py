"""Projective transforms of images: rotation, translation, and any other as eight numbers.

A transform `[a0, a1, a2, b0, b1, b2, c0, c1]` maps a point (x, y) of the output to the point
`((a0 x + a1 y + a2) / k, (b0 x + b1 y + b2) / k)` of the input, where `k = c0 x + c1 y + 1`.
"""

from __future__ import annotations

from collections.abc import Sequence

import tf1 as tf

_TYPES = (tf.uint8, tf.int32, tf.int64, tf.float16, tf.float32, tf.float64)


def transform(
    images: tf.Tensor,
    transforms: tf.Tensor,
    interpolation: str = 'NEAREST',
    output_shape: Sequence[int] | tf.Tensor | None = None,
    name: str | None = None,
) -> tf.Tensor:
    """Returns images that were transformed, of the same type; what comes from outside an image is 0.

    Args:
      images: `[batch, height, width, channels]`, `[height, width, channels]` or `[height, width]`.
      transforms: `[8]`, or `[batch, 8]` float32.
      interpolation: 'NEAREST' or 'BILINEAR'.
      output_shape: `[height, width]` of the result; that of the images if not given.
      name: name scope.

    Raises:
      TypeError: images of a type or rank that cannot be transformed, or transforms of another rank.
      ValueError: an output shape that is not two numbers.
    """
    with tf.name_scope(name, 'transform'):
        images = tf.convert_to_tensor(images, name='images')
        flat = tf.convert_to_tensor(transforms, tf.float32, name='transforms')
        _check_type(images)
        batch = _as_batch(images)
        if flat.shape.ndims not in (1, 2):
            raise TypeError(f'transforms must be [8] or [batch, 8], got shape {flat.shape}.')
        size = tf.shape(batch)[1:3] if output_shape is None else tf.convert_to_tensor(output_shape, tf.int32)
        if not size.shape.is_compatible_with([2]):
            raise ValueError(f'output_shape must be [height, width], got {output_shape}.')
        moved = tf.raw_ops.ImageProjectiveTransformV3(
            images=batch,
            transforms=flat if flat.shape.ndims == 2 else flat[tf.newaxis],
            output_shape=size,
            fill_value=0.0,
            interpolation=interpolation.upper(),
            fill_mode='CONSTANT',
        )
        height, width = tf.get_static_value(size) if output_shape is not None else batch.shape[1:3]
        moved.set_shape([batch.shape[0], height, width, batch.shape[3]])
        return _like(moved, images)


def _check_type(images: tf.Tensor) -> None:
    if images.dtype.base_dtype not in _TYPES:
        known = ', '.join(dtype.name for dtype in _TYPES)
        raise TypeError(f'images must be of a type among {known}, got {images.dtype.name}.')


def _as_batch(images: tf.Tensor) -> tf.Tensor:
    rank = images.shape.ndims
    if rank == 2:
        return images[tf.newaxis, :, :, tf.newaxis]
    if rank == 3:
        return images[tf.newaxis]
    if rank == 4:
        return images
    raise TypeError(f'images must be of rank 2, 3 or 4, got shape {images.shape}.')


def _like(batch: tf.Tensor, images: tf.Tensor) -> tf.Tensor:
    rank = images.shape.ndims
    if rank == 2:
        return batch[0, :, :, 0]
    return batch[0] if rank == 3 else batch


def rotate(
    images: tf.Tensor,
    angles: float | tf.Tensor,
    interpolation: str = 'NEAREST',
    name: str | None = None,
) -> tf.Tensor:
    """Returns images turned counterclockwise by `angles` in radians: one for all, or one for each of a batch."""
    with tf.name_scope(name, 'rotate'):
        images = tf.convert_to_tensor(images)
        _check_type(images)
        height, width = tf.unstack(tf.cast(tf.shape(_as_batch(images))[1:3], tf.float32))
        return transform(images, angles_to_projective_transforms(angles, height, width), interpolation)


def translate(
    images: tf.Tensor,
    translations: Sequence[float] | tf.Tensor,
    interpolation: str = 'NEAREST',
    name: str | None = None,
) -> tf.Tensor:
    """Returns images moved by `[dx, dy]` pixels: one for all, or `[batch, 2]`."""
    with tf.name_scope(name, 'translate'):
        return transform(images, translations_to_projective_transforms(translations), interpolation)


def angles_to_projective_transforms(
    angles: float | tf.Tensor,
    image_height: float | tf.Tensor,
    image_width: float | tf.Tensor,
    name: str | None = None,
) -> tf.Tensor:
    """Returns `[batch, 8]` float32 for angles in radians, a scalar or `[batch]`, about the middle of the images.

    Raises:
      TypeError: angles of higher rank.
    """
    with tf.name_scope(name, 'angles_to_projective_transforms'):
        angles = tf.convert_to_tensor(angles, tf.float32, name='angles')
        if angles.shape.ndims not in (0, 1):
            raise TypeError(f'angles must be a scalar or a vector, got shape {angles.shape}.')
        angles = tf.reshape(angles, [-1])
        sine, cosine, zero = tf.sin(angles), tf.cos(angles), tf.zeros_like(angles)
        right, bottom = image_width - 1, image_height - 1
        x = (right - (cosine * right - sine * bottom)) / 2.0
        y = (bottom - (sine * right + cosine * bottom)) / 2.0
        return tf.stack([cosine, -sine, x, sine, cosine, y, zero, zero], axis=1)


def translations_to_projective_transforms(
    translations: Sequence[float] | tf.Tensor, name: str | None = None
) -> tf.Tensor:
    """Returns `[batch, 8]` float32 for translations `[2]` or `[batch, 2]`.

    Raises:
      TypeError: translations of another rank.
    """
    with tf.name_scope(name, 'translations_to_projective_transforms'):
        moves = tf.convert_to_tensor(translations, tf.float32, name='translations')
        if moves.shape.ndims not in (1, 2):
            raise TypeError(f'translations must be [2] or [batch, 2], got shape {moves.shape}.')
        dx, dy = tf.unstack(tf.reshape(moves, [-1, 2]), axis=1)
        one, zero = tf.ones_like(dx), tf.zeros_like(dx)
        return tf.stack([one, zero, -dx, zero, one, -dy, zero, zero], axis=1)


def matrices_to_flat_transforms(transform_matrices: tf.Tensor) -> tf.Tensor:
    """Returns transforms `[batch, 8]` for matrices `[3, 3]` or `[batch, 3, 3]` of homogeneous coordinates.

    Raises:
      ValueError: matrices of another rank.
    """
    with tf.name_scope('matrices_to_flat_transforms'):
        matrices = tf.convert_to_tensor(transform_matrices, name='transform_matrices')
        if matrices.shape.ndims not in (2, 3):
            raise ValueError(f'transform_matrices must be [3, 3] or [batch, 3, 3], got shape {matrices.shape}.')
        flat = tf.reshape(matrices, [-1, 9])
        return (flat / flat[:, 8:])[:, :8]


def flat_transforms_to_matrices(transforms: tf.Tensor) -> tf.Tensor:
    """Returns matrices `[batch, 3, 3]` of homogeneous coordinates for transforms `[8]` or `[batch, 8]`.

    Raises:
      ValueError: transforms of another rank.
    """
    with tf.name_scope('flat_transforms_to_matrices'):
        flat = tf.convert_to_tensor(transforms, name='transforms')
        if flat.shape.ndims not in (1, 2):
            raise ValueError(f'transforms must be [8] or [batch, 8], got shape {flat.shape}.')
        flat = tf.reshape(flat, [-1, 8])
        return tf.reshape(tf.concat([flat, tf.ones_like(flat[:, :1])], axis=1), [-1, 3, 3])


def compose_transforms(*transforms: tf.Tensor) -> tf.Tensor:
    """Returns one transform, `[batch, 8]`, that does what the given ones do one after the other.

    Raises:
      AssertionError: no transform.
    """
    if not transforms:
        raise AssertionError('compose_transforms needs one transform or more, got none.')
    with tf.name_scope('compose_transforms'):
        composed = flat_transforms_to_matrices(transforms[0])
        for other in transforms[1:]:
            composed = tf.matmul(composed, flat_transforms_to_matrices(other))
        return matrices_to_flat_transforms(composed)
