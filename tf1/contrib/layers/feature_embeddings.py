"""Feature columns that make trained vectors of sparse ones, each for itself or several together."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Sequence

import tf1 as tf
from tf1.contrib.layers.feature_columns import FeatureColumn


@dataclasses.dataclass(frozen=True)
class EmbeddingColumn(FeatureColumn):
    """A sparse column as the combination of trained vectors, one for each id."""

    sparse_id_column: FeatureColumn
    dimension: int
    combiner: str
    initializer: Callable[..., tf.Tensor]
    ckpt_to_load_from: str | None = None
    tensor_name_in_ckpt: str | None = None
    shared_embedding_name: str | None = None
    shared_vocab_size: int | None = None
    max_norm: float | None = None
    trainable: bool = True

    @property
    def name(self) -> str:
        """The name of the sparse column and what is made of it."""
        return self.sparse_id_column.name + ('_shared_embedding' if self.shared_embedding_name else '_embedding')

    @property
    def config(self) -> dict[str, object]:
        """The specification for parsing."""
        return self.sparse_id_column.config

    @property
    def length(self) -> int:
        """The number of vectors."""
        return self.shared_vocab_size or self.sparse_id_column.length

    @property
    def key(self) -> str:
        """The initializer has no part in it."""
        fields = (field.name for field in dataclasses.fields(self) if field.name != 'initializer')
        return f'EmbeddingColumn({", ".join(f"{name}={getattr(self, name)}" for name in fields)})'


def embedding_column(
    sparse_id_column: FeatureColumn,
    dimension: int,
    combiner: str = 'mean',
    initializer: Callable[..., tf.Tensor] | None = None,
    ckpt_to_load_from: str | None = None,
    tensor_name_in_ckpt: str | None = None,
    max_norm: float | None = None,
    trainable: bool = True,
) -> EmbeddingColumn:
    """Returns a sparse column for input layers, as trained vectors.

    Args:
      sparse_id_column: a sparse, weighted or crossed column.
      dimension: the length of a vector.
      combiner: 'mean', 'sqrtn' or 'sum' of an example's vectors.
      initializer: a normal distribution cut at two deviations of 1 / sqrt(number of ids), if not given.
      ckpt_to_load_from: with `tensor_name_in_ckpt`, where the vectors start from.
      tensor_name_in_ckpt: name in that checkpoint.
      max_norm: vectors longer than this are scaled down.
      trainable: whether training changes the vectors.

    Raises:
      ValueError: one of `ckpt_to_load_from` and `tensor_name_in_ckpt` without the other, or no callable initializer.
    """
    _check_embedding(initializer, ckpt_to_load_from, tensor_name_in_ckpt)
    initializer = initializer or _cut_normal(sparse_id_column.length)
    return EmbeddingColumn(
        sparse_id_column,
        dimension,
        combiner,
        initializer,
        ckpt_to_load_from,
        tensor_name_in_ckpt,
        max_norm=max_norm,
        trainable=trainable,
    )


def shared_embedding_columns(
    sparse_id_columns: Sequence[FeatureColumn],
    dimension: int,
    combiner: str = 'mean',
    shared_embedding_name: str | None = None,
    initializer: Callable[..., tf.Tensor] | None = None,
    ckpt_to_load_from: str | None = None,
    tensor_name_in_ckpt: str | None = None,
    max_norm: float | None = None,
    trainable: bool = True,
) -> tuple[EmbeddingColumn, ...]:
    """Returns an embedding column for each sparse column, all with the same vectors. Arguments as `embedding_column`.

    Args:
      shared_embedding_name: of the variable; made of the columns' names if not given.

    Raises:
      TypeError: a single column.
      ValueError: no columns, or columns with different numbers of ids.
    """
    if not isinstance(sparse_id_columns, (list, tuple)):
        raise TypeError(f'sparse_id_columns must be a list of columns, got {sparse_id_columns!r}.')
    if not sparse_id_columns:
        raise ValueError('sparse_id_columns must have one column or more, got none.')
    _check_embedding(initializer, ckpt_to_load_from, tensor_name_in_ckpt)
    lengths = {column.length for column in sparse_id_columns}
    if len(lengths) > 1:
        raise ValueError(f'sparse_id_columns must have the same number of ids to share vectors, got {sorted(lengths)}.')
    length = lengths.pop()
    shared = shared_embedding_name or _shared_name(sparse_id_columns)
    initializer = initializer or _cut_normal(length)
    return tuple(
        EmbeddingColumn(
            column,
            dimension,
            combiner,
            initializer,
            ckpt_to_load_from,
            tensor_name_in_ckpt,
            shared,
            length if shared else None,
            max_norm,
            trainable,
        )
        for column in sparse_id_columns
    )


def _shared_name(sparse_id_columns: Sequence[FeatureColumn]) -> str | None:
    """Returns a name of the first three columns; None for one alone, which shares with nobody."""
    names = sorted(column.name for column in sparse_id_columns)
    if len(names) == 1:
        return None
    others = f'_plus_{len(names) - 3}_others' if len(names) > 3 else ''
    return '_'.join(names[:3]) + others + '_shared_embedding'


def _cut_normal(length: int) -> Callable[..., tf.Tensor]:
    return tf.truncated_normal_initializer(mean=0.0, stddev=1 / math.sqrt(length))


def _check_embedding(initializer: object, checkpoint: str | None, name: str | None) -> None:
    if (checkpoint is None) != (name is None):
        raise ValueError(
            f'ckpt_to_load_from and tensor_name_in_ckpt must be given together, got {checkpoint!r} and {name!r}.'
        )
    if initializer is not None and not callable(initializer):
        raise ValueError(f'initializer must be callable, got {initializer!r}.')
