"""Cases of `tf.contrib.layers`: initializers, regularizers, embeddings, summaries, legacy layers."""


def _weights(tf):
    return tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, -8.0]])


def _inputs(tf, *shape):
    size = 1
    for length in shape:
        size *= length
    return tf.reshape(tf.sin(tf.range(size, dtype=tf.float32)), shape)


def case_xavier_initializer(tf):
    layers = tf.contrib.layers
    return {
        'uniform': layers.xavier_initializer(seed=1)([2, 3]),
        'normal': layers.xavier_initializer(uniform=False, seed=1)([2, 3]),
        'kernel': layers.xavier_initializer_conv2d(seed=3)([2, 2, 2, 3]),
        'scalar': layers.xavier_initializer(seed=1)([]),
        'vector': layers.xavier_initializer(seed=1)([5]),
        'double': layers.xavier_initializer(seed=1, dtype=tf.float64)([2, 2]),
        'asked': layers.xavier_initializer(seed=1)([2, 2], dtype=tf.float64).dtype.name,
    }


def case_variance_scaling_initializer(tf):
    make = tf.contrib.layers.variance_scaling_initializer
    return {
        'default': make(seed=1)([3, 4]),
        'out': make(mode='FAN_OUT', seed=2)([2, 2, 3, 4]),
        'average': make(1.0, 'FAN_AVG', True, 3)([3, 4]),
    }


def case_initializers_of_parts(tf):
    value = tf.get_variable(
        'v',
        [4, 2],
        initializer=tf.contrib.layers.xavier_initializer(seed=1),
        partitioner=tf.fixed_size_partitioner(2),
    )
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        return {'first': session.run(list(value))}


def case_xavier_initializer_of_integers(tf):
    tf.contrib.layers.xavier_initializer(dtype=tf.int32)


def case_xavier_initializer_asked_for_integers(tf):
    tf.contrib.layers.xavier_initializer()([2], dtype=tf.int32)


def case_variance_scaling_initializer_of_an_unknown_mode(tf):
    tf.contrib.layers.variance_scaling_initializer(mode='x')


def case_regularizers(tf):
    layers = tf.contrib.layers
    weights = _weights(tf)
    made = [
        layers.l1_regularizer(0.1)(weights),
        layers.l2_regularizer(0.1, scope='q')(weights),
        layers.l1_l2_regularizer(0.1, 0.2)(weights),
        layers.l1_l2_regularizer(0.1, 0.2, scope='e')(weights),
        layers.l1_l2_regularizer(0.0, 0.2)(weights),
        layers.l1_l2_regularizer(0.1, 0.0)(weights),
        layers.sum_regularizer([layers.l1_regularizer(0.1), None, layers.l2_regularizer(0.5)])(weights),
        layers.l1_regularizer(1.5)(weights),
    ]
    return {
        'values': made,
        'names': [tensor.op.name for tensor in made],
        'none': [
            layers.l1_l2_regularizer(0.0, 0.0)(weights),
            layers.sum_regularizer([None]),
            layers.l1_regularizer(0.0)(weights),
            layers.sum_regularizer([layers.l1_regularizer(0.0)])(weights),
        ],
    }


def case_l1_regularizer_of_an_integer(tf):
    tf.contrib.layers.l1_regularizer(1)


def case_l2_regularizer_below_zero(tf):
    tf.contrib.layers.l2_regularizer(-0.1)


def case_l1_l2_regularizer_of_an_integer(tf):
    tf.contrib.layers.l1_l2_regularizer(1, 0.5)


def case_l1_l2_regularizer_below_zero(tf):
    tf.contrib.layers.l1_l2_regularizer(0.5, -0.5)


def case_apply_regularization(tf):
    layers = tf.contrib.layers
    return {
        'value': layers.apply_regularization(layers.l2_regularizer(0.1), [_weights(tf), _weights(tf)]),
        'off': layers.apply_regularization(layers.l2_regularizer(0.0), [_weights(tf)]),
    }


def case_apply_regularization_to_the_collection(tf):
    tf.get_variable('a', [2], collections=['weights', 'variables'])
    return {'value': tf.contrib.layers.apply_regularization(tf.contrib.layers.l2_regularizer(0.1))}


def case_apply_regularization_to_nothing(tf):
    tf.contrib.layers.apply_regularization(tf.contrib.layers.l2_regularizer(0.1))


def case_apply_regularization_that_gives_no_scalar(tf):
    tf.contrib.layers.apply_regularization(lambda weights: weights, [_weights(tf)])


def case_embed_sequence(tf):
    layers = tf.contrib.layers
    ids = tf.constant([[1, 2], [0, 1]])
    regularizer = layers.l2_regularizer(0.1)
    value = layers.embed_sequence(ids, 4, 3, scope='q', regularizer=regularizer)
    return {
        'value': value,
        'again': layers.embed_sequence(ids, reuse=True, scope='q'),
        'sized': layers.embed_sequence(ids, 4, 3, reuse=True, scope='q'),
        'unique': layers.embed_sequence(ids, 4, 3, unique=True, trainable=False),
        'name': value.op.name,
        'losses': tf.losses.get_regularization_losses(),
    }


def case_embed_sequence_without_sizes(tf):
    tf.contrib.layers.embed_sequence(tf.constant([[1, 2]]), 4)


def case_embed_sequence_in_reuse_of_nothing(tf):
    tf.contrib.layers.embed_sequence(tf.constant([[1, 2]]), reuse=True, scope='q')


def case_bow_encoder(tf):
    layers = tf.contrib.layers
    ids = tf.constant([[1, 2, 0], [0, 1, 3], [0, 0, 0]])
    return {
        'sparse': layers.bow_encoder(ids, 4, 3),
        'dense': layers.bow_encoder(ids, 4, 3, sparse_lookup=False, scope='e', regularizer=layers.l2_regularizer(0.1)),
        'given': layers.bow_encoder(tf.SparseTensor([[0, 0], [1, 0]], [1, 2], [2, 2]), 4, 3),
        'again': layers.bow_encoder(ids, 4, 3, scope='e', reuse=True),
    }


def case_bow_encoder_of_sparse_ids_without_sparse_lookup(tf):
    ids = tf.SparseTensor([[0, 0], [1, 0]], [1, 2], [2, 2])
    tf.contrib.layers.bow_encoder(ids, 4, 3, sparse_lookup=False)


def case_embedding_lookup_unique(tf):
    lookup = tf.contrib.layers.embedding_lookup_unique
    value = lookup(_weights(tf), tf.constant([[1, 1], [0, 3]]))
    return {
        'value': value,
        'parts': lookup([_weights(tf), -_weights(tf)], tf.constant([1, 5, 1])),
        'divided': lookup([_weights(tf), -_weights(tf)], tf.constant([1, 5, 1]), 'div'),
        'shape': value.shape.as_list(),
    }


def case_safe_embedding_lookup_sparse(tf):
    lookup = tf.contrib.layers.safe_embedding_lookup_sparse
    places = [[0, 0], [1, 0], [1, 2], [3, 0]]
    ids = tf.SparseTensor(places, [1, 2, -1, 0], [4, 3])
    weights = tf.SparseTensor(places, [1.0, 2.0, 1.0, 0.0], [4, 3])
    return {
        'mean': lookup([_weights(tf)], ids),
        'sum': lookup([_weights(tf)], ids, combiner='sum'),
        'root': lookup([_weights(tf)], ids, combiner='sqrtn', max_norm=2.0),
        'default': lookup([_weights(tf)], ids, default_id=3),
        'weighted': lookup([_weights(tf)], ids, weights),
        'parts': lookup([_weights(tf), -_weights(tf)], tf.SparseTensor(places, [1, 2, 5, 6], [4, 3])),
        'modulo': lookup(
            [_weights(tf), -_weights(tf)], tf.SparseTensor(places, [1, 2, 5, 6], [4, 3]), partition_strategy='mod'
        ),
        'deep': lookup([_weights(tf)], tf.SparseTensor([[0, 0, 1], [1, 1, 0]], [1, 2], [2, 2, 2])),
    }


def case_safe_embedding_lookup_sparse_without_weights(tf):
    ids = tf.SparseTensor([[0, 0], [1, 0]], [1, 2], [2, 2])
    tf.contrib.layers.safe_embedding_lookup_sparse([], ids)


def _summaries(tf, tensors):
    """Runs summaries and returns their tags, and their values where they are scalars."""
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        values = [tf.Summary.FromString(session.run(tensor)).value[0] for tensor in tensors]
    return [[value.tag, value.WhichOneof('value'), value.simple_value] for value in values]


def case_summaries(tf):
    layers = tf.contrib.layers
    ones = tf.ones_initializer()
    one = layers.fully_connected(_inputs(tf, 2, 3), 4, weights_initializer=ones, outputs_collections=['activations'])
    two = layers.relu6(10.0 * tf.ones([2, 3]), 4, weights_initializer=ones)
    layers.linear(one, 2, variables_collections={'weights': ['weights'], 'biases': ['biases']})
    made = [
        layers.summarize_activation(one),
        layers.summarize_activation(two),
        layers.summarize_tensor(tf.constant(1.5, name='scalar')),
        layers.summarize_tensor(tf.ones([2]), tag='tag'),
        layers.summarize_tensor(tf.trainable_variables()[0]),
    ]
    made += layers.summarize_activations()
    made += layers.summarize_tensors([tf.ones([2], name='listed')])
    made += layers.summarize_collection('variables', '.*biases')
    made += layers.summarize_collection('variables', summarizer=lambda tensor: tf.summary.histogram('all', tensor))
    made += layers.summaries.summarize_variables('fully_connected_1')
    made += layers.summaries.summarize_weights()
    made += layers.summaries.summarize_biases()
    made += layers.summarize_activations('none')
    return {'made': _summaries(tf, made), 'all': _summaries(tf, tf.get_collection('summaries'))}


def case_summarize_a_string(tf):
    return {'made': tf.contrib.layers.summarize_tensor(tf.constant('a'))}


def case_legacy_layers(tf):
    layers = tf.contrib.layers
    return {
        'plain': layers.legacy_fully_connected(_inputs(tf, 2, 3), 4),
        'relu': layers.legacy_relu(_inputs(tf, 2, 3), 4, name='n'),
        'deep': layers.legacy_linear(_inputs(tf, 2, 2, 3), 4),
        'bare': layers.legacy_fully_connected(
            _inputs(tf, 2, 3),
            4,
            tf.tanh,
            bias_init=None,
            weight_regularizer=layers.l2_regularizer(0.1),
            weight_collections=['w'],
            output_collections=['o'],
            trainable=False,
        ),
        'penalty': layers.legacy_linear(_inputs(tf, 2, 3), 4, bias_regularizer=layers.l2_regularizer(0.1)),
        'losses': tf.losses.get_regularization_losses(),
    }


def case_legacy_layer_of_one_dimension(tf):
    tf.contrib.layers.legacy_fully_connected(_inputs(tf, 3), 4)


def case_legacy_layer_of_an_unknown_rank(tf):
    tf.contrib.layers.legacy_fully_connected(tf.placeholder(tf.float32), 4)
