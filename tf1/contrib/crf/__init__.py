"""`tf.contrib.crf`: linear-chain conditional random fields."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.crf.cells import CrfDecodeBackwardRnnCell, CrfDecodeForwardRnnCell, CrfForwardRnnCell
from tf1.contrib.crf.decoding import crf_decode, viterbi_decode
from tf1.contrib.crf.scores import (
    crf_binary_score,
    crf_log_likelihood,
    crf_log_norm,
    crf_multitag_sequence_score,
    crf_sequence_score,
    crf_unary_score,
)

__all__ = [
    'CrfDecodeBackwardRnnCell',
    'CrfDecodeForwardRnnCell',
    'CrfForwardRnnCell',
    'crf_binary_score',
    'crf_decode',
    'crf_log_likelihood',
    'crf_log_norm',
    'crf_multitag_sequence_score',
    'crf_sequence_score',
    'crf_unary_score',
    'viterbi_decode',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.crf', name)
