"""Cases of `tf.contrib.losses`."""


def _predictions(tf):
    return tf.constant([[0.1, 0.7, 0.4], [0.9, 0.2, 0.6]])


def _labels(tf):
    return tf.constant([[0.0, 1.0, 0.0], [1.0, 0.0, 1.0]])


def case_mean_squared_error_joins_the_losses(tf):
    value = tf.contrib.losses.mean_squared_error(tf.constant([1.0, 2.0, 4.0]), tf.constant([1.0, 3.0, 2.0]))
    return {'loss': value, 'total': tf.contrib.losses.get_total_loss()}


def case_shapes_that_differ_are_refused(tf):
    return {'loss': tf.contrib.losses.mean_squared_error(tf.constant([1.0]), tf.constant([1.0, 3.0]))}


def case_regressions(tf):
    losses, predictions, labels = tf.contrib.losses, _predictions(tf), _labels(tf)
    return {
        'absolute': losses.absolute_difference(predictions, labels),
        'absolute_weighted': losses.absolute_difference(predictions, labels, weights=[2.0, 0.0], scope='mine'),
        'log': losses.log_loss(predictions, labels, weights=0.5),
        'squared_by_element': losses.mean_squared_error(predictions, labels, [[1.0, 0.0, 2.0], [0.0, 0.0, 1.0]]),
        'squared_without_weight': losses.mean_squared_error(predictions, labels, 0.0),
        'cosine': losses.cosine_distance(predictions, labels, axis=1),
        'cosine_weighted': losses.cosine_distance(predictions, labels, dim=1, weights=[1.0, 3.0]),
        'hinge': losses.hinge_loss(predictions, labels),
    }


def case_pairwise_squared_error(tf):
    losses, predictions, labels = tf.contrib.losses, _predictions(tf), _labels(tf)
    return {
        'plain': losses.mean_pairwise_squared_error(predictions, labels),
        'scalar': losses.mean_pairwise_squared_error(predictions, labels, 2.0),
        'by_row': losses.mean_pairwise_squared_error(predictions, labels, [0.0, 2.0]),
    }


def case_cross_entropies(tf):
    losses, logits, labels = tf.contrib.losses, _predictions(tf), _labels(tf)
    one_hot = tf.constant([[0, 1, 0], [0, 0, 1]])
    return {
        'sigmoid': losses.sigmoid_cross_entropy(logits, labels),
        'sigmoid_smoothed': losses.sigmoid_cross_entropy(logits, labels, label_smoothing=0.1),
        'softmax': losses.softmax_cross_entropy(logits, one_hot),
        'softmax_smoothed': losses.softmax_cross_entropy(logits, one_hot, [1.0, 3.0], 0.1, 'named'),
        'sparse': losses.sparse_softmax_cross_entropy(logits, tf.constant([1, 2])),
        'sparse_weighted': losses.sparse_softmax_cross_entropy(logits, tf.constant([[1], [2]]), weights=[0.0, 1.0]),
    }


def case_weighted_losses(tf):
    losses = tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    weighted = tf.contrib.losses.compute_weighted_loss
    return {
        'plain': weighted(losses),
        'scalar': weighted(losses, 3.0),
        'by_row': weighted(losses, tf.constant([1.0, 0.0, 2.0])),
        'by_row_column': weighted(losses, tf.constant([[1.0], [0.0], [2.0]])),
        'by_element': weighted(losses, tf.constant([[1.0, 1.0], [0.0, 2.0], [2.0, 0.0]]), scope='elements'),
    }


def case_weights_of_higher_rank_are_refused(tf):
    return {'loss': tf.contrib.losses.compute_weighted_loss(tf.constant([1.0, 2.0]), [[1.0], [2.0]])}


def case_weights_must_be_given(tf):
    return {'loss': tf.contrib.losses.compute_weighted_loss(tf.constant([1.0, 2.0]), None)}


def case_total_loss_adds_what_was_collected(tf):
    losses = tf.contrib.losses
    losses.add_loss(tf.constant(2.0, name='first'))
    with tf.name_scope('inner'):
        losses.add_loss(tf.constant(3.0, name='second'))
        losses.add_loss(tf.constant(5.0, name='apart'), None)
    tf.add_to_collection('regularization_losses', tf.constant(0.5, name='decay'))
    return {
        'all': [loss.op.name for loss in losses.get_losses()],
        'of_scope': [loss.op.name for loss in losses.get_losses('inner')],
        'regularization': [loss.op.name for loss in losses.get_regularization_losses()],
        'total': losses.get_total_loss(),
        'without_regularization': losses.get_total_loss(add_regularization_losses=False, name='bare'),
    }


def case_metric_learning(tf):
    learning = tf.contrib.losses.metric_learning
    labels = tf.constant([0, 1, 0, 2, 1, 0])
    embeddings = tf.constant([[0.1, 0.4], [-0.3, 0.2], [0.6, -0.1], [0.5, 0.5], [-0.2, -0.4], [0.3, 0.2]])
    other = tf.constant([[0.2, 0.3], [-0.1, 0.2], [0.5, 0.1], [0.4, 0.6], [-0.3, -0.2], [0.1, 0.2]])
    return {
        'contrastive': learning.contrastive_loss([1.0, 0.0, 1.0, 0.0, 0.0, 1.0], embeddings, other),
        'contrastive_wide': learning.contrastive_loss([1.0, 0.0, 1.0, 0.0, 0.0, 1.0], embeddings, other, margin=2.0),
        'triplet': learning.triplet_semihard_loss(labels, embeddings),
        'triplet_narrow': learning.triplet_semihard_loss(labels, embeddings, margin=0.1),
        'npairs': learning.npairs_loss(labels, embeddings, other),
        'lifted': learning.lifted_struct_loss(labels, embeddings),
    }
