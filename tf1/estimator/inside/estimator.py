"""`estimator.estimator`: the Estimator itself."""

from tf1.estimator.estimator import Estimator, EstimatorV2
from tf1.estimator.warm_start import VocabInfo, WarmStartSettings

__all__ = ['Estimator', 'EstimatorV2', 'VocabInfo', 'WarmStartSettings']
