"""Keeps TensorFlow's advice to leave TF 1 out of the logs of programs that mean to stay."""

from __future__ import annotations

import logging
import warnings

# TensorFlow's one format for all its deprecation log lines ends in this sentence.
_DEPRECATION = 'Instructions for updating:'
_KERAS_RENAMED = 'is deprecated. Please use'


def _is_advice(record: logging.LogRecord) -> bool:
    text = str(record.msg)
    return _DEPRECATION in text or _KERAS_RENAMED in text


def silence_deprecations(logger: logging.Logger) -> None:
    """Drops TensorFlow's deprecation notices from `logger`, and tf_keras's `tf.layers` ones from warnings."""
    if not any(isinstance(f, _AdviceFilter) for f in logger.filters):
        logger.addFilter(_AdviceFilter())
    warnings.filterwarnings('ignore', message=r'`tf\.(layers|nn\.rnn_cell)\.', category=UserWarning)


class _AdviceFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        return not _is_advice(record)
