"""`tf.parse_example` and `tf.parse_single_example` on the operations that TF 1.15 parses with."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf
from tensorflow.python.ops import gen_parsing_ops

from tf1._engine.replacements import Function


class _Parsed(NamedTuple):
    sparse_indices: list[tf.Tensor]
    sparse_values: list[tf.Tensor]
    sparse_shapes: list[tf.Tensor]
    dense_values: list[tf.Tensor]
    ragged_values: list[tf.Tensor]
    ragged_row_splits: list[tf.Tensor]


def parse_example(
    serialized: tf.Tensor,
    names: Any,
    sparse_keys: Any,
    dense_keys: Any,
    ragged_keys: Any,
    dense_defaults: list[tf.Tensor],
    num_sparse: int,
    sparse_types: Any,
    ragged_value_types: Any,
    ragged_split_types: Any,
    dense_shapes: Any,
    name: str | None = None,
) -> Any:
    """Returns what the operation ParseExampleV2 gives, of one that TF 1.15 knew; that one where features are ragged."""
    scalar = serialized.shape.rank == 0
    if len(ragged_keys) or serialized.shape.rank not in (0, 1) or (scalar and len(names)):
        return gen_parsing_ops.parse_example_v2(
            serialized=serialized,
            names=names,
            sparse_keys=sparse_keys,
            dense_keys=dense_keys,
            ragged_keys=ragged_keys,
            dense_defaults=dense_defaults,
            num_sparse=num_sparse,
            sparse_types=sparse_types,
            ragged_value_types=ragged_value_types,
            ragged_split_types=ragged_split_types,
            dense_shapes=dense_shapes,
            name=name,
        )
    options = {
        'serialized': serialized,
        'sparse_keys': list(sparse_keys),
        'dense_keys': list(dense_keys),
        'dense_defaults': dense_defaults,
        'sparse_types': sparse_types,
        'dense_shapes': dense_shapes,
    }
    if scalar:
        # The enclosing scope is 'ParseSingleExample', or what the program calls it, with a number behind where taken.
        scope = tf.get_default_graph().get_name_scope().rpartition('/')[2]
        name = re.sub(r'_\d+$', '', scope) or None
        parsed = tf.raw_ops.ParseSingleExample(num_sparse=num_sparse, name=name, **options)
    else:
        parsed = tf.raw_ops.ParseExample(names=names, name=name or 'ParseExample', **options)
    return _Parsed(*parsed, [], [])


def parse_single_example(usual: Function) -> Function:
    """Returns `tf.io.parse_single_example`, all in one scope."""

    def ours(serialized: Any, features: Any, example_names: Any = None, name: str | None = None) -> Any:
        if not features or example_names is not None:
            return usual(serialized, features, example_names, name)
        with tf.name_scope(name, 'ParseSingleExample', [serialized]) as scope:
            serialized = tf.convert_to_tensor(serialized, name='serialized')
            if serialized.shape.rank != 0:
                serialized.shape.assert_has_rank(0)
                serialized.set_shape([])
            return tf.io.parse_example(serialized, features, name=scope)

    return ours
