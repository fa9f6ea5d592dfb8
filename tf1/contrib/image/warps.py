"""Images bent by a flow for every pixel, or by a few points that move."""

from __future__ import annotations

import numpy as np

import tf1 as tf

# Distances below this count as this, so that logarithms and roots have gradients.
_SMALLEST = 1e-10


def dense_image_warp(image: tf.Tensor, flow: tf.Tensor, name: str = 'dense_image_warp') -> tf.Tensor:
    """Returns `image[b, j - flow[b, j, i, 0], i - flow[b, j, i, 1], c]` for each pixel, bilinear between pixels.

    Args:
      image: `[batch, height, width, channels]`, float16, float32 or float64, height and width at least 2.
      flow: `[batch, height, width, 2]` floats, rows first. What it takes from outside is the nearest edge's.
      name: name scope.

    Raises:
      ValueError: another rank, or an image less than 2 pixels high or wide.
    """
    with tf.name_scope(name):
        image, flow = tf.convert_to_tensor(image), tf.convert_to_tensor(flow)
        if image.shape.ndims != 4 or any(side is not None and side < 2 for side in image.shape.as_list()[1:3]):
            raise ValueError(
                f'image must be [batch, height, width, channels] with height and width >= 2, got {image.shape}.'
            )
        if flow.shape.ndims != 4:
            raise ValueError(f'flow must be [batch, height, width, 2], got {flow.shape}.')
        batch, height, width, _ = tf.unstack(tf.shape(image))
        rows, columns = tf.meshgrid(tf.range(height), tf.range(width), indexing='ij')
        grid = tf.cast(tf.stack([rows, columns], axis=2), flow.dtype)[tf.newaxis]
        return _bilinear(image, grid - flow, batch, height, width)


def _bilinear(image: tf.Tensor, points: tf.Tensor, batch: tf.Tensor, height: tf.Tensor, width: tf.Tensor) -> tf.Tensor:
    y, top = _split(points[..., 0], height)
    x, left = _split(points[..., 1], width)
    y, x = (tf.cast(part, image.dtype)[..., tf.newaxis] for part in (y, x))
    first = tf.broadcast_to(tf.range(batch)[:, tf.newaxis, tf.newaxis], tf.shape(top))

    def pixel(row: tf.Tensor, column: tf.Tensor) -> tf.Tensor:
        return tf.gather_nd(image, tf.stack([first, row, column], axis=-1))

    above = pixel(top, left) + x * (pixel(top, left + 1) - pixel(top, left))
    below = pixel(top + 1, left) + x * (pixel(top + 1, left + 1) - pixel(top + 1, left))
    return above + y * (below - above)


def _split(coordinate: tf.Tensor, size: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """Returns how far a coordinate lies after its pixel, within [0, 1], and that pixel, which has a next one."""
    floor = tf.clip_by_value(tf.floor(coordinate), 0.0, tf.cast(size - 2, coordinate.dtype))
    # At the very edge the gradient is 0, as in TF 1.15: there `tf.maximum` favours its first argument.
    zero = tf.zeros([], coordinate.dtype)
    return tf.minimum(tf.maximum(zero, coordinate - floor), zero + 1), tf.cast(floor, tf.int32)


def interpolate_spline(
    train_points: tf.Tensor,
    train_values: tf.Tensor,
    query_points: tf.Tensor,
    order: int,
    regularization_weight: float = 0.0,
    name: str = 'interpolate_spline',
) -> tf.Tensor:
    """Returns values `[batch, m, k]` of a polyharmonic spline through known values.

    Args:
      train_points: `[batch, n, d]`, where values are known.
      train_values: `[batch, n, k]`, the values.
      query_points: `[batch, m, d]`, where values are wanted.
      order: 1 for distances themselves, 2 for thin plates, 3 for cubes, and so on.
      regularization_weight: more than 0 gives smoothness weight against the values.
      name: name scope.
    """
    with tf.name_scope(name):
        points, values, queries = (tf.convert_to_tensor(t) for t in (train_points, train_values, query_points))
        count, dimensions = tf.shape(points)[1], points.shape.as_list()[-1]
        radial = _radial(_squared_distances(points, points), order)
        if regularization_weight > 0:
            radial += regularization_weight * tf.eye(count, dtype=points.dtype)
        linear = _with_one(points)
        corner = tf.zeros([tf.shape(points)[0], dimensions + 1, dimensions + 1], points.dtype)
        system = tf.concat(
            [tf.concat([radial, linear], axis=2), tf.concat([tf.matrix_transpose(linear), corner], axis=2)], axis=1
        )
        right = tf.concat([values, tf.zeros_like(values[:, :1] * corner[:, :, :1])], axis=1)
        solution = tf.matrix_solve(system, right)
        weights, slope = solution[:, :count], solution[:, count:]
        near = tf.matmul(_radial(_squared_distances(queries, points), order), weights)
        return near + tf.matmul(_with_one(queries), slope)


def _with_one(points: tf.Tensor) -> tf.Tensor:
    return tf.concat([points, tf.ones_like(points[..., :1])], axis=2)


def _squared_distances(one: tf.Tensor, other: tf.Tensor) -> tf.Tensor:
    return tf.reduce_sum(tf.squared_difference(one[:, :, tf.newaxis], other[:, tf.newaxis]), axis=3)


def _radial(squares: tf.Tensor, order: int) -> tf.Tensor:
    squares = tf.maximum(squares, _SMALLEST)
    if order % 2:
        return tf.pow(squares, 0.5 * order)
    return 0.5 * tf.pow(squares, 0.5 * order) * tf.log(squares)


def sparse_image_warp(
    image: tf.Tensor,
    source_control_point_locations: tf.Tensor,
    dest_control_point_locations: tf.Tensor,
    interpolation_order: int = 2,
    regularization_weight: float = 0.0,
    num_boundary_points: int = 0,
    name: str = 'sparse_image_warp',
) -> tuple[tf.Tensor, tf.Tensor]:
    """Bends images so that points move from their sources to their destinations.

    Args:
      image: `[batch, height, width, channels]` floats, height and width known.
      source_control_point_locations: `[batch, n, 2]`, rows first.
      dest_control_point_locations: `[batch, n, 2]`.
      interpolation_order: for `interpolate_spline`, between the points.
      regularization_weight: for `interpolate_spline`.
      num_boundary_points: n > 0 holds the edges: the corners and n - 1 points along each edge do not move.
      name: name scope.

    Returns:
      The images and the flow, `[batch, height, width, 2]`.

    Raises:
      ValueError: fewer than 0 boundary points.
    """
    if num_boundary_points < 0:
        raise ValueError(f'num_boundary_points must be >= 0, got {num_boundary_points}.')
    with tf.name_scope(name):
        image = tf.convert_to_tensor(image)
        source = tf.convert_to_tensor(source_control_point_locations)
        moved = tf.convert_to_tensor(dest_control_point_locations)
        flows = moved - source
        batch, height, width = image.shape.as_list()[:3]
        if num_boundary_points > 0:
            still = tf.constant(_boundary(height, width, num_boundary_points), moved.dtype)
            still = tf.tile(still[tf.newaxis], [batch, 1, 1])
            moved, flows = tf.concat([moved, still], axis=1), tf.concat([flows, tf.zeros_like(still)], axis=1)
        rows, columns = np.meshgrid(np.arange(height), np.arange(width), indexing='ij')
        grid = np.stack([rows, columns], axis=-1).reshape(1, -1, 2)
        queries = tf.tile(tf.constant(grid, flows.dtype), [batch, 1, 1])
        flow = interpolate_spline(moved, flows, queries, interpolation_order, regularization_weight)
        flow = tf.reshape(flow, [batch, height, width, 2])
        return dense_image_warp(image, flow), flow


def _boundary(height: int, width: int, parts: int) -> np.ndarray:
    """Returns the points `[4 * parts, 2]` that cut each edge into `parts`, corners once."""
    along = np.linspace(0, 1, parts, endpoint=False)
    zero, one = np.zeros(parts), np.ones(parts)
    around = [(zero, along), (along, one), (one, 1 - along), (1 - along, zero)]
    points = np.concatenate([np.stack(edge, axis=1) for edge in around])
    return points * [height - 1, width - 1]
