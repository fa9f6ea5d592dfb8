"""A DCGAN-like pair of networks on tiny images: two optimisers on two variable lists, alternating."""

import argparse

import numpy as np
import tensorflow as tf


def lrelu(x, leak=0.2, name='lrelu'):
    return tf.maximum(x, leak * x, name=name)


class DCGAN(object):
    def __init__(self, sess, batch_size=16, z_dim=8):
        self.sess, self.batch_size, self.z_dim = sess, batch_size, z_dim
        self.build_model()

    def build_model(self):
        self.images = tf.placeholder(tf.float32, [self.batch_size, 8, 8, 1], name='real_images')
        self.z = tf.placeholder(tf.float32, [None, self.z_dim], name='z')
        self.is_training = tf.placeholder(tf.bool, name='is_training')
        self.G = self.generator(self.z)
        _, real = self.discriminator(self.images)
        _, fake = self.discriminator(self.G, reuse=True)

        def cross_entropy(logits, labels):
            return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(logits=logits, labels=labels(logits)))

        self.d_loss = cross_entropy(real, tf.ones_like) + cross_entropy(fake, tf.zeros_like)
        self.g_loss = cross_entropy(fake, tf.ones_like)
        self.d_vars = [var for var in tf.trainable_variables() if 'd_' in var.name]
        self.g_vars = [var for var in tf.trainable_variables() if 'g_' in var.name]
        self.saver = tf.train.Saver()

    def discriminator(self, image, reuse=False):
        with tf.variable_scope('discriminator') as scope:
            if reuse:
                scope.reuse_variables()
            init = tf.truncated_normal_initializer(stddev=0.2)
            h0 = lrelu(tf.layers.conv2d(image, 4, 5, 2, 'same', kernel_initializer=init, name='d_h0_conv'))
            h1 = tf.layers.conv2d(h0, 8, 5, 2, 'same', kernel_initializer=init, name='d_h1_conv')
            h1 = lrelu(
                tf.contrib.layers.batch_norm(
                    h1, decay=0.9, epsilon=1e-5, scale=True, updates_collections=None, is_training=True, scope='d_bn1'
                )
            )
            h2 = tf.layers.dense(tf.contrib.layers.flatten(h1), 1, kernel_initializer=init, name='d_h2_lin')
            return tf.nn.sigmoid(h2), h2

    def generator(self, z):
        with tf.variable_scope('generator'):
            init = tf.random_normal_initializer(stddev=0.2)
            h0 = tf.reshape(tf.layers.dense(z, 2 * 2 * 8, kernel_initializer=init, name='g_h0_lin'), [-1, 2, 2, 8])
            h0 = tf.nn.relu(tf.layers.batch_normalization(h0, training=self.is_training, momentum=0.9, name='g_bn0'))
            w = tf.get_variable('g_h1', [5, 5, 4, 8], initializer=init)
            h1 = tf.nn.relu(
                tf.nn.conv2d_transpose(h0, w, output_shape=tf.stack([tf.shape(z)[0], 4, 4, 4]), strides=[1, 2, 2, 1])
            )
            h1.set_shape([None, 4, 4, 4])
            h2 = tf.layers.conv2d_transpose(h1, 1, 5, 2, 'same', kernel_initializer=init, name='g_h2')
            return tf.nn.tanh(h2)

    def train(self, config):
        d_optim = tf.train.AdamOptimizer(config.learning_rate, beta1=config.beta1).minimize(
            self.d_loss, var_list=self.d_vars
        )
        with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
            g_optim = tf.train.AdamOptimizer(config.learning_rate, beta1=config.beta1).minimize(
                self.g_loss, var_list=self.g_vars
            )
        self.sess.run(tf.global_variables_initializer())
        rng = np.random.RandomState(0)
        for counter in range(config.steps):
            real = np.tanh(rng.randn(self.batch_size, 8, 8, 1) + np.linspace(-2, 2, 8)[:, None, None])
            z = rng.uniform(-1, 1, [self.batch_size, self.z_dim])
            feed = {self.images: real, self.z: z, self.is_training: True}
            self.sess.run(d_optim, feed)
            self.sess.run(g_optim, feed)
            if counter % 5 == 0:
                errD, errG = self.sess.run([self.d_loss, self.g_loss], feed)
                print('[%4d] d_loss: %.4f, g_loss: %.4f' % (counter, errD, errG))
        samples = self.sess.run(self.G, {self.z: z[:4], self.is_training: False})
        print(samples.shape, '%.3f' % np.abs(samples).mean())
        print(self.saver.save(self.sess, 'DCGAN.model', global_step=counter))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--learning_rate', type=float, default=0.002)
    parser.add_argument('--beta1', type=float, default=0.5)
    parser.add_argument('--steps', type=int, default=16)
    config = parser.parse_args()
    run_config = tf.ConfigProto()
    run_config.gpu_options.allow_growth = True
    tf.set_random_seed(1)
    with tf.Session(config=run_config) as sess:
        dcgan = DCGAN(sess)
        for var in dcgan.d_vars + dcgan.g_vars:
            print(var.name, var.get_shape())
        dcgan.train(config)


if __name__ == '__main__':
    main()
