"""Training and evaluation on several devices: mirrored on two, on one, with summed losses, by turns."""

from __future__ import annotations

import os

import _lifetime
import _observe

_ROWS, _PIXELS = 18, 5  # six batches: TF 1.15 counts some of those that do not go round


def run(tf, workdir):
    """Runs a model under strategies; every replica is on a CPU device of its own."""

    def mirrored():
        return tf.distribute.MirroredStrategy(['/cpu:0', '/cpu:1'])

    one_device = tf.distribute.OneDeviceStrategy('/cpu:0')
    start = os.path.join(workdir, 'mirrored')
    found = {
        'mirrored': _lifetime_of(tf, start, mirrored()),
        'one device': _losses(tf, os.path.join(workdir, 'one'), [(one_device, 2)]),
        'summed': _losses(tf, os.path.join(workdir, 'summed'), [(mirrored(), 2)], tf.losses.Reduction.SUM),
        'taking turns': _losses(tf, os.path.join(workdir, 'turns'), [(None, 2), (mirrored(), 4), (None, 5)]),
        'warm start': _losses(tf, os.path.join(workdir, 'warm'), [(mirrored(), 2)], start=start),
    }
    found['refused'] = _refused(tf, os.path.join(workdir, 'refused'), mirrored())
    return found


def _model_fn(tf, calls, reduction):
    def model_fn(features, labels, mode):
        kernel = tf.constant_initializer(_observe.weights(_PIXELS, 4))
        hidden = tf.layers.dense(features['x'], 4, name='hidden', use_bias=False, kernel_initializer=kernel)
        training = mode == tf.estimator.ModeKeys.TRAIN
        hidden = tf.nn.relu(tf.layers.batch_normalization(hidden, momentum=0.9, name='normal', training=training))
        out = tf.layers.dense(
            hidden, 1, name='out', kernel_initializer=tf.constant_initializer(_observe.weights(4, 1, scale=1.0))
        )
        value = out[:, 0]
        if mode == tf.estimator.ModeKeys.PREDICT:
            return tf.estimator.EstimatorSpec(mode, predictions={'value': value})
        loss = tf.losses.mean_squared_error(labels, value, reduction=reduction)
        tf.summary.scalar('first', features['x'][0, 0])
        with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
            train_op = tf.train.AdamOptimizer(0.01).minimize(loss, tf.train.get_global_step())
        replica = tf.distribute.get_replica_context().replica_id_in_sync_group
        replica = 'replica %s' % tf.get_static_value(replica)  # noqa: UP031
        return tf.estimator.EstimatorSpec(
            mode,
            loss=loss,
            train_op=train_op,
            eval_metric_ops={
                'error': tf.metrics.mean_absolute_error(labels, value),
                'root': tf.metrics.root_mean_squared_error(labels, value),
            },
            training_hooks=[_observe.call_hook(tf, replica, calls)],
        )

    return model_fn


def _inputs(tf, calls):
    images, labels = _observe.images(_ROWS, _PIXELS), _observe.images(_ROWS, 1, seed=4)[:, 0]

    def input_fn(mode, input_context=None):
        if input_context is not None:
            calls.append(
                f'{input_context.num_input_pipelines} pipelines, {input_context.num_replicas_in_sync} replicas'
            )
        dataset = tf.data.Dataset.from_tensor_slices(({'x': images}, labels))
        return (dataset.repeat() if mode == tf.estimator.ModeKeys.TRAIN else dataset).batch(3)

    return input_fn


def _estimator(tf, folder, strategy, calls, reduction=None, start=None):
    config = _lifetime.config(
        tf,
        folder,
        train_distribute=strategy,
        eval_distribute=strategy,
        session_config=tf.ConfigProto(device_count={'CPU': 2}, allow_soft_placement=True),
    )
    model_fn = _model_fn(tf, calls, reduction or tf.losses.Reduction.SUM_BY_NONZERO_WEIGHTS)
    return tf.estimator.Estimator(model_fn, config=config, warm_start_from=start)


def _lifetime_of(tf, folder, strategy):
    log, losses, calls = [], [], []
    with _observe.logged(tf, log, folder):
        estimator = _estimator(tf, folder, strategy, calls)
        log[:] = [line for line in log if not line.startswith('Using config')]
        input_fn = _inputs(tf, calls)
        estimator.train(input_fn, hooks=[_observe.loss_hook(tf, losses)], max_steps=10)
        evaluation = estimator.evaluate(input_fn)
        predictions = [_observe.plain(p) for p in estimator.predict(input_fn)]
    path = tf.train.latest_checkpoint(folder)
    return {
        # TensorFlow says where it adds gradients up.
        'log': [line for line in log if not line.startswith(('Reduce to', 'batch_all_reduce'))],
        'losses': losses,
        'calls': [call for call in calls if 'before_run' not in call],
        'evaluation': _observe.typed(evaluation),
        'predictions': predictions,
        'checkpoint': {
            name: _observe.plain(estimator.get_variable_value(name)) for name, _ in tf.train.list_variables(path)
        },
        'checkpoints': _observe.checkpoints(folder),
        'events': _observe.events(tf, folder),
        'files': _observe.files(folder),
    }


def _losses(tf, folder, turns, reduction=None, start=None):
    """Returns the losses of one training in turns of `(strategy, max_steps)`, and an evaluation by the last."""
    losses = []
    for strategy, max_steps in turns:
        estimator = _estimator(tf, folder, strategy, [], reduction, start)
        estimator.train(_inputs(tf, []), hooks=[_observe.loss_hook(tf, losses)], max_steps=max_steps)
    return {'training': losses, 'evaluation': _observe.plain(estimator.evaluate(_inputs(tf, [])))}


def _refused(tf, folder, strategy):
    """Returns the types of the errors of what cannot be distributed."""
    estimator = _estimator(tf, folder, strategy, [])
    tensors = lambda: ({'x': tf.zeros([2, _PIXELS])}, tf.zeros([2]))  # noqa: E731
    found = {}
    for name, call in {
        'tensors in training': lambda: estimator.train(tensors, steps=1),
        'tensors in evaluation': lambda: estimator.evaluate(tensors, steps=1),
    }.items():
        try:
            call()
        except Exception as error:
            found[name] = type(error).__name__
    return found
