"""Trainings with tf.contrib.layers, feature columns and Keras layers in graph mode."""

from common import losses, pictures, points, sentences


def contrib_layers_mlp(tf):
    x, labels = points()
    layers = tf.contrib.layers
    hidden = layers.stack(tf.constant(x), layers.fully_connected, [16, 8], normalizer_fn=layers.batch_norm)
    hidden = layers.dropout(hidden, 0.7)
    logits = layers.fully_connected(hidden, 3, None, weights_regularizer=layers.l2_regularizer(0.01))
    tf.losses.sparse_softmax_cross_entropy(labels, logits)
    loss = tf.losses.get_total_loss()
    step = tf.train.get_or_create_global_step()
    return losses(tf, loss, layers.optimize_loss(loss, step, 0.05, 'Adam', clip_gradients=1.0))


def contrib_layers_cnn(tf):
    x, labels = pictures()
    layers = tf.contrib.layers
    hidden = layers.conv2d(tf.constant(x), 4, 3, 2, weights_initializer=layers.xavier_initializer_conv2d(uniform=False))
    hidden = layers.conv2d_transpose(hidden, 4, 3, 2)
    hidden = layers.layer_norm(layers.flatten(layers.avg_pool2d(hidden, 2)))
    loss = tf.losses.sparse_softmax_cross_entropy(labels, layers.linear(hidden, 3))
    step = tf.train.get_or_create_global_step()
    rate = tf.train.polynomial_decay(0.03, step, 20, 0.01)
    return losses(tf, loss, tf.train.GradientDescentOptimizer(rate).minimize(loss, step))


def feature_columns(tf):
    x, labels = points()
    word = tf.feature_column.categorical_column_with_vocabulary_list('word', ['a', 'b', 'c'])
    columns = [
        tf.feature_column.numeric_column('x', [8]),
        tf.feature_column.embedding_column(word, 3),
        tf.feature_column.indicator_column(word),
    ]
    words = tf.gather(tf.constant(['a', 'b', 'c']), labels)
    hidden = tf.layers.dense(
        tf.feature_column.input_layer({'x': tf.constant(x), 'word': words}, columns), 8, tf.nn.relu
    )
    loss = tf.losses.sparse_softmax_cross_entropy(labels[::-1].copy(), tf.layers.dense(tf.nn.dropout(hidden, 0.9), 3))
    return losses(tf, loss, tf.train.AdamOptimizer(0.01).minimize(loss))


def keras_layers_mlp(tf):
    x, labels = points()
    hidden = tf.keras.layers.Dense(16, activation='relu', kernel_initializer='he_normal')(tf.constant(x))
    hidden = tf.keras.layers.Dropout(0.3)(hidden, training=True)
    hidden = tf.keras.layers.BatchNormalization()(hidden, training=True)
    logits = tf.keras.layers.Dense(3, kernel_regularizer=tf.keras.regularizers.l2(0.01))(hidden)
    loss = tf.reduce_mean(tf.keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True))
    return losses(tf, loss, tf.train.AdamOptimizer(0.01).minimize(loss))


def keras_layers_cnn(tf):
    x, labels = pictures()
    model = tf.keras.Sequential(
        [
            tf.keras.layers.Conv2D(4, 3, activation='relu'),
            tf.keras.layers.MaxPooling2D(),
            tf.keras.layers.Flatten(),
            tf.keras.layers.Dense(3),
        ]
    )
    loss = tf.losses.sparse_softmax_cross_entropy(labels, model(tf.constant(x)))
    return losses(tf, loss, tf.train.MomentumOptimizer(0.05, 0.9).minimize(loss))


def keras_layers_lstm(tf):
    words, _ = sentences()
    hidden = tf.keras.layers.Embedding(12, 4)(tf.constant(words))
    hidden = tf.keras.layers.LSTM(6)(hidden)
    hidden = tf.layers.dropout(hidden, 0.2, training=True)
    loss = tf.losses.sparse_softmax_cross_entropy(words[:, 0] % 2, tf.keras.layers.Dense(2)(hidden))
    return losses(tf, loss, tf.train.RMSPropOptimizer(0.01).minimize(loss))


def keras_model(tf):
    x, labels = points()
    inputs = tf.keras.Input([8])
    hidden = tf.keras.layers.Dense(16, activation='tanh')(inputs)
    hidden = tf.keras.layers.Dropout(0.2)(hidden)
    model = tf.keras.Model(inputs, tf.keras.layers.Dense(3, activation='softmax')(hidden))
    model.compile(tf.train.GradientDescentOptimizer(0.3), 'sparse_categorical_crossentropy')
    return [float(model.train_on_batch(x, labels)) for _ in range(20)]
