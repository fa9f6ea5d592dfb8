"""Cases of the small packages of `tf.contrib`: nn, sparsemax, deprecated, signal, stateless."""

import numpy as np

# TF 1.15 builds scaled_softplus as a function, which leaves these collections empty.
_COLLECTIONS = (
    'concatenated_variables local_variables metric_variables model_variables moving_average_variables '
    'trainable_resource_variables trainable_variables variables'
)
_LOGITS = [[1.0, 2.0, 0.5], [0.0, 0.0, 1.0], [-3.0, 4.0, 3.5], [0.1, 0.2, 0.3]]


def case_sparsemax_and_its_loss(tf):
    logits = tf.constant(_LOGITS)
    probabilities = tf.contrib.sparsemax.sparsemax(logits)
    labels = tf.constant([[1.0, 0, 0], [0, 0, 1.0], [0, 0.5, 0.5], [0, 1.0, 0]])
    loss = tf.contrib.sparsemax.sparsemax_loss(logits, probabilities, labels)
    return {
        'probabilities': probabilities,
        'loss': loss,
        'gradient': tf.gradients(loss, logits)[0],
        'gradient_of_probabilities': tf.gradients(probabilities * labels, logits)[0],
        'doubles': tf.contrib.sparsemax.sparsemax(tf.constant(_LOGITS, tf.float64)),
    }


def case_sparsemax_of_infinite_logits(tf):
    logits = tf.constant([[1.0, -np.inf, 1.5], [np.inf, 1.0, 2.0], [np.nan, 1.0, 2.0], [1.0, 1.0, 1.0]])
    probabilities = tf.contrib.sparsemax.sparsemax(logits)
    return {'probabilities': tf.where(tf.is_nan(probabilities), tf.fill([4, 3], -1.0), probabilities)}


def case_flipped_losses(tf):
    nn, logits = tf.contrib.nn, tf.constant(_LOGITS)
    targets = tf.constant([[1.0, 0, 0], [0, 0, 1.0], [0, 0.5, 0.5], [0, 1.0, 0]])
    return {
        'softmax': nn.deprecated_flipped_softmax_cross_entropy_with_logits(logits, targets),
        'sparse': nn.deprecated_flipped_sparse_softmax_cross_entropy_with_logits(logits, [0, 2, 1, 1]),
        'sigmoid': nn.deprecated_flipped_sigmoid_cross_entropy_with_logits(logits, targets),
    }


def case_activations(tf):
    for key in _COLLECTIONS.split():
        tf.get_collection_ref(key)
    nn, x = tf.contrib.nn, tf.constant(_LOGITS)
    alpha = tf.constant([1.0, 2.0, 3.0])
    clipped = nn.scaled_softplus(x, alpha, clip=3.0)
    return {
        'softplus': nn.scaled_softplus(x, 2.0),
        'clipped': clipped,
        'gradient': tf.gradients(clipped, x)[0],
        'gradient_of_alpha': tf.gradients(clipped, alpha)[0],
        'second': nn.nth_element(x, 1),
        'largest': nn.nth_element(x, 0, reverse=True),
        'kept': nn.alpha_dropout(x, 1.0),
        'transposed': nn.conv1d_transpose(tf.ones([1, 4, 2]), tf.ones([3, 5, 2]), [1, 8, 5], 2),
    }


def case_alpha_dropout(tf):
    dropped = tf.contrib.nn.alpha_dropout(tf.zeros([2000]), 0.5, seed=3)
    lowest, highest = tf.reduce_min(dropped), tf.reduce_max(dropped)
    return {'lowest': lowest, 'highest': highest}


def case_deprecated_summaries(tf):
    deprecated = tf.contrib.deprecated
    with tf.name_scope('scope'):
        scalar = deprecated.scalar_summary('a b/c', 1.5)
        histogram = deprecated.histogram_summary('h', [1.0])
        image = deprecated.image_summary('i', tf.zeros([1, 2, 2, 1]), collections=['images'])
        audio = deprecated.audio_summary('s', tf.zeros([1, 2]), 100.0)
    empty = deprecated.merge_all_summaries('none')
    merged = deprecated.merge_all_summaries()
    return {
        'names': [each.op.name for each in (scalar, histogram, image, audio, merged)],
        'types': [each.op.type for each in (scalar, histogram, image, audio, merged)],
        'collected': [each.op.name for each in tf.get_collection('summaries') + tf.get_collection('images')],
        'none': empty is None,
        'scalar': tf.decode_raw(scalar, tf.uint8),
        'inner': deprecated.merge_summary([scalar], ['mine'], name='named').op.name,
    }


def case_signal_and_stateless(tf):
    signal, stateless = tf.contrib.signal, tf.contrib.stateless
    wave = tf.constant(np.sin(np.arange(16) / 3.0).astype('float32'))
    return {
        'frames': signal.frame(wave, 8, 4),
        'magnitudes': tf.abs(signal.stft(wave, 8, 4)),
        'added': signal.overlap_and_add(tf.ones([2, 4]), 2),
        'window': signal.hann_window(8),
        'uniform': stateless.stateless_random_uniform([3], [1, 2]),
        'normal': stateless.stateless_random_normal([3], [1, 2]),
    }
