"""Alpha dropout, the n-th smallest entry, and a softplus with its own scale."""

from __future__ import annotations

from typing import Any

import tf1 as tf

# What SELU tends to for large negative numbers (Klambauer et al., 2017): -scale * alpha.
_SATURATED = -1.7580993408473766


def alpha_dropout(
    x: Any, keep_prob: Any, noise_shape: Any = None, seed: int | None = None, name: str | None = None
) -> tf.Tensor:
    """Drops entries of `x` to where SELU saturates, and keeps mean and variance.

    Args:
      x: float tensor.
      keep_prob: probability that an entry is kept, in (0, 1]; a number or a scalar tensor.
      noise_shape: shape of what is kept and dropped, broadcast to that of `x`; the shape of `x` if None.
      seed: for the same entries in each run.
      name: of the operation.

    Raises:
      ValueError: `keep_prob` is not in (0, 1].
    """
    with tf.name_scope(name, 'alpha_dropout', [x]):
        x = tf.convert_to_tensor(x, name='x')
        if isinstance(keep_prob, (int, float)) and not 0 < keep_prob <= 1:
            raise ValueError(f'keep_prob must be in (0, 1], got {keep_prob}.')
        keep_prob = tf.convert_to_tensor(keep_prob, dtype=x.dtype, name='keep_prob')
        if tf.get_static_value(keep_prob) == 1:
            return x
        shape = tf.shape(x) if noise_shape is None else noise_shape
        kept = tf.cast(tf.floor(keep_prob + tf.random_uniform(shape, seed=seed, dtype=x.dtype)), x.dtype)
        dropped = x * kept + _SATURATED * (1 - kept)
        scale = tf.pow(keep_prob + keep_prob * (1 - keep_prob) * _SATURATED**2, -0.5)
        return scale * dropped - scale * _SATURATED * (1 - keep_prob)


def nth_element(input: Any, n: Any, reverse: bool = False, name: str | None = None) -> tf.Tensor:
    """Returns the `n`-th smallest entry, from 0 on, of each row of `input` [..., entries]; the largest if `reverse`."""
    return tf.raw_ops.NthElement(input=input, n=n, reverse=reverse, name=name)


def scaled_softplus(x: Any, alpha: Any, clip: Any = None, name: str | None = None) -> tf.Tensor:
    """Returns alpha * log(1 + exp(x / alpha)), at most `clip` where that is given; of the shape of `x`."""
    with tf.name_scope(name, 'scaled_softplus', [x, alpha]):
        x = tf.convert_to_tensor(x, name='x')
        alpha = tf.convert_to_tensor(alpha, dtype=x.dtype, name='alpha')
        result = alpha * tf.nn.softplus(x / alpha)
        return result if clip is None else tf.minimum(result, tf.cast(clip, x.dtype))
