"""Functions of `tf.keras.backend`, regularizers, metrics and activations, with the nodes of TF 1.15's Keras."""

from __future__ import annotations

import math
from typing import Any

import tensorflow as tf2
import tensorflow.compat.v1 as tf

from tf1._engine.replacements import Function


def clip(x: tf.Tensor, min_value: float | None, max_value: float | None) -> tf.Tensor:
    """Returns `x` between two bounds, which are constants of their own; None for no bound."""
    if min_value is not None and max_value is not None and not tf.is_tensor(max_value) and not tf.is_tensor(min_value):
        max_value = max(min_value, max_value)
    least = tf.convert_to_tensor(-math.inf if min_value is None else min_value, x.dtype.base_dtype)
    most = tf.convert_to_tensor(math.inf if max_value is None else max_value, x.dtype.base_dtype)
    return tf.clip_by_value(x, least, most)


def sqrt(x: tf.Tensor) -> tf.Tensor:
    """Returns the square root of `x`, 0 where `x` is negative."""
    return tf.sqrt(clip(x, 0.0, math.inf))


def elu(x: tf.Tensor, alpha: float = 1.0) -> tf.Tensor:
    """Returns the exponential linear unit, scaled by `alpha` below 0."""
    below = tf.nn.elu(x)
    return below if alpha == 1 else tf.where(x > 0, below, alpha * below)


def selu(x: tf.Tensor) -> tf.Tensor:
    """Returns the scaled exponential linear unit, built from `elu`."""
    return 1.0507009873554804934193349852946 * elu(x, 1.6732632423543772848170429916717)


def random_bernoulli(
    shape: Any, p: float = 0.0, dtype: tf.DType | str | None = None, seed: int | None = None
) -> tf.Tensor:
    """Returns ones with probability `p`, else zeros."""
    dtype = dtype or tf.keras.backend.floatx()
    seed = _seed(seed)
    drawn = tf.random_uniform(shape, dtype=dtype, seed=seed)
    return tf.where(drawn <= p, tf.ones(shape, dtype), tf.zeros(shape, dtype))


def _seed(seed: int | None) -> int:
    import numpy as np

    return np.random.randint(10_000_000) if seed is None else seed


def with_seeds_of_numpy(usual: Function) -> Function:
    """Returns a layer's call, or what makes masks from a generator, whose random operations get seeds from NumPy.

    So it is where Keras calls its backend's random functions, and no seed is given.
    """

    def ours(owner: Any, *args: Any, **kwargs: Any) -> Any:
        generator = getattr(owner, '_random_generator', owner)
        if generator._seed is not None:
            return usual(owner, *args, **kwargs)
        # An attribute of the object, unknown to Keras's tracking, that hides the method of its class.
        generator.__dict__['make_legacy_seed'] = lambda: _seed(None)
        try:
            return usual(owner, *args, **kwargs)
        finally:
            del generator.__dict__['make_legacy_seed']

    return ours


def batch_dot(usual: Function) -> Function:
    """Returns the product of two batches: for matrices one MatMul that transposes, for vectors a sum of products."""

    def ours(x: tf.Tensor, y: tf.Tensor, axes: Any = None) -> tf.Tensor:
        ranks = (x.shape.rank, y.shape.rank)
        axes = (axes, axes) if isinstance(axes, int) else axes
        if ranks == (2, 2) and axes in (None, (1, 1), [1, 1]):
            return tf.expand_dims(tf.reduce_sum(tf.multiply(x, y), 1), 1)
        if ranks != (3, 3):
            return usual(x, y, axes)
        of_x, of_y = axes or (2, 1)
        if of_x not in (1, 2) or of_y not in (1, 2):
            return usual(x, y, axes)
        return tf.matmul(x, y, adjoint_a=of_x == 1, adjoint_b=of_y == 2)

    return ours


def resize_images(usual: Function) -> Function:
    """Returns what scales images by whole factors; the size of the result is computed when it runs."""

    def ours(
        x: tf.Tensor, height_factor: int, width_factor: int, data_format: str, interpolation: str = 'nearest'
    ) -> tf.Tensor:
        if interpolation not in ('nearest', 'bilinear'):
            return usual(x, height_factor, width_factor, data_format, interpolation)
        first = data_format == 'channels_first'
        height, width = x.shape.as_list()[2:4] if first else x.shape.as_list()[1:3]
        size = tf.shape(x)[2:] if first else tf.shape(x)[1:3]
        size *= tf.constant([height_factor, width_factor], tf.int32)
        if first:
            x = tf.keras.backend.permute_dimensions(x, [0, 2, 3, 1])
        resized = tf2.image.resize(x, size, interpolation)
        space = [height and height * height_factor, width and width * width_factor]
        resized.set_shape([None, *space, None])
        return tf.keras.backend.permute_dimensions(resized, [0, 3, 1, 2]) if first else resized

    return ours


def sparse_categorical_crossentropy(usual: Function) -> Function:
    """Returns the cross entropy of class numbers, which are cast after the probabilities are made logits."""

    def ours(
        target: tf.Tensor, output: tf.Tensor, from_logits: bool = False, axis: int = -1, ignore_class: int | None = None
    ) -> tf.Tensor:
        if not from_logits and isinstance(output, tf.Tensor) and output.op.type != 'Softmax':
            epsilon = tf.constant(tf.keras.backend.epsilon(), output.dtype.base_dtype)
            output = tf.log(tf.clip_by_value(output, epsilon, 1 - epsilon))
            from_logits = True
        return usual(target, output, from_logits, axis, ignore_class)

    return ours


def sparse_categorical_matches(y_true: Any, y_pred: Any) -> tf.Tensor:
    """Returns 1.0 where the largest of `y_pred` is the one that `y_true` names, else 0.0."""
    y_pred, y_true = tf.convert_to_tensor(y_pred), tf.convert_to_tensor(y_true)
    if y_true.shape.rank is not None and y_true.shape.rank == y_pred.shape.rank:
        y_true = tf.squeeze(y_true, [-1])
    largest = tf.argmax(y_pred, axis=-1)
    if largest.dtype != y_true.dtype:
        largest = tf.cast(largest, y_true.dtype)
    return tf.cast(tf.equal(y_true, largest), tf.keras.backend.floatx())


def sparse_top_k_categorical_matches(usual: Function) -> Function:
    """Returns what says whether the class is among the first `k`; class numbers that are int64 stay so."""

    def ours(y_true: Any, y_pred: Any, k: int = 5) -> tf.Tensor:
        y_pred, y_true = tf.convert_to_tensor(y_pred), tf.convert_to_tensor(y_true)
        if y_pred.shape.rank == y_true.shape.rank == 2:
            y_true = tf.reshape(y_true, [-1])
        if y_pred.shape.rank != 2 or y_true.shape.rank != 1:
            return usual(y_true, y_pred, k)
        if not y_true.dtype.is_integer:
            y_true = tf.cast(y_true, tf.int32)
        return tf.cast(tf.nn.in_top_k(y_pred, y_true, k), tf.keras.backend.floatx())

    return ours


def ctc_decode(
    y_pred: tf.Tensor, input_length: Any, greedy: bool = True, beam_width: int = 100, top_paths: int = 1
) -> tuple[list[tf.Tensor], tf.Tensor]:
    """Decodes the output of a softmax, (samples, steps, classes).

    Returns:
      The best path, or the `top_paths` best ones, each as long as its longest and filled up with -1; the logarithms of
      their probabilities.
    """
    inputs = tf.log(tf.transpose(y_pred, perm=[1, 0, 2]) + tf.keras.backend.epsilon())
    lengths = tf.cast(input_length, tf.int32)
    if greedy:
        decoded, probabilities = tf.nn.ctc_greedy_decoder(inputs, lengths)
    else:
        decoded, probabilities = tf.nn.ctc_beam_search_decoder(inputs, lengths, beam_width, top_paths)
    return [tf.sparse_to_dense(*_parts(path), default_value=-1) for path in decoded], probabilities


def _parts(sparse: tf.SparseTensor) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
    return sparse.indices, sparse.dense_shape, sparse.values


def penalty(self: Any, x: tf.Tensor) -> tf.Tensor:
    """Returns a regularizer's penalty: `0. + l1 * sum(|x|) + l2 * sum(x ** 2)`, without terms whose factor is 0."""
    l1, l2 = float(getattr(self, 'l1', 0.0)), float(getattr(self, 'l2', 0.0))
    if not l1 and not l2:
        return tf.constant(0.0)
    total = 0.0
    if l1:
        total += l1 * tf.reduce_sum(tf.abs(x))
    if l2:
        total += l2 * tf.reduce_sum(tf.square(x))
    return total
