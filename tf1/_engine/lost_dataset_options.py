"""Options of datasets that TF 1.15 had and TensorFlow has lost: `auto_shard`, `experimental_stats`, `autotune`, ...

`auto_shard` and `autotune` mean what they meant. The others chose how a pipeline runs, not what it gives: they are
kept, checked as on TF 1.15, and without effect.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf2
import tensorflow.compat.v1 as tf

_experimental = tf.data.experimental
_OPTIMIZATIONS = {
    'autotune': bool,
    'autotune_algorithm': object,
    'autotune_buffers': bool,
    'autotune_cpu_budget': int,
    'filter_with_random_uniform_fusion': bool,
    'hoist_random_uniform': bool,
}
_Base = next(kind for kind in tf2.data.Options.__mro__ if kind.__name__ == 'OptionsBase')


def install() -> None:
    """Puts the options back, for the process."""
    for name, kind in _OPTIMIZATIONS.items():
        setattr(_experimental.OptimizationOptions, name, _option(name, kind))
    _experimental.OptimizationOptions.map_vectorization = _option(
        'map_vectorization', MapVectorizationOptions, MapVectorizationOptions
    )
    _experimental.DistributeOptions.auto_shard = property(_is_sharded, _set_sharded)
    tf2.data.Options.experimental_stats = _option('experimental_stats', StatsOptions, StatsOptions)
    tf2.data.Options.experimental_stateful_whitelist = _option('experimental_stateful_whitelist', object)


def _option(name: str, kind: type, default: Callable[[], Any] = lambda: None) -> property:
    """Returns a property that is kept with the other options, so that it is merged as they are."""

    def set_option(options: Any, value: Any) -> None:
        if not isinstance(value, kind):
            raise TypeError(f'{name} must be of type {kind.__name__}, got {value!r}.')
        options._options[name] = value

    return property(lambda options: options._options.setdefault(name, default()), set_option)


class MapVectorizationOptions(_Base):
    """Options of a rewrite that put `batch` before `map`."""

    enabled = _option('enabled', bool)
    use_choose_fastest = _option('use_choose_fastest', bool)


class StatsOptions(_Base):
    """Options of the statistics that a pipeline gathered."""

    aggregator = _option('aggregator', object)
    counter_prefix = _option('counter_prefix', str, str)
    latency_all_edges = _option('latency_all_edges', bool)
    prefix = _option('prefix', str, str)


def _is_sharded(options: Any) -> bool:
    return options.auto_shard_policy != tf2.data.experimental.AutoShardPolicy.OFF


def _set_sharded(options: Any, value: bool) -> None:
    if not isinstance(value, bool):
        raise TypeError(f'auto_shard must be of type bool, got {value!r}.')
    policy = tf2.data.experimental.AutoShardPolicy
    options.auto_shard_policy = policy.AUTO if value else policy.OFF
