"""The layers network of document 3 as a plain TF 1.15 program."""


def build(tf):
    tf_x = tf.placeholder(tf.float32, shape=[None, 784], name='tf_x')
    tf_y = tf.placeholder(tf.int32, shape=[None], name='tf_y')
    is_train = tf.placeholder(tf.bool, shape=(), name='is_train')
    image = tf.reshape(tf_x, shape=[-1, 28, 28, 1], name='input_x_2dimages')
    onehot = tf.one_hot(indices=tf_y, depth=10, dtype=tf.float32, name='input_y_onehot')
    h1 = tf.layers.conv2d(image, kernel_size=(5, 5), filters=32, activation=tf.nn.relu)
    h1_pool = tf.layers.max_pooling2d(h1, pool_size=(2, 2), strides=(2, 2))
    h2 = tf.layers.conv2d(h1_pool, kernel_size=(5, 5), filters=64, activation=tf.nn.relu)
    h2_pool = tf.layers.max_pooling2d(h2, pool_size=(2, 2), strides=(2, 2))
    flat = tf.reshape(h2_pool, shape=[-1, 4 * 4 * 64])
    h3 = tf.layers.dense(flat, 1024, activation=tf.nn.relu)
    h3_drop = tf.layers.dropout(h3, rate=0.5, training=is_train)
    h4 = tf.layers.dense(h3_drop, 10, activation=None)
    probabilities = tf.nn.softmax(h4, name='probabilities')
    labels = tf.cast(tf.argmax(h4, axis=1), tf.int32, name='labels')
    loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=h4, labels=onehot), name='cross_entropy_loss')
    train_op = tf.train.AdamOptimizer(1e-4).minimize(loss, name='train_op')
    correct = tf.equal(labels, tf_y, name='correct_preds')
    return {
        'tf_x': tf_x,
        'tf_y': tf_y,
        'is_train': is_train,
        'h1': h1,
        'h2': h2,
        'h3': h3,
        'h3_drop': h3_drop,
        'h4': h4,
        'probabilities': probabilities,
        'labels': labels,
        'cross_entropy_loss': loss,
        'train_op': train_op,
        'accuracy': tf.reduce_mean(tf.cast(correct, tf.float32), name='accuracy'),
    }
