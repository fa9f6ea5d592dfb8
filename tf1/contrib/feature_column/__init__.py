"""`tf.contrib.feature_column`: columns of sequences, now in `tf.feature_column`, and the layer that joins them."""

from __future__ import annotations

import tf1 as tf
from tf1._namespace import removed
from tf1.contrib.feature_column.sequence_input import sequence_input_layer

sequence_categorical_column_with_hash_bucket = tf.feature_column.sequence_categorical_column_with_hash_bucket
sequence_categorical_column_with_identity = tf.feature_column.sequence_categorical_column_with_identity
sequence_categorical_column_with_vocabulary_file = tf.feature_column.sequence_categorical_column_with_vocabulary_file
sequence_categorical_column_with_vocabulary_list = tf.feature_column.sequence_categorical_column_with_vocabulary_list
sequence_numeric_column = tf.feature_column.sequence_numeric_column

__all__ = [
    'sequence_categorical_column_with_hash_bucket',
    'sequence_categorical_column_with_identity',
    'sequence_categorical_column_with_vocabulary_file',
    'sequence_categorical_column_with_vocabulary_list',
    'sequence_input_layer',
    'sequence_numeric_column',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.feature_column', name)
