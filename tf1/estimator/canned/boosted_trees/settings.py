"""`Settings`: how trees are grown."""

from __future__ import annotations

import dataclasses

from tf1.estimator.canned.boosted_trees.splits import Regularization

_PRUNING_MODES = ('none', 'pre', 'post')


@dataclasses.dataclass(frozen=True)
class Settings:
    """How trees are grown.

    Attributes:
      n_batches_per_layer: batches that a layer is decided by.
      n_trees: trees to grow.
      max_depth: layers of a tree.
      learning_rate: factor of what a tree adds.
      regularization: what keeps trees small.
      center_bias: whether the first root is brought to the prediction that fits all examples best.
      pruning_mode: 'none'; 'pre', not to split a node that gains nothing; 'post', to take such splits back.
      quantile_sketch_epsilon: error of the quantiles that numeric columns are divided by, in (0, 1).
      train_in_memory: whether all examples are one batch.
    """

    n_batches_per_layer: int
    n_trees: int
    max_depth: int
    learning_rate: float
    regularization: Regularization
    center_bias: bool
    pruning_mode: str
    quantile_sketch_epsilon: float
    train_in_memory: bool = False

    @property
    def numeric_buckets(self) -> int:
        """How many buckets the values of a numeric column shall be divided into; there may be one more.

        Raises:
          ValueError: `quantile_sketch_epsilon` is not in (0, 1).
        """
        if not 0 < self.quantile_sketch_epsilon < 1:
            raise ValueError(f'quantile_sketch_epsilon must be > 0 and < 1, got {self.quantile_sketch_epsilon}.')
        return int(1.0 / self.quantile_sketch_epsilon)

    def check(self) -> None:
        """Looks whether trees can be grown so.

        Raises:
          ValueError: `pruning_mode` is unknown or does not fit `tree_complexity`, or `max_depth` is not >= 1.
          TypeError: `n_batches_per_layer` is no integer.
          AssertionError: `n_batches_per_layer` is not 1, though all examples are one batch.
        """
        complexity = self.regularization.tree_complexity
        if self.pruning_mode not in _PRUNING_MODES:
            raise ValueError(f'pruning_mode must be one of {list(_PRUNING_MODES)}, got {self.pruning_mode!r}.')
        if self.pruning_mode != 'none' and not complexity > 0:
            raise ValueError(f'tree_complexity must be > 0 for pruning_mode {self.pruning_mode!r}, got {complexity}.')
        if self.pruning_mode == 'none' and complexity > 0:
            raise ValueError(f"tree_complexity must be 0 for pruning_mode 'none', got {complexity}.")
        if self.max_depth < 1:
            raise ValueError(f'max_depth must be >= 1, got {self.max_depth}.')
        if int(self.n_batches_per_layer) != self.n_batches_per_layer:
            raise TypeError(f'n_batches_per_layer must be an integer, got {self.n_batches_per_layer!r}.')
        if self.train_in_memory and self.n_batches_per_layer != 1:
            raise AssertionError(
                f'n_batches_per_layer must be 1 where all examples are one batch, got {self.n_batches_per_layer}.'
            )
