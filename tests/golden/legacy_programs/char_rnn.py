"""Character-level language model: train on a text, then sample from it."""

import argparse
import collections
import time

import numpy as np
import tensorflow as tf
from tensorflow.contrib import legacy_seq2seq, rnn

TEXT = (
    """the quick brown fox jumps over the lazy dog. the dog sleeps; the fox runs over the hill and
the dog dreams of the quick brown fox. a fox is a fox and a dog is a dog. """
    * 3
)


class TextLoader:
    def __init__(self, text, batch_size, seq_length):
        counter = collections.Counter(text)
        self.chars, _ = zip(*sorted(counter.items(), key=lambda x: (-x[1], x[0])))
        self.vocab_size = len(self.chars)
        self.vocab = dict(zip(self.chars, range(len(self.chars))))
        tensor = np.array(list(map(self.vocab.get, text)))
        self.num_batches = int(tensor.size / (batch_size * seq_length))
        xdata = tensor[: self.num_batches * batch_size * seq_length]
        ydata = np.roll(xdata, -1)
        self.x_batches = np.split(xdata.reshape(batch_size, -1), self.num_batches, 1)
        self.y_batches = np.split(ydata.reshape(batch_size, -1), self.num_batches, 1)


class Model:
    def __init__(self, args, vocab_size, training=True):
        if not training:
            args.batch_size = 1
            args.seq_length = 1
        cell_fn = {'rnn': rnn.BasicRNNCell, 'gru': rnn.GRUCell, 'lstm': rnn.BasicLSTMCell, 'nas': rnn.NASCell}[
            args.model
        ]
        cells = []
        for _ in range(args.num_layers):
            cell = cell_fn(args.rnn_size)
            if training and args.output_keep_prob < 1.0:
                cell = rnn.DropoutWrapper(cell, output_keep_prob=args.output_keep_prob)
            cells.append(cell)
        self.cell = cell = rnn.MultiRNNCell(cells, state_is_tuple=True)
        self.input_data = tf.placeholder(tf.int32, [args.batch_size, args.seq_length])
        self.targets = tf.placeholder(tf.int32, [args.batch_size, args.seq_length])
        self.initial_state = cell.zero_state(args.batch_size, tf.float32)
        with tf.variable_scope('rnnlm', initializer=tf.random_uniform_initializer(-0.2, 0.2)):
            softmax_w = tf.get_variable('softmax_w', [args.rnn_size, vocab_size])
            softmax_b = tf.get_variable('softmax_b', [vocab_size])
            embedding = tf.get_variable('embedding', [vocab_size, args.rnn_size])
            inputs = tf.split(tf.nn.embedding_lookup(embedding, self.input_data), args.seq_length, 1)
            inputs = [tf.squeeze(input_, [1]) for input_ in inputs]

            def loop(prev, _):
                prev_symbol = tf.stop_gradient(tf.argmax(tf.matmul(prev, softmax_w) + softmax_b, 1))
                return tf.nn.embedding_lookup(embedding, prev_symbol)

            outputs, last_state = legacy_seq2seq.rnn_decoder(
                inputs, self.initial_state, cell, loop_function=loop if not training else None, scope='rnnlm'
            )
        output = tf.reshape(tf.concat(outputs, 1), [-1, args.rnn_size])
        self.logits = tf.matmul(output, softmax_w) + softmax_b
        self.probs = tf.nn.softmax(self.logits)
        loss = legacy_seq2seq.sequence_loss_by_example(
            [self.logits], [tf.reshape(self.targets, [-1])], [tf.ones([args.batch_size * args.seq_length])]
        )
        self.cost = tf.reduce_sum(loss) / args.batch_size / args.seq_length
        self.final_state = last_state
        self.lr = tf.Variable(0.0, trainable=False)
        tvars = tf.trainable_variables()
        grads, _ = tf.clip_by_global_norm(tf.gradients(self.cost, tvars), args.grad_clip)
        self.train_op = tf.train.AdamOptimizer(self.lr).apply_gradients(zip(grads, tvars))

    def sample(self, sess, chars, vocab, num, prime):
        state = sess.run(self.cell.zero_state(1, tf.float32))
        for char in prime[:-1]:
            state = sess.run(self.final_state, {self.input_data: [[vocab[char]]], self.initial_state: state})
        ret, char = prime, prime[-1]
        for _ in range(num):
            probs, state = sess.run(
                [self.probs, self.final_state], {self.input_data: [[vocab[char]]], self.initial_state: state}
            )
            char = chars[np.argmax(probs[0])]
            ret += char
        return ret


def main():
    parser = argparse.ArgumentParser(formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument('--model', type=str, default='lstm', help='lstm, rnn, gru, or nas')
    parser.add_argument('--rnn_size', type=int, default=32)
    parser.add_argument('--num_layers', type=int, default=2)
    parser.add_argument('--seq_length', type=int, default=12)
    parser.add_argument('--batch_size', type=int, default=6)
    parser.add_argument('--num_epochs', type=int, default=12)
    parser.add_argument('--grad_clip', type=float, default=5.0)
    parser.add_argument('--learning_rate', type=float, default=0.03)
    parser.add_argument('--decay_rate', type=float, default=0.97)
    parser.add_argument('--output_keep_prob', type=float, default=1.0)
    args = parser.parse_args()
    loader = TextLoader(TEXT, args.batch_size, args.seq_length)
    tf.set_random_seed(1)
    model = Model(args, loader.vocab_size)
    with tf.Session() as sess:
        tf.global_variables_initializer().run()
        saver = tf.train.Saver(tf.global_variables())
        for e in range(args.num_epochs):
            sess.run(tf.assign(model.lr, args.learning_rate * (args.decay_rate**e)))
            state = sess.run(model.initial_state)
            start = time.time()
            for x, y in zip(loader.x_batches, loader.y_batches):
                feed = {model.input_data: x, model.targets: y}
                for i, (c, h) in enumerate(model.initial_state):
                    feed[c] = state[i].c
                    feed[h] = state[i].h
                train_loss, state, _ = sess.run([model.cost, model.final_state, model.train_op], feed)
            assert time.time() > start
            if e % 3 == 0:
                print('epoch {}, train_loss = {:.3f}'.format(e, train_loss))
        saver.save(sess, 'model.ckpt', global_step=e)
    tf.reset_default_graph()
    model = Model(args, loader.vocab_size, training=False)
    with tf.Session() as sess:
        tf.train.Saver().restore(sess, tf.train.get_checkpoint_state('.').model_checkpoint_path)
        print(model.sample(sess, loader.chars, loader.vocab, 20, 'the '))
        print(len(tf.global_variables()))


if __name__ == '__main__':
    main()
