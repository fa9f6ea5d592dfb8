"""What training of boosted trees does around its steps."""

from __future__ import annotations

import tensorflow.compat.v1 as tf

from tf1.estimator.canned.boosted_trees.ensemble import Ensemble


class StopWhenGrown(tf.train.SessionRunHook):
    """Stops once there are enough trees, or once twice as many layers as these have were begun.

    Args:
      ensemble: the trees.
      n_trees: how many are wanted.
      max_depth: how many layers a tree has.
    """

    def __init__(self, ensemble: Ensemble, n_trees: int, max_depth: int):
        self._counts = (ensemble.finalized_count, ensemble.layers_attempted)
        self._most_trees = n_trees
        self._most_layers = 2 * n_trees * max_depth

    def after_run(self, run_context: tf.train.SessionRunContext, run_values: tf.train.SessionRunValues) -> None:
        """Looks at what the step left."""
        del run_values
        trees, layers = run_context.session.run(self._counts)
        if trees >= self._most_trees or layers > self._most_layers:
            run_context.request_stop()


class RunAtStart(tf.train.SessionRunHook):
    """Runs an operation once the session has its variables."""

    def __init__(self, operation: tf.Operation):
        self._operation = operation

    def after_create_session(self, session: tf.Session, coord: tf.train.Coordinator) -> None:
        """Runs it."""
        del coord
        session.run(self._operation)
