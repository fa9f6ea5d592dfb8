"""`Autoregressive`: a distribution whose numbers depend on those before them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tf1 as tf
from tf1.contrib.distributions.scalar import Distribution


class Autoregressive(Distribution):
    """The distribution of x where `distribution_fn(x)` gives that of each number from the numbers before it.

    Args:
      distribution_fn: from a sample to a distribution; its i-th number may depend on the first i - 1 of the sample.
      sample0: what sampling starts from; None to call `distribution_fn()` without arguments.
      num_steps: how often sampling goes over the sample; the size of an event by default.
      validate_args: check arguments when the graph runs.
      allow_nan_stats: return NaN for statistics that do not exist.
      name: of operations.

    Raises:
      ValueError: `num_steps` is 0 or less, or not given while the size of an event is unknown.
    """

    def __init__(
        self,
        distribution_fn: Callable[..., Distribution],
        sample0: Any = None,
        num_steps: int | None = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'Autoregressive',
    ):
        given = dict(locals())
        with tf.name_scope(name) as name:
            self._distribution_fn = distribution_fn
            self._sample0 = sample0
            self._distribution0 = distribution_fn() if sample0 is None else distribution_fn(sample0)
            if num_steps is None:
                num_steps = self._distribution0.event_shape.num_elements()
                if num_steps is None:
                    raise ValueError('num_steps must be given, as the size of an event is unknown.')
            if num_steps < 1:
                raise ValueError(f'num_steps must be > 0, got {num_steps}.')
            self._num_steps = num_steps
        super().__init__(
            dtype=self._distribution0.dtype,
            reparameterization_type=self._distribution0.reparameterization_type,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            parameters=given,
            graph_parents=self._distribution0._graph_parents,
            name=name,
        )

    @property
    def distribution_fn(self) -> Callable[..., Distribution]:
        """From a sample to a distribution."""
        return self._distribution_fn

    @property
    def sample0(self) -> Any:
        """What sampling starts from."""
        return self._sample0

    @property
    def num_steps(self) -> int:
        """How often sampling goes over the sample."""
        return self._num_steps

    @property
    def distribution0(self) -> Distribution:
        """The distribution that sampling starts with."""
        return self._distribution0

    def _batch_shape_tensor(self) -> tf.Tensor:
        return self.distribution0.batch_shape_tensor()

    def _batch_shape(self) -> tf.TensorShape:
        return self.distribution0.batch_shape

    def _event_shape_tensor(self) -> tf.Tensor:
        return self.distribution0.event_shape_tensor()

    def _event_shape(self) -> tf.TensorShape:
        return self.distribution0.event_shape

    def _sample_n(self, n: tf.Tensor, seed: int | None = None) -> tf.Tensor:
        # With one seed for all steps, what is known already stays as it is.
        samples = self.distribution0.sample(n, seed=seed)
        for _ in range(self.num_steps):
            samples = self.distribution_fn(samples).sample(seed=seed)
        return samples

    def _log_prob(self, value: tf.Tensor) -> tf.Tensor:
        return self.distribution_fn(value).log_prob(value)
