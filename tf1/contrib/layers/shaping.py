"""Layers that only arrange values: `flatten`, images to sequences and back, dense tensors to sparse ones."""

from __future__ import annotations

import tensorflow.compat.v1 as tf

from tf1.contrib.framework.scopes import add_arg_scope
from tf1.contrib.layers import layer_variables, utils
from tf1.contrib.layers.layer_variables import Collections


@add_arg_scope
def flatten(inputs: tf.Tensor, outputs_collections: Collections = None, scope: str | None = None) -> tf.Tensor:
    """Returns `[batch, values]` of inputs `[batch, ...]`.

    Args:
      inputs: tensor of rank >= 1.
      outputs_collections: collections for the result.
      scope: name scope; None for 'Flatten'.

    Raises:
      ValueError: the rank is 0 or unknown.
    """
    with tf.name_scope(scope, 'Flatten', [inputs]) as sc:
        inputs = tf.convert_to_tensor(inputs)
        if not inputs.shape.rank:
            raise ValueError(f'Inputs of {sc[:-1]} must have a known rank >= 1, got shape {inputs.shape}.')
        layer_variables.declare_updates()
        with tf.name_scope('flatten'):
            outputs = _flat(inputs)
        return utils.collect_named_outputs(outputs_collections, sc, outputs)


def _flat(inputs: tf.Tensor) -> tf.Tensor:
    batch = tf.dimension_value(inputs.shape[0])
    outputs = tf.reshape(inputs, [batch or tf.shape(inputs)[0], -1])
    outputs.set_shape([batch, inputs.shape[1:].num_elements()])
    return outputs


@add_arg_scope
def dense_to_sparse(
    tensor: tf.Tensor, eos_token: int = 0, outputs_collections: Collections = None, scope: str | None = None
) -> tf.SparseTensor:
    """Returns the entries of a dense tensor that differ from `eos_token` as a sparse tensor.

    Args:
      tensor: the dense tensor.
      eos_token: the value that is left out.
      outputs_collections: collections for the result.
      scope: variable scope; None for 'dense_to_sparse'.
    """
    with tf.variable_scope(scope, 'dense_to_sparse', [tensor]) as sc:
        tensor = tf.convert_to_tensor(tensor)
        indices = tf.where(tf.not_equal(tensor, tf.constant(eos_token, tensor.dtype)))
        values = tf.gather_nd(tensor, indices)
        outputs = tf.SparseTensor(indices, values, tf.shape(tensor, out_type=tf.int64))
        return utils.collect_named_outputs(outputs_collections, sc.name, outputs)


@add_arg_scope
def images_to_sequence(
    inputs: tf.Tensor,
    data_format: str = 'NHWC',
    outputs_collections: Collections = None,
    scope: str | None = None,
) -> tf.Tensor:
    """Returns `[width, batch * height, channels]`: each row of each image as a sequence over the width.

    Args:
      inputs: `[batch, height, width, channels]`, or with 'NCHW' `[batch, channels, height, width]`.
      data_format: 'NHWC' or 'NCHW'.
      outputs_collections: collections for the result.
      scope: name scope; None for 'ImagesToSequence'.

    Raises:
      ValueError: the data format is neither.
    """
    _check_format('data_format', data_format, ('NHWC', 'NCHW'))
    with tf.name_scope(scope, 'ImagesToSequence', [inputs]) as sc:
        inputs = tf.convert_to_tensor(inputs)
        if data_format == 'NCHW':
            inputs = tf.transpose(inputs, [0, 2, 3, 1])
        _, _, width, channels = inputs.shape.as_list()
        size = tf.shape(inputs)
        batch, height = size[0], size[1]
        columns = tf.transpose(inputs, [2, 0, 1, 3])
        outputs = tf.reshape(columns, [size[2] if width is None else width, batch * height, channels])
        outputs.set_shape([width, inputs.shape[:2].num_elements(), channels])
        return utils.collect_named_outputs(outputs_collections, sc, outputs)


@add_arg_scope
def sequence_to_images(
    inputs: tf.Tensor,
    height: int,
    output_data_format: str = 'channels_last',
    outputs_collections: Collections = None,
    scope: str | None = None,
) -> tf.Tensor:
    """Returns the images `[batch, height, width, channels]` that `images_to_sequence` took apart.

    Args:
      inputs: `[width, batch * height, channels]`.
      height: height of the images in pixels.
      output_data_format: 'channels_last' or 'channels_first'.
      outputs_collections: collections for the result.
      scope: name scope; None for 'SequenceToImages'.
    """
    with tf.name_scope(scope, 'SequenceToImages', [inputs]) as sc:
        inputs = tf.convert_to_tensor(inputs)
        width, rows, channels = inputs.shape.as_list()
        batch = None if rows is None else rows // height
        batch_size = tf.shape(inputs)[1] // height if batch is None else batch
        images = tf.reshape(inputs, [-1 if width is None else width, batch_size, height, channels])
        images.set_shape([width, batch, height, channels])
        first = output_data_format == 'channels_first'
        outputs = tf.transpose(images, [1, 3, 2, 0] if first else [1, 2, 0, 3])
        return utils.collect_named_outputs(outputs_collections, sc, outputs)


def _check_format(name: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise ValueError(f'{name} must be {" or ".join(known)}, got {value!r}.')
