"""`slim.summaries`: a summary for a tensor, or for each of several; each function returns what it added."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import tensorflow.compat.v1 as tf


def add_histogram_summary(tensor: Any, name: str | None = None, prefix: str | None = None) -> tf.Tensor:
    """Adds a histogram, named `prefix/name`; without a name by the tensor's."""
    return tf.summary.histogram(_name(tensor, name, prefix), tensor)


def add_image_summary(
    tensor: tf.Tensor, name: str | None = None, prefix: str | None = None, print_summary: bool = False
) -> tf.Tensor:
    """Adds the images of `[batch, height, width, channels]`; `print_summary` prints them at each run."""
    summary = tf.summary.image(_name(tensor, name, prefix), tensor)
    return _printed(summary, tensor, print_summary)


def add_scalar_summary(
    tensor: Any, name: str | None = None, prefix: str | None = None, print_summary: bool = False
) -> tf.Tensor:
    """Adds a scalar; `print_summary` prints it at each run."""
    full_name = _name(tensor, name, prefix)
    return _printed(tf.summary.scalar(full_name, tensor), tensor, print_summary, full_name)


def add_zero_fraction_summary(
    tensor: Any, name: str | None = None, prefix: str | None = None, print_summary: bool = False
) -> tf.Tensor:
    """Adds the share of elements that are 0, named `prefix/name/Fraction of Zero Values`."""
    full_name = f'{_name(tensor, name, prefix)}/Fraction of Zero Values'
    fraction = tf.nn.zero_fraction(tensor)
    return _printed(tf.summary.scalar(full_name, fraction), fraction, print_summary, full_name)


def add_histogram_summaries(tensors: Iterable[Any], prefix: str | None = None) -> list[tf.Tensor]:
    """Adds a histogram for each tensor."""
    return _each(add_histogram_summary, tensors, prefix)


def add_image_summaries(tensors: Iterable[Any], prefix: str | None = None) -> list[tf.Tensor]:
    """Adds the images of each tensor."""
    return _each(add_image_summary, tensors, prefix)


def add_scalar_summaries(
    tensors: Iterable[Any], prefix: str | None = None, print_summary: bool = False
) -> list[tf.Tensor]:
    """Adds a scalar for each tensor."""
    return [add_scalar_summary(tensor, prefix=prefix, print_summary=print_summary) for tensor in tensors]


def add_zero_fraction_summaries(tensors: Iterable[Any], prefix: str | None = None) -> list[tf.Tensor]:
    """Adds the share of zeros of each tensor."""
    return _each(add_zero_fraction_summary, tensors, prefix)


def _each(add: Callable[..., tf.Tensor], tensors: Iterable[Any], prefix: str | None) -> list[tf.Tensor]:
    return [add(tensor, prefix=prefix) for tensor in tensors]


def _name(tensor: Any, name: str | None, prefix: str | None) -> str:
    name = name or tensor.op.name
    return f'{prefix}/{name}' if prefix else name


def _printed(summary: tf.Tensor, tensor: Any, print_summary: bool, name: str = '') -> tf.Tensor:
    if not print_summary:
        return summary
    with tf.control_dependencies([tf.print(name or summary.op.name, tensor)]):
        printed = tf.identity(summary)
    tf.add_to_collection(tf.GraphKeys.SUMMARIES, printed)
    return printed
