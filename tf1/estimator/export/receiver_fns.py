"""Builds the functions that an export calls for its placeholders, from a parsing spec or from example tensors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.export import receivers
from tf1.estimator.export.receivers import ServingInputReceiver, SupervisedInputReceiver
from tf1.estimator.inputs import pipeline

_EXAMPLES = 'examples'


def build_parsing_serving_input_receiver_fn(
    feature_spec: dict[str, Any], default_batch_size: int | None = None
) -> Callable[[], ServingInputReceiver]:
    """Returns a function whose receiver takes serialised `tf.Example`s, `[batch] string`, under the key `examples`.

    Args:
      feature_spec: what `tf.parse_example` shall find in them, by feature name.
      default_batch_size: size of the batch; None for any.

    Returns:
      A function without arguments. It raises ValueError where `feature_spec` is empty or `tf.parse_example` refuses it.
    """

    def serving_input_receiver_fn() -> ServingInputReceiver:
        examples = tf.placeholder(tf.string, [default_batch_size], name='input_example_tensor')
        return ServingInputReceiver(tf.parse_example(examples, feature_spec), {_EXAMPLES: examples})

    return serving_input_receiver_fn


def build_raw_serving_input_receiver_fn(
    features: dict[str, tf.Tensor], default_batch_size: int | None = None
) -> Callable[[], ServingInputReceiver]:
    """Returns a function whose receiver takes the features themselves.

    Args:
      features: tensors of the wanted dtypes and shapes; their first dimension is the batch's.
      default_batch_size: size of the batch; None for any.

    Returns:
      A function without arguments. It raises AttributeError where `features` is no dict of tensors.
    """

    def serving_input_receiver_fn() -> ServingInputReceiver:
        if not isinstance(features, dict):
            raise AttributeError(f'features must be a dict of tensors, got {features!r}.')
        placeholders = _placeholders_like('features', features, default_batch_size)
        return ServingInputReceiver(placeholders, placeholders)

    return serving_input_receiver_fn


def build_raw_supervised_input_receiver_fn(
    features: tf.Tensor | dict[str, tf.Tensor],
    labels: tf.Tensor | dict[str, tf.Tensor],
    default_batch_size: int | None = None,
) -> Callable[[], SupervisedInputReceiver]:
    """Returns a function whose receiver takes features and labels, for exports in train and eval mode.

    Args:
      features: tensors of the wanted dtypes and shapes; their first dimension is the batch's.
      labels: likewise.
      default_batch_size: size of the batch; None for any.

    Returns:
      A function without arguments. It raises AttributeError where something is no tensor.

    Raises:
      ValueError: a feature and a label share their name.
    """
    receivers.check_distinct(features, labels)

    def supervised_input_receiver_fn() -> SupervisedInputReceiver:
        return receivers.supervised(
            _placeholders_like('features', features, default_batch_size),
            _placeholders_like('labels', labels, default_batch_size),
        )

    return supervised_input_receiver_fn


def build_supervised_input_receiver_fn_from_input_fn(
    input_fn: Callable[..., Any], **input_fn_args: Any
) -> Callable[[], SupervisedInputReceiver]:
    """Returns a function whose receiver takes what `input_fn` gives: features and labels of any number of examples.

    Args:
      input_fn: as for `Estimator.train`; it is called once, in a graph of its own.
      **input_fn_args: its arguments.

    Returns:
      A function without arguments.

    Raises:
      AttributeError: there are no labels, or something is no tensor.
      ValueError: a feature and a label share their name.
    """
    with tf.Graph().as_default():
        inputs = pipeline.parse(input_fn(**input_fn_args))
        receiver_fn = build_raw_supervised_input_receiver_fn(inputs.features, inputs.labels)
        receiver_fn()  # What cannot be received is an error here.
    return receiver_fn


def _placeholders_like(field: str, tensors: Any, batch_size: int | None) -> Any:
    if isinstance(tensors, dict):
        return {key: _placeholder_like(f'{field}[{key!r}]', tensor, batch_size) for key, tensor in tensors.items()}
    return _placeholder_like(field, tensors, batch_size)


def _placeholder_like(field: str, tensor: Any, batch_size: int | None) -> tf.Tensor:
    """Returns a placeholder of the same dtype, name and shape but for the batch; a scalar becomes a batch of them."""
    if not isinstance(tensor, (tf.Tensor, tf.SparseTensor, tf.Variable)):
        raise AttributeError(f'{field} must be a tensor, got {tensor!r}.')
    shape = tensor.get_shape()
    if shape.rank is not None:
        shape = [batch_size, *shape.as_list()[1:]]
    return tf.placeholder(tensor.dtype.base_dtype, shape, name=tensor.op.name)
