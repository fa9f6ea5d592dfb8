"""`tf.contrib.timeseries`: models of time series as Estimators."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.timeseries.python.timeseries import saved_model_utils
from tf1.contrib.timeseries.python.timeseries.ar_model import ARModel
from tf1.contrib.timeseries.python.timeseries.estimators import ARRegressor, TimeSeriesRegressor
from tf1.contrib.timeseries.python.timeseries.feature_keys import FilteringResults, TrainEvalFeatures
from tf1.contrib.timeseries.python.timeseries.input_pipeline import (
    CSVReader,
    NumpyReader,
    RandomWindowInputFn,
    WholeDatasetInputFn,
    predict_continuation_input_fn,
)

__all__ = [
    'ARModel',
    'ARRegressor',
    'CSVReader',
    'FilteringResults',
    'NumpyReader',
    'RandomWindowInputFn',
    'TimeSeriesRegressor',
    'TrainEvalFeatures',
    'WholeDatasetInputFn',
    'predict_continuation_input_fn',
    'saved_model_utils',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.timeseries', name)
