"""Distributions that give another's batch a new meaning or shape: Independent and BatchReshape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

import tf1 as tf
from tf1.contrib.distributions import parameters
from tf1.contrib.distributions.scalar import Distribution, name_of


class Independent(Distribution):
    """The last dimensions of a batch of independent distributions, seen as one event.

    Args:
      distribution: the batch.
      reinterpreted_batch_ndims: how many dimensions become part of the event; all but the first by default.
      validate_args: check arguments when the graph runs.
      name: of operations; 'Independent' and the distribution's name by default.

    Raises:
      ValueError: the batch has fewer dimensions.
    """

    def __init__(
        self,
        distribution: Distribution,
        reinterpreted_batch_ndims: Any = None,
        validate_args: bool = False,
        name: str | None = None,
    ):
        given = dict(locals())
        name = name or 'Independent' + name_of(distribution)
        self._distribution = distribution
        with tf.name_scope(name) as name:
            if reinterpreted_batch_ndims is None:
                reinterpreted_batch_ndims = _all_but_one(distribution)
            ndims = tf.convert_to_tensor(reinterpreted_batch_ndims, tf.int32, name='reinterpreted_batch_ndims')
            constant = tf.get_static_value(ndims)
            # A number that the graph need not compute.
            self._ndims = ndims if constant is None else max(int(constant), 0)
            self._reinterpreted_batch_ndims = ndims if constant is None else constant
            known = distribution.batch_shape.ndims
            if known is not None and constant is not None and constant > known:
                raise ValueError(
                    f'reinterpreted_batch_ndims must be at most {known}, the rank of the batch, got {constant}.'
                )
        super().__init__(
            dtype=distribution.dtype,
            reparameterization_type=distribution.reparameterization_type,
            validate_args=validate_args,
            allow_nan_stats=distribution.allow_nan_stats,
            parameters=given,
            graph_parents=distribution._graph_parents,
            name=name,
        )

    @property
    def distribution(self) -> Distribution:
        """The batch of distributions."""
        return self._distribution

    @property
    def reinterpreted_batch_ndims(self) -> Any:
        """How many dimensions became part of the event."""
        return self._reinterpreted_batch_ndims

    def _batch_shape_tensor(self) -> tf.Tensor:
        shape = self.distribution.batch_shape_tensor()
        return shape[: tf.size(shape) - self._ndims]

    def _batch_shape(self) -> tf.TensorShape:
        shape = self.distribution.batch_shape
        if shape.ndims is None or not isinstance(self._ndims, int):
            return tf.TensorShape(None)
        return shape[: shape.ndims - self._ndims]

    def _event_shape_tensor(self) -> tf.Tensor:
        shape = self.distribution.batch_shape_tensor()
        return tf.concat([shape[tf.size(shape) - self._ndims :], self.distribution.event_shape_tensor()], 0)

    def _event_shape(self) -> tf.TensorShape:
        shape = self.distribution.batch_shape
        if shape.ndims is None or not isinstance(self._ndims, int):
            return tf.TensorShape(None)
        return shape[shape.ndims - self._ndims :].concatenate(self.distribution.event_shape)

    def _sample_n(self, n: tf.Tensor, seed: int | None = None) -> tf.Tensor:
        return self.distribution.sample(n, seed=seed)

    def _log_prob(self, x: tf.Tensor) -> tf.Tensor:
        return self._summed(self.distribution.log_prob(x))

    def _entropy(self) -> tf.Tensor:
        # Parameters that are broadcast give less entropies than the batch has members.
        entropy = self.distribution.entropy()
        return self._summed(entropy + tf.zeros(self.distribution.batch_shape_tensor(), entropy.dtype))

    def _mean(self) -> tf.Tensor:
        return self.distribution.mean()

    def _variance(self) -> tf.Tensor:
        return self.distribution.variance()

    def _stddev(self) -> tf.Tensor:
        return self.distribution.stddev()

    def _mode(self) -> tf.Tensor:
        return self.distribution.mode()

    def _summed(self, value: tf.Tensor) -> tf.Tensor:
        ndims = self._ndims
        return tf.reduce_sum(value, list(range(-ndims, 0)) if isinstance(ndims, int) else tf.range(-ndims, 0))


class BatchReshape(Distribution):
    """A distribution with its batch in another shape.

    Args:
      distribution: the batch.
      batch_shape: int vector; one -1 stands for what is left.
      validate_args: check arguments when the graph runs.
      allow_nan_stats: return NaN for statistics that do not exist.
      name: of operations; 'BatchReshape' and the distribution's name by default.

    Raises:
      ValueError: constant shapes have different numbers of members, or `batch_shape` has more than one -1.
    """

    def __init__(
        self,
        distribution: Distribution,
        batch_shape: Any,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str | None = None,
    ):
        given = dict(locals())
        name = name or 'BatchReshape' + name_of(distribution)
        self._distribution = distribution
        with tf.name_scope(name, values=[batch_shape]) as name:
            shape = tf.convert_to_tensor(batch_shape, tf.int32, name='batch_shape')
            self._shape, self._known_shape = _filled_in(shape, distribution)
        super().__init__(
            dtype=distribution.dtype,
            reparameterization_type=distribution.reparameterization_type,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            parameters=given,
            graph_parents=[self._shape, *distribution._graph_parents],
            name=name,
        )

    @property
    def distribution(self) -> Distribution:
        """The batch as it was."""
        return self._distribution

    def _batch_shape_tensor(self) -> tf.Tensor:
        return tf.identity(self._shape)

    def _batch_shape(self) -> tf.TensorShape:
        return self._known_shape

    def _event_shape_tensor(self) -> tf.Tensor:
        return tf.identity(self.distribution.event_shape_tensor())

    def _event_shape(self) -> tf.TensorShape:
        return self.distribution.event_shape

    def _sample_n(self, n: tf.Tensor, seed: int | None = None) -> tf.Tensor:
        x = self.distribution.sample(n, seed=seed)
        return tf.reshape(x, parameters.leading_and(n, self._shape, self.event_shape_tensor()))

    def _log_prob(self, x: tf.Tensor) -> tf.Tensor:
        return self._of_values(self.distribution.log_prob, x)

    def _prob(self, x: tf.Tensor) -> tf.Tensor:
        return self._of_values(self.distribution.prob, x)

    def _log_cdf(self, x: tf.Tensor) -> tf.Tensor:
        return self._of_values(self.distribution.log_cdf, x)

    def _cdf(self, x: tf.Tensor) -> tf.Tensor:
        return self._of_values(self.distribution.cdf, x)

    def _log_survival_function(self, x: tf.Tensor) -> tf.Tensor:
        return self._of_values(self.distribution.log_survival_function, x)

    def _survival_function(self, x: tf.Tensor) -> tf.Tensor:
        return self._of_values(self.distribution.survival_function, x)

    def _entropy(self) -> tf.Tensor:
        return self._of_batch(self.distribution.entropy, 0)

    def _mean(self) -> tf.Tensor:
        return self._of_batch(self.distribution.mean, 1)

    def _mode(self) -> tf.Tensor:
        return self._of_batch(self.distribution.mode, 1)

    def _stddev(self) -> tf.Tensor:
        return self._of_batch(self.distribution.stddev, 1)

    def _variance(self) -> tf.Tensor:
        return self._of_batch(self.distribution.variance, 1)

    def _covariance(self) -> tf.Tensor:
        return self._of_batch(self.distribution.covariance, 2)

    def _of_values(self, method: Callable[[tf.Tensor], tf.Tensor], x: tf.Tensor) -> tf.Tensor:
        """Returns `method` of `x` [..., batch, event], [..., batch]."""
        x = tf.convert_to_tensor(x)
        least = self._known_shape.ndims + self.event_shape.ndims
        if x.shape.ndims is not None and x.shape.ndims < least:
            raise NotImplementedError(
                f'BatchReshape does not broadcast: values must have at least {least} dimensions, got {x.shape.ndims}.'
            )
        leading = tf.shape(x)[: tf.rank(x) - least]
        inner = tf.concat([leading, self.distribution.batch_shape_tensor(), self.event_shape_tensor()], 0)
        result = tf.reshape(method(tf.reshape(x, inner)), tf.concat([leading, self._shape], 0))
        if x.shape.ndims is not None:
            result.set_shape(x.shape[: x.shape.ndims - least].concatenate(self._known_shape))
        return result

    def _of_batch(self, method: Callable[[], tf.Tensor], events: int) -> tf.Tensor:
        """Returns a statistic with the new batch shape and `events` times the shape of an event behind it."""
        shape = tf.concat([self._shape, *[self.event_shape_tensor()] * events], 0)
        result = tf.reshape(method(), shape)
        known = self._known_shape
        for _ in range(events):
            known = known.concatenate(self.event_shape)
        result.set_shape(known)
        return result


@tf.distributions.RegisterKL(Independent, Independent)
def _kl_independent(a: Independent, b: Independent, name: str = 'kl_independent') -> tf.Tensor:
    """Returns the sum of the divergences of the members of an event.

    Raises:
      ValueError: the shapes of their events differ.
      NotImplementedError: the events of their members have different shapes, or a shape is unknown.
    """
    if not (a.event_shape.is_fully_defined() and b.event_shape.is_fully_defined()):
        raise NotImplementedError('The divergence of two Independent needs events whose shapes are known.')
    if a.event_shape != b.event_shape:
        raise ValueError(f'Two Independent must have events of one shape, got {a.event_shape} and {b.event_shape}.')
    inner, other = a.distribution, b.distribution
    if inner.event_shape != other.event_shape:
        raise NotImplementedError(
            f'Two Independent must be of members whose events have one shape, got {inner.event_shape} and '
            f'{other.event_shape}.'
        )
    ndims = a.event_shape.ndims - inner.event_shape.ndims
    with tf.name_scope(name):
        return tf.reduce_sum(tf.distributions.kl_divergence(inner, other), axis=[-(i + 1) for i in range(ndims)])


def _all_but_one(distribution: Distribution) -> Any:
    known = distribution.batch_shape.ndims
    if known is not None:
        return max(0, known - 1)
    return tf.maximum(0, tf.size(distribution.batch_shape_tensor()) - 1)


def _filled_in(shape: tf.Tensor, distribution: Distribution) -> tuple[tf.Tensor, tf.TensorShape]:
    """Returns a new batch shape without -1, as a tensor and as far as it is known."""
    wanted = tf.get_static_value(shape)
    known = distribution.batch_shape
    if wanted is None or not known.is_fully_defined():
        size = tf.reduce_prod(distribution.batch_shape_tensor())
        others = tf.reduce_prod(tf.where(shape < 0, tf.ones_like(shape), shape))
        return tf.where(shape < 0, tf.fill(tf.shape(shape), size // others), shape), tf.TensorShape(
            [None] * shape.shape.dims[0].value if wanted is None else [None if each < 0 else each for each in wanted]
        )
    wanted = np.reshape(wanted, [-1])
    size, others = known.num_elements(), int(np.prod(wanted[wanted >= 0]))
    if (wanted < -1).any() or (wanted == -1).sum() > 1:
        raise ValueError(f'batch_shape must hold numbers >= 0 and -1 at most once, got {wanted.tolist()}.')
    filled = [size // others if each < 0 and others else int(each) for each in wanted]
    if int(np.prod(filled)) != size:
        raise ValueError(f'batch_shape must have {size} members, as that of the distribution, got {wanted.tolist()}.')
    return tf.constant(filled, tf.int32), tf.TensorShape(filled)
