"""`sequence_input_layer`: columns over sequences as one tensor, with the length of each sequence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tf1 as tf
from tf1.estimator.canned.column_inputs import ColumnInputs


def sequence_input_layer(
    features: Mapping[str, Any],
    feature_columns: Sequence[Any],
    weight_collections: Sequence[str] | None = None,
    trainable: bool = True,
) -> tuple[tf.Tensor, tf.Tensor]:
    """Returns the columns' values side by side, `[batch, time, width]` float32, and `[batch]` int64, the lengths.

    Args:
      features: tensors by name.
      feature_columns: sequence columns: numeric ones, and categorical ones in an embedding or indicator column.
      weight_collections: collections of the variables that are made.
      trainable: whether these are trained.

    Raises:
      ValueError: there are no columns, one is no sequence column, or a session finds sequences of different lengths.
    """
    columns = list(feature_columns)
    if not columns:
        raise ValueError('feature_columns must not be empty.')
    for column in columns:
        if not _is_sequence(column):
            raise ValueError(
                f'feature_columns must be sequence columns, got {column!r}: put a categorical one into '
                'tf.feature_column.embedding_column or indicator_column.'
            )
    inputs, values, lengths = ColumnInputs(features), [], []
    with tf.variable_scope(None, default_name='sequence_input_layer', values=list(features.values())):
        for column in sorted(columns, key=lambda column: column.name):
            with tf.variable_scope(None, default_name=getattr(column, '_var_scope_name', column.name)):
                tensor, length = _dense(column, inputs, weight_collections, trainable)
                width = column.variable_shape.num_elements()
                shape = tf.shape(tensor)
                values.append(tf.reshape(tensor, [shape[0], shape[1], width]))
                lengths.append(length)
        return tf.concat(values, axis=-1), _same(lengths)


def _is_sequence(column: Any) -> bool:
    inner = getattr(column, 'categorical_column', None)
    own = hasattr(column, 'get_sequence_dense_tensor')
    # An embedding column has the method whatever it embeds.
    return own and (inner is None or 'Sequence' in type(inner).__name__)


def _dense(column: Any, inputs: ColumnInputs, collections: Any, trainable: bool) -> tuple[tf.Tensor, tf.Tensor]:
    if hasattr(column, '_get_sequence_dense_tensor'):
        return column._get_sequence_dense_tensor(inputs, weight_collections=collections, trainable=trainable)
    return column.get_sequence_dense_tensor(inputs, None)


def _same(lengths: Sequence[tf.Tensor]) -> tf.Tensor:
    first = lengths[0]
    if len(lengths) == 1:
        return first
    equal = [
        tf.debugging.assert_equal(first, other, message='Sequences of an example must have the same length.')
        for other in lengths[1:]
    ]
    with tf.control_dependencies(equal):
        return tf.identity(first)
