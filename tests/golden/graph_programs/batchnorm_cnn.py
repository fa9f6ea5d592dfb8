"""The batch-normalised network of document 5 as a plain TF 1.15 program."""


def build(tf):
    def variables(shape):
        glorot = tf.glorot_uniform_initializer()
        weights = tf.get_variable('weights', shape, initializer=glorot)
        biases = tf.get_variable('biases', (1, shape[-1]), initializer=glorot)
        return weights, biases

    def conv(layer, name, shape, stride):
        with tf.variable_scope(name):
            weights, biases = variables(shape)
            layer = tf.nn.conv2d(layer, weights, strides=[1, stride, stride, 1], padding='SAME')
            layer = tf.nn.relu(layer + biases)
            mean, variance = tf.nn.moments(layer, [0, 1, 2])
            return tf.nn.batch_normalization(layer, mean, variance, None, None, 1e-12)

    def dense(layer, name, shape):
        with tf.variable_scope(name):
            weights, biases = variables(shape)
            return tf.matmul(layer, weights) + biases

    x = tf.placeholder(tf.float32, [None, 28, 28, 1], name='x')
    y = tf.placeholder(tf.float32, [None, 10], name='y')
    conv1 = conv(x, 'conv1', [3, 3, 1, 32], 2)
    pool1 = tf.nn.max_pool(conv1, ksize=[1, 3, 3, 1], strides=[1, 2, 2, 1], padding='SAME')
    conv2 = conv(pool1, 'conv2', [3, 3, 32, 64], 1)
    conv3 = conv(conv2, 'conv3', [3, 3, 64, 128], 1)
    pool3 = tf.nn.max_pool(conv3, ksize=[1, 3, 3, 1], strides=[1, 2, 2, 1], padding='SAME')
    flat = tf.reshape(pool3, [-1, 4 * 4 * 128])
    fc1 = tf.nn.relu(dense(flat, 'fc1', [2048, 128]))
    fc2 = tf.nn.sigmoid(dense(fc1, 'fc2', [128, 128]))
    logits = dense(fc2, 'out', [128, 10])
    cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(logits=logits, labels=y))
    optimizer = tf.train.AdamOptimizer(learning_rate=0.005).minimize(cost)
    classes = tf.argmax(logits, 1)
    probabilities = tf.nn.softmax(logits)
    correct = tf.equal(classes, tf.argmax(y, 1))
    return {
        'x': x,
        'y': y,
        'conv1': conv1,
        'pool1': pool1,
        'conv2': conv2,
        'conv3': conv3,
        'pool3': pool3,
        'fc1': fc1,
        'fc2': fc2,
        'logits': logits,
        'probabilities': probabilities,
        'classes': classes,
        'cost': cost,
        'optimizer': optimizer,
        'accuracy': tf.reduce_mean(tf.cast(correct, tf.float32)),
    }
