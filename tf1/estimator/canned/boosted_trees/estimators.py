"""`BoostedTreesClassifier`, `BoostedTreesRegressor` and `BoostedTreesEstimator`."""

from __future__ import annotations

import copy
import functools
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf

from tf1.estimator.canned import keys, own_heads
from tf1.estimator.canned.boosted_trees import cross_entropy, explanations, model
from tf1.estimator.canned.boosted_trees.importances import importances
from tf1.estimator.canned.boosted_trees.settings import Settings
from tf1.estimator.canned.boosted_trees.splits import Regularization
from tf1.estimator.estimator import Estimator
from tf1.estimator.mode_keys import ModeKeys
from tf1.estimator.run_config import RunConfig

_REDUCTION = tf.losses.Reduction.SUM_OVER_BATCH_SIZE


class _BoostedTrees(Estimator):
    """Boosted trees under a head; the classes of this file differ in their arguments."""

    def __init__(
        self,
        head: Any,
        feature_columns: Iterable[Any],
        settings: Settings,
        model_dir: str | None,
        config: RunConfig | None,
        weight_column: Any = None,
        derivatives: model.Derivatives | None = None,
    ):
        self._feature_columns, self._settings = list(feature_columns), settings
        self._build = functools.partial(
            model.model_fn,
            head=head,
            feature_columns=self._feature_columns,
            settings=settings,
            weight_column=weight_column,
            derivatives=derivatives,
        )
        super().__init__(_model_fn(self._build), model_dir, config)

    def experimental_feature_importances(self, normalize: bool = False) -> OrderedDict[str, float]:
        """Returns how much each feature column gained in all splits, by its name, the most important first.

        Args:
          normalize: whether the importances are divided by their sum.

        Raises:
          ValueError: there is no checkpoint.
          AssertionError: there is nothing to divide by, no split, or an importance is negative.
        """
        return importances(self._serialized(None), self._feature_names, normalize)

    def experimental_predict_with_explanations(
        self,
        input_fn: Callable,
        predict_keys: Sequence[str] | str | None = None,
        hooks: Sequence[tf.train.SessionRunHook] | None = None,
        checkpoint_path: str | None = None,
    ) -> Iterator[dict[str, Any]]:
        """Yields predictions, as `predict` does, with what each feature column contributed to them.

        Args:
          input_fn: as for `train`; labels are ignored.
          predict_keys: the wanted keys of `predictions`; None for all. `bias` and `dfc` are always among them.
          hooks: session hooks for this call.
          checkpoint_path: None for the newest.

        Yields:
          Predictions of one example. `bias` is the prediction without any feature, a probability or a value; `dfc`
          says by column what is added to that, the largest part first.

        Raises:
          ValueError: the bias was not centered, or there is no checkpoint.
        """
        if not self._settings.center_bias:
            raise ValueError('center_bias must be True for predictions to be explained.')
        serialized = self._serialized(checkpoint_path)
        # What predicts is this object but for its model.
        other = copy.copy(self)
        other._model_fn = _model_fn(functools.partial(self._build, predicts_buckets=True))
        wanted = [predict_keys] if isinstance(predict_keys, str) else predict_keys
        for batch in other.predict(input_fn, None, hooks, checkpoint_path, yield_single_examples=False):
            inverse_link = _sigmoid if keys.LOGISTIC in batch else np.asarray
            buckets = batch.pop(model.BUCKETS)
            shown = {key: value for key, value in batch.items() if wanted is None or key in wanted}
            yield from explanations.explained(shown, buckets, serialized, self._feature_names, inverse_link)

    @property
    def _feature_names(self) -> list[str]:
        return model.columns_of(self._feature_columns, self._settings).names

    def _serialized(self, checkpoint_path: str | None) -> bytes:
        return tf.train.load_variable(checkpoint_path or self._needed_checkpoint(), f'{model.NAME}:0_serialized')


class BoostedTreesEstimator(_BoostedTrees):
    """Gradient boosted trees under a head of one's own.

    Args:
      feature_columns: as for `BoostedTreesClassifier`, like all arguments that are not listed.
      n_batches_per_layer: batches that a layer is decided by.
      head: a `tf.estimator.Head` with one logit, or one of `tf.contrib.estimator`; its loss is derived twice.
      model_dir: folder of checkpoints and event files.
      weight_column: not used; the head weighs examples.
      n_trees: trees to grow.

    Raises:
      ValueError: as `Estimator`.
    """

    def __init__(
        self,
        feature_columns: Iterable[Any],
        n_batches_per_layer: int,
        head: Any,
        model_dir: str | None = None,
        weight_column: Any = None,
        n_trees: int = 100,
        max_depth: int = 6,
        learning_rate: float = 0.1,
        l1_regularization: float = 0.0,
        l2_regularization: float = 0.0,
        tree_complexity: float = 0.0,
        min_node_weight: float = 0.0,
        config: RunConfig | None = None,
        center_bias: bool = False,
        pruning_mode: str = 'none',
        quantile_sketch_epsilon: float = 0.01,
    ):
        del weight_column
        settings = Settings(
            n_batches_per_layer,
            n_trees,
            max_depth,
            learning_rate,
            Regularization(l1_regularization, l2_regularization, tree_complexity, min_node_weight),
            center_bias,
            pruning_mode,
            quantile_sketch_epsilon,
        )
        super().__init__(head, feature_columns, settings, model_dir, config)


class BoostedTreesClassifier(_BoostedTrees):
    """Gradient boosted trees for two classes; labels are 0 and 1, or strings of `label_vocabulary`.

    Training stops by itself when all trees are grown.

    Args:
      feature_columns: bucketized and indicator columns, and numeric ones, which are divided by their quantiles.
      n_batches_per_layer: batches that a layer is decided by, >= 1.
      model_dir: folder of checkpoints and event files.
      n_classes: 2.
      weight_column: name of the feature, or numeric column, that weighs the examples; or None.
      label_vocabulary: the names of classes 0 and 1, for labels that are strings.
      n_trees: trees to grow.
      max_depth: layers of a tree, >= 1.
      learning_rate: factor of what a tree adds to the logits.
      l1_regularization: factor of the leaves' absolute weights.
      l2_regularization: factor of the leaves' squared weights.
      tree_complexity: what a split must gain to stay, > 0 where trees are pruned.
      min_node_weight: the mean hessian that a node must have to be split.
      config: a `RunConfig`.
      center_bias: whether the first root predicts the labels' mean, before any tree grows.
      pruning_mode: 'none'; 'pre', which does not make splits that gain too little; 'post', which takes them back.
      quantile_sketch_epsilon: error of the quantiles of numeric columns, in (0, 1); its inverse is how many there are.
      train_in_memory: whether `input_fn` supplies all examples as one batch, over and over.

    Raises:
      ValueError: `n_classes` is not 2, or `label_vocabulary` does not have two names. Training raises it for what trees
        cannot be grown with.
    """

    def __init__(
        self,
        feature_columns: Iterable[Any],
        n_batches_per_layer: int,
        model_dir: str | None = None,
        n_classes: int = 2,
        weight_column: Any = None,
        label_vocabulary: Sequence[str] | None = None,
        n_trees: int = 100,
        max_depth: int = 6,
        learning_rate: float = 0.1,
        l1_regularization: float = 0.0,
        l2_regularization: float = 0.0,
        tree_complexity: float = 0.0,
        min_node_weight: float = 0.0,
        config: RunConfig | None = None,
        center_bias: bool = False,
        pruning_mode: str = 'none',
        quantile_sketch_epsilon: float = 0.01,
        train_in_memory: bool = False,
    ):
        if n_classes != 2:
            raise ValueError(f'n_classes must be 2, got {n_classes}: boosted trees tell two classes apart.')
        settings = Settings(
            n_batches_per_layer,
            n_trees,
            max_depth,
            learning_rate,
            Regularization(l1_regularization, l2_regularization, tree_complexity, min_node_weight),
            center_bias,
            pruning_mode,
            quantile_sketch_epsilon,
            train_in_memory,
        )
        head = own_heads.classes(2, weight_column, label_vocabulary, _REDUCTION)
        is_plain = weight_column is None and label_vocabulary is None
        derivatives = cross_entropy.plain_derivatives if is_plain else cross_entropy.derivatives
        super().__init__(head, feature_columns, settings, model_dir, config, weight_column, derivatives)


class BoostedTreesRegressor(_BoostedTrees):
    """Gradient boosted trees for a real value.

    Args:
      feature_columns: as for `BoostedTreesClassifier`, like all arguments that are not listed.
      n_batches_per_layer: batches that a layer is decided by, >= 1.
      model_dir: folder of checkpoints and event files.
      label_dimension: 1.
      weight_column: name of the feature, or numeric column, that weighs the examples; or None.

    Raises:
      ValueError: `label_dimension` is not 1. Training raises it for what trees cannot be grown with.
    """

    def __init__(
        self,
        feature_columns: Iterable[Any],
        n_batches_per_layer: int,
        model_dir: str | None = None,
        label_dimension: int = 1,
        weight_column: Any = None,
        n_trees: int = 100,
        max_depth: int = 6,
        learning_rate: float = 0.1,
        l1_regularization: float = 0.0,
        l2_regularization: float = 0.0,
        tree_complexity: float = 0.0,
        min_node_weight: float = 0.0,
        config: RunConfig | None = None,
        center_bias: bool = False,
        pruning_mode: str = 'none',
        quantile_sketch_epsilon: float = 0.01,
        train_in_memory: bool = False,
    ):
        if label_dimension != 1:
            raise ValueError(f'label_dimension must be 1, got {label_dimension}: boosted trees predict one value.')
        settings = Settings(
            n_batches_per_layer,
            n_trees,
            max_depth,
            learning_rate,
            Regularization(l1_regularization, l2_regularization, tree_complexity, min_node_weight),
            center_bias,
            pruning_mode,
            quantile_sketch_epsilon,
            train_in_memory,
        )
        head = own_heads.values(1, weight_column, _REDUCTION)
        super().__init__(head, feature_columns, settings, model_dir, config, weight_column)


def _model_fn(build: Callable) -> Callable:
    def model_fn(features: Any, labels: Any, mode: str, config: RunConfig) -> Any:
        if mode == ModeKeys.TRAIN and config.num_worker_replicas > 1:
            raise ValueError(
                'Boosted trees train in one process, and the cluster of TF_CONFIG has '
                f'{config.num_worker_replicas} that train: name a chief, and no workers beside it.'
            )
        return build(features, labels, mode)

    return model_fn


def _sigmoid(logits: np.ndarray) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-logits))
