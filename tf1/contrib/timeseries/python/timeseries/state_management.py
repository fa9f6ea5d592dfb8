"""Where the states come from that models start batches from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tf1 as tf
from tf1.contrib.timeseries.python.timeseries.feature_keys import FilteringFeatures, TrainEvalFeatures
from tf1.contrib.timeseries.python.timeseries.model import ModelOutputs, SequentialTimeSeriesModel, TimeSeriesModel


class PassthroughStateManager:
    """Starts each batch from the model's start state."""

    def initialize_graph(self, model: TimeSeriesModel, input_statistics: Any = None) -> None:
        """Prepares the default graph."""
        del model, input_statistics

    def define_loss(self, model: TimeSeriesModel, features: Mapping[str, tf.Tensor], mode: str) -> ModelOutputs:
        """Returns what the model makes of a batch.

        Raises:
          ValueError: the features have a state.
        """
        if FilteringFeatures.STATE_TUPLE in features:
            raise ValueError(
                f'features must not have {FilteringFeatures.STATE_TUPLE!r}: this model starts from its own state; use '
                'ChainingStateManager.'
            )
        return model.define_loss(features, mode)


class FilteringOnlyStateManager(PassthroughStateManager):
    """Starts a batch from the state among its features, or else from the model's start state."""

    def define_loss(self, model: TimeSeriesModel, features: Mapping[str, tf.Tensor], mode: str) -> ModelOutputs:
        """Returns what the model makes of a batch."""
        if FilteringFeatures.STATE_TUPLE not in features:
            return self._define_loss_with_saved_state(model, features, mode)
        rest = {name: each for name, each in features.items() if name != FilteringFeatures.STATE_TUPLE}
        return model.get_batch_loss(rest, mode, features[FilteringFeatures.STATE_TUPLE])

    def _define_loss_with_saved_state(
        self, model: TimeSeriesModel, features: Mapping[str, tf.Tensor], mode: str
    ) -> ModelOutputs:
        return model.define_loss(features, mode)


class ChainingStateManager(FilteringOnlyStateManager):
    """Starts windows from states that earlier batches ended with, so that batches of a series follow one another.

    Time is divided into spans. The state at the last time of a span is kept, and that after a window for the span in
    which it ends; a window starts from what is kept of the span before its own, or else from the model's start state.

    Args:
      state_saving_interval: times of a span.
      checkpoint_state: whether checkpoints hold the states.
    """

    def __init__(self, state_saving_interval: int = 20, checkpoint_state: bool = False):
        self._interval, self._checkpoint = state_saving_interval, checkpoint_state

    def initialize_graph(self, model: TimeSeriesModel, input_statistics: Any = None) -> None:
        """Makes the tables of states, one for each tensor of a state."""
        del input_statistics
        self._start = tf.nest.flatten(model.get_start_state())
        self._tables = []
        for i, each in enumerate(self._start):
            table = tf.contrib.lookup.MutableDenseHashTable(
                tf.int64,
                each.dtype,
                default_value=tf.reshape(each, [-1]),
                empty_key=tf.int64.min + 1,
                deleted_key=tf.int64.min,
                name=f'cached_states_{i}',
                checkpoint=self._checkpoint,
            )
            self._tables.append(table)

    def _define_loss_with_saved_state(
        self, model: SequentialTimeSeriesModel, features: Mapping[str, tf.Tensor], mode: str
    ) -> ModelOutputs:
        times = features[TrainEvalFeatures.TIMES]
        found = [table.lookup(times[:, 0] // self._interval - 1) for table in self._tables]
        shapes = [each.shape.as_list() for each in self._start]
        found = [tf.reshape(each, [-1, *shape]) for each, shape in zip(found, shapes, strict=True)]
        state = tf.nest.pack_sequence_as(model.get_start_state(), found)
        with tf.control_dependencies(found):
            kept = tf.identity(self._kept(times))

        def keep(i: tf.Tensor, now: tf.Tensor, state: Any) -> tf.Operation:
            spans = tf.boolean_mask(now // self._interval, kept[:, i])
            flat = [tf.boolean_mask(each, kept[:, i]) for each in tf.nest.flatten(state)]
            rows = [
                tf.reshape(each, [-1, start.shape.num_elements()])
                for each, start in zip(flat, self._start, strict=True)
            ]
            return tf.group(*(table.insert(spans, each) for table, each in zip(self._tables, rows, strict=True)))

        outputs = model.get_batch_loss(features, mode, state, keep)
        # The windows of a batch are parts of one series: what follows it follows the last one.
        return outputs._replace(end_state=tf.nest.map_structure(lambda each: each[-1:], outputs.end_state))

    def _kept(self, times: tf.Tensor) -> tf.Tensor:
        """Returns after which of the times, `[batch, window]`, the state is kept; of several for a span, the last."""
        is_last = tf.equal(tf.range(tf.shape(times)[1]), tf.shape(times)[1] - 1)
        is_end = tf.reshape(tf.equal((times + 1) % self._interval, 0) | is_last, [-1])
        spans, ids = tf.unique(tf.reshape(times // self._interval, [-1]))
        place = tf.where(is_end, tf.range(tf.size(is_end)), -tf.ones_like(ids))
        last = tf.gather(tf.math.unsorted_segment_max(place, ids, tf.size(spans)), ids)
        return tf.reshape(is_end & tf.equal(place, last), tf.shape(times))
