"""What making an Estimator refuses and accepts."""

from __future__ import annotations

import _errors


def _estimator_cases(tf):
    """Returns the cases."""
    config = tf.estimator.RunConfig

    def good(features, labels, mode, params):
        raise AssertionError('not called')

    def make(model_fn=good, *arguments, **options):
        return lambda: tf.estimator.Estimator(model_fn, *arguments, **options)

    def override(name):
        kind = type('Mine', (tf.estimator.Estimator,), {name: lambda self: None})
        return lambda: kind(good)

    cases = {
        'model_fn None': ('model_fn', make(None)),
        'model_fn a string': ('', make('f')),
        'model_fn without features': ('features', make(lambda labels, mode: None)),
        'model_fn of features': ('', make(lambda features: None)),
        'model_fn of features and keywords': ('', make(lambda features, **more: None)),
        'model_fn of keywords': ('features', make(lambda **more: None)),
        'model_fn of positional arguments': ('features', make(lambda *more: None)),
        'model_fn with all arguments': ('', make(lambda features, labels, mode, params, config: None)),
        'model_fn with another argument': ('foo', make(lambda features, foo: None)),
        'model_fn with another argument that has a default': ('foo', make(lambda features, foo=1: None)),
        'params for a model_fn without': ('params', make(lambda features: None, params={'a': 1})),
        'empty params for a model_fn without': ('params', make(lambda features: None, params={})),
        'params a list': ('', make(params=[1])),
        'config a dict': ('config', make(config={})),
        'config a number': ('config', make(config=1)),
        'two folders': ('model_dir', make(good, '/a', config('/b'))),
        'one folder twice': ('', make(good, '/a', config('/a'))),
        'override foo': ('', override('foo')),
    }
    members = (
        'train evaluate predict config params model_dir export_saved_model export_savedmodel latest_checkpoint '
        'eval_dir get_variable_names get_variable_value'
    )
    for name in members.split():
        cases['override ' + name] = (name, override(name))
    return cases


def run(tf, workdir, texts=None):
    """Runs all cases; `texts` gets words and error texts."""
    with tf.Graph().as_default():
        return _errors.outcomes(_estimator_cases(tf), texts)
