"""Cases of private names that programs import: linear maps and sizes of cells, scores of attention."""


def _ramp(tf, *shape):
    size = 1
    for side in shape:
        size *= side
    return tf.reshape(tf.cast(tf.range(size), tf.float32) / 10 - 0.3, shape)


def _cells(tf):
    """Returns the modules that have the names: TF 1.15's own, or what stands for them."""
    import importlib

    root = 'tensorflow' if tf.__name__.startswith('tensorflow') else tf.__name__
    names = ('contrib.rnn.python.ops.core_rnn_cell', 'python.ops.rnn_cell_impl')
    attention = 'contrib.seq2seq.python.ops.attention_wrapper'
    return [importlib.import_module(f'{root}.{name}') for name in (*names, attention)]


def case_linear(tf):
    core, _, _ = _cells(tf)
    one, two = _ramp(tf, 2, 3), _ramp(tf, 2, 2)
    with tf.variable_scope('map'):
        function = core._linear([one, two], 4, True)
    with tf.variable_scope('again', initializer=tf.ones_initializer()):
        kept = core._Linear([one, two], 4, True, kernel_initializer=tf.zeros_initializer())
        first = kept([one, two])
    return {'function': function, 'first': first, 'second': kept([one * 2, two]), 'alone': core._linear(one, 1, False)}


def case_sizes(tf):
    _, cells, _ = _cells(tf)
    batch = tf.constant(2) + 1
    state = tf.nn.rnn_cell.LSTMStateTuple(2, tf.TensorShape([1, 3]))
    zeros = cells._zero_state_tensors(state, batch, tf.float32)
    return {
        'zeros': zeros,
        'shapes': [part.shape.as_list() for part in cells._zero_state_tensors(state, 4, tf.float32)],
        'joined': cells._concat(batch, tf.TensorShape([5, 6])),
        'static': cells._concat(batch, tf.TensorShape([5, 6]), static=True),
        'numbers': cells._concat(2, 3),
    }


def case_size_that_is_not_known(tf):
    _, cells, _ = _cells(tf)
    return {'joined': cells._concat(None, 3)}


def case_scores(tf):
    _, _, attention = _cells(tf)
    query, keys = _ramp(tf, 2, 3), _ramp(tf, 2, 4, 3)
    v, g = tf.constant([1.0, -2.0, 0.5]), tf.constant(2.0)
    return {
        'additive': attention._bahdanau_score(query, keys, v),
        'normalised': attention._bahdanau_score(query, keys, v, g, v * 2),
        'dot': attention._luong_score(query, keys, None),
        'scaled': attention._luong_score(query, keys, g),
    }


def case_attention_of_its_own(tf):
    _, _, attention = _cells(tf)

    class Location(attention._BaseAttentionMechanism):
        def __init__(self, memory, lengths):
            super().__init__(
                query_layer=tf.layers.Dense(3, name='query_layer', use_bias=False, dtype=tf.float32),
                memory_layer=tf.layers.Dense(3, name='memory_layer', use_bias=False, dtype=tf.float32),
                memory=memory,
                probability_fn=lambda score, state: tf.nn.softmax(score),
                memory_sequence_length=lengths,
            )

        def __call__(self, query, state):
            with tf.variable_scope(None, 'location', [query]):
                score = attention._bahdanau_score(self.query_layer(query), self._keys, tf.get_variable('v', [3]))
            alignments = self._probability_fn(score + state, state)
            return alignments, state + alignments

    mechanism = Location(_ramp(tf, 2, 4, 3), [3, 4])
    state = mechanism.initial_state(2, tf.float32)
    return {'attended': attention._compute_attention(mechanism, _ramp(tf, 2, 2), state, None)}
