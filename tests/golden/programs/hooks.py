"""The order in which hooks and checkpoint listeners are called, with the log lines between them."""

from __future__ import annotations

import os

import _lifetime
import _observe


def run(tf, workdir):
    """Returns one timeline of calls and log lines for each kind of run."""
    inputs, labels = _observe.images(12, 3), _observe.classes(12, 2)
    timeline = []

    def hook(name):
        return _observe.call_hook(tf, name, timeline)

    def listener(name):
        return _observe.call_listener(tf, name, timeline)

    def model_fn(features, labels, mode):
        outputs = tf.layers.dense(
            features['x'], 2, kernel_initializer=tf.constant_initializer(_observe.weights(3, 2, scale=1.0))
        )
        loss = None
        train_op = None
        if labels is not None:
            loss = tf.losses.sparse_softmax_cross_entropy(labels, outputs)
            train_op = tf.train.GradientDescentOptimizer(0.5).minimize(loss, tf.train.get_global_step())
        return tf.estimator.EstimatorSpec(
            mode,
            {'y': outputs},
            loss,
            train_op,
            training_hooks=[hook('spec training 1'), hook('spec training 2')],
            training_chief_hooks=[hook('spec chief')],
            evaluation_hooks=[hook('spec evaluation')],
            prediction_hooks=[hook('spec prediction')],
        )

    def input_fn(num_epochs):
        return tf.estimator.inputs.numpy_input_fn({'x': inputs}, labels, 4, num_epochs, False)

    class Stop(tf.train.SessionRunHook):
        def after_run(self, run_context, run_values):
            timeline.append('stopping hook requests a stop')
            run_context.request_stop()

    def taken():
        lines = timeline[:]
        del timeline[:]
        return lines

    def folder(name):
        return os.path.join(workdir, name)

    def estimator(name, **options):
        made = tf.estimator.Estimator(model_fn, config=_lifetime.config(tf, folder(name), **options))
        taken()
        return made

    results = {}
    with _observe.logged(tf, timeline, workdir):
        first = estimator('first', save_checkpoints_steps=2)
        first.train(
            input_fn(None),
            hooks=[hook('user 1'), hook('user 2')],
            steps=3,
            saving_listeners=[listener('listener 1'), listener('listener 2')],
        )
        results['train'] = taken()
        first.evaluate(input_fn(1), hooks=[hook('user')])
        results['evaluate to the end'] = taken()
        first.evaluate(input_fn(None), steps=2, hooks=[hook('user')])
        results['evaluate two steps'] = taken()
        list(first.predict(input_fn(1), hooks=[hook('user')]))
        results['predict'] = taken()
        first.train(input_fn(None), hooks=[Stop(), hook('user')], steps=10)
        results['a hook stops'] = taken()
        first.train(input_fn(1), hooks=[hook('user')])
        results['the input ends'] = taken()
        first.train(input_fn(None), hooks=[hook('user')], max_steps=2)
        results['nothing to do'] = taken()
        own = tf.train.CheckpointSaverHook(folder('own'), save_steps=2, listeners=[listener('own listener')])
        estimator('own').train(
            input_fn(None), hooks=[hook('user 1'), own], steps=3, saving_listeners=[listener('listener')]
        )
        results['a saver hook of the user'] = taken()
        estimator('none', save_checkpoints_steps=None, log_step_count_steps=None).train(
            input_fn(None), hooks=[hook('user')], steps=1
        )
        results['no checkpoints, no step log'] = taken()
    results['own checkpoints'] = _observe.checkpoints(folder('own'))
    return results
