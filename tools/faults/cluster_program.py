"""Trains system A1 on a slice of MNIST in one process of a cluster, which TF_CONFIG describes.

    python -m tools.faults.cluster_program MODEL_DIR MAX_STEPS HURRY

Steps take 0.1 seconds until the file HURRY is there.
"""

from __future__ import annotations

import logging
import os
import sys
import time

import tf1 as tf
from estimators import inputs, linear
from tf1.datasets import mnist


class SlowUntil(tf.train.SessionRunHook):
    """Waits in each step as long as a file is not there."""

    def __init__(self, path: str):
        self._path = path

    def after_run(self, run_context: tf.train.SessionRunContext, run_values: tf.train.SessionRunValues) -> None:
        """Waits."""
        if not os.path.exists(self._path):
            time.sleep(0.1)


def main(model_dir: str, max_steps: int, hurry: str) -> None:
    """Plays this process's part."""
    tf.get_logger().setLevel(logging.INFO)
    data = mnist.load()
    train = inputs.examples(data.train_images[:2000], data.train_labels[:2000])
    test = inputs.examples(data.test_images[:500], data.test_labels[:500])
    config = tf.estimator.RunConfig(
        tf_random_seed=1, save_checkpoints_steps=20, log_step_count_steps=10, experimental_max_worker_delay_secs=0
    )
    estimator = tf.estimator.Estimator(linear.model_fn, model_dir, config, vars(linear.ORIGINAL))
    tf.estimator.train_and_evaluate(
        estimator,
        tf.estimator.TrainSpec(inputs.train_input_fn(train, batch_size=100), max_steps, [SlowUntil(hurry)]),
        tf.estimator.EvalSpec(inputs.eval_input_fn(test), steps=None, start_delay_secs=0, throttle_secs=0),
    )


if __name__ == '__main__':
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
