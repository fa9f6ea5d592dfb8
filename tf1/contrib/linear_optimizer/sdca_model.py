"""`SdcaModel`: a linear model with its losses, and the operations that train it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import tf1 as tf
from tf1.estimator.canned.sdca_solver import Dense, Options, Parts, Solver, Sparse, joined

_MIN_L2 = 1.0


def _hinge(labels: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
    return tf.nn.relu(1.0 - (2.0 * labels - 1.0) * logits)


# Losses of single examples by the name of the loss. The smooth hinge is told as the hinge.
_LOSSES: dict[str, Callable[[tf.Tensor, tf.Tensor], tf.Tensor]] = {
    'logistic_loss': lambda labels, logits: tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits),
    'squared_loss': lambda labels, logits: tf.math.squared_difference(labels, logits) / 2.0,
    'hinge_loss': _hinge,
    'smooth_hinge_loss': _hinge,
    'poisson_loss': tf.nn.log_poisson_loss,
}
_PREDICTIONS = {'logistic_loss': tf.sigmoid, 'poisson_loss': tf.exp}
_EXAMPLES = ('example_labels', 'example_weights', 'example_ids', 'sparse_features', 'dense_features')
_VARIABLES = ('sparse_features_weights', 'dense_features_weights')


class SparseFeatureColumn:
    """The categories of a batch, as pairs of an example and a category with a value.

    Args:
      example_indices: `[pairs]`, integers from 0.
      feature_indices: `[pairs]`, integers from 0.
      feature_values: `[pairs]` floats, or None for 1 each.
    """

    def __init__(self, example_indices: Any, feature_indices: Any, feature_values: Any):
        with tf.name_scope(None, 'SparseFeatureColumn'):
            self._example_indices = tf.convert_to_tensor(example_indices, tf.int64, 'example_indices')
            self._feature_indices = tf.convert_to_tensor(feature_indices, tf.int64, 'feature_indices')
        self._feature_values = None
        if feature_values is not None:
            with tf.name_scope(None, 'SparseFeatureColumn'):
                self._feature_values = tf.convert_to_tensor(feature_values, tf.float32, 'feature_values')

    @property
    def example_indices(self) -> tf.Tensor:
        """Examples, `[pairs]` int64."""
        return self._example_indices

    @property
    def feature_indices(self) -> tf.Tensor:
        """Categories, `[pairs]` int64."""
        return self._feature_indices

    @property
    def feature_values(self) -> tf.Tensor | None:
        """Values, `[pairs]` float32, or None."""
        return self._feature_values


class SdcaModel:
    """A linear model, trained by stochastic dual coordinate ascent.

    Each example has a dual variable, which its id finds. A step is the op of `minimize` and then that of
    `update_weights`.

    Args:
      examples: `example_ids` `[batch]` string, `example_labels` and `example_weights` `[batch]` float32,
        `sparse_features` a list of `SparseFeatureColumn`, `dense_features` a list of `[batch, n]` float32.
      variables: `sparse_features_weights` and `dense_features_weights`: for each feature a float32 variable, or the
        list of its parts.
      options: `loss_type` ('logistic_loss', 'squared_loss', 'hinge_loss', 'smooth_hinge_loss' or 'poisson_loss'),
        `symmetric_l1_regularization`, `symmetric_l2_regularization` (training takes 1 for less), and, if wanted,
        `num_loss_partitions` (1), `num_table_shards` (1), `adaptive` (True).

    Raises:
      ValueError: an argument is None, the loss is none of these, or a regularization is negative.
      KeyError: a part of an argument is missing.
    """

    def __init__(
        self,
        examples: Mapping[str, Any] | None,
        variables: Mapping[str, Any] | None,
        options: Mapping[str, Any] | None,
    ):
        if examples is None or variables is None or options is None:
            raise ValueError(
                f'examples, variables and options must be dictionaries, got {examples!r}, {variables!r}, {options!r}.'
            )
        _check('examples', examples, _EXAMPLES)
        _check('variables', variables, _VARIABLES)
        _check('options', options, ('loss_type', 'symmetric_l1_regularization', 'symmetric_l2_regularization'))
        if options['loss_type'] not in _LOSSES:
            raise ValueError(f'loss_type must be one of {", ".join(_LOSSES)}, got {options["loss_type"]!r}.')
        for name in ('symmetric_l1_regularization', 'symmetric_l2_regularization'):
            if options[name] < 0.0:
                raise ValueError(f'{name} must be >= 0, got {options[name]}.')
        self._examples, self._options = examples, options
        self._l1, self._l2 = (
            float(options['symmetric_l1_regularization']),
            float(options['symmetric_l2_regularization']),
        )
        self._sparse_weights = [parts_of(each) for each in variables['sparse_features_weights']]
        self._dense_weights = [parts_of(each) for each in variables['dense_features_weights']]
        self._solver = self._made_solver()

    def _made_solver(self) -> Solver:
        options = Options(
            self._options['loss_type'],
            self._l1,
            max(self._l2, _MIN_L2),
            self._options.get('num_loss_partitions', 1),
            self._options.get('num_table_shards') or 1,
            self._options.get('adaptive', True),
        )
        sparse = [
            Sparse(column.example_indices, column.feature_indices, column.feature_values, weights)
            for column, weights in zip(self._examples['sparse_features'], self._sparse_weights, strict=True)
        ]
        dense = [
            Dense(tf.convert_to_tensor(numbers), weights)
            for numbers, weights in zip(self._examples['dense_features'], self._dense_weights, strict=True)
        ]
        return Solver(options, sparse, dense, lambda name: f'{name}_unshrinked/SDCAOptimizer')

    def predictions(self, examples: Mapping[str, Any]) -> tf.Tensor:
        """Returns probabilities of label 1, expected counts, or the linear sums, as the loss has it: `[batch]` float32.

        Raises:
          KeyError: features or weights of examples are missing.
        """
        _check('examples', examples, ('example_weights', 'sparse_features', 'dense_features'))
        with tf.name_scope('sdca/prediction'):
            return _PREDICTIONS.get(self._options['loss_type'], tf.identity)(self._linear(examples))

    def minimize(self, global_step: tf.Variable | None = None, name: str | None = None) -> tf.Operation:
        """Returns the op that brings the batch into the dual variables, and adds 1 to `global_step`.

        Summaries tell the duality gap and how many examples were seen.
        """
        tf.summary.scalar('approximate_duality_gap', self.approximate_duality_gap())
        tf.summary.scalar('examples_seen', self._solver.count())
        with tf.name_scope(name, 'sdca/minimize'):
            examples = self._examples
            labels, weights = (
                tf.reshape(tf.cast(examples[each], tf.float32), [-1]) for each in ('example_labels', 'example_weights')
            )
            updates = self._solver.update(tf.reshape(examples['example_ids'], [-1]), labels, weights)
            if global_step is None:
                return tf.group(*updates)
            with tf.control_dependencies(updates):
                return tf.assign_add(global_step, 1).op

    def update_weights(self, train_op: tf.Operation) -> tf.Operation:
        """Returns the op that sets the weights to what `train_op`, which it runs first, has come to."""
        with tf.control_dependencies([train_op]):
            return self._solver.shrink()

    def approximate_duality_gap(self) -> tf.Tensor:
        """Returns how far the weights are from the best ones at most, a scalar float32: the means of all examples."""
        with tf.name_scope('sdca/approximate_duality_gap'):
            _, primal, dual, weights = tf.unstack(self._solver.states(), axis=1)
            together = self._weights()
            # L2 counts twice: in the primal and in the dual loss.
            regularization = self._l1_loss(together) + 2.0 * self._l2_loss(together, max(self._l2, _MIN_L2))
            return (tf.reduce_sum(primal) + tf.reduce_sum(dual) + regularization) / tf.reduce_sum(weights)

    def unregularized_loss(self, examples: Mapping[str, Any]) -> tf.Tensor:
        """Returns the mean of the weighted losses of examples, a scalar float32.

        Raises:
          KeyError: a part of the examples is missing.
        """
        _check('examples', examples, ('example_labels', 'example_weights', 'sparse_features', 'dense_features'))
        with tf.name_scope('sdca/unregularized_loss'):
            labels, weights = (
                tf.reshape(tf.cast(examples[each], tf.float32), [-1]) for each in ('example_labels', 'example_weights')
            )
            losses = _LOSSES[self._options['loss_type']](labels, self._linear(examples))
            return tf.reduce_sum(losses * weights) / tf.reduce_sum(weights)

    def regularized_loss(self, examples: Mapping[str, Any]) -> tf.Tensor:
        """Returns `unregularized_loss`, and L1 and L2 of the weights over the sum of the examples' weights.

        Raises:
          KeyError: a part of the examples is missing.
        """
        _check('examples', examples, ('example_labels', 'example_weights', 'sparse_features', 'dense_features'))
        with tf.name_scope('sdca/regularized_loss'):
            total = tf.reduce_sum(tf.cast(examples['example_weights'], tf.float32))
            together = self._weights()
            regularization = self._l1_loss(together) + self._l2_loss(together, self._l2)
            return regularization / total + self.unregularized_loss(examples)

    def _weights(self) -> tf.Tensor:
        """Returns all weights in one piece, `[n]` float32."""
        return tf.concat([joined(parts) for parts in (*self._sparse_weights, *self._dense_weights)], 0)

    def _l1_loss(self, weights: tf.Tensor) -> tf.Tensor:
        return self._l1 * tf.reduce_sum(tf.abs(weights))

    def _l2_loss(self, weights: tf.Tensor, l2: float) -> tf.Tensor:
        return l2 * tf.nn.l2_loss(weights)

    def _linear(self, examples: Mapping[str, Any]) -> tf.Tensor:
        """Returns the sum of weighted features, `[batch]` float32."""
        total = tf.zeros_like(tf.reshape(tf.cast(examples['example_weights'], tf.float32), [-1]))
        for column, weights in zip(examples['sparse_features'], self._sparse_weights, strict=True):
            of_pairs = tf.reshape(tf.nn.embedding_lookup(weights, column.feature_indices, 'div'), [-1])
            products = of_pairs * column.feature_values
            total += tf.unsorted_segment_sum(products, column.example_indices, tf.size(total))
        for numbers, weights in zip(examples['dense_features'], self._dense_weights, strict=True):
            total += tf.reshape(tf.matmul(numbers, tf.expand_dims(joined(weights), 1)), [-1])
        return total


def parts_of(weights: Any) -> Parts:
    """Returns the variables of a weight: one, a list of them, or a variable in parts."""
    return [weights] if isinstance(weights, tf.Variable) else [part for each in weights for part in parts_of(each)]


def _check(what: str, given: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    missing = [key for key in keys if key not in given]
    if missing:
        raise KeyError(f'{what} must have {", ".join(missing)}, got {sorted(given)}.')
    nothing = [key for key in keys if given[key] is None]
    if nothing:
        raise ValueError(f'{what} must have values for {", ".join(nothing)}, got None.')
