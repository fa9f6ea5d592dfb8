"""Gaussian mixtures by expectation maximization, as graphs."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

import tf1 as tf

FULL_COVARIANCE, DIAG_COVARIANCE = 'full', 'diag'
_MIN_VARIANCE = 1e-3
"""Added to the variances, once when they are estimated and again when a density is taken from them."""


class GmmAlgorithm:
    """A mixture of `num_classes` Gaussians over points of `size` numbers.

    Its variables: `clusters` [num_classes, 1, size], the means; `clusters_covs`, the covariances, [num_classes, size,
    size], or [num_classes, size] if diagonal; `alphas` [num_classes], the weights; and `initialized`.

    Args:
      data: a list of [n, size] tensors.
      num_classes: number of Gaussians.
      initial_means: [num_classes, size]; rows of the data, chosen at random, if not given.
      params: what training changes: letters of 'w' (weights), 'm' (means) and 'c' (covariances).
      covariance_type: 'full' or 'diag'.
      random_seed: of the choice of the first means.

    Raises:
      Exception: `covariance_type` is none of these.
    """

    CLUSTERS_WEIGHT = 'alphas'
    CLUSTERS_VARIABLE = 'clusters'
    CLUSTERS_COVS_VARIABLE = 'clusters_covs'

    def __init__(
        self,
        data: Sequence[tf.Tensor],
        num_classes: int,
        initial_means: np.ndarray | tf.Tensor | None = None,
        params: str = 'wmc',
        covariance_type: str = FULL_COVARIANCE,
        random_seed: int = 0,
    ):
        if covariance_type not in (FULL_COVARIANCE, DIAG_COVARIANCE):
            raise Exception(  # The type of TF 1.15.
                f"covariance_type must be '{FULL_COVARIANCE}' or '{DIAG_COVARIANCE}', got {covariance_type!r}."
            )
        self._data = [tf.convert_to_tensor(points) for points in data]
        self._num_classes, self._params, self._type = num_classes, params, covariance_type
        self._random_seed = random_seed
        self._means = self._variable(self.CLUSTERS_VARIABLE, tf.zeros([0]))
        self._covs = self._variable(self.CLUSTERS_COVS_VARIABLE, tf.zeros([0]))
        self._alpha = self._variable(self.CLUSTERS_WEIGHT, tf.fill([num_classes], 1.0 / num_classes))
        self._initialized = tf.Variable(False, name='initialized')
        self._init_ops = self._initialize(initial_means)
        logs = [self._log_densities(points) for points in self._data]
        each = [tf.reduce_logsumexp(log, 1, keepdims=True) for log in logs]
        self._scores = tf.ensure_shape(tf.concat(each, 0), [None, 1])
        self._assignments = [[tf.argmax(log, 1)] for log in logs]
        shares = [tf.exp(log - score) for log, score in zip(logs, each, strict=True)]
        self._train_ops = self._maximize(shares)

    @staticmethod
    def _variable(name: str, start: tf.Tensor) -> tf.Variable:
        return tf.Variable(start, name=name, validate_shape=False)

    def init_ops(self) -> tf.Operation:
        """Returns the operation that sets the first means, covariances and weights."""
        return self._init_ops

    def training_ops(self) -> tf.Operation:
        """Returns the operation of one step, over all data."""
        return self._train_ops

    def is_initialized(self) -> tf.Variable:
        """Returns the variable that says whether `init_ops` has run."""
        return self._initialized

    def alphas(self) -> tf.Variable:
        """Returns the weights, [num_classes]."""
        return self._alpha

    def clusters(self) -> tf.Variable:
        """Returns the means, [num_classes, 1, size]."""
        return self._means

    def covariances(self) -> tf.Variable:
        """Returns the covariances."""
        return self._covs

    def assignments(self) -> list[list[tf.Tensor]]:
        """Returns for each tensor of data the index of each row's most likely Gaussian, [n], in a list of its own."""
        return self._assignments

    def scores(self) -> tf.Tensor:
        """Returns the logarithm of each row's density, [n, 1], of all tensors of data one after the other."""
        return self._scores

    def log_likelihood_op(self) -> tf.Tensor:
        """Returns the logarithm of the sum of all rows' densities, a scalar."""
        return tf.reduce_logsumexp(self._scores)

    def _initialize(self, initial_means: np.ndarray | tf.Tensor | None) -> tf.Operation:
        points = tf.concat(self._data, 0)
        number = tf.shape(points)[0]
        if initial_means is None:
            limit = tf.cast(number, tf.int64)
            rows = tf.random_uniform([self._num_classes], 0, limit, tf.int64, seed=self._random_seed)
            means = tf.gather(points, rows)
        else:
            means = tf.convert_to_tensor(initial_means, dtype=tf.float32)
        apart = points - tf.reduce_mean(points, 0, keepdims=True)
        others = tf.cast(number, tf.float32) - 1
        if self._type == FULL_COVARIANCE:
            size = tf.shape(points)[1]
            cov = tf.matmul(apart, apart, transpose_a=True) / others + _MIN_VARIANCE * tf.eye(size)
            times = [self._num_classes, 1, 1]
        else:
            cov = tf.reduce_sum(tf.square(apart), 0) / others + _MIN_VARIANCE
            times = [self._num_classes, 1]
        set_all = tf.group(
            tf.assign(self._means, means[:, tf.newaxis], validate_shape=False),
            tf.assign(self._covs, tf.tile(cov[tf.newaxis], times), validate_shape=False),
            tf.assign(self._alpha, tf.fill([self._num_classes], 1.0 / self._num_classes)),
        )
        with tf.control_dependencies([set_all]):
            return tf.assign(self._initialized, True).op

    def _log_densities(self, points: tf.Tensor) -> tf.Tensor:
        """Returns the logarithm of weight times density, [n, num_classes]."""
        size = points.shape[1].value or tf.shape(points)[1]
        apart = points[tf.newaxis] - self._means.read_value()
        covs = self._covs.read_value()
        if self._type == FULL_COVARIANCE:
            root = tf.linalg.cholesky(covs + _MIN_VARIANCE * tf.eye(size))
            white = tf.linalg.triangular_solve(root, tf.transpose(apart, [0, 2, 1]))
            distances = tf.reduce_sum(tf.square(white), 1)
            log_det = 2 * tf.reduce_sum(tf.log(tf.linalg.diag_part(root)), 1)
        else:
            variances = covs + _MIN_VARIANCE
            distances = tf.reduce_sum(tf.square(apart) / variances[:, tf.newaxis], 2)
            log_det = tf.reduce_sum(tf.log(variances), 1)
        constant = tf.cast(size, tf.float32) * math.log(2 * math.pi)
        return tf.transpose(-0.5 * (distances + (log_det + constant)[:, tf.newaxis])) + tf.log(self._alpha)

    def _maximize(self, shares: list[tf.Tensor]) -> tf.Operation:
        """Returns the operation that takes weights, means and covariances from each row's shares, [n, num_classes]."""
        points, share = tf.concat(self._data, 0), tf.concat(shares, 0)
        counts = tf.reduce_sum(share, 0)
        means = (tf.matmul(share, points, transpose_a=True) / counts[:, tf.newaxis])[:, tf.newaxis]
        centers = means if 'm' in self._params else self._means.read_value()
        apart = points[tf.newaxis] - centers
        weighted = tf.transpose(share)[:, :, tf.newaxis] * apart
        if self._type == FULL_COVARIANCE:
            covs = tf.matmul(weighted, apart, transpose_a=True) / counts[:, tf.newaxis, tf.newaxis]
            covs += _MIN_VARIANCE * tf.eye(tf.shape(points)[1])
        else:
            covs = tf.reduce_sum(weighted * apart, 1) / counts[:, tf.newaxis] + _MIN_VARIANCE
        alphas = counts / tf.cast(tf.shape(points)[0], tf.float32)
        new = {'m': (self._means, means), 'c': (self._covs, covs), 'w': (self._alpha, alphas)}
        chosen = [pair for letter, pair in new.items() if letter in self._params]
        with tf.control_dependencies([value for _, value in chosen]):
            return tf.group(*(tf.assign(variable, value, validate_shape=False) for variable, value in chosen))


def gmm(
    inp: tf.Tensor | Sequence[tf.Tensor],
    initial_clusters: str | np.ndarray | tf.Tensor,
    num_clusters: int,
    random_seed: int,
    covariance_type: str = FULL_COVARIANCE,
    params: str = 'wmc',
) -> tuple:
    """Builds the graph of a mixture of Gaussians.

    Args:
      inp: points, [n, size], or a list of such tensors.
      initial_clusters: 'random', or the means, [num_clusters, size].
      num_clusters: number of Gaussians.
      random_seed: of the choice of the first means.
      covariance_type: 'full' or 'diag'.
      params: what training changes; see `GmmAlgorithm`.

    Returns:
      The logarithm of the sum of all densities, each row's score [n, 1], the assignments, the training
      operation, the operation that initializes, and the variable that says whether it has run.
    """
    random = isinstance(initial_clusters, str) and initial_clusters == 'random'
    algorithm = GmmAlgorithm(
        inp if isinstance(inp, list) else [inp],
        num_clusters,
        None if random else initial_clusters,
        params,
        covariance_type,
        random_seed,
    )
    return (
        algorithm.log_likelihood_op(),
        algorithm.scores(),
        algorithm.assignments(),
        algorithm.training_ops(),
        algorithm.init_ops(),
        algorithm.is_initialized(),
    )
