"""Generative models, embeddings and reinforcement."""

import numpy as np
from common import STEPS, losses, pictures, points, session


def vae(tf):
    x = tf.constant(pictures()[0].reshape(16, 64))
    hidden = tf.layers.dense(x, 16, tf.nn.relu)
    mean, log_variance = tf.layers.dense(hidden, 3), tf.layers.dense(hidden, 3)
    z = mean + tf.exp(0.5 * log_variance) * tf.random_normal(tf.shape(mean))
    logits = tf.layers.dense(tf.layers.dense(z, 16, tf.nn.relu), 64)
    likelihood = tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(labels=x, logits=logits), 1)
    divergence = -0.5 * tf.reduce_sum(1 + log_variance - tf.square(mean) - tf.exp(log_variance), 1)
    loss = tf.reduce_mean(likelihood + divergence)
    return losses(tf, loss, tf.train.AdamOptimizer(0.005).minimize(loss))


def vae_distributions(tf):
    x = tf.constant(pictures()[0].reshape(16, 64))
    ds = tf.contrib.distributions
    hidden = tf.layers.dense(x, 16, tf.nn.relu)
    posterior = ds.MultivariateNormalDiag(tf.layers.dense(hidden, 3), tf.layers.dense(hidden, 3, tf.nn.softplus))
    prior = ds.MultivariateNormalDiag(tf.zeros([3]), tf.ones([3]))
    logits = tf.layers.dense(tf.layers.dense(posterior.sample(), 16, tf.nn.relu), 64)
    likelihood = ds.Independent(ds.Bernoulli(logits, dtype=tf.float32), 1).log_prob(tf.round(x))
    loss = -tf.reduce_mean(likelihood - ds.kl_divergence(posterior, prior))
    return losses(tf, loss, tf.train.AdamOptimizer(0.005).minimize(loss))


def gan(tf):
    real = tf.constant(pictures()[0].reshape(16, 64))

    def generator(z):
        with tf.variable_scope('generator'):
            return tf.layers.dense(tf.layers.dense(z, 16, tf.nn.leaky_relu), 64, tf.nn.sigmoid)

    def discriminator(x):
        with tf.variable_scope('discriminator', reuse=tf.AUTO_REUSE):
            hidden = tf.layers.dense(x, 16, tf.nn.leaky_relu, name='hidden')
            return tf.layers.dense(tf.layers.dropout(hidden, 0.3, training=True), 1, name='out')

    fake = generator(tf.random_uniform([16, 4], -1.0, 1.0))
    on_real, on_fake = discriminator(real), discriminator(fake)
    cross_entropy = tf.nn.sigmoid_cross_entropy_with_logits
    d_loss = tf.reduce_mean(cross_entropy(labels=tf.ones_like(on_real), logits=on_real)) + tf.reduce_mean(
        cross_entropy(labels=tf.zeros_like(on_fake), logits=on_fake)
    )
    g_loss = tf.reduce_mean(cross_entropy(labels=tf.ones_like(on_fake), logits=on_fake))
    d_train = tf.train.AdamOptimizer(0.002, 0.5).minimize(d_loss, var_list=tf.trainable_variables('discriminator'))
    g_train = tf.train.AdamOptimizer(0.002, 0.5).minimize(g_loss, var_list=tf.trainable_variables('generator'))
    found = []
    with session(tf) as running:
        running.run(tf.global_variables_initializer())
        for _ in range(STEPS):
            found += [float(running.run([d_loss, d_train])[0]), float(running.run([g_loss, g_train])[0])]
    return found


def word2vec(tf):
    random = np.random.RandomState(3)
    inputs = random.randint(0, 50, [32]).astype(np.int32)
    labels = tf.constant(random.randint(0, 50, [32, 1]).astype(np.int64))
    embeddings = tf.Variable(tf.random_uniform([50, 8], -1.0, 1.0))
    embedded = tf.nn.embedding_lookup(embeddings, inputs)
    weights = tf.Variable(tf.truncated_normal([50, 8], stddev=0.3))
    biases = tf.Variable(tf.zeros([50]))
    loss = tf.reduce_mean(
        tf.nn.nce_loss(weights=weights, biases=biases, labels=labels, inputs=embedded, num_sampled=8, num_classes=50)
    )
    return losses(tf, loss, tf.train.GradientDescentOptimizer(0.5).minimize(loss), 50)


def sampled_softmax(tf):
    random = np.random.RandomState(4)
    labels = tf.constant(random.randint(0, 40, [32, 1]).astype(np.int64))
    hidden = tf.layers.dense(tf.constant(points(32)[0]), 8, tf.tanh)
    weights = tf.get_variable('weights', [40, 8])
    biases = tf.get_variable('biases', [40], initializer=tf.zeros_initializer())
    loss = tf.reduce_mean(tf.nn.sampled_softmax_loss(weights, biases, labels, hidden, 10, 40))
    return losses(tf, loss, tf.train.AdagradOptimizer(0.5).minimize(loss))


def sparse_embeddings(tf):
    random = np.random.RandomState(5)
    indices = np.argwhere(random.rand(16, 6) < 0.4)
    values = random.randint(0, 20, [len(indices)])
    sparse = tf.SparseTensor(indices.astype(np.int64), values.astype(np.int64), [16, 6])
    table = tf.get_variable('table', [20, 4], initializer=tf.random_uniform_initializer(-0.5, 0.5))
    hidden = tf.nn.embedding_lookup_sparse(table, sparse, None, combiner='mean')
    hidden = tf.pad(hidden, [[0, 16 - tf.shape(hidden)[0]], [0, 0]])
    loss = tf.losses.sparse_softmax_cross_entropy(points(16)[1], tf.layers.dense(tf.reshape(hidden, [16, 4]), 3))
    return losses(tf, loss, tf.train.MomentumOptimizer(0.3, 0.9).minimize(loss))


def policy_gradient(tf):
    states = tf.constant(points(32, 4)[0])
    logits = tf.layers.dense(tf.layers.dense(states, 8, tf.nn.relu), 3)
    actions = tf.stop_gradient(tf.multinomial(logits, 1)[:, 0])
    rewards = tf.to_float(tf.equal(actions, 1)) - 0.3
    taken = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=actions, logits=logits)
    entropy = tf.reduce_mean(-tf.reduce_sum(tf.nn.softmax(logits) * tf.nn.log_softmax(logits), 1))
    loss = tf.reduce_mean(taken * rewards) - 0.01 * entropy
    return losses(tf, loss, tf.train.AdamOptimizer(0.02).minimize(loss))
