"""Small programs around train_and_evaluate, the same for TF 1.15.5 and for tf1: what they log, return and leave.

A program is a function of `tf` and a Bench. The model is `y = w * x` with w = 0 and SGD at 0.25: on x = y = 1 the error
halves in every step. Written for Python 3.7 too.
"""

import contextlib
import json
import logging
import os
import re
import socket
import time

import numpy as np

_NOISE = ('Instructions for updating', 'deprecated', 'Using config', 'Using default config', 'TF_CONFIG environment')
_EVERY_STEP = {'run_every_secs': None, 'run_every_steps': 1}


class Bench:
    """Where a program runs: a folder, and a list of what happens."""

    def __init__(self, tf, folder):
        self.tf = tf
        self.folder = str(folder)
        self.lines = []

    def estimator(self, model_fn=None, name='model', warm_start_from=None, **settings):
        config = self.tf.estimator.RunConfig(**settings)
        return self.tf.estimator.Estimator(
            model_fn or line_fn(self.tf), self.path(name), config, warm_start_from=warm_start_from
        )

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def ones(self):
        """An endless input: two rows with x = y = 1."""
        return {'x': self.tf.ones([2])}, self.tf.ones([2])

    def five(self):
        """Five batches of it."""
        return self.tf.data.Dataset.from_tensors(self.ones()).repeat(5)

    def train_and_evaluate(self, estimator, input_fn=None, max_steps=None, hooks=None, **evaluation):
        tf = self.tf
        evaluation = dict({'steps': None, 'throttle_secs': 0}, **evaluation)
        return tf.estimator.train_and_evaluate(
            estimator,
            tf.estimator.TrainSpec(input_fn or self.ones, max_steps, hooks),
            tf.estimator.EvalSpec(self.five, **evaluation),
        )

    def exporter(self, name, result=b'path', error=None):
        bench = self

        class Exporter(self.tf.estimator.Exporter):
            @property
            def name(self):
                return name

            def export(self, estimator, export_path, checkpoint_path, eval_result, is_the_final_export):
                step = int(eval_result['global_step'])
                bench.lines.append(
                    f'EXPORT {name} to {export_path} of {checkpoint_path} at {step}, final: {is_the_final_export}'
                )
                if error:
                    raise error
                return result

        return Exporter()

    def recorder(self, name):
        lines = self.lines

        class Recorder(self.tf.train.SessionRunHook):
            def begin(self):
                lines.append(name + ' begin')

            def end(self, session):
                lines.append(name + ' end')

        return Recorder()

    def stopper(self, last_step):
        class Stopper(self.tf.train.SessionRunHook):
            def after_run(_, run_context, run_values):  # noqa: N805
                if run_context.session.run(self.tf.train.get_global_step()) >= last_step:
                    run_context.request_stop()

        return Stopper()

    def variables(self, name='model'):
        return [[key, list(shape)] for key, shape in self.tf.train.list_variables(self.path(name))]

    def initial_values(self, estimator, input_fn):
        """Trains one step; returns the values of all variables before it."""
        values = {}

        class Look(self.tf.train.SessionRunHook):
            def after_create_session(self, session, coord):
                for variable in session.graph.get_collection('variables'):
                    values[variable.op.name] = session.run(variable).tolist()

        estimator.train(input_fn, steps=1, hooks=[Look()])
        return values


def line_fn(tf):
    def model_fn(features, labels, mode):
        w = tf.get_variable('w', shape=[], initializer=tf.zeros_initializer())
        predictions = {'x': features['x'], 'y': w * features['x']}
        if mode == tf.estimator.ModeKeys.PREDICT:
            return tf.estimator.EstimatorSpec(mode, predictions=predictions)
        loss = tf.reduce_mean(tf.square(labels - predictions['y']))
        train_op = tf.train.GradientDescentOptimizer(0.25).minimize(loss, global_step=tf.train.get_global_step())
        metrics = {'mean_y': tf.metrics.mean(predictions['y'])}
        return tf.estimator.EstimatorSpec(mode, predictions, loss, train_op, metrics)

    return model_fn


def vector_fn(tf, sizes):
    """A model with one variable per entry of `sizes`, momentum, and a variable that is not trained."""

    def model_fn(features, labels, mode):
        variables = [
            tf.get_variable(name, [size], initializer=tf.constant_initializer(float(i)))
            for i, (name, size) in enumerate(sizes.items())
        ]
        moving = tf.get_variable('moving', [], initializer=tf.zeros_initializer(), trainable=False)
        loss = tf.add_n([tf.reduce_sum(variable) for variable in variables]) + 0 * tf.reduce_sum(features['x'])
        # The gradient does not depend on the values, so the step would race with the loss that reads them.
        with tf.control_dependencies([loss]):
            minimize = tf.train.MomentumOptimizer(0.5, 0.5).minimize(loss, global_step=tf.train.get_global_step())
        return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=tf.group(minimize, tf.assign_add(moving, 10.0)))

    return model_fn


def plain(tf, b):
    return tf.estimator.train_and_evaluate(
        b.estimator(save_checkpoints_steps=2),
        tf.estimator.TrainSpec(b.ones, 5, [b.recorder('training hook')]),
        tf.estimator.EvalSpec(
            b.ones,
            steps=2,
            hooks=[b.recorder('evaluation hook')],
            exporters=[b.exporter('a'), b.exporter('b', 'other')],
            throttle_secs=0,
        ),
    )


def throttled(tf, b):
    estimator = b.estimator(save_checkpoints_steps=2)
    return b.train_and_evaluate(estimator, max_steps=7, exporters=b.exporter('a'), throttle_secs=600)


def trained_already(tf, b):
    estimator = b.estimator()
    estimator.train(b.ones, steps=4)
    return b.train_and_evaluate(estimator, max_steps=4, exporters=b.exporter('a'))


def resumed(tf, b):
    estimator = b.estimator(save_checkpoints_steps=2)
    estimator.train(b.ones, steps=4)
    return b.train_and_evaluate(estimator, max_steps=6, exporters=b.exporter('a'))


def end_of_input(tf, b):
    return b.train_and_evaluate(b.estimator(save_checkpoints_steps=2), b.five, exporters=b.exporter('a'))


def end_of_input_before_max_steps(tf, b):
    return b.train_and_evaluate(b.estimator(), b.five, max_steps=100, exporters=b.exporter('a'))


def failing_exporter(tf, b):
    exporters = [b.exporter('a', error=RuntimeError('export failed')), b.exporter('b')]
    return b.train_and_evaluate(b.estimator(save_checkpoints_steps=2), max_steps=5, exporters=exporters)


def failing_evaluation(tf, b):
    def input_fn():
        raise ValueError('no input')

    return tf.estimator.train_and_evaluate(
        b.estimator(save_checkpoints_steps=2),
        tf.estimator.TrainSpec(b.ones, 5),
        tf.estimator.EvalSpec(input_fn, throttle_secs=0),
    )


def no_checkpoints(tf, b):
    return b.train_and_evaluate(b.estimator(save_checkpoints_steps=None, save_checkpoints_secs=None), max_steps=3)


def named_evaluation(tf, b):
    return b.train_and_evaluate(b.estimator(), max_steps=3, name='other')


def own_saver_hook(tf, b):
    estimator = b.estimator()
    return b.train_and_evaluate(
        estimator, max_steps=4, hooks=[tf.train.CheckpointSaverHook(estimator.model_dir, save_steps=2)]
    )


def stopped_by_hook(tf, b):
    estimator = b.estimator(save_checkpoints_steps=2)
    return b.train_and_evaluate(estimator, max_steps=10, hooks=[b.stopper(3)], exporters=b.exporter('a'))


def empty_input(tf, b):
    return b.train_and_evaluate(b.estimator(), lambda: b.five().take(0), max_steps=10, exporters=b.exporter('a'))


def _alone(b, job):
    os.environ['TF_CONFIG'] = json.dumps({'cluster': {job: ['localhost:0']}, 'task': {'type': job, 'index': 0}})
    try:
        return b.train_and_evaluate(b.estimator(), max_steps=3)
    finally:
        del os.environ['TF_CONFIG']


def chief_alone_in_its_cluster(tf, b):
    return _alone(b, 'chief')


def master_alone_in_its_cluster(tf, b):
    return _alone(b, 'master')


def _part(tf, b, job, index=0, exporters=None, max_steps=4, late=False, **settings):
    """Plays a role of a cluster whose others are absent; returns what it slept, how it trained, what it returned.

    Waits of 5 seconds and more are recorded in place of being waited, roughly; `train` is recorded in place
    of training. `late` checkpoints are seen at the second look only.
    """
    with socket.socket() as bound:
        bound.bind(('localhost', 0))
        address = f'localhost:{bound.getsockname()[1]}'
    cluster = {each: ['localhost:0'] for each in ('ps', 'worker', 'master' if job == 'master' else 'chief')}
    if job != 'evaluator':
        cluster[job] = ['localhost:0'] * index + [address]
    slept, trained, warned = [], [], []
    sleep, join = time.sleep, tf.train.Server.join
    evaluation = dict({'steps': 1, 'exporters': exporters, 'start_delay_secs': 0}, **settings.pop('evaluation', {}))
    os.environ['TF_CONFIG'] = json.dumps({'cluster': cluster, 'task': {'type': job, 'index': index}})
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: warned.append('throttle_secs' in record.getMessage())
    logging.getLogger('tensorflow').addHandler(handler)
    try:
        estimator = b.estimator(**settings)

        def train(input_fn, hooks, max_steps, saving_listeners):
            trained.append([max_steps, len(hooks), len(saving_listeners or ())])

        if job != 'evaluator':
            estimator.train = train
        if late:
            looks, latest = [], estimator.latest_checkpoint
            estimator.latest_checkpoint = lambda: latest() if looks else looks.append(1)
        # A slow machine waits for less.
        time.sleep = lambda seconds: slept.append(round(seconds, -2 if seconds > 60 else -1)) if seconds >= 5 else None
        tf.train.Server.join = lambda server: trained.append('joined')
        returned = b.train_and_evaluate(estimator, max_steps=max_steps, hooks=[b.recorder('hook')], **evaluation)
    finally:
        time.sleep, tf.train.Server.join = sleep, join
        logging.getLogger('tensorflow').removeHandler(handler)
        del os.environ['TF_CONFIG']
    return {'returned': returned, 'slept': slept, 'trained': trained, 'throttle warnings': sum(warned)}


def part_of_the_chief(tf, b):
    return _part(tf, b, 'chief')


def part_of_the_first_worker(tf, b):
    return _part(tf, b, 'worker')


def part_of_the_second_worker(tf, b):
    return _part(tf, b, 'worker', 1)


def part_of_the_last_of_many_workers(tf, b):
    return _part(tf, b, 'worker', 20)


def part_of_a_worker_that_waits_less(tf, b):
    return _part(tf, b, 'worker', 20, experimental_max_worker_delay_secs=30)


def part_of_a_worker_that_does_not_wait(tf, b):
    return _part(tf, b, 'worker', 20, experimental_max_worker_delay_secs=0)


def part_of_the_master(tf, b):
    return _part(tf, b, 'master')


def part_of_a_parameter_server(tf, b):
    return _part(tf, b, 'ps')


def _trained_by_another(b, *steps):
    """Trains as the chief would, up to each of `steps`."""
    for step in steps:
        b.estimator(save_checkpoints_steps=100).train(b.ones, max_steps=step)
    del b.lines[:]


def part_of_the_evaluator(tf, b):
    _trained_by_another(b, 4)
    evaluation = {'start_delay_secs': 120, 'throttle_secs': 600}
    return _part(tf, b, 'evaluator', exporters=b.exporter('a'), evaluation=evaluation)


def _evaluator_beside_training(tf, b, **evaluation):
    """Another process trains on while the first checkpoint is evaluated."""
    _trained_by_another(b, 2)

    class Trainer(tf.estimator.Exporter):
        name = 'trainer'

        def export(self, estimator, export_path, checkpoint_path, eval_result, is_the_final_export):
            if not is_the_final_export:
                config, os.environ['TF_CONFIG'] = os.environ['TF_CONFIG'], '{}'
                _trained_by_another(b, 4)
                os.environ['TF_CONFIG'] = config

    return _part(tf, b, 'evaluator', exporters=[b.exporter('a'), Trainer()], evaluation=evaluation)


def part_of_the_evaluator_beside_training(tf, b):
    return _evaluator_beside_training(tf, b, throttle_secs=600)


def part_of_the_evaluator_without_a_pause(tf, b):
    return _evaluator_beside_training(tf, b, throttle_secs=0)


def part_of_the_evaluator_before_the_first_checkpoint(tf, b):
    _trained_by_another(b, 4)
    return _part(tf, b, 'evaluator', late=True, evaluation={'throttle_secs': 0})


def _early_stopping(b, make, **settings):
    estimator = b.estimator(save_checkpoints_steps=2)
    hook = make(estimator, **dict(_EVERY_STEP, **settings))
    returned = b.train_and_evaluate(estimator, max_steps=12, hooks=[hook])
    return {'returned': returned, 'variables': b.variables()}


def stop_if_higher(tf, b):
    return _early_stopping(b, tf.estimator.experimental.stop_if_higher_hook, metric_name='mean_y', threshold=0.75)


def stop_if_lower(tf, b):
    make = tf.estimator.experimental.stop_if_lower_hook
    return _early_stopping(b, make, metric_name='loss', threshold=0.1, min_steps=6)


def stop_if_no_decrease(tf, b):
    make = tf.estimator.experimental.stop_if_no_decrease_hook
    return _early_stopping(b, make, metric_name='mean_y', max_steps_without_decrease=4)


def stop_if_no_increase(tf, b):
    make = tf.estimator.experimental.stop_if_no_increase_hook
    return _early_stopping(b, make, metric_name='loss', max_steps_without_increase=3)


def stop_of_an_unknown_metric(tf, b):
    return _early_stopping(b, tf.estimator.experimental.stop_if_higher_hook, metric_name='nope', threshold=0.9)


def stop_by_own_function(tf, b):
    asked = []

    def should_stop():
        b.lines.append('asked')
        asked.append(1)
        return len(asked) == 3

    return _early_stopping(
        b, tf.estimator.experimental.make_early_stopping_hook, should_stop_fn=should_stop, run_every_steps=2
    )


def stop_at_checkpoint_step(tf, b):
    estimator = b.estimator()
    hook = tf.estimator.experimental.make_stop_at_checkpoint_step_hook(estimator, 6)
    estimator.train(b.ones, hooks=[hook])
    return estimator.get_variable_value('global_step')


def _in_memory(tf, b, max_steps, **settings):
    estimator = b.estimator(save_checkpoints_steps=4)
    hooks = [b.recorder('evaluation hook')]
    hook = tf.estimator.experimental.InMemoryEvaluatorHook(estimator, b.five, name='mem', hooks=hooks, **settings)
    estimator.train(b.ones, max_steps=max_steps, hooks=[hook])
    tf.summary.FileWriterCache.clear()
    folder = estimator.eval_dir('mem')
    (name,) = os.listdir(folder)
    return [
        [event.step, event.WhichOneof('what'), [[value.tag, value.simple_value] for value in event.summary.value]]
        for event in tf.train.summary_iterator(os.path.join(folder, name))
    ]


def in_memory(tf, b):
    return _in_memory(tf, b, 7, every_n_iter=3)


def in_memory_by_default(tf, b):
    return _in_memory(tf, b, 2, steps=2)


def more_metrics(tf, b):
    def metric_fn(labels, predictions, features, config):
        total = predictions['y'] * 2 + labels + features['x'] + config.task_id
        return {'total': tf.metrics.mean(total), 'mean_y': tf.metrics.mean(predictions['y'] * 2)}

    estimator = tf.estimator.add_metrics(b.estimator(), metric_fn)
    estimator.train(b.ones, steps=2)
    return estimator.evaluate(b.five)


_WARM = {'a': 2, 'b': 2}


def _warm_start(tf, b, settings, sizes=None):
    """Trains a model two steps, and starts another one from it; `settings` are a function of the folder."""
    source = b.estimator(vector_fn(tf, _WARM), 'source')
    source.train(b.ones, steps=2)
    del b.lines[:]
    warm = b.estimator(vector_fn(tf, sizes or _WARM), warm_start_from=settings(source))
    return b.initial_values(warm, b.ones)


def warm_start_folder(tf, b):
    return _warm_start(tf, b, lambda source: source.model_dir)


def warm_start_checkpoint(tf, b):
    return _warm_start(tf, b, lambda source: source.latest_checkpoint())


def warm_start_pattern(tf, b):
    return _warm_start(tf, b, lambda source: tf.estimator.WarmStartSettings(source.model_dir, 'a'))


def warm_start_everything(tf, b):
    return _warm_start(tf, b, lambda source: tf.estimator.WarmStartSettings(source.model_dir, ['.*']))


def warm_start_list(tf, b):
    return _warm_start(tf, b, lambda source: tf.estimator.WarmStartSettings(source.model_dir, ['a', 'moving']))


def warm_start_nothing(tf, b):
    return _warm_start(tf, b, lambda source: tf.estimator.WarmStartSettings(source.model_dir, None))


def warm_start_renamed(tf, b):
    def settings(source):
        return tf.estimator.WarmStartSettings(source.model_dir, var_name_to_prev_var_name={'c': 'a'})

    return _warm_start(tf, b, settings, {'c': 2, 'b': 2})


def warm_start_missing(tf, b):
    return _warm_start(tf, b, lambda source: source.model_dir, {'c': 2, 'b': 2})


def warm_start_unused_name(tf, b):
    def settings(source):
        return tf.estimator.WarmStartSettings(source.model_dir, 'b', var_name_to_prev_var_name={'zz': 'a'})

    return _warm_start(tf, b, settings)


def warm_start_nowhere(tf, b):
    return _warm_start(tf, b, lambda source: b.path('nowhere'))


def warm_start_vocabulary(tf, b):
    """The rows of 'a' stand for p, q; in the new model for q, p, new and one row of unknown words."""
    for name, words in (('old.txt', 'p\nq\n'), ('new.txt', 'q\np\nnew\n')):
        with open(b.path(name), 'w') as file:
            file.write(words)

    def model_fn(features, labels, mode):
        rows = tf.get_variable('a', [len(values), 1], initializer=tf.constant_initializer(values))
        loss = tf.reduce_sum(rows)
        train_op = tf.assign_add(tf.train.get_global_step(), 1)
        return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op)

    values = [1.0, 2.0]
    b.estimator(model_fn, 'source').train(b.ones, steps=1)
    values = [0.0] * 4
    del b.lines[:]
    vocabulary = tf.estimator.VocabInfo(
        b.path('new.txt'), 3, 1, b.path('old.txt'), backup_initializer=tf.ones_initializer()
    )
    settings = tf.estimator.WarmStartSettings(b.path('source'), var_name_to_vocab_info={'a': vocabulary})
    return b.initial_values(b.estimator(model_fn, warm_start_from=settings), b.ones)


def warm_start_saved_model(tf, b):
    def settings(source):
        x = {'x': tf.placeholder(tf.float32, [None])}
        receiver_fn = tf.estimator.export.build_raw_serving_input_receiver_fn(x)
        path = source.export_saved_model(b.path('export'), receiver_fn).decode()
        del b.lines[:]
        os.rename(path, b.path('exported'))
        return b.path('exported')

    source_fn = line_fn(tf)
    source = b.estimator(source_fn, 'source')
    source.train(b.ones, steps=2)
    return b.initial_values(b.estimator(source_fn, warm_start_from=settings(source)), b.ones)


def warm_start_untrained(tf, b):
    """Evaluates a warm started model that was never trained."""
    b.estimator(name='source').train(b.ones, steps=2)
    del b.lines[:]
    return b.estimator(warm_start_from=b.path('source')).evaluate(b.five)


NAMES = [
    name
    for name, value in list(globals().items())
    if callable(value) and getattr(value, '__code__', None) and value.__code__.co_varnames[:2] == ('tf', 'b')
    if value.__code__.co_argcount == 2 and not name.startswith('_')
]

HISTORIES = [
    # Rule, limit, min_steps, evaluations (step, value): whether training stops after its first step.
    ['higher', 1, 0, []],
    ['higher', 1, 0, [[5, 2]]],
    ['higher', 1, 0, [[5, 1]]],
    ['higher', 1, 0, [[5, 2], [10, 0.5]]],
    ['higher', 1, 6, [[5, 2], [10, 0.5]]],
    ['higher', 1, 5, [[5, 2]]],
    ['higher', 1, 0, [[5, 2], [5, 0.5]]],
    ['higher', 1, 0, [[5, 0.5], [5, 2]]],
    ['lower', 1, 0, [[5, 0.5]]],
    ['lower', 1, 0, [[5, 1]]],
    ['no_decrease', 10, 0, [[0, 1], [5, 1], [10, 1]]],
    ['no_decrease', 10, 0, [[0, 1], [5, 1], [9, 1]]],
    ['no_decrease', 10, 0, [[0, 1], [5, 0.5], [10, 1]]],
    ['no_decrease', 5, 0, [[0, 1], [5, 2], [7, 0.5]]],
    ['no_decrease', 5, 0, [[0, 1], [6, 0.5], [8, 0.75]]],
    ['no_decrease', 5, 1, [[0, 0.25], [6, 1], [10, 1]]],
    ['no_decrease', 5, 1, [[0, 0.25], [6, 1], [11, 1]]],
    ['no_decrease', 5, 0, [[10, 1], [5, 0.5], [0, 1]]],
    ['no_decrease', 0, 0, [[5, 1]]],
    ['no_increase', 5, 0, [[0, 1], [5, 1]]],
    ['no_increase', 5, 0, [[0, 1], [4, 2], [8, 1]]],
    ['no_increase', 5, 0, [[0, 1], [4, 2], [9, 1]]],
]


def stops(tf, folder, rule, limit, min_steps, evaluations):
    """Returns whether a hook stops training, given the evaluations that stand in the event file."""
    bench = Bench(tf, folder)
    estimator = bench.estimator(save_checkpoints_secs=None)
    writer = tf.summary.FileWriter(estimator.eval_dir())
    for step, value in evaluations:
        writer.add_summary(tf.Summary(value=[tf.Summary.Value(tag='m', simple_value=value)]), step)
    writer.close()
    make = getattr(tf.estimator.experimental, f'stop_if_{rule}_hook')
    counted = []

    class Count(tf.train.SessionRunHook):
        def after_run(self, run_context, run_values):
            counted.append(1)

    hook = make(estimator, 'm', limit, min_steps=min_steps, **_EVERY_STEP)
    estimator.train(bench.ones, steps=2, hooks=[hook, Count()])
    return len(counted) == 1


def run(tf, name, folder):
    """Runs a program in an empty folder; returns its lines, what it returned or raised, and its files."""
    bench = Bench(tf, folder)
    result = {}
    with recorded(tf, bench.lines):
        try:
            result['returned'] = _plain(globals()[name](tf, bench))
        except Exception as error:
            result['raised'] = type(error).__name__
    tf.summary.FileWriterCache.clear()
    result['lines'] = [_normal(line, bench.folder) for line in bench.lines]
    result['files'] = _files(bench.path('model'))
    return result


@contextlib.contextmanager
def recorded(tf, lines):
    """Appends INFO lines of TensorFlow's logger to `lines`; warnings are worded as each likes."""

    class Handler(logging.Handler):
        def emit(self, record):
            text = record.getMessage()
            if record.levelno == logging.INFO and not any(noise in text for noise in _NOISE):
                lines.append(text)

    logger = logging.getLogger('tensorflow')
    handler, level = Handler(), logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


def _plain(value):
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, bytes):
        return 'bytes: ' + value.decode()
    return value.tolist() if isinstance(value, (np.generic, np.ndarray)) else value


def _normal(line, folder):
    for pattern, text in (
        (re.escape(folder), 'DIR'),
        (r'\(\d+\.\d+ sec\)', '(T sec)'),
        (r'global_step/sec: .*', 'global_step/sec: R'),
        (r'Waiting \d+\.\d+ secs before starting next', 'Waiting T secs before starting next'),
        (r'\d{4}-\d\d-\d\d[T-]\d\d:\d\d:\d\dZ?', 'WHEN'),
        (r'0x[0-9a-f]+', '0x'),
        (r'<tensorflow\.python[^>]*>', 'OBJECT'),
    ):
        line = re.sub(pattern, text, line)
    return line


def _files(folder):
    found = []
    for place, _, names in sorted(os.walk(folder)):
        stable = [re.sub('tfevents.*', 'tfevents', name) for name in names]
        found += [os.path.relpath(os.path.join(place, name), folder) for name in stable]
    return sorted(found)
