"""Runs exported models of time series."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

import tf1 as tf
from tf1.contrib.timeseries.python.timeseries.feature_keys import (
    FilteringFeatures,
    FilteringResults,
    PredictionFeatures,
    SavedModelLabels,
    State,
)
from tf1.contrib.timeseries.python.timeseries.input_pipeline import prediction_times


def cold_start_filter(signatures: Any, session: tf.Session, features: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """Returns the state after observations, from the model's start state, and their times.

    Args:
      signatures: the MetaGraphDef that `tf.saved_model.loader.load` returned.
      session: the session that the model was loaded into.
      features: times `[batch, window]`, values `[batch, window, num_features]`, or both without the axis of the batch.
    """
    return _filtered(SavedModelLabels.COLD_START_FILTER, {}, signatures, session, features)


def filter_continuation(
    continue_from: Mapping[str, Any], signatures: Any, session: tf.Session, features: Mapping[str, Any]
) -> dict[str, np.ndarray]:
    """Returns the state after more observations, and their times; see `cold_start_filter`.

    Args:
      continue_from: what filtering or `evaluate` returned.
      signatures: see there.
      session: see there.
      features: see there.
    """
    return _filtered(SavedModelLabels.FILTER, continue_from, signatures, session, features)


def predict_continuation(
    continue_from: Mapping[str, Any],
    signatures: Any,
    session: tf.Session,
    steps: int | None = None,
    times: Any = None,
    exogenous_features: Mapping[str, Any] | None = None,
) -> dict[str, np.ndarray]:
    """Returns predictions for what follows, each `[batch, times, ...]`.

    Args:
      continue_from: what filtering or `evaluate` returned.
      signatures: the MetaGraphDef that `tf.saved_model.loader.load` returned.
      session: the session that the model was loaded into.
      steps: times to predict, one after the other; excludes `times`.
      times: the times to predict.
      exogenous_features: by name, each `[batch, times, ...]`.

    Raises:
      ValueError: both of `steps` and `times` are given, or none.
    """
    wanted = prediction_times(continue_from, steps, times)
    features = {PredictionFeatures.TIMES: wanted, **(exogenous_features or {})}
    found = _run(SavedModelLabels.PREDICT, continue_from, signatures, session, features)
    return {**found, PredictionFeatures.TIMES: wanted}


def _filtered(
    label: str, continue_from: Mapping[str, Any], signatures: Any, session: tf.Session, features: Mapping[str, Any]
) -> dict[str, np.ndarray]:
    arrays = {name: np.asarray(value) for name, value in features.items()}
    if arrays[FilteringFeatures.TIMES].ndim == 1:
        arrays = {name: array[np.newaxis] for name, array in arrays.items()}
    values = arrays[FilteringFeatures.VALUES]
    if values.ndim == 2:
        arrays[FilteringFeatures.VALUES] = values[:, :, np.newaxis]
    found = _run(label, continue_from, signatures, session, arrays)
    return {**found, FilteringResults.TIMES: arrays[FilteringFeatures.TIMES]}


def _run(
    label: str, continue_from: Mapping[str, Any], signatures: Any, session: tf.Session, features: Mapping[str, Any]
) -> dict[str, np.ndarray]:
    signature = signatures.signature_def[label]
    given = dict(features)
    given.update({name: value for name, value in continue_from.items() if name.startswith(State.STATE_PREFIX)})
    for i, each in enumerate(continue_from.get(FilteringResults.STATE_TUPLE, ())):
        given[f'{State.STATE_PREFIX}_{i:02d}'] = each
    feeds = {info.name: given[name] for name, info in signature.inputs.items() if name in given}
    return session.run({name: info.name for name, info in signature.outputs.items()}, feeds)
