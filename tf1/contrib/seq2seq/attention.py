"""Attention mechanisms: additive (Bahdanau, arXiv:1409.0473) and multiplicative (Luong, arXiv:1508.04025)."""

from __future__ import annotations

from collections.abc import Callable

import tf1 as tf
from tf1.contrib.rnn import sizes
from tf1.contrib.seq2seq.basic_decoder import check_layer


class AttentionMechanism:
    """The interface that `AttentionWrapper` uses."""

    @property
    def alignments_size(self) -> int | tf.Tensor:
        """Steps of the memory."""
        raise NotImplementedError

    @property
    def state_size(self) -> int | tf.Tensor:
        """Size of the state, without the batch."""
        raise NotImplementedError


class MemoryAttention(AttentionMechanism):
    """An attention over a memory, with trained keys.

    Args:
      query_layer: applied to queries; None for none.
      memory: [batch, time, ...].
      probability_fn: of scores and last state, [batch, time], returns alignments.
      memory_sequence_length: [batch] integers; None where all is memory.
      memory_layer: applied to the memory, gives keys; None for none.
      check_inner_dims_defined: whether the memory's shape past time must be known.
      score_mask_value: score past the memory's end; None for minus infinity.
      custom_key_value_fn: of keys and values, returns both.
      name: of the operations.
      num_units: depth of keys, kept for classes derived from this one.

    Raises:
      TypeError: a layer is none.
      ValueError: the memory's shape past time is not known.
    """

    def __init__(
        self,
        query_layer: tf.layers.Layer | None,
        memory: tf.Tensor,
        probability_fn: Callable,
        memory_sequence_length: tf.Tensor | None = None,
        memory_layer: tf.layers.Layer | None = None,
        check_inner_dims_defined: bool = True,
        score_mask_value: float | None = None,
        custom_key_value_fn: Callable | None = None,
        name: str | None = None,
        num_units: int | None = None,
    ):
        check_layer('query_layer', query_layer)
        check_layer('memory_layer', memory_layer)
        self._name = name
        self._num_units = num_units
        self._query_layer = query_layer
        self._memory_layer = memory_layer
        # Attention that programs write themselves calls this with scores that are not masked yet.
        self._probability_fn = lambda score, state: probability_fn(self._masked_score(score), state)
        self._score_mask_value = float('-inf') if score_mask_value is None else score_mask_value
        with tf.name_scope(name, 'BaseAttentionMechanismInit', tf.nest.flatten(memory)):
            # Scores are masked by the lengths as they were given: a list becomes a constant at each use.
            self._lengths = lengths = memory_sequence_length
            if lengths is not None:
                lengths = tf.convert_to_tensor(lengths, name='memory_sequence_length')
            self._values = prepare_memory(memory, lengths, None, check_inner_dims_defined)
            self._keys = self._values if memory_layer is None else memory_layer(self._values)
            if custom_key_value_fn is not None:
                self._keys, self._values = custom_key_value_fn(self._keys, self._values)
            shape = self._keys.shape
            self._batch_size = shape[0].value or tf.shape(self._keys)[0]
            self._alignments_size = shape[1].value or tf.shape(self._keys)[1]

    @property
    def memory_layer(self) -> tf.layers.Layer | None:
        """Makes keys of the memory."""
        return self._memory_layer

    @property
    def query_layer(self) -> tf.layers.Layer | None:
        """Applied to queries."""
        return self._query_layer

    @property
    def values(self) -> tf.Tensor:
        """The memory, zeros past its end: [batch, time, ...]."""
        return self._values

    @property
    def keys(self) -> tf.Tensor:
        """What queries are compared with: [batch, time, ...]."""
        return self._keys

    @property
    def dtype(self) -> str:
        """Name of the keys' type."""
        return self._keys.dtype.name

    @property
    def batch_size(self) -> int | tf.Tensor:
        """Batch size of the memory."""
        return self._batch_size

    @property
    def alignments_size(self) -> int | tf.Tensor:
        """Steps of the memory."""
        return self._alignments_size

    @property
    def state_size(self) -> int | tf.Tensor:
        """Steps of the memory: the state is the last alignments."""
        return self._alignments_size

    def initial_alignments(self, batch_size: int | tf.Tensor, dtype: tf.DType) -> tf.Tensor:
        """Returns zeros, [batch, time]."""
        return sizes.zeros_of(self._alignments_size, batch_size, dtype)

    def initial_state(self, batch_size: int | tf.Tensor, dtype: tf.DType) -> tf.Tensor:
        """Returns the initial alignments."""
        return self.initial_alignments(batch_size, dtype)

    def _align(self, score: tf.Tensor, state: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns alignments and next state, both [batch, time]."""
        alignments = self._probability_fn(score, state)
        return alignments, alignments

    def _masked_score(self, score: tf.Tensor) -> tf.Tensor:
        return mask_score(score, self._lengths, None, self._score_mask_value)


def mask_score(
    score: tf.Tensor,
    memory_sequence_length: tf.Tensor | None = None,
    memory_mask: tf.Tensor | None = None,
    score_mask_value: float | None = None,
) -> tf.Tensor:
    """Returns `score`, [batch, time], with `score_mask_value` past the memory's end, or where `memory_mask` is not set.

    Raises:
      ValueError: both a length and a mask are given.
    """
    if memory_sequence_length is None and memory_mask is None:
        return score
    mask = memory_mask
    checks = []
    if memory_sequence_length is not None:
        _check_one(memory_mask)
        message = 'All values in memory_sequence_length must be greater than zero.'
        checks = [tf.assert_positive(memory_sequence_length, message=message)]
    if mask is None:
        with tf.control_dependencies(checks):
            mask = tf.sequence_mask(memory_sequence_length, maxlen=tf.shape(score)[1])
    return tf.where(mask, score, score_mask_value * tf.ones_like(score))


def _check_one(memory_mask: tf.Tensor | None) -> None:
    if memory_mask is not None:
        raise ValueError("memory_sequence_length and memory_mask can't be provided at same time.")


def prepare_memory(
    memory: tf.Tensor,
    memory_sequence_length: tf.Tensor | None = None,
    memory_mask: tf.Tensor | None = None,
    check_inner_dims_defined: bool = True,
) -> tf.Tensor:
    """Returns `memory`, [batch, time, ...], with zeros past its end, or where `memory_mask` is not set.

    Raises:
      ValueError: both a length and a mask are given, or the shape past time is checked and not known.
    """
    memory = tf.convert_to_tensor(memory, name='memory')
    if memory_sequence_length is not None:
        _check_one(memory_mask)
    if check_inner_dims_defined and not memory.shape[2:].is_fully_defined():
        raise ValueError(f'memory must have a known shape past batch and time, got {memory.shape}.')
    if memory_sequence_length is None and memory_mask is None:
        return memory
    if memory_mask is None:
        mask = tf.sequence_mask(memory_sequence_length, maxlen=tf.shape(memory)[1], dtype=memory.dtype)
    else:
        mask = tf.cast(memory_mask, memory.dtype)
    with tf.name_scope('ones') as scope:
        rank = tf.constant([memory.shape.rank - 2], name='shape_as_tensor')
        ones = tf.fill(rank, tf.constant(1), name=scope)
    return memory * tf.reshape(mask, tf.concat([tf.shape(mask), ones], 0))


def dense(num_units: int, name: str, dtype: tf.DType | None) -> tf.layers.Layer:
    """Returns the layer without bias that keys and queries go through."""
    return tf.layers.Dense(num_units, name=name, use_bias=False, dtype=dtype or tf.float32)


def stateless(probability_fn: Callable | None) -> Callable:
    """Returns `probability_fn`, of scores, as a function of scores and state; None stands for softmax."""
    function = probability_fn or tf.nn.softmax
    return lambda score, _: function(score)


def additive_score(query: tf.Tensor, keys: tf.Tensor, normalize: bool) -> tf.Tensor:
    """Returns `sum(v * tanh(keys + query))`, [batch, time], with the variables `attention_v`, `_g` and `_b`.

    Args:
      query: [batch, units].
      keys: [batch, time, units].
      normalize: whether v is divided by its norm and scaled by g, and b is added (arXiv:1602.07868).
    """
    units, dtype = keys.shape[2].value, query.dtype
    v = tf.get_variable('attention_v', [units], dtype=dtype)
    if not normalize:
        return weighted_score(query, keys, v)
    g = tf.get_variable('attention_g', dtype=dtype, initializer=tf.constant_initializer(units**-0.5), shape=())
    b = tf.get_variable('attention_b', [units], dtype=dtype, initializer=tf.zeros_initializer())
    return weighted_score(query, keys, v, g, b)


def weighted_score(
    processed_query: tf.Tensor,
    keys: tf.Tensor,
    attention_v: tf.Tensor,
    attention_g: tf.Tensor | None = None,
    attention_b: tf.Tensor | None = None,
) -> tf.Tensor:
    """Returns the additive score, [batch, time], for weights that are there; with `g` and `b` it is normalised."""
    hidden = keys + tf.expand_dims(processed_query, 1)
    if attention_g is not None and attention_b is not None:
        hidden += attention_b
        attention_v = attention_g * attention_v * tf.rsqrt(tf.reduce_sum(tf.square(attention_v)))
    return tf.reduce_sum(attention_v * tf.tanh(hidden), [2])


def multiplicative_score(query: tf.Tensor, keys: tf.Tensor, scale: bool) -> tf.Tensor:
    """Returns `dot_score`, times the variable `attention_g` if `scale`."""
    score = dot_score(query, keys, None)
    if not scale:
        return score
    return score * tf.get_variable('attention_g', dtype=query.dtype, initializer=tf.ones_initializer, shape=())


def dot_score(query: tf.Tensor, keys: tf.Tensor, scale: tf.Tensor | None) -> tf.Tensor:
    """Returns `keys @ query`, [batch, time], times `scale`, unless that is None.

    Raises:
      ValueError: query [batch, units] and keys [batch, time, units] differ in units.
    """
    if query.shape[-1].value != keys.shape[-1].value:
        raise ValueError(
            f'query and keys must have as many units; got {query.shape[-1]} and {keys.shape[-1]}. '
            "Set the attention's num_units to the query's depth."
        )
    score = tf.squeeze(tf.matmul(tf.expand_dims(query, 1), keys, transpose_b=True), [1])
    return score if scale is None else scale * score


class BahdanauAttention(MemoryAttention):
    """Additive attention.

    Args:
      num_units: size in which query and memory are compared.
      memory: [batch, time, n].
      memory_sequence_length: [batch] integers; None where all is memory.
      normalize: whether the score's weights are normalised.
      probability_fn: of scores [batch, time]; None for softmax.
      score_mask_value: score past the memory's end; None for minus infinity.
      dtype: of query and memory layer; None for float32.
      custom_key_value_fn: of keys and values, returns both.
      name: of the operations.
    """

    def __init__(
        self,
        num_units: int,
        memory: tf.Tensor,
        memory_sequence_length: tf.Tensor | None = None,
        normalize: bool = False,
        probability_fn: Callable | None = None,
        score_mask_value: float | None = None,
        dtype: tf.DType | None = None,
        custom_key_value_fn: Callable | None = None,
        name: str = 'BahdanauAttention',
    ):
        super().__init__(
            query_layer=dense(num_units, 'query_layer', dtype),
            memory_layer=dense(num_units, 'memory_layer', dtype),
            memory=memory,
            probability_fn=stateless(probability_fn),
            custom_key_value_fn=custom_key_value_fn,
            memory_sequence_length=memory_sequence_length,
            score_mask_value=score_mask_value,
            name=name,
            num_units=num_units,
        )
        self._normalize = normalize

    def __call__(self, query: tf.Tensor, state: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns alignments and next state, both [batch, time], for `query`, [batch, n]."""
        with tf.variable_scope(None, 'bahdanau_attention', [query]):
            score = additive_score(self.query_layer(query), self._keys, self._normalize)
        return self._align(score, state)


class LuongAttention(MemoryAttention):
    """Multiplicative attention.

    Args:
      num_units: depth of queries.
      scale: whether scores are scaled by a trained factor.

    The others are those of `BahdanauAttention`.
    """

    def __init__(
        self,
        num_units: int,
        memory: tf.Tensor,
        memory_sequence_length: tf.Tensor | None = None,
        scale: bool = False,
        probability_fn: Callable | None = None,
        score_mask_value: float | None = None,
        dtype: tf.DType | None = None,
        custom_key_value_fn: Callable | None = None,
        name: str = 'LuongAttention',
    ):
        super().__init__(
            query_layer=None,
            memory_layer=dense(num_units, 'memory_layer', dtype),
            memory=memory,
            probability_fn=stateless(probability_fn),
            custom_key_value_fn=custom_key_value_fn,
            memory_sequence_length=memory_sequence_length,
            score_mask_value=score_mask_value,
            name=name,
            num_units=num_units,
        )
        self._scale = scale

    def __call__(self, query: tf.Tensor, state: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns alignments and next state, both [batch, time], for `query`, [batch, num_units]."""
        with tf.variable_scope(None, 'luong_attention', [query]):
            score = multiplicative_score(query, self._keys, self._scale)
        return self._align(score, state)
