"""The training executor and its listeners, receivers made of input functions, and scaffolds in evaluation."""

from __future__ import annotations

import importlib

import _errors


def _model(tf):
    def model_fn(features, labels, mode):
        step = tf.train.get_global_step()
        return tf.estimator.EstimatorSpec(mode, loss=tf.constant(1.0), train_op=tf.assign_add(step, 1))

    return tf.estimator.Estimator(model_fn, config=tf.estimator.RunConfig(save_checkpoints_steps=2))


def _training(tf):
    return importlib.import_module(tf.__name__ + '.python.estimator.training')


def _listener(tf, after, before=99):
    class Listener(_training(tf)._ContinuousEvalListener):
        calls = []

        def before_eval(self):
            self.calls.append('before')
            return self.calls.count('before') < before

        def after_eval(self, eval_result):
            metrics = eval_result.metrics and sorted(eval_result.metrics)
            self.calls.append(['after', eval_result.status, metrics, eval_result.checkpoint_path is not None])
            return len([call for call in self.calls if call != 'before']) < after

    return Listener()


def _executions(tf):
    def input_fn():
        return tf.data.Dataset.range(9).repeat()

    def execute(listener, part='run', estimator=None, hooks=None, **settings):
        spec = tf.estimator.EvalSpec(input_fn, steps=1, throttle_secs=0, start_delay_secs=0, **settings)
        train_spec = tf.estimator.TrainSpec(input_fn, max_steps=6)
        executor = _training(tf)._TrainingExecutor(estimator or _model(tf), train_spec, spec, hooks, listener)
        result = getattr(executor, part)()
        steps = result[0] and int(result[0]['global_step']) if result else None
        return {'calls': listener.calls if listener else None, 'steps': steps, 'exports': result and result[1]}

    class Failing(tf.estimator.Exporter):
        name = 'failing'

        def export(self, *arguments, **named):
            raise ZeroDivisionError('export')

    def trained():
        return _model(tf).train(input_fn, steps=7)

    return {
        'all evaluations': lambda: execute(_listener(tf, 9)),
        'no listener': lambda: execute(None),
        'stopped after one': lambda: execute(_listener(tf, 1)),
        'stopped before the second': lambda: execute(_listener(tf, 9, before=2)),
        'evaluator without checkpoint': lambda: execute(_listener(tf, 2), 'run_evaluator'),
        'evaluator stopped at once': lambda: execute(_listener(tf, 2, before=1), 'run_evaluator'),
        'evaluator of a trained model': lambda: execute(_listener(tf, 9), 'run_evaluator', trained()),
        'nothing left to train': lambda: execute(_listener(tf, 9), estimator=trained()),
        'a failing exporter': lambda: execute(None, exporters=Failing()),
        'listener a number': lambda: _training(tf)._TrainingExecutor(
            _model(tf), tf.estimator.TrainSpec(input_fn), tf.estimator.EvalSpec(input_fn), continuous_eval_listener=3
        ),
        'hook a number': lambda: execute(None, hooks=[3]),
        'estimator a number': lambda: execute(None, estimator=3),
    }


def _results(tf):
    result = _training(tf)._EvalResult
    return {
        'evaluated without metrics': lambda: result('evaluated'),
        'evaluated without step': lambda: result('evaluated', {'a': 1}),
        'evaluated': lambda: list(result('evaluated', {'global_step': 1}, 'path')),
        'metrics a number': lambda: result('evaluated', 3),
        'missing': lambda: list(result('missing checkpoint')),
        'missing with metrics': lambda: result('missing checkpoint', {'a': 1}),
        'missing with a path': lambda: result('missing checkpoint', checkpoint_path='path'),
    }


def _described(receiver):
    def shapes(tensors):
        if not isinstance(tensors, dict):
            return [tensors.dtype.name, str(tensors.shape), tensors.op.type]
        return {key: shapes(value) for key, value in tensors.items()}

    return {name: shapes(getattr(receiver, name)) for name in ('features', 'labels', 'receiver_tensors')}


def _receivers(tf):
    from_tensors = tf.estimator.experimental.build_raw_supervised_input_receiver_fn
    from_input_fn = tf.contrib.estimator.build_supervised_input_receiver_fn_from_input_fn

    def made(make):
        def build():
            with tf.Graph().as_default():
                x, y = tf.placeholder(tf.float32, [None, 2], name='x'), tf.placeholder(tf.int32, [], name='y')
                return _described(make(x, y)())

        return build

    def unbuilt(make):
        def build():
            with tf.Graph().as_default():
                return callable(make(tf.placeholder(tf.float32, [None]), tf.placeholder(tf.int32, [None])))

        return build

    def row(**arguments):
        return {'x': tf.constant([[1.0]]) * arguments.get('factor', 1.0)}, tf.constant([1])

    return {
        'raw of tensors': made(from_tensors),
        'raw of dicts': made(lambda x, y: from_tensors({'a': x}, {'b': y}, 3)),
        'raw with shared names': unbuilt(lambda x, y: from_tensors({'a': x}, {'a': y})),
        'raw with a feature called label': unbuilt(lambda x, y: from_tensors({'label': x}, y)),
        'raw with a label called input': unbuilt(lambda x, y: from_tensors(x, {'input': y})),
        'input function': made(lambda x, y: from_input_fn(row)),
        'input function with arguments': made(lambda x, y: from_input_fn(row, factor=2.0)),
        'input function of a Dataset': made(
            lambda x, y: from_input_fn(lambda: tf.data.Dataset.from_tensors(({'x': [[1.0]]}, [[1]])).repeat())
        ),
        'input function without labels': made(lambda x, y: from_input_fn(lambda: row()[0])),
        'input function with shared names': made(lambda x, y: from_input_fn(lambda: (row()[0], row()[0]))),
        'input function of scalars': made(lambda x, y: from_input_fn(lambda: (tf.constant(1.0), tf.constant(1)))),
    }


def _in_memory(tf):
    def train(make_fields):
        def model_fn(features, labels, mode):
            w = tf.get_variable('w', initializer=1.0)
            scaffold = tf.train.Scaffold(**make_fields()) if mode == 'eval' else None
            step = tf.train.get_global_step()
            return tf.estimator.EstimatorSpec(mode, loss=w * 1.0, scaffold=scaffold, train_op=tf.assign_add(step, 1))

        def input_fn():
            return tf.data.Dataset.range(9).repeat()

        estimator = tf.estimator.Estimator(model_fn)
        hook = tf.estimator.experimental.InMemoryEvaluatorHook(estimator, input_fn, steps=1)
        return estimator.train(input_fn, hooks=[hook], steps=1)

    return {
        'in memory, saver': lambda: train(lambda: {'saver': tf.train.Saver()}),
        'in memory, init_fn': lambda: train(lambda: {'init_fn': lambda scaffold, session: None}),
        'in memory, init_op': lambda: train(lambda: {'init_op': tf.global_variables_initializer()}),
        'in memory, local_init_op': lambda: train(lambda: {'local_init_op': tf.local_variables_initializer()}),
        'in memory, summary_op': lambda: train(lambda: {'summary_op': tf.constant('')}),
        'in memory, plain': lambda: train(dict),
    }


def _overriding(tf):
    def derived(name):
        kind = type('Derived', (tf.estimator.Estimator,), {name: lambda self, *arguments, **named: None})
        return lambda: kind(lambda features: None) is not None

    names = ('train', 'model_dir', '_call_model_fn', '_train_model', '_create_global_step', '_mine', '_model_fn')
    names += ('_create_and_assert_global_step', '_export_all_saved_models', '_call_input_fn', '_evaluate_run')
    return {'overriding ' + name: derived(name) for name in names}


def run(tf, workdir, texts=None):
    """Returns the outcomes of all cases."""
    cases = dict(_executions(tf), **_results(tf))
    for more in (_receivers(tf), _in_memory(tf), _overriding(tf)):
        cases.update(more)
    return _errors.outcomes({name: ('', function) for name, function in cases.items()}, texts)
