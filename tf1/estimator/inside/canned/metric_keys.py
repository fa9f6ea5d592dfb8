"""`metric_keys.MetricKeys`: names of metrics, with patterns for those of a threshold or class."""

from __future__ import annotations

from tf1.estimator.canned import keys


class MetricKeys:
    """Names of metrics."""

    LOSS = keys.LOSS
    LOSS_MEAN = keys.AVERAGE_LOSS
    LOSS_REGULARIZATION = keys.REGULARIZATION_LOSS
    ACCURACY = keys.ACCURACY
    PRECISION = keys.PRECISION
    RECALL = keys.RECALL
    ACCURACY_BASELINE = keys.ACCURACY_BASELINE
    AUC = keys.AUC
    AUC_PR = keys.AUC_PR
    LABEL_MEAN = keys.LABEL_MEAN
    PREDICTION_MEAN = keys.PREDICTION_MEAN

    ACCURACY_AT_THRESHOLD = f'{keys.ACCURACY}/positive_threshold_%g'
    PRECISION_AT_THRESHOLD = f'{keys.PRECISION}/positive_threshold_%g'
    RECALL_AT_THRESHOLD = f'{keys.RECALL}/positive_threshold_%g'

    PROBABILITY_MEAN_AT_CLASS = f'{keys.PROBABILITY_MEAN}/class%d'
    AUC_AT_CLASS = f'{keys.AUC}/class%d'
    AUC_PR_AT_CLASS = f'{keys.AUC_PR}/class%d'

    PROBABILITY_MEAN_AT_NAME = f'{keys.PROBABILITY_MEAN}/%s'
    AUC_AT_NAME = f'{keys.AUC}/%s'
    AUC_PR_AT_NAME = f'{keys.AUC_PR}/%s'
