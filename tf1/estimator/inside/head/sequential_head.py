"""`head.sequential_head`: a head for each time of sequences."""

from tf1.estimator.canned.sequential_head import SequentialHeadWrapper

__all__ = ['SequentialHeadWrapper']
