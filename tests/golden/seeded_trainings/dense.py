"""Fully connected networks, with what is put between their layers."""

from common import losses, points


def softmax_regression(tf):
    x, labels = points()
    w = tf.Variable(tf.truncated_normal([8, 3], stddev=0.1))
    b = tf.Variable(tf.zeros([3]))
    logits = tf.matmul(tf.constant(x), w) + b
    loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits))
    return losses(tf, loss, tf.train.GradientDescentOptimizer(0.5).minimize(loss), 50)


def mlp_by_hand(tf):
    data, targets = points()
    x = tf.placeholder(tf.float32, [None, 8])
    y = tf.placeholder(tf.int32, [None])
    keep = tf.placeholder(tf.float32)
    w1 = tf.Variable(tf.random_normal([8, 16], stddev=0.3))
    b1 = tf.Variable(tf.constant(0.1, shape=[16]))
    hidden = tf.nn.dropout(tf.nn.relu(tf.nn.xw_plus_b(x, w1, b1)), keep)
    w2 = tf.Variable(tf.random_uniform([16, 3], -0.3, 0.3))
    logits = tf.matmul(hidden, w2)
    loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(labels=tf.one_hot(y, 3), logits=logits)) + 0.01 * (
        tf.nn.l2_loss(w1) + tf.nn.l2_loss(w2)
    )
    train = tf.train.AdamOptimizer(0.01).minimize(loss)
    return losses(tf, loss, train, feed={x: data, y: targets, keep: 0.8})


def mlp_layers(tf):
    x, labels = points()
    hidden = tf.layers.dense(tf.constant(x), 16, tf.nn.relu)
    hidden = tf.layers.dropout(hidden, 0.3, training=True)
    hidden = tf.layers.dense(hidden, 16, tf.nn.relu, kernel_initializer=tf.variance_scaling_initializer(2.0))
    loss = tf.losses.sparse_softmax_cross_entropy(labels, tf.layers.dense(hidden, 3))
    return losses(tf, loss, tf.train.MomentumOptimizer(0.1, 0.9).minimize(loss), 30)


def mlp_batch_norm(tf):
    x, labels = points()
    training = tf.placeholder_with_default(True, [])
    hidden = tf.layers.dense(tf.constant(x), 16, use_bias=False)
    hidden = tf.nn.relu(tf.layers.batch_normalization(hidden, training=training))
    hidden = tf.layers.dropout(hidden, 0.2, training=training)
    loss = tf.losses.sparse_softmax_cross_entropy(labels, tf.layers.dense(hidden, 3))
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
        train = tf.train.AdamOptimizer(0.01).minimize(loss)
    return losses(tf, loss, train)


def regularized_regression(tf):
    x, labels = points()
    regularizer = tf.contrib.layers.l1_l2_regularizer(0.001, 0.01)
    with tf.variable_scope('net', initializer=tf.orthogonal_initializer(), regularizer=regularizer):
        hidden = tf.tanh(tf.layers.dense(tf.constant(x), 8))
        out = tf.layers.dense(hidden, 1)[:, 0]
    tf.losses.mean_squared_error(labels.astype('float32'), out)
    tf.losses.huber_loss(labels.astype('float32'), out, weights=0.5)
    loss = tf.losses.get_total_loss()
    return losses(tf, loss, tf.train.RMSPropOptimizer(0.01).minimize(loss), 30)


def clipped_gradients(tf):
    x, labels = points()
    step = tf.train.get_or_create_global_step()
    rate = tf.train.exponential_decay(0.5, step, 5, 0.9, staircase=True)
    hidden = tf.layers.dense(tf.constant(x), 16, tf.nn.elu)
    noisy = hidden + tf.random_normal(tf.shape(hidden), stddev=0.1)
    loss = tf.losses.sparse_softmax_cross_entropy(labels, tf.layers.dense(noisy, 3))
    optimizer = tf.train.AdagradOptimizer(rate)
    gradients, variables = zip(*optimizer.compute_gradients(loss))
    gradients, _ = tf.clip_by_global_norm(gradients, 0.5)
    return losses(tf, loss, optimizer.apply_gradients(zip(gradients, variables), step))


def moving_averages(tf):
    x, labels = points()
    step = tf.train.get_or_create_global_step()
    hidden = tf.layers.dense(tf.constant(x), 16, tf.nn.sigmoid)
    loss = tf.losses.sparse_softmax_cross_entropy(labels, tf.layers.dense(tf.nn.dropout(hidden, rate=0.1), 3))
    train = tf.train.FtrlOptimizer(0.5, l1_regularization_strength=0.001).minimize(loss, step)
    averages = tf.train.ExponentialMovingAverage(0.9, step)
    with tf.control_dependencies([train]):
        train = averages.apply(tf.trainable_variables())
    noise = tf.random_uniform([], maxval=0.1)
    return losses(tf, loss + noise, train)


def two_optimizers(tf):
    x, labels = points()
    with tf.variable_scope('body'):
        hidden = tf.layers.dense(tf.constant(x), 12, tf.nn.leaky_relu)
    with tf.variable_scope('head'):
        logits = tf.layers.dense(tf.nn.dropout(hidden, 0.9), 3)
    loss = tf.losses.softmax_cross_entropy(tf.one_hot(labels, 3), logits, label_smoothing=0.1)
    optimizers = [tf.train.AdadeltaOptimizer(1.0), tf.train.ProximalAdagradOptimizer(0.1)]
    parts = [tf.trainable_variables(scope) for scope in ('body', 'head')]
    gradients = tf.gradients(loss, parts[0] + parts[1])
    with tf.control_dependencies(gradients):
        first = optimizers[0].apply_gradients(zip(gradients[:2], parts[0]))
        second = optimizers[1].apply_gradients(zip(gradients[2:], parts[1]))
    return losses(tf, loss, tf.group(first, second))
