"""What every public function refuses, with which exception type, and what it accepts although it looks odd."""

from __future__ import annotations

import os

import _observe
import numpy as np


def _spec_cases(tf):
    """Returns `{name: (word of the text, function)}` about EstimatorSpec; needs a default graph of its own."""
    with tf.Graph().as_default():
        foreign, foreign_op = tf.constant(1.0), tf.no_op()
    scalar, op = tf.constant(1.0), tf.no_op()
    row, pair, text = tf.constant([1.0]), tf.constant([1.0, 2.0]), tf.constant('a')
    export = tf.estimator.export

    def spec(mode, **fields):
        return lambda: tf.estimator.EstimatorSpec(mode, **fields)

    def train(**fields):
        return spec('train', **dict({'loss': scalar, 'train_op': op}, **fields))

    def evaluate(**fields):
        return spec('eval', **dict({'loss': scalar}, **fields))

    def metric(*pair):
        return evaluate(eval_metric_ops={'m': pair})

    cases = {
        'train without loss': ('loss', spec('train', train_op=op)),
        'train without train_op': ('train_op', spec('train', loss=scalar)),
        'evaluate without loss': ('loss', spec('eval')),
        'predict without predictions': ('predictions', spec('infer')),
        'loss alone is enough to evaluate': ('', evaluate()),
        'no predictions in a dict': ('', spec('infer', predictions={})),
        'loss of shape [1]': ('', evaluate(loss=row)),
        'loss of shape [2]': ('loss', evaluate(loss=pair)),
        'loss of unknown shape': ('', evaluate(loss=tf.placeholder(tf.float32))),
        'loss a float': ('loss', evaluate(loss=1.0)),
        'loss an operation': ('loss', evaluate(loss=op)),
        'loss of another graph': ('loss', evaluate(loss=foreign)),
        'train_op a tensor': ('', train(train_op=scalar)),
        'train_op a string': ('train_op', train(train_op='op')),
        'train_op a function': ('train_op', train(train_op=lambda: op)),
        'train_op of another graph': ('train_op', train(train_op=foreign_op)),
        'predictions a tensor': ('', spec('infer', predictions=scalar)),
        'predictions a list': ('predictions', spec('infer', predictions=[scalar])),
        'predictions an array': ('predictions', spec('infer', predictions=np.ones(2))),
        'predictions with an array': ('predictions', spec('infer', predictions={'a': np.ones(2)})),
        'predictions with a dict': ('predictions', spec('infer', predictions={'a': {'b': scalar}})),
        'predictions with None': ('predictions', spec('infer', predictions={'a': None})),
        'predictions with an operation': ('predictions', spec('infer', predictions={'a': op})),
        'predictions with a sparse tensor': (
            'predictions',
            spec('infer', predictions={'a': tf.SparseTensor([[0]], [1.0], [1])}),
        ),
        'predictions of another graph': ('prediction', spec('infer', predictions={'a': foreign})),
        'metrics a list': ('eval_metric_ops', evaluate(eval_metric_ops=[(scalar, op)])),
        'metric not a pair': ('eval_metric_ops', evaluate(eval_metric_ops={'m': scalar})),
        'metric of three': ('eval_metric_ops', metric(scalar, scalar, scalar)),
        'metric a list of two': ('eval_metric_ops', evaluate(eval_metric_ops={'m': [scalar, op]})),
        'metric with an operation to update': ('', metric(scalar, op)),
        'metric of another graph': ('eval_metric_ops', metric(foreign, foreign_op)),
        'metric value a float': ('eval_metric_ops', metric(1.0, op)),
        'metric update None': ('eval_metric_ops', metric(scalar, None)),
        'scaffold a number': ('scaffold', train(scaffold=1)),
        'outputs a list': ('export_outputs', spec('infer', predictions=scalar, export_outputs=[1])),
        'outputs of a tensor': ('export_outputs', spec('infer', predictions=scalar, export_outputs={'x': scalar})),
        'two outputs, no default': (
            'export_outputs',
            spec(
                'infer',
                predictions=scalar,
                export_outputs={'x': export.PredictOutput(scalar), 'y': export.PredictOutput(scalar)},
            ),
        ),
        'outputs in training': ('', train(export_outputs=[1])),
        'unknown field': ('foo', train(foo=1)),
        'replaced mode': ('mode', lambda: train()()._replace(mode='eval')),
        'replaced loss of shape [2]': ('loss', lambda: train()()._replace(loss=pair)),
        'output a float': ('', lambda: export.PredictOutput({'a': 1.0})),
        'output key a number': ('', lambda: export.PredictOutput({1: scalar})),
        'regression of strings': ('', lambda: export.RegressionOutput(text)),
        'classification of nothing': ('', lambda: export.ClassificationOutput()),
        'classification, scores strings': ('scores', lambda: export.ClassificationOutput(scores=text)),
        'classification, classes floats': ('classes', lambda: export.ClassificationOutput(classes=scalar)),
    }
    for hooks in ('training_hooks', 'training_chief_hooks', 'evaluation_hooks', 'prediction_hooks'):
        cases[hooks + ' with a number'] = ('hook', train(**{hooks: [1]}))
        cases[hooks + ' a number'] = ('', train(**{hooks: 1}))
    return cases


def _config_cases(tf):
    """Returns the cases about RunConfig."""

    def config(**fields):
        return lambda: tf.estimator.RunConfig(**fields)

    def replace(**fields):
        return lambda: tf.estimator.RunConfig(model_dir='/m').replace(**fields)

    cases = {
        'steps and seconds': ('save_checkpoints_steps', config(save_checkpoints_steps=1, save_checkpoints_secs=1)),
        'neither steps nor seconds': ('', config(save_checkpoints_steps=None, save_checkpoints_secs=None)),
        'tf_random_seed 1.5': ('tf_random_seed', config(tf_random_seed=1.5)),
        'tf_random_seed a string': ('tf_random_seed', config(tf_random_seed='1')),
        'tf_random_seed -1': ('', config(tf_random_seed=-1)),
        'session_config a dict': ('session_config', config(session_config={})),
        'session_config': ('', config(session_config=tf.ConfigProto())),
        'device_fn a number': ('device_fn', config(device_fn=1)),
        'device_fn without op': ('device_fn', config(device_fn=lambda: '/cpu:0')),
        'device_fn with another name': ('device_fn', config(device_fn=lambda node: '/cpu:0')),
        'device_fn': ('', config(device_fn=lambda op: '/cpu:0')),
        'model_dir empty': ('model_dir', config(model_dir='')),
        'protocol unknown': ('protocol', config(protocol='http')),
        'unknown field': ('foo', config(foo=1)),
        'replace unknown': ('foo', replace(foo=1)),
        'replace is_chief': ('is_chief', replace(is_chief=False)),
        'replace task_type': ('task_type', replace(task_type='ps')),
        'replace steps': ('', replace(save_checkpoints_steps=5)),
        'replace steps and seconds': ('save_checkpoints_steps', replace(save_checkpoints_steps=5, save_checkpoints_secs=5)),
        'replace negative': ('save_summary_steps', replace(save_summary_steps=-1)),
        'set a field': ('', lambda: setattr(tf.estimator.RunConfig(), 'model_dir', 'x')),
    }
    for name, least in _LEAST.items():
        for value in (-1, 0, None, 1.5):
            cases['{} {}'.format(name, value)] = (name if value is not None and value < least else '', config(**{name: value}))
    return cases


_LEAST = {
    'save_summary_steps': 0,
    'save_checkpoints_steps': 0,
    'save_checkpoints_secs': 0,
    'keep_checkpoint_max': 0,
    'keep_checkpoint_every_n_hours': 1,
    'log_step_count_steps': 1,
    'session_creation_timeout_secs': 1,
}

_CLUSTER = {'chief': ['a:1'], 'worker': ['b:1', 'c:1'], 'ps': ['d:1']}
_CLUSTERS = {
    'no cluster': ('', {}),
    'chief': ('', {'cluster': _CLUSTER, 'task': {'type': 'chief', 'index': 0}}),
    'second worker': ('', {'cluster': _CLUSTER, 'task': {'type': 'worker', 'index': 1}}),
    'parameter server': ('', {'cluster': _CLUSTER, 'task': {'type': 'ps', 'index': 0}}),
    'evaluator': ('', {'cluster': _CLUSTER, 'task': {'type': 'evaluator', 'index': 0}}),
    'no task': ('task', {'cluster': _CLUSTER}),
    'no chief': ('chief', {'cluster': {'worker': ['b:1']}, 'task': {'type': 'worker', 'index': 0}}),
    'two chiefs': ('chief', {'cluster': {'chief': ['a:1', 'b:1']}, 'task': {'type': 'chief', 'index': 0}}),
    'unknown task type': ('foo', {'cluster': _CLUSTER, 'task': {'type': 'foo', 'index': 0}}),
    'index too large': ('7', {'cluster': _CLUSTER, 'task': {'type': 'worker', 'index': 7}}),
    'index negative': ('index', {'cluster': _CLUSTER, 'task': {'type': 'worker', 'index': -1}}),
    'worker without cluster': ('', {'task': {'type': 'worker', 'index': 0}}),
    'parameter server without cluster': ('task', {'task': {'type': 'ps', 'index': 0}}),
    'index without cluster': ('task', {'task': {'index': 1}}),
    'model_dir': ('', {'model_dir': '/m'}),
}


def _cluster_cases(tf):
    """Returns the cases about the environment variable TF_CONFIG."""
    import json

    def config(cluster):
        def make():
            os.environ['TF_CONFIG'] = json.dumps(cluster)
            try:
                made = tf.estimator.RunConfig()
            finally:
                del os.environ['TF_CONFIG']
            fields = (
                'task_type task_id is_chief num_ps_replicas num_worker_replicas master evaluation_master '
                'global_id_in_cluster model_dir'
            )
            return {name: getattr(made, name) for name in fields.split()}

        return make

    return {name: (word, config(cluster)) for name, (word, cluster) in _CLUSTERS.items()}


def _numpy_cases(tf):
    """Returns the cases about numpy_input_fn; the function is made and called."""
    four = np.arange(4)

    def inputs(*arguments, **options):
        options.setdefault('shuffle', False)

        def make():
            with tf.Graph().as_default():
                tf.estimator.inputs.numpy_input_fn(*arguments, **options)()

        return make

    return {
        'shuffle None': ('shuffle', inputs({'a': four}, shuffle=None)),
        'shuffle 1': ('shuffle', inputs({'a': four}, shuffle=1)),
        'x None': ('x', inputs(None, four)),
        'x a list': ('x', inputs([1, 2, 3, 4], four)),
        'x two arrays': ('x', inputs([four, four], four)),
        'x a tuple': ('x', inputs((four,), four)),
        'x an empty dict': ('x', inputs({}, four)),
        'x an array': ('', inputs(four, four)),
        'x an array, no y': ('', inputs(four)),
        'x of a list': ('x', inputs({'a': [1, 2, 3, 4]}, four)),
        'x of a scalar': ('x', inputs({'a': np.array(1)})),
        'x of a number': ('x', inputs({'a': 1})),
        'x of no rows': ('x', inputs({'a': np.arange(0)}, np.arange(0))),
        'x of two lengths': ('length', inputs({'a': four, 'b': np.arange(3)}, four)),
        'y shorter': ('length', inputs({'a': four}, np.arange(3))),
        'y shorter in a dict': ('length', inputs({'a': four}, {'b': np.arange(3)})),
        'y an empty dict': ('y', inputs({'a': four}, {})),
        'y a dict': ('', inputs({'a': four}, {'b': four})),
        'y with a key of x': ('a', inputs({'a': four}, {'a': four})),
        'y a list': ('y', inputs({'a': four}, [1, 2, 3, 4])),
        'y a number': ('y', inputs({'a': four}, 3)),
        'num_threads 0': ('num_threads', inputs({'a': four}, num_threads=0)),
        'queue_capacity 0': ('queue_capacity', inputs({'a': four}, queue_capacity=0)),
        'batch_size None': ('batch_size', inputs({'a': four}, batch_size=None)),
        'batch_size 1.5': ('batch_size', inputs({'a': four}, batch_size=1.5)),
    }


def _estimator_cases(tf):
    """Returns the cases about making an Estimator."""
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


def _model(tf):
    def model_fn(features, labels, mode, params):
        if params.get('raises'):
            raise RuntimeError('from model_fn')
        if params.get('returns') is not None:
            return params['returns']
        kernel = tf.get_variable(params.get('name', 'kernel'), [2, params.get('units', 1)], initializer=tf.ones_initializer())
        outputs = tf.matmul(features['x'], kernel)
        metric = params.get('metric')
        loss = tf.reduce_mean(outputs) * params.get('scale', 1.0)
        return tf.estimator.EstimatorSpec(
            mode,
            {'y': outputs, 'z': outputs[:, 0]} if not params.get('uneven') else {'y': outputs, 'z': outputs[:1, 0]},
            loss,
            tf.assign_add(tf.train.get_global_step(), 1),
            {metric: tf.metrics.mean(outputs)} if metric else None,
        )

    return model_fn


def _run_cases(tf, workdir):
    """Returns the cases about train, evaluate, predict and variables, of an Estimator that was trained one step."""
    x = np.ones((4, 2), np.float32)
    trained = os.path.join(workdir, 'trained')
    hook, listener = tf.train.SessionRunHook(), tf.train.CheckpointSaverListener()

    def input_fn():
        return tf.data.Dataset.from_tensors(({'x': x}, x[:, 0])).repeat(3)

    def estimator(folder=trained, config=None, **params):
        return tf.estimator.Estimator(_model(tf), folder, config, params)

    estimator().train(input_fn, steps=1)

    def train(inputs=input_fn, params=None, **options):
        return lambda: estimator(_fresh(workdir), **(params or {})).train(inputs, **dict({'steps': 1}, **options))

    def evaluate(inputs=input_fn, params=None, **options):
        return lambda: estimator(**(params or {})).evaluate(inputs, **options)

    def predict(inputs=input_fn, params=None, **options):
        return lambda: next(estimator(**(params or {})).predict(inputs, **options))

    def without_labels(features, mode):
        raise AssertionError('not called')

    no_saving = tf.estimator.RunConfig(save_checkpoints_steps=None, save_checkpoints_secs=None)
    empty = os.path.join(workdir, 'empty')
    return {
        'train: steps 0': ('steps', train(steps=0)),
        'train: steps -1': ('steps', train(steps=-1)),
        'train: max_steps 0': ('max_steps', train(steps=None, max_steps=0)),
        'train: steps and max_steps': ('max_steps', train(steps=1, max_steps=1)),
        'train: input_fn None': ('', train(None)),
        'train: input_fn a dict': ('', train({'x': x})),
        'train: input_fn with another argument': ('foo', train(lambda foo: None)),
        'train: input_fn gives None': ('', train(lambda: None)),
        'train: input_fn gives three': ('input_fn', train(lambda: (1, 2, 3))),
        'train: input_fn gives a tuple of one': ('input_fn', train(lambda: ({'x': tf.constant(x)},))),
        'train: input_fn gives a list of two': ('', train(lambda: [{'x': tf.constant(x)}, tf.constant(x)])),
        'train: input_fn gives a dataset of three': ('input_fn', train(lambda: tf.data.Dataset.from_tensors((1, 2, 3)))),
        'train: input_fn raises': ('by zero', train(lambda: 1 // 0)),
        'train: hooks a number': ('', train(hooks=1)),
        'train: hooks of a number': ('hook', train(hooks=[1])),
        'train: hooks of a class': ('hook', train(hooks=[tf.train.SessionRunHook])),
        'train: a tuple of hooks': ('', train(hooks=(hook,))),
        'train: listeners a number': ('', train(saving_listeners=1)),
        'train: listeners of a number': ('saving_listeners', train(saving_listeners=[1])),
        'train: listeners and no checkpoints': (
            'saving_listeners',
            lambda: estimator(_fresh(workdir), no_saving).train(input_fn, steps=1, saving_listeners=[listener]),
        ),
        'train: model_fn gives a tuple': ('EstimatorSpec', train(params={'returns': (1, 2)})),
        'train: model_fn raises': ('from model_fn', train(params={'raises': True})),
        'train: model_fn takes no labels': (
            'labels',
            lambda: tf.estimator.Estimator(without_labels, _fresh(workdir)).train(input_fn, steps=1),
        ),
        'train: NaN': ('NaN', train(params={'scale': float('nan')})),
        'train: infinity': ('', train(params={'scale': float('inf')})),
        'train: another shape': ('', lambda: estimator(units=3).train(input_fn, steps=1)),
        'train: another name': ('', lambda: estimator(name='other').train(input_fn, steps=1)),
        'evaluate: steps 0': ('steps', evaluate(steps=0)),
        'evaluate: hooks of a number': ('hook', evaluate(hooks=[1])),
        'evaluate: input_fn None': ('', evaluate(None)),
        'evaluate: no such checkpoint': ('', evaluate(checkpoint_path=os.path.join(workdir, 'none', 'model.ckpt-3'))),
        'evaluate: no checkpoint yet': ('', lambda: sorted(estimator(empty).evaluate(input_fn))),
        'evaluate: metric called loss': ('loss', evaluate(params={'metric': 'loss'})),
        'evaluate: metric called global_step': ('global_step', evaluate(params={'metric': 'global_step'})),
        'evaluate: another shape': ('', evaluate(params={'units': 3})),
        'evaluate: another name': ('', evaluate(params={'name': 'other'})),
        'predict: input_fn None': ('', predict(None)),
        'predict: hooks of a number': ('hook', predict(hooks=[1])),
        'predict: unknown keys': ('unknown', predict(predict_keys=['unknown'])),
        'predict: lengths differ': ('length', predict(params={'uneven': True})),
        'predict: lengths differ in batches': ('', predict(params={'uneven': True}, yield_single_examples=False)),
        'predict: no such checkpoint': ('', predict(checkpoint_path=os.path.join(workdir, 'none', 'model.ckpt-3'))),
        'predict: no checkpoint yet': ('', lambda: sorted(next(estimator(empty).predict(input_fn)))),
        'predict: another shape': ('', predict(params={'units': 3})),
        'predict: nothing happens before the first': ('', lambda: type(estimator().predict(None)).__name__),
        'get_variable_value: no checkpoint': ('model_dir', lambda: estimator(empty).get_variable_value('kernel')),
        'get_variable_value: unknown': ('unknown', lambda: estimator().get_variable_value('unknown')),
        'get_variable_names: no checkpoint': ('model_dir', lambda: estimator(empty).get_variable_names()),
        'latest_checkpoint: no checkpoint': ('', lambda: estimator(empty).latest_checkpoint()),
    }


def _fresh(workdir):
    """Returns a folder that is not there yet."""
    return os.path.join(workdir, 'fresh_{}'.format(sum(name.startswith('fresh_') for name in os.listdir(workdir))))


def _outcome(function):
    """Returns what a function raised or gave, and the text of what it raised."""
    try:
        value = function()
    except Exception as error:
        return {'raises': type(error).__name__}, str(error)
    return {'gives': _observe.plain(value) if isinstance(value, (dict, list, str)) else type(value).__name__}, ''


def run(tf, workdir, texts=None):
    """Runs all cases.

    Args:
      tf: the TensorFlow to run on.
      workdir: an empty folder.
      texts: a dict that gets, by group and case, a word that the error's text ought to have, and the text.

    Returns:
      By group and case, the type that was raised or what was given.
    """
    groups = {
        'RunConfig': _config_cases(tf),
        'TF_CONFIG': _cluster_cases(tf),
        'numpy_input_fn': _numpy_cases(tf),
        'Estimator': _estimator_cases(tf),
        'runs': _run_cases(tf, workdir),
    }
    results = {}
    with tf.Graph().as_default():
        groups['EstimatorSpec'] = _spec_cases(tf)
        for group, cases in groups.items():
            for name, (word, function) in cases.items():
                outcome, text = _outcome(function)
                results.setdefault(group, {})[name] = outcome
                if texts is not None:
                    texts[group, name] = (word, text)
    return results
