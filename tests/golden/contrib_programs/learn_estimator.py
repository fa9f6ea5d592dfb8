"""Cases of `tf.contrib.learn`: Estimators, monitors, experiments, exports."""

import os
import tempfile

import numpy as np

_X = np.arange(40, dtype=np.float32).reshape(20, 2) / 10
_Y = (_X.sum(1) * 2 + 1).astype(np.float32)


def _model(tf, rate=0.01, key=None):
    def model_fn(features, labels, mode):
        x = features if key is None else features[key]
        w = tf.get_variable('w', [2, 1], initializer=tf.zeros_initializer())
        y = tf.identity(tf.squeeze(tf.matmul(x, w), 1), 'y')
        loss = train_op = None
        metrics = {'mean': tf.metrics.mean(y)}
        if labels is not None:
            loss = tf.losses.mean_squared_error(labels, y)
            train_op = tf.contrib.layers.optimize_loss(loss, tf.train.get_global_step(), rate, 'SGD')
        alternatives = {None: (tf.contrib.learn.ProblemType.LINEAR_REGRESSION, {'scores': y})}
        return tf.contrib.learn.ModelFnOps(mode, {'y': y, 'z': -y}, loss, train_op, metrics, alternatives)

    return model_fn


def case_estimator(tf):
    learn = tf.contrib.learn
    estimator = learn.Estimator(_model(tf), config=learn.RunConfig(tf_random_seed=1, save_checkpoints_steps=2))
    estimator.fit(_X, _Y, steps=3)
    estimator.partial_fit(_X, _Y)
    specs = {
        'rmse': learn.MetricSpec(tf.metrics.root_mean_squared_error, prediction_key='y'),
        'mae': learn.MetricSpec(tf.contrib.metrics.streaming_mean_absolute_error, 'z'),
    }
    first = estimator.evaluate(_X, _Y, batch_size=8, steps=2, metrics=specs, name='first')
    rows = estimator.predict(_X[:3], batch_size=2)
    return {
        'files': sorted(name for name in os.listdir(estimator.model_dir) if 'events' not in name),
        'evaluated': sorted(estimator.evaluate(_X, _Y).items()),
        'with metrics': sorted(first.items()),
        'rows': [sorted(row.items()) for row in rows],
        'joined': estimator.predict(_X[:3], as_iterable=False),
        'batches': list(estimator.predict(_X[:3], batch_size=2, outputs=['z'], iterate_batches=True)),
        'names': sorted(estimator.get_variable_names()),
        'w': estimator.get_variable_value('w'),
    }


def case_estimator_of_three(tf):
    learn = tf.contrib.learn
    modes = []

    def model_fn(x, targets, mode, params, model_dir):
        modes.append([mode, targets is None, os.path.isdir(model_dir)])
        y = tf.layers.dense(x['x'], 1, kernel_initializer=tf.ones_initializer())
        loss = tf.losses.mean_squared_error(targets, tf.squeeze(y, 1))
        return y, loss, tf.train.GradientDescentOptimizer(params['rate']).minimize(loss, tf.train.get_global_step())

    def input_fn():
        return {'in': tf.constant(_X)}, tf.constant(_Y)

    estimator = learn.Estimator(
        model_fn,
        params={'rate': 0.01},
        feature_engineering_fn=lambda features, labels: ({'x': features['in'] * 2}, labels),
    )
    estimator.fit(input_fn=input_fn, max_steps=2)
    return {
        'evaluated': sorted(estimator.evaluate(input_fn=input_fn, steps=3).items()),
        'predicted': list(estimator.predict(input_fn=input_fn))[:2],
        'joined': list(estimator.predict(input_fn=input_fn, as_iterable=False).shape),
        'modes': modes,
    }


def case_predict_before_fit(tf):
    return {'rows': list(tf.contrib.learn.Estimator(_model(tf)).predict(_X))}


def case_steps_twice(tf):
    tf.contrib.learn.Estimator(_model(tf)).fit(_X, _Y, steps=1, max_steps=2)


def case_skcompat(tf):
    compat = tf.contrib.learn.SKCompat(tf.contrib.learn.Estimator(_model(tf)))
    compat.fit(_X, _Y, batch_size=20, steps=2)
    return {'score': sorted(compat.score(_X, _Y).items()), 'predicted': sorted(compat.predict(_X[:2]).items())}


def case_monitors(tf):
    monitors = tf.contrib.learn.monitors
    calls = []

    class Every(monitors.EveryN):
        def every_n_step_begin(self, step):
            calls.append(['begin', step])
            return ['w:0']

        def every_n_step_end(self, step, outputs):
            calls.append(['end', step, sorted(outputs)])
            return False

        def every_n_post_step(self, step, session):
            calls.append(['post', step])

    class Base(monitors.BaseMonitor):
        def step_end(self, step, output):
            monitors.BaseMonitor.step_end(self, step, output)
            calls.append(['base', step, output])
            return step >= 5

    captured = monitors.CaptureVariable('w:0', every_n=2, first_n=2)
    estimator = tf.contrib.learn.Estimator(_model(tf))
    estimator.fit(_X, _Y, steps=9, monitors=[Every(3, 1), Base(), captured])
    estimator.fit(_X, _Y, max_steps=9, monitors=[Every(3, 2), monitors.StopAtStep(3)])
    return {
        'calls': calls,
        'captured': sorted(captured.values.items()),
        'step': estimator.get_variable_value('global_step'),
    }


def case_validation_monitor(tf):
    learn = tf.contrib.learn
    results = {}
    for rate, rounds in ((0.25, 3), (0.01, 3), (0.25, None)):
        monitor = learn.monitors.ValidationMonitor(
            _X, _Y, every_n_steps=2, early_stopping_rounds=rounds, check_interval_secs=None
        )
        estimator = learn.Estimator(_model(tf, rate), config=learn.RunConfig(save_checkpoints_steps=2))
        estimator.fit(_X, _Y, steps=8, monitors=[monitor])
        results[f'{rate} {rounds}'] = [
            estimator.get_variable_value('global_step'),
            monitor.early_stopped,
            monitor.best_step,
            monitor.best_value,
        ]
    return results


def case_experiment(tf):
    learn = tf.contrib.learn

    def input_fn():
        return tf.constant(_X), tf.constant(_Y)

    def experiment_fn(output_dir):
        estimator = learn.Estimator(_model(tf), model_dir=output_dir)
        return learn.Experiment(
            estimator,
            input_fn,
            input_fn,
            train_steps=4,
            eval_steps=1,
            eval_delay_secs=0,
            train_steps_per_iteration=3,
            eval_metrics={'mae': learn.MetricSpec(tf.metrics.mean_absolute_error, 'y')},
        )

    results = {}
    for schedule in ('train_and_evaluate', 'test', 'continuous_train_and_eval'):
        folder = tempfile.mkdtemp()
        result = learn.learn_runner.run(experiment_fn, folder, schedule)
        metrics, exports = result if isinstance(result, tuple) else (result, None)
        folders = sorted(name for name in os.listdir(folder) if os.path.isdir(os.path.join(folder, name)))
        results[schedule] = [sorted(metrics.items()), exports, folders]
    return results


def case_experiment_of_no_schedule(tf):
    def experiment_fn(output_dir):
        return tf.contrib.learn.Experiment(tf.contrib.learn.Estimator(_model(tf), output_dir), None, None)

    tf.contrib.learn.learn_runner.run(experiment_fn, tempfile.mkdtemp(), 'nothing')


def case_export(tf):
    learn = tf.contrib.learn

    serving_input_fn = learn.build_parsing_serving_input_fn({'x': tf.FixedLenFeature([2], tf.float32)})
    estimator = learn.Estimator(_model(tf, key='x'))
    estimator.fit({'x': _X}, _Y, steps=1)
    strategy = learn.make_export_strategy(serving_input_fn, exports_to_keep=1)
    folder = tempfile.mkdtemp()
    path = strategy.export(estimator, folder).decode()
    with tf.Session(graph=tf.Graph()) as session:
        signature = tf.saved_model.loader.load(session, ['serve'], path).signature_def['serving_default']
    return {
        'name': strategy.name,
        'kept': len(os.listdir(folder)),
        'method': signature.method_name,
        'inputs': sorted((key, value.name) for key, value in signature.inputs.items()),
        'outputs': sorted((key, value.name) for key, value in signature.outputs.items()),
    }


def case_columns(tf):
    learn = tf.contrib.learn

    def plain(columns):
        return [[column.column_name, column.dimension, column.dtype.name] for column in columns]

    return {
        'array': plain(learn.infer_real_valued_columns_from_input(_X)),
        'dictionary': plain(learn.infer_real_valued_columns_from_input({'a': _X, 'b': _Y})),
        'function': plain(learn.infer_real_valued_columns_from_input_fn(lambda: ({'a': tf.constant(_X)}, None))),
    }


def case_run_config(tf):
    learn = tf.contrib.learn
    names = ('save_checkpoints_secs', 'save_checkpoints_steps', 'keep_checkpoint_max', 'master', 'is_chief')
    configs = [
        learn.RunConfig(),
        learn.RunConfig(save_checkpoints_steps=5, save_checkpoints_secs=None),
        learn.RunConfig(master='local', save_checkpoints_secs=7),
    ]
    return {
        'core': isinstance(configs[0], tf.estimator.RunConfig),
        'settings': [[getattr(config, name) for name in names] for config in configs],
        'cores': learn.RunConfig(num_cores=3).tf_config.intra_op_parallelism_threads,
    }
