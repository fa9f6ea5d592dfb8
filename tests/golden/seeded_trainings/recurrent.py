"""Recurrent networks, attention and sequence to sequence."""

import numpy as np
from common import losses, sentences


def _embedded(tf, size=4):
    words, lengths = sentences()
    table = tf.get_variable('embedding', [12, size])
    return tf.nn.embedding_lookup(table, words), words, lengths


def char_rnn(tf):
    inputs, words, _ = _embedded(tf)
    cells = [tf.nn.rnn_cell.BasicLSTMCell(8) for _ in range(2)]
    cells = [tf.nn.rnn_cell.DropoutWrapper(cell, output_keep_prob=0.8) for cell in cells]
    cell = tf.nn.rnn_cell.MultiRNNCell(cells)
    start = cell.zero_state(16, tf.float32)
    outputs, _ = tf.nn.dynamic_rnn(cell, inputs[:, :-1], initial_state=start, parallel_iterations=1)
    logits = tf.layers.dense(outputs, 12)
    weights = tf.ones([16, 5])
    loss = tf.contrib.seq2seq.sequence_loss(logits, tf.constant(words[:, 1:]), weights)
    variables = tf.trainable_variables()
    gradients, _ = tf.clip_by_global_norm(tf.gradients(loss, variables), 1.0)
    train = tf.train.AdamOptimizer(0.01).apply_gradients(zip(gradients, variables))
    return losses(tf, loss, train)


def gru_classifier(tf):
    inputs, words, lengths = _embedded(tf)
    _, state = tf.nn.dynamic_rnn(tf.nn.rnn_cell.GRUCell(8), inputs, lengths, dtype=tf.float32)
    loss = tf.losses.sparse_softmax_cross_entropy(words[:, 0] % 2, tf.layers.dense(state, 2))
    return losses(tf, loss, tf.train.RMSPropOptimizer(0.01).minimize(loss))


def bidirectional_tagger(tf):
    inputs, words, lengths = _embedded(tf)
    cells = [tf.nn.rnn_cell.LSTMCell(6, initializer=tf.orthogonal_initializer()) for _ in range(2)]
    outputs, _ = tf.nn.bidirectional_dynamic_rnn(cells[0], cells[1], inputs, lengths, dtype=tf.float32)
    scores = tf.layers.dense(tf.nn.dropout(tf.concat(outputs, 2), 0.8), 3)
    likelihood, _ = tf.contrib.crf.crf_log_likelihood(scores, tf.constant(words % 3), tf.constant(lengths))
    loss = tf.reduce_mean(-likelihood)
    return losses(tf, loss, tf.train.AdamOptimizer(0.01).minimize(loss))


def static_rnn(tf):
    inputs, words, _ = _embedded(tf)
    cell = tf.nn.rnn_cell.DropoutWrapper(tf.nn.rnn_cell.BasicRNNCell(8), 0.9, 0.9)
    outputs, _ = tf.nn.static_rnn(cell, tf.unstack(inputs, axis=1), dtype=tf.float32)
    w = tf.get_variable('w', [8, 2], initializer=tf.random_normal_initializer(stddev=0.1))
    loss = tf.losses.sparse_softmax_cross_entropy(words[:, 0] % 2, tf.matmul(outputs[-1], w))
    return losses(tf, loss, tf.train.GradientDescentOptimizer(0.5).minimize(loss))


def peepholes_and_projection(tf):
    inputs, words, lengths = _embedded(tf)
    cell = tf.nn.rnn_cell.LSTMCell(8, use_peepholes=True, num_proj=5, cell_clip=3.0)
    outputs, _ = tf.nn.dynamic_rnn(cell, inputs, lengths, dtype=tf.float32)
    logits = tf.layers.dense(outputs, 12)
    mask = tf.sequence_mask(lengths, 6, tf.float32)
    loss = tf.losses.sparse_softmax_cross_entropy(words, logits, weights=mask)
    return losses(tf, loss, tf.train.AdagradOptimizer(0.2).minimize(loss))


def seq2seq_attention(tf):
    inputs, words, lengths = _embedded(tf)
    encoded, state = tf.nn.dynamic_rnn(tf.nn.rnn_cell.GRUCell(6), inputs, lengths, dtype=tf.float32, scope='encoder')
    seq2seq = tf.contrib.seq2seq
    attention = seq2seq.LuongAttention(6, encoded, lengths)
    cell = seq2seq.AttentionWrapper(tf.nn.rnn_cell.GRUCell(6), attention, attention_layer_size=6)
    start = cell.zero_state(16, tf.float32).clone(cell_state=state)
    helper = seq2seq.TrainingHelper(inputs, lengths)
    decoder = seq2seq.BasicDecoder(cell, helper, start, tf.layers.Dense(12, use_bias=False))
    outputs, _, _ = seq2seq.dynamic_decode(decoder)
    longest = int(np.max(lengths))
    mask = tf.sequence_mask(lengths, longest, tf.float32)
    loss = seq2seq.sequence_loss(outputs.rnn_output, tf.constant(words[:, :longest]), mask)
    return losses(tf, loss, tf.train.AdamOptimizer(0.01).minimize(loss))


def scheduled_sampling(tf):
    inputs, words, lengths = _embedded(tf)
    seq2seq = tf.contrib.seq2seq
    table = tf.get_variable('decoder_embedding', [12, 4])
    helper = seq2seq.ScheduledEmbeddingTrainingHelper(inputs, tf.fill([16], 6), table, 0.3)
    cell = tf.nn.rnn_cell.BasicLSTMCell(6)
    decoder = seq2seq.BasicDecoder(cell, helper, cell.zero_state(16, tf.float32), tf.layers.Dense(12))
    outputs, _, _ = seq2seq.dynamic_decode(decoder, parallel_iterations=1)
    loss = seq2seq.sequence_loss(outputs.rnn_output, tf.constant(words), tf.ones([16, 6]))
    return losses(tf, loss, tf.train.AdamOptimizer(0.01).minimize(loss))


def self_attention(tf):
    inputs, words, lengths = _embedded(tf, 8)
    query, key, value = (tf.layers.dense(inputs, 8, use_bias=False, name=name) for name in 'qkv')
    scores = tf.matmul(query, key, transpose_b=True) / 8.0**0.5
    mask = tf.expand_dims(tf.sequence_mask(lengths, 6, tf.float32), 1)
    attention = tf.nn.dropout(tf.nn.softmax(scores - 1e9 * (1.0 - mask)), 0.9)
    hidden = tf.contrib.layers.layer_norm(inputs + tf.matmul(attention, value), begin_norm_axis=-1)
    hidden = hidden + tf.layers.dense(tf.layers.dense(hidden, 16, tf.nn.relu), 8)
    logits = tf.tensordot(hidden, tf.get_variable('out', [8, 12]), 1)
    loss = tf.losses.sparse_softmax_cross_entropy(words, logits)
    return losses(tf, loss, tf.train.AdamOptimizer(0.01).minimize(loss))
