"""`estimator.keras`: Keras models as Estimators."""

from tf1.estimator.keras_model import model_to_estimator

__all__ = ['model_to_estimator']
