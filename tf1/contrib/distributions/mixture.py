"""`Mixture`: one of several distributions, drawn by a categorical one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

import tf1 as tf
from tf1.contrib.distributions.scalar import Distribution
from tf1.contrib.distributions.seeds import derived_seed


class Mixture(Distribution):
    """The distribution of a sample of the one of `components` that `cat` draws.

    Args:
      cat: a Categorical of as many classes as there are components.
      components: distributions of one type, batch shape and event shape; the batch shape is that of `cat`.
      validate_args: check arguments when the graph runs.
      allow_nan_stats: return NaN for statistics that do not exist.
      use_static_graph: draw from every component and choose afterwards, else draw from each what is needed.
      name: of operations.

    Raises:
      TypeError: `cat` is no Categorical, or a component is no Distribution or has another type.
      ValueError: there are no components, another number than `cat` has classes, or their shapes differ.
    """

    def __init__(
        self,
        cat: tf.distributions.Categorical,
        components: Sequence[Distribution],
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        use_static_graph: bool = False,
        name: str = 'Mixture',
    ):
        given = dict(locals())
        static_batch, static_event = _validated(cat, components)
        with tf.name_scope(name, values=[cat.logits]) as name:
            self._cat = cat
            self._components = list(components)
            self._static_batch, self._static_event = static_batch, static_event
            self._use_static_graph = use_static_graph
            # A constant of TF 1.15's graph: the rank of the batch.
            tf.size(cat.batch_shape_tensor())
        super().__init__(
            dtype=self._components[0].dtype,
            reparameterization_type=tf.distributions.NOT_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            parameters=given,
            graph_parents=[cat.logits],
            name=name,
        )

    @property
    def cat(self) -> tf.distributions.Categorical:
        """The distribution of the component."""
        return self._cat

    @property
    def components(self) -> list[Distribution]:
        """The distributions that are mixed."""
        return self._components

    @property
    def num_components(self) -> int:
        """How many there are."""
        return len(self._components)

    def _batch_shape_tensor(self) -> tf.Tensor:
        return self._cat.batch_shape_tensor()

    def _batch_shape(self) -> tf.TensorShape:
        return self._static_batch

    def _event_shape_tensor(self) -> tf.Tensor:
        return self._components[0].event_shape_tensor()

    def _event_shape(self) -> tf.TensorShape:
        return self._static_event

    def _mean(self) -> tf.Tensor:
        return tf.add_n([weight * each.mean() for weight, each in self._weighted()])

    def _variance(self) -> tf.Tensor:
        mean = self._mean()
        squares = [weight * (each.variance() + tf.square(each.mean() - mean)) for weight, each in self._weighted()]
        return tf.add_n(squares)

    def _stddev(self) -> tf.Tensor:
        return tf.sqrt(self._variance())

    def _log_prob(self, x: tf.Tensor) -> tf.Tensor:
        return self._log_sum([each.log_prob(x) for each in self.components])

    def _log_cdf(self, x: tf.Tensor) -> tf.Tensor:
        return self._log_sum([each.log_cdf(x) for each in self.components])

    def _log_sum(self, logs: list[tf.Tensor]) -> tf.Tensor:
        weights = tf.unstack(tf.nn.log_softmax(self.cat.logits), num=self.num_components, axis=-1)
        return tf.reduce_logsumexp(tf.stack([w + each for w, each in zip(weights, logs, strict=True)]), [0])

    def _weighted(self) -> list[tuple[tf.Tensor, Distribution]]:
        """Returns each component with its probability, which has the event's dimensions, of size 1, behind it."""
        weights = tf.unstack(tf.nn.softmax(self.cat.logits), num=self.num_components, axis=-1)
        ndims = self._static_event.ndims
        return [
            (weight[(..., *[tf.newaxis] * ndims)], each) for weight, each in zip(weights, self.components, strict=True)
        ]

    def _sample_n(self, n: tf.Tensor, seed: int | None = None) -> tf.Tensor:
        known = tf.get_static_value(tf.convert_to_tensor(n, name='n'))
        n = n if known is None else int(known)
        chosen = self.cat.sample(n, seed=seed)
        return self._chosen_of_all(n, chosen, seed) if self._use_static_graph else self._drawn(n, chosen, seed)

    def _chosen_of_all(self, n: Any, chosen: tf.Tensor, seed: int | None) -> tf.Tensor:
        samples = []
        for each in self.components:
            seed = derived_seed(seed, 'mixture')
            samples.append(each.sample(n, seed=seed))
        ndims = self._static_event.ndims
        stacked = tf.stack(samples, -ndims - 1)
        mask = tf.one_hot(chosen, self.num_components, dtype=self.dtype)
        mask = mask[(..., *[tf.newaxis] * ndims)]
        return tf.reduce_sum(stacked * mask, axis=-1 - ndims)

    def _drawn(self, n: Any, chosen: tf.Tensor, seed: int | None) -> tf.Tensor:
        """Draws from each component as many samples as chose it."""
        chosen_shape, size = _shape_and_size(chosen.shape, lambda: tf.shape(chosen))
        _, batch_size = _shape_and_size(self.batch_shape, self._cat.batch_shape_tensor)
        event_shape, _ = _shape_and_size(self.event_shape, self.event_shape_tensor)
        positions = tf.dynamic_partition(
            tf.reshape(tf.range(0, size), chosen_shape), chosen, num_partitions=self.num_components
        )
        members = tf.tile(tf.range(0, batch_size), [n])
        members = tf.dynamic_partition(tf.reshape(members, chosen_shape), chosen, num_partitions=self.num_components)
        samples = []
        for each, position, member in zip(self.components, positions, members, strict=True):
            seed = derived_seed(seed, 'mixture')
            count = tf.size(position)
            drawn = each.sample(count, seed=seed)
            # A sample has the whole batch; the member that chose the component is taken out of it.
            index = batch_size * tf.range(count) + member
            flat = tf.reshape(drawn, tf.concat([[count * batch_size], event_shape], 0))
            samples.append(tf.gather(flat, index, name='samples_class_c_gather'))
        stitched = tf.dynamic_stitch(positions, samples)
        return tf.reshape(stitched, tf.concat([chosen_shape, self.event_shape_tensor()], 0))

    def entropy_lower_bound(self, name: str = 'entropy_lower_bound') -> tf.Tensor:
        """Returns the mean of the components' entropies, weighted with their probabilities."""
        with self._name_scope(name, values=[self.cat.logits]):
            weights = tf.unstack(tf.nn.softmax(self.cat.logits), num=self.num_components, axis=-1)
            return tf.add_n([w * each.entropy() for w, each in zip(weights, self.components, strict=True)])


def _shape_and_size(shape: tf.TensorShape, dynamic: Callable[[], tf.Tensor]) -> tuple[Any, Any]:
    """Returns a shape and its number of elements, as constants where the shape is known."""
    if shape.is_fully_defined():
        return np.array(shape.as_list(), np.int32), shape.num_elements()
    shape = dynamic()
    return shape, tf.reduce_prod(shape)


def _validated(cat: Any, components: Any) -> tuple[tf.TensorShape, tf.TensorShape]:
    """Returns the batch and event shapes of a mixture, as far as they are known."""
    if not isinstance(cat, tf.distributions.Categorical):
        raise TypeError(f'cat must be a Categorical, got {cat}.')
    if not isinstance(components, (list, tuple)) or not components:
        raise ValueError(f'components must be a list or tuple that is not empty, got {components}.')
    if not all(isinstance(each, Distribution) for each in components):
        raise TypeError(f'components must be Distributions, got {components}.')
    types = [each.dtype for each in components]
    if any(each != types[0] for each in types):
        raise TypeError(f'components must have one type, got {", ".join(each.name for each in types)}.')
    batch, event = cat.batch_shape, components[0].event_shape
    for each in components:
        if not each.batch_shape.is_compatible_with(batch) or not each.event_shape.is_compatible_with(event):
            raise ValueError(
                f'components must have batch shape {batch}, as cat, and one event shape, got {each.batch_shape} and '
                f'{each.event_shape} of {each.name}.'
            )
        batch, event = batch.merge_with(each.batch_shape), event.merge_with(each.event_shape)
    if event.ndims is None:
        raise ValueError('The rank of the events of components must be known.')
    classes = tf.get_static_value(cat.event_size)
    if classes is None:
        raise ValueError('The number of classes of cat must be known.')
    if classes != len(components):
        raise ValueError(f'cat must have as many classes as there are components, got {classes} and {len(components)}.')
    return batch, event
