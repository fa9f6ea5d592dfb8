"""`tile_batch` and `gather_tree`: how beams come out of a batch, and how their paths are read back."""

from __future__ import annotations

import tf1 as tf
from tf1._engine import graph_seeds


def tile_batch(t: object, multiplier: int, name: str | None = None) -> object:
    """Returns tensors [batch * multiplier, ...] in which each row of `t` stands `multiplier` times in a row.

    Args:
      t: a tensor [batch, ...] of known rank, or a structure of them.
      multiplier: copies of each row.
      name: of the operations.

    Raises:
      ValueError: a tensor has an unknown rank or none.
    """
    with tf.name_scope(name, 'tile_batch', tf.nest.flatten(t) + [multiplier]):
        return tf.nest.map_structure(lambda tensor: _tile(tensor, multiplier), t)


def _tile(t: tf.Tensor, multiplier: int) -> tf.Tensor:
    t = tf.convert_to_tensor(t, name='t')
    if t.shape.rank is None or t.shape.rank < 1:
        raise ValueError(f't must have a known rank >= 1, got shape {t.shape}.')
    shape = tf.shape(t)
    tiles = [1] * (t.shape.rank + 1)
    tiles[1] = multiplier
    tiled = tf.tile(tf.expand_dims(t, 1), tiles)
    tiled = tf.reshape(tiled, tf.concat([[shape[0] * multiplier], shape[1:]], 0))
    known = t.shape[0].value is not None and tf.get_static_value(multiplier) is not None
    first = t.shape[0].value * tf.get_static_value(multiplier) if known else None
    tiled.set_shape(tf.TensorShape([first]).concatenate(t.shape[1:]))
    return tiled


def gather_tree(
    step_ids: tf.Tensor,
    parent_ids: tf.Tensor,
    max_sequence_lengths: tf.Tensor,
    end_token: int | tf.Tensor,
    name: str | None = None,
) -> tf.Tensor:
    """Returns the path that ends in each beam, [time, batch, beam]; after its first `end_token` only that follows.

    Args:
      step_ids: ids chosen at each step, [time, batch, beam] int32.
      parent_ids: the beam each was chosen in, [time, batch, beam] int32.
      max_sequence_lengths: steps to read back of each batch entry, [batch] int32.
      end_token: scalar int32.
      name: of the operation.
    """
    with tf.name_scope(name, 'GatherTree') as scope:
        step_ids = tf.convert_to_tensor(step_ids, tf.int32, name='step_ids')
        parent_ids = tf.convert_to_tensor(parent_ids, tf.int32, name='parent_ids')
        max_sequence_lengths = tf.convert_to_tensor(max_sequence_lengths, tf.int32, name='max_sequence_lengths')
        end_token = tf.convert_to_tensor(end_token, tf.int32, name='end_token')
        # TF 1.15 has one operation for it, of a library that it loads.
        with graph_seeds.operations_counted_as(1):
            paths = _paths(step_ids, parent_ids, max_sequence_lengths, end_token)
            return tf.identity(paths, name=scope)


def _paths(step_ids: tf.Tensor, parent_ids: tf.Tensor, lengths: tf.Tensor, end_token: tf.Tensor) -> tf.Tensor:
    shape = tf.shape(step_ids)
    starts = tf.tile(tf.range(shape[2])[tf.newaxis], [shape[1], 1])
    inside = tf.transpose(tf.sequence_mask(lengths, shape[0]))

    def back(state: tuple[tf.Tensor, tf.Tensor], step: tuple[tf.Tensor, ...]) -> tuple[tf.Tensor, tf.Tensor]:
        beams, _ = state
        ids, parents, is_inside = step
        read = [tf.gather(values, beams, axis=1, batch_dims=1) for values in (parents, ids)]
        return tf.where(is_inside, read[0], beams), tf.where(is_inside, read[1], tf.fill(shape[1:], end_token))

    _, paths = tf.scan(back, (step_ids, parent_ids, inside), (starts, starts), reverse=True)
    ended = tf.cumsum(tf.cast(tf.equal(paths, end_token), tf.int32), exclusive=True) > 0
    paths = tf.where(ended, tf.fill(shape, end_token), paths)
    paths.set_shape(step_ids.shape)
    return paths
