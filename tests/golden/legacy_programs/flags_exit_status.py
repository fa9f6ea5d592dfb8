"""A training script as repositories have it: flags of every type, a config class, main's result as exit status."""

import sys

import numpy as np
import tensorflow as tf

flags = tf.flags
flags.DEFINE_string('mode', 'train', 'One of train, test.')
flags.DEFINE_integer('epochs', 3, 'Epochs.')
flags.DEFINE_float('lr', 0.1, 'Learning rate.')
flags.DEFINE_boolean('verbose', False, 'Say more.')
flags.DEFINE_list('hidden', ['4', '3'], 'Sizes.')
flags.DEFINE_enum('activation', 'relu', ['relu', 'tanh'], 'Nonlinearity.')
flags.DEFINE_bool('use_bias', True, 'Biases.')
tf.app.flags.mark_flag_as_required('mode')
FLAGS = flags.FLAGS


class Config(object):
    hidden = [int(h) for h in ('5',)]
    lr = 1.0

    def __repr__(self):
        return 'Config(hidden=%r, lr=%r)' % (self.hidden, self.lr)


class MLP(object):
    def __init__(self, config):
        self.x = tf.placeholder_with_default(tf.ones([2, 3]), [None, 3], name='x')
        self.y = tf.placeholder(tf.float32, shape=(None, 1), name='y')
        net = self.x
        act = {'relu': tf.nn.relu, 'tanh': tf.nn.tanh}[FLAGS.activation]
        for i, size in enumerate(config.hidden):
            net = tf.layers.dense(
                net,
                size,
                act,
                use_bias=FLAGS.use_bias,
                name='hidden_%d' % i,
                kernel_initializer=tf.orthogonal_initializer() if i else tf.glorot_normal_initializer(),
            )
        self.output = tf.layers.dense(net, 1, name='output', kernel_initializer=tf.ones_initializer())
        self.loss = tf.losses.huber_loss(self.y, self.output)
        self.train_op = tf.train.AdadeltaOptimizer(config.lr).minimize(self.loss)


def main(argv):
    print('rest:', argv[1:])
    config = Config()
    config.hidden = [int(h) for h in FLAGS.hidden]
    config.lr = FLAGS.lr
    print(config, FLAGS.mode, FLAGS.verbose, FLAGS['lr'].default, FLAGS.flag_values_dict()['epochs'])
    rng = np.random.RandomState(0)
    x, y = rng.rand(12, 3), rng.rand(12, 1)
    tf.set_random_seed(1)
    model = MLP(config)
    with tf.Session() as sess:
        sess.run(tf.initialize_all_variables())
        for epoch in range(FLAGS.epochs):
            loss, _ = sess.run([model.loss, model.train_op], feed_dict={model.x: x, model.y: y})
            print('Epoch %d/%d - loss: %.6f' % (epoch + 1, FLAGS.epochs, loss))
        print(sess.run(model.output).shape, sess.run(tf.report_uninitialized_variables()).tolist())
    print(sum(int(np.prod(v.shape)) for v in tf.trainable_variables()), 'parameters')
    sys.stdout.write('done\n')
    return 3 if FLAGS.verbose else 0


if __name__ == '__main__':
    tf.app.run()
