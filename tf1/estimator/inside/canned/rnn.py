"""`canned.rnn`: recurrent networks of Keras layers."""

from tf1.estimator.canned.v2.rnn import RNNClassifier, RNNEstimator

__all__ = ['RNNClassifier', 'RNNEstimator']
