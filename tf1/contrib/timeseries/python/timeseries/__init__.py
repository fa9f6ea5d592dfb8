"""The names of `tf.contrib.timeseries`, with those that only this path had."""

from tf1.contrib.timeseries.python.timeseries import (
    ar_model,
    estimators,
    feature_keys,
    head,
    input_pipeline,
    model,
    saved_model_utils,
    state_management,
    statistics,
)
from tf1.contrib.timeseries.python.timeseries.ar_model import (
    AnomalyMixtureARModel,
    ARModel,
    FlatPredictionModel,
    LSTMPredictionModel,
)
from tf1.contrib.timeseries.python.timeseries.estimators import (
    ARRegressor,
    LSTMAutoRegressor,
    StateSpaceRegressor,
    StructuralEnsembleRegressor,
    TimeSeriesRegressor,
)
from tf1.contrib.timeseries.python.timeseries.feature_keys import (
    FilteringFeatures,
    FilteringResults,
    PredictionFeatures,
    PredictionResults,
    SavedModelLabels,
    TrainEvalFeatures,
)
from tf1.contrib.timeseries.python.timeseries.head import OneShotPredictionHead, TimeSeriesRegressionHead
from tf1.contrib.timeseries.python.timeseries.input_pipeline import (
    CSVReader,
    NumpyReader,
    RandomWindowInputFn,
    TFExampleReader,
    WholeDatasetInputFn,
    predict_continuation_input_fn,
)

__all__ = [
    'AnomalyMixtureARModel',
    'LSTMAutoRegressor',
    'LSTMPredictionModel',
    'ARModel',
    'ARRegressor',
    'CSVReader',
    'FilteringFeatures',
    'FilteringResults',
    'FlatPredictionModel',
    'NumpyReader',
    'OneShotPredictionHead',
    'PredictionFeatures',
    'PredictionResults',
    'RandomWindowInputFn',
    'SavedModelLabels',
    'StateSpaceRegressor',
    'StructuralEnsembleRegressor',
    'TFExampleReader',
    'TimeSeriesRegressionHead',
    'TimeSeriesRegressor',
    'TrainEvalFeatures',
    'WholeDatasetInputFn',
    'ar_model',
    'estimators',
    'feature_keys',
    'head',
    'input_pipeline',
    'model',
    'predict_continuation_input_fn',
    'saved_model_utils',
    'state_management',
    'statistics',
]
