"""What EstimatorSpec and the export outputs refuse and accept."""

from __future__ import annotations

import collections

import _errors
import numpy as np

_Tensors = collections.namedtuple('_Tensors', 'scalar op row pair text foreign foreign_op')


def _tensors(tf):
    """Tensors of the default graph, and two of another."""
    with tf.Graph().as_default():
        foreign, foreign_op = tf.constant(1.0), tf.no_op()
    scalar, row, pair = tf.constant(1.0), tf.constant([1.0]), tf.constant([1.0, 2.0])
    return _Tensors(scalar, tf.no_op(), row, pair, tf.constant('a'), foreign, foreign_op)


def _makers(tf, t):
    """Functions that return a function that makes a spec: of any mode, to train, to evaluate, to predict."""

    def spec(mode, **fields):
        return lambda: tf.estimator.EstimatorSpec(mode, **fields)

    def train(**fields):
        return spec('train', **dict({'loss': t.scalar, 'train_op': t.op}, **fields))

    def evaluate(**fields):
        return spec('eval', **dict({'loss': t.scalar}, **fields))

    def predict(predictions, **fields):
        return spec('infer', predictions=predictions, **fields)

    return spec, train, evaluate, predict


def _field_cases(tf, t):
    """What each mode needs, and what loss, train_op and scaffold may be."""
    spec, train, evaluate, predict = _makers(tf, t)
    return {
        'train without loss': ('loss', spec('train', train_op=t.op)),
        'train without train_op': ('train_op', spec('train', loss=t.scalar)),
        'evaluate without loss': ('loss', spec('eval')),
        'predict without predictions': ('predictions', spec('infer')),
        'loss alone is enough to evaluate': ('', evaluate()),
        'loss of shape [1]': ('', evaluate(loss=t.row)),
        'loss of shape [2]': ('loss', evaluate(loss=t.pair)),
        'loss of unknown shape': ('', evaluate(loss=tf.placeholder(tf.float32))),
        'loss a float': ('loss', evaluate(loss=1.0)),
        'loss an operation': ('loss', evaluate(loss=t.op)),
        'loss of another graph': ('loss', evaluate(loss=t.foreign)),
        'train_op a tensor': ('', train(train_op=t.scalar)),
        'train_op a string': ('train_op', train(train_op='op')),
        'train_op a function': ('train_op', train(train_op=lambda: t.op)),
        'train_op of another graph': ('train_op', train(train_op=t.foreign_op)),
        'scaffold a number': ('scaffold', train(scaffold=1)),
        'unknown field': ('foo', train(foo=1)),
        'replaced mode': ('mode', lambda: train()()._replace(mode='eval')),
        'replaced loss of shape [2]': ('loss', lambda: train()()._replace(loss=t.pair)),
    }


def _prediction_cases(tf, t):
    """What predictions may be."""
    predict = _makers(tf, t)[3]
    return {
        'no predictions in a dict': ('', predict({})),
        'predictions a tensor': ('', predict(t.scalar)),
        'predictions a list': ('predictions', predict([t.scalar])),
        'predictions an array': ('predictions', predict(np.ones(2))),
        'predictions with an array': ('predictions', predict({'a': np.ones(2)})),
        'predictions with a dict': ('predictions', predict({'a': {'b': t.scalar}})),
        'predictions with None': ('predictions', predict({'a': None})),
        'predictions with an operation': ('predictions', predict({'a': t.op})),
        'predictions with a sparse tensor': ('predictions', predict({'a': tf.SparseTensor([[0]], [1.0], [1])})),
        'predictions of another graph': ('prediction', predict({'a': t.foreign})),
    }


def _metric_cases(tf, t):
    """What eval_metric_ops may be."""
    evaluate = _makers(tf, t)[2]

    def metric(value):
        return evaluate(eval_metric_ops={'m': value})

    return {
        'metrics a list': ('eval_metric_ops', evaluate(eval_metric_ops=[(t.scalar, t.op)])),
        'metric not a pair': ('eval_metric_ops', metric(t.scalar)),
        'metric of three': ('eval_metric_ops', metric((t.scalar, t.scalar, t.scalar))),
        'metric a list of two': ('eval_metric_ops', metric([t.scalar, t.op])),
        'metric with an operation to update': ('', metric((t.scalar, t.op))),
        'metric of another graph': ('eval_metric_ops', metric((t.foreign, t.foreign_op))),
        'metric value a float': ('eval_metric_ops', metric((1.0, t.op))),
        'metric update None': ('eval_metric_ops', metric((t.scalar, None))),
    }


def _hook_cases(tf, t):
    """What each kind of hooks may be."""
    train = _makers(tf, t)[1]
    cases = {}
    for hooks in ('training_hooks', 'training_chief_hooks', 'evaluation_hooks', 'prediction_hooks'):
        cases[hooks + ' with a number'] = ('hook', train(**{hooks: [1]}))
        cases[hooks + ' a number'] = ('', train(**{hooks: 1}))
    return cases


def _export_cases(tf, t):
    """What export_outputs and the outputs themselves may be."""
    _, train, _, predict = _makers(tf, t)
    export = tf.estimator.export

    def outputs(value):
        return predict(t.scalar, export_outputs=value)

    return {
        'outputs a list': ('export_outputs', outputs([1])),
        'outputs of a tensor': ('export_outputs', outputs({'x': t.scalar})),
        'two outputs, no default': (
            'export_outputs',
            outputs({'x': export.PredictOutput(t.scalar), 'y': export.PredictOutput(t.scalar)}),
        ),
        'outputs in training': ('', train(export_outputs=[1])),
        'output a float': ('', lambda: export.PredictOutput({'a': 1.0})),
        'output key a number': ('', lambda: export.PredictOutput({1: t.scalar})),
        'regression of strings': ('', lambda: export.RegressionOutput(t.text)),
        'classification of nothing': ('', lambda: export.ClassificationOutput()),
        'classification, scores strings': ('scores', lambda: export.ClassificationOutput(scores=t.text)),
        'classification, classes floats': ('classes', lambda: export.ClassificationOutput(classes=t.scalar)),
    }


def run(tf, workdir, texts=None):
    """Runs all cases; `texts` gets words and error texts."""
    with tf.Graph().as_default():
        t = _tensors(tf)
        cases = {}
        for part in (_field_cases, _prediction_cases, _metric_cases, _hook_cases, _export_cases):
            cases.update(part(tf, t))
        return _errors.outcomes(cases, texts)
