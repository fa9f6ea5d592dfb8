"""Functions that build TF 1.15's nodes compute what TensorFlow's own do."""

import numpy as np
import pytest
import tensorflow.compat.v1 as tf

from tf1._engine import graph_nodes, replacements

_RANDOM = np.random.RandomState(3)
_X = _RANDOM.normal(size=[4, 8]).astype(np.float32)
_Y = _RANDOM.normal(size=[8, 3, 2]).astype(np.float32)
_IDS = np.array([0, 2, 2, 1], np.int32)
_IMAGE = _RANDOM.uniform(size=[2, 6, 5, 3]).astype(np.float32)
_MATRICES = _RANDOM.normal(size=[2, 3, 3]).astype(np.float32)

# Dotted name -> argument lists.
_CALLS = {
    'tensorflow.compat.v1.clip_by_global_norm': [([_X, None, _X[0]], 1.5), ([_X], 1e6), ([_X + np.inf], 1.0)],
    'tensorflow.compat.v1.histogram_fixed_width_bins': [(_X, [-1.0, 1.0], 5)],
    'tensorflow.compat.v1.image.crop_to_bounding_box': [(_IMAGE, 1, 2, 4, 3), (_IMAGE[0], 0, 0, 6, 5)],
    'tensorflow.compat.v1.image.pad_to_bounding_box': [(_IMAGE, 1, 2, 9, 8), (_IMAGE[0], 0, 0, 6, 5)],
    'tensorflow.compat.v1.image.per_image_standardization': [(_IMAGE,), (np.zeros([4, 4, 1], np.float32),)],
    'tensorflow.compat.v1.linspace': [(0.0, 1.0, 5), (-3.0, 2.0, 1), ([0.0, 1.0], [1.0, 3.0], 3)],
    'tensorflow.compat.v1.math.accumulate_n': [([_X, _X, _X],), ([_X],)],
    'tensorflow.compat.v1.math.bessel_i0': [(_X,)],
    'tensorflow.compat.v1.math.bessel_i0e': [(_X,)],
    'tensorflow.compat.v1.math.bessel_i1': [(_X,)],
    'tensorflow.compat.v1.math.bessel_i1e': [(_X,)],
    'tensorflow.compat.v1.math.bincount': [(_IDS,), (_IDS, [0.5, 1.0, 2.0, 4.0], 5, 9), (_IDS, None, 1, 2)],
    'tensorflow.compat.v1.math.is_non_decreasing': [([1, 1, 2],), ([2, 1],), ([1],)],
    'tensorflow.compat.v1.math.is_strictly_increasing': [([1, 1, 2],), ([1, 2],), ([1],)],
    'tensorflow.compat.v1.math.unsorted_segment_mean': [(_X, _IDS, 4)],
    'tensorflow.compat.v1.math.unsorted_segment_sqrt_n': [(_X, _IDS, 4)],
    'tensorflow.compat.v1.math.xdivy': [(_X, _X + 1.0)],
    'tensorflow.compat.v1.matrix_diag': [(_X,), (_X, 'k', 1)],
    'tensorflow.compat.v1.matrix_diag_part': [(_MATRICES,), (_MATRICES, 'k', 1)],
    'tensorflow.compat.v1.matrix_set_diag': [(_MATRICES, _MATRICES[:, 0])],
    'tensorflow.compat.v1.saturate_cast': [
        (_X * 300, tf.uint8),
        (_X * 1e11, tf.int32),
        (_IDS - 1, tf.uint8),
        (_X, tf.float16),
    ],
    'tensorflow.compat.v1.split': [(_X, 2, 1), (_X, [1, 3], 0)],
    'tensorflow.compat.v1.tensordot': [(_X, _Y, 1), (_Y, _Y, [[0, 2], [0, 2]]), (_Y, _X, [[0], [1]]), (_X, _X, 0)],
    'tensorflow.compat.v2.math.confusion_matrix': [
        (_IDS, _IDS[::-1]),
        (_IDS, _IDS, 4, [1.0, 2.0, 3.0, 4.0], tf.float32),
    ],
    'tensorflow.compat.v2.reduce_logsumexp': [(_X,), (_X, 1), (_X, [0], True), (_X - np.inf, 1)],
}


def _run(function, arguments, as_placeholders):
    with tf.Graph().as_default(), tf.Session() as session:
        feed = {}
        if as_placeholders:
            arguments = list(arguments)
            for index, value in enumerate(arguments):
                if isinstance(value, np.ndarray):
                    arguments[index] = tf.placeholder(value.dtype, [None] * value.ndim)
                    feed[arguments[index]] = value
        result = function(*arguments)
        flat = [tensor for tensor in tf.nest.flatten(result) if tensor is not None]
        return session.run(flat, feed)


@pytest.mark.parametrize('as_placeholders', [False, True], ids=['known shapes', 'unknown shapes'])
@pytest.mark.parametrize('path', _CALLS)
def test_a_function_computes_what_tensorflow_s_does(path, as_placeholders):
    function = replacements._find(path)
    for arguments in _CALLS[path]:
        ours = _run(function, arguments, as_placeholders)
        usual = _run(function._tf1_usual, arguments, as_placeholders)
        for one, other in zip(ours, usual, strict=True):
            assert one.dtype == other.dtype
            assert one.shape == other.shape
            np.testing.assert_allclose(one, other, rtol=1e-5, atol=1e-6)


def test_known_functions_are_in_the_table():
    assert set(_CALLS) <= set(graph_nodes.REPLACEMENTS)


def test_checks_of_images_name_what_is_wrong():
    with tf.Graph().as_default():
        with pytest.raises(ValueError, match='width must be >= target \\+ offset.'):
            tf.image.crop_to_bounding_box(_IMAGE, 0, 3, 2, 3)
        with pytest.raises(ValueError, match='height must be <= target - offset'):
            tf.image.pad_to_bounding_box(_IMAGE, 0, 0, 5, 5)
        with pytest.raises(ValueError, match='must have either 3 or 4 dimensions'):
            tf.image.crop_to_bounding_box(_X, 0, 0, 1, 1)
