"""Bijectors of matrices: triangles, Cholesky factors, inverses."""

from __future__ import annotations

import numpy as np

import tf1 as tf
from tf1.contrib.distributions.bijectors.affine import AffineScalar
from tf1.contrib.distributions.bijectors.bijector import Bijector
from tf1.contrib.distributions.bijectors.composition import Chain
from tf1.contrib.distributions.bijectors.elementwise import Softplus
from tf1.contrib.distributions.tensors import fill_triangular, fill_triangular_inverse, triangle_rows


class CholeskyOuterProduct(Bijector):
    """y = x x^T for lower triangles x [..., n, n] with a positive diagonal."""

    def __init__(self, validate_args: bool = False, name: str = 'cholesky_outer_product'):
        super().__init__(forward_min_event_ndims=2, validate_args=validate_args, name=name)

    def _forward(self, x: tf.Tensor) -> tf.Tensor:
        checks = []
        if self.validate_args:
            checks = [tf.assert_positive(tf.matrix_diag_part(x), message='The diagonal must be > 0')]
        with tf.control_dependencies(checks):
            x = tf.matrix_band_part(x, -1, 0)
        return tf.matmul(x, x, adjoint_b=True)

    def _inverse(self, y: tf.Tensor) -> tf.Tensor:
        return tf.cholesky(y)

    def _forward_log_det_jacobian(self, x: tf.Tensor) -> tf.Tensor:
        # In column order the Jacobian is triangular; x_jj stands n - j times on its diagonal, twice as large once.
        diagonal = tf.matrix_diag_part(x)
        size = tf.shape(x)[-1]
        exponents = tf.cast(size - tf.range(size), x.dtype)
        return tf.reduce_sum(exponents * tf.log(diagonal), -1) + np.log(2.0) * tf.cast(size, x.dtype)


class MatrixInverseTriL(Bijector):
    """The inverse of lower triangles [..., n, n] that have one."""

    def __init__(self, validate_args: bool = False, name: str = 'matrix_inverse_tril'):
        super().__init__(forward_min_event_ndims=2, validate_args=validate_args, name=name)

    def _forward(self, x: tf.Tensor) -> tf.Tensor:
        identity = tf.eye(tf.shape(x)[-1], batch_shape=tf.shape(x)[:-2], dtype=x.dtype)
        return tf.matrix_triangular_solve(x, identity)

    def _inverse(self, y: tf.Tensor) -> tf.Tensor:
        return self._forward(y)

    def _forward_log_det_jacobian(self, x: tf.Tensor) -> tf.Tensor:
        # What TF 1.15 returns, the factor of full matrices; that of triangles would be n + 1.
        size = tf.cast(tf.shape(x)[-1], x.dtype)
        return -2.0 * size * tf.reduce_sum(tf.log(tf.abs(tf.matrix_diag_part(x))), -1)


class FillTriangular(Bijector):
    """Triangular matrices [..., n, n] of vectors [..., n (n + 1) / 2], as `fill_triangular` fills them."""

    def __init__(self, upper: bool = False, validate_args: bool = False, name: str = 'fill_triangular'):
        self._upper = upper
        super().__init__(forward_min_event_ndims=1, inverse_min_event_ndims=2, validate_args=validate_args, name=name)

    def _forward(self, x: tf.Tensor) -> tf.Tensor:
        return fill_triangular(x, upper=self._upper)

    def _inverse(self, y: tf.Tensor) -> tf.Tensor:
        return fill_triangular_inverse(y, upper=self._upper)

    def _forward_log_det_jacobian(self, x: tf.Tensor) -> tf.Tensor:
        return tf.zeros_like(x[..., 0])

    def _inverse_log_det_jacobian(self, y: tf.Tensor) -> tf.Tensor:
        return tf.zeros_like(y[..., 0, 0])

    def _forward_event_shape(self, input_shape: tf.TensorShape) -> tf.TensorShape:
        size = input_shape.dims[-1].value
        rows = None if size is None else triangle_rows(size)
        return input_shape[:-1].concatenate([rows, rows])

    def _inverse_event_shape(self, output_shape: tf.TensorShape) -> tf.TensorShape:
        rows, columns = output_shape.dims[-2].value, output_shape.dims[-1].value
        if None not in (rows, columns) and rows != columns:
            raise ValueError(f'FillTriangular is for square matrices, got shape {output_shape}.')
        rows = columns if rows is None else rows
        return output_shape[:-2].concatenate([None if rows is None else rows * (rows + 1) // 2])

    def _forward_event_shape_tensor(self, input_shape: tf.Tensor) -> tf.Tensor:
        size = tf.cast(input_shape[-1], tf.float64)
        rows = tf.cast(tf.floor(tf.sqrt(0.25 + 2.0 * size)), tf.int32)
        return tf.concat([input_shape[:-1], [rows, rows]], 0)

    def _inverse_event_shape_tensor(self, output_shape: tf.Tensor) -> tf.Tensor:
        rows = output_shape[-1]
        return tf.concat([output_shape[:-2], [rows * (rows + 1) // 2]], 0)


class TransformDiagonal(Bijector):
    """Matrices [..., n, n] whose diagonal has gone through `diag_bijector`."""

    def __init__(self, diag_bijector: Bijector, validate_args: bool = False, name: str = 'transform_diagonal'):
        self._diag_bijector = diag_bijector
        super().__init__(forward_min_event_ndims=2, inverse_min_event_ndims=2, validate_args=validate_args, name=name)

    def _forward(self, x: tf.Tensor) -> tf.Tensor:
        return tf.matrix_set_diag(x, self._diag_bijector.forward(tf.matrix_diag_part(x)))

    def _inverse(self, y: tf.Tensor) -> tf.Tensor:
        return tf.matrix_set_diag(y, self._diag_bijector.inverse(tf.matrix_diag_part(y)))

    def _forward_log_det_jacobian(self, x: tf.Tensor) -> tf.Tensor:
        return self._diag_bijector.forward_log_det_jacobian(tf.matrix_diag_part(x), event_ndims=1)

    def _inverse_log_det_jacobian(self, y: tf.Tensor) -> tf.Tensor:
        return self._diag_bijector.inverse_log_det_jacobian(tf.matrix_diag_part(y), event_ndims=1)


class ScaleTriL(Chain):
    """Lower triangles [..., n, n] with a positive diagonal, of vectors [..., n (n + 1) / 2].

    Args:
      diag_bijector: of the diagonal; Softplus by default.
      diag_shift: a number added to it then; None for nothing.
      validate_args: check arguments when the graph runs.
      name: of operations.
    """

    def __init__(
        self,
        diag_bijector: Bijector | None = None,
        diag_shift: float | None = 1e-5,
        validate_args: bool = False,
        name: str = 'scale_tril',
    ):
        diag_bijector = Softplus(validate_args=validate_args) if diag_bijector is None else diag_bijector
        if diag_shift is not None:
            diag_bijector = Chain([AffineScalar(shift=diag_shift), diag_bijector])
        super().__init__(
            [TransformDiagonal(diag_bijector=diag_bijector), FillTriangular()], validate_args=validate_args, name=name
        )
