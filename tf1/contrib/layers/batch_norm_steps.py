"""Batch normalization where `tf.layers` has no equal: weighted batches, other updates, two dimensions in one step."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.contrib.layers import layer_variables, utils
from tf1.contrib.layers.layer_variables import VariablesCollections
from tf1.contrib.layers.moving_averages import assign_moving_average
from tf1.contrib.layers.regularizers import Regularizer

_FIRST_VALUES = {'beta': 0.0, 'gamma': 1.0, 'moving_mean': 0.0, 'moving_variance': 1.0}
_INITIALIZERS = {0.0: tf.zeros_initializer(), 1.0: tf.ones_initializer()}
_Pair = tuple[tf.Tensor, tf.Tensor]


@dataclasses.dataclass(frozen=True)
class Options:
    """How a batch is normalized; the fields mean what `batch_norm`'s arguments of these names mean."""

    decay: float | tf.Tensor
    epsilon: float
    is_training: bool | tf.Tensor
    axis: int
    updates_collections: str | Sequence[str] | None
    batch_weights: tf.Tensor | None
    zero_debias: bool


@dataclasses.dataclass(frozen=True)
class Variables:
    """The variables of one layer, each `[channels]`; `beta` and `gamma` are constants or None where it has none."""

    beta: tf.Variable | tf.Tensor | None
    gamma: tf.Variable | tf.Tensor | None
    moving_mean: tf.Variable
    moving_variance: tf.Variable


def make_variables(
    inputs: tf.Tensor,
    axis: int,
    center: bool,
    scale: bool,
    initializers: Mapping[str, Any],
    regularizers: Mapping[str, Regularizer],
    collections: VariablesCollections,
    trainable: bool,
    fused: bool,
) -> Variables:
    """Returns the variables of the current scope; for a fused operation constants in place of what is not wanted."""
    # Half precision would lose the small steps of an average.
    dtype = tf.float32 if inputs.dtype.base_dtype == tf.float16 else inputs.dtype.base_dtype

    shape = [tf.dimension_value(inputs.shape[axis])]

    def make(name: str, changes: bool, wanted: bool = True) -> tf.Variable | tf.Tensor | None:
        if not wanted:
            return tf.constant(_FIRST_VALUES[name], dtype, shape) if fused else None
        initializer = initializers.get(name, _INITIALIZERS[_FIRST_VALUES[name]])
        variable = layer_variables.layer_variable(
            name, shape, dtype, initializer, regularizers.get(name) if changes else None, changes and trainable
        )
        layer_variables.join(variable, collections, name)
        return variable

    return Variables(
        make('beta', True, center),
        make('gamma', True, scale),
        make('moving_mean', False),
        make('moving_variance', False),
    )


def normalize(options: Options, inputs: tf.Tensor, make: Callable[[], Variables], fused: bool) -> tf.Tensor:
    """Returns the normalized inputs, and has the averages updated as the options say.

    Args:
      options: how.
      inputs: what.
      make: makes the variables.
      fused: whether one operation does it.
    """
    return (_in_one_step if fused else _in_steps)(options, inputs, make)


def _in_one_step(options: Options, inputs: tf.Tensor, make: Callable[[], Variables]) -> tf.Tensor:
    images = inputs
    if inputs.shape.rank == 2:
        channels = tf.dimension_value(inputs.shape[-1])
        images = tf.reshape(inputs, [-1, channels, 1, 1] if options.axis == 1 else [-1, 1, 1, channels])
    variables = make()
    gamma, beta = variables.gamma, variables.beta
    data_format = 'NCHW' if options.axis == 1 else 'NHWC'

    def by(**statistics: Any) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
        return tuple(
            tf.nn.fused_batch_norm(images, gamma, beta, epsilon=options.epsilon, data_format=data_format, **statistics)
        )

    outputs, mean, variance = utils.smart_cond(
        options.is_training,
        lambda: by(is_training=True),
        lambda: by(mean=variables.moving_mean, variance=variables.moving_variance, is_training=False),
    )
    if options.updates_collections is None:
        outputs = _with_updates(options, variables, (mean, variance), (outputs,), lambda: (outputs,))[0]
    else:
        _collect_updates(options, variables, (mean, variance))
    return tf.reshape(outputs, tf.shape(inputs)) if inputs.shape.rank == 2 else outputs


def _in_steps(options: Options, inputs: tf.Tensor, make: Callable[[], Variables]) -> tf.Tensor:
    weights = options.batch_weights
    if weights is not None:
        weights = tf.reshape(tf.cast(weights, inputs.dtype), [-1] + [1] * (inputs.shape.rank - 1))
    variables = make()
    moving = (variables.moving_mean, variables.moving_variance)
    if utils.constant_value(options.is_training) is False:
        mean, variance = moving
    else:
        batch = _moments(options, inputs, weights)
        mean, variance = _with_updates(options, variables, batch, batch, lambda: moving)
    shape = [1] * inputs.shape.rank
    shape[options.axis] = -1
    # TF 1.15 enters the scope of its own function before that of tf.nn, which so ends in `_1`.
    with tf.name_scope('batchnorm'):
        pass

    def spread(values: tf.Tensor | None) -> tf.Tensor | None:
        if values is None:
            return None
        values = tf.cast(values, inputs.dtype.base_dtype)
        return tf.reshape(values, shape) if options.axis == 1 else values

    return tf.nn.batch_normalization(
        inputs, *(spread(v) for v in (mean, variance, variables.beta, variables.gamma)), options.epsilon
    )


def _moments(options: Options, inputs: tf.Tensor, weights: tf.Tensor | None) -> _Pair:
    axes = [axis for axis in range(inputs.shape.rank) if axis != options.axis % inputs.shape.rank]
    return tf.nn.moments(inputs, axes) if weights is None else tf.nn.weighted_moments(inputs, axes, weights)


def _with_updates(
    options: Options,
    variables: Variables,
    statistics: _Pair,
    in_training: tuple[tf.Tensor, ...],
    otherwise: Callable[[], tuple[tf.Tensor, ...]],
) -> tuple[tf.Tensor, ...]:
    """Returns the tensors for training or otherwise, once the averages are updated or their updates collected."""

    def updated() -> tuple[tf.Tensor, ...]:
        with tf.control_dependencies(_update(options, variables, statistics)):
            return tuple(tf.identity(tensor) for tensor in in_training)

    if options.updates_collections is None:
        return _either(options.is_training, updated, otherwise)
    _collect_updates(options, variables, statistics)
    return _either(options.is_training, lambda: in_training, otherwise)


def _collect_updates(options: Options, variables: Variables, statistics: _Pair) -> None:
    if utils.constant_value(options.is_training) is not False:
        for operation in utils.smart_cond(
            options.is_training,
            lambda: _update(options, variables, statistics),
            lambda: (tf.convert_to_tensor(variables.moving_mean), tf.convert_to_tensor(variables.moving_variance)),
        ):
            tf.add_to_collections(options.updates_collections, operation)


def _update(options: Options, variables: Variables, statistics: _Pair) -> _Pair:
    mean, variance = statistics
    return (
        assign_moving_average(variables.moving_mean, mean, options.decay, options.zero_debias),
        assign_moving_average(variables.moving_variance, variance, options.decay),
    )


def _either(
    pred: bool | tf.Tensor, fn1: Callable[[], tuple[tf.Tensor, ...]], fn2: Callable[[], tuple[tf.Tensor, ...]]
) -> tuple[tf.Tensor, ...]:
    chosen = utils.smart_cond(pred, fn1, fn2)
    # tf.cond takes a single tensor out of its tuple.
    return tuple(chosen) if isinstance(chosen, (list, tuple)) else (chosen,)
