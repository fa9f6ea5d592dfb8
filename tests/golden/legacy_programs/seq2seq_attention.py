"""Learns to reverse sequences with an attention decoder; decodes greedily and with a beam."""

import numpy as np
import tensorflow as tf
from tensorflow.contrib import seq2seq
from tensorflow.python.layers.core import Dense

PAD, GO, EOS, VOCABULARY = 0, 1, 2, 9
UNITS, DEPTH, BATCH = 16, 8, 24


def batch(rng, size=BATCH):
    lengths = rng.randint(2, 5, size)
    source = np.zeros([size, 5], np.int32)
    target = np.zeros([size, 6], np.int32)
    for row, length in enumerate(lengths):
        word = rng.randint(3, VOCABULARY, length)
        source[row, :length] = word
        target[row, : length + 1] = list(word[::-1]) + [EOS]
    return source, lengths.astype(np.int32), target, (lengths + 1).astype(np.int32)


def cell():
    return tf.contrib.rnn.LSTMCell(UNITS, initializer=tf.random_uniform_initializer(-0.3, 0.3))


def build(mode, source, lengths, target=None, target_lengths=None, beam_width=3):
    size = tf.shape(source)[0]
    initializer = tf.random_uniform_initializer(-0.3, 0.3)
    with tf.variable_scope('seq2seq', initializer=initializer, reuse=tf.AUTO_REUSE):
        table = tf.get_variable('embedding', [VOCABULARY, DEPTH])
        with tf.variable_scope('encoder'):
            memory, state = tf.nn.dynamic_rnn(cell(), tf.nn.embedding_lookup(table, source), lengths, dtype=tf.float32)
        if mode == 'beam':
            memory = seq2seq.tile_batch(memory, beam_width)
            state = seq2seq.tile_batch(state, beam_width)
            lengths = seq2seq.tile_batch(lengths, beam_width)
        with tf.variable_scope('decoder'):
            attention = seq2seq.LuongAttention(UNITS, memory, memory_sequence_length=lengths)
            wrapped = seq2seq.AttentionWrapper(cell(), attention, attention_layer_size=UNITS)
            projection = Dense(VOCABULARY, use_bias=False, name='projection')
            total = size * beam_width if mode == 'beam' else size
            start = wrapped.zero_state(total, tf.float32).clone(cell_state=state)
            if mode == 'train':
                shifted = tf.concat([tf.fill([size, 1], GO), target[:, :-1]], 1)
                helper = seq2seq.TrainingHelper(tf.nn.embedding_lookup(table, shifted), target_lengths)
                decoder = seq2seq.BasicDecoder(wrapped, helper, start, projection)
            elif mode == 'greedy':
                helper = seq2seq.GreedyEmbeddingHelper(table, tf.fill([size], GO), EOS)
                decoder = seq2seq.BasicDecoder(wrapped, helper, start, projection)
            else:
                decoder = seq2seq.BeamSearchDecoder(
                    wrapped, table, tf.fill([size], GO), EOS, start, beam_width, projection, length_penalty_weight=0.5
                )
            outputs, _, final_lengths = seq2seq.dynamic_decode(decoder, maximum_iterations=6)
    if mode == 'train':
        longest = tf.reduce_max(target_lengths)
        mask = tf.sequence_mask(target_lengths, longest, dtype=tf.float32)
        return seq2seq.sequence_loss(outputs.rnn_output, target[:, :longest], mask)
    if mode == 'greedy':
        return outputs.sample_id, final_lengths
    return outputs.predicted_ids, final_lengths


def main():
    rng = np.random.RandomState(0)
    tf.set_random_seed(1)
    source = tf.placeholder(tf.int32, [None, 5])
    lengths = tf.placeholder(tf.int32, [None])
    target = tf.placeholder(tf.int32, [None, 6])
    target_lengths = tf.placeholder(tf.int32, [None])
    loss = build('train', source, lengths, target, target_lengths)
    greedy = build('greedy', source, lengths)
    beam = build('beam', source, lengths)
    train_op = tf.contrib.layers.optimize_loss(
        loss, None, 0.02, 'Adam', clip_gradients=5.0, variables=tf.trainable_variables(), summaries=[]
    )
    for variable in tf.trainable_variables():
        print(variable.op.name, variable.shape)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for step in range(121):
            feed = dict(zip([source, lengths, target, target_lengths], batch(rng)))
            value = sess.run(train_op, feed)
            if step % 20 == 0:
                print('step %d loss %.3f' % (step, value))
        x, n, y, _ = batch(np.random.RandomState(99), 4)
        ids, _ = sess.run(greedy, {source: x, lengths: n})
        beams, _ = sess.run(beam, {source: x, lengths: n})
        print(beams.shape[0], beams.shape[2])
        for row in range(4):
            best = [i for i in beams[row, :, 0] if i > EOS]
            print(x[row, : n[row]], '->', ids[row, : n[row]], best, (ids[row, : n[row]] == y[row, : n[row]]).all())


if __name__ == '__main__':
    main()
