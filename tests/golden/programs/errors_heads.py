"""What heads refuse when their shapes are known, and when a session finds out; the loss where they take it."""

from __future__ import annotations

import _errors

_ONE, _TWO, _THREE = [[1.0], [2.0]], [[1.0, 2.0], [3.0, 4.0]], [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
# Per kind: logits that fit, labels that fit, and by name pairs (logits, labels) or triples with weights of examples.
_SITUATIONS = {
    'regression': {
        'fitting': (_ONE, [[1.0], [3.0]]),
        'flat labels': (_ONE, [1.0, 3.0]),
        'integer labels': (_ONE, [[1], [3]]),
        'wide logits': (_TWO, _ONE),
        'wide labels': (_ONE, _TWO),
        'flat logits': ([1.0, 2.0], _ONE),
        'fewer labels': (_ONE, [[1.0]]),
        'labels of three axes': (_ONE, [[[1.0]], [[3.0]]]),
        'weights': (_ONE, [[1.0], [3.0]], [[1.0], [2.0]]),
        'flat weights': (_ONE, [[1.0], [3.0]], [1.0, 2.0]),
        'wide weights': (_ONE, [[1.0], [3.0]], _TWO),
        'fewer weights': (_ONE, [[1.0], [3.0]], [[1.0]]),
    },
    'two values': {
        'fitting': (_TWO, [[1.0, 1.0], [2.0, 2.0]]),
        'narrow labels': (_TWO, _ONE),
        'flat labels': (_TWO, [1.0, 2.0]),
        'narrow logits': (_ONE, _TWO),
        'weights': (_TWO, [[1.0, 1.0], [2.0, 2.0]], [[1.0], [3.0]]),
        'flat weights': (_TWO, [[1.0, 1.0], [2.0, 2.0]], [1.0, 3.0]),
        'weights per value': (_TWO, [[1.0, 1.0], [2.0, 2.0]], [[1.0, 0.5], [2.0, 4.0]]),
        'weights of another width': (_TWO, [[1.0, 1.0], [2.0, 2.0]], _THREE),
    },
    'binary': {
        'fitting': (_ONE, [[1.0], [0.0]]),
        'flat labels': (_ONE, [1.0, 0.0]),
        'integer labels': (_ONE, [[1], [0]]),
        'shares': (_ONE, [[0.25], [0.5]]),
        'labels above': (_ONE, [[1.2], [0.4]]),
        'labels below': (_ONE, [[-0.2], [0.4]]),
        'wide logits': (_TWO, [[1.0], [0.0]]),
        'wide labels': (_ONE, [[1.0, 0.0], [0.0, 1.0]]),
        'fewer labels': (_ONE, [[1.0]]),
        'weights': (_ONE, [[1.0], [0.0]], [[1.0], [2.0]]),
        'wide weights': (_ONE, [[1.0], [0.0]], _TWO),
    },
    'classes': {
        'fitting': (_THREE, [[1], [2]]),
        'flat labels': (_THREE, [1, 2]),
        'labels above': (_THREE, [[3], [1]]),
        'labels below': (_THREE, [[-1], [1]]),
        'floating labels': (_THREE, [[1.0], [2.0]]),
        'narrow logits': (_TWO, [[1], [2]]),
        'wide labels': (_THREE, [[1, 0], [2, 0]]),
        'fewer labels': (_THREE, [[1]]),
        'weights': (_THREE, [[1], [2]], [[1.0], [2.0]]),
        'wide weights': (_THREE, [[1], [2]], _TWO),
    },
    'labels': {
        'fitting': (_TWO, [[1, 0], [0, 1]]),
        'floating labels': (_TWO, [[1.0, 0.0], [0.0, 1.0]]),
        'narrow labels': (_TWO, [[1], [0]]),
        'flat labels': (_TWO, [1, 0]),
        'labels above': (_TWO, [[2, 0], [0, 1]]),
        'labels below': (_TWO, [[-1, 0], [0, 1]]),
        'wide logits': (_THREE, [[1, 0], [0, 1]]),
        'weights': (_TWO, [[1, 0], [0, 1]], [[1.0], [2.0]]),
        'wide weights': (_TWO, [[1, 0], [0, 1]], _TWO),
    },
    'counts': {
        'fitting': (_ONE, [[1.0], [0.0]]),
        'labels below': (_ONE, [[-1.0], [0.0]]),
        'wide logits': (_TWO, [[1.0], [0.0]]),
    },
    'shares': {
        'fitting': (_ONE, [[0.25], [0.5]]),
        'labels above': (_ONE, [[1.5], [0.0]]),
        'labels below': (_ONE, [[-0.5], [0.0]]),
        'wide logits': (_TWO, [[1.0], [0.0]]),
    },
}


def _heads(tf, weight_column):
    new, old = tf.estimator, tf.contrib.estimator
    return {
        'new': {
            'regression': new.RegressionHead(weight_column=weight_column),
            'two values': new.RegressionHead(label_dimension=2, weight_column=weight_column),
            'binary': new.BinaryClassHead(weight_column),
            'classes': new.MultiClassHead(3, weight_column),
            'labels': new.MultiLabelHead(2, weight_column),
            'counts': new.PoissonRegressionHead(weight_column=weight_column),
            'shares': new.LogisticRegressionHead(weight_column),
        },
        'old': {
            'regression': old.regression_head(weight_column),
            'two values': old.regression_head(weight_column, 2),
            'binary': old.binary_classification_head(weight_column),
            'classes': old.multi_class_head(3, weight_column),
            'labels': old.multi_label_head(2, weight_column),
            'counts': old.poisson_regression_head(weight_column),
            'shares': old.logistic_regression_head(weight_column),
        },
    }


def _loss(tf, head, values, known):
    """Returns the head's loss, of tensors whose shapes the graph knows, or learns in a session."""
    with tf.Graph().as_default(), tf.Session() as session:
        constants = [tf.constant(value) for value in values]
        tensors = constants if known else [tf.placeholder_with_default(each, None) for each in constants]
        features = {'x': tf.constant([[1.0]])}
        if len(tensors) > 2:
            features['w'] = tensors[2]
        if hasattr(head, 'loss'):
            loss = head.loss(labels=tensors[1], logits=tensors[0], features=features, mode='eval')
        else:
            loss = head.create_estimator_spec(
                features, 'train', tensors[0], tensors[1], train_op_fn=lambda loss: tf.no_op()
            ).loss
        return {'loss': f'{session.run(loss):.4f}'}


def _probabilities(tf, head, logits):
    with tf.Graph().as_default(), tf.Session() as session:
        if hasattr(head, 'loss'):
            made = head.predictions(tf.placeholder_with_default(tf.constant(logits), None))
        else:
            unknown = tf.placeholder_with_default(tf.constant(logits), None)
            made = head.create_estimator_spec({}, 'infer', unknown).predictions
        return {key: list(value.shape) for key, value in sorted(session.run(made).items())}


def run(tf, workdir, texts=None):
    """Returns the outcomes of all situations of all heads."""
    cases = {}
    for age in ('new', 'old'):
        for kind, situations in _SITUATIONS.items():
            for situation, values in situations.items():
                for known in (True, False):
                    head = _heads(tf, 'w' if len(values) > 2 else None)[age][kind]
                    name = ' '.join([age, kind + ':', situation, 'in the graph' if known else 'in a session'])
                    cases[name] = ('', lambda head=head, values=values, known=known: _loss(tf, head, values, known))
            for width, logits in enumerate((_ONE, _TWO, _THREE), 1):
                head = _heads(tf, None)[age][kind]
                name = ' '.join([age, kind + ':', 'predictions of width', str(width)])
                cases[name] = ('', lambda head=head, logits=logits: _probabilities(tf, head, logits))
    return _errors.outcomes(cases, texts)
