"""Predictions of classes: numbers, names, and all there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.canned import keys
from tf1.estimator.canned.head import DEFAULT_SERVING
from tf1.estimator.export import ClassificationOutput


def checked_number(n_classes: Any, least: int, remedy: str = '') -> Any:
    """Returns the number of classes: an integer, or a scalar tensor whose value the graph does not know.

    Args:
      n_classes: an integer or an integer tensor.
      least: the smallest number that will do.
      remedy: ends the error's text.

    Raises:
      ValueError: it is None or smaller.
      tf.errors.InvalidArgumentError: it is a tensor of a smaller value.
      TypeError: it is a float.
    """
    if isinstance(n_classes, tf.Tensor):
        known = tf.get_static_value(n_classes)
        if known is not None and known < least:
            raise tf.errors.InvalidArgumentError(
                None, None, f'n_classes must be >= {least}, got {known}. {remedy}'.rstrip()
            )
        return n_classes if known is None else int(known)
    if isinstance(n_classes, float):
        raise TypeError(f'n_classes must be an integer, got {n_classes!r}.')
    if n_classes is None or n_classes < least:
        raise ValueError(f'n_classes must be >= {least}, got {n_classes}. {remedy}'.rstrip())
    return n_classes


def check_vocabulary(vocabulary: Sequence[str] | None, n_classes: int) -> None:
    """Raises ValueError unless the vocabulary is None or a list of `n_classes` names."""
    if vocabulary is None:
        return
    if not isinstance(vocabulary, (list, tuple)):
        raise ValueError(f'label_vocabulary must be a list or tuple of strings, got {vocabulary!r}.')
    if not isinstance(n_classes, tf.Tensor) and len(vocabulary) != n_classes:
        raise ValueError(f'label_vocabulary must have {n_classes} entries, one for each class; got {len(vocabulary)}.')


def likeliest(logits: tf.Tensor) -> tf.Tensor:
    """Returns the class of the highest logit, `[batch, ..., 1]` int64."""
    return tf.expand_dims(tf.argmax(logits, -1, name=keys.CLASS_IDS), -1)


def names_of(ids: tf.Tensor, vocabulary: Sequence[str] | None) -> tf.Tensor:
    """Returns the names of classes, string, of the same shape; without a vocabulary their numbers in digits."""
    if vocabulary is None:
        return tf.strings.as_string(ids, name='str_classes')
    # TF 1.15 looks them up in a table; a SavedModel's clients know the tensor by that name.
    return tf.gather(tf.constant(list(vocabulary), tf.string), ids, name='hash_table_Lookup/LookupTableFindV2')


def all_ids(logits: tf.Tensor, n_classes: int) -> tf.Tensor:
    """Returns `[batch, n_classes]` int32: 0, 1, ... in each row."""
    return _in_each_row(tf.range(n_classes), logits, n_classes)


def all_names(logits: tf.Tensor, n_classes: int, vocabulary: Sequence[str] | None) -> tf.Tensor:
    """Returns `[batch, n_classes]` string: the names of all classes in each row."""
    names = tf.constant(list(vocabulary), tf.string) if vocabulary else tf.strings.as_string(tf.range(n_classes))
    return _in_each_row(names, logits, n_classes)


def classification(scores: tf.Tensor, n_classes: int, vocabulary: Sequence[str] | None) -> dict[str, Any]:
    """Returns the signatures that answer with `scores`, `[batch, n_classes]` float32, beside the names of classes."""
    output = ClassificationOutput(scores=scores, classes=all_names(scores, n_classes, vocabulary))
    return {DEFAULT_SERVING: output, keys.CLASSIFY: output}


def _in_each_row(row: tf.Tensor, logits: tf.Tensor, n_classes: int) -> tf.Tensor:
    rows = tf.tile(tf.expand_dims(row, 0), [tf.shape(logits)[0], 1])
    known = None if isinstance(n_classes, tf.Tensor) else n_classes
    rows.set_shape([logits.shape[0] if logits.shape.ndims else None, known])
    return rows
