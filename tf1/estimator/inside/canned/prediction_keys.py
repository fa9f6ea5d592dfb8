"""`prediction_keys.PredictionKeys`: names of predictions."""

from __future__ import annotations

from tf1.estimator.canned import keys


class PredictionKeys:
    """Names of predictions."""

    CLASSES = keys.CLASSES
    CLASS_IDS = keys.CLASS_IDS
    ALL_CLASSES = keys.ALL_CLASSES
    ALL_CLASS_IDS = keys.ALL_CLASS_IDS
    LOGISTIC = keys.LOGISTIC
    LOGITS = keys.LOGITS
    PREDICTIONS = keys.PREDICTIONS
    PROBABILITIES = keys.PROBABILITIES
    TOP_K = 'top_k'
