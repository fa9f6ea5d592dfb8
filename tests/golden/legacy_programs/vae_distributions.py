"""A variational autoencoder of digits with tf.contrib.distributions: templates, Independent Bernoulli, an analytic KL."""

import os

import numpy as np
import tensorflow as tf
from tensorflow.contrib.distributions import Bernoulli, Independent, MultivariateNormalDiag, kl_divergence
from tensorflow.examples.tutorials.mnist import input_data

tf.logging.set_verbosity(tf.logging.ERROR)
tfd = tf.contrib.distributions
tfb = tfd.bijectors
CODE_SIZE = 2


def dense(x, units, activation=None):
    return tf.layers.dense(x, units, activation)


def make_encoder(data, code_size):
    x = tf.layers.flatten(data)
    x = dense(x, 64, tf.nn.relu)
    loc = dense(x, code_size)
    scale = dense(x, code_size, tf.nn.softplus)
    return MultivariateNormalDiag(loc, scale)


def make_prior(code_size):
    return MultivariateNormalDiag(tf.zeros(code_size), tf.ones(code_size))


def make_decoder(code, data_shape):
    x = dense(code, 64, tf.nn.relu)
    logit = tf.reshape(dense(x, np.prod(data_shape)), [-1] + data_shape)
    return Independent(Bernoulli(logit), 2)


def make_mixture_prior(code_size):
    angles = np.linspace(0, 2 * np.pi, 5)[:-1]
    loc = np.stack([np.cos(angles), np.sin(angles)], 1).astype(np.float32)
    weights = tf.get_variable('weights', [4], initializer=tf.zeros_initializer())
    return tfd.MixtureSameFamily(
        tfd.Categorical(logits=weights), tfd.MultivariateNormalTriL(loc, 0.5 * tf.eye(code_size, batch_shape=[4]))
    )


mnist = input_data.read_data_sets(os.environ.get('MNIST_DIR', 'MNIST_data'), validation_size=0, seed=1)
make_encoder = tf.make_template('encoder', make_encoder)
make_decoder = tf.make_template('decoder', make_decoder)
tf.set_random_seed(1)
data = tf.placeholder(tf.float32, [None, 28, 28])

prior = make_prior(CODE_SIZE)
posterior = make_encoder(data, CODE_SIZE)
code, codes = posterior.sample(), posterior.mean()
decoder = make_decoder(code, [28, 28])
likelihood = decoder.log_prob(data)
divergence = kl_divergence(posterior, prior)
elbo = tf.reduce_mean(likelihood - divergence)
optimize = tf.train.AdamOptimizer(0.01).minimize(-elbo)
samples = make_decoder(prior.sample(10), [28, 28]).mean()

print(posterior, decoder)
print(code.shape, likelihood.shape, divergence.shape, samples.shape)
print(
    posterior.reparameterization_type == tfd.FULLY_REPARAMETERIZED, isinstance(posterior, tf.distributions.Distribution)
)

# A second model: the code goes through a flow, and the prior has several modes.
mixture = make_mixture_prior(CODE_SIZE)
flow = tfd.TransformedDistribution(
    distribution=tfd.MultivariateNormalDiag(tf.zeros(CODE_SIZE)),
    bijector=tfb.Chain(
        [
            tfb.Affine(shift=[0.5, -0.5], scale_tril=tfd.fill_triangular(tf.Variable([1.0, 0.2, 0.8]))),
            tfb.RealNVP(1, lambda x, units: (tf.tanh(x), 0.1 * x)),
        ]
    ),
)
kinds = tfd.RelaxedOneHotCategorical(0.7, logits=tf.Variable([0.1, 0.6, -0.3]))
draws = flow.sample(200)
mismatch = tf.reduce_mean(flow.log_prob(draws) - mixture.log_prob(draws)) + tf.reduce_mean(
    tf.square(kinds.sample(50) - [0.2, 0.3, 0.5])
)
fit = tf.train.GradientDescentOptimizer(0.1).minimize(mismatch)

with tf.train.MonitoredSession() as sess:
    for epoch in range(3):
        feed = {data: mnist.test.images[:500].reshape([-1, 28, 28])}
        test_elbo, test_codes, test_samples = sess.run([elbo, codes, samples], feed)
        print('Epoch', epoch, 'elbo %.2f' % test_elbo)
        print('codes %.4f samples %.4f' % (test_codes.std(), test_samples.mean()))
        for _ in range(20):
            sess.run(optimize, {data: mnist.train.next_batch(100)[0].reshape([-1, 28, 28])})
    for step in range(30):
        loss, _ = sess.run([mismatch, fit])
        if step % 10 == 0:
            print('mismatch %.3f' % loss)
print(sorted(v.name for v in tf.trainable_variables())[:4], len(tf.trainable_variables()))
