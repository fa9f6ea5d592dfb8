"""`canned.dnn`: fully connected networks and the function that builds them."""

from tf1.estimator.canned.dnn import DNNClassifier, DNNEstimator, DNNRegressor
from tf1.estimator.canned.dnn import dnn_model_fn as _dnn_model_fn
from tf1.estimator.canned.dnn_logits import dnn_logit_fn_builder
from tf1.estimator.canned.dnn_logits import summarize_layer as _add_hidden_layer_summary
from tf1.estimator.canned.v2.dnn import DNNClassifierV2, DNNEstimatorV2, DNNRegressorV2, dnn_model_fn_v2

__all__ = [
    'DNNClassifier',
    'DNNClassifierV2',
    'DNNEstimator',
    'DNNEstimatorV2',
    'DNNRegressor',
    'DNNRegressorV2',
    '_add_hidden_layer_summary',
    '_dnn_model_fn',
    'dnn_logit_fn_builder',
    'dnn_model_fn_v2',
]
