"""Embeddings of ids: looked up safely or once for each, and the encoders `embed_sequence` and `bow_encoder`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.contrib.framework.variables import model_variable
from tf1.contrib.layers.regularizers import Regularizer


def safe_embedding_lookup_sparse(
    embedding_weights: Sequence[tf.Tensor],
    sparse_ids: tf.SparseTensor,
    sparse_weights: tf.SparseTensor | None = None,
    combiner: str | None = None,
    default_id: int | None = None,
    name: str | None = None,
    partition_strategy: str = 'div',
    max_norm: float | None = None,
) -> tf.Tensor:
    """Returns the combined embeddings of each row's ids; rows without a valid id give zeros or those of `default_id`.

    Args:
      embedding_weights: the parts of the embedding matrix, each `[some ids, depth]`.
      sparse_ids: int64 of rank >= 2; negative ids do not count.
      sparse_weights: weights of the ids; those <= 0 do not count, unless the combiner is 'sum'. None for 1.
      combiner: 'mean', 'sqrtn' or 'sum'; None for 'mean'.
      default_id: id of rows without another.
      name: name scope of the operations.
      partition_strategy: 'div' or 'mod': how ids lie in the parts.
      max_norm: length that longer embeddings are cut to; None for none.

    Raises:
      ValueError: there are no weights.
    """
    return tf.nn.safe_embedding_lookup_sparse(
        embedding_weights,
        sparse_ids,
        sparse_weights,
        'mean' if combiner is None else combiner,
        default_id,
        name or 'embedding_lookup',
        partition_strategy,
        max_norm,
    )


def embedding_lookup_unique(
    params: Any, ids: tf.Tensor, partition_strategy: str = 'mod', name: str | None = None
) -> tf.Tensor:
    """Returns the embeddings of ids, each id looked up once however often it occurs.

    Args:
      params: the embedding matrix, or its parts.
      ids: integers of any shape.
      partition_strategy: 'div' or 'mod': how ids lie in the parts.
      name: name scope; None for 'EmbeddingLookupUnique'.

    Returns:
      Tensor of the ids' shape and the depth of the embeddings.
    """
    with tf.name_scope(name, 'EmbeddingLookupUnique', [params, ids]):
        ids = tf.convert_to_tensor(ids)
        shape = tf.shape(ids)
        unique, places = tf.unique(tf.reshape(ids, tf.reduce_prod(shape, keepdims=True)))
        embeddings = tf.nn.embedding_lookup(params, unique, partition_strategy)
        outputs = tf.reshape(
            tf.gather(embeddings, places), tf.concat([shape, tf.raw_ops.Shape(input=embeddings, name='Shape')[1:]], 0)
        )
        outputs.set_shape(ids.shape.concatenate(embeddings.shape[1:]))
        return outputs


def embed_sequence(
    ids: tf.Tensor,
    vocab_size: int | None = None,
    embed_dim: int | None = None,
    unique: bool = False,
    initializer: Any = None,
    regularizer: Regularizer | None = None,
    trainable: bool = True,
    scope: str | tf.VariableScope | None = None,
    reuse: bool | None = None,
) -> tf.Tensor:
    """Returns `[batch, steps, embed_dim]` for ids `[batch, steps]`; makes the variable `embeddings`.

    Args:
      ids: integers.
      vocab_size: number of ids; None in reuse.
      embed_dim: depth of an embedding; None in reuse.
      unique: whether each id is looked up once.
      initializer: first values of the embeddings.
      regularizer: penalty on the embeddings.
      trainable: whether optimizers change the embeddings.
      scope: variable scope; None for 'EmbedSequence'.
      reuse: whether the embeddings are there already.

    Raises:
      ValueError: the sizes are missing, and `reuse` is not set.
    """
    if not (reuse or (vocab_size and embed_dim)):
        raise ValueError(
            f'vocab_size and embed_dim must be given unless reuse is set; got {vocab_size} and {embed_dim}.'
        )
    with tf.variable_scope(scope, 'EmbedSequence', [ids], reuse=reuse):
        shape = [vocab_size, embed_dim]
        if reuse and (vocab_size is None or embed_dim is None):
            shape = None
        embeddings = model_variable(
            'embeddings', shape=shape, initializer=initializer, regularizer=regularizer, trainable=trainable
        )
        return embedding_lookup_unique(embeddings, ids) if unique else tf.nn.embedding_lookup(embeddings, ids)


def bow_encoder(
    ids: tf.Tensor | tf.SparseTensor,
    vocab_size: int,
    embed_dim: int,
    sparse_lookup: bool = True,
    initializer: Any = None,
    regularizer: Regularizer | None = None,
    trainable: bool = True,
    scope: str | tf.VariableScope | None = None,
    reuse: bool | None = None,
) -> tf.Tensor:
    """Returns `[batch, embed_dim]`: the mean embedding of each row's ids; makes the variable `embeddings`.

    Args:
      ids: `[batch, length]` integers, dense or sparse.
      vocab_size: number of ids.
      embed_dim: depth of an embedding.
      sparse_lookup: whether id 0 of dense ids is filler that does not count.
      initializer: first values of the embeddings.
      regularizer: penalty on the embeddings.
      trainable: whether optimizers change the embeddings.
      scope: variable scope; None for 'bow_encoder'.
      reuse: whether the embeddings are there already.

    Raises:
      TypeError: sparse ids without `sparse_lookup`.
    """
    with tf.variable_scope(scope, 'bow_encoder', [ids], reuse=reuse):
        embeddings = model_variable(
            'embeddings',
            shape=[vocab_size, embed_dim],
            initializer=initializer,
            regularizer=regularizer,
            trainable=trainable,
        )
        if sparse_lookup:
            sparse = ids if isinstance(ids, tf.SparseTensor) else _without_zeros(ids)
            return safe_embedding_lookup_sparse([embeddings], sparse, combiner='mean', default_id=0)
        if isinstance(ids, tf.SparseTensor):
            raise TypeError('ids must be a dense Tensor without sparse_lookup, got a SparseTensor; set sparse_lookup.')
        return tf.reduce_mean(tf.nn.embedding_lookup(embeddings, ids), axis=1)


def _without_zeros(ids: tf.Tensor) -> tf.SparseTensor:
    """Returns the ids that are not 0 as a sparse tensor."""
    with tf.name_scope('DenseToSparseTensor'):
        ids = tf.convert_to_tensor(ids, name='dense_tensor')
        filler = tf.cast(0, ids.dtype, name='ignore_value')
        indices = tf.where(tf.not_equal(ids, filler), name='indices')
        values = tf.gather_nd(ids, indices, name='values')
        return tf.SparseTensor(indices, values, tf.shape(ids, out_type=tf.int64, name='dense_shape'))
