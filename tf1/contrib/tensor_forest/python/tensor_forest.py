"""Random forests as graphs: `ForestHParams` and `RandomForestGraphs`."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from typing import Any

import tf1 as tf
from tf1.contrib.tensor_forest import inputs
from tf1.contrib.tensor_forest.trees import Growth, Trees

_MODEL_NAMES = ('all_dense', 'all_sparse')
_LEAST_SPLITS, _MOST_SPLITS = 10, 1000


class ForestHParams:
    """The settings of a forest, as attributes; `num_classes` and `num_features` have no defaults.

    Args:
      num_trees: trees in the forest.
      max_nodes: nodes of a tree after which it grows no more.
      bagging_fraction: share of a batch's examples that a tree takes in, chosen anew for each batch.
      num_splits_to_consider: candidates for a split; 0 for the square root of the number of features, at least 10.
      feature_bagging_fraction: share of the features that a tree knows.
      split_after_samples: examples after which a leaf is split.
      inference_tree_paths: must be False.
      max_fertile_nodes, valid_leaf_threshold, dominate_method, dominate_fraction, model_name, split_finish_name,
        split_pruning_name, prune_every_samples, early_finish_check_every_samples, collate_examples, checkpoint_stats,
        use_running_stats_method, initialize_average_splits, param_file, split_name: kept, and without effect.
      **kwargs: more attributes: `num_classes`, classes or numbers of a label; `num_features`; `regression`, whether
        labels are numbers; `base_random_seed` of the features by chance; any others.
    """

    num_classes: int
    num_features: int
    num_outputs: int
    num_output_columns: int
    regression: bool
    base_random_seed: int
    bagged_num_features: int
    bagged_features: list[list[int]] | None

    def __init__(
        self,
        num_trees: int = 100,
        max_nodes: int = 10000,
        bagging_fraction: float = 1.0,
        num_splits_to_consider: int = 0,
        feature_bagging_fraction: float = 1.0,
        max_fertile_nodes: int = 0,
        split_after_samples: int = 250,
        valid_leaf_threshold: int = 1,
        dominate_method: str = 'bootstrap',
        dominate_fraction: float = 0.99,
        model_name: str = 'all_dense',
        split_finish_name: str = 'basic',
        split_pruning_name: str = 'none',
        prune_every_samples: int = 0,
        early_finish_check_every_samples: int = 0,
        collate_examples: bool = False,
        checkpoint_stats: bool = False,
        use_running_stats_method: bool = False,
        initialize_average_splits: bool = False,
        inference_tree_paths: bool = False,
        param_file: str | None = None,
        split_name: str = 'less_or_equal',
        **kwargs: Any,
    ):
        given = {name: value for name, value in locals().items() if name not in ('self', 'kwargs', '__class__')}
        for name, value in {**given, **kwargs}.items():
            setattr(self, name, value)

    def values(self) -> dict[str, Any]:
        """Returns the settings by name."""
        return self.__dict__

    def fill(self) -> ForestHParams:
        """Computes the settings that follow from others, and returns this object.

        Raises:
          AttributeError: `num_classes` or `num_features` is missing.
          KeyError: `model_name` is not one of 'all_dense' and 'all_sparse'.
        """
        for name in ('num_classes', 'num_features'):
            if not hasattr(self, name):
                raise AttributeError(f"'ForestHParams' object has no attribute {name!r}; give it as an argument.")
        if self.model_name not in _MODEL_NAMES:
            raise KeyError(f'model_name must be one of {_MODEL_NAMES}, got {self.model_name!r}.')
        self.regression = getattr(self, 'regression', False)
        self.base_random_seed = getattr(self, 'base_random_seed', 0)
        self.num_outputs = self.num_classes if self.regression else 1
        self.num_output_columns = self.num_classes + 1
        self.bagged_num_features = int(self.feature_bagging_fraction * self.num_features)
        self.bagged_features = None
        if self.feature_bagging_fraction < 1.0:
            features = range(self.num_features)
            self.bagged_features = [random.sample(features, self.bagged_num_features) for _ in range(self.num_trees)]
        self.num_splits_to_consider = self.num_splits_to_consider or min(
            max(_LEAST_SPLITS, int(math.ceil(math.sqrt(self.num_features)))), _MOST_SPLITS
        )
        self.leaf_model_type = self.stats_model_type = 2 if self.regression else _MODEL_NAMES.index(self.model_name)
        self.finish_type = self.pruning_type = self.split_type = 0
        return self


class RandomForestGraphs:
    """A forest in the default graph.

    Args:
      params: settings that have been filled.
      tree_configs: must be None.
      tree_stats: must be None.
      device_assigner: has no effect.
      variables: trees of another object to share; None for new ones.
      tree_variables_class: has no effect.
      tree_graphs: has no effect.
      training: whether the trees are to grow; otherwise checkpoints need not hold what has been counted.

    Raises:
      NotImplementedError: `tree_configs`, `tree_stats` or paths through trees are asked for.
    """

    def __init__(
        self,
        params: ForestHParams,
        tree_configs: Sequence[str] | None = None,
        tree_stats: Sequence[str] | None = None,
        device_assigner: Any = None,
        variables: Trees | None = None,
        tree_variables_class: Any = None,
        tree_graphs: Any = None,
        training: bool = True,
    ):
        del device_assigner, tree_variables_class, tree_graphs
        if tree_configs is not None or tree_stats is not None:
            raise NotImplementedError('tree_configs and tree_stats must be None: trees come from checkpoints.')
        if params.inference_tree_paths:
            raise NotImplementedError('inference_tree_paths must be False: the paths through trees are not recorded.')
        tf.logging.info('Constructing forest with params = ')
        tf.logging.info(params.__dict__)
        self.params = params
        self.variables = variables or Trees(self._growth(), training)

    def training_graph(
        self,
        input_data: Any,
        input_labels: Any,
        num_trainers: int = 1,
        trainer_id: int = 0,
        input_weights: Any = None,
        **tree_kwargs: Any,
    ) -> tf.Operation:
        """Returns the operation that lets the trees grow by a batch.

        Args:
          input_data: [batch, num_features] float32, dense or sparse, or a dictionary of such matrices.
          input_labels: classes, [batch] or [batch, 1], or for regression numbers, [batch] or [batch, num_classes].
          num_trainers: must be 1.
          trainer_id: must be 0.
          input_weights: weights of the examples, [batch]; None for 1.

        Raises:
          NotImplementedError: several trainers share the trees.
          TypeError: `input_data` is a tensor, but not of float32.
        """
        del tree_kwargs
        if num_trainers != 1 or trainer_id != 0:
            raise NotImplementedError(f'num_trainers must be 1, got {num_trainers}: one process grows all trees.')
        params = self.params
        features = inputs.feature_matrix(input_data, params.num_features)
        labels = inputs.label_matrix(input_labels, params.num_outputs, params.regression)
        shape = tf.stack([params.num_trees, tf.shape(features)[0]])
        weights = tf.ones(shape)
        if input_weights is not None:
            weights *= tf.reshape(tf.cast(input_weights, tf.float32), [1, -1])
        if params.bagging_fraction < 1.0:
            chance = tf.random_uniform(shape, seed=params.base_random_seed or None)
            weights *= tf.cast(chance < params.bagging_fraction, tf.float32)
        return tf.group(self.variables.grow(features, labels, weights), name='train')

    def inference_graph(self, input_data: Any, **inference_args: Any) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
        """Returns what the forest predicts.

        Args:
          input_data: as in `training_graph`.

        Returns:
          Probabilities of the classes, or numbers, [batch, num_classes] float32; paths through the trees, which are not
          recorded, [0, num_trees] string; the variance of the trees' predictions, [batch, num_classes] float32.
        """
        del inference_args
        trees = self.variables.predictions(inputs.feature_matrix(input_data, self.params.num_features))
        number = float(self.params.num_trees)
        mean = tf.div(tf.reduce_sum(trees, 0), number, name='probabilities')
        squares = tf.reduce_sum(tf.square(trees), 0) / number
        paths = tf.zeros([0, self.params.num_trees], tf.string)
        return mean, paths, tf.maximum(0.0, squares - tf.square(mean))

    def average_size(self) -> tf.Tensor:
        """Returns the mean number of nodes of a tree, float32."""
        return tf.reduce_mean(tf.cast(self.variables.sizes(), tf.float32))

    def training_loss(self, features: Any, labels: Any, name: str = 'training_loss') -> tf.Tensor:
        """Returns minus the mean number of nodes of a tree: a loss that falls while the forest grows."""
        del features, labels
        return tf.negative(self.average_size(), name=name)

    def validation_loss(self, features: Any, labels: Any) -> tf.Tensor:
        """Returns minus the mean number of nodes of a tree."""
        del features, labels
        return -self.average_size()

    def average_impurity(self) -> tf.Tensor:
        """Returns the mean Gini impurity of the leaves, float32.

        Raises:
          NotImplementedError: the forest is for regression.
        """
        if self.params.regression:
            raise NotImplementedError('average_impurity needs classes, and the forest is for regression.')
        return tf.reduce_mean(self.variables.leaf_impurities())

    def feature_importances(self) -> tf.Tensor:
        """Returns the share of the splits that each feature makes, [num_features] float64; NaN before the first."""
        counts = self.variables.feature_counts(self.params.num_features)
        return counts / tf.reduce_sum(counts)

    def _growth(self) -> Growth:
        params = self.params
        return Growth(
            params.num_trees,
            params.max_nodes,
            params.num_classes,
            params.regression,
            params.num_splits_to_consider,
            params.split_after_samples,
            params.bagged_features,
            params.base_random_seed or None,
        )


GraphBuilder = Callable[..., RandomForestGraphs]
