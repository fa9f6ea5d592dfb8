"""A Scaffold of the model's own: init_fn, a saver that keeps two, a local init op that fills a local variable."""

from __future__ import annotations

import _lifetime
import _observe

_ROWS, _PIXELS = 30, 6


def build(tf, calls):
    """Returns the model function and its inputs; `calls` gets a line for each call of init_fn."""
    inputs, targets = _observe.images(_ROWS, _PIXELS), _observe.images(_ROWS, 1, seed=3)

    def model_fn(features, labels, mode, config):
        kernel = tf.get_variable('kernel', [_PIXELS, 1], initializer=tf.zeros_initializer())
        offset = tf.get_variable(
            'offset', [], initializer=tf.zeros_initializer(), collections=[tf.GraphKeys.LOCAL_VARIABLES]
        )
        outputs = tf.add(tf.matmul(features['x'], kernel), offset, name='outputs')
        value = tf.placeholder(tf.float32, kernel.shape, 'pretrained')
        assign = kernel.assign(value)

        def init_fn(scaffold, session):
            calls.append(f'init_fn {type(scaffold).__name__} {scaffold.saver is saver}')
            session.run(assign, {value: _observe.weights(_PIXELS, 1, scale=1.0)})

        saver = tf.train.Saver(max_to_keep=2, sharded=False)
        local_init = tf.group(tf.local_variables_initializer(), tf.tables_initializer())
        with tf.control_dependencies([local_init]):
            local_init = tf.group(offset.assign(0.25), name='my_local_init')
        scaffold = tf.train.Scaffold(init_fn=init_fn, saver=saver, local_init_op=local_init)
        if mode == tf.estimator.ModeKeys.PREDICT:
            return tf.estimator.EstimatorSpec(mode, {'y': outputs}, scaffold=scaffold)
        loss = tf.losses.mean_squared_error(labels, outputs)
        with _observe.after_step_read(tf):
            train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss, tf.train.get_global_step())
        return tf.estimator.EstimatorSpec(mode, {'y': outputs}, loss, train_op, scaffold=scaffold)

    def numpy_input_fn(rows, batch_size, num_epochs):
        return tf.estimator.inputs.numpy_input_fn({'x': inputs[:rows]}, targets[:rows], batch_size, num_epochs, False)

    return {
        'model_fn': model_fn,
        'train_input_fn': numpy_input_fn(_ROWS, 8, None),
        'eval_input_fn': numpy_input_fn(_ROWS, 12, 1),
        'predict_input_fn': numpy_input_fn(3, 2, 1),
        'config': {'save_checkpoints_steps': 4},
    }


def run(tf, workdir):
    """Trains, evaluates and predicts; init_fn runs for the very first session only."""
    calls = []
    result = _lifetime.lifetime(tf, workdir, build(tf, calls))
    result['calls'] = calls
    return result
