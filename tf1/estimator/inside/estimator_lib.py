"""`estimator.estimator_lib`: all public names of `tf.estimator`, and two beside."""

from tf1.estimator.inside.early_stopping import read_eval_metrics
from tf1.estimator.keras_model import model_to_estimator

__all__ = ['model_to_estimator', 'read_eval_metrics']
