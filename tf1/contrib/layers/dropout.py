"""`dropout`."""

from __future__ import annotations

from collections.abc import Sequence

import tensorflow.compat.v1 as tf

from tf1.contrib.framework.scopes import add_arg_scope
from tf1.contrib.layers import layer_variables, utils
from tf1.contrib.layers.layer_variables import Collections


@add_arg_scope
def dropout(
    inputs: tf.Tensor,
    keep_prob: float | tf.Tensor = 0.5,
    noise_shape: Sequence[int | None] | tf.Tensor | None = None,
    is_training: bool | tf.Tensor = True,
    outputs_collections: Collections = None,
    scope: str | tf.VariableScope | None = None,
    seed: int | None = None,
) -> tf.Tensor:
    """Returns the inputs with some values zero and the others divided by `keep_prob`; out of training as they are.

    Args:
      inputs: the tensor.
      keep_prob: share of values that stay, in (0, 1].
      noise_shape: shape of the choices, broadcast over the inputs; None, or a None in it, for the inputs' own.
      is_training: whether values are dropped.
      outputs_collections: collections for the result.
      scope: variable scope; None for 'Dropout'.
      seed: seed of the random operation.
    """
    with tf.variable_scope(scope, 'Dropout', [inputs]) as sc:
        inputs = tf.convert_to_tensor(inputs)
        layer_variables.declare_updates()
        layer_variables.reserve_name(sc)
        outputs = utils.smart_cond(
            is_training,
            lambda: tf.nn.dropout(inputs, noise_shape=_full(noise_shape, inputs), seed=seed, rate=1 - keep_prob),
            lambda: tf.identity(inputs),
        )
        return utils.collect_named_outputs(outputs_collections, sc.name, outputs)


def _full(noise_shape: Sequence[int | None] | tf.Tensor | None, inputs: tf.Tensor) -> tf.Tensor | None:
    if noise_shape is None or isinstance(noise_shape, tf.Tensor):
        return noise_shape
    sizes = tf.shape(inputs)
    return tf.convert_to_tensor([sizes[axis] if size is None else size for axis, size in enumerate(noise_shape)])
