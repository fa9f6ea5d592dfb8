"""Extremely randomized trees that grow batch by batch, all trees of a forest in the same few variables.

The rule, as TF 1.15.5 shows it: the first examples that reach a leaf become its candidates for a split, each with a
feature by chance and the example's value of it. Those that follow are counted for every candidate. At the end of a
batch a leaf that has counted enough, of two classes at least, is split by the best candidate, whose counts its children
start with; where no candidate divides the examples, the leaf starts again with new candidates.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

import tf1 as tf

_FIRST_SLOTS = 8


class Growth(NamedTuple):
    """How trees grow.

    Attributes:
      num_trees: trees in the forest.
      max_nodes: a tree with so many nodes, or more, is split no further.
      num_outputs: classes, or numbers of a label.
      is_regression: whether labels are numbers.
      candidates: splits that compete in a leaf.
      split_after: examples, counted by weight, that a leaf chooses after.
      bagged_features: for each tree the features that it knows, [num_trees, n]; None for all.
      seed: of the features by chance; None for the graph's seed.
    """

    num_trees: int
    max_nodes: int
    num_outputs: int
    is_regression: bool
    candidates: int
    split_after: float
    bagged_features: list[list[int]] | None = None
    seed: int | None = None


class Trees:
    """The trees of a forest as variables of the default graph.

    A node is a row in each of `trees/left_child` (0 in leaves; the right child is the next one), `trees/feature`,
    `trees/threshold` and `trees/value` (weights of the classes, or means), tree after tree. A leaf has a slot in the
    variables `stats/...`, which become longer as the trees grow: slot k of tree t is row k * num_trees + t.

    Args:
      growth: how they grow.
      is_training: whether there are slots; without, checkpoints hold the nodes alone.
    """

    def __init__(self, growth: Growth, is_training: bool = True):
        self._growth = growth
        trees, outputs = growth.num_trees, growth.num_outputs
        # The last split may take a tree one node beyond.
        self._nodes = growth.max_nodes + 2
        rows = trees * self._nodes
        self._sizes = _variable('trees/size', tf.ones([trees], tf.int32))
        self._left_child = _variable('trees/left_child', tf.zeros([rows], tf.int32))
        self._feature = _variable('trees/feature', tf.zeros([rows], tf.int32))
        self._threshold = _variable('trees/threshold', tf.zeros([rows]))
        self._value = _variable('trees/value', tf.zeros([rows, outputs]))
        # Regression counts examples and sums labels and their squares.
        self._columns = 2 * outputs + 1 if growth.is_regression else outputs
        if is_training:
            slots = trees * _FIRST_SLOTS
            splits = slots * growth.candidates
            self._slot = _variable('stats/slot', tf.zeros([rows], tf.int32))
            self._node = _variable('stats/node', tf.zeros([slots], tf.int32), grows=True)
            self._filled = _variable('stats/filled', tf.zeros([slots], tf.int32), grows=True)
            self._total = _variable('stats/total', tf.zeros([slots, self._columns]), grows=True)
            self._split_feature = _variable('stats/split_feature', tf.zeros([splits], tf.int32), grows=True)
            self._split_threshold = _variable('stats/split_threshold', tf.zeros([splits]), grows=True)
            self._split_left = _variable('stats/split_left', tf.zeros([splits * self._columns]), grows=True)

    def sizes(self) -> tf.Tensor:
        """Returns the number of nodes of each tree, [num_trees] int32."""
        return tf.identity(self._sizes)

    def feature_counts(self, num_features: int) -> tf.Tensor:
        """Returns how many nodes split by each feature, [num_features] int32."""
        used = tf.boolean_mask(self._feature, self._left_child > 0)
        return tf.math.bincount(used, minlength=num_features, maxlength=num_features)

    def leaf_impurities(self) -> tf.Tensor:
        """Returns the mean over each tree's leaves of their Gini impurities, [num_trees] float32."""
        shape = [self._growth.num_trees, self._nodes]
        places = tf.range(self._nodes)[tf.newaxis]
        is_leaf = tf.equal(tf.reshape(self._left_child, shape), 0) & (places < self._sizes[:, tf.newaxis])
        shares = _shares(tf.reshape(self._value, [*shape, self._growth.num_outputs]))
        leaf = tf.cast(is_leaf, tf.float32)
        gini = (1 - tf.reduce_sum(tf.square(shares), 2)) * leaf
        return tf.reduce_sum(gini, 1) / tf.reduce_sum(leaf, 1)

    def predictions(self, features: tf.Tensor) -> tf.Tensor:
        """Returns what each tree predicts, [num_trees, batch, num_outputs]: shares of the classes, or numbers.

        Args:
          features: [batch, num_features] float32.
        """
        value = tf.gather(self._value, self._leaves(features))
        return value if self._growth.is_regression else _shares(value)

    def grow(self, features: tf.Tensor, labels: tf.Tensor, weights: tf.Tensor) -> tf.Operation:
        """Returns the operation that takes in a batch.

        Args:
          features: [batch, num_features] float32.
          labels: classes, [batch] int32, or numbers, [batch, num_outputs] float32.
          weights: weight of each example in each tree, [num_trees, batch] float32; 0 leaves it out.
        """
        labels = self._checked(labels)
        leaves = self._leaves(features)
        columns, values = self._statistics(labels)
        with tf.control_dependencies([leaves]):
            learned = self._learn_values(leaves, labels, weights)
        with tf.control_dependencies([learned]):
            counted = self._count(features, leaves, columns, values, weights)
        with tf.control_dependencies([counted]):
            return self._split()

    def _checked(self, labels: tf.Tensor) -> tf.Tensor:
        if self._growth.is_regression:
            return labels
        top = self._growth.num_outputs
        check = tf.debugging.Assert(
            tf.reduce_all((labels >= 0) & (labels < top)),
            [f'labels must be in [0, {top}), as num_classes says, got:', labels],
        )
        with tf.control_dependencies([check]):
            return tf.identity(labels)

    def _statistics(self, labels: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns which columns of the statistics an example adds to, and what, [batch, n] each."""
        if not self._growth.is_regression:
            return labels[:, tf.newaxis], tf.ones_like(labels, tf.float32)[:, tf.newaxis]
        values = tf.concat([tf.ones_like(labels[:, :1]), labels, tf.square(labels)], 1)
        return tf.zeros_like(values, tf.int32) + tf.range(self._columns), values

    def _leaves(self, features: tf.Tensor) -> tf.Tensor:
        """Returns the row of the leaf that each example reaches in each tree, [num_trees, batch] int32."""
        flat, width, batch = tf.reshape(features, [-1]), tf.shape(features)[1], tf.shape(features)[0]
        # All of one shape, as TensorFlow's optimizer of graphs takes the terms of sums in loops to be.
        one = tf.zeros([self._growth.num_trees, batch], tf.int32)
        starts = one + tf.range(self._growth.num_trees)[:, tf.newaxis] * self._nodes
        examples = one + tf.range(batch)[tf.newaxis] * width
        left_child, feature = self._left_child.read_value(), self._feature.read_value()
        threshold = self._threshold.read_value()

        def down(rows: tf.Tensor, child: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
            right = tf.gather(flat, examples + tf.gather(feature, rows)) > tf.gather(threshold, rows)
            rows = tf.where(child > 0, starts + child + tf.cast(right, tf.int32), rows)
            return rows, tf.gather(left_child, rows)

        rows, _ = tf.while_loop(
            lambda rows, child: tf.reduce_any(child > 0), down, [starts, tf.gather(left_child, starts)], back_prop=False
        )
        return tf.reshape(rows, [self._growth.num_trees, batch])

    def _learn_values(self, leaves: tf.Tensor, labels: tf.Tensor, weights: tf.Tensor) -> tf.Operation:
        """Adds the batch to the classes of its leaves; means stay as they were when a leaf came to be."""
        if self._growth.is_regression:
            return tf.no_op()
        shape = [self._growth.num_trees, -1, self._growth.num_outputs]
        added = tf.one_hot(labels, self._growth.num_outputs)[tf.newaxis] * weights[:, :, tf.newaxis]
        return tf.scatter_add(self._value, leaves, tf.reshape(added, shape)).op

    def _count(
        self, features: tf.Tensor, leaves: tf.Tensor, columns: tf.Tensor, values: tf.Tensor, weights: tf.Tensor
    ) -> tf.Operation:
        """Makes candidates of the first examples of a leaf, and counts the rest for each candidate."""
        growth, batch = self._growth, tf.shape(features)[0]
        trees = tf.range(growth.num_trees)[:, tf.newaxis]
        takes_part = (weights > 0) & (self._sizes < growth.max_nodes)[:, tf.newaxis]
        places = tf.where(takes_part)
        tree, example = tf.cast(places[:, 0], tf.int32), tf.cast(places[:, 1], tf.int32)
        flat = tree * batch + example
        slots = tf.gather(tf.reshape(tf.gather(self._slot, leaves) * growth.num_trees + trees, [-1]), flat)
        order = tf.argsort(slots, stable=True)
        slots, tree, example = (tf.gather(each, order) for each in (slots, tree, example))
        weight = tf.gather(tf.gather(tf.reshape(weights, [-1]), flat), order)
        rank = tf.range(tf.size(slots)) - tf.searchsorted(slots, slots)
        candidate = tf.gather(self._filled, slots) + rank
        matrix = tf.reshape(features, [-1])
        width = tf.shape(features)[1]

        is_new = candidate < growth.candidates
        new = tf.cast(tf.where(is_new)[:, 0], tf.int32)
        feature = self._chosen_features(tf.gather(tree, new), width)
        threshold = tf.gather(matrix, tf.gather(example, new) * width + feature)
        place = tf.gather(slots, new) * growth.candidates + tf.gather(candidate, new)

        old = tf.cast(tf.where(~is_new)[:, 0], tf.int32)
        slot, example, weight = (tf.gather(each, old) for each in (slots, example, weight))
        with tf.control_dependencies([candidate]):
            made = tf.group(
                tf.scatter_update(self._split_feature, place, feature),
                tf.scatter_update(self._split_threshold, place, threshold),
                tf.scatter_add(self._filled, tf.gather(slots, new), tf.ones_like(new)),
            )
        with tf.control_dependencies([made]):
            splits = slot[:, tf.newaxis] * growth.candidates + tf.range(growth.candidates)
            split_feature, split_threshold = (
                tf.gather(each.read_value(), splits) for each in (self._split_feature, self._split_threshold)
            )
        found = tf.gather(matrix, example[:, tf.newaxis] * width + split_feature)
        is_left = tf.cast(found <= split_threshold, tf.float32)
        column, value = tf.gather(columns, example), tf.gather(values, example) * weight[:, tf.newaxis]
        cells = splits[:, :, tf.newaxis] * self._columns + column[:, tf.newaxis]
        total = tf.reshape(self._total_rows(column, value), [-1, self._columns])
        return tf.group(
            tf.scatter_add(self._split_left, cells, is_left[:, :, tf.newaxis] * value[:, tf.newaxis]),
            tf.scatter_add(self._total, slot, total),
        )

    def _total_rows(self, column: tf.Tensor, value: tf.Tensor) -> tf.Tensor:
        if self._growth.is_regression:
            return value
        return tf.one_hot(column[:, 0], self._columns) * value

    def _chosen_features(self, tree: tf.Tensor, width: tf.Tensor) -> tf.Tensor:
        """Returns a feature by chance that each of the trees knows."""
        growth = self._growth
        if growth.bagged_features is None:
            return tf.random_uniform(tf.shape(tree), 0, width, tf.int32, seed=growth.seed)
        known = tf.constant(growth.bagged_features, tf.int32)
        each = known.shape[1].value
        chosen = tf.random_uniform(tf.shape(tree), 0, each, tf.int32, seed=growth.seed)
        return tf.gather(tf.reshape(known, [-1]), tree * each + chosen)

    def _split(self) -> tf.Operation:
        """Splits the leaves that have counted enough, as far as their trees may grow."""
        growth = self._growth
        total = self._total.read_value()
        ready = tf.equal(self._filled.read_value(), growth.candidates)
        if growth.is_regression:
            ready &= total[:, 0] >= growth.split_after
        else:
            ready &= tf.reduce_sum(total, 1) >= growth.split_after
            ready &= tf.reduce_sum(tf.cast(total > 0, tf.int32), 1) > 1
        slots = tf.cast(tf.where(ready)[:, 0], tf.int32)
        return tf.cond(tf.size(slots) > 0, lambda: self._split_slots(slots), tf.no_op)

    def _split_slots(self, slots: tf.Tensor) -> tf.Operation:
        growth = self._growth
        splits = slots[:, tf.newaxis] * growth.candidates + tf.range(growth.candidates)
        cells = splits[:, :, tf.newaxis] * self._columns + tf.range(self._columns)
        left = tf.gather(self._split_left.read_value(), cells)
        total = tf.gather(self._total.read_value(), slots)
        right = total[:, tf.newaxis] - left
        impurity, divides = self._impurity(left, right)
        worst = tf.fill(tf.shape(impurity), tf.constant(np.inf, tf.float64))
        best = tf.argmin(tf.where(divides, impurity, worst), 1, output_type=tf.int32)
        one = tf.stack([tf.range(tf.size(slots)), best], 1)

        # The leaves of a tree are split in the order of their slots, until the tree is large enough.
        tree = slots % growth.num_trees
        divided = tf.gather_nd(divides, one)
        in_tree = tf.one_hot(tree, growth.num_trees, dtype=tf.int32) * tf.cast(divided, tf.int32)[:, tf.newaxis]
        before = tf.reduce_sum(
            tf.cumsum(in_tree, exclusive=True) * tf.one_hot(tree, growth.num_trees, dtype=tf.int32), 1
        )
        sizes = self._sizes.read_value()
        size = tf.gather(sizes, tree) + 2 * before
        kept = tf.cast(tf.where(divided & (size < growth.max_nodes))[:, 0], tf.int32)

        slot, tree, size = (tf.gather(each, kept) for each in (slots, tree, size))
        place = tf.gather_nd(splits, tf.gather(one, kept))
        node = tf.gather(self._node.read_value(), slot)
        start = tree * self._nodes
        new_slot = (size + 1) // 2 * growth.num_trees + tree
        added = tf.unsorted_segment_sum(tf.fill(tf.shape(tree), 2), tree, growth.num_trees)
        children = start + size
        values = [self._value_of(tf.gather_nd(each, tf.gather(one, kept))) for each in (left, right)]
        feature = tf.gather(self._split_feature.read_value(), place)
        threshold = tf.gather(self._split_threshold.read_value(), place)
        read = [*values, feature, threshold, node, new_slot, added, children]
        with tf.control_dependencies(read):
            emptied = tf.group(
                tf.scatter_update(self._filled, slots, tf.zeros_like(slots)),
                tf.scatter_update(self._total, slots, tf.zeros_like(total)),
                tf.scatter_update(self._split_left, cells, tf.zeros_like(left)),
            )
        with tf.control_dependencies([emptied]):
            longer = self._make_room(tf.reduce_max(sizes + added))
        with tf.control_dependencies([longer]):
            filled = tf.group(
                tf.scatter_update(self._value, children, values[0]),
                tf.scatter_update(self._value, children + 1, values[1]),
                tf.scatter_update(self._feature, start + node, feature),
                tf.scatter_update(self._threshold, start + node, threshold),
                tf.scatter_update(self._slot, children, slot // growth.num_trees),
                tf.scatter_update(self._slot, children + 1, new_slot // growth.num_trees),
                tf.scatter_update(self._node, slot, size),
                tf.scatter_update(self._node, new_slot, size + 1),
            )
        # Last, so that whoever reads meanwhile finds whole nodes.
        with tf.control_dependencies([filled]):
            return tf.group(tf.scatter_update(self._left_child, start + node, size), tf.assign_add(self._sizes, added))

    def _impurity(self, left: tf.Tensor, right: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns how mixed the sides of candidates are, [leaves, candidates] float64, and whether both have examples.

        For classes that is the sum of both sides' Gini impurities, with one example more of each class, times their
        numbers of examples; for numbers the sum of both sides' variances.
        """
        sides = [tf.cast(side, tf.float64) for side in (left, right)]
        if not self._growth.is_regression:
            counts = [tf.reduce_sum(side, 2) for side in sides]
            shares = [_shares(side + 1) for side in sides]
            ginis = [1 - tf.reduce_sum(tf.square(share), 2) for share in shares]
            return counts[0] * ginis[0] + counts[1] * ginis[1], (counts[0] > 0) & (counts[1] > 0)
        outputs = self._growth.num_outputs
        counts = [side[:, :, 0] for side in sides]
        variances = []
        for side in sides:
            means = tf.div_no_nan(side[:, :, 1:], side[:, :, :1])
            variances.append(tf.reduce_sum(means[:, :, outputs:] - tf.square(means[:, :, :outputs]), 2))
        return variances[0] + variances[1], (counts[0] > 0) & (counts[1] > 0)

    def _value_of(self, statistics: tf.Tensor) -> tf.Tensor:
        if self._growth.is_regression:
            return statistics[:, 1 : self._growth.num_outputs + 1] / statistics[:, :1]
        return statistics

    def _make_room(self, size: tf.Tensor) -> tf.Operation:
        """Doubles the variables of slots until all leaves of a tree with `size` nodes have one."""
        growth = self._growth
        needed = (size + 1) // 2 * growth.num_trees

        def double() -> tf.Operation:
            rows = tf.shape(self._node)[0]
            missing = tf.maximum(rows, needed - rows)
            splits = missing * growth.candidates
            return tf.group(
                *(_extend(variable, missing) for variable in (self._node, self._filled, self._total)),
                *(_extend(variable, splits) for variable in (self._split_feature, self._split_threshold)),
                _extend(self._split_left, splits * self._columns),
            )

        return tf.cond(tf.shape(self._node)[0] < needed, double, tf.no_op)


def _variable(name: str, start: tf.Tensor, grows: bool = False) -> tf.Variable:
    return tf.get_variable(name, initializer=start, trainable=False, validate_shape=not grows, use_resource=False)


def _extend(variable: tf.Variable, rows: tf.Tensor) -> tf.Tensor:
    value = variable.read_value()
    more = tf.zeros(tf.concat([[rows], tf.shape(value)[1:]], 0), variable.dtype.base_dtype)
    return tf.assign(variable, tf.concat([value, more], 0), validate_shape=False)


def _shares(counts: tf.Tensor) -> tf.Tensor:
    """Returns counts, [..., classes], as shares of their sum, or 0 where there are none."""
    return tf.div_no_nan(counts, tf.reduce_sum(counts, -1, keepdims=True))
