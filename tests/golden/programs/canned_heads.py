"""Heads, those of tf.estimator and those of tf.contrib.estimator: specs of each mode, losses, predictions, metrics."""

from __future__ import annotations

import inspect

import _observe
import numpy as np

_ROWS = 6


def _heads(tf):
    """Returns `{name: (head, width of its logits, labels)}`."""
    kind, old = tf.estimator, tf.contrib.estimator
    binary, three = _observe.classes(_ROWS, 2), _observe.classes(_ROWS, 3)
    words = np.array(['a', 'b', 'c'])
    many = np.stack([_observe.classes(_ROWS, 2, seed=s) for s in (3, 4, 5)], 1)
    real = np.random.RandomState(8).uniform(0, 3, (_ROWS, 2)).astype(np.float32)
    sums = tf.losses.Reduction.SUM

    def squared(labels, logits):
        return tf.reduce_sum(tf.square(tf.cast(labels, tf.float32) - logits), 1, keepdims=True)

    def squared_by_value(labels, logits):
        return tf.square(labels - logits)

    pairs = {}
    for prefix, binary_head, multi, label, regression, poisson, logistic in (
        (
            'head ',
            kind.BinaryClassHead,
            kind.MultiClassHead,
            kind.MultiLabelHead,
            kind.RegressionHead,
            kind.PoissonRegressionHead,
            kind.LogisticRegressionHead,
        ),
        (
            'contrib ',
            old.binary_classification_head,
            old.multi_class_head,
            old.multi_label_head,
            old.regression_head,
            old.poisson_regression_head,
            old.logistic_regression_head,
        ),
    ):
        cases = {
            'binary': (binary_head(), 1, binary),
            'binary with all': (
                binary_head(
                    weight_column='weight',
                    thresholds=[0.3, 0.6],
                    label_vocabulary=['a', 'b'],
                    loss_fn=squared,
                    name='named',
                ),
                1,
                words[binary],
            ),
            'classes': (multi(3), 3, three),
            'classes with all': (
                multi(3, weight_column='weight', label_vocabulary=['a', 'b', 'c'], loss_fn=squared, name='named'),
                3,
                words[three],
            ),
            'labels': (label(3), 3, many),
            'labels with all': (
                label(
                    3,
                    weight_column='weight',
                    thresholds=[0.4],
                    loss_fn=squared,
                    classes_for_class_based_metrics=[0, 2],
                    name='named',
                ),
                3,
                many,
            ),
            'labels by name': (
                label(3, label_vocabulary=['a', 'b', 'c'], classes_for_class_based_metrics=['b']),
                3,
                words[np.stack([three, (three + 1) % 3], 1)].astype('S'),
            ),
            'value': (regression(), 1, real[:, :1]),
            'value with all': (
                regression(
                    label_dimension=2,
                    weight_column='weight',
                    loss_fn=squared_by_value,
                    inverse_link_fn=tf.exp,
                    name='named',
                ),
                2,
                real,
            ),
            'count': (poisson(weight_column='weight'), 1, np.round(real[:, :1])),
            'count in short': (poisson(compute_full_loss=False, label_dimension=2), 2, np.round(real)),
            'probability': (logistic(weight_column='weight'), 1, real[:, :1] / 3),
        }
        if prefix == 'contrib ':
            cases = {name: case for name, case in cases.items() if name == 'count' or name.endswith('all')}
            cases['sum'] = (multi(3, weight_column='weight', loss_reduction=sums), 3, three)
        pairs.update({prefix + name: case for name, case in cases.items()})
    two = {'first': binary, 'second': real}
    pairs['head several'] = (
        kind.MultiHead(
            [kind.BinaryClassHead(name='first'), kind.RegressionHead(2, name='second')], head_weights=[0.5, 2.0]
        ),
        3,
        two,
    )
    pairs['contrib several'] = (
        old.multi_head(
            [old.binary_classification_head(name='first'), old.regression_head(label_dimension=2, name='second')]
        ),
        3,
        two,
    )
    return pairs


def run(tf, workdir):
    """Describes each head."""
    return {name: _spec(tf, *case) for name, case in _heads(tf).items()}


def _spec(tf, head, width, labels):
    with tf.Graph().as_default(), tf.Session() as session:
        tf.train.create_global_step()
        features = {
            'x': tf.constant(_observe.images(_ROWS, 2)),
            'weight': tf.constant(np.arange(1, _ROWS + 1, dtype=np.float32)),
        }
        logits = tf.identity(tf.get_variable('logits', initializer=_observe.weights(_ROWS, width, scale=1.5)))
        # The head of several that tf.contrib has takes none.
        takes = 'regularization_losses' in inspect.signature(head.create_estimator_spec).parameters
        options = {'regularization_losses': [tf.constant(0.25)]} if takes else {}

        def train_op_fn(loss):
            return tf.train.GradientDescentOptimizer(0.1).minimize(loss, tf.train.get_global_step())

        targets = _tensors(tf, labels)
        trained = head.create_estimator_spec(features, 'train', logits, targets, train_op_fn=train_op_fn, **options)
        evaluated = head.create_estimator_spec(features, 'eval', logits, targets, **options)
        served = head.create_estimator_spec(features, 'infer', logits)
        session.run([tf.global_variables_initializer(), tf.local_variables_initializer(), tf.tables_initializer()])
        return {
            'name': head.name,
            'logits': _observe.plain(head.logits_dimension),
            'infer': _served(session, served),
            'eval': _evaluated(session, evaluated),
            'train': _trained(tf, session, trained),
        }


def _tensors(tf, labels):
    if isinstance(labels, dict):
        return {key: tf.constant(v) for key, v in labels.items()}
    if labels.dtype.kind == 'S':
        places = np.argwhere(np.ones(labels.shape, bool))
        return tf.SparseTensor(places, tf.constant(labels.reshape(-1)), labels.shape)
    return tf.constant(labels)


def _served(session, spec):
    predictions = {str(key): value for key, value in spec.predictions.items()}
    outputs = {name: _parts(output) for name, output in spec.export_outputs.items()}
    found = session.run({'predictions': predictions, 'outputs': {name: parts for name, (_, parts) in outputs.items()}})
    kinds = {name: kind for name, (kind, _) in outputs.items()}
    return _observe.plain({'kinds': kinds, **found})


def _parts(output):
    kind = type(output).__name__
    if kind == 'PredictOutput':
        return kind + ' of ' + ' '.join(sorted(output.outputs)), {}
    parts = {name: getattr(output, name, None) for name in ('scores', 'classes', 'value')}
    return kind, {name: part for name, part in parts.items() if part is not None}


def _evaluated(session, spec):
    pairs = {key: _pair(metric) for key, metric in spec.eval_metric_ops.items()}
    session.run([v.initializer for m in spec.eval_metric_ops.values() for v in getattr(m, 'variables', ())])
    loss, _ = session.run([spec.loss, [update for _, update in pairs.values()]])
    metrics = session.run({key: value for key, (value, _) in pairs.items()})
    return _observe.plain({'loss': loss, 'metrics': metrics})


def _pair(metric):
    return metric if isinstance(metric, tuple) else (metric.result(), list(metric.updates))


def _trained(tf, session, spec):
    first = session.run(spec.loss)
    session.run(spec.train_op)
    then, step, summaries = session.run([spec.loss, tf.train.get_global_step(), tf.summary.merge_all()])
    tags = {value.tag: value.simple_value for value in tf.Summary.FromString(summaries).value}
    return _observe.plain({'loss': first, 'loss after a step': then, 'step': step, 'summaries': tags})
