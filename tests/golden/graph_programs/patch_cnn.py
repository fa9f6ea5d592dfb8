"""The patch network of document 2 as a plain TF 1.15 program."""


def build(tf):
    def weight_variable(shape):
        return tf.Variable(tf.truncated_normal(shape, stddev=0.05))

    def bias_variable(shape):
        return tf.Variable(tf.constant(0.1, shape=shape))

    x = tf.placeholder(tf.float32, shape=[None, 784], name='x')
    y_ = tf.placeholder(tf.float32, shape=[None, 10], name='y_')
    keep_prob = tf.placeholder(tf.float32, shape=(), name='keep_prob')
    image = tf.reshape(x, [-1, 28, 28, 1])
    W_conv1 = weight_variable([12, 12, 1, 25])
    b_conv1 = bias_variable([25])
    h_conv1 = tf.nn.relu(tf.nn.conv2d(image, W_conv1, strides=[1, 2, 2, 1], padding='VALID') + b_conv1)
    W_conv2 = weight_variable([5, 5, 25, 64])
    b_conv2 = bias_variable([64])
    h_conv2 = tf.nn.relu(tf.nn.conv2d(h_conv1, W_conv2, strides=[1, 1, 1, 1], padding='SAME') + b_conv2)
    h_pool = tf.nn.max_pool(h_conv2, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding='VALID')
    h_flat = tf.reshape(h_pool, [-1, 1024])
    W_fc1 = weight_variable([1024, 1024])
    b_fc1 = bias_variable([1024])
    h_fc1 = tf.nn.relu(tf.matmul(h_flat, W_fc1) + b_fc1)
    h_fc1_drop = tf.nn.dropout(h_fc1, keep_prob=keep_prob)
    W_fc2 = weight_variable([1024, 10])
    b_fc2 = bias_variable([10])
    y_conv = tf.nn.relu(tf.matmul(h_fc1_drop, W_fc2) + b_fc2)
    cross_entropy = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(labels=y_, logits=y_conv))
    train_step = tf.train.AdamOptimizer(1e-4).minimize(cross_entropy)
    classes = tf.argmax(y_conv, 1)
    correct = tf.equal(classes, tf.argmax(y_, 1))
    probabilities = tf.nn.softmax(y_conv)
    return {
        'x': x,
        'y_': y_,
        'keep_prob': keep_prob,
        'W_conv1': W_conv1,
        'h_conv1': h_conv1,
        'W_conv2': W_conv2,
        'h_conv2': h_conv2,
        'h_pool': h_pool,
        'h_flat': h_flat,
        'h_fc1': h_fc1,
        'y_conv': y_conv,
        'probabilities': probabilities,
        'classes': classes,
        'cross_entropy': cross_entropy,
        'train_step': train_step,
        'accuracy': tf.reduce_mean(tf.cast(correct, tf.float32)),
    }
