"""From feature columns to specifications, parsed examples and placeholders, and from tensors to columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import tf1 as tf
from tf1.contrib.layers import feature_columns as columns
from tf1.contrib.layers.feature_transforms import Transformer, check_feature_columns, ordered

Parsed = dict[object, tf.Tensor | tf.SparseTensor]


def create_feature_spec_for_parsing(feature_columns: Iterable[columns.FeatureColumn]) -> dict[str, object]:
    """Returns the specification for `tf.parse_example` of all that the columns read.

    Raises:
      ValueError: two columns read the same feature differently, as words and as numbers for example.
    """
    spec = {}
    for column in feature_columns:
        for name, feature in column.config.items():
            if spec.setdefault(name, feature) != feature:
                raise ValueError(f'{name} must be read in one way, got {spec[name]} and {feature}.')
    return spec


def parse_feature_columns_from_examples(
    serialized: tf.Tensor,
    feature_columns: Iterable[columns.FeatureColumn],
    name: str | None = None,
    example_names: tf.Tensor | None = None,
) -> Parsed:
    """Returns parsed features by name, and by column what the column makes of them.

    Args:
      serialized: `[batch]` string, Example protocol buffers.
      feature_columns: what to read.
      name: name of the operation.
      example_names: `[batch]` string, for error texts.

    Raises:
      ValueError: two columns alike.
    """
    feature_columns = list(feature_columns)
    check_feature_columns(feature_columns)
    spec = create_feature_spec_for_parsing(feature_columns)
    parsed = tf.parse_example(serialized, spec, name=name, example_names=example_names)
    transformer = Transformer(parsed)
    return {**parsed, **{column: transformer.transform(column) for column in ordered(feature_columns)}}


def parse_feature_columns_from_sequence_examples(
    serialized: tf.Tensor,
    context_feature_columns: Iterable[columns.FeatureColumn] | None,
    sequence_feature_columns: Iterable[columns.FeatureColumn] | None,
    name: str | None = None,
    example_name: tf.Tensor | None = None,
) -> tuple[dict[str, tf.Tensor], dict[str, tf.Tensor]]:
    """Returns the features of the context and of the sequence by name.

    Args:
      serialized: a scalar string, a SequenceExample.
      context_feature_columns: what to read of the whole.
      sequence_feature_columns: what to read of each step; numbers come as `[time, dimension]`.
      name: name of the operation.
      example_name: a scalar string, for error texts.
    """
    context = create_feature_spec_for_parsing(context_feature_columns or [])
    steps = create_feature_spec_for_parsing(sequence_feature_columns or [])
    steps = {
        key: tf.FixedLenSequenceFeature(spec.shape, spec.dtype) if isinstance(spec, tf.FixedLenFeature) else spec
        for key, spec in steps.items()
    }
    return tf.parse_single_sequence_example(serialized, context, steps, example_name, name)


def make_place_holder_tensors_for_base_features(
    feature_columns: Iterable[columns.FeatureColumn],
) -> dict[str, tf.Tensor | tf.SparseTensor]:
    """Returns a placeholder for everything that the columns read, dense `[batch, dimension]` or sparse."""
    return {
        key: tf.placeholder(spec.dtype, [None, *spec.shape], f'Placeholder_{key}')
        if isinstance(spec, tf.FixedLenFeature)
        else tf.sparse_placeholder(spec.dtype, name=f'Placeholder_{key}')
        for key, spec in create_feature_spec_for_parsing(feature_columns).items()
    }


def infer_real_valued_columns(features: tf.Tensor | Mapping[str, tf.Tensor]) -> list[columns.RealValuedColumn]:
    """Returns a column of numbers for a tensor, called '', or for each of a dictionary.

    Raises:
      ValueError: a sparse tensor, a type that is no number's, or an unknown shape.
    """
    if not isinstance(features, Mapping):
        return [_column('', features)]
    return [_column(name, tensor) for name, tensor in features.items()]


def _column(name: str, tensor: tf.Tensor) -> columns.RealValuedColumn:
    if isinstance(tensor, tf.SparseTensor):
        raise ValueError(f'{name!r} must be dense to be taken as numbers, got a SparseTensor.')
    if not (tensor.dtype.is_integer or tensor.dtype.is_floating):
        raise ValueError(f'{name!r} must be of an integer or floating type, got {tensor.dtype.name}.')
    shape = tensor.shape.as_list()
    dimension = 1
    for side in shape[1:]:
        if side is None:
            raise ValueError(f'{name!r} must have a known shape besides the batch, got {shape}.')
        dimension *= side
    return columns.real_valued_column(name, dimension, dtype=tensor.dtype.base_dtype)
