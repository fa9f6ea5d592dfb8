"""The low-level network of document 3 as a plain TF 1.15 program."""


def build(tf):
    def conv_layer(layer, name, channels, count):
        with tf.variable_scope(name):
            weights = tf.get_variable(name='_weights', shape=[5, 5, channels, count])
            print(weights)
            biases = tf.get_variable(name='_biases', initializer=tf.zeros(shape=[count]))
            print(biases)
            conv = tf.nn.conv2d(input=layer, filter=weights, strides=(1, 1, 1, 1), padding='VALID')
            print(conv)
            conv = tf.nn.bias_add(conv, biases, name='net_pre-activation')
            print(conv)
            conv = tf.nn.relu(conv, name='activation')
            print(conv)
            return conv

    def fc_layer(layer, name, inputs, outputs, relu):
        with tf.variable_scope(name):
            if len(layer.shape) > 2:
                layer = tf.reshape(layer, shape=(-1, inputs))
            weights = tf.get_variable(name='_weights', shape=[inputs, outputs])
            print(weights)
            biases = tf.get_variable(name='_biases', initializer=tf.zeros(shape=[outputs]))
            print(biases)
            layer = tf.matmul(layer, weights)
            print(layer)
            layer = tf.nn.bias_add(layer, biases, name='net_pre-activation')
            print(layer)
            if not relu:
                return layer
            layer = tf.nn.relu(layer, name='activation')
            print(layer)
            return layer

    tf_x = tf.placeholder(tf.float32, shape=[None, 784], name='tf_x')
    tf_y = tf.placeholder(tf.int32, shape=[None], name='tf_y')
    image = tf.reshape(tf_x, shape=[-1, 28, 28, 1], name='tf_x_reshaped')
    onehot = tf.one_hot(indices=tf_y, depth=10, dtype=tf.float32, name='tf_y_onehot')
    print('\nBuilding 1st layer: ')
    h1 = conv_layer(image, 'conv_1', 1, 32)
    h1_pool = tf.nn.max_pool(h1, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding='SAME')
    print('\nBuilding 2nd layer: ')
    h2 = conv_layer(h1_pool, 'conv_2', 32, 64)
    h2_pool = tf.nn.max_pool(h2, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding='SAME')
    print('\nBuilding 3rd layer:')
    h3 = fc_layer(h2_pool, 'fc_3', 1024, 1024, True)
    keep_prob = tf.placeholder(tf.float32, name='fc_keep_prob')
    h3_drop = tf.nn.dropout(h3, keep_prob=keep_prob, name='dropout_layer')
    print('\nBuilding 4th layer:')
    h4 = fc_layer(h3_drop, 'fc_4', 1024, 10, False)
    probabilities = tf.nn.softmax(h4, name='probabilities')
    labels = tf.cast(tf.argmax(h4, axis=1), tf.int32, name='labels')
    loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=h4, labels=onehot), name='cross_entropy_loss')
    train_op = tf.train.AdamOptimizer(1e-4).minimize(loss, name='train_op')
    correct = tf.equal(labels, tf_y, name='correct_preds')
    return {
        'tf_x': tf_x,
        'tf_y': tf_y,
        'keep_prob': keep_prob,
        'h1': h1,
        'h2': h2,
        'h3': h3,
        'h4': h4,
        'probabilities': probabilities,
        'labels': labels,
        'cross_entropy_loss': loss,
        'train_op': train_op,
        'accuracy': tf.reduce_mean(tf.cast(correct, tf.float32), name='accuracy'),
    }
