"""Summaries of tensors, activations and whole collections."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import tensorflow.compat.v1 as tf

Summarizer = Callable[[tf.Tensor], tf.Tensor | None]


def summarize_tensor(tensor: tf.Tensor, tag: str | None = None) -> tf.Tensor | None:
    """Returns the summary of a tensor: a scalar, else a histogram; None for strings.

    Args:
      tensor: the tensor.
      tag: tag of the summary; None for the tensor's name and '_summary'.
    """
    if tensor.dtype.base_dtype == tf.string:
        return None
    tag = tag or f'{tensor.op.name}_summary'
    if tensor.shape.rank == 0:
        return tf.summary.scalar(tag, tensor)
    return tf.summary.histogram(tag, tensor)


def summarize_activation(op: tf.Tensor) -> tf.Tensor:
    """Returns the histogram of an activation, besides the shares of inputs that a ReLU or ReLU6 cut off.

    The shares are the scalars 'NAME/zeros', inputs < 0 of a ReLU, ReLU6 or softplus, and 'NAME/sixes', inputs > 6 of a
    ReLU6.
    """
    if op.op.type in ('Relu', 'Softplus', 'Relu6'):
        tf.summary.scalar(f'{op.op.name}/zeros', _share(tf.less(op.op.inputs[0], tf.cast(0.0, op.dtype))))
    if op.op.type == 'Relu6':
        tf.summary.scalar(f'{op.op.name}/sixes', _share(tf.greater(op.op.inputs[0], tf.cast(6.0, op.dtype))))
    return tf.summary.histogram(f'{op.op.name}/activation', op)


def _share(flags: tf.Tensor) -> tf.Tensor:
    return tf.reduce_mean(tf.cast(flags, tf.float32, name='ToFloat'))


def summarize_tensors(
    tensors: Sequence[tf.Tensor], summarizer: Summarizer = summarize_tensor
) -> list[tf.Tensor | None]:
    """Returns the summaries of several tensors."""
    return [summarizer(tensor) for tensor in tensors]


def summarize_collection(
    collection: str, name_filter: str | None = None, summarizer: Summarizer = summarize_tensor
) -> list[tf.Tensor | None]:
    """Returns the summaries of a collection's tensors.

    Args:
      collection: the collection.
      name_filter: regular expression that the beginning of a tensor's name must match; None for all.
      summarizer: function of one tensor.
    """
    tensors = [
        tensor
        for tensor in tf.get_collection(collection)
        if name_filter is None or re.match(name_filter, tensor.op.name)
    ]
    return summarize_tensors(tensors, summarizer)


def summarize_activations(
    name_filter: str | None = None, summarizer: Summarizer = summarize_activation
) -> list[tf.Tensor | None]:
    """Returns the summaries of the collection 'activations'."""
    return summarize_collection(tf.GraphKeys.ACTIVATIONS, name_filter, summarizer)


def summarize_variables(
    name_filter: str | None = None, summarizer: Summarizer = summarize_tensor
) -> list[tf.Tensor | None]:
    """Returns the summaries of the global variables."""
    return summarize_collection(tf.GraphKeys.GLOBAL_VARIABLES, name_filter, summarizer)


def summarize_weights(
    name_filter: str | None = None, summarizer: Summarizer = summarize_tensor
) -> list[tf.Tensor | None]:
    """Returns the summaries of the collection 'weights'."""
    return summarize_collection(tf.GraphKeys.WEIGHTS, name_filter, summarizer)


def summarize_biases(
    name_filter: str | None = None, summarizer: Summarizer = summarize_tensor
) -> list[tf.Tensor | None]:
    """Returns the summaries of the collection 'biases'."""
    return summarize_collection(tf.GraphKeys.BIASES, name_filter, summarizer)
