"""When checkpoints are written, which are kept, what the file `checkpoint` says, and what resuming does."""

from __future__ import annotations

import os

import _lifetime
import _observe

_CASES = {
    'every 3 of 10 steps': (10, {'save_checkpoints_steps': 3}),
    'every 3 of 9 steps': (9, {'save_checkpoints_steps': 3}),
    'every step': (3, {'save_checkpoints_steps': 1}),
    'every 100 of 4 steps': (4, {'save_checkpoints_steps': 100}),
    'by time': (4, {'save_checkpoints_steps': None, 'save_checkpoints_secs': 600}),
    'none': (4, {'save_checkpoints_steps': None}),
    'keep 2': (10, {'save_checkpoints_steps': 3, 'keep_checkpoint_max': 2}),
    'keep 1': (5, {'save_checkpoints_steps': 2, 'keep_checkpoint_max': 1}),
    'keep all': (8, {'save_checkpoints_steps': 1, 'keep_checkpoint_max': None}),
    'keep 0': (8, {'save_checkpoints_steps': 1, 'keep_checkpoint_max': 0}),
    'no summaries': (4, {'save_summary_steps': 0}),
    'no step log': (11, {'log_step_count_steps': None}),
}


def run(tf, workdir):
    """Trains by each case; twice where the first case resumes."""
    inputs = _observe.images(12, 3)

    def model_fn(features, mode):
        kernel = tf.get_variable('kernel', initializer=_observe.weights(3, 1))
        loss = tf.reduce_mean(tf.square(tf.matmul(features, kernel) - 1))
        with _observe.after_step_read(tf):
            train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss, tf.train.get_global_step())
        return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op)

    input_fn = tf.estimator.inputs.numpy_input_fn(inputs, None, 4, None, False)

    def seen(folder, log):
        return {
            'log': log,
            'checkpoints': _observe.checkpoints(folder),
            'files': _observe.files(folder),
            'events': _observe.events(tf, folder),
        }

    results = {}
    for name in sorted(_CASES):
        steps, options = _CASES[name]
        folder = os.path.join(workdir, name.replace(' ', '_'))
        log = []
        with _observe.logged(tf, log, folder):
            estimator = tf.estimator.Estimator(model_fn, config=_lifetime.config(tf, folder, **options))
            del log[:]
            estimator.train(input_fn, steps=steps)
            if name == 'no summaries':
                # Nothing else flushes the event file then.
                tf.summary.FileWriterCache.clear()
            results[name] = seen(folder, log[:])
            if name == 'keep 2':
                del log[:]
                estimator.train(input_fn, max_steps=16)
                estimator.train(input_fn, max_steps=16)
                results['keep 2, resumed'] = seen(folder, log[:])
    return results
