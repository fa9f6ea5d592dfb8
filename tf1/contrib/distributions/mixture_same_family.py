"""`MixtureSameFamily`: a mixture whose components are the last dimension of one distribution's batch."""

from __future__ import annotations

import tf1 as tf
from tf1.contrib.distributions.scalar import Distribution
from tf1.contrib.distributions.seeds import SeedStream


class MixtureSameFamily(Distribution):
    """The distribution of a sample of the component that `mixture_distribution` draws.

    Unlike in TF 1.15, which leaves it out, a seed makes samples repeatable.

    Args:
      mixture_distribution: a Categorical of k classes; its batch shape is [] or that of the components without k.
      components_distribution: a distribution of batch shape [..., k].
      validate_args: check arguments when the graph runs.
      allow_nan_stats: return NaN for statistics that do not exist.
      name: of operations.

    Raises:
      ValueError: the two have shapes that do not belong together, or samples of the first are no integers.
    """

    def __init__(
        self,
        mixture_distribution: Distribution,
        components_distribution: Distribution,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'MixtureSameFamily',
    ):
        given = dict(locals())
        with tf.name_scope(name) as name:
            self._mixture_distribution = mixture_distribution
            self._components_distribution = components_distribution
            _validate(mixture_distribution, components_distribution)
            self._event_ndims = components_distribution.event_shape.ndims
            components = components_distribution.batch_shape.dims[-1].value
            # A constant of TF 1.15's graph, which nothing reads.
            components_distribution.event_shape_tensor()
            self._num_components = tf.shape(mixture_distribution.logits)[-1] if components is None else components
        super().__init__(
            dtype=components_distribution.dtype,
            reparameterization_type=tf.distributions.NOT_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            parameters=given,
            graph_parents=[*mixture_distribution._graph_parents, *components_distribution._graph_parents],
            name=name,
        )

    @property
    def mixture_distribution(self) -> Distribution:
        """The distribution of the component."""
        return self._mixture_distribution

    @property
    def components_distribution(self) -> Distribution:
        """The components."""
        return self._components_distribution

    def _batch_shape_tensor(self) -> tf.Tensor:
        return self.components_distribution.batch_shape_tensor()[:-1]

    def _batch_shape(self) -> tf.TensorShape:
        return self.components_distribution.batch_shape.with_rank_at_least(1)[:-1]

    def _event_shape_tensor(self) -> tf.Tensor:
        return self.components_distribution.event_shape_tensor()

    def _event_shape(self) -> tf.TensorShape:
        return self.components_distribution.event_shape

    def _sample_n(self, n: tf.Tensor, seed: int | None = None) -> tf.Tensor:
        seeds = SeedStream(seed, 'MixtureSameFamily')
        x = self.components_distribution.sample(n, seed=seeds())
        mixture = self.mixture_distribution
        # A mixture that all members of the batch share draws for each of them.
        if mixture.batch_shape.ndims == 0 and self.batch_shape.ndims != 0:
            chosen = mixture.sample(tf.concat([[n], self.batch_shape_tensor()], 0), seed=seeds())
        else:
            chosen = mixture.sample(n, seed=seeds())
        on, off = (self.dtype.as_numpy_dtype(value) for value in (1, 0))
        mask = self._padded(tf.one_hot(chosen, self._num_components, on_value=on, off_value=off))
        return tf.reduce_sum(x * mask, axis=-1 - self._event_ndims)

    def _padded(self, mask: tf.Tensor) -> tf.Tensor:
        """Returns a mask of samples [..., k] with the dimensions that components have more, of size 1."""
        with tf.name_scope('pad_mix_dims'):
            # TF 1.15 adds a batch's dimensions to what a mixture without one draws; ours draws for each member.
            ndims = tf.where_v2(self.mixture_distribution.is_scalar_batch(), 0, 0)
            shape = tf.shape(mask)
            parts = [shape[:-1], tf.ones([ndims], tf.int32), shape[-1:], tf.ones([self._event_ndims], tf.int32)]
            return tf.reshape(mask, tf.concat(parts, 0))

    def _log_prob(self, x: tf.Tensor) -> tf.Tensor:
        logs = self.components_distribution.log_prob(self._with_components(x))
        return tf.reduce_logsumexp(logs + tf.nn.log_softmax(self.mixture_distribution.logits), axis=-1)

    def _log_cdf(self, x: tf.Tensor) -> tf.Tensor:
        logs = self.components_distribution.log_cdf(self._with_components(x))
        return tf.reduce_logsumexp(logs + tf.nn.log_softmax(self.mixture_distribution.logits), axis=-1)

    def _mean(self) -> tf.Tensor:
        probs = self._behind(self._probs())
        return tf.reduce_sum(probs * self.components_distribution.mean(), axis=-1 - self._event_ndims)

    def _variance(self) -> tf.Tensor:
        probs, components = self._behind(self._probs()), self.components_distribution
        difference = tf.square(components.mean() - self._with_components(self._mean()))
        return tf.reduce_sum(probs * (components.variance() + difference), axis=-1 - self._event_ndims)

    def _covariance(self) -> tf.Tensor:
        if self._event_ndims != 1:
            raise NotImplementedError(f'covariance is for events of 1 dimension, got {self._event_ndims}.')
        components = self.components_distribution
        probs = self._behind(self._behind(self._probs()))
        difference = components.mean() - self._with_components(self._mean())
        outer = difference[..., tf.newaxis] * difference[..., tf.newaxis, :]
        return tf.reduce_sum(probs * (components.covariance() + outer), axis=-3)

    def _probs(self) -> tf.Tensor:
        return tf.nn.softmax(self.mixture_distribution.logits)

    def _behind(self, weights: tf.Tensor) -> tf.Tensor:
        """Returns `weights` with the dimensions of an event, of size 1, behind them."""
        return weights[(..., *[tf.newaxis] * self._event_ndims)]

    def _with_components(self, x: tf.Tensor) -> tf.Tensor:
        """Returns `x` with the dimension of components, of size 1, before that of the event."""
        with tf.name_scope('pad_sample_dims', values=[x]):
            ndims = tf.rank(x) if x.shape.ndims is None else x.shape.ndims
            shape, batch_ndims = tf.shape(x), ndims - self._event_ndims
            return tf.reshape(x, tf.concat([shape[:batch_ndims], [1], shape[batch_ndims:]], 0))


def _validate(mixture: Distribution, components: Distribution) -> None:
    if not mixture.dtype.is_integer:
        raise ValueError(f'mixture_distribution must draw integers, got {mixture.dtype.name}.')
    if mixture.event_shape.ndims not in (None, 0):
        raise ValueError(f'mixture_distribution must have event shape [], got {mixture.event_shape}.')
    shape = components.batch_shape.with_rank_at_least(1)
    if shape.ndims is None or components.event_shape.ndims is None:
        raise ValueError('The ranks of components_distribution must be known.')
    if mixture.batch_shape.ndims and not mixture.batch_shape.is_compatible_with(shape[:-1]):
        raise ValueError(
            f'mixture_distribution must have batch shape [] or {shape[:-1]}, that of components_distribution without '
            f'its last dimension, got {mixture.batch_shape}.'
        )
    classes, last = mixture.logits.shape.dims[-1].value, shape.dims[-1].value
    if classes is not None and last is not None and classes != last:
        raise ValueError(
            f'mixture_distribution must have as many classes as components_distribution has members, got {classes} '
            f'and {last}.'
        )
