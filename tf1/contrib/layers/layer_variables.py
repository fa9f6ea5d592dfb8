"""What all layers do with their variables and results: make, name, collect, normalize, activate."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.contrib.framework.variables import model_variable
from tf1.contrib.layers import utils
from tf1.contrib.layers.regularizers import Regularizer

Collections = str | Sequence[str] | None
VariablesCollections = Sequence[str] | Mapping[str, Sequence[str]] | None
Activation = Callable[[tf.Tensor], tf.Tensor] | None


def layer_variable(
    name: str,
    shape: Sequence[int],
    dtype: tf.DType,
    initializer: Any,
    regularizer: Regularizer | None,
    trainable: bool,
    penalty_name: str | None = None,
) -> tf.Variable:
    """Returns a model variable of the current scope, as TF 1.15's layers made them.

    Args:
      name: name within the scope.
      shape: its shape.
      dtype: its type.
      initializer: as for `tf.get_variable`.
      regularizer: function of the variable, or None.
      trainable: whether optimizers change it.
      penalty_name: name that stands before '/Regularizer' in the penalty's name; None for the variable's own.
    """
    if regularizer is not None and penalty_name is not None:
        regularizer = _named_penalty(regularizer, penalty_name)
    return model_variable(
        name, shape=shape, dtype=dtype, initializer=initializer, regularizer=regularizer, trainable=trainable
    )


def _named_penalty(regularizer: Regularizer, name: str) -> Regularizer:
    outer = tf.get_default_graph().get_name_scope()

    def penalty(weights: tf.Tensor) -> tf.Tensor | None:
        # The slash at the end makes the name absolute.
        with tf.name_scope(f'{outer}/'), tf.name_scope(f'{name}/Regularizer'):
            return regularizer(weights)

    return penalty


def join(variable: tf.Variable, collections: VariablesCollections, name: str) -> None:
    """Adds a layer's variable, once, to the collections that its caller asked for under the variable's name."""
    wanted = utils.get_variable_collections(collections, name) or ()
    for key in (wanted,) if isinstance(wanted, str) else wanted:
        if not any(variable is other for other in tf.get_collection(key)):
            tf.add_to_collection(key, variable)


def reserve_name(scope: tf.VariableScope) -> None:
    """Takes the name of a layer's scope within that scope, as TF 1.15's layer did.

    An operation of that name, whatever its case, gets `_1`: `Dropout/dropout_1/mul`.
    """
    with tf.name_scope(scope.name.rpartition('/')[2]):
        pass


def declare_updates() -> None:
    """Makes the collection of update operations exist, empty at first, as every layer of TF 1.15 did."""
    tf.get_collection_ref(tf.GraphKeys.UPDATE_OPS)


def finish(
    outputs: tf.Tensor,
    scope_name: str,
    outputs_collections: Collections,
    activation_fn: Activation = None,
    normalizer_fn: Callable[..., tf.Tensor] | None = None,
    normalizer_params: Mapping[str, Any] | None = None,
) -> tf.Tensor:
    """Returns the result of a layer, normalized, activated and in its collections."""
    if normalizer_fn is not None:
        outputs = normalizer_fn(outputs, **(normalizer_params or {}))
    if activation_fn is not None:
        outputs = activation_fn(outputs)
    return utils.collect_named_outputs(outputs_collections, scope_name, outputs)
