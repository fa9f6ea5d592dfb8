"""Many tf.metrics over batches of unequal size, the mean loss beside them, and values that are no plain numbers."""

from __future__ import annotations

import _lifetime
import _observe

_ROWS = 23


def run(tf, workdir):
    """Evaluates initial weights, then a checkpoint, by whole epochs and by steps."""
    inputs, labels = _observe.images(_ROWS, 4), _observe.classes(_ROWS, 2)

    def metrics(labels, logits, weight):
        classes, probability = tf.argmax(logits, 1), tf.nn.softmax(logits)[:, 1]
        targets = tf.cast(labels, tf.float32)
        return {
            'accuracy': tf.metrics.accuracy(labels, classes),
            'weighted_accuracy': tf.metrics.accuracy(labels, classes, weights=weight),
            'precision': tf.metrics.precision(labels, classes),
            'recall': tf.metrics.recall(labels, classes),
            'auc': tf.metrics.auc(labels, probability),
            'auc_pr': tf.metrics.auc(labels, probability, curve='PR', num_thresholds=50),
            'mean': tf.metrics.mean(probability),
            'vector': tf.metrics.mean_tensor(tf.reduce_mean(logits, 0)),
            'mse': tf.metrics.mean_squared_error(targets, probability),
            'rmse': tf.metrics.root_mean_squared_error(targets, probability),
            'mae': tf.metrics.mean_absolute_error(targets, probability),
            'below': tf.metrics.percentage_below(probability, 0.5),
            'true_positives': tf.metrics.true_positives(labels, classes),
            'false_negatives': tf.metrics.false_negatives(labels, classes),
            'per_class': tf.metrics.mean_per_class_accuracy(labels, classes, 2),
            'iou': tf.metrics.mean_iou(labels, classes, 2),
            'top_1': tf.metrics.recall_at_k(tf.cast(tf.expand_dims(labels, 1), tf.int64), logits, 1),
            'at_thresholds': tf.metrics.precision_at_thresholds(labels, probability, [0.4, 0.5, 0.6]),
            'group/nested': tf.metrics.mean(logits),
            'integer': (tf.constant(7), tf.no_op()),
            'double': (tf.constant(2.5, tf.float64), tf.no_op()),
            'text': (tf.constant('not a summary'), tf.no_op()),
            'summaries': (tf.summary.merge([tf.summary.scalar('one', 1.0), tf.summary.scalar('two', 2.0)]), tf.no_op()),
            'truth': (tf.constant(True), tf.no_op()),
        }

    def model_fn(features, labels, mode):
        logits = tf.layers.dense(
            features['x'], 2, kernel_initializer=tf.constant_initializer(_observe.weights(4, 2, scale=1.0))
        )
        loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
        train_op = tf.train.GradientDescentOptimizer(0.5).minimize(loss, tf.train.get_global_step())
        found = metrics(labels, logits, features['x'][:, 0]) if mode == tf.estimator.ModeKeys.EVAL else None
        return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op, eval_metric_ops=found)

    def input_fn(batch_size, num_epochs):
        return tf.estimator.inputs.numpy_input_fn({'x': inputs}, labels, batch_size, num_epochs, False)

    log, graph = [], {}
    with _observe.logged(tf, log, workdir):
        estimator = tf.estimator.Estimator(model_fn, config=_lifetime.config(tf, workdir))
        del log[:]
        untrained = estimator.evaluate(input_fn(10, 1), hooks=[_observe.graph_hook(tf, graph)], name='untrained')
        estimator.train(input_fn(10, None), steps=3)
        trained = estimator.evaluate(input_fn(10, 1))
        steps = estimator.evaluate(input_fn(10, None), steps=20)
        first = estimator.evaluate(input_fn(10, 1), steps=100, checkpoint_path=workdir + '/model.ckpt-0', name='first')
    return {
        'log': log,
        'evaluations': [_observe.typed(values) for values in (untrained, trained, steps, first)],
        'graph': graph,
        'events': {name: found for name, found in _observe.events(tf, workdir).items() if name != '.'},
        'files': _observe.files(workdir),
    }
