"""`canned.linear`: linear models and the function that builds them."""

from tf1.estimator.canned.linear import LinearClassifier, LinearEstimator, LinearRegressor
from tf1.estimator.canned.linear import linear_model_fn as _linear_model_fn
from tf1.estimator.canned.linear_logits import linear_logit_fn_builder

__all__ = ['LinearClassifier', 'LinearEstimator', 'LinearRegressor', '_linear_model_fn', 'linear_logit_fn_builder']
