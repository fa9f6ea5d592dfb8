"""`tf.contrib.feature_column`: columns of sequences, now in `tf.feature_column`."""

from __future__ import annotations

import tf1 as tf
from tf1._namespace import removed

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
    'sequence_numeric_column',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.feature_column', name)
