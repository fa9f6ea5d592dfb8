"""`tf.contrib.legacy_seq2seq`: unrolled sequence-to-sequence models."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.legacy_seq2seq.attention import (
    attention_decoder,
    embedding_attention_decoder,
    embedding_attention_seq2seq,
)
from tf1.contrib.legacy_seq2seq.buckets import model_with_buckets
from tf1.contrib.legacy_seq2seq.loss import sequence_loss, sequence_loss_by_example
from tf1.contrib.legacy_seq2seq.models import (
    basic_rnn_seq2seq,
    embedding_rnn_decoder,
    embedding_rnn_seq2seq,
    embedding_tied_rnn_seq2seq,
    one2many_rnn_seq2seq,
    rnn_decoder,
    tied_rnn_seq2seq,
)

__all__ = [
    'attention_decoder',
    'basic_rnn_seq2seq',
    'embedding_attention_decoder',
    'embedding_attention_seq2seq',
    'embedding_rnn_decoder',
    'embedding_rnn_seq2seq',
    'embedding_tied_rnn_seq2seq',
    'model_with_buckets',
    'one2many_rnn_seq2seq',
    'rnn_decoder',
    'sequence_loss',
    'sequence_loss_by_example',
    'tied_rnn_seq2seq',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.legacy_seq2seq', name)
