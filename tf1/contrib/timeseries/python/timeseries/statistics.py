"""What training learns of the observations themselves: their mean, variance, times and number."""

from __future__ import annotations

from typing import Any, NamedTuple

import tf1 as tf
from tf1.contrib.timeseries.python.timeseries.feature_keys import TrainEvalFeatures

_LAST, _FIRST = tf.int64.max, tf.int64.min
_STARTING = 16
"""Observations that count for the start of a series."""


class InputStatistics(NamedTuple):
    """Statistics of a series; means and variances `[num_features]`, the others scalars of int64.

    `start_time` is the earliest time seen; `series_start_mean` and `series_start_variance` are those of the first 16
    observations from it on.
    """

    series_start_mean: tf.Tensor
    series_start_variance: tf.Tensor
    overall_feature_mean: tf.Tensor
    overall_feature_var: tf.Tensor
    start_time: tf.Tensor
    total_observation_count: tf.Tensor


def statistics(num_features: int, dtype: tf.DType, features: dict[str, tf.Tensor] | None = None) -> InputStatistics:
    """Returns the statistics as variables of the default graph hold them.

    Args:
      num_features: numbers of an observation.
      dtype: of the values.
      features: a batch that is taken in first, times `[batch, window]` and values `[batch, window, num_features]`; None
        to leave the statistics as they are.
    """
    with tf.variable_scope('input_statistics', use_resource=True):
        vector = {'shape': [num_features], 'dtype': dtype}
        held = InputStatistics(
            _variable('series_start_mean', 0, **vector),
            _variable('series_start_variance', 1, **vector),
            _variable('overall_feature_mean', 0, **vector),
            _variable('overall_feature_var', 1, **vector),
            _variable('start_time', _LAST),
            _variable('total_observation_count', 1),
        )
    with tf.variable_scope('input_statistics_auxiliary', use_resource=True):
        max_time = _variable('max_time_seen', _FIRST)
        chunks = _variable('chunk_count', 0)
        durations = _variable('inter_observation_duration_sum', 0, dtype=dtype)
        examples = _variable('example_count', 0)
        sums = _variable('overall_feature_sum', 0, **vector)
        squares = _variable('overall_feature_sum_of_squares', 0, **vector)
    if features is None:
        return InputStatistics(*(tf.identity(each) for each in held))
    times, values = features[TrainEvalFeatures.TIMES], features[TrainEvalFeatures.VALUES]
    shape = tf.shape(times, out_type=tf.int64)
    gaps = tf.cast(tf.reduce_max(times, 1) - tf.reduce_min(times, 1), dtype) / tf.cast(shape[1] - 1, dtype)
    counted = tf.group(
        tf.assign(max_time, tf.maximum(max_time, tf.reduce_max(times))),
        tf.assign_add(chunks, shape[0]),
        tf.assign_add(durations, tf.reduce_sum(gaps)),
        tf.assign_add(examples, shape[0] * shape[1]),
        tf.assign_add(sums, tf.reduce_sum(values, [0, 1])),
        tf.assign_add(squares, tf.reduce_sum(tf.square(values), [0, 1])),
    )
    with tf.control_dependencies([counted]):
        number = tf.cast(examples.read_value(), dtype)
        mean = sums.read_value() / number
        variance = number / (number - 1) * (squares.read_value() / number - tf.square(mean))
        earliest = tf.argmin(times[:, 0])
        is_start = times[earliest, 0] <= held.start_time.read_value()
        start = tf.nn.moments(values[earliest][:_STARTING], [0])
        kept = (held.series_start_mean.read_value(), held.series_start_variance.read_value())
        started = tf.group(
            *(
                tf.assign(variable, tf.where(is_start, new, old))
                for variable, new, old in zip(held[:2], start, kept, strict=True)
            ),
            tf.assign(held.overall_feature_mean, mean),
            tf.assign(held.overall_feature_var, variance),
        )
    with tf.control_dependencies([started]):
        first = tf.assign(held.start_time, tf.minimum(held.start_time.read_value(), tf.reduce_min(times)))
    with tf.control_dependencies([first]):
        gap = durations.read_value() / tf.cast(chunks.read_value(), dtype)
        span = tf.cast(max_time.read_value() - held.start_time.read_value() + 1, dtype)
        total = tf.assign(held.total_observation_count, tf.cast(tf.round(span / gap), tf.int64))
    with tf.control_dependencies([total]):
        return InputStatistics(*(tf.identity(each.read_value()) for each in held))


def _variable(name: str, start: Any, shape: Any = (), dtype: tf.DType = tf.int64) -> tf.Variable:
    return tf.get_variable(name, shape, dtype, tf.constant_initializer(start, dtype), trainable=False)
