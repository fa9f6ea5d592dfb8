"""Cases of `tf.contrib.image`."""

import numpy as np


def _batch(tf, dtype='float32'):
    pixels = np.arange(2 * 4 * 5 * 2).reshape(2, 4, 5, 2) * 3 % 17
    return tf.constant(pixels.astype(dtype))


def case_transform(tf):
    image, shear = tf.contrib.image, [1.0, 0.5, -1.0, 0.1, 0.9, 0.5, 0.01, 0.02]
    batch = _batch(tf)
    return {
        'nearest': image.transform(batch, shear),
        'bilinear': image.transform(batch, [shear, [1.0, 0, 0, 0, 1.0, 0, 0, 0]], 'BILINEAR'),
        'rank_3': image.transform(batch[0], shear, 'bilinear'),
        'rank_2': image.transform(batch[1, :, :, 0], [shear]),
        'larger': image.transform(batch, shear, output_shape=[6, 3]),
        'bytes': image.transform(_batch(tf, 'uint8'), shear),
        'shape': image.transform(batch, shear, output_shape=[6, 3]).shape.as_list(),
        'gradient': tf.gradients(image.transform(batch, shear, 'BILINEAR'), batch)[0],
    }


def case_rotate_and_translate(tf):
    image, batch = tf.contrib.image, _batch(tf)
    return {
        'rotated': image.rotate(batch, 0.5),
        'rotated_each': image.rotate(batch, [np.pi / 2, -0.3], 'BILINEAR'),
        'rotated_flat': image.rotate(batch[0, :, :, 1], np.pi),
        'translated': image.translate(batch, [1.0, -1.0]),
        'translated_each': image.translate(batch, [[0.5, 0.25], [-2.0, 0.0]], 'BILINEAR'),
    }


def case_transforms_and_matrices(tf):
    image = tf.contrib.image
    flat = tf.constant([[1.0, 0.5, -1.0, 0.1, 0.9, 0.5, 0.01, 0.02], [2.0, 0.0, 1.0, 0.0, 3.0, 0.0, 0.0, 0.0]])
    return {
        'angles': image.angles_to_projective_transforms([0.5, 1.0], 4.0, 5.0),
        'angle': image.angles_to_projective_transforms(0.5, 4.0, 5.0),
        'translations': image.translations_to_projective_transforms([[1.0, 2.0], [3.0, 4.0]]),
        'translation': image.translations_to_projective_transforms([1.0, 2.0]),
        'matrices': image.flat_transforms_to_matrices(flat),
        'matrix': image.flat_transforms_to_matrices(flat[0]),
        'flat': image.matrices_to_flat_transforms(tf.constant([[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 2.0]]])),
        'composed': image.compose_transforms(flat, flat[::-1], flat),
        'one': image.compose_transforms(flat),
    }


def case_images_of_rank_1_are_refused(tf):
    return {'image': tf.contrib.image.transform(tf.constant([1.0]), [1.0] * 8)}


def case_images_of_strings_are_refused(tf):
    return {'image': tf.contrib.image.rotate(tf.constant([['a']]), 1.0)}


def case_transforms_of_rank_3_are_refused(tf):
    return {'image': tf.contrib.image.transform(_batch(tf), [[[1.0] * 8]])}


def case_output_shapes_of_one_number_are_refused(tf):
    return {'image': tf.contrib.image.transform(_batch(tf), [1.0] * 8, output_shape=[3])}


def case_matrices_of_rank_1_are_refused(tf):
    return {'flat': tf.contrib.image.matrices_to_flat_transforms(tf.constant([1.0]))}


def case_composing_nothing_is_refused(tf):
    return {'flat': tf.contrib.image.compose_transforms()}


def case_dense_warp(tf):
    batch = _batch(tf)
    flow = tf.constant(3 * np.sin(np.arange(2 * 4 * 5 * 2).reshape(2, 4, 5, 2)).astype(np.float32))
    warped = tf.contrib.image.dense_image_warp(batch, flow)
    return {'warped': warped, 'shape': warped.shape.as_list(), 'gradients': tf.gradients(warped, [batch, flow])}


def case_splines(tf):
    spline = tf.contrib.image.interpolate_spline
    points = tf.constant([[[0.0, 0.0], [0.0, 2.0], [3.0, 0.5], [1.5, 3.0], [2.0, 2.0]]])
    values = tf.constant([[[0.0, 1.0], [1.0, -1.0], [2.0, 0.5], [0.0, 3.0], [1.0, 1.0]]])
    queries = tf.constant([[[1.0, 1.0], [0.5, 2.5], [2.5, 0.0]]])
    results = {'order' + str(order): spline(points, values, queries, order) for order in (1, 2, 3, 4)}
    results['regular'] = spline(points, values, queries, 2, regularization_weight=0.1)
    return results


def case_sparse_warp(tf):
    batch = _batch(tf, 'float64')
    source = tf.constant([[[1.0, 1.0], [2.0, 3.0], [0.0, 2.0]], [[1.0, 2.0], [3.0, 3.0], [2.0, 0.0]]], tf.float64)
    moved = source + tf.constant([[0.5, -0.5], [0.25, 0.75], [0.0, 1.0]], tf.float64)
    warp = tf.contrib.image.sparse_image_warp
    return {
        'free': warp(batch, source, moved),
        'corners': warp(batch, source, moved, num_boundary_points=1),
        'edges': warp(batch, source, moved, 3, 0.01, num_boundary_points=3),
    }


def case_connected_components(tf):
    pixels = np.array([[1, 1, 0, 2, 2], [0, 1, 0, 0, 2], [2, 0, 1, 1, 0], [2, 2, 0, 1, 1]])
    spiral = np.array(
        [
            [1, 1, 1, 1, 1, 1],
            [0, 0, 0, 0, 0, 1],
            [1, 1, 1, 1, 0, 1],
            [1, 0, 0, 1, 0, 1],
            [1, 1, 0, 0, 0, 1],
            [0, 1, 1, 1, 1, 1],
        ]
    )
    find = tf.contrib.image.connected_components
    return {
        'flags': find(tf.constant(pixels > 0)),
        'numbers': find(tf.constant(pixels)),
        'batch': find(tf.constant(np.stack([pixels, pixels[::-1]]).astype(np.float32))),
        'spiral': find(tf.constant(spiral > 0)),
        'nothing': find(tf.zeros([2, 3], tf.bool)),
    }


def case_components_of_rank_4_are_refused(tf):
    return {'components': tf.contrib.image.connected_components(tf.zeros([1, 2, 3, 1]))}


def case_bipartite_match(tf):
    distances = tf.constant([[0.5, 0.1, 0.8], [0.3, 0.2, 0.9], [0.7, 0.6, 0.4], [0.05, 0.9, 0.9]])
    match = tf.contrib.image.bipartite_match
    return {'all': match(distances, 4), 'three_rows': match(distances, 3), 'two_pairs': match(distances, 4.0, top_k=2)}
