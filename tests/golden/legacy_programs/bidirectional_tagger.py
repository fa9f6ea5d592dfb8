"""Tags sequences with static, dynamic and stacked bidirectional RNNs and a CRF."""

import numpy as np
import tensorflow as tf
from tensorflow.contrib import crf
from tensorflow.contrib.rnn import GRUCell, LSTMCell, LSTMStateTuple, static_bidirectional_rnn

VOCABULARY, TAGS, STEPS, ROWS = 12, 3, 4, 16


class Tagger(object):
    def __init__(self, kind, hidden=6):
        self.words = tf.placeholder(tf.int32, [None, STEPS], name='words')
        self.tags = tf.placeholder(tf.int32, [None, STEPS], name='tags')
        self.lengths = tf.placeholder(tf.int32, [None], name='lengths')
        with tf.variable_scope(kind, initializer=tf.random_normal_initializer(stddev=0.3)):
            table = tf.get_variable('embedding', [VOCABULARY, 5])
            inputs = tf.nn.embedding_lookup(table, self.words)
            output = getattr(self, kind)(inputs, hidden)
            self.scores = tf.layers.dense(output, TAGS, name='scores')
            likelihood, self.transitions = crf.crf_log_likelihood(self.scores, self.tags, self.lengths)
        self.loss = tf.reduce_mean(-likelihood)
        optimizer = tf.train.AdagradOptimizer(0.2)
        grads_and_vars = optimizer.compute_gradients(self.loss)
        capped = [(tf.clip_by_value(g, -1.0, 1.0), v) for g, v in grads_and_vars if g is not None]
        self.train_op = optimizer.apply_gradients(capped)

    def static(self, inputs, hidden):
        outputs, forward, _ = static_bidirectional_rnn(
            LSTMCell(hidden),
            LSTMCell(hidden, forget_bias=0.5),
            tf.unstack(inputs, axis=1),
            dtype=tf.float32,
            sequence_length=self.lengths,
        )
        print(isinstance(forward, LSTMStateTuple), forward.c.shape)
        return tf.stack(outputs, 1)

    def dynamic(self, inputs, hidden):
        (fw, bw), states = tf.nn.bidirectional_dynamic_rnn(
            GRUCell(hidden), GRUCell(hidden), inputs, self.lengths, dtype=tf.float32
        )
        print(states[0].shape)
        return tf.concat([fw, bw], axis=-1)

    def stacked(self, inputs, hidden):
        outputs, _, _ = tf.contrib.rnn.stack_bidirectional_dynamic_rnn(
            [LSTMCell(hidden, use_peepholes=True, num_proj=3)] * 1 + [tf.contrib.rnn.LayerNormBasicLSTMCell(hidden)],
            [LSTMCell(hidden), tf.contrib.rnn.ResidualWrapper(GRUCell(3 + hidden))],
            inputs,
            dtype=tf.float32,
            sequence_length=self.lengths,
        )
        return outputs


def main():
    rng = np.random.RandomState(8)
    words = rng.randint(0, VOCABULARY, (ROWS, STEPS))
    tags = (words + np.roll(words, 1, axis=1)) % TAGS
    lengths = rng.randint(2, STEPS + 1, ROWS)
    for kind in ('static', 'dynamic', 'stacked'):
        tf.reset_default_graph()
        tf.set_random_seed(1)
        model = Tagger(kind)
        feed = {model.words: words, model.tags: tags, model.lengths: lengths}
        with tf.Session(config=tf.ConfigProto(log_device_placement=False, allow_soft_placement=True)) as sess:
            sess.run(tf.global_variables_initializer())
            for step in range(11):
                loss, _ = sess.run([model.loss, model.train_op], feed)
                if step % 5 == 0:
                    print('%s step %d loss %.4f' % (kind, step, loss))
            scores, transitions = sess.run([model.scores, model.transitions], feed)
            right = 0
            for score, tag, length in zip(scores, tags, lengths):
                path, _ = crf.viterbi_decode(score[:length], transitions)
                right += np.sum(np.equal(path, tag[:length]))
            print('tags right: %d of %d' % (right, lengths.sum()))
            for variable in tf.trainable_variables():
                print(variable.name, variable.get_shape().as_list())


if __name__ == '__main__':
    main()
