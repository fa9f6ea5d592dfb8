"""`tf.random_uniform`, dropout and the like: the nodes that scale what TF 1.15's random operations draw."""

from __future__ import annotations

import numbers
from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf

from tf1._engine.replacements import Function


def random_uniform(usual: Function) -> Function:
    """Returns TF 1.15's `tf.random_uniform`, which always scales by `maxval - minval` and adds `minval`."""

    def ours(
        shape: Any,
        minval: Any = 0,
        maxval: Any = None,
        dtype: Any = tf.float32,
        seed: int | None = None,
        name: str | None = None,
    ) -> tf.Tensor:
        dtype = tf.as_dtype(dtype)
        if not dtype.is_floating:
            return usual(shape, minval, maxval, dtype, seed, name)
        with tf.name_scope(name, 'random_uniform', [shape, minval, maxval]) as scope:
            shape = shape_tensor(shape)
            least = tf.convert_to_tensor(minval, dtype, name='min')
            most = tf.convert_to_tensor(1 if maxval is None else maxval, dtype, name='max')
            graph_seed, op_seed = tf.get_seed(seed)
            drawn = tf.raw_ops.RandomUniform(
                shape=shape, dtype=dtype, seed=graph_seed or 0, seed2=op_seed or 0, name='RandomUniform'
            )
            return tf.add(drawn * (most - least), least, name=scope)

    return ours


def shape_tensor(shape: Any) -> tf.Tensor:
    """Returns a shape as the tensor `shape`, int32 where it lists nothing."""
    if isinstance(shape, (list, tuple)):
        shape = tuple(tf.compat.dimension_value(size) if isinstance(size, tf.Dimension) else size for size in shape)
        if not shape:
            return tf.convert_to_tensor(shape, tf.int32, name='shape')
    return tf.convert_to_tensor(shape, name='shape')


def dropout(usual: Function) -> Function:
    """Returns what builds TF 1.15's dropout: a mask cast to the input's type, and a product with it."""

    def ours(
        x: Any,
        rate: Any,
        noise_shape: Any,
        uniform_sampler: Callable[..., tf.Tensor],
        dummy_rng_step: Callable[[], Any],
        name: str | None,
        default_name: str,
    ) -> tf.Tensor:
        known = isinstance(rate, numbers.Real)
        if default_name != 'dropout' or (known and not 0 < rate < 1):
            return usual(x, rate, noise_shape, uniform_sampler, dummy_rng_step, name, default_name)
        with tf.name_scope(name, default_name, [x]):
            x = tf.convert_to_tensor(x, name='x')
            if not x.dtype.is_floating:
                return usual(x, rate, noise_shape, uniform_sampler, dummy_rng_step, name, default_name)
            rate = tf.convert_to_tensor(rate, x.dtype, name='rate')
            rate.shape.assert_has_rank(0)
            value = tf.get_static_value(rate)
            if value is not None and value == 0:
                return x
            noise = uniform_sampler(shape=_noise_shape(x, noise_shape), dtype=x.dtype)
            scale = 1 / (1 - rate)
            kept = tf.greater_equal(noise, rate)
            dropped = x * scale * tf.cast(kept, x.dtype)
            dropped.set_shape(x.shape)
            return dropped

    return ours


def _noise_shape(x: tf.Tensor, noise_shape: Any) -> Any:
    """Returns the shape of the mask: sizes that are None are those of `x`, as far as they are known."""
    if noise_shape is None:
        return tf.shape(x)
    if isinstance(noise_shape, (list, tuple)) and len(noise_shape) == x.shape.rank:
        sizes = [tf.compat.dimension_value(size) if isinstance(size, tf.Dimension) else size for size in noise_shape]
        return [of_x if size is None else size for size, of_x in zip(sizes, x.shape.as_list(), strict=True)]
    return noise_shape


def random_gamma(usual: Function) -> Function:
    """Returns TF 1.15's `tf.random_gamma`, which broadcasts the shape parameter by adding zeros."""
    del usual

    def ours(
        shape: Any,
        alpha: Any,
        beta: Any = None,
        dtype: Any = tf.float32,
        seed: int | None = None,
        name: str | None = None,
    ) -> tf.Tensor:
        with tf.name_scope(name, 'random_gamma', [shape, alpha, beta]):
            shape = tf.convert_to_tensor(shape, tf.int32, name='shape')
            alpha = tf.convert_to_tensor(alpha, dtype, name='alpha')
            beta = tf.convert_to_tensor(1 if beta is None else beta, dtype, name='beta')
            broadcast = alpha + tf.zeros_like(beta)
            graph_seed, op_seed = tf.get_seed(seed)
            drawn = tf.raw_ops.RandomGamma(
                shape=shape,
                alpha=broadcast,
                seed=graph_seed or 0,
                seed2=op_seed or 0,
                name='RandomGamma',
            )
            return tf.maximum(alpha.dtype.as_numpy_dtype(np.finfo(alpha.dtype.as_numpy_dtype).tiny), drawn / beta)

    return ours


def stateless_uniform(usual: Function) -> Function:
    """Returns `tf.random.stateless_uniform` on the operation that takes the seed itself."""

    def ours(
        shape: Any,
        seed: Any,
        minval: Any = 0,
        maxval: Any = None,
        dtype: Any = tf.float32,
        name: str | None = None,
        alg: Any = 'auto_select',
    ) -> tf.Tensor:
        dtype = tf.as_dtype(dtype)
        if alg != 'auto_select' or (dtype.is_integer and (minval is None or maxval is None)) or dtype.is_unsigned:
            return usual(shape, seed, minval, maxval, dtype, name, alg)
        with tf.name_scope(name, 'stateless_random_uniform', [shape, seed, minval, maxval]) as scope:
            shape = shape_tensor(shape)
            least = tf.convert_to_tensor(minval, dtype, name='min')
            most = tf.convert_to_tensor(1 if maxval is None else maxval, dtype, name='max')
            if dtype.is_integer:
                return tf.raw_ops.StatelessRandomUniformInt(
                    shape=shape, seed=seed, minval=least, maxval=most, name=scope
                )
            drawn = tf.raw_ops.StatelessRandomUniform(
                shape=shape, seed=seed, dtype=dtype, name='StatelessRandomUniform'
            )
            return tf.add(drawn * (most - least), least, name=scope)

    return ours


def stateless_normal(usual: Function) -> Function:
    """Returns `tf.random.stateless_normal`, likewise."""
    return _stateless_bell(usual, 'stateless_random_normal', 'StatelessRandomNormal')


def stateless_truncated_normal(usual: Function) -> Function:
    """Returns `tf.random.stateless_truncated_normal`, likewise."""
    return _stateless_bell(usual, 'stateless_truncated_normal', 'StatelessTruncatedNormal')


def _stateless_bell(usual: Function, scope_name: str, operation: str) -> Function:
    def ours(
        shape: Any,
        seed: Any,
        mean: Any = 0.0,
        stddev: Any = 1.0,
        dtype: Any = tf.float32,
        name: str | None = None,
        alg: Any = 'auto_select',
    ) -> tf.Tensor:
        if alg != 'auto_select':
            return usual(shape, seed, mean, stddev, dtype, name, alg)
        with tf.name_scope(name, scope_name, [shape, seed, mean, stddev]) as scope:
            shape = shape_tensor(shape)
            mean = tf.convert_to_tensor(mean, dtype, name='mean')
            stddev = tf.convert_to_tensor(stddev, dtype, name='stddev')
            drawn = getattr(tf.raw_ops, operation)(shape=shape, seed=seed, dtype=dtype, name=operation)
            return tf.add(drawn * stddev, mean, name=scope)

    return ours
