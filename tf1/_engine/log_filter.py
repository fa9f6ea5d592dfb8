"""Keeps TensorFlow's advice to leave TF 1 out of the logs of programs that mean to stay."""

from __future__ import annotations

import logging
import warnings

_UNWANTED = (
    # TensorFlow's one format for all its deprecation log lines ends in this sentence.
    'Instructions for updating:',
    'is deprecated. Please use',
    # tf_keras's MultiRNNCell logs what the other cells warn of.
    '`tf.nn.rnn_cell.',
    # Two lines around every checkpoint, listeners or not, that TF 1.15 did not print.
    'Calling checkpoint listeners',
)


def install() -> None:
    """Drops TensorFlow's deprecation notices from its logger, and tf_keras's `tf.layers` ones from warnings."""
    silence(logging.getLogger('tensorflow'))


def silence(logger: logging.Logger) -> None:
    """Drops the notices from `logger`, and from warnings those of tf_keras, TFLite and linear_model (`layer.`).

    One of tf_keras's comes at the first `predict` of each model in a graph (`Model.state_updates`), one with
    each `Adam(lr=0.01)`.
    """
    if not any(isinstance(f, _AdviceFilter) for f in logger.filters):
        logger.addFilter(_AdviceFilter())
    for message in (
        r'`(tf\.(layers|nn\.rnn_cell)|layer|[Mm]odel)\.',
        'The `lr` argument is deprecated',
        r'\s*Warning: tf\.lite\.Interpreter is deprecated',
    ):
        warnings.filterwarnings('ignore', message=message, category=UserWarning)


class _AdviceFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        return not any(text in str(record.msg) for text in _UNWANTED)
