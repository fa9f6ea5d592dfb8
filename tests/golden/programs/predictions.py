"""What predict yields: single examples and batches, chosen keys, a tensor, strings, from a checkpoint or none."""

from __future__ import annotations

import _lifetime
import _observe

_ROWS = 7


def run(tf, workdir):
    """Predicts in many ways; each result lists what was yielded, with types."""
    inputs = _observe.images(_ROWS, 3)
    log, calls = [], []

    def input_fn(batch_size=3, with_labels=True):
        labels = _observe.classes(_ROWS, 2) if with_labels else None
        return tf.estimator.inputs.numpy_input_fn({'x': inputs}, labels, batch_size, 1, False)

    def model_fn(features, labels, mode, params):
        calls.append('model_fn {} labels: {}'.format(mode, 'none' if labels is None else 'some'))
        outputs = tf.layers.dense(
            features['x'], 2, kernel_initializer=tf.constant_initializer(_observe.weights(3, 2, scale=1.0))
        )
        predictions = {
            'outputs': outputs,
            'largest': tf.argmax(outputs, 1),
            'half': tf.cast(outputs, tf.float16),
            'text': tf.as_string(tf.argmax(outputs, 1)),
            'positive': outputs > 0,
            'input': tf.identity(features['x'], name='input'),
        }
        if params.get('tensor'):
            predictions = outputs
        hooks = [_observe.call_hook(tf, 'spec', calls)]
        if mode == tf.estimator.ModeKeys.PREDICT:
            return tf.estimator.EstimatorSpec(mode, predictions, prediction_hooks=hooks)
        loss = tf.reduce_mean(tf.square(outputs))
        train_op = tf.train.GradientDescentOptimizer(0.02).minimize(loss, tf.train.get_global_step())
        return tf.estimator.EstimatorSpec(mode, predictions, loss, train_op)

    def estimator(**params):
        return tf.estimator.Estimator(model_fn, config=_lifetime.config(tf, workdir), params=params)

    def predict(kind, **options):
        values = list(kind.predict(input_fn(), **options))
        return [_observe.typed(v) if isinstance(v, dict) else list(_observe.typed({'': v}).values())[0] for v in values]

    results = {}
    with _observe.logged(tf, log, workdir):
        estimator()
        del log[:]
        results['without a checkpoint'] = predict(estimator(), predict_keys=['outputs'])
        estimator().train(input_fn(), steps=2)
        del calls[:]
        results['single examples'] = predict(estimator(), hooks=[_observe.call_hook(tf, 'user', calls)])
        results['calls'] = list(calls)
        results['batches'] = predict(estimator(), yield_single_examples=False)
        results['two keys'] = predict(estimator(), predict_keys=['largest', 'text'])
        results['a known and an unknown key'] = predict(estimator(), predict_keys=('largest', 'unknown'))
        results['a key as a string'] = predict(estimator(), predict_keys='largest')
        results['a tensor'] = predict(estimator(tensor=True))
        results['a tensor in batches'] = predict(estimator(tensor=True), yield_single_examples=False)
        results['an older checkpoint'] = predict(
            estimator(), predict_keys=['outputs'], checkpoint_path=workdir + '/model.ckpt-0'
        )
        results['without labels'] = len(list(estimator().predict(input_fn(with_labels=False))))
        results['a constant'] = _first(estimator().predict(lambda: {'x': tf.constant(inputs)}), 9)
    results['log'] = [line for line in log if 'Using config' not in line]
    results['files'] = _observe.files(workdir)
    return results


def _first(predictions, count):
    """Returns how many of `count` predictions there are; the input does not end."""
    found = [next(predictions) for _ in range(count)]
    predictions.close()
    return len(found)
