"""Attention that only moves forward through its memory (arXiv:1704.00784)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

import tf1 as tf
from tf1.contrib.seq2seq.attention import MemoryAttention, additive_score, dense, multiplicative_score

# Below this a quotient of two products is no longer trusted.
_SMALLEST_DIVISOR = 1e-10


def safe_cumprod(x: tf.Tensor, *args: object, **kwargs: object) -> tf.Tensor:
    """Returns the cumulative product of `x`, numbers in [0, 1], as a sum of logarithms.

    Args:
      x: any shape.
      *args: as for `tf.cumsum`.
      **kwargs: as for `tf.cumsum`.
    """
    with tf.name_scope(None, 'SafeCumprod', [x]):
        x = tf.convert_to_tensor(x, name='x')
        tiny = np.finfo(x.dtype.as_numpy_dtype).tiny
        return tf.exp(tf.cumsum(tf.log(tf.clip_by_value(x, tiny, 1)), *args, **kwargs))


def monotonic_attention(p_choose_i: tf.Tensor, previous_attention: tf.Tensor, mode: str) -> tf.Tensor:
    """Returns where attention goes from `previous_attention`, [batch, time].

    Args:
      p_choose_i: probability to stop at each step of the memory, [batch, time] in [0, 1].
      previous_attention: [batch, time].
      mode: 'recursive' is exact, 'parallel' fast, 'hard' for probabilities that are 0 or 1.

    Raises:
      ValueError: `mode` is none of these.
    """
    modes = {'recursive': _recursive, 'parallel': _parallel, 'hard': _hard}
    if mode not in modes:
        raise ValueError(f"mode must be 'recursive', 'parallel' or 'hard', got {mode!r}.")
    p = tf.convert_to_tensor(p_choose_i, name='p_choose_i')
    return modes[mode](p, tf.convert_to_tensor(previous_attention, name='previous_attention'))


def _recursive(p: tf.Tensor, previous: tf.Tensor) -> tf.Tensor:
    batch = p.shape[0].value or tf.shape(p)[0]
    passes = tf.concat([tf.ones([batch, 1], p.dtype), 1 - p[:, :-1]], 1)

    def step(arrived: tf.Tensor, column: tuple[tf.Tensor, tf.Tensor]) -> tf.Tensor:
        return tf.reshape(column[0] * arrived + column[1], [batch])

    arrived = tf.scan(step, [tf.transpose(passes), tf.transpose(previous)], tf.zeros([batch], p.dtype))
    return p * tf.transpose(arrived)


def _parallel(p: tf.Tensor, previous: tf.Tensor) -> tf.Tensor:
    passes = safe_cumprod(1 - p, axis=1, exclusive=True)
    return p * passes * tf.cumsum(previous / tf.clip_by_value(passes, _SMALLEST_DIVISOR, 1.0), axis=1)


def _hard(p: tf.Tensor, previous: tf.Tensor) -> tf.Tensor:
    p *= tf.cumsum(previous, axis=1)
    return p * tf.cumprod(1 - p, axis=1, exclusive=True)


def _probability(noise: float, mode: str, seed: int | None) -> Callable:
    """Returns the function of scores and last alignments that gives alignments."""

    def probability(score: tf.Tensor, previous: tf.Tensor) -> tf.Tensor:
        if noise > 0:
            score += noise * tf.random_normal(tf.shape(score), dtype=score.dtype, seed=seed)
        p = tf.cast(score > 0, score.dtype) if mode == 'hard' else tf.sigmoid(score)
        return monotonic_attention(p, previous, mode)

    return probability


class _MonotonicAttention(MemoryAttention):
    def initial_alignments(self, batch_size: int | tf.Tensor, dtype: tf.DType) -> tf.Tensor:
        """Returns all attention on the first step, [batch, time]."""
        return tf.one_hot(tf.zeros([batch_size], tf.int32), self._alignments_size, dtype=dtype)

    def _biased(self, score: tf.Tensor) -> tf.Tensor:
        initializer = tf.constant_initializer(self._score_bias_init)
        return score + tf.get_variable('attention_score_bias', dtype=score.dtype, shape=(), initializer=initializer)


class BahdanauMonotonicAttention(_MonotonicAttention):
    """Additive monotonic attention.

    Args:
      num_units: size in which query and memory are compared.
      memory: [batch, time, n].
      memory_sequence_length: [batch] integers; None where all is memory.
      normalize: whether the score's weights are normalised.
      score_mask_value: score past the memory's end; None for minus infinity.
      sigmoid_noise: deviation of the noise that is added to scores.
      sigmoid_noise_seed: seed of the noise.
      score_bias_init: where the bias of scores starts.
      mode: as for `monotonic_attention`.
      dtype: of query and memory layer; None for float32.
      name: of the operations.
    """

    def __init__(
        self,
        num_units: int,
        memory: tf.Tensor,
        memory_sequence_length: tf.Tensor | None = None,
        normalize: bool = False,
        score_mask_value: float | None = None,
        sigmoid_noise: float = 0.0,
        sigmoid_noise_seed: int | None = None,
        score_bias_init: float = 0.0,
        mode: str = 'parallel',
        dtype: tf.DType | None = None,
        name: str = 'BahdanauMonotonicAttention',
    ):
        super().__init__(
            query_layer=dense(num_units, 'query_layer', dtype),
            memory_layer=dense(num_units, 'memory_layer', dtype),
            memory=memory,
            probability_fn=_probability(sigmoid_noise, mode, sigmoid_noise_seed),
            memory_sequence_length=memory_sequence_length,
            score_mask_value=score_mask_value,
            name=name,
            num_units=num_units,
        )
        self._normalize = normalize
        self._score_bias_init = score_bias_init

    def __call__(self, query: tf.Tensor, state: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns alignments and next state, both [batch, time], for `query`, [batch, n]."""
        with tf.variable_scope(None, 'bahdanau_monotonic_attention', [query]):
            score = self._biased(additive_score(self.query_layer(query), self._keys, self._normalize))
        return self._align(score, state)


class LuongMonotonicAttention(_MonotonicAttention):
    """Multiplicative monotonic attention.

    Args:
      num_units: depth of queries.
      scale: whether scores are scaled by a trained factor.

    The others are those of `BahdanauMonotonicAttention`.
    """

    def __init__(
        self,
        num_units: int,
        memory: tf.Tensor,
        memory_sequence_length: tf.Tensor | None = None,
        scale: bool = False,
        score_mask_value: float | None = None,
        sigmoid_noise: float = 0.0,
        sigmoid_noise_seed: int | None = None,
        score_bias_init: float = 0.0,
        mode: str = 'parallel',
        dtype: tf.DType | None = None,
        name: str = 'LuongMonotonicAttention',
    ):
        super().__init__(
            query_layer=None,
            memory_layer=dense(num_units, 'memory_layer', dtype),
            memory=memory,
            probability_fn=_probability(sigmoid_noise, mode, sigmoid_noise_seed),
            memory_sequence_length=memory_sequence_length,
            score_mask_value=score_mask_value,
            name=name,
            num_units=num_units,
        )
        self._scale = scale
        self._score_bias_init = score_bias_init

    def __call__(self, query: tf.Tensor, state: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns alignments and next state, both [batch, time], for `query`, [batch, num_units]."""
        with tf.variable_scope(None, 'luong_monotonic_attention', [query]):
            score = self._biased(multiplicative_score(query, self._keys, self._scale))
        return self._align(score, state)
