"""`TransformedDistribution`: what a bijector makes of another distribution's samples."""

from __future__ import annotations

from typing import Any

import tf1 as tf
from tf1.contrib.distributions.bijectors.bijector import Bijector
from tf1.contrib.distributions.bijectors.elementwise import Identity
from tf1.contrib.distributions.scalar import Distribution, name_of
from tf1.contrib.distributions.static_logic import all_of, concatenation, equal, length, may_hold, negation


class TransformedDistribution(Distribution):
    """The distribution of y = g(x) for x of `distribution` and g of `bijector`.

    Args:
      distribution: of x.
      bijector: of y; the identity by default.
      batch_shape: int vector; draws that many from a `distribution` of batch shape [] instead.
      event_shape: int vector; makes that many of a `distribution` of event shape [] an event instead.
      validate_args: check arguments when the graph runs.
      name: of operations; by default the bijector's name before the distribution's.

    Raises:
      ValueError: a shape is given to replace one that is not [], or holds numbers < 1.
    """

    def __init__(
        self,
        distribution: Distribution,
        bijector: Bijector | None = None,
        batch_shape: Any = None,
        event_shape: Any = None,
        validate_args: bool = False,
        name: str | None = None,
    ):
        given = dict(locals())
        name = name or ('' if bijector is None else bijector.name) + name_of(distribution)
        with tf.name_scope(name, values=[event_shape, batch_shape]) as name:
            self._distribution = distribution
            self._bijector = Identity(validate_args=validate_args) if bijector is None else bijector
            zero = tf.constant(0, tf.int32, name='zero')
            self._empty = tf.constant([], tf.int32, name='empty')
            is_scalar, known = distribution.is_scalar_batch(), distribution.batch_shape
            self._batch_override = _override(batch_shape, known, is_scalar, validate_args, 'batch_shape')
            has_batch = negation(equal(length(self._batch_override), zero))
            is_scalar, known = distribution.is_scalar_event(), distribution.event_shape
            self._event_override = _override(event_shape, known, is_scalar, validate_args, 'event_shape')
            has_event = negation(equal(length(self._event_override), zero))
            self._has_batch, self._has_event = may_hold(has_batch), may_hold(has_event)
            # Then events are drawn in front of the batch and moved behind it.
            rotates = all_of(has_event, negation(has_batch), negation(distribution.is_scalar_batch()))
            self._rotates = may_hold(rotates)
            ndims = length(self._event_override)
            self._rotate_ndims = ndims if self._rotates else 0
            # The axes that the event has in the log-probabilities of `distribution`.
            self._event_axes = tf.range(self._rotate_ndims - ndims, self._rotate_ndims)
        super().__init__(
            dtype=distribution.dtype,
            reparameterization_type=distribution.reparameterization_type,
            validate_args=validate_args,
            allow_nan_stats=distribution.allow_nan_stats,
            parameters=given,
            # Tensors of the parts: their graph is this one's.
            graph_parents=[*distribution._graph_parents, *self._bijector.graph_parents],
            name=name,
        )

    @property
    def distribution(self) -> Distribution:
        """The distribution of x."""
        return self._distribution

    @property
    def bijector(self) -> Bijector:
        """The map from x to y."""
        return self._bijector

    def _event_shape_tensor(self) -> tf.Tensor:
        shape = self._event_override if self._has_event else self.distribution.event_shape_tensor()
        return self.bijector.forward_event_shape_tensor(shape)

    def _event_shape(self) -> tf.TensorShape:
        known = _known(self._event_override) if self._has_event else self.distribution.event_shape
        return self.bijector.forward_event_shape(known)

    def _batch_shape_tensor(self) -> tf.Tensor:
        own = self.distribution.batch_shape_tensor()
        return self._batch_override if self._has_batch else own

    def _batch_shape(self) -> tf.TensorShape:
        return _known(self._batch_override) if self._has_batch else self.distribution.batch_shape

    def _call_sample_n(
        self,
        sample_shape: Any,
        seed: int | None,
        name: str,
        bijector_kwargs: dict[str, Any] | None = None,
        distribution_kwargs: dict[str, Any] | None = None,
    ) -> tf.Tensor:
        with self._name_scope(name, values=[sample_shape]):
            sample_shape = tf.convert_to_tensor(sample_shape, tf.int32, name='sample_shape')
            sample_shape, n = self._expand_sample_shape_to_vector(sample_shape, 'sample_shape')
            first, last = (self._empty, [n]) if self._rotates else ([n], self._empty)
            drawn_shape = concatenation(first, self._batch_override, self._event_override, last)
            x = self.distribution.sample(drawn_shape, seed=seed, **(distribution_kwargs or {}))
            x = self._rotated(x, back=True)
            x = tf.reshape(x, tf.concat([sample_shape, tf.shape(x)[1:]], 0))
            y = self.bijector.forward(x, **(bijector_kwargs or {}))
            return self._set_sample_static_shape(y, sample_shape)

    def _rotated(self, x: tf.Tensor, back: bool = False) -> tf.Tensor:
        """Returns `x` with the event's dimensions moved from its end to its front, or `back`, where they have to be."""
        if not self._rotates:
            return x
        ndims = tf.rank(x)
        middle = self._rotate_ndims if back else ndims - self._rotate_ndims
        return tf.transpose(x, concatenation(tf.range(middle, ndims), tf.range(0, middle)))

    def _log_prob(
        self,
        y: tf.Tensor,
        bijector_kwargs: dict[str, Any] | None = None,
        distribution_kwargs: dict[str, Any] | None = None,
    ) -> tf.Tensor:
        def of_one(x: tf.Tensor, determinant: tf.Tensor) -> tf.Tensor:
            log_prob = self.distribution.log_prob(self._rotated(x), **(distribution_kwargs or {}))
            if self._has_event:
                log_prob = tf.reduce_sum(log_prob, self._event_axes)
            return self._with_static_shape(log_prob + tf.cast(determinant, log_prob.dtype), y)

        return self._over_inverses(y, of_one, bijector_kwargs or {}, tf.reduce_logsumexp)

    def _prob(
        self,
        y: tf.Tensor,
        bijector_kwargs: dict[str, Any] | None = None,
        distribution_kwargs: dict[str, Any] | None = None,
    ) -> tf.Tensor:
        def of_one(x: tf.Tensor, determinant: tf.Tensor) -> tf.Tensor:
            prob = self.distribution.prob(self._rotated(x), **(distribution_kwargs or {}))
            if self._has_event:
                prob = tf.reduce_prod(prob, self._event_axes)
            return self._with_static_shape(prob * tf.exp(tf.cast(determinant, prob.dtype)), y)

        return self._over_inverses(y, of_one, bijector_kwargs or {}, tf.reduce_sum)

    def _over_inverses(self, y: tf.Tensor, of_one: Any, bijector_kwargs: dict[str, Any], add: Any) -> tf.Tensor:
        x = self.bijector.inverse(y, **bijector_kwargs)
        ndims = self._event_ndims()
        determinant = self.bijector.inverse_log_det_jacobian(y, event_ndims=ndims, **bijector_kwargs)
        if self.bijector._is_injective:
            return of_one(x, determinant)
        return add(tf.stack([of_one(*each) for each in zip(x, determinant, strict=True)]), axis=0)

    def _event_ndims(self) -> Any:
        known = self.event_shape.ndims
        return tf.size(self.event_shape_tensor()) if known is None else known

    def _with_static_shape(self, value: tf.Tensor, y: tf.Tensor) -> tf.Tensor:
        ndims = self.event_shape.ndims
        if y.shape.ndims is not None and ndims is not None:
            split = y.shape.ndims - ndims
            value.set_shape(tf.broadcast_static_shape(y.shape[:split], self.batch_shape))
        return value

    def _cdf(self, y: tf.Tensor, **kwargs: Any) -> tf.Tensor:
        return self._of_inverse('cdf', y, **kwargs)

    def _log_cdf(self, y: tf.Tensor, **kwargs: Any) -> tf.Tensor:
        return self._of_inverse('log_cdf', y, **kwargs)

    def _survival_function(self, y: tf.Tensor, **kwargs: Any) -> tf.Tensor:
        return self._of_inverse('survival_function', y, **kwargs)

    def _log_survival_function(self, y: tf.Tensor, **kwargs: Any) -> tf.Tensor:
        return self._of_inverse('log_survival_function', y, **kwargs)

    def _of_inverse(
        self,
        method: str,
        y: tf.Tensor,
        bijector_kwargs: dict[str, Any] | None = None,
        distribution_kwargs: dict[str, Any] | None = None,
    ) -> tf.Tensor:
        """Returns `method` of the base distribution at the inverse of `y`; the bijector must be increasing."""
        self._require_own_events(method)
        self._require_injective(method)
        x = self.bijector.inverse(y, **(bijector_kwargs or {}))
        return getattr(self.distribution, method)(x, **(distribution_kwargs or {}))

    def _quantile(self, value: tf.Tensor) -> tf.Tensor:
        self._require_own_events('quantile')
        self._require_injective('quantile')
        return self.bijector.forward(self.distribution.quantile(value))

    def _require_own_events(self, method: str) -> None:
        if self._has_event:
            raise NotImplementedError(f'{method} is not implemented when event_shape is given; use log_prob.')

    def _require_injective(self, method: str) -> None:
        if not self.bijector._is_injective:
            raise NotImplementedError(f'{method} is not implemented for {self.bijector.name}, which is not injective.')

    def _entropy(self) -> tf.Tensor:
        if not self.bijector.is_constant_jacobian or not self.bijector._is_injective:
            raise NotImplementedError(
                f'entropy is not implemented for {self.bijector.name}, whose Jacobian is not constant.'
            )
        entropy = self.distribution.entropy()
        if self._has_event:
            entropy *= tf.cast(tf.reduce_prod(self._event_override), entropy.dtype.base_dtype)
        if self._has_batch:
            entropy = tf.broadcast_to(entropy, self._batch_override)
        # A constant Jacobian is that of any value.
        dummy = tf.zeros(tf.concat([self.batch_shape_tensor(), self.event_shape_tensor()], 0), self.dtype)
        determinant = self.bijector.inverse_log_det_jacobian(dummy, event_ndims=self._event_ndims())
        entropy -= tf.cast(determinant, entropy.dtype.base_dtype)
        entropy.set_shape(self.batch_shape)
        return entropy


def _override(shape: Any, replaced: tf.TensorShape, is_scalar: tf.Tensor, validate_args: bool, name: str) -> tf.Tensor:
    """Returns the shape, int32 [ndims], that takes the place of `replaced`; [] for none."""
    shape = tf.convert_to_tensor([] if shape is None else shape, tf.int32, name=name)
    if shape.shape.ndims not in (None, 1):
        raise ValueError(f'{name} must be a vector of numbers, got one of shape {shape.shape}.')
    is_empty = equal(length(shape), 0)
    constant = tf.get_static_value(shape)
    checks = []
    if constant is not None:
        if (constant < 1).any():
            raise ValueError(f'{name} must hold numbers > 0, got {constant.tolist()}.')
    elif validate_args:
        checks.append(tf.assert_positive(shape, message=f'{name} must hold numbers > 0'))
    if tf.get_static_value(is_empty):
        return shape
    if replaced.ndims not in (None, 0):
        raise ValueError(f'{name} can only be given for a distribution whose own is [], got {replaced}.')
    replaces_another = all_of(negation(is_scalar), negation(is_empty))
    if validate_args and tf.get_static_value(replaces_another) is None:
        checks.append(
            tf.debugging.Assert(negation(replaces_another), [f'{name} is given for a distribution that has one'])
        )
    if not checks:
        return shape
    with tf.control_dependencies(checks):
        return tf.identity(shape, name='control_dependency')


def _known(shape: tf.Tensor) -> tf.TensorShape:
    constant = tf.get_static_value(shape, partial=True)
    return tf.TensorShape([None] * (shape.shape.dims[0].value or 0)) if constant is None else tf.TensorShape(constant)
