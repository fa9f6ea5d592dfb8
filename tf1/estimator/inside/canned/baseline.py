"""`canned.baseline`: models that predict the same for every example."""

from tf1.estimator.canned.baseline import BaselineClassifier, BaselineEstimator, BaselineRegressor
from tf1.estimator.canned.v2.baseline import BaselineClassifierV2, BaselineEstimatorV2, BaselineRegressorV2

__all__ = [
    'BaselineClassifier',
    'BaselineClassifierV2',
    'BaselineEstimator',
    'BaselineEstimatorV2',
    'BaselineRegressor',
    'BaselineRegressorV2',
]
