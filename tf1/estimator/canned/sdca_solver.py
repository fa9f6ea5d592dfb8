"""Stochastic dual coordinate ascent: a dual variable for each example, and what a batch does to it and to weights."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf

# The state of an example: its dual variable, its part of the primal and of the dual loss, and its weight.
_STATE_SIZE = 4

Parts = Sequence[tf.Variable]
"""A weight, in one or several parts along its first axis."""


class Options(NamedTuple):
    """What is minimized, and how."""

    loss_type: str
    l1: float
    l2: float
    num_loss_partitions: int = 1
    num_table_shards: int = 1
    adaptive: bool = True


class Dense(NamedTuple):
    """Numbers, `[batch, n]` float32, and their weights, n in all."""

    values: tf.Tensor
    weights: Parts


class Sparse(NamedTuple):
    """Pairs of an example and a category, `[pairs]` int64; their values, `[pairs]` float32 or None for 1; weights."""

    examples: tf.Tensor
    ids: tf.Tensor
    values: tf.Tensor | None
    weights: Parts


class Solver:
    """The states of examples and, beside each weight, a variable for it before L1 regularization.

    Args:
      options: what is minimized, and how.
      sparse: the inputs that are categories.
      dense: the inputs that are numbers.
      name_unshrunk: function of a weight's name that returns the name of the variable beside it.
    """

    def __init__(
        self,
        options: Options,
        sparse: Sequence[Sparse],
        dense: Sequence[Dense],
        name_unshrunk: Callable[[str], str],
    ):
        self._options = options
        # Those with values come first: the operation takes values of the first inputs.
        self._sparse = [s for s in sparse if s.values is not None] + [s for s in sparse if s.values is None]
        self._dense = dense
        self._parts = [
            part for weights in [*(s.weights for s in sparse), *(d.weights for d in dense)] for part in weights
        ]
        self._beside = {part.ref(): _unshrunk(part, name_unshrunk) for part in self._parts}
        self._tables = _tables(options.num_table_shards)

    def update(self, ids: tf.Tensor, labels: tf.Tensor, weights: tf.Tensor) -> list[tf.Operation]:
        """Returns the ops that bring a batch into states and weights; L1 regularization is left to `shrink`.

        Args:
          ids: `[batch]` string, tells examples apart.
          labels: `[batch]` float32.
          weights: `[batch]` float32.
        """
        keys = tf.raw_ops.SdcaFprint(input=ids)
        known = [tf.unique(each.ids)[0] for each in self._sparse]
        states, sparse_deltas, dense_deltas = tf.raw_ops.SdcaOptimizerV2(
            sparse_example_indices=[each.examples for each in self._sparse],
            sparse_feature_indices=[each.ids for each in self._sparse],
            sparse_feature_values=[each.values for each in self._sparse if each.values is not None],
            dense_features=[each.values for each in self._dense],
            example_weights=weights,
            example_labels=labels,
            sparse_indices=known,
            sparse_weights=[
                tf.reshape(tf.nn.embedding_lookup(self._unshrunk(each), rows, 'div'), [-1])
                for each, rows in zip(self._sparse, known, strict=True)
            ],
            dense_weights=[joined(self._unshrunk(each)) for each in self._dense],
            example_state_data=_find(self._tables, keys),
            loss_type=self._options.loss_type,
            l1=self._options.l1,
            l2=self._options.l2,
            num_loss_partitions=self._options.num_loss_partitions,
            num_inner_iterations=1,
            adaptive=self._options.adaptive,
        )
        updates = [_insert(self._tables, keys, states), states.op]
        for each, rows, delta in zip(self._sparse, known, sparse_deltas, strict=True):
            updates += _scatter(self._unshrunk(each), rows, delta)
        for dense, delta in zip(self._dense, dense_deltas, strict=True):
            updates += _add(self._unshrunk(dense), delta)
        return updates

    def shrink(self) -> tf.Operation:
        """Returns the op that sets weights to those that updates go to, nearer to zero by L1 over L2."""
        by = self._options.l1 / self._options.l2
        pairs = [(part, tf.identity(self._beside[part.ref()])) for part in self._parts]
        return tf.group(
            *(tf.assign(part, tf.sign(source) * tf.maximum(0.0, tf.abs(source) - by)) for part, source in pairs)
        )

    def states(self) -> tf.Tensor:
        """Returns the states of all examples so far, `[examples, 4]` float32."""
        found = [tf.reshape(table.export()[1], [-1, _STATE_SIZE]) for table in self._tables]
        return tf.concat(found, 0)

    def count(self) -> tf.Tensor:
        """Returns how many examples have a state, a scalar int64."""
        return tf.add_n([table.size() for table in self._tables])

    def _unshrunk(self, each: Sparse | Dense) -> list[tf.Variable]:
        return [self._beside[part.ref()] for part in each.weights]


def joined(parts: Parts) -> tf.Tensor:
    """Returns a weight in one piece, `[n]` float32."""
    return tf.reshape(tf.concat([tf.reshape(part, [-1]) for part in parts], 0), [-1])


def pairs_once(
    examples: tf.Tensor, ids: tf.Tensor, values: tf.Tensor, count: int
) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
    """Returns examples, ids and values with each pair once, its values added up, and none of a negative id.

    Args:
      examples: `[pairs]` int64.
      ids: `[pairs]` int64, below `count`.
      values: `[pairs]` float32.
      count: of categories.
    """
    known = ids >= 0
    examples, ids, values = (tf.boolean_mask(each, known) for each in (examples, ids, values))
    pairs, place = tf.unique(examples * count + ids)
    summed = tf.unsorted_segment_sum(values, place, tf.size(pairs))
    return pairs // count, pairs % count, summed


def _unshrunk(variable: tf.Variable, name_unshrunk: Callable[[str], str]) -> tf.Variable:
    name = name_unshrunk(variable.op.name)
    return tf.Variable(variable.initialized_value(), name=name, use_resource=True)


def _tables(count: int) -> list[Any]:
    return [
        tf.lookup.experimental.DenseHashTable(
            tf.int64,
            tf.float32,
            default_value=tf.zeros([_STATE_SIZE]),
            empty_key=tf.zeros([2], tf.int64),
            deleted_key=tf.ones([2], tf.int64),
            name=f'ShardedMutableHashTable-{i + 1}-of-{count}',
        )
        for i in range(count)
    ]


def _shard(tables: Sequence[Any], keys: tf.Tensor) -> tf.Tensor:
    return tf.cast(tf.floormod(keys[:, 0], len(tables)), tf.int32)


def _find(tables: Sequence[Any], keys: tf.Tensor) -> tf.Tensor:
    if len(tables) == 1:
        return tables[0].lookup(keys)
    shard = _shard(tables, keys)
    parts = tf.dynamic_partition(keys, shard, len(tables))
    rows = tf.dynamic_partition(tf.range(tf.shape(keys)[0]), shard, len(tables))
    return tf.dynamic_stitch(rows, [table.lookup(part) for table, part in zip(tables, parts, strict=True)])


def _insert(tables: Sequence[Any], keys: tf.Tensor, states: tf.Tensor) -> tf.Operation:
    shard = _shard(tables, keys)
    parts = zip(
        tables,
        tf.dynamic_partition(keys, shard, len(tables)),
        tf.dynamic_partition(states, shard, len(tables)),
        strict=True,
    )
    return tf.group(*(table.insert(some_keys, some_states) for table, some_keys, some_states in parts))


def _scatter(parts: Sequence[tf.Variable], ids: tf.Tensor, delta: tf.Tensor) -> list[Any]:
    """Returns the ops that add `delta`, `[ids]`, to rows `ids` of a weight in one or several parts."""
    updates, start = [], 0
    for part in parts:
        end = start + part.shape[0]
        here = (ids >= start) & (ids < end)
        rows = tf.boolean_mask(tf.reshape(delta, [-1, *part.shape.as_list()[1:]]), here)
        updates.append(tf.scatter_add(part, tf.boolean_mask(ids, here) - start, rows))
        start = end
    return updates


def _add(parts: Sequence[tf.Variable], delta: tf.Tensor) -> list[Any]:
    sizes = [part.shape.num_elements() for part in parts]
    pieces = tf.split(tf.reshape(delta, [-1]), sizes)
    return [tf.assign_add(part, tf.reshape(piece, part.shape)) for part, piece in zip(parts, pieces, strict=True)]
