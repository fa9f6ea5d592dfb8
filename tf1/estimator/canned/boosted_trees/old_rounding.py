"""What TF 1.15 computes to the last bit where TensorFlow rounds otherwise today.

Last bits decide between splits that are equal but for rounding, of which there are many: that passengers are male says
as much as that they are not female. The packages of TF 1.15 are made for processors with AVX, without fused operations.
"""

from __future__ import annotations

import tensorflow.compat.v1 as tf

_LARGEST = 88.3762626647949
_LOG2_E = 1.44269504088896341
# ln 2 in two parts, the first of few digits, so that its products are exact.
_LN2_HIGH, _LN2_LOW = 0.693359375, -2.12194440e-4
_COEFFICIENTS = (1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1)
_EXPONENT_BIAS, _MANTISSA_BITS = 127, 23
_LANES = 8


def exp(x: tf.Tensor) -> tf.Tensor:
    """Returns e to the power of [batch, 1] float32 values, of the same shape.

    Eight at a time are computed by the method of the Cephes library; what is left over, by that of C.
    """
    even = tf.shape(x)[0] // _LANES * _LANES
    rest = tf.cast(tf.exp(tf.cast(x[even:], tf.float64)), tf.float32)
    return tf.reshape(tf.concat([_cephes_exp(x[:even]), rest], 0), tf.shape(x))


def _cephes_exp(x: tf.Tensor) -> tf.Tensor:
    x = tf.clip_by_value(x, -_LARGEST, _LARGEST)
    exponent = tf.floor(x * _LOG2_E + 0.5)
    rest = x - exponent * _LN2_HIGH
    rest = rest - exponent * _LN2_LOW
    power = tf.fill(tf.shape(rest), _COEFFICIENTS[0])
    for coefficient in _COEFFICIENTS[1:]:
        power = power * rest + coefficient
    power = power * (rest * rest) + rest
    # Not a constant, which TensorFlow would add to the rest first.
    power = power + tf.ones_like(power)
    bits = tf.bitwise.left_shift(tf.cast(exponent, tf.int32) + _EXPONENT_BIAS, _MANTISSA_BITS)
    return power * tf.bitcast(bits, tf.float32)


def inverse(x: tf.Tensor) -> tf.Tensor:
    """Returns 1 / x, float32, rounded correctly, though TensorFlow takes some divisions for approximate inverses."""
    return tf.cast(1.0 / tf.cast(x, tf.float64), tf.float32)


def mean(values: tf.Tensor) -> tf.Tensor:
    """Returns the mean of [count] float32 values, []: from eight sums side by side, and that of what is left over."""
    count = tf.size(values)
    even = count - count % _LANES
    sums = _last(tf.reshape(values[:even], [-1, _LANES]))
    while (lanes := sums.shape.num_elements()) > 1:
        sums = sums[: lanes // 2] + sums[lanes // 2 :]
    return (_last(values[even:, None])[0] + sums[0]) / tf.cast(count, tf.float32)


def _last(rows: tf.Tensor) -> tf.Tensor:
    """Returns the sum of rows, added one after the other."""
    return tf.cumsum(tf.concat([tf.zeros([1, rows.shape[1]]), rows], 0))[-1]
