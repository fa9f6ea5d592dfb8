"""The Wishart distribution of positive definite matrices, by the ways to give its scale."""

from __future__ import annotations

from typing import Any

import numpy as np

import tf1 as tf
from tf1.contrib.distributions import parameters, scales
from tf1.contrib.distributions.scalar import Distribution
from tf1.contrib.distributions.seeds import derived_seed


class _Wishart(Distribution):
    """The Wishart distribution of matrices [p, p] with scale matrix S S^T."""

    def __init__(
        self,
        df: Any,
        scale_operator: tf.linalg.LinearOperator,
        cholesky_input_output_matrices: bool,
        validate_args: bool,
        allow_nan_stats: bool,
        name: str,
        given: dict[str, Any],
    ):
        with tf.name_scope(name) as name, tf.name_scope('init', values=[df]):
            if not scale_operator.dtype.is_floating:
                raise TypeError(f'scale must have a floating type, got {scale_operator.dtype.name}.')
            self._scale_operator = scale_operator
            self._cholesky = cholesky_input_output_matrices
            self._df = tf.convert_to_tensor(df, scale_operator.dtype, name='df')
            known = scale_operator.domain_dimension.value
            if known is None:
                self._dimension = tf.cast(scale_operator.domain_dimension_tensor(), scale_operator.dtype)
            else:
                self._dimension = tf.constant(known, scale_operator.dtype, name='dimension')
            self._check_df(validate_args)
        super().__init__(
            dtype=scale_operator.dtype,
            reparameterization_type=tf.distributions.FULLY_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            parameters=given,
            graph_parents=[self._df, self._dimension],
            name=name,
        )

    def _check_df(self, validate_args: bool) -> None:
        constant = tf.get_static_value(self._df)
        size = self._scale_operator.domain_dimension.value
        if constant is not None and size is not None:
            if np.any(constant < size):
                raise ValueError(f'df must be >= {size}, the dimension of the scale, got {constant.tolist()}.')
        elif validate_args:
            check = tf.assert_less_equal(self._dimension, self._df, message='df must be >= the dimension of the scale')
            with tf.control_dependencies([check]):
                self._df = tf.identity(self._df)

    @property
    def df(self) -> tf.Tensor:
        """Degrees of freedom [...]."""
        return self._df

    @property
    def scale_operator(self) -> tf.linalg.LinearOperator:
        """The factor S of the scale, an operator [..., p, p]."""
        return self._scale_operator

    @property
    def cholesky_input_output_matrices(self) -> bool:
        """Whether samples and arguments are Cholesky factors."""
        return self._cholesky

    @property
    def dimension(self) -> tf.Tensor:
        """The number p of rows, as a float."""
        return self._dimension

    def scale(self) -> tf.Tensor:
        """Returns the scale matrix [..., p, p], or its factor where matrices are Cholesky factors."""
        dense = self.scale_operator.to_dense()
        return dense if self._cholesky else self._square()

    def mean_log_det(self, name: str = 'mean_log_det') -> tf.Tensor:
        """Returns the mean of log|X|, [...]."""
        with self._name_scope(name):
            logs = self._dimension * np.log(2.0) + 2 * self.scale_operator.log_abs_determinant()
            return self._multi_digamma(0.5 * self.df) + logs

    def log_normalization(self, name: str = 'log_normalization') -> tf.Tensor:
        """Returns the logarithm of what the density is divided by, [...]."""
        with self._name_scope(name):
            of_scale = self.df * self.scale_operator.log_abs_determinant()
            return of_scale + 0.5 * self.df * self._dimension * np.log(2.0) + self._multi_lgamma(0.5 * self.df)

    def _batch_shape_tensor(self) -> tf.Tensor:
        return tf.broadcast_dynamic_shape(tf.shape(self.df), self.scale_operator.batch_shape_tensor())

    def _batch_shape(self) -> tf.TensorShape:
        return tf.broadcast_static_shape(self.df.shape, self.scale_operator.batch_shape)

    def _event_shape_tensor(self) -> tf.Tensor:
        size = self.scale_operator.domain_dimension_tensor()
        return tf.stack([size, size])

    def _event_shape(self) -> tf.TensorShape:
        size = self.scale_operator.domain_dimension
        return tf.TensorShape([size, size])

    def _sample_n(self, n: tf.Tensor, seed: int | None = None) -> tf.Tensor:
        batch_shape, event_shape = self.batch_shape_tensor(), self.event_shape_tensor()
        ndims = tf.shape(batch_shape)[0] + 3
        shape = parameters.leading_and(n, batch_shape, event_shape)
        normal = tf.random_normal(shape, dtype=self.dtype, seed=seed)
        df = self.df * tf.ones(self.scale_operator.batch_shape_tensor(), self.dtype)
        # Bartlett's decomposition: chi variables on the diagonal, normal ones below.
        gamma = tf.random_gamma(
            [n],
            alpha=self._gamma_sequence(0.5 * df),
            beta=0.5,
            dtype=self.dtype,
            seed=derived_seed(seed, 'wishart'),
        )
        factor = tf.matrix_set_diag(tf.matrix_band_part(normal, -1, 0), tf.sqrt(gamma))
        # The operator takes the samples as further columns.
        last = tf.transpose(factor, tf.concat([tf.range(1, ndims), [0]], 0))
        columns = tf.reshape(last, tf.concat([batch_shape, [event_shape[0]], [-1]], 0))
        product = tf.reshape(self.scale_operator.matmul(columns), tf.concat([batch_shape, event_shape, [n]], 0))
        x = tf.transpose(product, tf.concat([[ndims - 1], tf.range(0, ndims - 1)], 0))
        return x if self._cholesky else tf.matmul(x, x, adjoint_b=True)

    def _log_prob(self, x: tf.Tensor) -> tf.Tensor:
        factor = x if self._cholesky else tf.cholesky(x)
        known, batch_ndims = factor.shape.ndims, self.batch_shape.ndims
        if known is not None and batch_ndims is not None and known < batch_ndims + 2:
            solved = self.scale_operator.solve(factor)  # One matrix for the whole batch.
        else:
            solved = self._solved(factor)
        trace = tf.reduce_sum(tf.square(solved), axis=[-2, -1])
        log_det = tf.reduce_sum(tf.log(tf.matrix_diag_part(factor)), axis=[-1])
        return (self.df - self._dimension - 1.0) * log_det - 0.5 * trace - self.log_normalization()

    def _solved(self, factor: tf.Tensor) -> tf.Tensor:
        """Returns S^-1 times `factor` [sample..., batch..., p, p], with the samples as further columns."""
        batch_shape, event_shape = self.batch_shape_tensor(), self.event_shape_tensor()
        ndims = tf.rank(factor)
        sample_ndims = ndims - tf.shape(batch_shape)[0] - 2
        sample_shape = tf.strided_slice(tf.shape(factor), [0], [sample_ndims])
        last = tf.transpose(factor, tf.concat([tf.range(sample_ndims, ndims), tf.range(0, sample_ndims)], 0))
        rows = [tf.cast(self._dimension, tf.int32), -1]
        solved = self.scale_operator.solve(tf.reshape(last, tf.concat([batch_shape, rows], 0)))
        solved = tf.reshape(solved, tf.concat([batch_shape, event_shape, sample_shape], 0))
        order = tf.range(ndims - sample_ndims, ndims), tf.range(0, ndims - sample_ndims)
        return tf.transpose(solved, tf.concat(order, 0))

    def _entropy(self) -> tf.Tensor:
        half_excess = 0.5 * (self.df - self._dimension - 1.0)
        return self.log_normalization() - half_excess * self.mean_log_det() + 0.5 * self.df * self._dimension

    def _mean(self) -> tf.Tensor:
        if self._cholesky:
            return tf.sqrt(self.df)[..., tf.newaxis, tf.newaxis] * self.scale_operator.to_dense()
        return self.df[..., tf.newaxis, tf.newaxis] * self._square()

    def _variance(self) -> tf.Tensor:
        square = self._square()
        diagonal = tf.matrix_diag_part(square)[..., tf.newaxis]
        outer = tf.matmul(diagonal, diagonal, adjoint_b=True)
        variance = self.df[..., tf.newaxis, tf.newaxis] * (tf.square(square) + outer)
        return tf.cholesky(variance) if self._cholesky else variance

    def _stddev(self) -> tf.Tensor:
        if self._cholesky:
            raise ValueError('stddev has no meaning with cholesky_input_output_matrices=True; use variance.')
        # As in TF 1.15: the Cholesky factor, not the root of each number.
        return tf.cholesky(self._variance())

    def _mode(self) -> tf.Tensor:
        excess = self.df - self._dimension - 1.0
        excess = tf.where(excess < 0.0, tf.fill(tf.shape(excess), tf.constant(np.nan, self.dtype)), excess)
        if self._cholesky:
            return tf.sqrt(excess)[..., tf.newaxis, tf.newaxis] * self.scale_operator.to_dense()
        return excess[..., tf.newaxis, tf.newaxis] * self._square()

    def _square(self) -> tf.Tensor:
        dense = self.scale_operator.to_dense()
        return tf.matmul(dense, dense, adjoint_b=True)

    def _gamma_sequence(self, a: tf.Tensor) -> tf.Tensor:
        """Returns a, a - 1/2, ... a - (p - 1) / 2, [..., p]."""
        with self._name_scope('multi_gamma_sequence'):
            zero = tf.constant(0.0, self.dtype)
            last = 0.5 - 0.5 * self._dimension
            return tf.linspace(zero, last, tf.cast(self._dimension, tf.int32)) + tf.expand_dims(a, [-1])

    def _multi_lgamma(self, a: tf.Tensor) -> tf.Tensor:
        with self._name_scope('multi_lgamma'):
            sequence, size = self._gamma_sequence(a), self._dimension
            constant = 0.25 * size * (size - 1.0) * np.log(np.pi)
            return constant + tf.reduce_sum(tf.lgamma(sequence), axis=[-1])

    def _multi_digamma(self, a: tf.Tensor) -> tf.Tensor:
        return tf.reduce_sum(tf.digamma(self._gamma_sequence(a)), axis=[-1])


class WishartCholesky(_Wishart):
    """The Wishart distribution of matrices [p, p], by the Cholesky factor of its scale.

    Args:
      df: degrees of freedom [...], float, >= p.
      scale: [..., p, p], a lower triangle with a positive diagonal.
      cholesky_input_output_matrices: samples and arguments are Cholesky factors.
      validate_args: check arguments when the graph runs.
      allow_nan_stats: return NaN for statistics that do not exist.
      name: of operations.

    Raises:
      ValueError: a constant `df` is less than p, or `scale` has less than 2 dimensions.
    """

    def __init__(
        self,
        df: Any,
        scale: Any,
        cholesky_input_output_matrices: bool = False,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'WishartCholesky',
    ):
        given = dict(locals())
        with tf.name_scope(name, values=[scale]) as name:
            with tf.name_scope('init', values=[scale]):
                operator = scales.tril_scale(tf.convert_to_tensor(scale), validate_args)
            super().__init__(df, operator, cholesky_input_output_matrices, validate_args, allow_nan_stats, name, given)


class WishartFull(_Wishart):
    """The Wishart distribution of matrices [p, p], by its scale matrix.

    Args:
      df: degrees of freedom [...], float, >= p.
      scale: [..., p, p], symmetric and positive definite.
      cholesky_input_output_matrices: samples and arguments are Cholesky factors.
      validate_args: check arguments when the graph runs.
      allow_nan_stats: return NaN for statistics that do not exist.
      name: of operations.

    Raises:
      ValueError: a constant `df` is less than p, or `scale` has less than 2 dimensions.
    """

    def __init__(
        self,
        df: Any,
        scale: Any,
        cholesky_input_output_matrices: bool = False,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'WishartFull',
    ):
        given = dict(locals())
        with tf.name_scope(name, values=[scale]) as name:
            with tf.name_scope('init', values=[scale]):
                factor = tf.identity(tf.cholesky(tf.convert_to_tensor(scale)), name='control_dependency')
                operator = scales.tril_scale(factor, validate_args)
            super().__init__(df, operator, cholesky_input_output_matrices, validate_args, allow_nan_stats, name, given)
