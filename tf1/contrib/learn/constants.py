"""Names that models of `tf.contrib.learn` shared."""

from __future__ import annotations

import tf1 as tf

NanLossDuringTrainingError = tf.train.NanLossDuringTrainingError


class ModeKeys:
    """What a model is built for. `INFER` is `tf.estimator.ModeKeys.PREDICT`."""

    TRAIN = 'train'
    EVAL = 'eval'
    INFER = 'infer'

    @classmethod
    def validate(cls, key: str) -> None:
        """Raises ValueError for a key that is none of these."""
        if key not in (cls.TRAIN, cls.EVAL, cls.INFER):
            raise ValueError(f'mode must be {cls.TRAIN!r}, {cls.EVAL!r} or {cls.INFER!r}, got {key!r}.')


class PredictionKey:
    """Keys of predictions."""

    CLASSES = 'classes'
    PROBABILITIES = 'probabilities'
    LOGITS = 'logits'
    LOGISTIC = 'logistic'
    SCORES = 'scores'
    TOP_K = 'top_k'
    GENERIC = 'output'


class ProblemType:
    """What a model answers."""

    UNSPECIFIED = 0
    CLASSIFICATION = 1
    LINEAR_REGRESSION = 2
    LOGISTIC_REGRESSION = 3


class TaskType:
    """Jobs of a cluster."""

    MASTER = 'master'
    PS = 'ps'
    WORKER = 'worker'


def no_op_train_fn(loss: tf.Tensor) -> tf.Operation:
    """Returns an operation that does nothing, whatever the loss."""
    del loss
    return tf.no_op()
