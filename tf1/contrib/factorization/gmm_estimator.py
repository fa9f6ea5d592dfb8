"""`GMM`: an Estimator of mixtures of Gaussians."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import numpy as np

import tf1 as tf
from tf1.contrib.factorization import gmm_ops
from tf1.contrib.learn.estimator import Estimator
from tf1.contrib.learn.model_fn import ModelFnOps


class GMM(Estimator):
    """Clusters points by a mixture of Gaussians, all points in each step.

    Input functions return points, [n, size], or a dictionary of [n, size] tensors that are joined in the order of their
    keys; labels are ignored.

    Args:
      num_clusters: number of Gaussians.
      model_dir: folder of checkpoints and event files; None takes `config`'s, or else a new temporary folder.
      random_seed: of the choice of the first means.
      params: what training changes: letters of 'w' (weights), 'm' (means) and 'c' (covariances).
      initial_clusters: 'random', or the means, [num_clusters, size].
      covariance_type: 'full' or 'diag'.
      config: a RunConfig; None for the default one.
    """

    SCORES = 'scores'
    LOG_LIKELIHOOD = 'loss'
    ASSIGNMENTS = 'assignments'

    def __init__(
        self,
        num_clusters: int,
        model_dir: str | os.PathLike | None = None,
        random_seed: int = 0,
        params: str = 'wmc',
        initial_clusters: str | np.ndarray | tf.Tensor = 'random',
        covariance_type: str = gmm_ops.FULL_COVARIANCE,
        config: tf.estimator.RunConfig | None = None,
    ):
        def model_fn(features: object, labels: object, mode: str, config: tf.estimator.RunConfig) -> ModelFnOps:
            del labels
            graph = gmm_ops.gmm(_points(features), initial_clusters, num_clusters, random_seed, covariance_type, params)
            likelihood, scores, assignments, train_op, init_op, initialized = graph
            tf.summary.scalar('loss/raw', likelihood)
            step = tf.train.get_global_step()
            return ModelFnOps(
                mode,
                predictions={self.ASSIGNMENTS: assignments[0][0]},
                eval_metric_ops={self.SCORES: tf.contrib.metrics.streaming_concat(scores)},
                loss=likelihood,
                train_op=tf.group(train_op, tf.assign_add(step, 1)) if step is not None else train_op,
                training_hooks=[_InitializeHook(init_op, initialized, config.is_chief)],
            )

        super().__init__(model_fn, model_dir, config)

    def predict_assignments(
        self, input_fn: Callable | None = None, batch_size: int | None = None, outputs: list[str] | None = None
    ) -> Iterator[int]:
        """Yields the index of each point's most likely Gaussian."""
        for row in self.predict(input_fn=input_fn, batch_size=batch_size, outputs=outputs):
            yield row[self.ASSIGNMENTS]

    def score(
        self, input_fn: Callable | None = None, batch_size: int | None = None, steps: int | None = None
    ) -> np.float32:
        """Returns the logarithm of the sum of all points' densities; the mean of that over several steps."""
        return self.evaluate(input_fn=input_fn, batch_size=batch_size, steps=steps)[self.LOG_LIKELIHOOD]

    def weights(self) -> np.ndarray:
        """Returns the weights of the Gaussians, [num_clusters]."""
        return self.get_variable_value(gmm_ops.GmmAlgorithm.CLUSTERS_WEIGHT)

    def clusters(self) -> np.ndarray:
        """Returns the means, [num_clusters, size]."""
        return np.squeeze(self.get_variable_value(gmm_ops.GmmAlgorithm.CLUSTERS_VARIABLE), 1)

    def covariances(self) -> np.ndarray:
        """Returns the covariances, [num_clusters, size, size], or the variances, [num_clusters, size]."""
        return self.get_variable_value(gmm_ops.GmmAlgorithm.CLUSTERS_COVS_VARIABLE)


def _points(features: object) -> tf.Tensor:
    if isinstance(features, dict):
        return tf.concat([features[key] for key in sorted(features)], 1)
    return features


class _InitializeHook(tf.train.SessionRunHook):
    """Sets the first means before training."""

    def __init__(self, init_op: tf.Operation, initialized: tf.Variable, is_chief: bool):
        self._init_op, self._initialized, self._is_chief = init_op, initialized, is_chief

    def after_create_session(self, session: tf.Session, coord: tf.train.Coordinator) -> None:
        if self._is_chief and not session.run(self._initialized):
            session.run(self._init_op)
