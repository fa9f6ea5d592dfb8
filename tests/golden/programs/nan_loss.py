"""A loss that becomes NaN in the fourth step, or infinite: what is raised, logged, called and saved."""

from __future__ import annotations

import os

import _lifetime
import _observe


def run(tf, workdir):
    """Trains with checkpoints that are due, or not, in the step of the NaN."""
    log = []

    def model_fn(features, mode, params):
        weight = tf.get_variable('weight', [], initializer=tf.ones_initializer())
        value = tf.reduce_max(features)
        loss = tf.where(value > 0.5, tf.constant(params['value']), value) * weight
        with tf.control_dependencies([loss]):
            train_op = tf.assign_add(tf.train.get_global_step(), 1)
        return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op)

    def input_fn():
        return tf.data.Dataset.from_tensor_slices([0.1, 0.2, 0.3, 0.9, 0.4]).batch(1)

    def train(value, every):
        folder = os.path.join(workdir, f'{value}_{every}')
        calls = []
        config = _lifetime.config(tf, folder, save_checkpoints_steps=every)
        estimator = tf.estimator.Estimator(model_fn, config=config, params={'value': value})
        del log[:]
        try:
            estimator.train(input_fn, hooks=[_observe.call_hook(tf, 'user', calls)])
            raised = 'nothing'
        except RuntimeError as error:
            raised = f'{type(error).__name__}: {error}'
        return {
            'raised': raised,
            'log': log[:],
            'calls': calls,
            'checkpoints': _observe.checkpoints(folder),
        }

    with _observe.logged(tf, log, workdir):
        return {
            'due': train(float('nan'), 2),
            'not due': train(float('nan'), 100),
            'infinity': train(float('inf'), 2),
        }
