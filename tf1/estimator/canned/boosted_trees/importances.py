"""Which feature columns an ensemble's splits gained most by."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from tf1.estimator.canned.boosted_trees.proto import TreeEnsemble


def importances(serialized: bytes, names: Sequence[str], normalize: bool) -> OrderedDict[str, float]:
    """Returns the sum of the gains of each column's splits, by name, the largest first.

    Args:
      serialized: a `TreeEnsemble`.
      names: the column of each feature.
      normalize: whether they are divided by their sum.

    Raises:
      AssertionError: they are to be divided, and the ensemble has no split, or one is negative.
    """
    ensemble = TreeEnsemble.FromString(serialized)
    sums = dict.fromkeys(sorted(names), 0.0)
    for tree, weight in zip(ensemble.trees, ensemble.tree_weights, strict=True):
        for node in tree.nodes:
            if node.HasField('bucketized_split'):
                sums[names[node.bucketized_split.feature_id]] += weight * node.metadata.gain
    if normalize:
        total = sum(sums.values())
        if not total:
            raise AssertionError('normalize must be False for an ensemble without a split.')
        if min(sums.values()) < 0:
            raise AssertionError(f'normalize must be False where importances are negative, got {sums}.')
        sums = {name: value / total for name, value in sums.items()}
    return OrderedDict(sorted(sums.items(), key=lambda item: -item[1]))
