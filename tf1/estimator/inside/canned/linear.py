"""`canned.linear`: linear models and the function that builds them."""

from tf1.estimator.canned.linear import LinearClassifier, LinearEstimator, LinearRegressor
from tf1.estimator.canned.linear import linear_model_fn as _linear_model_fn
from tf1.estimator.canned.linear_logits import linear_logit_fn_builder
from tf1.estimator.canned.v2.linear import LinearClassifierV2, LinearEstimatorV2, LinearRegressorV2
from tf1.estimator.canned.v2.linear import linear_model_fn_v2 as _linear_model_fn_v2

__all__ = [
    'LinearClassifier',
    'LinearClassifierV2',
    'LinearEstimator',
    'LinearEstimatorV2',
    'LinearRegressor',
    'LinearRegressorV2',
    '_linear_model_fn',
    '_linear_model_fn_v2',
    'linear_logit_fn_builder',
]
