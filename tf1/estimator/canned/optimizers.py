"""Optimizers by name, with the learning rates that ready-made Estimators give them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import tensorflow.compat.v1 as tf

_BY_NAME = {
    'Adagrad': tf.train.AdagradOptimizer,
    'Adam': tf.train.AdamOptimizer,
    'Ftrl': tf.train.FtrlOptimizer,
    'RMSProp': tf.train.RMSPropOptimizer,
    'SGD': tf.train.GradientDescentOptimizer,
}

Optimizer: TypeAlias = str | tf.train.Optimizer | Callable[[], tf.train.Optimizer]


def optimizer_of(given: Optimizer, learning_rate: float) -> tf.train.Optimizer:
    """Returns the optimizer that a constructor's argument stands for.

    Args:
      given: a name ('Adagrad', 'Adam', 'Ftrl', 'RMSProp', 'SGD'), an optimizer, or a function that makes one.
      learning_rate: for one given by name.

    Raises:
      ValueError: a name is none of these, or what was given or made is no `tf.train.Optimizer`.
    """
    if isinstance(given, str):
        if given not in _BY_NAME:
            raise ValueError(f'optimizer must be one of {sorted(_BY_NAME)} if it is a name, got {given!r}.')
        return _BY_NAME[given](learning_rate=learning_rate)
    optimizer = given() if callable(given) else given
    if not isinstance(optimizer, tf.train.Optimizer):
        raise ValueError(f'optimizer must be a name, a tf.train.Optimizer or a function of one, got {optimizer!r}.')
    return optimizer


def linear_learning_rate(feature_columns: Sequence[Any], highest: float) -> float:
    """Returns the learning rate of a linear model: 1 / sqrt(columns), at most `highest`.

    Raises:
      ValueError: there is no column.
    """
    if not feature_columns:
        raise ValueError(f'feature_columns must hold a column at least, got {feature_columns!r}.')
    return min(highest, 1.0 / math.sqrt(len(feature_columns)))
