"""Grown ensembles beside a naive twin: one node, one example, one bucket at a time."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

import tf1 as tf
from tf1.estimator.canned.boosted_trees import codec, growing, splits, statistics, traversal
from tf1.estimator.canned.boosted_trees import ensemble as ensembles
from tf1.estimator.canned.boosted_trees.proto import TreeEnsemble

_F = np.float32


@dataclasses.dataclass
class Node:
    value: np.float32 = _F(0)
    feature: int = ensembles.LEAF
    threshold: int = 0
    left: int = 0
    gain: np.float32 = _F(0)

    @property
    def is_leaf(self):
        return self.feature == ensembles.LEAF


@dataclasses.dataclass
class Tree:
    nodes: list = dataclasses.field(default_factory=lambda: [Node()])
    layers: int = 0
    is_finalized: bool = False
    pruned: list = dataclasses.field(default_factory=list)

    def leaf(self, example, node=0):
        while not self.nodes[node].is_leaf:
            split = self.nodes[node]
            node = split.left + (example[split.feature] > split.threshold)
        return node


class Twin:
    """An ensemble of objects, which grows as the one of tensors shall."""

    def __init__(self, regularization, max_depth, learning_rate, pruning_mode):
        self.regularization = regularization
        self.max_depth, self.learning_rate, self.pruning_mode = max_depth, _F(learning_rate), pruning_mode
        self.trees = [Tree()]
        self.layer = (0, 1)
        self.layers_attempted = self.trees_attempted = 0

    def predict(self, example):
        total = _F(0)
        for tree in self.trees:
            total = _F(total + tree.nodes[tree.leaf(example)].value)
        return total

    def weight_and_gain(self, gradient, hessian):
        l1, l2 = _F(self.regularization.l1), _F(self.regularization.l2)
        if hessian + l2 <= 1e-15:
            return _F(0), _F(0)
        shrunk = gradient - l1 if gradient > l1 else gradient + l1 if gradient < -l1 else _F(0)
        weight = _F(-shrunk / _F(hessian + l2))
        return weight, _F(-shrunk * weight)

    def sums(self, examples, gradients, hessians, node, feature, buckets):
        found = np.zeros([buckets, 2])
        for example, gradient, hessian in zip(examples, gradients, hessians, strict=True):
            if self.trees[-1].leaf(example) == node:
                found[example[feature]] += (gradient, hessian)
        return found.astype(_F)

    def best_split(self, examples, gradients, hessians, node, buckets):
        best = None
        for feature in range(examples.shape[1]):
            sums = self.sums(examples, gradients, hessians, node, feature, buckets)
            below = np.cumsum(sums, 0, dtype=_F)
            whole = below[-1]
            if whole[1] < _F(self.regularization.min_node_weight):
                continue
            ways = []
            for bucket in range(buckets):
                left = self.weight_and_gain(*below[bucket])
                right = self.weight_and_gain(*(whole - below[bucket]))
                ways.append((_F(left[1] + right[1]), bucket, left[0], right[0]))
            gain, bucket, left, right = max(ways, key=lambda way: way[0])
            gain = _F(_F(gain - self.weight_and_gain(*whole)[1]) - _F(self.regularization.tree_complexity))
            if best is None or gain > best[2]:
                best = (feature, bucket, gain, left, right)
        return best

    def grow(self, examples, gradients, hessians, buckets):
        tree = self.trees[-1]
        self.layers_attempted += 1
        self.trees_attempted += tree.layers == 0
        found = {n: self.best_split(examples, gradients, hessians, n, buckets) for n in range(*self.layer)}
        start = len(tree.nodes)
        for number, split in found.items():
            if split is None or (self.pruning_mode == 'pre' and split[2] < 0):
                continue
            node = tree.nodes[number]
            node.feature, node.threshold, node.gain, node.left = split[0], split[1], split[2], len(tree.nodes)
            for weight in split[3:]:
                tree.nodes.append(Node(_F(node.value + _F(self.learning_rate * weight))))
        if len(tree.nodes) == start:
            return
        tree.layers += 1
        self.layer = (start, len(tree.nodes))
        if tree.layers == self.max_depth:
            tree.is_finalized = True
            if self.pruning_mode == 'post':
                self.prune(tree)
            self.trees.append(Tree())
            self.layer = (0, 1)

    def prune(self, tree):
        kept = {0: 0}
        leaves = [node.is_leaf for node in tree.nodes]
        for number in reversed(range(len(tree.nodes))):
            node = tree.nodes[number]
            if not leaves[number] and leaves[node.left] and leaves[node.left + 1] and node.gain < 0:
                leaves[number] = True
        ends = [0] * len(tree.nodes)
        for number, node in enumerate(tree.nodes):
            for child in () if node.is_leaf else (node.left, node.left + 1):
                ends[child] = ends[number] if leaves[number] or ends[number] != number else child
        kept = [number for number, end in enumerate(ends) if number == end]
        if len(kept) == len(tree.nodes):
            return
        tree.pruned = [
            (kept.index(end), _F(tree.nodes[end].value - node.value))
            for end, node in zip(ends, tree.nodes, strict=True)
        ]
        pruned = []
        for number in kept:
            node = tree.nodes[number]
            pruned.append(Node(node.value) if leaves[number] else dataclasses.replace(node, left=kept.index(node.left)))
        tree.nodes = pruned


def _feeding(buckets):
    """Returns the graph of a step: what to feed, and what to fetch."""
    given = ensembles.Ensemble(
        *(tf.placeholder(ensembles.DTYPES[name], ensembles.SHAPES[name]) for name in ensembles.Ensemble._fields)
    )
    places = traversal.Places(*(tf.placeholder(dtype, [None]) for dtype in (tf.float32, tf.int32, tf.int32)))
    return given, places, tf.placeholder(tf.float32, [None]), tf.placeholder(tf.float32, [None]), tf.constant(buckets)


_OPTIONS = {
    'plain': {'max_depth': 3, 'learning_rate': 0.3, 'pruning_mode': 'none'},
    'regularized': {
        'max_depth': 2,
        'learning_rate': 1.0,
        'pruning_mode': 'none',
        'l1': 0.003,
        'l2': 0.02,
        'min_node_weight': 0.3,
    },
    'pre': {'max_depth': 4, 'learning_rate': 0.5, 'pruning_mode': 'pre', 'tree_complexity': 0.01},
    'post': {'max_depth': 4, 'learning_rate': 0.5, 'pruning_mode': 'post', 'tree_complexity': 0.015, 'l2': 0.01},
    'post to the root': {'max_depth': 2, 'learning_rate': 0.1, 'pruning_mode': 'post', 'tree_complexity': 0.9},
    'stumps': {'max_depth': 1, 'learning_rate': 0.1, 'pruning_mode': 'none'},
}


@pytest.mark.parametrize('name', sorted(_OPTIONS))
def test_an_ensemble_grows_like_its_naive_twin(name):
    options = dict(_OPTIONS[name])
    regularization = splits.Regularization(
        *(options.pop(key, 0.0) for key in ('l1', 'l2', 'tree_complexity', 'min_node_weight'))
    )
    rng = np.random.RandomState(11)
    count, features, buckets = 90, 4, 5
    examples = rng.randint(0, buckets, (count, features))
    labels = (examples[:, 0] > 2) + 0.5 * (examples[:, 1] % 2) + rng.normal(0, 0.4, count)
    twin = Twin(regularization, **options)
    hessians = np.full(count, 2 / count, _F)
    with tf.Graph().as_default(), tf.Session() as session:
        given, before, gradient, hessian, matrix = _feeding(examples.T.astype(np.int32))
        places = traversal.advance(given, matrix, before)
        logits = traversal.predict(given, matrix)
        layer = growing.layer_of(given)
        sums = statistics.sums(matrix, range(features), buckets, places.node, layer, gradient, hessian)
        best = splits.best([sums], [range(features)], regularization)
        grown = growing.grow(given, best, **options)
        serialized = codec.encode(given)
        state = session.run(ensembles.empty())
        stood = traversal.Places(np.zeros(count, _F), np.zeros(count, int), np.full(count, -1))
        for step in range(9):
            feed = {**dict(zip(given, state, strict=True)), **dict(zip(before, stood, strict=True))}
            stood, found = session.run([places, logits], feed)
            expected = np.array([twin.predict(example) for example in examples])
            np.testing.assert_array_equal(found, expected)
            # Step by step, the values of former leaves are taken back, which rounds once more.
            np.testing.assert_allclose(stood.logits, expected, rtol=1e-5, atol=1e-6)
            assert set(stood.tree) == {len(twin.trees) - 1}
            np.testing.assert_array_equal(stood.node, [twin.trees[-1].leaf(example) for example in examples])
            gradients = (2 / count * (expected - labels)).astype(_F)
            feed.update({gradient: gradients, hessian: hessians})
            state = session.run(grown, feed)
            twin.grow(examples, gradients, hessians, buckets)
            assert state.stamp == step + 1
            _assert_same(state, twin)
        proto = TreeEnsemble.FromString(session.run(serialized, dict(zip(given, state, strict=True))))
        assert [len(tree.nodes) for tree in proto.trees] == [len(tree.nodes) for tree in twin.trees]
        pruned = [meta for meta in proto.tree_metadata if meta.post_pruned_nodes_meta]
        assert [list(meta.post_pruned_nodes_meta[0].logit_change) for meta in pruned] == [
            [0.0] for tree in twin.trees if tree.pruned
        ]
    assert twin.layers_attempted == 9


def _assert_same(state, twin):
    nodes = [node for tree in twin.trees for node in tree.nodes]
    splitting = [node for node in nodes if not node.is_leaf]
    is_split = state.feature != ensembles.LEAF
    assert state.node_counts.tolist() == [len(tree.nodes) for tree in twin.trees]
    assert state.feature.tolist() == [node.feature for node in nodes]
    for name in ('threshold', 'left', 'gain'):
        assert getattr(state, name)[is_split].tolist() == [getattr(node, name) for node in splitting], name
    assert state.value.tolist() == [node.value for node in nodes]
    assert state.layers_grown.tolist() == [tree.layers for tree in twin.trees]
    assert state.is_finalized.tolist() == [tree.is_finalized for tree in twin.trees]
    assert state.tree_weights.tolist() == [1.0] * len(twin.trees)
    assert state.pruned_counts.tolist() == [len(tree.pruned) for tree in twin.trees]
    pruned = [entry for tree in twin.trees for entry in tree.pruned]
    assert state.pruned_node.tolist() == [node for node, _ in pruned]
    assert state.pruned_change.tolist() == [change for _, change in pruned]
    assert (state.trees_attempted, state.layers_attempted) == (twin.trees_attempted, twin.layers_attempted)
    assert np.maximum(state.last_layer, [0, 1]).tolist() == list(twin.layer)


def test_the_bias_is_centered_until_it_changes_by_no_more_than_a_hundredth():
    regularization = splits.Regularization(0.0, 0.0, 0.0, 0.0)
    with tf.Graph().as_default(), tf.Session() as session:
        given = _feeding(np.zeros([1, 1], np.int32))[0]
        gradient = tf.placeholder(tf.float32, [])
        centered = growing.center_bias(given, gradient, tf.constant(1.0), regularization)
        state = session.run(ensembles.empty())
        found = []
        # The first call makes the tree, of whatever value; a bias of 0 that stays is at its end.
        for change in (0.0, 0.0, 1.0, 0.01, 0.0102, -2.0, 0.0):
            state, goes_on = session.run(centered, {**dict(zip(given, state, strict=True)), gradient: -change})
            found.append((round(float(state.value[0]), 4), bool(goes_on)))
    assert found == [
        (0.0, True),
        (0.0, False),
        (1.0, True),
        (1.01, False),
        (1.0202, True),
        (-0.9798, True),
        (-0.9798, False),
    ]
    assert state.node_counts.tolist() == [1]
    assert state.stamp == 7


def test_many_trees_are_added_in_their_order_whatever_is_looked_at_together(monkeypatch):
    rng = np.random.RandomState(0)
    trees, batch = 300, 4
    values = rng.normal(0, 1, trees).astype(_F)
    made = ensembles.empty()._replace(
        tree_weights=tf.ones([trees]),
        layers_grown=tf.zeros([trees], tf.int32),
        is_finalized=tf.ones([trees], tf.bool),
        node_counts=tf.ones([trees], tf.int32),
        feature=tf.fill([trees], ensembles.LEAF),
        threshold=tf.zeros([trees], tf.int32),
        left=tf.zeros([trees], tf.int32),
        value=tf.constant(values),
        gain=tf.zeros([trees]),
        pruned_counts=tf.zeros([trees], tf.int32),
    )
    together = traversal.predict(made, tf.zeros([2, batch], tf.int32))
    monkeypatch.setattr(traversal, '_PAIRS_AT_ONCE', 7 * batch)
    apart = traversal.predict(made, tf.zeros([2, batch], tf.int32))
    with tf.Session() as session:
        found = session.run([together, apart])
    expected = np.cumsum(values, dtype=_F)[-1]
    assert [row.tolist() for row in found] == [[expected] * batch] * 2


def test_more_features_than_operations_are_summed_in_parts():
    rng = np.random.RandomState(1)
    features, batch, buckets = 70, 40, 3
    matrix = rng.randint(0, buckets, (features, batch)).astype(np.int32)
    node = rng.randint(0, 6, batch).astype(np.int32)
    gradients, hessians = rng.normal(size=(2, batch)).astype(_F)
    wanted = list(range(0, features, 2)) + [1]
    constants = [tf.constant(values) for values in (node, np.array([2, 4], np.int32), gradients, hessians)]
    sums = statistics.sums(tf.constant(matrix), wanted, buckets, *constants)
    expected = np.zeros([len(wanted), 2, buckets, 2])
    for place, feature in enumerate(wanted):
        for example in range(batch):
            if node[example] in (2, 3):
                bucket = matrix[feature, example]
                expected[place, node[example] - 2, bucket] += (gradients[example], hessians[example])
    with tf.Session() as session:
        np.testing.assert_array_equal(session.run(sums), expected.astype(_F))
