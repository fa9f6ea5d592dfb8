"""Cases of `tf.contrib.legacy_seq2seq`: unrolled models, their outputs, and the gradients of a loss."""

import numpy as np


def _ramp(tf, *shape):
    return tf.constant((0.7 * np.sin(1 + np.arange(np.prod(shape)))).reshape(shape).astype(np.float32))


def _floats(tf, steps=2, columns=3):
    return [(-1.0) ** step * _ramp(tf, 2, columns) for step in range(steps)]


def _symbols(tf, steps=2):
    return [tf.constant([step, 2 - step]) for step in range(steps)]


def _values(tf, outputs, state):
    """Returns all numbers in one tensor, since each tensor costs a run of the session."""
    parts = tf.nest.flatten([outputs, state])
    return {'shapes': [part.shape.as_list() for part in parts], 'values': _joined(tf, parts)}


def _with_gradients(tf, outputs, state):
    parts = tf.nest.flatten([outputs, state])
    loss = tf.add_n([tf.reduce_sum(tf.square(part - 0.1)) for part in parts])
    trained = tf.trainable_variables()
    gradients = tf.gradients(loss, trained)
    return {
        'without_gradient': [v.op.name for index, v in enumerate(trained) if gradients[index] is None],
        'gradients': _joined(tf, [tf.convert_to_tensor(g) for g in gradients if g is not None]),
        **_values(tf, outputs, state),
    }


def _joined(tf, tensors):
    return tf.concat([tf.reshape(tensor, [-1]) for tensor in tensors], 0)


def case_rnn_decoder(tf):
    cell = tf.contrib.rnn.GRUCell(3)
    made = tf.contrib.legacy_seq2seq.rnn_decoder(
        _floats(tf), _ramp(tf, 2, 3), cell, loop_function=lambda previous, index: previous * index
    )
    return _values(tf, *made)


def case_basic_rnn_seq2seq(tf):
    made = tf.contrib.legacy_seq2seq.basic_rnn_seq2seq(_floats(tf), _floats(tf), tf.contrib.rnn.BasicLSTMCell(2))
    return _with_gradients(tf, *made)


def case_tied_rnn_seq2seq(tf):
    made = tf.contrib.legacy_seq2seq.tied_rnn_seq2seq(_floats(tf), _floats(tf), tf.contrib.rnn.GRUCell(2))
    return _values(tf, *made)


def case_embedding_rnn_decoder(tf):
    made = tf.contrib.legacy_seq2seq.embedding_rnn_decoder(
        _symbols(tf), _ramp(tf, 2, 3), tf.contrib.rnn.GRUCell(3), 3, 2, feed_previous=True,
        update_embedding_for_previous=False,
    )  # fmt: skip
    return _with_gradients(tf, *made)


def case_embedding_rnn_decoder_with_projection(tf):
    made = tf.contrib.legacy_seq2seq.embedding_rnn_decoder(
        _symbols(tf, 3), _ramp(tf, 2, 2), tf.contrib.rnn.GRUCell(2), 3, 2,
        output_projection=(_ramp(tf, 2, 3), _ramp(tf, 3)), feed_previous=True,
    )  # fmt: skip
    return _values(tf, *made)


def case_embedding_rnn_seq2seq(tf):
    made = tf.contrib.legacy_seq2seq.embedding_rnn_seq2seq(
        _symbols(tf), _symbols(tf), tf.contrib.rnn.BasicLSTMCell(2), 3, 4, 2
    )
    return _values(tf, *made)


def case_embedding_rnn_seq2seq_that_chooses_at_run_time(tf):
    feed = tf.placeholder_with_default(True, [])
    made = tf.contrib.legacy_seq2seq.embedding_rnn_seq2seq(
        _symbols(tf), _symbols(tf), tf.contrib.rnn.GRUCell(2), 3, 4, 2, feed_previous=feed
    )
    return _with_gradients(tf, *made)


def case_embedding_tied_rnn_seq2seq(tf):
    made = tf.contrib.legacy_seq2seq.embedding_tied_rnn_seq2seq(
        _symbols(tf), _symbols(tf), tf.contrib.rnn.GRUCell(2), 3, 2, num_decoder_symbols=4
    )
    return _values(tf, *made)


def case_embedding_tied_rnn_seq2seq_fed_back(tf):
    made = tf.contrib.legacy_seq2seq.embedding_tied_rnn_seq2seq(
        _symbols(tf), _symbols(tf), tf.contrib.rnn.GRUCell(2), 3, 2,
        output_projection=(_ramp(tf, 2, 3), _ramp(tf, 3)), feed_previous=True,
    )  # fmt: skip
    return _values(tf, *made)


def case_embedding_tied_rnn_seq2seq_that_chooses_at_run_time(tf):
    feed = tf.placeholder_with_default(True, [])
    made = tf.contrib.legacy_seq2seq.embedding_tied_rnn_seq2seq(
        _symbols(tf), _symbols(tf), tf.contrib.rnn.GRUCell(2), 3, 2, feed_previous=feed
    )
    return _with_gradients(tf, *made)


def case_one2many_rnn_seq2seq(tf):
    rnn = tf.contrib.rnn
    outputs, states = tf.contrib.legacy_seq2seq.one2many_rnn_seq2seq(
        _symbols(tf), {'a': _symbols(tf), 'b': _symbols(tf, 1)}, rnn.GRUCell(2),
        {'a': rnn.GRUCell(2), 'b': rnn.GRUCell(2)}, 3, {'a': 3, 'b': 4}, 2,
    )  # fmt: skip
    return _values(tf, [outputs['a'], outputs['b']], [states['a'], states['b']])


def case_one2many_rnn_seq2seq_that_chooses_at_run_time(tf):
    rnn = tf.contrib.rnn
    outputs, states = tf.contrib.legacy_seq2seq.one2many_rnn_seq2seq(
        _symbols(tf), {'a': _symbols(tf)}, rnn.GRUCell(2), {'a': rnn.GRUCell(2)}, 3, {'a': 3}, 2,
        feed_previous=tf.placeholder_with_default(True, []),
    )  # fmt: skip
    return _with_gradients(tf, outputs['a'], states['a'])


def case_attention_decoder(tf):
    made = tf.contrib.legacy_seq2seq.attention_decoder(
        _floats(tf), _ramp(tf, 2, 3), _ramp(tf, 2, 4, 2), tf.contrib.rnn.GRUCell(3), output_size=2, num_heads=2
    )
    return _with_gradients(tf, *made)


def case_attention_decoder_that_attends_at_first(tf):
    cell = tf.contrib.rnn.BasicLSTMCell(2)
    made = tf.contrib.legacy_seq2seq.attention_decoder(
        _floats(tf, columns=2), cell.zero_state(2, tf.float32), _ramp(tf, 2, 3, 2), cell,
        loop_function=lambda previous, index: previous, initial_state_attention=True, scope='mine',
    )  # fmt: skip
    return _values(tf, *made)


def case_embedding_attention_decoder(tf):
    made = tf.contrib.legacy_seq2seq.embedding_attention_decoder(
        _symbols(tf), _ramp(tf, 2, 3), _ramp(tf, 2, 3, 2), tf.contrib.rnn.GRUCell(3), 3, 2, feed_previous=True
    )
    return _values(tf, *made)


def case_embedding_attention_seq2seq(tf):
    made = tf.contrib.legacy_seq2seq.embedding_attention_seq2seq(
        _symbols(tf), _symbols(tf), tf.contrib.rnn.BasicLSTMCell(2), 3, 4, 2
    )
    return _values(tf, *made)


def case_embedding_attention_seq2seq_with_projection_chosen_at_run_time(tf):
    made = tf.contrib.legacy_seq2seq.embedding_attention_seq2seq(
        _symbols(tf), _symbols(tf), tf.contrib.rnn.GRUCell(2), 3, 4, 2,
        output_projection=(_ramp(tf, 2, 4), _ramp(tf, 4)), feed_previous=tf.placeholder_with_default(True, []),
    )  # fmt: skip
    return _with_gradients(tf, *made)


def case_model_with_buckets(tf):
    legacy = tf.contrib.legacy_seq2seq

    def model(sources, targets):
        return legacy.embedding_rnn_seq2seq(sources, targets, tf.contrib.rnn.GRUCell(2), 3, 3, 2)

    weights = [tf.constant([1.0, 0.5]), tf.constant([1.0, 0.0])]
    outputs, losses = legacy.model_with_buckets(
        _symbols(tf), _symbols(tf), _symbols(tf), weights, [(1, 1), (2, 2)], model
    )
    return {'losses': losses, **_with_gradients(tf, outputs, losses)}


def case_model_with_buckets_by_example(tf):
    legacy = tf.contrib.legacy_seq2seq
    outputs, losses = legacy.model_with_buckets(
        _floats(tf), _floats(tf), _symbols(tf), [tf.ones([2])] * 2, [(2, 2)],
        lambda sources, targets: legacy.basic_rnn_seq2seq(sources, targets, tf.contrib.rnn.GRUCell(3)),
        per_example_loss=True,
    )  # fmt: skip
    return {'losses': losses, 'outputs': outputs}


def case_losses(tf):
    legacy = tf.contrib.legacy_seq2seq
    logits, targets = _floats(tf), _symbols(tf)
    weights = [tf.constant([1.0, 0.0]), tf.constant([0.5, 0.0])]

    def distance(labels, logits):
        return tf.reduce_sum(tf.abs(logits - tf.one_hot(labels, 3)), 1)

    return {
        'by_example': legacy.sequence_loss_by_example(logits, targets, weights),
        'sums': legacy.sequence_loss_by_example(logits, targets, weights, average_across_timesteps=False),
        'own': legacy.sequence_loss_by_example(logits, targets, weights, softmax_loss_function=distance),
        'all': legacy.sequence_loss(logits, targets, weights),
        'sum': legacy.sequence_loss(logits, targets, weights, average_across_batch=False),
    }


def case_wrong_arguments(tf):
    legacy = tf.contrib.legacy_seq2seq

    def decoder(**kwargs):
        arguments = {
            'decoder_inputs': [tf.zeros([2, 3])],
            'initial_state': tf.zeros([2, 3]),
            'attention_states': tf.zeros([2, 2, 2]),
            'cell': tf.contrib.rnn.GRUCell(3),
        }
        return lambda: legacy.attention_decoder(**dict(arguments, **kwargs))

    steps = [tf.zeros([2], tf.int32)]
    attempts = {
        'lengths': lambda: legacy.sequence_loss([tf.zeros([2, 3])], steps, []),
        'buckets': lambda: legacy.model_with_buckets(steps, steps, steps, steps, [(2, 1)], None),
        'targets': lambda: legacy.model_with_buckets(steps, steps, [], steps, [(1, 1)], None),
        'no_inputs': decoder(decoder_inputs=[]),
        'no_heads': decoder(num_heads=0),
        'unknown_size': decoder(attention_states=tf.placeholder(tf.float32, [2, 2, None])),
        'projection': lambda: legacy.embedding_rnn_decoder(
            steps,
            tf.zeros([2, 3]),
            tf.contrib.rnn.GRUCell(3),
            4,
            2,
            output_projection=(tf.zeros([3, 4]), tf.zeros([5])),
        ),
    }
    seen = {}
    for name in sorted(attempts):
        try:
            attempts[name]()
            seen[name] = None
        except Exception as error:  # The type is the result.
            seen[name] = type(error).__name__
    return seen
