"""`tf.contrib.timeseries`: models of time series as Estimators."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.timeseries.python.timeseries import (
    ARModel,
    ARRegressor,
    CSVReader,
    FilteringResults,
    NumpyReader,
    OneShotPredictionHead,
    RandomWindowInputFn,
    StructuralEnsembleRegressor,
    TimeSeriesRegressor,
    TrainEvalFeatures,
    WholeDatasetInputFn,
    predict_continuation_input_fn,
    saved_model_utils,
)

__all__ = [
    'ARModel',
    'ARRegressor',
    'CSVReader',
    'FilteringResults',
    'NumpyReader',
    'OneShotPredictionHead',
    'RandomWindowInputFn',
    'StructuralEnsembleRegressor',
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
