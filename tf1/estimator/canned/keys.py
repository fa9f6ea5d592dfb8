"""Names of predictions, metrics and signatures, as TF 1.15 gave them to its ready-made models."""

from __future__ import annotations

LOGITS = 'logits'
LOGISTIC = 'logistic'
PROBABILITIES = 'probabilities'
CLASS_IDS = 'class_ids'
CLASSES = 'classes'
ALL_CLASS_IDS = 'all_class_ids'
ALL_CLASSES = 'all_classes'
PREDICTIONS = 'predictions'

LOSS = 'loss'
AVERAGE_LOSS = 'average_loss'
REGULARIZATION_LOSS = 'regularization_loss'
ACCURACY = 'accuracy'
ACCURACY_BASELINE = 'accuracy_baseline'
PRECISION = 'precision'
RECALL = 'recall'
AUC = 'auc'
AUC_PR = 'auc_precision_recall'
LABEL_MEAN = 'label/mean'
PREDICTION_MEAN = 'prediction/mean'
PROBABILITY_MEAN = 'probability_mean'

CLASSIFY = 'classification'
REGRESS = 'regression'
PREDICT = 'predict'


def of_head(key: str, name: str | None) -> str:
    """Returns a metric's or summary's key in the head called `name`."""
    return f'{key}/{name}' if name else key


def at_threshold(key: str, threshold: float) -> str:
    """Returns a metric's key where probabilities above `threshold` count as positive."""
    return f'{key}/positive_threshold_{threshold:g}'
