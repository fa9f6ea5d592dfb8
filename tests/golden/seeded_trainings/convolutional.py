"""Convolutional networks."""

from common import losses, pictures


def lenet_by_hand(tf):
    data, labels = pictures()

    def weights(shape):
        return tf.Variable(tf.truncated_normal(shape, stddev=0.1))

    x = tf.placeholder(tf.float32, [None, 8, 8, 1])
    keep = tf.placeholder(tf.float32)
    hidden = tf.nn.relu(tf.nn.conv2d(x, weights([3, 3, 1, 4]), [1, 1, 1, 1], 'SAME') + tf.Variable(tf.zeros([4])))
    hidden = tf.nn.max_pool(hidden, [1, 2, 2, 1], [1, 2, 2, 1], 'SAME')
    hidden = tf.nn.relu(tf.matmul(tf.reshape(hidden, [-1, 64]), weights([64, 16])))
    logits = tf.matmul(tf.nn.dropout(hidden, keep), weights([16, 3]))
    loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits))
    return losses(tf, loss, tf.train.AdamOptimizer(0.005).minimize(loss), feed={x: data, keep: 0.5})


def cnn_layers(tf):
    x, labels = pictures()
    hidden = tf.layers.conv2d(tf.constant(x), 4, 3, padding='same', activation=tf.nn.relu)
    hidden = tf.layers.max_pooling2d(hidden, 2, 2)
    hidden = tf.layers.conv2d(hidden, 8, 3, activation=tf.nn.relu)
    hidden = tf.layers.dense(tf.layers.flatten(hidden), 16, tf.nn.relu)
    hidden = tf.layers.dropout(hidden, 0.4, training=True)
    loss = tf.losses.sparse_softmax_cross_entropy(labels, tf.layers.dense(hidden, 3))
    return losses(tf, loss, tf.train.AdamOptimizer(0.005).minimize(loss))


def residual_batch_norm(tf):
    x, labels = pictures()

    def block(hidden):
        inside = tf.nn.relu(tf.layers.batch_normalization(hidden, training=True, fused=True))
        inside = tf.layers.conv2d(inside, 4, 3, padding='same', use_bias=False)
        return hidden + inside

    hidden = tf.layers.conv2d(tf.constant(x), 4, 3, padding='same')
    hidden = tf.reduce_mean(block(block(hidden)), [1, 2])
    loss = tf.losses.sparse_softmax_cross_entropy(labels, tf.layers.dense(hidden, 3))
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
        train = tf.train.MomentumOptimizer(0.05, 0.9, use_nesterov=True).minimize(loss)
    return losses(tf, loss, train)


def augmented_pictures(tf):
    x, labels = pictures(channels=3)

    def augment(picture):
        picture = tf.image.random_flip_left_right(picture)
        picture = tf.image.random_brightness(picture, 0.2)
        picture = tf.random_crop(tf.image.resize_image_with_crop_or_pad(picture, 10, 10), [8, 8, 3])
        return tf.image.per_image_standardization(picture)

    hidden = tf.map_fn(augment, tf.constant(x), parallel_iterations=1)
    hidden = tf.layers.conv2d(hidden, 4, 3, 2, activation=tf.nn.relu)
    loss = tf.losses.sparse_softmax_cross_entropy(labels, tf.layers.dense(tf.layers.flatten(hidden), 3))
    return losses(tf, loss, tf.train.GradientDescentOptimizer(0.05).minimize(loss))


def autoencoder(tf):
    x, _ = pictures()
    images = tf.constant(x)
    noisy = images + 0.1 * tf.random_normal(tf.shape(images))
    hidden = tf.layers.conv2d(noisy, 4, 3, 2, 'same', activation=tf.nn.relu)
    hidden = tf.layers.conv2d_transpose(hidden, 4, 3, 2, 'same', activation=tf.nn.relu)
    out = tf.layers.conv2d(hidden, 1, 3, padding='same')
    loss = tf.losses.mean_squared_error(images, tf.sigmoid(out))
    return losses(tf, loss, tf.train.RMSPropOptimizer(0.005, momentum=0.5).minimize(loss))


def separable_and_one_dimensional(tf):
    x, labels = pictures()
    images = tf.constant(x)
    hidden = tf.layers.separable_conv2d(images, 4, 3, activation=tf.nn.relu)
    hidden = tf.layers.conv1d(tf.reshape(hidden, [16, 36, 4]), 4, 5, 2, activation=tf.nn.relu)
    hidden = tf.layers.flatten(tf.layers.average_pooling1d(hidden, 2, 2))
    loss = tf.losses.sparse_softmax_cross_entropy(labels, tf.layers.dense(hidden, 3))
    return losses(tf, loss, tf.train.AdamOptimizer(0.01).minimize(loss))


def slim_cnn(tf):
    x, labels = pictures()
    slim = tf.contrib.slim
    with slim.arg_scope(
        [slim.conv2d, slim.fully_connected],
        weights_initializer=tf.truncated_normal_initializer(stddev=0.1),
        weights_regularizer=slim.l2_regularizer(0.0005),
    ):
        hidden = slim.repeat(tf.constant(x), 2, slim.conv2d, 4, [3, 3], scope='conv')
        hidden = slim.max_pool2d(hidden, [2, 2], scope='pool')
        hidden = slim.dropout(slim.fully_connected(slim.flatten(hidden), 16, scope='fc'), 0.5, scope='drop')
        logits = slim.fully_connected(hidden, 3, activation_fn=None, scope='logits')
    tf.losses.sparse_softmax_cross_entropy(labels, logits)
    loss = tf.losses.get_total_loss()
    train = slim.learning.create_train_op(loss, tf.train.GradientDescentOptimizer(0.1))
    return losses(tf, loss, train)


def slim_batch_norm(tf):
    x, labels = pictures()
    slim = tf.contrib.slim
    hidden = slim.conv2d(tf.constant(x), 4, 3, normalizer_fn=slim.batch_norm, normalizer_params={'decay': 0.9})
    hidden = slim.separable_conv2d(hidden, 8, 3, 1, normalizer_fn=slim.batch_norm)
    logits = slim.conv2d(tf.reduce_mean(hidden, [1, 2], keep_dims=True), 3, 1, activation_fn=None)
    tf.losses.sparse_softmax_cross_entropy(labels, tf.squeeze(logits, [1, 2]))
    train = slim.learning.create_train_op(tf.losses.get_total_loss(), tf.train.AdamOptimizer(0.01))
    return losses(tf, tf.losses.get_total_loss(), train)
