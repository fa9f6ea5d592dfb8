"""Labels as a dict, two heads, training and evaluation hooks in the spec, export outputs, no params."""

from __future__ import annotations

import _lifetime
import _observe

_ROWS, _PIXELS = 42, 9


def build(tf, calls):
    """Returns the model function and its inputs; `calls` gets the calls of the spec's hooks."""
    inputs = {'a': _observe.images(_ROWS, _PIXELS), 'b': _observe.images(_ROWS, 1, seed=4)[:, 0]}
    labels = {'kind': _observe.classes(_ROWS, 3), 'size': _observe.images(_ROWS, 1, seed=6)[:, 0]}

    def fixed(*shape):
        return tf.constant_initializer(_observe.weights(*shape, scale=0.5))

    def model_fn(features, labels, mode):
        joined = tf.concat([features['a'], tf.expand_dims(features['b'], 1)], 1)
        kind = tf.layers.dense(joined, 3, name='kind', kernel_initializer=fixed(_PIXELS + 1, 3))
        size = tf.layers.dense(joined, 1, name='size', kernel_initializer=fixed(_PIXELS + 1, 1))
        size = tf.squeeze(size, 1)
        predictions = {'kind': tf.argmax(kind, 1), 'size': size}
        outputs = {
            'kinds': tf.estimator.export.ClassificationOutput(scores=tf.nn.softmax(kind)),
            'serving_default': tf.estimator.export.PredictOutput(predictions),
        }
        if mode == tf.estimator.ModeKeys.PREDICT:
            return tf.estimator.EstimatorSpec(mode, predictions, export_outputs=outputs)
        kind_loss = tf.losses.sparse_softmax_cross_entropy(labels['kind'], kind, scope='kind_loss')
        size_loss = tf.losses.mean_squared_error(labels['size'], size, scope='size_loss')
        loss = tf.add(kind_loss, size_loss, name='both')
        optimizer = tf.train.GradientDescentOptimizer(0.2)
        gradients = optimizer.compute_gradients(loss)
        clipped = [(tf.clip_by_norm(gradient, 1.0), variable) for gradient, variable in gradients]
        with _observe.after_step_read(tf):
            train_op = optimizer.apply_gradients(clipped, global_step=tf.train.get_global_step(), name='train_op')
        return tf.estimator.EstimatorSpec(
            mode,
            loss=loss,
            train_op=train_op,
            eval_metric_ops={
                'kind/accuracy': tf.metrics.accuracy(labels['kind'], predictions['kind']),
                'size/mae': tf.metrics.mean_absolute_error(labels['size'], size),
            },
            training_hooks=[_observe.call_hook(tf, 'training', calls)],
            evaluation_hooks=[_observe.call_hook(tf, 'evaluation', calls)],
        )

    def numpy_input_fn(rows, batch_size, num_epochs):
        return tf.estimator.inputs.numpy_input_fn(
            {name: array[:rows] for name, array in inputs.items()},
            {name: array[:rows] for name, array in labels.items()},
            batch_size=batch_size,
            num_epochs=num_epochs,
            shuffle=False,
        )

    return {
        'model_fn': model_fn,
        'train_input_fn': numpy_input_fn(_ROWS, 16, None),
        'eval_input_fn': numpy_input_fn(_ROWS, 16, 1),
        'predict_input_fn': numpy_input_fn(3, 2, 1),
    }


def run(tf, workdir):
    """Trains, evaluates and predicts."""
    calls = []
    result = _lifetime.lifetime(tf, workdir, build(tf, calls))
    result['calls'] = calls
    return result
