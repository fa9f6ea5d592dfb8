"""`tf.contrib.text`: pairs of words for skip-gram models."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.text.skip_grams import skip_gram_sample
from tf1.contrib.text.vocabulary import skip_gram_sample_with_text_vocab

__all__ = ['skip_gram_sample', 'skip_gram_sample_with_text_vocab']


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.text', name)
