"""The OCR network of document 4 as a plain TF 1.15 program."""


def build(tf, filters=(16, 36), fc_size=128):
    def new_weights(shape):
        return tf.Variable(tf.truncated_normal(shape, stddev=0.05))

    def new_biases(length):
        return tf.Variable(tf.constant(0.05, shape=[length]))

    def new_conv_layer(layer, channels, count):
        weights = new_weights([5, 5, channels, count])
        biases = new_biases(count)
        layer = tf.nn.conv2d(input=layer, filter=weights, strides=[1, 1, 1, 1], padding='SAME')
        layer += biases
        layer = tf.nn.max_pool(layer, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding='SAME')
        return tf.nn.relu(layer), weights

    def new_fc_layer(layer, inputs, outputs):
        weights = new_weights([inputs, outputs])
        biases = new_biases(outputs)
        return tf.matmul(layer, weights) + biases

    x = tf.placeholder(tf.float32, shape=[None, 784], name='x')
    image = tf.reshape(x, [-1, 28, 28, 1])
    y_true = tf.placeholder(tf.float32, shape=[None, 10], name='y_true')
    y_true_cls = tf.argmax(y_true, axis=1)
    conv1, weights1 = new_conv_layer(image, 1, filters[0])
    conv2, weights2 = new_conv_layer(conv1, filters[0], filters[1])
    flat = tf.reshape(conv2, [-1, 7 * 7 * filters[1]])
    fc1 = tf.nn.relu(new_fc_layer(flat, 7 * 7 * filters[1], fc_size))
    fc2 = new_fc_layer(fc1, fc_size, 10)
    y_pred = tf.nn.softmax(fc2)
    y_pred_cls = tf.argmax(y_pred, axis=1)
    cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(logits=fc2, labels=y_true))
    optimizer = tf.train.AdamOptimizer(learning_rate=1e-4).minimize(cost)
    accuracy = tf.reduce_mean(tf.cast(tf.equal(y_pred_cls, y_true_cls), tf.float32))
    return {
        'x': x,
        'y_true': y_true,
        'layer_conv1': conv1,
        'weights_conv1': weights1,
        'layer_conv2': conv2,
        'weights_conv2': weights2,
        'layer_flat': flat,
        'layer_fc1': fc1,
        'layer_fc2': fc2,
        'y_pred': y_pred,
        'y_pred_cls': y_pred_cls,
        'cost': cost,
        'optimizer': optimizer,
        'accuracy': accuracy,
    }
