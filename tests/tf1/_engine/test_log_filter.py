from __future__ import annotations

import logging
import warnings

import pytest

import tf1 as tf
from tf1._engine import log_filter


@pytest.fixture
def logger():
    """A logger of its own, whose messages are kept in `messages`."""
    logger = logging.Logger('quiet')
    logger.messages = []
    handler = logging.Handler()
    handler.emit = lambda record: logger.messages.append(record.getMessage())
    logger.addHandler(handler)
    with warnings.catch_warnings():
        log_filter.silence(logger)
    return logger


def test_advice_to_leave_tf_1_is_dropped(logger):
    logger.warning('From %s: %s (from %s) is deprecated.\nInstructions for updating:\n%s', 'a.py:3', 'f', 'm', 'Use g.')
    logger.warning('The name tf.foo is deprecated. Please use tf.bar instead.')
    logger.warning('`tf.nn.rnn_cell.MultiRNNCell` is deprecated. This class is equivalent as ...')
    logger.info('Calling checkpoint listeners before saving checkpoint %d...', 3)
    logger.info('Calling checkpoint listeners after saving checkpoint %d...', 3)
    assert logger.messages == []


@pytest.mark.parametrize(
    ('message', 'arguments'),
    [
        ('loss = %s, step = %d', (1.0, 2)),
        ('Saving checkpoints for 0 into %s.', ('/m',)),
        ('100% of it', ()),
        ('%s', ('Instructions for updating: of the user',)),
    ],
)
def test_everything_else_is_kept(logger, message, arguments):
    logger.warning(message, *arguments)
    assert logger.messages == [message % arguments if arguments else message]


def test_what_is_no_text_is_kept(logger):
    logger.error(ValueError('mine'))
    assert logger.messages == ['mine']


def test_silencing_twice_adds_one_filter(logger):
    with warnings.catch_warnings():
        log_filter.silence(logger)
    assert len(logger.filters) == 1


def test_tensorflows_logger_is_silenced_by_the_import():
    assert sum(isinstance(f, log_filter._AdviceFilter) for f in tf.get_logger().filters) == 1


def test_warnings_of_tf_layers_are_ignored_and_others_are_not():
    with warnings.catch_warnings():
        warnings.simplefilter('error')
        log_filter.silence(logging.Logger('other'))
        warnings.warn('`tf.layers.dense` is deprecated and will be removed', UserWarning, stacklevel=1)
        warnings.warn('`tf.nn.rnn_cell.BasicLSTMCell` is deprecated', UserWarning, stacklevel=1)
        warnings.warn('`Model.state_updates` will be removed', UserWarning, stacklevel=1)
        warnings.warn('`model.fit_generator` is deprecated', UserWarning, stacklevel=1)
        warnings.warn('The `lr` argument is deprecated, use `learning_rate` instead.', UserWarning, stacklevel=1)
        with pytest.raises(UserWarning, match='of the user'):
            warnings.warn('of the user', UserWarning, stacklevel=1)
        with pytest.raises(DeprecationWarning):
            warnings.warn('`tf.layers.dense` is deprecated', DeprecationWarning, stacklevel=1)
