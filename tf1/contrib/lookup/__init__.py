"""`tf.contrib.lookup`: tables between words and their numbers."""

from __future__ import annotations

import tf1 as tf
from tf1._namespace import removed
from tf1.contrib.lookup.tables import (
    FastHashSpec,
    HasherSpec,
    HashTable,
    IdTableWithHashBuckets,
    MutableDenseHashTable,
    MutableHashTable,
    StrongHashSpec,
    TextFileIdTableInitializer,
    TextFileStringTableInitializer,
)
from tf1.contrib.lookup.vocabularies import (
    index_table_from_file,
    index_table_from_tensor,
    index_to_string,
    index_to_string_table_from_file,
    index_to_string_table_from_tensor,
    string_to_index,
    string_to_index_table_from_file,
    string_to_index_table_from_tensor,
)

KeyValueTensorInitializer = tf.lookup.KeyValueTensorInitializer
TextFileIndex = tf.lookup.TextFileIndex
TextFileInitializer = tf.lookup.TextFileInitializer

__all__ = [
    'FastHashSpec',
    'HashTable',
    'HasherSpec',
    'IdTableWithHashBuckets',
    'KeyValueTensorInitializer',
    'MutableDenseHashTable',
    'MutableHashTable',
    'StrongHashSpec',
    'TextFileIdTableInitializer',
    'TextFileIndex',
    'TextFileInitializer',
    'TextFileStringTableInitializer',
    'index_table_from_file',
    'index_table_from_tensor',
    'index_to_string',
    'index_to_string_table_from_file',
    'index_to_string_table_from_tensor',
    'string_to_index',
    'string_to_index_table_from_file',
    'string_to_index_table_from_tensor',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.lookup', name)
