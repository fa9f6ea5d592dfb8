"""Private names of TF 1 that programs import from below `tf.contrib` and from `rnn_cell_impl`."""

from __future__ import annotations

import importlib

# Area -> old name -> where it is now: a module below tf1 and a name in it.
_PLACES = {
    'contrib.rnn': {'_Linear': 'contrib.rnn.weights.Linear', '_linear': 'contrib.rnn.weights.linear'},
    'contrib.seq2seq': {
        '_BaseAttentionMechanism': 'contrib.seq2seq.attention.MemoryAttention',
        '_bahdanau_score': 'contrib.seq2seq.attention.weighted_score',
        '_compute_attention': 'contrib.seq2seq.attention_wrapper.attend',
        '_luong_score': 'contrib.seq2seq.attention.dot_score',
    },
    'nn.rnn_cell': {
        '_Linear': 'contrib.rnn.weights.Linear',
        '_concat': 'contrib.rnn.sizes.joined',
        '_zero_state_tensors': 'contrib.rnn.sizes.zeros_of',
    },
}


def find(area: str, name: str) -> object | None:
    """Returns what `name` was in a private module of `area` ('contrib.rnn.rnn_cell'), or None."""
    for place, names in _PLACES.items():
        if name in names and f'{area}.'.startswith(f'{place}.'):
            module, _, now = names[name].rpartition('.')
            return getattr(importlib.import_module(f'tf1.{module}'), now)
    return None
