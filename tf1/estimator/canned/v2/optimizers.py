"""Keras optimizers by name, and the steps that they make under a head."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import tensorflow.compat.v1 as tf
from tf_keras import optimizers as keras

from tf1.estimator.mode_keys import ModeKeys
from tf1.estimator.spec import EstimatorSpec

# Those whose variables are in the graph; tf_keras' newer ones make theirs eagerly.
_BY_NAME = {
    'Adagrad': keras.legacy.Adagrad,
    'Adam': keras.legacy.Adam,
    'Ftrl': keras.legacy.Ftrl,
    'RMSProp': keras.legacy.RMSprop,
    'SGD': keras.legacy.SGD,
}

KerasOptimizer: TypeAlias = str | Any | Callable[[], Any]


def keras_optimizer_of(given: KerasOptimizer, learning_rate: float | None = None) -> Any:
    """Returns the optimizer that a constructor's argument stands for, new in the default graph.

    Args:
      given: a name ('Adagrad', 'Adam', 'Ftrl', 'RMSProp', 'SGD'), a Keras optimizer, or a function that makes one.
      learning_rate: for one given by name; None for Keras' own.

    Raises:
      ValueError: a name is none of these, or what was given or made is no Keras optimizer.
    """
    if isinstance(given, str):
        if given not in _BY_NAME:
            raise ValueError(f'optimizer must be one of {sorted(_BY_NAME)} if it is a name, got {given!r}.')
        return _BY_NAME[given](**({} if learning_rate is None else {'learning_rate': learning_rate}))
    optimizer = given() if callable(given) else given
    if not isinstance(optimizer, keras.legacy.Optimizer):
        raise ValueError(
            f'optimizer must be a name, one of tf.keras.optimizers or a function of one, got {optimizer!r}: an '
            'optimizer of tf.train is for the classes of tf.compat.v1.estimator.'
        )
    # Its variables belong to one graph, and each training has a graph of its own.
    return optimizer if callable(given) else type(optimizer).from_config(optimizer.get_config())


def counting_steps(optimizer: Any) -> Any:
    """Returns the optimizer, which from now on counts its steps as the global step of the default graph."""
    optimizer.iterations = tf.train.get_global_step()
    return optimizer


def spec_of(
    head: Any,
    features: Mapping[str, Any],
    mode: str,
    logits: tf.Tensor,
    labels: Any,
    optimizer: KerasOptimizer,
    learning_rate: float | None = None,
) -> EstimatorSpec:
    """Returns the model of logits under a head, all of whose variables `optimizer` trains.

    Args:
      head: a `tf.estimator.Head`.
      features: of the batch, by name.
      mode: one of `ModeKeys`.
      logits: `[batch, ..., head.logits_dimension]` float32.
      labels: as `head` takes them; None to predict.
      optimizer: as `keras_optimizer_of` takes it.
      learning_rate: for an optimizer given by name; None for Keras' own.

    Raises:
      ValueError: in training, `optimizer` stands for no Keras optimizer.
    """
    used = counting_steps(keras_optimizer_of(optimizer, learning_rate)) if mode == ModeKeys.TRAIN else None
    return head.create_estimator_spec(
        features, mode, logits, labels=labels, optimizer=used, trainable_variables=tf.trainable_variables()
    )
