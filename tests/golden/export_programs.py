"""Small programs that export SavedModels. They run under TF 1.15.5 and Python 3.7, and under `tf1` in the tests.

Every function takes the TensorFlow that it shall use. All weights are constants, so values can be compared.
"""

import contextlib
import logging
import os
import re
import tempfile

import numpy as np

ROWS = np.array([[1.0, 2.0], [3.0, -4.0], [0.5, 0.25]], np.float32)
LABELS = np.array([1, 0, 2], np.int32)


def input_fn(tf):
    return lambda: ({'x': tf.constant(ROWS)}, tf.constant(LABELS))


def make_model(tf, outputs=None, scaffold=None, metrics=None, single=False):
    """A linear model of three classes, SGD at 0.1; `outputs(tf, x, y)` gives its export_outputs."""

    def model_fn(features, labels, mode):
        x = features['x'] if isinstance(features, dict) else features
        weights = np.arange(1, 7, dtype=np.float32).reshape(2, 3) / 10
        y = tf.matmul(x, tf.get_variable('w', initializer=weights), name='scores')
        predictions = y if single else {'y': y, 'class': tf.argmax(y, 1)}
        made = scaffold(tf) if scaffold else None
        export_outputs = outputs(tf, x, y) if outputs else None
        if mode == 'infer':
            return tf.estimator.EstimatorSpec(
                mode, predictions=predictions, export_outputs=export_outputs, scaffold=made
            )
        loss = tf.reduce_mean(tf.square(y))
        train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss, tf.train.get_global_step())
        return tf.estimator.EstimatorSpec(
            mode,
            predictions=predictions,
            loss=loss,
            train_op=train_op,
            eval_metric_ops=metrics(tf, labels, y) if metrics else None,
            scaffold=made,
        )

    return model_fn


def raw(tf):
    x = tf.placeholder(tf.float32, [None, 2], name='raw_x')
    return tf.estimator.export.ServingInputReceiver({'x': x}, {'x': x})


def tensor_receiver(tf):
    x = tf.placeholder(tf.float32, [None, 2], name='tensor_x')
    return tf.estimator.export.TensorServingInputReceiver(x, x)


def alternatives(tf):
    x = tf.placeholder(tf.float32, [None, 2], name='raw_x')
    examples = tf.placeholder(tf.string, [None], name='examples')
    return tf.estimator.export.ServingInputReceiver(
        {'x': x}, {'examples': examples}, {'raw': {'x': x}, 'alone': x, 'same': examples}
    )


def parsing(tf):
    spec = {'x': tf.FixedLenFeature([2], tf.float32)}
    return tf.estimator.export.build_parsing_serving_input_receiver_fn(spec)()


def parsing_batch(tf):
    spec = {'x': tf.FixedLenFeature([2], tf.float32), 'unused': tf.VarLenFeature(tf.string)}
    return tf.estimator.export.build_parsing_serving_input_receiver_fn(spec, 3)()


def raw_built(tf):
    return tf.estimator.export.build_raw_serving_input_receiver_fn({'x': tf.zeros([7, 2], name='like')}, 3)()


def all_kinds(tf, x, y):
    export = tf.estimator.export
    return {
        'serving_default': export.ClassificationOutput(scores=y, classes=tf.as_string(y)),
        'scores': export.ClassificationOutput(scores=y),
        'classes': export.ClassificationOutput(classes=tf.as_string(y)),
        'sum': export.RegressionOutput(tf.reduce_sum(y, 1)),
        'double': export.RegressionOutput(tf.cast(y, tf.float64)),
        'many': export.PredictOutput({'y': y, ('x', 'y'): x + 1.0}),
        'one': export.PredictOutput(y),
    }


def one(tf, x, y):
    return {'named': tf.estimator.export.PredictOutput({'y': y})}


def none(tf, x, y):
    return {}


def looked_up(tf, x, y):
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'export_vocabulary.txt')
    lines = tf.lookup.TextFileIndex
    initializer = tf.lookup.TextFileInitializer(path, tf.int64, lines.LINE_NUMBER, tf.string, lines.WHOLE_LINE)
    table = tf.lookup.StaticHashTable(initializer, 'unknown')
    return {'words': tf.estimator.export.PredictOutput({'word': table.lookup(tf.argmax(y, 1))})}


def own_scaffold(tf):
    local = tf.get_local_variable('local', initializer=3.0)
    return tf.train.Scaffold(
        local_init_op=tf.group(local.initializer, name='own_local_init'),
        saver=tf.train.Saver(name='own_saver', max_to_keep=2),
    )


def two_metrics(tf, labels, y):
    return {
        'accuracy': tf.metrics.accuracy(labels, tf.argmax(y, 1)),
        'a/b': (tf.reduce_mean(y), tf.no_op(name='update')),
    }


# Model arguments, and the receiver of each mode; 'supervised' stands for features and labels.
PROGRAMS = {
    'defaults': ({}, {'infer': raw}),
    'single_tensor': ({'single': True}, {'infer': tensor_receiver}),
    'all_kinds_of_examples': ({'outputs': all_kinds}, {'infer': parsing}),
    'all_kinds_of_raw_input': ({'outputs': all_kinds}, {'infer': raw}),
    'all_kinds_of_alternatives': ({'outputs': all_kinds}, {'infer': alternatives}),
    'one_output': ({'outputs': one}, {'infer': raw_built}),
    'no_outputs': ({'outputs': none}, {'infer': parsing_batch}),
    'vocabulary': ({'outputs': looked_up}, {'infer': raw}),
    'own_scaffold': ({'scaffold': own_scaffold}, {'infer': raw}),
    'train': ({'metrics': two_metrics}, {'train': 'supervised'}),
    'eval_of_a_tensor': ({'single': True}, {'eval': 'supervised'}),
    'train_with_serving_receiver': ({}, {'train': raw}),
    'all_modes': ({'metrics': two_metrics}, {'infer': raw, 'eval': 'supervised', 'train': 'supervised'}),
}
TAGS = {'train': 'train', 'eval': 'eval', 'infer': 'serve'}


@contextlib.contextmanager
def recorded(lines):
    """Appends to `lines` what goes to TensorFlow's logger, but for what is no matter of exports."""
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.levelname + ' ' + record.getMessage())
    logger = logging.getLogger('tensorflow')
    level, propagates = logger.level, logger.propagate
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
        logger.propagate = propagates


def train(tf, name, folder):
    """Returns the Estimator of a program after two steps."""
    arguments, _ = PROGRAMS[name]
    config = tf.estimator.RunConfig(save_summary_steps=None, log_step_count_steps=None)
    estimator = tf.estimator.Estimator(make_model(tf, **arguments), os.path.join(folder, 'model'), config)
    return estimator.train(input_fn(tf), steps=2)


def export(tf, name, estimator, folder, build_supervised):
    """Runs the export of a program; returns what TF 1.15's method returns."""
    _, receivers = PROGRAMS[name]

    def receiver_fn(receiver):
        if receiver == 'supervised':
            return lambda: build_supervised({'x': tf.constant(ROWS, name='x')}, tf.constant(LABELS, name='labels'))()
        return lambda: receiver(tf)

    extra = {'notes/words.txt': os.path.join(os.path.dirname(os.path.abspath(__file__)), 'export_vocabulary.txt')}
    return estimator.experimental_export_all_saved_models(
        os.path.join(folder, 'exports'),
        {mode: receiver_fn(receiver) for mode, receiver in receivers.items()},
        assets_extra=extra if name == 'vocabulary' else None,
        as_text=name == 'one_output',
    )


def describe(tf, name, path):
    """Loads every graph of an export and returns what is in it, with the values of all signatures that take floats."""
    _, receivers = PROGRAMS[name]
    graphs = {}
    for mode in receivers:
        with tf.Graph().as_default(), tf.Session() as session:
            meta_graph = tf.saved_model.loader.load(session, [TAGS[mode]], path)
            signatures = meta_graph.signature_def
            graphs[TAGS[mode]] = {
                'signatures': {key: _signature(tf, signatures[key]) for key in signatures},
                'collections': sorted(meta_graph.collection_def),
                'stripped_default_attrs': meta_graph.meta_info_def.stripped_default_attrs,
                'saver': meta_graph.saver_def.restore_op_name,
                'main_op': list(meta_graph.collection_def['saved_model_main_op'].node_list.value),
                'values': {key: _values(session, signatures[key]) for key in signatures},
            }
    return {'files': files(path), 'graphs': graphs}


def files(folder):
    """Returns the paths below a folder."""
    found = [
        os.path.relpath(os.path.join(where, name), folder) for where, _, names in os.walk(folder) for name in names
    ]
    return sorted(found)


def _signature(tf, signature):
    def tensors(infos):
        return {
            key: [info.name, tf.as_dtype(info.dtype).name, str(tf.TensorShape(info.tensor_shape))]
            for key, info in infos.items()
        }

    return {'method': signature.method_name, 'in': tensors(signature.inputs), 'out': tensors(signature.outputs)}


def _values(session, signature):
    feeds = {'label': LABELS}
    feeds = {info.name: feeds.get(key, ROWS) for key, info in signature.inputs.items()}
    if any('example' in name for name in feeds):
        return None
    names = {key: info.name for key, info in signature.outputs.items()}
    # A metric's value is read in a run of its own, after its update.
    values = {key: name for key, name in names.items() if key.endswith('/value')}
    fetched = session.run({key: name for key, name in names.items() if key not in values}, feeds)
    fetched.update(session.run(values, feeds))
    return {
        key: [text.decode() for text in value.ravel()] if value.dtype == object else value.tolist()
        for key, value in fetched.items()
    }


def anonymous(lines, folder):
    """Returns log lines without folders and times, and without what TensorFlow itself words differently today."""
    kept = []
    for line in lines:
        if 'deprecat' in line.lower():
            continue
        line = line.replace(folder, 'DIR')
        line = re.sub(r"b'(\d{10}|[^']*/\d{10})'", r'\1', line)
        line = re.sub(r'(; got|Regression output) .*', r'\1 ...', line)
        kept.append(re.sub(r'\d{10}', 'TIME', line))
    return kept


def errors(tf):
    """Returns, by case, the exception type that wrong arguments raise, or None."""
    export = tf.estimator.export
    x = tf.constant([1.0])
    words = tf.constant(['a'])
    sparse = tf.SparseTensor([[0, 0]], [1.0], [1, 1])
    receivers = {
        'dicts': ({'a': x}, {'a': x}),
        'tensors': (x, x),
        'sparse': ({'a': sparse}, {'a': sparse}),
        'no features': (None, x),
        'no receivers': ({'a': x}, None),
        'array': ({'a': np.zeros(2)}, x),
        'list': ([x], x),
        'variable': ({'a': tf.Variable(1.0)}, x),
        'nested': ({'a': {'b': x}}, x),
        'integer key': ({1: x}, x),
        'tuple key': ({('a', 'b'): x}, x),
        'integer key of receivers': (x, {1: x}),
        'array receiver': (x, {'a': np.zeros(2)}),
        'alternatives': (x, x, {'more': x}),
        'list of alternatives': (x, x, [x]),
        'number as alternative': (x, x, {'more': {'a': 3}}),
    }
    cases = {}
    for name, arguments in receivers.items():
        cases['ServingInputReceiver, ' + name] = lambda a=arguments: export.ServingInputReceiver(*a)
        cases['TensorServingInputReceiver, ' + name] = lambda a=arguments: export.TensorServingInputReceiver(*a)
    parse, build_raw = export.build_parsing_serving_input_receiver_fn, export.build_raw_serving_input_receiver_fn
    best, latest = tf.estimator.BestExporter, tf.estimator.LatestExporter
    cases.update(
        {
            'parsing, None built': lambda: parse(None),
            'parsing, None': lambda: parse(None)(),
            'parsing, empty': lambda: parse({})(),
            'parsing, no spec': lambda: parse({'x': 3})(),
            'raw, None built': lambda: build_raw(None),
            'raw, None': lambda: build_raw(None)(),
            'raw, tensor': lambda: build_raw(x)(),
            'raw, array': lambda: build_raw({'x': np.zeros([2, 2])})(),
            'raw, integer key': lambda: build_raw({1: x})(),
            'raw, scalar': lambda: build_raw({'x': tf.constant(1.0)})(),
            'classification of nothing': lambda: export.ClassificationOutput(),
            'classification of text': lambda: export.ClassificationOutput(scores=words),
            'regression of text': lambda: export.RegressionOutput(words),
            'prediction None': lambda: export.PredictOutput(None),
            'prediction sparse': lambda: export.PredictOutput(sparse),
            'latest 0': lambda: latest('a', None, exports_to_keep=0),
            'latest text': lambda: latest('a', None, exports_to_keep='a'),
            'latest None': lambda: latest('a', None, exports_to_keep=None),
            'best': lambda: best(),
            'best 0': lambda: best(exports_to_keep=0),
            'best without compare_fn': lambda: best(compare_fn=None),
            'best with a number': lambda: best(compare_fn=3),
            'best with other arguments': lambda: best(compare_fn=lambda a, b: True),
            'best with one more': lambda: best(compare_fn=lambda best_eval_result, current_eval_result, c: True),
            'best, other order': lambda: best(compare_fn=lambda current_eval_result, best_eval_result: True),
        }
    )
    return {name: _error(case) for name, case in cases.items()}


def export_errors(tf, estimator, folder):
    """Returns, by case, the exception type of an export with wrong arguments, or None."""

    def base():  # TF 1.15 leaves a failed export behind, and fails at it again within the same second.
        return tempfile.mkdtemp(dir=folder)

    empty = tf.estimator.Estimator(make_model(tf), os.path.join(folder, 'empty'))
    save = estimator.export_saved_model
    cases = {
        'no checkpoint': lambda: empty.export_saved_model(base(), lambda: raw(tf)),
        'no such checkpoint': lambda: save(base(), lambda: raw(tf), checkpoint_path=os.path.join(folder, 'none')),
        'no receiver function': lambda: save(base(), None),
        'number as receiver function': lambda: save(base(), 3),
        'no receiver': lambda: save(base(), lambda: None),
        'dict as receiver': lambda: save(base(), lambda: {'x': tf.zeros([1, 2])}),
        'unknown mode': lambda: save(base(), lambda: raw(tf), experimental_mode='serve'),
        'no base': lambda: save(None, lambda: raw(tf)),
        'missing file': lambda: save(base(), lambda: raw(tf), assets_extra={'a': os.path.join(folder, 'none')}),
        'no modes': lambda: estimator.experimental_export_all_saved_models(base(), {}),
        'modes None': lambda: estimator.experimental_export_all_saved_models(base(), None),
    }
    return {name: _error(case) for name, case in cases.items()}


def _error(case):
    try:
        case()
    except Exception as error:  # noqa: BLE001 - the type is what is recorded.
        return type(error).__name__
    return None
