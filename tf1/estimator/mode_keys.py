"""What a `model_fn` is asked to build."""

from __future__ import annotations


class ModeKeys:
    """The three modes of a `model_fn`, with the values they had in TF 1.15."""

    TRAIN = 'train'
    EVAL = 'eval'
    PREDICT = 'infer'


ALL = (ModeKeys.TRAIN, ModeKeys.EVAL, ModeKeys.PREDICT)
