"""`tf.contrib.learn.preprocessing`: texts as numbers of words."""

from __future__ import annotations

import collections
import pickle
import re
from collections.abc import Callable, Iterable, Iterator

import numpy as np

import tf1 as tf
from tf1._namespace import removed

__all__ = ['CategoricalVocabulary', 'VocabularyProcessor', 'tokenizer']

_TOKEN = re.compile(r'[A-Z]{2,}(?![a-z])|[A-Z][a-z]+(?=[A-Z])|[\'\w\-]+', re.UNICODE)


def tokenizer(iterator: Iterable[str]) -> Iterator[list[str]]:
    """Yields the words of each text; digits, hyphens and apostrophes belong to words."""
    for text in iterator:
        yield _TOKEN.findall(text)


class CategoricalVocabulary:
    """Numbers for words: 0 for unknown ones, then 1, 2, ... as they come, until it is frozen."""

    def __init__(self, unknown_token: str = '<UNK>', support_reverse: bool = True):
        self._unknown_token = unknown_token
        self._mapping = {unknown_token: 0}
        self._support_reverse = support_reverse
        self._words = [unknown_token]
        self._counts = collections.Counter()
        self._frozen = False

    def __len__(self) -> int:
        """The number of words, that for unknown ones included."""
        return len(self._mapping)

    def freeze(self, freeze: bool = True) -> None:
        """Makes all new words unknown, or lets them in again."""
        self._frozen = freeze

    def get(self, category: str) -> int:
        """Returns the number of a word; a new word gets the next one unless the vocabulary is frozen."""
        if category not in self._mapping:
            if self._frozen:
                return 0
            self._mapping[category] = len(self._mapping)
            self._words.append(category)
        return self._mapping[category]

    def add(self, category: str, count: int = 1) -> None:
        """Counts a word, unless the vocabulary is frozen and the word is new."""
        if self.get(category) > 0:
            self._counts[category] += count

    def trim(self, min_frequency: int, max_frequency: int = -1) -> None:
        """Keeps words counted more often than `min_frequency`, and at most `max_frequency` times if that is > 0.

        They are numbered anew, the most frequent first, words of equal frequency by their letters.
        """
        by_letters = sorted(self._counts.items())
        ordered = sorted(by_letters, key=lambda item: item[1], reverse=True)
        kept = [(word, count) for word, count in ordered if count > min_frequency and not 0 < max_frequency <= count]
        self._words = [self._unknown_token, *(word for word, _ in kept)]
        self._mapping = {word: number for number, word in enumerate(self._words)}
        self._counts = collections.Counter(dict(kept))

    def reverse(self, class_id: int) -> str:
        """Returns the word of a number.

        Raises:
          ValueError: the vocabulary was made without support for this.
        """
        if not self._support_reverse:
            raise ValueError('reverse needs a vocabulary made with support_reverse=True.')
        return self._words[class_id]


class VocabularyProcessor:
    """Makes rows of word numbers of texts, all of the same length, filled up with 0.

    Args:
      max_document_length: the length; later words are left out.
      min_frequency: words must be more frequent than this to have a number.
      vocabulary: to use; a new one if not given.
      tokenizer_fn: from texts to lists of words; `tokenizer` if not given.
    """

    def __init__(
        self,
        max_document_length: int,
        min_frequency: int = 0,
        vocabulary: CategoricalVocabulary | None = None,
        tokenizer_fn: Callable[[Iterable[str]], Iterable[list[str]]] | None = None,
    ):
        self.max_document_length = max_document_length
        self.min_frequency = min_frequency
        self.vocabulary_ = vocabulary or CategoricalVocabulary()
        self._tokenizer = tokenizer_fn or tokenizer

    def fit(self, raw_documents: Iterable[str], unused_y: object = None) -> VocabularyProcessor:
        """Learns the words of texts and freezes the vocabulary."""
        for tokens in self._tokenizer(raw_documents):
            for token in tokens:
                self.vocabulary_.add(token)
        if self.min_frequency > 0:
            self.vocabulary_.trim(self.min_frequency)
        self.vocabulary_.freeze()
        return self

    def fit_transform(self, raw_documents: Iterable[str], unused_y: object = None) -> Iterator[np.ndarray]:
        """Learns the words of texts and yields their rows."""
        self.fit(raw_documents)
        return self.transform(raw_documents)

    def transform(self, raw_documents: Iterable[str]) -> Iterator[np.ndarray]:
        """Yields a row for each text, `[max_document_length]` int64."""
        for tokens in self._tokenizer(raw_documents):
            row = np.zeros(self.max_document_length, np.int64)
            numbers = [self.vocabulary_.get(token) for token in tokens[: self.max_document_length]]
            row[: len(numbers)] = numbers
            yield row

    def reverse(self, documents: Iterable[Iterable[int]]) -> Iterator[str]:
        """Yields the words of each row with spaces between them."""
        for row in documents:
            yield ' '.join(self.vocabulary_.reverse(number) for number in row)

    def save(self, filename: str) -> None:
        """Writes the processor to a file."""
        with tf.gfile.Open(filename + '.part', 'wb') as file:
            file.write(pickle.dumps(self))
        tf.gfile.Rename(filename + '.part', filename, overwrite=True)

    @classmethod
    def restore(cls, filename: str) -> VocabularyProcessor:
        """Returns a processor that `save` wrote. Pickles run code: open only files of your own."""
        with tf.gfile.Open(filename, 'rb') as file:
            return pickle.loads(file.read())


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.learn.preprocessing', name)
