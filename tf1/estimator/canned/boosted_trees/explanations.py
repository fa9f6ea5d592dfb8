"""What each feature contributed to a prediction: how it changed along the examples' ways through the trees."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from tf1.estimator.canned.boosted_trees.proto import TreeEnsemble

_LEAF = -1


def explained(
    batch: Mapping[str, np.ndarray],
    buckets: np.ndarray,
    serialized: bytes,
    names: Sequence[str],
    inverse_link: Callable[[np.ndarray], np.ndarray],
) -> Iterator[dict[str, Any]]:
    """Yields the predictions of each example with `bias` and `dfc`, the contributions by column, the largest first.

    Args:
      batch: predictions by key, of a batch.
      buckets: [batch, features] int32.
      serialized: a `TreeEnsemble`.
      names: the column of each feature.
      inverse_link: makes predictions of logits.
    """
    bias, by_feature = contributions(serialized, buckets, inverse_link)
    columns = sorted(set(names))
    by_column = np.zeros([len(buckets), len(columns)])
    for feature, name in enumerate(names):
        by_column[:, columns.index(name)] += by_feature[:, feature]
    for row, values in enumerate(by_column):
        found = sorted(zip(columns, values, strict=True), key=lambda item: -abs(item[1]))
        yield {**{key: value[row] for key, value in batch.items()}, 'bias': bias, 'dfc': OrderedDict(found)}


def contributions(
    serialized: bytes, buckets: np.ndarray, inverse_link: Callable[[np.ndarray], np.ndarray]
) -> tuple[np.float64, np.ndarray]:
    """Returns the prediction of the first root, and what each feature adds to it, [batch, features] float64."""
    ensemble = TreeEnsemble.FromString(serialized)
    trees = [_Tree(tree) for tree in ensemble.trees]
    bias = trees[0].value[:1] if trees else np.zeros(1, np.float32)
    found = np.zeros(buckets.shape)
    total = np.zeros(len(buckets), np.float32)
    before = inverse_link(np.repeat(bias, len(buckets)).astype(np.float64))
    for tree, weight in zip(trees, np.array(ensemble.tree_weights, np.float32), strict=True):
        node = np.zeros(len(buckets), int)
        while (rows := np.nonzero(tree.feature[node] != _LEAF)[0]).size:
            feature = tree.feature[node[rows]]
            is_right = buckets[rows, feature] > tree.threshold[node[rows]]
            node[rows] = tree.left[node[rows]] + is_right
            now = inverse_link((total[rows] + weight * tree.value[node[rows]]).astype(np.float64))
            found[rows, feature] += now - before[rows]
            before[rows] = now
        total += weight * tree.value[node]
    return inverse_link(bias.astype(np.float64))[0], found


class _Tree:
    """A tree's nodes as arrays."""

    def __init__(self, tree: Any):
        splits = [node.bucketized_split for node in tree.nodes]
        is_split = np.array([node.HasField('bucketized_split') for node in tree.nodes])
        leaves = [
            node.metadata.original_leaf if is_one else node.leaf
            for node, is_one in zip(tree.nodes, is_split, strict=True)
        ]
        self.feature = np.where(is_split, [split.feature_id for split in splits], _LEAF)
        self.threshold = np.array([split.threshold for split in splits])
        self.left = np.array([split.left_id for split in splits])
        self.value = np.array([leaf.scalar for leaf in leaves], np.float32)
