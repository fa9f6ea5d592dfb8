"""Lookups: of rows of a resource variable, and `tf.nn.embedding_lookup_sparse`, which looks each id up once."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from tf1._engine.replacements import Function

_UNWEIGHTED = {
    'sum': tf.sparse_segment_sum,
    'mean': tf.sparse_segment_mean,
    'sqrtn': tf.sparse_segment_sqrt_n,
}


def sparse_read(usual: Function) -> Function:
    """Returns the method that reads rows of a resource variable; in TF 1.15 it hands on a copy."""

    def ours(self: tf.Variable, indices: Any, name: str | None = None) -> tf.Tensor:
        return tf.identity(usual(self, indices, name))

    return ours


def embedding_lookup_sparse(usual: Function) -> Function:
    """Returns what `tf.nn.embedding_lookup_sparse` calls in its name scope."""
    del usual

    def ours(
        params: Any,
        segment_ids: tf.Tensor,
        sp_weights: tf.SparseTensor | None,
        ids: tf.Tensor,
        combiner: str,
        ignore_weights: bool,
        max_norm: float | None,
        allow_fast_lookup: bool,
        partition_strategy: str,
        name: str,
    ) -> tf.Tensor:
        if segment_ids.dtype != tf.int32:
            segment_ids = tf.cast(segment_ids, tf.int32)
        ids, places = tf.unique(ids)
        embeddings = tf.nn.embedding_lookup(params, ids, partition_strategy=partition_strategy, max_norm=max_norm)
        if embeddings.dtype in (tf.float16, tf.bfloat16):
            embeddings = tf.cast(embeddings, tf.float32)
        if ignore_weights:
            return _UNWEIGHTED[combiner](embeddings, places, segment_ids, name=name)
        weights = sp_weights.values
        if weights.dtype != embeddings.dtype:
            weights = tf.cast(weights, embeddings.dtype)
        embeddings = tf.gather(embeddings, places)
        weights = _along_rows(weights, embeddings)
        embeddings *= weights
        if combiner == 'sum':
            return tf.segment_sum(embeddings, segment_ids, name=name)
        total = tf.segment_sum(embeddings, segment_ids)
        if combiner == 'mean':
            divisor = tf.segment_sum(weights, segment_ids)
        else:
            divisor = tf.sqrt(tf.segment_sum(tf.pow(weights, 2), segment_ids))
        return tf.raw_ops.RealDiv(x=total, y=divisor, name=name)

    return ours


def _along_rows(weights: tf.Tensor, embeddings: tf.Tensor) -> tf.Tensor:
    """Returns `[rows]` weights in a shape that broadcasts to the embeddings."""
    ones = tf.fill(tf.expand_dims(tf.rank(embeddings) - 1, 0), 1)
    known = weights.shape
    weights = tf.reshape(weights, tf.concat([tf.shape(weights), ones], 0))
    if embeddings.shape.rank is not None:
        weights.set_shape(known.concatenate([1] * (embeddings.shape.rank - 1)))
    return weights


def read_value(variable: Any) -> tf.Tensor:
    """Returns `read_value_no_copy`, by which checkpoints read a variable, without the operation that stops copies."""
    return variable.read_value()
