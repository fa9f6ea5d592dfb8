"""Several tf.losses and a regulariser, summed; RMSProp with an exponential decay; a loss of shape [1]."""

from __future__ import annotations

import _lifetime
import _observe

_ROWS, _PIXELS = 36, 12


def build(tf):
    """Returns the model function and its inputs."""
    inputs = _observe.images(_ROWS, _PIXELS)
    targets = _observe.images(_ROWS, 2, seed=7)

    def l2(weights):
        return 0.01 * tf.nn.l2_loss(weights, name='l2')

    def model_fn(features, labels, mode):
        outputs = tf.layers.dense(
            features['x'],
            2,
            activation=tf.sigmoid,
            kernel_initializer=tf.constant_initializer(_observe.weights(_PIXELS, 2)),
            kernel_regularizer=l2,
        )
        if mode == tf.estimator.ModeKeys.PREDICT:
            return tf.estimator.EstimatorSpec(mode, predictions=outputs)
        tf.losses.mean_squared_error(labels, outputs, weights=0.5)
        tf.losses.absolute_difference(labels, outputs, scope='absolute')
        tf.losses.huber_loss(labels, outputs, delta=0.2)
        tf.losses.log_loss(labels, outputs, reduction=tf.losses.Reduction.MEAN)
        tf.losses.hinge_loss(tf.round(labels), outputs, weights=features['weight'])
        tf.losses.add_loss(tf.reduce_mean(outputs, name='mean_output'))
        total = tf.losses.get_total_loss()
        rate = tf.train.exponential_decay(0.05, tf.train.get_global_step(), 5, 0.5, staircase=True)
        tf.summary.scalar('learning_rate', rate)
        with _observe.after_step_read(tf):
            train_op = tf.train.RMSPropOptimizer(rate).minimize(total, tf.train.get_global_step())
        metrics = {
            'regularization': tf.metrics.mean(tf.losses.get_regularization_loss()),
            'rmse': tf.metrics.root_mean_squared_error(labels, outputs),
        }
        return tf.estimator.EstimatorSpec(mode, outputs, tf.reshape(total, [1]), train_op, metrics)

    def numpy_input_fn(rows, batch_size, num_epochs):
        features = {'x': inputs[:rows], 'weight': targets[:rows, :1]}
        return tf.estimator.inputs.numpy_input_fn(features, targets[:rows], batch_size, num_epochs, False)

    return {
        'model_fn': model_fn,
        'train_input_fn': numpy_input_fn(_ROWS, 10, None),
        'eval_input_fn': numpy_input_fn(_ROWS, 16, 1),
        'predict_input_fn': numpy_input_fn(3, 2, 1),
    }


def run(tf, workdir):
    """Trains, evaluates and predicts; predictions are one tensor."""
    return _lifetime.lifetime(tf, workdir, build(tf))
