"""Affine bijectors: y = scale x + shift, of numbers or of vectors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tf1 as tf
from tf1.contrib.distributions import parameters, scales
from tf1.contrib.distributions.bijectors.bijector import Bijector
from tf1.contrib.distributions.sample_matrices import SampleMatrices

_NAMES = ('shift', 'identity_multiplier', 'diag', 'tril', 'perturb_factor', 'perturb_diag')


class AffineScalar(Bijector):
    """y = scale x + shift for each number; shift is 0 and scale, which must not be 0, is 1 by default.

    Raises:
      TypeError: the types of shift and scale differ.
    """

    def __init__(self, shift: Any = None, scale: Any = None, validate_args: bool = False, name: str = 'affine_scalar'):
        with tf.name_scope(name, values=[shift, scale]):
            self._shift = None if shift is None else tf.convert_to_tensor(shift, name='shift')
            self._scale = None
            if scale is not None:
                scale = tf.convert_to_tensor(scale, None if shift is None else self._shift.dtype, name='scale')
                self._scale = parameters.not_zero(scale, 'scale', validate_args)
        super().__init__(forward_min_event_ndims=0, is_constant_jacobian=True, validate_args=validate_args, name=name)

    @property
    def shift(self) -> tf.Tensor | None:
        """What is added; None for nothing."""
        return self._shift

    @property
    def scale(self) -> tf.Tensor | None:
        """What is multiplied by; None for nothing."""
        return self._scale

    def _forward(self, x: tf.Tensor) -> tf.Tensor:
        y = tf.identity(x)
        if self.scale is not None:
            y *= self.scale
        if self.shift is not None:
            y += self.shift
        return y

    def _inverse(self, y: tf.Tensor) -> tf.Tensor:
        x = tf.identity(y)
        if self.shift is not None:
            x -= self.shift
        if self.scale is not None:
            x /= self.scale
        return x

    def _forward_log_det_jacobian(self, x: tf.Tensor) -> tf.Tensor:
        return tf.constant(0.0, x.dtype) if self.scale is None else tf.log(tf.abs(self.scale))


class _OfVectors(Bijector):
    """y = scale x + shift for vectors, where scale is a linear operator or None; a subclass makes them.

    Args:
      shift: [..., k]; None for nothing.
      scale: what `scale` returns.
      matrices: moves samples behind the batch of the operator.
      graph_parents: tensors that it depends on.
      dtype: of vectors.
      validate_args: check when the graph runs that scale can be inverted.
      name: of operations.
    """

    def __init__(
        self,
        shift: tf.Tensor | None,
        scale: Any,
        matrices: SampleMatrices,
        graph_parents: list[tf.Tensor],
        dtype: tf.DType,
        validate_args: bool,
        name: str,
    ):
        self._shift, self._scale, self._matrices = shift, scale, matrices
        super().__init__(
            graph_parents=graph_parents,
            forward_min_event_ndims=1,
            is_constant_jacobian=True,
            dtype=dtype,
            validate_args=validate_args,
            name=name,
        )

    @property
    def shift(self) -> tf.Tensor | None:
        """What is added; None for nothing."""
        return self._shift

    @property
    def scale(self) -> Any:
        """The linear operator; None for the identity."""
        return self._scale

    def _forward(self, x: tf.Tensor) -> tf.Tensor:
        y = x if self.scale is None else self._through(x, self.scale.matmul, self.scale.matvec)
        return y if self.shift is None else y + self.shift

    def _inverse(self, y: tf.Tensor) -> tf.Tensor:
        x = y if self.shift is None else y - self.shift
        return x if self.scale is None else self._through(x, self.scale.solve, self.scale.solvevec)

    def _through(self, x: tf.Tensor, of_matrices: Callable, of_vectors: Callable) -> tf.Tensor:
        if x.shape.ndims is not None and x.shape.ndims < (self.scale.tensor_rank or 0) - 1:
            return of_vectors(x)  # One vector for the whole batch; TF 1.15 refuses it.
        columns, sample_shape = self._matrices.columns(x)
        return self._matrices.undone(of_matrices(columns), sample_shape)

    def _forward_log_det_jacobian(self, x: tf.Tensor) -> tf.Tensor:
        if self.scale is None:
            return tf.constant(0.0, x.dtype.base_dtype)
        return self.scale.log_abs_determinant()


class AffineLinearOperator(_OfVectors):
    """y = scale x + shift for vectors x [..., k], where scale is a linear operator [..., k, k].

    Args:
      shift: [..., k]; None for nothing.
      scale: a `tf.linalg.LinearOperator`; None for nothing.
      validate_args: check when the graph runs that scale can be inverted.
      name: of operations.

    Raises:
      TypeError: scale is no LinearOperator, or its type is not that of shift.
      ValueError: scale is not known to be non-singular.
    """

    def __init__(
        self, shift: Any = None, scale: Any = None, validate_args: bool = False, name: str = 'affine_linear_operator'
    ):
        dtype = tf.float32
        with tf.name_scope(name), tf.name_scope('init', values=[shift]):
            if shift is not None:
                shift = tf.convert_to_tensor(shift, name='shift')
                dtype = shift.dtype.base_dtype
            batch_ndims: Any = 0
            if scale is not None:
                _check_operator(scale, None if shift is None else dtype)
                dtype = scale.dtype.base_dtype
                batch_ndims = _batch_ndims(scale)
            if validate_args and scale is not None:
                with tf.control_dependencies([scale.assert_non_singular()]):
                    shift = tf.identity(tf.zeros([], dtype) if shift is None else shift)
            matrices = SampleMatrices(batch_ndims)
        super().__init__(shift, scale, matrices, [] if shift is None else [shift], dtype, validate_args, name)


class Affine(_OfVectors):
    """y = scale x + shift for vectors x [..., k], where scale is the sum of what is given of it.

    Args:
      shift: [..., k]; None for nothing.
      scale_identity_multiplier: [...], times the identity.
      scale_diag: [..., k], a diagonal.
      scale_tril: [..., k, k], its lower triangle.
      scale_perturb_factor: [..., k, r], V of a change V D V^T of low rank.
      scale_perturb_diag: [..., r], D; the identity by default.
      validate_args: check when the graph runs that scale can be inverted.
      name: of operations.

    Raises:
      ValueError: `scale_perturb_diag` is given without `scale_perturb_factor`.
      TypeError: the types of the arguments differ.
    """

    def __init__(
        self,
        shift: Any = None,
        scale_identity_multiplier: Any = None,
        scale_diag: Any = None,
        scale_tril: Any = None,
        scale_perturb_factor: Any = None,
        scale_perturb_diag: Any = None,
        validate_args: bool = False,
        name: str = 'affine',
    ):
        parts = [shift, scale_identity_multiplier, scale_diag, scale_tril, scale_perturb_factor, scale_perturb_diag]
        if scale_perturb_diag is not None and scale_perturb_factor is None:
            raise ValueError('scale_perturb_diag is given, so scale_perturb_factor must be, too; got None.')
        with tf.name_scope(name), tf.name_scope('init', values=parts):
            tensors = _tensors(dict(zip(_NAMES, parts, strict=True)))
            shift, multiplier, diag, tril, factor, perturb_diag = tensors
            dtype = next((each.dtype.base_dtype for each in tensors if each is not None), tf.float32)
            batch_ndims: Any = 0
            if diag is None and tril is None and factor is None:
                scale = tf.constant(1, dtype) if multiplier is None else multiplier
            else:
                scale = scales.matrix_scale(multiplier, diag, tril, factor, perturb_diag, validate_args)
                batch_ndims = _batch_ndims(scale)
            matrices = SampleMatrices(batch_ndims)
        given = [each for each in tensors if each is not None]
        super().__init__(shift, scale, matrices, given, dtype, validate_args, name)

    @property
    def scale(self) -> Any:
        """The linear operator [..., k, k]; where nothing else is given, the multiplier of the identity."""
        return self._scale

    def _forward(self, x: tf.Tensor) -> tf.Tensor:
        if not isinstance(self.scale, tf.Tensor):
            return super()._forward(x)
        y = x * self._factors()
        return y if self.shift is None else y + self.shift

    def _inverse(self, y: tf.Tensor) -> tf.Tensor:
        if not isinstance(self.scale, tf.Tensor):
            return super()._inverse(y)
        x = y if self.shift is None else y - self.shift
        return x / self._factors()

    def _factors(self) -> tf.Tensor:
        """Returns the multiplier of the identity, which vectors are multiplied by."""
        return self.scale[..., tf.newaxis] if self.scale.shape.rank else self.scale

    def _forward_log_det_jacobian(self, x: tf.Tensor) -> tf.Tensor:
        if not isinstance(self.scale, tf.Tensor):
            return super()._forward_log_det_jacobian(x)
        size = tf.cast(tf.shape(x)[-1], x.dtype.base_dtype)
        return tf.log(tf.abs(self.scale)) * size


def _tensors(arguments: dict[str, Any]) -> list[tf.Tensor | None]:
    """Returns arguments by name as tensors of the first one's type; None stays."""
    dtype, tensors = None, []
    for name, argument in arguments.items():
        tensors.append(None if argument is None else tf.convert_to_tensor(argument, dtype, name=name))
        if dtype is None and argument is not None:
            dtype = tensors[-1].dtype.base_dtype
    return tensors


def _batch_ndims(scale: Any) -> Any:
    """Returns the number of dimensions of a batch of operators, an int or int32 []."""
    return scale.tensor_rank_tensor() - 2 if scale.tensor_rank is None else scale.tensor_rank - 2


def _check_operator(scale: Any, dtype: Any) -> None:
    if not isinstance(scale, tf.linalg.LinearOperator):
        raise TypeError(f'scale must be a tf.linalg.LinearOperator, got {type(scale).__name__}.')
    if dtype is not None and scale.dtype.base_dtype != dtype:
        raise TypeError(f'shift and scale must have one type, got {dtype.name} and {scale.dtype.base_dtype.name}.')
    if not scale.is_non_singular:
        raise ValueError('scale must be known to be invertible; make the operator with is_non_singular=True.')
