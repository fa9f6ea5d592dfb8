"""Times the small trainings of tests/golden/seeded_trainings, as `benchmarks.programs` asks: under TF 1.15.5 or `tf1`.

Usage: python programs_contender.py tensorflow|tf1. Reads one training's name a line, answers with its steps per second,
both as JSON. Each is trained in a session whose ConfigProto says nothing, with NumPy batches fed where it has
placeholders.
"""

import importlib
import json
import os
import sys
import time
import warnings

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '2')
warnings.simplefilter('ignore')
_ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..')
sys.path[:0] = [os.path.join(_ROOT, 'tests', 'golden', 'seeded_trainings'), os.path.join(_ROOT, 'tools', 'golden')]

WARM_UP_STEPS = 30
STEPS = 350


class Timed(Exception):
    """Carries the steps per second out of a training."""


def timed_losses(tf, loss, train_op, steps=None, feed=None, before=None):
    """Stands in for `common.losses`: the same loop, for longer, with a clock."""
    with tf.Session() as running:
        running.run([tf.global_variables_initializer(), tf.local_variables_initializer(), tf.tables_initializer()])
        if before is not None:
            running.run(before)
        for step in range(WARM_UP_STEPS + STEPS):
            if step == WARM_UP_STEPS:
                start = time.perf_counter()
            running.run([loss, train_op], feed(step) if callable(feed) else feed)
        raise Timed(STEPS / (time.perf_counter() - start))


def main(module):
    """Answers requests until standard input ends."""
    answers, sys.stdout = sys.stdout, sys.stderr
    tf = importlib.import_module(module)
    tf.logging.set_verbosity(tf.logging.ERROR)
    common = importlib.import_module('common')
    common.losses = timed_losses
    seeded = importlib.import_module('seeded_trainings')
    every = seeded.trainings()
    for line in sys.stdin:
        name = json.loads(line)
        value = None
        try:
            seeded.run(tf, every[name])
        except Timed as timed:
            (value,) = timed.args
        except tf.errors.OutOfRangeError:
            pass  # Its input is too short.
        print(json.dumps(value), file=answers, flush=True)


if __name__ == '__main__':
    main(*sys.argv[1:])
