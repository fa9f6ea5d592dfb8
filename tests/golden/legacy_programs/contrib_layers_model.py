"""An Estimator over tf.contrib.layers, hyperparameters and optimize_loss."""

import numpy as np
import tensorflow as tf
from tensorflow.contrib import layers
from tensorflow.contrib.framework import arg_scope, get_global_step
from tensorflow.contrib.learn import ModeKeys
from tensorflow.contrib.training import HParams

tf.logging.set_verbosity(tf.logging.ERROR)


def model_fn(features, labels, mode, params):
    initializer = layers.xavier_initializer(uniform=True)
    with arg_scope(
        [layers.conv2d, layers.fully_connected],
        weights_initializer=initializer,
        weights_regularizer=layers.l2_regularizer(params.l2),
    ):
        net = layers.conv2d(
            features['image'],
            params.filters,
            3,
            normalizer_fn=layers.batch_norm,
            normalizer_params=dict(is_training=mode == ModeKeys.TRAIN, decay=0.8, updates_collections=None, scale=True),
        )
        net = layers.max_pool2d(net, 2)
        words = layers.embed_sequence(features['words'], 20, 5, initializer=initializer)
        net = tf.concat([layers.flatten(net), layers.layer_norm(tf.reduce_mean(words, 1))], 1)
        net = layers.stack(net, layers.fully_connected, [12, 6])
        logits = layers.linear(net, 3, scope='logits')
    predictions = {'class': tf.argmax(logits, 1), 'probabilities': tf.nn.softmax(logits)}
    if mode == ModeKeys.INFER:
        return tf.estimator.EstimatorSpec(mode, predictions)
    onehot = layers.one_hot_encoding(labels, 3)
    loss = tf.losses.softmax_cross_entropy(onehot, logits)
    loss += tf.add_n(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))

    def decay(learning_rate, global_step):
        return tf.train.exponential_decay(learning_rate, global_step, 5, 0.7)

    train_op = layers.optimize_loss(
        loss,
        get_global_step(),
        params.learning_rate,
        'Adam',
        clip_gradients=1.0,
        learning_rate_decay_fn=decay,
        summaries=['loss', 'learning_rate', 'gradient_norm'],
    )
    metrics = {'accuracy': tf.contrib.metrics.streaming_accuracy(predictions['class'], labels)}
    return tf.estimator.EstimatorSpec(mode, predictions, loss, train_op, metrics)


def main():
    hparams = HParams(filters=4, l2=0.01, learning_rate=0.05)
    hparams.parse('learning_rate=0.02,filters=5')
    print(sorted(hparams.values().items()))
    rng = np.random.RandomState(2)
    images = rng.rand(30, 8, 8, 1).astype(np.float32)
    labels = rng.randint(0, 3, 30)
    words = (labels[:, None] * 5 + rng.randint(0, 5, (30, 4))).astype(np.int64)
    data = {'image': images, 'words': words}

    config = tf.estimator.RunConfig(tf_random_seed=1, save_checkpoints_steps=10, model_dir='model')
    estimator = tf.estimator.Estimator(model_fn, config=config, params=hparams)
    train = tf.estimator.inputs.numpy_input_fn(data, labels, batch_size=30, num_epochs=None, shuffle=False)
    test = tf.estimator.inputs.numpy_input_fn(data, labels, batch_size=10, num_epochs=1, shuffle=False)
    for _ in range(2):
        estimator.train(train, steps=10)
        result = estimator.evaluate(test)
        print(' '.join('%s=%.4f' % item for item in sorted(result.items())))
    first = next(estimator.predict(test))
    print(first['class'], first['probabilities'].round(3))
    for name in estimator.get_variable_names():
        if 'Adam' not in name:
            print(name, estimator.get_variable_value(name).shape)
    print(tf.contrib.framework.load_variable('model', 'OptimizeLoss/beta1_power') < 0.2)


if __name__ == '__main__':
    main()
