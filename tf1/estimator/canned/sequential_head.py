"""`SequentialHeadWrapper`: a head for each time of sequences, of which it sees those within their lengths."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.canned.head import Head
from tf1.estimator.mode_keys import ModeKeys
from tf1.estimator.spec import EstimatorSpec


class SequentialHeadWrapper(Head):
    """Makes of logits `[batch, time, n]` those of single times, `[times, n]`, for a head that knows no sequences.

    Labels, and the features that the head reads, are `[batch, time]`, `[batch, time, 1]` or a SparseTensor
    `[batch, time]`.

    Args:
      static_head: what the logits of one time mean; not a `MultiHead`.
      sequence_length_mask: name of the feature, `[batch, time]` bool, that says which times are within the sequences.
      feature_columns: names of the features, or feature columns, that `static_head` reads.

    Raises:
      TypeError: `sequence_length_mask` is no name, or `feature_columns` are neither names nor columns.
    """

    def __init__(
        self, static_head: Head, sequence_length_mask: str = 'sequence_length_mask', feature_columns: Any = None
    ):
        if not isinstance(sequence_length_mask, str):
            raise TypeError(f'sequence_length_mask must be the name of a feature, got {sequence_length_mask!r}.')
        self._static_head = static_head
        self._mask = sequence_length_mask
        columns = [] if feature_columns is None else feature_columns
        columns = columns if isinstance(columns, (list, tuple)) else [columns]
        self._features = [name for column in columns for name in _features_of(column)]

    @property
    def name(self) -> str | None:
        """`sequential`, after the name of the head where it has one."""
        return f'{self._static_head.name}_sequential' if self._static_head.name else 'sequential'

    @property
    def logits_dimension(self) -> int:
        """Length of the last axis of the logits."""
        return self._static_head.logits_dimension

    @property
    def loss_reduction(self) -> str:
        """How the losses of all times become one."""
        return self._static_head.loss_reduction

    @property
    def static_head(self) -> Head:
        """What the logits of one time mean."""
        return self._static_head

    @property
    def input_sequence_mask_key(self) -> str:
        """Name of the feature that says which times are within the sequences."""
        return self._mask

    def loss(
        self,
        labels: Any,
        logits: Any,
        features: Mapping[str, Any] | None = None,
        mode: str | None = None,
        regularization_losses: Sequence[tf.Tensor] | None = None,
    ) -> tf.Tensor:
        """Returns the loss of all times, a scalar, with the regularization losses."""
        logits, labels, features = self._flatten(labels, logits, features)
        return self._static_head.loss(labels, logits, features, mode, regularization_losses)

    def predictions(self, logits: Any, keys: Sequence[str] | None = None) -> dict[str, tf.Tensor]:
        """Returns the predictions of each time by key; `keys` are those wanted, None for all."""
        return self._static_head.predictions(logits, keys) if keys else self._static_head.predictions(logits)

    def metrics(self, regularization_losses: Sequence[tf.Tensor] | None = None) -> dict[str, Any]:
        """Returns new Keras metrics by key."""
        return self._static_head.metrics(regularization_losses)

    def update_metrics(
        self,
        eval_metrics: Mapping[str, Any],
        features: Mapping[str, Any] | None,
        logits: Any,
        labels: Any,
        regularization_losses: Sequence[tf.Tensor] | None = None,
    ) -> dict[str, Any]:
        """Adds the times of a batch to the metrics of `metrics()`, and returns them."""
        logits, labels, features = self._flatten(labels, logits, features)
        return self._static_head.update_metrics(
            eval_metrics, features, logits, labels, regularization_losses=regularization_losses
        )

    def create_estimator_spec(
        self,
        features: Mapping[str, Any] | None,
        mode: str,
        logits: Any,
        labels: Any = None,
        optimizer: Any = None,
        trainable_variables: Sequence[tf.Variable] | None = None,
        train_op_fn: Callable[[tf.Tensor], Any] | None = None,
        update_ops: Sequence[tf.Operation] | None = None,
        regularization_losses: Sequence[tf.Tensor] | None = None,
    ) -> EstimatorSpec:
        """Returns what a `model_fn` returns; predictions are `[batch, time, ...]`, with the mask among them."""
        if mode == ModeKeys.PREDICT:
            spec = self._static_head.create_estimator_spec(features, mode, logits)
            return spec._replace(predictions={**spec.predictions, self._mask: features[self._mask]})
        logits, labels, features = self._flatten(labels, logits, features)
        return self._static_head.create_estimator_spec(
            features,
            mode,
            logits,
            labels=labels,
            optimizer=optimizer,
            trainable_variables=trainable_variables,
            train_op_fn=train_op_fn,
            update_ops=update_ops,
            regularization_losses=regularization_losses,
        )

    def _flatten(
        self, labels: Any, logits: Any, features: Mapping[str, Any] | None
    ) -> tuple[tf.Tensor, tf.Tensor, dict[str, Any]]:
        """Returns logits, labels and features of the times within the sequences, one row for each."""
        if not isinstance(features, Mapping) or self._mask not in features:
            raise ValueError(f'features must be a dict that holds the mask {self._mask!r}, got {features!r}.')
        mask = features[self._mask]
        if mask.shape.ndims != 2:
            raise ValueError(f'The mask {self._mask!r} must be [batch, time], got {mask.shape}.')
        with tf.name_scope('flatten'):
            count = tf.reduce_sum(tf.cast(mask, tf.int32))
            flat = dict(features)
            for name in self._features:
                if name not in features:
                    raise ValueError(f'features must hold {name!r}, which the head reads; got {sorted(features)}.')
                flat[name] = _flat(features[name], mask, count, f'feature {name!r}')
            return _flat(logits, mask, count, 'logits'), _flat(labels, mask, count, 'labels'), flat


def _flat(value: Any, mask: tf.Tensor, count: tf.Tensor, what: str) -> tf.Tensor:
    """Returns the rows of a value `[batch, time, ...]` that the mask tells, `[times, ...]`; at least two axes."""
    if isinstance(value, tf.SparseTensor):
        value = tf.sparse.reorder(value).values
    else:
        value = tf.convert_to_tensor(value)
        if value.shape.ndims is not None and value.shape.ndims < 2:
            raise ValueError(f'{what} must be [batch, time] or longer, got {value.shape}.')
        value = tf.boolean_mask(value, mask)
    if value.shape.ndims == 1:
        value = tf.expand_dims(value, -1)
    expected = tf.concat([[count], tf.shape(value)[1:]], 0)
    fits = tf.debugging.assert_equal(
        tf.shape(value), expected, message=f'{what} must have a value for each time within the sequences.'
    )
    with tf.control_dependencies([fits]):
        return tf.identity(value)


def _features_of(column: Any) -> list[str]:
    if isinstance(column, str):
        return [column]
    if not hasattr(column, 'parse_example_spec'):
        raise TypeError(f'feature_columns must be names of features or feature columns, got {column!r}.')
    return list(column.parse_example_spec)
