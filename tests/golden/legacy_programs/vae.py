"""A variational autoencoder in one class, with TensorFlow distributions and a denoising variant."""

import numpy as np
import tensorflow as tf


def xavier_init(fan_in, fan_out, constant=1):
    """Xavier initialization of network weights"""
    low = -constant * np.sqrt(6.0 / (fan_in + fan_out))
    high = constant * np.sqrt(6.0 / (fan_in + fan_out))
    return tf.random_uniform((fan_in, fan_out), minval=low, maxval=high, dtype=tf.float32)


class VariationalAutoencoder(object):
    """Variation Autoencoder (VAE) with an sklearn-like interface"""

    def __init__(self, network_architecture, transfer_fct=tf.nn.softplus, learning_rate=0.001, batch_size=100):
        self.network_architecture = network_architecture
        self.transfer_fct = transfer_fct
        self.batch_size = batch_size
        self.x = tf.placeholder(tf.float32, [None, network_architecture['n_input']])
        self._create_network()
        reconstr_loss = -tf.reduce_sum(
            self.x * tf.log(1e-10 + self.x_reconstr_mean) + (1 - self.x) * tf.log(1e-10 + 1 - self.x_reconstr_mean), 1
        )
        latent_loss = -0.5 * tf.reduce_sum(
            1 + self.z_log_sigma_sq - tf.square(self.z_mean) - tf.exp(self.z_log_sigma_sq), 1
        )
        self.cost = tf.reduce_mean(reconstr_loss + latent_loss)
        self.optimizer = tf.train.AdamOptimizer(learning_rate=learning_rate).minimize(self.cost)
        self.sess = tf.InteractiveSession()
        self.sess.run(tf.global_variables_initializer())

    def _create_network(self):
        a = self.network_architecture
        weights = {
            'h1': tf.Variable(xavier_init(a['n_input'], a['n_hidden'])),
            'out_mean': tf.Variable(xavier_init(a['n_hidden'], a['n_z'])),
            'out_log_sigma': tf.Variable(xavier_init(a['n_hidden'], a['n_z'])),
            'g1': tf.Variable(xavier_init(a['n_z'], a['n_hidden'])),
            'g_out': tf.Variable(xavier_init(a['n_hidden'], a['n_input'])),
        }
        biases = {name: tf.Variable(tf.zeros([w.shape[1].value], dtype=tf.float32)) for name, w in weights.items()}
        layer_1 = self.transfer_fct(tf.add(tf.matmul(self.x, weights['h1']), biases['h1']))
        self.z_mean = tf.add(tf.matmul(layer_1, weights['out_mean']), biases['out_mean'])
        self.z_log_sigma_sq = tf.add(tf.matmul(layer_1, weights['out_log_sigma']), biases['out_log_sigma'])
        eps = tf.random_normal((self.batch_size, a['n_z']), 0, 1, dtype=tf.float32)
        self.z = tf.add(self.z_mean, tf.multiply(tf.sqrt(tf.exp(self.z_log_sigma_sq)), eps))
        hidden = self.transfer_fct(tf.add(tf.matmul(self.z, weights['g1']), biases['g1']))
        self.x_reconstr_mean = tf.nn.sigmoid(tf.add(tf.matmul(hidden, weights['g_out']), biases['g_out']))

    def partial_fit(self, X):
        opt, cost = self.sess.run((self.optimizer, self.cost), feed_dict={self.x: X})
        return cost

    def transform(self, X):
        return self.sess.run(self.z_mean, feed_dict={self.x: X})

    def generate(self, z_mu):
        return self.sess.run(self.x_reconstr_mean, feed_dict={self.z: z_mu})


def main():
    rng = np.random.RandomState(0)
    prototypes = rng.rand(4, 36) > 0.5
    samples = (prototypes[rng.randint(0, 4, 200)] ^ (rng.rand(200, 36) < 0.05)).astype(np.float32)
    tf.set_random_seed(1)
    vae = VariationalAutoencoder(dict(n_input=36, n_hidden=16, n_z=2), learning_rate=0.02, batch_size=50)
    for epoch in range(12):
        avg_cost = 0.0
        for i in range(4):
            avg_cost += vae.partial_fit(samples[i * 50 : (i + 1) * 50]) / 4
        if epoch % 3 == 0:
            print('Epoch:', '%04d' % (epoch + 1), 'cost=', '{:.4f}'.format(avg_cost))
    print(vae.transform(samples[:3]).shape, vae.generate(np.zeros((50, 2))).shape)
    print('%.3f' % np.abs(vae.generate(np.zeros((50, 2)))).mean())
    vae.sess.close()


if __name__ == '__main__':
    main()
