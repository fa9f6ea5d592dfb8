from __future__ import annotations

import logging
import threading

import numpy as np
import pytest

import tf1 as tf
from tf1._run import queue_threads


@pytest.mark.parametrize('waiting', [True, False], ids=['threads that wait', 'threads that work'])
def test_queue_runners_that_are_left_behind_end_without_a_word(capfd, waiting):
    with tf.Graph().as_default():
        queue = tf.FIFOQueue(4 if waiting else 10**6, tf.float32, shapes=[[]])
        tf.train.add_queue_runner(tf.train.QueueRunner(queue, [queue.enqueue(tf.random_normal([]))] * 4))
        session = tf.Session()
        threads = tf.train.start_queue_runners(session)
        session.run(queue.dequeue())
        assert all(thread.is_alive() for thread in threads)
        hook = threading.excepthook
        queue_threads.stop()
    assert not any(thread.is_alive() for thread in threads)
    assert threading.excepthook is hook
    assert not logging.getLogger('tensorflow').disabled
    printed = capfd.readouterr()
    assert 'cancelled' not in printed.err.lower()
    assert 'Exception' not in printed.out + printed.err
    with pytest.raises(RuntimeError, match='closed Session'):
        session.run(np.float32(1))


def test_without_queue_runners_other_threads_and_sessions_stay(capfd):
    ended = threading.Event()
    other = threading.Thread(target=ended.wait, daemon=True)
    other.start()
    with tf.Graph().as_default(), tf.Session() as session:
        queue_threads.stop()
        assert other.is_alive()
        assert session.run(tf.constant(3)) == 3
    ended.set()
    other.join()
