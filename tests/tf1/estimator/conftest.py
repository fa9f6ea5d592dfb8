from __future__ import annotations

import glob
import logging
import os

import pytest

import tf1 as tf


def line_fn(features, labels, mode):
    """`y = w * x` with w = 0 and SGD at 0.25. On x = y = 1 the error 1 - w halves in every step:
    w = 1 - 0.5 ** n after n steps, and the loss that step n reports is 0.25 ** (n - 1)."""
    w = tf.get_variable('w', shape=[], initializer=tf.zeros_initializer())
    predictions = {'x': features['x'], 'y': w * features['x']}
    if mode == tf.estimator.ModeKeys.PREDICT:
        return tf.estimator.EstimatorSpec(mode, predictions=predictions)
    loss = tf.reduce_mean(tf.square(labels - predictions['y']))
    train_op = tf.train.GradientDescentOptimizer(0.25).minimize(loss, global_step=tf.train.get_global_step())
    metrics = {'mean_y': tf.metrics.mean(predictions['y'])}
    return tf.estimator.EstimatorSpec(mode, predictions, loss, train_op, metrics)


@pytest.fixture(scope='session')
def line_model_fn():
    return line_fn


@pytest.fixture(scope='session')
def ones():
    """An endless input: two rows with x = y = 1."""
    return lambda: ({'x': tf.ones([2])}, tf.ones([2]))


@pytest.fixture
def graph():
    """A new default graph for the test."""
    with tf.Graph().as_default() as graph:
        yield graph


@pytest.fixture
def model_dir(tmp_path):
    """A folder that is not there yet, as a string; its event files are closed after the test."""
    yield str(tmp_path / 'model')
    tf.summary.FileWriterCache.clear()


@pytest.fixture
def make_line(model_dir):
    """Makes Estimators of the line model in `model_dir`: `make_line(keep_checkpoint_max=2, ...)`."""

    def make(model_fn=line_fn, params=None, **settings):
        return tf.estimator.Estimator(model_fn, model_dir, tf.estimator.RunConfig(**settings), params)

    return make


@pytest.fixture
def log():
    """The messages that go to TensorFlow's logger from here on."""
    messages = []
    handler = logging.Handler()
    handler.emit = lambda record: messages.append(record.getMessage())
    logger = tf.get_logger()
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield messages
    logger.removeHandler(handler)
    logger.setLevel(level)


@pytest.fixture
def summaries():
    """Reads `(step, tag, value)` from the event files of a folder, in order; a tensor comes as its proto."""

    def read(folder):
        found = []
        for path in sorted(glob.glob(os.path.join(folder, 'events.out.tfevents.*'))):
            for event in tf.train.summary_iterator(path):
                for value in event.summary.value:
                    is_scalar = value.HasField('simple_value')
                    found.append((event.step, value.tag, value.simple_value if is_scalar else value.tensor))
        return found

    return read


class Recorder(tf.train.SessionRunHook):
    """Writes down, into a list shared by several hooks, which of its methods is called."""

    def __init__(self, calls, name='', fetches=None):
        self.calls = calls
        self.name = name
        self.fetches = fetches
        self.results = []

    def begin(self):
        self.calls.append(f'{self.name}begin')

    def after_create_session(self, session, coord):
        self.calls.append(f'{self.name}after_create_session')

    def before_run(self, run_context):
        self.calls.append(f'{self.name}before_run')
        return self.fetches if self.fetches is None else tf.train.SessionRunArgs(self.fetches)

    def after_run(self, run_context, run_values):
        self.calls.append(f'{self.name}after_run')
        self.results.append(run_values.results)

    def end(self, session):
        self.calls.append(f'{self.name}end')


@pytest.fixture
def recorder():
    return Recorder
