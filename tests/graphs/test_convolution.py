"""Convolution and pooling against the document's examples, NumPy, SciPy and naive loops."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.signal

from graphs.convolution import conv1d, conv2d, conv2d_multichannel, max_pool2d, mean_pool2d

X = [[1, 3, 2, 4], [5, 6, 1, 3], [1, 2, 0, 2], [3, 4, 3, 2]]
W = [[1, 0, 3], [1, 2, 1], [0, 1, 1]]
DTYPES = (np.int8, np.int64, np.float32, np.float64)


def naive_conv2d(x, w, p, s):
    """The definition, one multiplication at a time: y[i, j] sums w[a, b] x[i s + m - 1 - a - p, ...]."""
    n1, n2 = x.shape
    m1, m2 = w.shape
    rows = (n1 + 2 * p[0] - m1) // s[0] + 1
    cols = (n2 + 2 * p[1] - m2) // s[1] + 1
    result = np.zeros((rows, cols), np.result_type(x, w))
    for i in range(rows):
        for j in range(cols):
            for a in range(m1):
                for b in range(m2):
                    row = i * s[0] + m1 - 1 - a - p[0]
                    col = j * s[1] + m2 - 1 - b - p[1]
                    if 0 <= row < n1 and 0 <= col < n2:
                        result[i, j] += x[row, col] * w[a, b]
    return result


def naive_pool(x, size, stride, reduce):
    rows = (x.shape[0] - size[0]) // stride[0] + 1
    cols = (x.shape[1] - size[1]) // stride[1] + 1
    return np.array(
        [
            [
                reduce(x[i * stride[0] : i * stride[0] + size[0], j * stride[1] : j * stride[1] + size[1]], axis=(0, 1))
                for j in range(cols)
            ]
            for i in range(rows)
        ]
    )


def draw(rng, shape, dtype):
    if np.issubdtype(dtype, np.integer):
        return rng.integers(-4, 5, shape).astype(dtype)
    return rng.standard_normal(shape).astype(dtype)


def assert_same(got, wanted):
    """Integers exactly; floats to the rounding of a sum in another order."""
    assert got.shape == wanted.shape
    assert got.dtype == wanted.dtype
    if np.issubdtype(got.dtype, np.integer):
        np.testing.assert_array_equal(got, wanted)
    else:
        eps = np.finfo(got.dtype).eps
        np.testing.assert_allclose(got, wanted, rtol=100 * eps, atol=300 * eps)


def test_conv1d_gives_the_documents_worked_example():
    got = conv1d([1, 3, 2, 4, 5, 6, 1, 3], [1, 0, 3, 1, 2], p=2, s=1)
    assert got.tolist() == [5, 14, 16, 26, 24, 34, 19, 22]


def test_conv2d_gives_the_documents_worked_example():
    got = conv2d(X, W, p=(1, 1), s=(1, 1))
    assert got.tolist() == [[11, 25, 32, 13], [19, 25, 24, 13], [13, 28, 25, 17], [11, 17, 14, 9]]


def test_a_stride_keeps_every_sth_output_of_the_worked_examples():
    # Every second of [5, 14, 16, 26, 24, 34, 19, 22]; the document's loop gives only [5, 16].
    assert conv1d([1, 3, 2, 4, 5, 6, 1, 3], [1, 0, 3, 1, 2], p=2, s=2).tolist() == [5, 16, 24, 19]
    assert conv2d(X, W, p=(1, 1), s=(2, 3)).tolist() == [[11, 13], [13, 17]]


def test_the_kernel_is_rotated():
    # An impulse gives the kernel back; a layer's cross-correlation would give it rotated.
    assert conv1d([0, 1, 0], [1, 2, 3], p='same').tolist() == [1, 2, 3]
    assert conv2d([[1]], W, p='full').tolist() == W


@pytest.mark.parametrize('dtype', DTYPES)
@pytest.mark.parametrize('mode', ['full', 'same', 'valid'])
def test_conv1d_equals_numpy_convolve_in_each_mode(mode, dtype):
    rng = np.random.default_rng(1)
    for _ in range(40):
        m = int(rng.integers(1, 9))
        x, w = draw(rng, int(rng.integers(m, 20)), dtype), draw(rng, m, dtype)
        assert_same(conv1d(x, w, p=mode), np.convolve(x, w, mode))


@pytest.mark.parametrize('dtype', DTYPES)
@pytest.mark.parametrize('mode', ['full', 'same', 'valid'])
def test_conv2d_equals_scipy_convolve2d_in_each_mode(mode, dtype):
    rng = np.random.default_rng(2)
    for _ in range(40):
        m1, m2 = (int(m) for m in rng.integers(1, 7, 2))
        x, w = draw(rng, (int(rng.integers(m1, 15)), int(rng.integers(m2, 15))), dtype), draw(rng, (m1, m2), dtype)
        assert_same(conv2d(x, w, p=mode), scipy.signal.convolve2d(x, w, mode))


@pytest.mark.parametrize('mode', ['full', 'same'])
def test_a_kernel_larger_than_the_input_gives_what_scipy_gives(mode):
    rng = np.random.default_rng(3)
    for _ in range(40):
        n1, n2, m1, m2 = (int(n) for n in rng.integers(1, 9, 4))
        x, w = draw(rng, (n1, n2), np.int64), draw(rng, (m1, m2), np.int64)
        assert_same(conv2d(x, w, p=mode), scipy.signal.convolve2d(x, w, mode))
        assert_same(conv1d(x[0], w[0], p=mode), scipy.signal.convolve(x[0], w[0], mode, method='direct'))


def test_an_even_kernel_in_mode_same_pads_one_zero_more_in_front():
    # Padded [0, 0, 1, 2, 3, 0] and rotated kernel [1, 10, 100, 1000]: 100 + 2000, 10 + 200 + 3000, 1 + 20 + 300.
    assert conv1d([1, 2, 3], [1000, 100, 10, 1], p='same').tolist() == [2100, 3210, 321]


@pytest.mark.parametrize('dtype', DTYPES)
def test_every_padding_and_stride_equals_the_naive_loops(dtype):
    rng = np.random.default_rng(4)
    compared = 0
    while compared < 60:
        n, m, p = (tuple(int(v) for v in rng.integers(low, high, 2)) for low, high in ((1, 9), (1, 6), (0, 5)))
        s = tuple(int(v) for v in rng.integers(1, 5, 2))
        if any(a + 2 * c < b for a, b, c in zip(n, m, p, strict=True)):
            continue
        x, w = draw(rng, n, dtype), draw(rng, m, dtype)
        assert_same(conv2d(x, w, p, s), naive_conv2d(x, w, p, s))
        assert_same(conv1d(x[0], w[0], p[1], s[1]), naive_conv2d(x[:1], w[:1], (0, p[1]), (1, s[1]))[0])
        compared += 1


@pytest.mark.parametrize('mode', ['full', 'same', 'valid'])
def test_a_stride_in_a_padding_mode_takes_every_sth_output_of_stride_1(mode):
    x, w = np.arange(56).reshape(7, 8), np.arange(12).reshape(3, 4)
    np.testing.assert_array_equal(conv2d(x, w, mode, (2, 3)), conv2d(x, w, mode)[::2, ::3])


def test_a_1x1_kernel_scales_the_input():
    assert conv2d(X, [[3]]).tolist() == (3 * np.array(X)).tolist()


@pytest.mark.parametrize(
    ('x', 'w', 'wanted'),
    [
        (np.int32, np.int32, np.int32),
        (np.uint8, np.int16, np.int16),
        (np.uint8, np.float32, np.float32),
        (np.float32, np.float64, np.float64),
        (np.bool_, np.bool_, np.bool_),
    ],
)
def test_the_result_has_the_dtype_that_numpy_gives_the_pair(x, w, wanted):
    signal, kernel = np.array([1, 0, 1, 1], x), np.array([1, 1], w)
    got = conv1d(signal, kernel)
    assert got.dtype == wanted
    np.testing.assert_array_equal(got, np.convolve(signal, kernel, 'valid'))
    assert conv2d_multichannel(signal.reshape(2, 2, 1), kernel.reshape(1, 1, 1, 2)).dtype == wanted


def test_inputs_are_left_as_they_were():
    x, w = np.array(X, float), np.array(W, float)
    conv2d(x, w)
    max_pool2d(x)
    mean_pool2d(x)
    assert x.tolist() == X
    assert w.tolist() == W


@pytest.mark.parametrize('dtype', DTYPES)
def test_multichannel_equals_the_sum_of_single_convolutions_plus_the_bias(dtype):
    rng = np.random.default_rng(5)
    for p, s in (((0, 0), (1, 1)), ((2, 1), (1, 2)), ((1, 3), (3, 2)), ('same', (1, 1)), ('full', (2, 1))):
        c_in, c_out = (int(c) for c in rng.integers(1, 5, 2))
        x = draw(rng, (7, 6, c_in), dtype)
        w = draw(rng, (3, 4, c_in, c_out), dtype)
        b = draw(rng, c_out, dtype)
        wanted = np.stack(
            [sum(conv2d(x[..., c], w[..., c, o], p, s) for c in range(c_in)) + b[o] for o in range(c_out)], -1
        )
        assert_same(conv2d_multichannel(x, w, b, p, s), wanted)
        assert_same(conv2d_multichannel(x, w, None, p, s), wanted - b)


def test_a_float_bias_on_integers_gives_floats():
    got = conv2d_multichannel(np.ones((2, 2, 3), int), np.ones((2, 2, 3, 2), int), [0.5, -1])
    assert got.tolist() == [[[12.5, 11.0]]]


@pytest.mark.parametrize('dtype', [np.uint8, np.int64, np.float32, np.float64])
def test_pooling_equals_the_naive_loops(dtype):
    rng = np.random.default_rng(6)
    for _ in range(40):
        size, stride = (tuple(int(v) for v in rng.integers(1, 4, 2)) for _ in range(2))
        shape = tuple(int(v) for v in rng.integers(3, 10, 2)) + ((3,) if rng.random() < 0.5 else ())
        x = (rng.random(shape) * 200).astype(dtype)
        assert_same(max_pool2d(x, size, stride), naive_pool(x, size, stride, np.max))
        assert_same(mean_pool2d(x, size, stride), naive_pool(x, size, stride, np.mean))


def test_pooling_windows_stand_side_by_side_by_default_and_a_rest_is_dropped():
    x = np.arange(15).reshape(3, 5)
    assert max_pool2d(x).tolist() == [[6, 8]]
    assert mean_pool2d(x).tolist() == [[3.0, 5.0]]
    assert mean_pool2d(x, (3, 1)).tolist() == [[5.0, 6.0, 7.0, 8.0, 9.0]]


def test_pooling_hands_nan_on():
    assert np.isnan(max_pool2d([[1.0, np.nan], [2.0, 3.0]])).all()


@pytest.mark.parametrize(
    ('call', 'message'),
    [
        (lambda: conv1d([1, 2], [1], s=0), 's must be a whole number >= 1, got 0.'),
        (lambda: conv1d([1, 2], [1], p=-1), 'p must be a whole number >= 0, got -1.'),
        (lambda: conv1d([1, 2], [1], p=0.5), 'p must be a whole number >= 0, got 0.5.'),
        (lambda: conv1d([1, 2], [1], p='SAME'), "p must be one of full, same, valid or a number of zeros, got 'SAME'."),
        (lambda: conv1d(X, [1]), 'x must have rank 1, got shape (4, 4); reshape it.'),
        (lambda: conv1d([1], W), 'w must have rank 1, got shape (3, 3); reshape it.'),
        (lambda: conv1d([], [1]), 'x must not be empty, got shape (0,).'),
        (
            lambda: conv1d([1, 2], [1] * 5, p=1),
            'w must fit into the padded input, got (5,) for (4,); use a smaller kernel or more padding.',
        ),
        (lambda: conv2d([1, 2], W), 'X must have rank 2, got shape (2,); reshape it.'),
        (lambda: conv2d(X, W, s=(1, 0)), 's must be 2 whole numbers >= 1, got (1, 0).'),
        (lambda: conv2d(X, W, s=2), 's must be 2 whole numbers >= 1, got 2.'),
        (lambda: conv2d(X, W, p=(0, -2)), 'p must be 2 whole numbers >= 0, got (0, -2).'),
        (lambda: conv2d(X, W, p=(1, 1, 1)), 'p must be 2 whole numbers >= 0, got (1, 1, 1).'),
        (
            lambda: conv2d([[1]], W, p='valid'),
            'W must fit into the padded input, got (3, 3) for (1, 1); use a smaller kernel or more padding.',
        ),
        (
            lambda: conv2d_multichannel(np.ones((4, 4, 2)), np.ones((3, 3, 1, 5))),
            'W must have as many input channels as X, got 1 (W (3, 3, 1, 5)) for 2 (X (4, 4, 2)); '
            'make W [m1, m2, c_in, c_out] and X [n1, n2, c_in].',
        ),
        (
            lambda: conv2d_multichannel(np.ones((4, 4, 2)), np.ones((3, 3, 2, 5)), np.ones(4)),
            'b must have one value per output channel of W, got 4 for 5 (W (3, 3, 2, 5)); make b [c_out].',
        ),
        (lambda: max_pool2d([1, 2]), 'X must have rank 2 or 3, got shape (2,); reshape it.'),
        (lambda: max_pool2d(X, (0, 2)), 'size must be 2 whole numbers >= 1, got (0, 2).'),
        (lambda: mean_pool2d(X, stride=(2, 0)), 'stride must be 2 whole numbers >= 1, got (2, 0).'),
        (
            lambda: mean_pool2d(X, (5, 1)),
            'size must fit into X, got (5, 1) for (4, 4); use a smaller size.',
        ),
    ],
)
def test_a_wrong_argument_is_named_with_its_value_and_the_remedy(call, message):
    with pytest.raises(ValueError, match='^.*$') as error:
        call()
    assert str(error.value) == message
