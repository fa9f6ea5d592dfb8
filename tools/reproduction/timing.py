"""How long a reproduction takes: what was noted of each system, times how much slower this machine is.

What was noted (`documents.System.seconds`) comes from two cores of an Intel Xeon with AVX-512. The same probe, a few
training steps of a small network, has run there and runs here; what systems really take here counts for more.
"""

from __future__ import annotations

import statistics
import time

import numpy as np
import tensorflow.compat.v1 as tf

from tools.reproduction.documents import SYSTEMS

START_SECONDS = 9
"""What a process takes to start, to evaluate and to draw."""
_PROBE_SECONDS = 0.0078
"""What a step of the probe took where the systems' seconds were noted."""
_WARM_UP, _STEPS = 3, 15
_PROBE_COUNTS_FOR = 20.0


def cost(model: str, amount: int, done: float = 0.0) -> float:
    """Returns the noted seconds of a system's training of `amount` units, the share `done` of which is over."""
    return START_SECONDS + SYSTEMS[model].seconds * amount * (1 - done)


class Pace:
    """How many times longer than noted things take here.

    Args:
      slowness: what the probe says; it counts as much as a training of 20 noted seconds.
    """

    def __init__(self, slowness: float):
        self._noted = _PROBE_COUNTS_FOR
        self._took = _PROBE_COUNTS_FOR * slowness

    def learn(self, noted: float, took: float) -> None:
        """Takes in that what was noted with `noted` seconds took `took` here."""
        self._noted += noted
        self._took += took

    def of(self, noted: float) -> float:
        """Returns what will be taken here by what was noted with `noted` seconds."""
        return noted * self._took / self._noted


def slowness() -> float:
    """Returns how many times longer than noted the probe takes on this machine as busy as it is now."""
    generator = np.random.default_rng(0)
    images = generator.random((64, 28, 28, 1), np.float32)
    with tf.Graph().as_default():
        filters = [tf.Variable(generator.random(shape, np.float32)) for shape in ((5, 5, 1, 16), (5, 5, 16, 36))]
        values = tf.constant(images)
        for each in filters:
            values = tf.nn.max_pool(tf.nn.relu(tf.nn.conv2d(values, each, 1, 'SAME')), 2, 2, 'SAME')
        step = tf.train.GradientDescentOptimizer(1e-6).minimize(tf.reduce_mean(values))
        with tf.Session() as session:
            session.run(tf.global_variables_initializer())
            took = [_seconds(session, step) for _ in range(_WARM_UP + _STEPS)]
    return statistics.median(took[_WARM_UP:]) / _PROBE_SECONDS


def _seconds(session: tf.Session, step: tf.Operation) -> float:
    start = time.perf_counter()
    session.run(step)
    return time.perf_counter() - start


def words(seconds: float) -> str:
    """Returns a time for a person to plan by, such as 'about 12 minutes'."""
    minutes = seconds / 60
    if minutes < 1:
        return 'less than a minute'
    if minutes < 90:
        return f'about {round(minutes)} minute{"s" * (round(minutes) > 1)}'
    return f'about {minutes / 60:.1f} hours'
