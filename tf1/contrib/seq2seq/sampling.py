"""How helpers draw samples: tokens from logits, and choices by their probability."""

from __future__ import annotations

from collections.abc import Callable

import tf1 as tf


def categorical(logits: tf.Tensor, seed: int | None) -> tf.Tensor:
    """Returns a class per row of `logits`, [batch, classes], drawn at random: [batch] int32."""
    # The number of classes serves nothing; its nodes count for the seeds that follow.
    _ = tf.shape(logits)[-1]
    batch_shape = tf.shape(logits)[:-1]

    def draw(count: tf.Tensor) -> tf.Tensor:
        drawn = tf.multinomial(logits, count, seed=seed, output_dtype=tf.int32)
        return tf.reshape(tf.transpose(drawn), tf.concat([[count], batch_shape], 0))

    return _sampled(draw, ())


def bernoulli(probability: tf.Tensor, batch_size: tf.Tensor, seed: int | None, dtype: tf.DType = tf.bool) -> tf.Tensor:
    """Returns for each entry of a batch whether it is chosen: [batch] `dtype`.

    Args:
      probability: of being chosen, scalar or [batch] float32.
      batch_size: scalar int32.
      seed: of the choice.
      dtype: of the result.
    """
    own_shape = tf.shape(probability)

    def draw(count: tf.Tensor) -> tf.Tensor:
        uniform = tf.random_uniform(tf.concat([[count], own_shape], 0), seed=seed, dtype=probability.dtype)
        return tf.cast(tf.less(uniform, probability), dtype)

    return _sampled(draw, batch_size if probability.shape.rank == 0 else ())


def _sampled(draw: Callable[[tf.Tensor], tf.Tensor], shape: object) -> tf.Tensor:
    """Returns as many draws as `shape` has entries, in that shape."""
    with tf.name_scope('call_sampler'):
        shape = tf.convert_to_tensor(shape, tf.int32, name='sample_shape')
        is_scalar = tf.cast(tf.equal(tf.rank(shape), 0), tf.int32)
        shape = tf.reshape(shape, tf.pad(tf.shape(shape), [[is_scalar, 0]], constant_values=1))
        samples = draw(tf.reduce_prod(shape))
        return tf.reshape(samples, tf.concat([shape, tf.shape(samples)[1:]], 0))
