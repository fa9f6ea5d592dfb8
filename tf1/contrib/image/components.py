"""What is connected in an image, and what belongs to what between two sets."""

from __future__ import annotations

import tf1 as tf


def connected_components(images: tf.Tensor) -> tf.Tensor:
    """Returns the number of the connected component of each pixel, int64, 0 where an image is 0 or False.

    Neighbours above, below, left and right with the same value are connected. Components are numbered from 1 through
    all images, in the order of their first pixels.

    Args:
      images: `[height, width]` or `[batch, height, width]`, of any type but string that `tf.equal` takes.

    Raises:
      TypeError: another rank.
    """
    with tf.name_scope('connected_components'):
        images = tf.convert_to_tensor(images, name='images')
        if images.shape.ndims not in (2, 3):
            raise TypeError(f'images must be [height, width] or [batch, height, width], got shape {images.shape}.')
        batch = images[tf.newaxis] if images.shape.ndims == 2 else images
        labels = _renumbered(_spread(batch))
        return labels[0] if images.shape.ndims == 2 else labels


def _spread(images: tf.Tensor) -> tf.Tensor:
    """Returns for each pixel that is set the place of the first pixel of its component, from 1, else 0."""
    is_set = images if images.dtype == tf.bool else tf.not_equal(images, tf.zeros([], images.dtype))
    places = tf.reshape(tf.range(1, tf.size(images, out_type=tf.int64) + 1, dtype=tf.int64), tf.shape(images))
    start = tf.where(is_set, places, tf.zeros_like(places))
    joins = [tf.equal(images, _shifted(images, *shift)) & is_set & _shifted(is_set, *shift) for shift in _SHIFTS]

    def step(labels: tf.Tensor, _: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        least = labels
        for join, shift in zip(joins, _SHIFTS, strict=True):
            least = tf.where(join, tf.minimum(least, _shifted(labels, *shift)), least)
        # A label is also the place of a pixel, whose own label may be less by now: paths halve at each step.
        chained = tf.gather(tf.concat([[0], tf.reshape(least, [-1])], axis=0), least)
        return chained, tf.reduce_any(tf.not_equal(chained, labels))

    unknown = tf.TensorShape([None, None, None])
    labels, _ = tf.while_loop(
        lambda _, changed: changed, step, (start, tf.constant(True)), (unknown, tf.TensorShape([]))
    )
    labels.set_shape(images.shape)
    return labels


_SHIFTS = ((1, 0), (-1, 0), (0, 1), (0, -1))


def _shifted(images: tf.Tensor, down: int, right: int) -> tf.Tensor:
    """Returns the images moved by one pixel, with 0 or False where nothing comes in."""
    padded = tf.pad(tf.cast(images, tf.int32) if images.dtype == tf.bool else images, [[0, 0], [1, 1], [1, 1]])
    height, width = tf.shape(images)[1], tf.shape(images)[2]
    moved = padded[:, 1 - down : 1 - down + height, 1 - right : 1 - right + width]
    return tf.cast(moved, images.dtype)


def _renumbered(labels: tf.Tensor) -> tf.Tensor:
    # A leading 0 makes the background the first value that is found, so that it keeps the number 0.
    flat = tf.concat([[0], tf.reshape(labels, [-1])], axis=0)
    return tf.reshape(tf.unique(flat, out_idx=tf.int64).idx[1:], tf.shape(labels))


def bipartite_match(
    distance_mat: tf.Tensor, num_valid_rows: int | tf.Tensor, top_k: int = -1, name: str = 'bipartite_match'
) -> tuple[tf.Tensor, tf.Tensor]:
    """Pairs rows with columns greedily: the two that are nearest first, then the nearest two of the rest.

    Args:
      distance_mat: `[rows, columns]` float32.
      num_valid_rows: the first so many rows take part.
      top_k: the greatest number of pairs; as many as there are if negative.
      name: name scope.

    Returns:
      The column of each row, `[rows]` int32, and the row of each column, `[columns]` int32; -1 without a partner.
    """
    with tf.name_scope(name):
        distances = tf.convert_to_tensor(distance_mat, tf.float32)
        rows, columns = tf.unstack(tf.shape(distances))
        valid = tf.cast(tf.reshape(num_valid_rows, []), tf.int32)
        pairs = tf.minimum(valid, columns) if top_k < 0 else tf.minimum(top_k, tf.minimum(valid, columns))
        free = tf.range(rows)[:, tf.newaxis] < valid
        start = tf.where(tf.broadcast_to(free, tf.shape(distances)), distances, tf.fill([rows, columns], _TAKEN))

        def step(
            count: tf.Tensor, rest: tf.Tensor, of_rows: tf.Tensor, of_columns: tf.Tensor
        ) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]:
            nearest = tf.argmin(tf.reshape(rest, [-1]), output_type=tf.int32)
            at_row = tf.equal(tf.range(rows), nearest // columns)
            at_column = tf.equal(tf.range(columns), nearest % columns)
            taken = at_row[:, tf.newaxis] | at_column
            return (
                count + 1,
                tf.where(taken, tf.fill([rows, columns], _TAKEN), rest),
                tf.where(at_row, tf.fill([rows], nearest % columns), of_rows),
                tf.where(at_column, tf.fill([columns], nearest // columns), of_columns),
            )

        nobody = tf.fill([rows], -1), tf.fill([columns], -1)
        shapes = (tf.TensorShape([]), distances.shape, distances.shape[:1], distances.shape[1:])
        _, _, of_rows, of_columns = tf.while_loop(
            lambda count, *_: count < pairs, step, (tf.constant(0), start, *nobody), shapes
        )
        return of_rows, of_columns


_TAKEN = float('inf')
