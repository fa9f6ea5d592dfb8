"""Bijectors that map each number by itself: exponentials, sigmoids, softplus and the like."""

from __future__ import annotations

from typing import Any

import numpy as np

import tf1 as tf
from tf1.contrib.distributions import parameters
from tf1.contrib.distributions.bijectors.bijector import Bijector
from tf1.contrib.distributions.tensors import softplus_inverse


class Identity(Bijector):
    """y = x."""

    def __init__(self, validate_args: bool = False, name: str = 'identity'):
        super().__init__(forward_min_event_ndims=0, is_constant_jacobian=True, validate_args=validate_args, name=name)

    def _forward(self, x: tf.Tensor) -> tf.Tensor:
        return x

    def _inverse(self, y: tf.Tensor) -> tf.Tensor:
        return y

    def _forward_log_det_jacobian(self, x: tf.Tensor) -> tf.Tensor:
        return tf.constant(0.0, x.dtype)

    def _inverse_log_det_jacobian(self, y: tf.Tensor) -> tf.Tensor:
        return tf.constant(0.0, y.dtype)


class PowerTransform(Bijector):
    """y = (1 + power x)^(1 / power), for x >= -1 / power; exp(x) with a power of 0.

    Raises:
      ValueError: `power` is negative or no constant.
    """

    def __init__(self, power: Any = 0.0, validate_args: bool = False, name: str = 'power_transform'):
        constant = tf.get_static_value(power) if tf.is_tensor(power) else power
        if constant is None or constant < 0:
            raise ValueError(f'power must be a constant >= 0, got {power}.')
        self._power = constant
        with tf.name_scope(name), tf.name_scope('init'):
            # TF 1.15 has the power as a constant, which nothing reads.
            tf.constant(float(constant), name='power')
        super().__init__(forward_min_event_ndims=0, validate_args=validate_args, name=name)

    @property
    def power(self) -> Any:
        """The power, a number."""
        return self._power

    def _forward(self, x: tf.Tensor) -> tf.Tensor:
        if self.power == 0.0:
            return tf.exp(x)
        x = self._checked(1.0 + x * self.power, x, 'x must be >= -1 / power')
        # Near 1 the sum would lose what log1p keeps.
        return tf.exp(tf.log1p(x * self.power) / self.power)

    def _inverse(self, y: tf.Tensor) -> tf.Tensor:
        y = self._checked(y, y, 'y must be > 0')
        return tf.log(y) if self.power == 0.0 else tf.expm1(tf.log(y) * self.power) / self.power

    def _forward_log_det_jacobian(self, x: tf.Tensor) -> tf.Tensor:
        if self.power == 0.0:
            return x
        x = self._checked(1.0 + x * self.power, x, 'x must be >= -1 / power')
        return (1.0 / self.power - 1) * tf.log1p(x * self.power)

    def _inverse_log_det_jacobian(self, y: tf.Tensor) -> tf.Tensor:
        y = self._checked(y, y, 'y must be > 0')
        return (self.power - 1.0) * tf.log(y)

    def _checked(self, number: tf.Tensor, value: tf.Tensor, message: str) -> tf.Tensor:
        if not self.validate_args:
            return value
        with tf.control_dependencies([tf.assert_positive(number, message=message)]):
            return tf.identity(value)


class Exp(PowerTransform):
    """y = exp(x)."""

    def __init__(self, validate_args: bool = False, name: str = 'exp'):
        super().__init__(validate_args=validate_args, name=name)


class AbsoluteValue(Bijector):
    """y = |x|, which is not injective: `inverse` returns the pair (-y, y)."""

    _is_injective = False

    def __init__(self, validate_args: bool = False, name: str = 'absolute_value'):
        super().__init__(forward_min_event_ndims=0, is_constant_jacobian=True, validate_args=validate_args, name=name)

    def _forward(self, x: tf.Tensor) -> tf.Tensor:
        return tf.abs(x)

    def _inverse(self, y: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        y = self._not_negative(y)
        return -y, y

    def _inverse_log_det_jacobian(self, y: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        y = self._not_negative(y)
        zero = tf.zeros([], y.dtype)
        return zero, zero

    def _not_negative(self, y: tf.Tensor) -> tf.Tensor:
        if not self.validate_args:
            return y
        with tf.control_dependencies([tf.assert_non_negative(y, message='y must be >= 0')]):
            return tf.identity(y)


class Square(Bijector):
    """y = x^2, for x >= 0."""

    def __init__(self, validate_args: bool = False, name: str = 'square'):
        super().__init__(forward_min_event_ndims=0, validate_args=validate_args, name=name)

    def _forward(self, x: tf.Tensor) -> tf.Tensor:
        return tf.square(self._not_negative(x))

    def _inverse(self, y: tf.Tensor) -> tf.Tensor:
        return tf.sqrt(self._not_negative(y))

    def _forward_log_det_jacobian(self, x: tf.Tensor) -> tf.Tensor:
        return np.log(2.0) + tf.log(self._not_negative(x))

    def _not_negative(self, value: tf.Tensor) -> tf.Tensor:
        if not self.validate_args:
            return value
        with tf.control_dependencies([tf.assert_non_negative(value, message='Square is for numbers >= 0')]):
            return tf.identity(value)


class Sigmoid(Bijector):
    """y = 1 / (1 + exp(-x))."""

    def __init__(self, validate_args: bool = False, name: str = 'sigmoid'):
        super().__init__(forward_min_event_ndims=0, validate_args=validate_args, name=name)

    def _forward(self, x: tf.Tensor) -> tf.Tensor:
        return tf.sigmoid(x)

    def _inverse(self, y: tf.Tensor) -> tf.Tensor:
        return tf.log(y) - tf.log1p(-y)

    def _forward_log_det_jacobian(self, x: tf.Tensor) -> tf.Tensor:
        return -tf.nn.softplus(-x) - tf.nn.softplus(x)

    def _inverse_log_det_jacobian(self, y: tf.Tensor) -> tf.Tensor:
        return -tf.log1p(-y) - tf.log(y)


class Softsign(Bijector):
    """y = x / (1 + |x|)."""

    def __init__(self, validate_args: bool = False, name: str = 'softsign'):
        super().__init__(forward_min_event_ndims=0, validate_args=validate_args, name=name)

    def _forward(self, x: tf.Tensor) -> tf.Tensor:
        return x / (1.0 + tf.abs(x))

    def _inverse(self, y: tf.Tensor) -> tf.Tensor:
        y = self._inside(y)
        return y / (1.0 - tf.abs(y))

    def _forward_log_det_jacobian(self, x: tf.Tensor) -> tf.Tensor:
        return -2.0 * tf.log1p(tf.abs(x))

    def _inverse_log_det_jacobian(self, y: tf.Tensor) -> tf.Tensor:
        return -2.0 * tf.log1p(-tf.abs(self._inside(y)))

    def _inside(self, y: tf.Tensor) -> tf.Tensor:
        if not self.validate_args:
            return y
        one = tf.ones([], y.dtype)
        checks = [tf.assert_greater(y, -one, message='y must be > -1'), tf.assert_less(y, one, message='y must be < 1')]
        with tf.control_dependencies(checks):
            return tf.identity(y)


class Softplus(Bijector):
    """y = c log(1 + exp(x / c)), where c is `hinge_softness`, not 0 and 1 by default."""

    def __init__(self, hinge_softness: Any = None, validate_args: bool = False, name: str = 'softplus'):
        with tf.name_scope(name):
            self._hinge_softness = None
            if hinge_softness is not None:
                softness = tf.convert_to_tensor(hinge_softness, name='hinge_softness')
                self._hinge_softness = parameters.not_zero(softness, 'hinge_softness', validate_args)
        super().__init__(forward_min_event_ndims=0, validate_args=validate_args, name=name)

    @property
    def hinge_softness(self) -> tf.Tensor | None:
        """The softness; None stands for 1."""
        return self._hinge_softness

    def _forward(self, x: tf.Tensor) -> tf.Tensor:
        if self.hinge_softness is None:
            return tf.nn.softplus(x)
        softness = tf.cast(self.hinge_softness, x.dtype)
        return softness * tf.nn.softplus(x / softness)

    def _inverse(self, y: tf.Tensor) -> tf.Tensor:
        if self.hinge_softness is None:
            return softplus_inverse(y)
        softness = tf.cast(self.hinge_softness, y.dtype)
        return softness * softplus_inverse(y / softness)

    def _forward_log_det_jacobian(self, x: tf.Tensor) -> tf.Tensor:
        return -tf.nn.softplus(-self._scaled(x))

    def _inverse_log_det_jacobian(self, y: tf.Tensor) -> tf.Tensor:
        return -tf.log(-tf.expm1(-self._scaled(y)))

    def _scaled(self, value: tf.Tensor) -> tf.Tensor:
        return value if self.hinge_softness is None else value / tf.cast(self.hinge_softness, value.dtype)


class SinhArcsinh(Bijector):
    """y = sinh((arcsinh(x) + skewness) tailweight); skewness is 0 and tailweight 1 by default."""

    def __init__(
        self, skewness: Any = None, tailweight: Any = None, validate_args: bool = False, name: str = 'SinhArcsinh'
    ):
        with tf.name_scope(name), tf.name_scope('init', values=[skewness, tailweight]):
            dtype = next((each.dtype for each in (skewness, tailweight) if tf.is_tensor(each)), None)
            skewness = tf.convert_to_tensor(0.0 if skewness is None else skewness, dtype, name='skewness')
            tailweight = tf.convert_to_tensor(1.0 if tailweight is None else tailweight, dtype, name='tailweight')
            self._skewness = skewness
            self._tailweight = _positive(tailweight, 'tailweight', validate_args)
        super().__init__(forward_min_event_ndims=0, validate_args=validate_args, name=name)

    @property
    def skewness(self) -> tf.Tensor:
        """Positive values push to the right."""
        return self._skewness

    @property
    def tailweight(self) -> tf.Tensor:
        """Values over 1 make the tails heavier."""
        return self._tailweight

    def _forward(self, x: tf.Tensor) -> tf.Tensor:
        return tf.sinh((tf.asinh(x) + self.skewness) * self.tailweight)

    def _inverse(self, y: tf.Tensor) -> tf.Tensor:
        return tf.sinh(tf.asinh(y) / self.tailweight - self.skewness)

    def _forward_log_det_jacobian(self, x: tf.Tensor) -> tf.Tensor:
        angle = (tf.asinh(x) + self.skewness) * self.tailweight
        return _log_cosh(angle) + tf.log(self.tailweight) - _log_hypotenuse(x)

    def _inverse_log_det_jacobian(self, y: tf.Tensor) -> tf.Tensor:
        angle = tf.asinh(y) / self.tailweight - self.skewness
        return _log_cosh(angle) - tf.log(self.tailweight) - _log_hypotenuse(y)


class Gumbel(Bijector):
    """y = exp(-exp(-(x - loc) / scale)), the distribution function of a Gumbel variable."""

    def __init__(self, loc: Any = 0.0, scale: Any = 1.0, validate_args: bool = False, name: str = 'gumbel'):
        with tf.name_scope(name, values=[loc, scale]):
            self._loc = tf.convert_to_tensor(loc, name='loc')
            scale = tf.convert_to_tensor(scale, name='scale')
            tf.debugging.assert_same_float_dtype([self._loc, scale])
            checks = [tf.assert_positive(scale, message='scale must be > 0')] if validate_args else []
            with tf.control_dependencies(checks):
                self._scale = tf.identity(scale)
        super().__init__(forward_min_event_ndims=0, validate_args=validate_args, name=name)

    @property
    def loc(self) -> tf.Tensor:
        """Where the slope is greatest."""
        return self._loc

    @property
    def scale(self) -> tf.Tensor:
        """How wide the slope is."""
        return self._scale

    def _forward(self, x: tf.Tensor) -> tf.Tensor:
        return tf.exp(-tf.exp(-(x - self.loc) / self.scale))

    def _inverse(self, y: tf.Tensor) -> tf.Tensor:
        return self.loc - self.scale * tf.log(-tf.log(y))

    def _forward_log_det_jacobian(self, x: tf.Tensor) -> tf.Tensor:
        z = (x - self.loc) / self.scale
        return -z - tf.exp(-z) - tf.log(self.scale)

    def _inverse_log_det_jacobian(self, y: tf.Tensor) -> tf.Tensor:
        return tf.log(self.scale / (-tf.log(y) * y))


class Kumaraswamy(Bijector):
    """y = (1 - (1 - x)^(1 / concentration0))^(1 / concentration1), from (0, 1) to (0, 1)."""

    def __init__(
        self,
        concentration1: Any = None,
        concentration0: Any = None,
        validate_args: bool = False,
        name: str = 'kumaraswamy',
    ):
        with tf.name_scope(name), tf.name_scope('init', values=[concentration1, concentration0]):
            self._concentration1, self._concentration0 = (
                _positive(tf.convert_to_tensor(value, name=label), label, validate_args)
                for value, label in ((concentration1, 'concentration1'), (concentration0, 'concentration0'))
            )
        super().__init__(forward_min_event_ndims=0, validate_args=validate_args, name=name)

    @property
    def concentration1(self) -> tf.Tensor:
        """Shape near 0."""
        return self._concentration1

    @property
    def concentration0(self) -> tf.Tensor:
        """Shape near 1."""
        return self._concentration0

    def _forward(self, x: tf.Tensor) -> tf.Tensor:
        inner = tf.exp(tf.log1p(-x) / self.concentration0)
        return tf.exp(tf.log1p(-inner) / self.concentration1)

    def _inverse(self, y: tf.Tensor) -> tf.Tensor:
        inner = tf.exp(tf.log1p(-(y**self.concentration1)) * self.concentration0)
        return 1 - inner

    def _inverse_log_det_jacobian(self, y: tf.Tensor) -> tf.Tensor:
        one, zero = self.concentration1, self.concentration0
        return tf.log(one) + tf.log(zero) + tf.math.xlogy(one - 1, y) + (zero - 1) * tf.log1p(-(y**one))


def _log_cosh(x: tf.Tensor) -> tf.Tensor:
    size = tf.abs(x)
    return size + tf.nn.softplus(-2 * size) - np.log(2.0)


def _log_hypotenuse(x: tf.Tensor) -> tf.Tensor:
    """Returns log(sqrt(x^2 + 1)), also where x^2 is too large for its type."""
    size = tf.abs(x)
    large = size > 1 / np.sqrt(np.finfo(x.dtype.as_numpy_dtype).eps)
    safe = tf.where(large, tf.ones_like(size), size)
    return tf.where(large, tf.log(size), 0.5 * tf.log1p(tf.square(safe)))


def _positive(value: tf.Tensor, name: str, validate_args: bool) -> tf.Tensor:
    """Returns `value`, checked to be > 0 when the graph runs if `validate_args` says so."""
    return parameters.positive(value, name, True, named=False) if validate_args else value
