"""`model_fn`: what a `model_fn` returns, and names of two metrics."""

from tf1.estimator.canned.keys import AVERAGE_LOSS as AVERAGE_LOSS_METRIC_KEY
from tf1.estimator.evaluation import LOSS as LOSS_METRIC_KEY
from tf1.estimator.mode_keys import ModeKeys
from tf1.estimator.spec import EstimatorSpec
from tf1.estimator.tpu.spec import TPUEstimatorSpec as _TPUEstimatorSpec
from tf1.estimator.user_functions import call_logit_fn
from tf1.estimator.user_functions import check_model_fn as verify_model_fn_args

__all__ = [
    'AVERAGE_LOSS_METRIC_KEY',
    'LOSS_METRIC_KEY',
    'EstimatorSpec',
    'ModeKeys',
    '_TPUEstimatorSpec',
    'call_logit_fn',
    'verify_model_fn_args',
]
