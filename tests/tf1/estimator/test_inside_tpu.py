"""Private modules of TPU programs; the values and types of errors are those of TF 1.15.5."""

from __future__ import annotations

import sys

import pytest
from tf1.contrib.tpu.python.tpu import error_handling, session_support, tpu_context, util

import tf1 as tf


def test_settings_are_checked():
    assert util.check_positive_integer(3, 'num') is None
    with pytest.raises(ValueError, match='num must be positive, got 0'):
        util.check_positive_integer(0, 'num')
    with pytest.raises(TypeError, match="num must be int, got <class 'float'>"):
        util.check_positive_integer(2.5, 'num')
    found = [tuple(util.parse_iterations_per_loop(each)) for each in (3, '3', '10s', '2m', '1h')]
    assert found == [(3, 'count'), (3, 'count'), (10, 'seconds'), (120, 'seconds'), (3600, 'seconds')]
    for wrong in ('007', '007s', 0, '0s', 'x', '5d', 2.5):
        with pytest.raises(ValueError, match='iterations_per_loop must be a positive integer, or a time'):
            util.parse_iterations_per_loop(wrong)


def test_the_hook_starts_the_input():
    with tf.Graph().as_default():
        iterator = tf.data.make_initializable_iterator(tf.data.Dataset.range(3))
        number = iterator.get_next()
        hook = util.MultiHostDatasetInitializerHook([iterator.initializer])
        with tf.train.MonitoredSession(hooks=[hook, session_support.GracefulShutdownHook('model.ckpt')]) as session:
            assert session.run(number) == 0
            assert session.run(number) == 1


def test_of_errors_the_one_that_says_most_is_raised():
    rendezvous = error_handling.ErrorRendezvous(3)
    rendezvous.raise_errors()
    with rendezvous.catch_errors('infeed'):
        raise tf.errors.CancelledError(None, None, 'closed')
    try:
        raise OSError('no such file')
    except OSError:
        rendezvous.record_error('reader', sys.exc_info())
    rendezvous.record_done('training')
    with pytest.raises(OSError, match='no such file'):
        rendezvous.raise_errors(timeout_sec=10)
    alone = error_handling.ErrorRendezvous(1)
    with alone.catch_errors('infeed'):
        raise tf.errors.CancelledError(None, None, 'closed')
    with pytest.raises(tf.errors.CancelledError, match='closed'):
        alone.raise_errors()


def test_a_context_is_made_on_tpus_alone():
    with pytest.raises(tf.errors.UnimplementedError, match='use_tpu=False has none'):
        tpu_context.TPUContext(None)


def test_sessions_without_a_tpu_are_not_watched(caplog):
    with tf.Graph().as_default(), tf.Session() as session:
        assert [name.rpartition('/')[2] for name in session_support.all_worker_devices(session)] == ['device:CPU:0']
        session_support.start_worker_watchdog(session)
    assert 'send no heartbeats' in caplog.text
    with pytest.raises(tf.errors.AbortedError, match='created anew'):
        session_support.ResetComputation()(None, None, None)
