"""`canned.dnn_linear_combined`: a linear model beside a network, and the function that builds both."""

from tf1.estimator.canned.dnn_linear_combined import (
    DNNLinearCombinedClassifier,
    DNNLinearCombinedEstimator,
    DNNLinearCombinedRegressor,
)
from tf1.estimator.canned.dnn_linear_combined import dnn_linear_combined_model_fn as _dnn_linear_combined_model_fn
from tf1.estimator.canned.dnn_logits import summarize_layer as _add_layer_summary
from tf1.estimator.canned.v2.dnn_linear_combined import (
    DNNLinearCombinedClassifierV2,
    DNNLinearCombinedEstimatorV2,
    DNNLinearCombinedRegressorV2,
)

__all__ = [
    'DNNLinearCombinedClassifier',
    'DNNLinearCombinedClassifierV2',
    'DNNLinearCombinedEstimator',
    'DNNLinearCombinedEstimatorV2',
    'DNNLinearCombinedRegressor',
    'DNNLinearCombinedRegressorV2',
    '_add_layer_summary',
    '_dnn_linear_combined_model_fn',
]
