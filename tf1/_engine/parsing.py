"""`tf.parse_example` and `tf.parse_single_example` on the operations that TF 1.15 parses with."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf
from tensorflow.python.ops import gen_parsing_ops, parsing_ops

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


def parse_sequence_example(usual: Function) -> Function:
    """Returns what parses one or several SequenceExamples, on TF 1.15's operations unless there are ragged features."""

    def ours(serialized: Any, debug_name: Any, context: Any, feature_list: Any, name: str | None = None) -> Any:
        serialized = tf.convert_to_tensor(serialized, name='serialized')
        rank, missing = serialized.shape.rank, feature_list.dense_defaults
        has_ragged = context.ragged_keys or feature_list.ragged_keys
        is_empty = context.num_features + feature_list.num_features == 0
        if rank not in (0, 1) or has_ragged or is_empty or any(value is not None for value in missing.values()):
            return usual(serialized, debug_name, context, feature_list, name)
        options = {
            'serialized': serialized,
            'feature_list_dense_missing_assumed_empty': list(missing),
            'context_sparse_keys': context.sparse_keys,
            'context_dense_keys': context.dense_keys,
            'feature_list_sparse_keys': feature_list.sparse_keys,
            'feature_list_dense_keys': feature_list.dense_keys,
            'context_dense_defaults': _defaults(context, is_single=rank == 0),
            'context_sparse_types': context.sparse_types,
            'feature_list_dense_types': feature_list.dense_types,
            'context_dense_shapes': context.dense_shapes,
            'feature_list_sparse_types': feature_list.sparse_types,
            'feature_list_dense_shapes': feature_list.dense_shapes,
            'name': name,
        }
        if rank == 0:
            parsed = tf.raw_ops.ParseSingleSequenceExample(
                debug_name='' if debug_name is None else debug_name, **options
            )
        else:
            parsed = tf.raw_ops.ParseSequenceExample(
                debug_name=[] if debug_name is None else debug_name,
                Ncontext_sparse=len(context.sparse_keys),
                Ncontext_dense=len(context.dense_keys),
                Nfeature_list_sparse=len(feature_list.sparse_keys),
                Nfeature_list_dense=len(feature_list.dense_keys),
                **options,
            )
        return (
            _by_key(context, *parsed[:4]),
            _by_key(feature_list, *parsed[4:8]),
            dict(zip(feature_list.dense_keys, parsed[8], strict=True)) if rank else {},
        )

    return ours


def parse_single_sequence_example(usual: Function) -> Function:
    """Returns what parses one SequenceExample, without a scope that only checks it."""

    def ours(serialized: Any, context: Any, feature_list: Any, debug_name: Any, name: str | None = None) -> Any:
        serialized = tf.convert_to_tensor(serialized, name='serialized')
        if serialized.shape.rank != 0:
            return usual(serialized, context, feature_list, debug_name, name)
        return parsing_ops._parse_sequence_example_raw(serialized, debug_name, context, feature_list, name)[:2]

    return ours


def _defaults(context: Any, is_single: bool) -> list[tf.Tensor]:
    """Returns the default of each dense feature, an empty vector for none."""
    defaults = []
    for key, shape, dtype in zip(context.dense_keys, context.dense_shapes, context.dense_types, strict=True):
        default = context.dense_defaults.get(key)
        if default is None:
            default = tf.constant([], dtype)
        elif not tf.is_tensor(default):
            default = tf.convert_to_tensor(default, dtype, name='key_' + re.sub('[^A-Za-z0-9_.\\-/]', '_', key))
            if is_single or default.shape != shape:
                default = tf.reshape(default, shape)
        defaults.append(default)
    return defaults


def _by_key(parameters: Any, indices: Any, values: Any, shapes: Any, dense: Any) -> dict[str, Any]:
    sparse = [tf.SparseTensor(*parts) for parts in zip(indices, values, shapes, strict=True)]
    return dict(zip([*parameters.sparse_keys, *parameters.dense_keys], [*sparse, *dense], strict=True))
