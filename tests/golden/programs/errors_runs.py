"""What train, evaluate, predict and the functions about variables refuse and accept."""

from __future__ import annotations

import os

import _errors
import numpy as np

_X = np.ones((4, 2), np.float32)


def _model(tf):
    """A model function whose params say what it does wrong."""

    def model_fn(features, labels, mode, params):
        if params.get('raises'):
            raise RuntimeError('from model_fn')
        if params.get('returns') is not None:
            return params['returns']
        shape = [2, params.get('units', 1)]
        kernel = tf.get_variable(params.get('name', 'kernel'), shape, initializer=tf.ones_initializer())
        outputs = tf.matmul(features['x'], kernel)
        metric = params.get('metric')
        return tf.estimator.EstimatorSpec(
            mode,
            {'y': outputs, 'z': outputs[:1, 0] if params.get('uneven') else outputs[:, 0]},
            tf.reduce_mean(outputs) * params.get('scale', 1.0),
            tf.assign_add(tf.train.get_global_step(), 1),
            {metric: tf.metrics.mean(outputs)} if metric else None,
        )

    return model_fn


def _model_without_labels(features, mode):
    raise AssertionError('not called')


class _Runs:
    """Functions that return a function that runs something, on a model trained one step or in a fresh folder."""

    def __init__(self, tf, workdir):
        self.tf = tf
        self.workdir = workdir
        self.trained = os.path.join(workdir, 'trained')
        self.empty = os.path.join(workdir, 'empty')

    def input_fn(self):
        return self.tf.data.Dataset.from_tensors(({'x': _X}, _X[:, 0])).repeat(3)

    def estimator(self, folder, config=None, **params):
        return self.tf.estimator.Estimator(_model(self.tf), folder, config, params)

    def fresh(self):
        names = os.listdir(self.workdir)
        return os.path.join(self.workdir, 'fresh_{}'.format(sum(name.startswith('fresh_') for name in names)))

    def train(self, input_fn='given', params=None, **options):
        inputs = self.input_fn if input_fn == 'given' else input_fn
        options.setdefault('steps', 1)
        return lambda: self.estimator(self.fresh(), **(params or {})).train(inputs, **options)

    def evaluate(self, input_fn='given', params=None, **options):
        inputs = self.input_fn if input_fn == 'given' else input_fn
        return lambda: self.estimator(self.trained, **(params or {})).evaluate(inputs, **options)

    def predict(self, input_fn='given', params=None, **options):
        inputs = self.input_fn if input_fn == 'given' else input_fn
        return lambda: next(self.estimator(self.trained, **(params or {})).predict(inputs, **options))


def _input_cases(tf, runs):
    """What the input function may be and give."""
    train = runs.train
    return {
        'train: input_fn None': ('', train(None)),
        'train: input_fn a dict': ('', train({'x': _X})),
        'train: input_fn with another argument': ('foo', train(lambda foo: None)),
        'train: input_fn gives None': ('', train(lambda: None)),
        'train: input_fn gives three': ('input_fn', train(lambda: (1, 2, 3))),
        'train: input_fn gives a tuple of one': ('input_fn', train(lambda: ({'x': tf.constant(_X)},))),
        'train: input_fn gives a list of two': ('', train(lambda: [{'x': tf.constant(_X)}, tf.constant(_X)])),
        'train: input_fn gives a dataset of three': (
            'input_fn',
            train(lambda: tf.data.Dataset.from_tensors((1, 2, 3))),
        ),
        'train: input_fn raises': ('by zero', train(lambda: 1 // 0)),
        'evaluate: input_fn None': ('', runs.evaluate(None)),
        'predict: input_fn None': ('', runs.predict(None)),
    }


def _train_cases(tf, runs):
    """What else train may be given, and what may come of it."""
    train = runs.train
    no_saving = tf.estimator.RunConfig(save_checkpoints_steps=None, save_checkpoints_secs=None)
    listener = tf.train.CheckpointSaverListener()
    return {
        'train: steps 0': ('steps', train(steps=0)),
        'train: steps -1': ('steps', train(steps=-1)),
        'train: max_steps 0': ('max_steps', train(steps=None, max_steps=0)),
        'train: steps and max_steps': ('max_steps', train(steps=1, max_steps=1)),
        'train: hooks a number': ('', train(hooks=1)),
        'train: hooks of a number': ('hook', train(hooks=[1])),
        'train: hooks of a class': ('hook', train(hooks=[tf.train.SessionRunHook])),
        'train: a tuple of hooks': ('', train(hooks=(tf.train.SessionRunHook(),))),
        'train: listeners a number': ('', train(saving_listeners=1)),
        'train: listeners of a number': ('saving_listeners', train(saving_listeners=[1])),
        'train: listeners and no checkpoints': (
            'saving_listeners',
            lambda: runs.estimator(runs.fresh(), no_saving).train(runs.input_fn, steps=1, saving_listeners=[listener]),
        ),
        'train: model_fn gives a tuple': ('EstimatorSpec', train(params={'returns': (1, 2)})),
        'train: model_fn raises': ('from model_fn', train(params={'raises': True})),
        'train: model_fn takes no labels': (
            'labels',
            lambda: tf.estimator.Estimator(_model_without_labels, runs.fresh()).train(runs.input_fn, steps=1),
        ),
        'train: NaN': ('NaN', train(params={'scale': float('nan')})),
        'train: infinity': ('', train(params={'scale': float('inf')})),
        'train: another shape': ('', lambda: runs.estimator(runs.trained, units=3).train(runs.input_fn, steps=1)),
        'train: another name': ('', lambda: runs.estimator(runs.trained, name='other').train(runs.input_fn, steps=1)),
    }


def _other_cases(tf, runs):
    """What evaluate, predict and the functions about variables may be given."""
    evaluate, predict = runs.evaluate, runs.predict
    missing = os.path.join(runs.workdir, 'none', 'model.ckpt-3')
    deleted = os.path.join(runs.trained, 'model.ckpt-77')

    def empty():
        return runs.estimator(runs.empty)

    return {
        'evaluate: steps 0': ('steps', evaluate(steps=0)),
        'evaluate: hooks of a number': ('hook', evaluate(hooks=[1])),
        'evaluate: no such checkpoint': ('', evaluate(checkpoint_path=missing)),
        'evaluate: no such checkpoint in the folder': ('', evaluate(checkpoint_path=deleted)),
        'evaluate: no checkpoint yet': ('', lambda: sorted(empty().evaluate(runs.input_fn))),
        'evaluate: metric called loss': ('loss', evaluate(params={'metric': 'loss'})),
        'evaluate: metric called global_step': ('global_step', evaluate(params={'metric': 'global_step'})),
        'evaluate: another shape': ('', evaluate(params={'units': 3})),
        'evaluate: another name': ('', evaluate(params={'name': 'other'})),
        'predict: hooks of a number': ('hook', predict(hooks=[1])),
        'predict: unknown keys': ('unknown', predict(predict_keys=['unknown'])),
        'predict: lengths differ': ('length', predict(params={'uneven': True})),
        'predict: lengths differ in batches': ('', predict(params={'uneven': True}, yield_single_examples=False)),
        'predict: no such checkpoint': ('', predict(checkpoint_path=missing)),
        'predict: no such checkpoint in the folder': ('', predict(checkpoint_path=deleted)),
        'predict: no checkpoint yet': ('', lambda: sorted(next(empty().predict(runs.input_fn)))),
        'predict: another shape': ('', predict(params={'units': 3})),
        'predict: nothing happens before the first': ('', lambda: type(empty().predict(None)).__name__),
        'get_variable_value: no checkpoint': ('model_dir', lambda: empty().get_variable_value('kernel')),
        'get_variable_value: unknown': ('unknown', lambda: runs.estimator(runs.trained).get_variable_value('unknown')),
        'get_variable_names: no checkpoint': ('model_dir', lambda: empty().get_variable_names()),
        'latest_checkpoint: no checkpoint': ('', lambda: empty().latest_checkpoint()),
    }


def run(tf, workdir, texts=None):
    """Runs all cases; `texts` gets words and error texts."""
    runs = _Runs(tf, workdir)
    runs.estimator(runs.trained).train(runs.input_fn, steps=1)
    cases = {}
    for part in (_input_cases, _train_cases, _other_cases):
        cases.update(part(tf, runs))
    return _errors.outcomes(cases, texts)
