"""What the programs of this folder share: fixed data and weights, and ways to see what an Estimator did.

Everything here runs on TF 1.15 under Python 3.7 and on `tf1` alike. Results are JSON values.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re

import numpy as np

_COLLECTIONS = (
    'variables',
    'trainable_variables',
    'model_variables',
    'local_variables',
    'metric_variables',
    'moving_average_variables',
    'losses',
    'regularization_losses',
    'update_ops',
    'summaries',
    'train_op',
    'global_step',
    'eval_step',
)

# Ops that programs and tools refer to by name. Those inside TensorFlow's own functions differ between its releases.
_OP_TYPES = re.compile(
    r'VariableV2|Placeholder|MatMul|BiasAdd|Conv2D|MaxPool|Relu|Sigmoid|Softmax|ArgMax|.*Summary|NoOp|AssignAdd'
    r'|(Resource|Sparse)?Apply.*|SaveV2|RestoreV2|ShardedFilename|MergeV2Checkpoints|FusedBatchNorm.*|Random.*'
)
_UNNAMED = re.compile(r'gradients(_\d+)?/|enqueue_input/|.*/Initializer/|.*Assert|.*/assert_')

_TIMES = (
    (r'(global_step/sec): [\d.e+]+', r'\1: #'),
    (r'\([\d.]+ sec\)', '(# sec)'),
    (r'\d{4}-\d\d-\d\d[T-]\d\d:\d\d:\d\d', '#'),
    (r' at 0x[0-9a-f]+', ' at 0x#'),
    (r'(tfevents)\.\d+\.[^ /]+', r'\1.#'),
)


def images(rows, columns, seed=0):
    """Made-up pixels, `[rows, columns] float32` in [0, 1]."""
    return np.random.RandomState(seed).rand(rows, columns).astype(np.float32)


def classes(rows, count, seed=1):
    """Made-up labels, `[rows] int32` below `count`."""
    return np.random.RandomState(seed).randint(0, count, rows).astype(np.int32)


def weights(*shape, **options):
    """Fixed initial weights, `float32`, uniform in [-scale, scale); options are scale and seed."""
    values = np.random.RandomState(options.get('seed', 2)).uniform(-1, 1, shape)
    return (options.get('scale', 0.1) * values).astype(np.float32)


def plain(value):
    """Returns a value as JSON has it; floats to nine digits, as many as a float32 needs."""
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, bytes):
        return value.decode('latin-1')
    if isinstance(value, float):
        return float('%.9g' % value)  # noqa: UP031
    return value


def typed(values):
    """Returns `{key: [type, dtype, value]}` of a dict of arrays and NumPy scalars."""
    # NumPy 1 calls its type bool_, NumPy 2 bool.
    return {key: [type(v).__name__.rstrip('_'), str(getattr(v, 'dtype', '')), plain(v)] for key, v in values.items()}


def steady(text, workdir):
    """Returns a text without what differs from run to run: folders, times, addresses."""
    text = text.replace(workdir, 'DIR')
    for pattern, replacement in _TIMES:
        text = re.sub(pattern, replacement, text)
    return text


class _Log(logging.Handler):
    def __init__(self, lines, workdir):
        super().__init__()
        self._lines = lines
        self._workdir = workdir

    def emit(self, record):
        text = record.getMessage()
        # TF 1.15 advises against itself, and reads the step in the run that increments it.
        if 'deprecated' in text or 'has not been increased' in text:
            return
        level = '' if record.levelname == 'INFO' else record.levelname + ' '
        self._lines.append(level + steady(text, self._workdir))


@contextlib.contextmanager
def logged(tf, lines, workdir):
    """Appends to `lines`, in the `with` block, what TensorFlow logs."""
    logger = logging.getLogger('tensorflow')
    handler = _Log(lines, workdir)
    verbosity = tf.logging.get_verbosity()
    tf.logging.set_verbosity(tf.logging.INFO)
    logger.addHandler(handler)
    try:
        yield lines
    finally:
        logger.removeHandler(handler)
        tf.logging.set_verbosity(verbosity)


def loss_hook(tf, losses):
    """A hook that appends the loss of each training step to `losses`."""

    class LossHook(tf.train.SessionRunHook):
        def before_run(self, run_context):
            return tf.train.SessionRunArgs(run_context.original_args.fetches[1])

        def after_run(self, run_context, run_values):
            losses.append(plain(run_values.results))

    return LossHook()


def graph_hook(tf, found):
    """A hook that puts a description of the session's graph into the dict `found`."""

    class GraphHook(tf.train.SessionRunHook):
        def after_create_session(self, session, coord):
            found.update(describe_graph(tf, session.graph))

    return GraphHook()


def call_hook(tf, name, calls):
    """A hook that appends its name and each method called to the list `calls`."""

    class CallHook(tf.train.SessionRunHook):
        def begin(self):
            calls.append(name + ' begin' + (', graph finalized' if tf.get_default_graph().finalized else ''))

        def after_create_session(self, session, coord):
            calls.append(name + ' after_create_session ' + type(coord).__name__)

        def before_run(self, run_context):
            arguments = run_context.original_args
            calls.append(f'{name} before_run {_names(arguments.fetches)} {arguments.feed_dict}')

        def after_run(self, run_context, run_values):
            calls.append(f'{name} after_run, stop requested: {run_context.stop_requested}')

        def end(self, session):
            calls.append(name + ' end')

    return CallHook()


def _names(fetches):
    if isinstance(fetches, dict):
        return {key: value.name for key, value in sorted(fetches.items())}
    return [fetch.name for fetch in fetches] if isinstance(fetches, list) else fetches.name


def call_listener(tf, name, calls):
    """A checkpoint listener that appends its name and each method called to the list `calls`."""

    class CallListener(tf.train.CheckpointSaverListener):
        def begin(self):
            calls.append(name + ' begin')

        def before_save(self, session, global_step_value):
            calls.append(f'{name} before_save {global_step_value}')

        def after_save(self, session, global_step_value):
            calls.append(f'{name} after_save {global_step_value}')

        def end(self, session, global_step_value):
            calls.append(f'{name} end {global_step_value}')

    return CallListener()


def after_step_read(tf):
    """Makes the ops of a `with` block wait for the read of the global step that SummarySaverHook asks for.

    The hook reads in the run that increments, and TensorFlow leaves their order open. In a step that takes its time the
    read comes first; in those of these programs it may not, and then a summary is written one step early.
    """
    # This hook asks for the same read, and its begin makes it.
    tf.train.StopAtStepHook(num_steps=1).begin()
    return tf.control_dependencies(tf.get_collection('global_step_read_op_cache'))


def describe_graph(tf, graph):
    """Returns variables, collections and op names of a graph."""
    with graph.as_default():
        variables = [[v.op.name, v.dtype.base_dtype.name, v.shape.as_list()] for v in tf.global_variables()]
    return {
        'variables': variables,
        'collections': {
            key: [item.name for item in graph.get_collection(key)] for key in _COLLECTIONS if graph.get_collection(key)
        },
        'ops': {op.name: op.type for op in graph.get_operations() if _is_named(op)},
        'seed': graph.seed,
    }


def _is_named(op):
    return _OP_TYPES.fullmatch(op.type) and not _UNNAMED.match(op.name)


def files(folder):
    """Returns the paths of all files under a folder, relative and sorted, without the times in their names."""
    found = [os.path.relpath(os.path.join(root, name), folder) for root, _, names in os.walk(folder) for name in names]
    return sorted(steady(name, folder) for name in found)


def checkpoints(folder):
    """Returns the lines of the file `checkpoint`, and the steps that have a checkpoint."""
    state = os.path.join(folder, 'checkpoint')
    lines = []
    if os.path.exists(state):
        with open(state) as file:
            lines = steady(file.read(), folder).splitlines()
    steps = [re.match(r'model\.ckpt-(\d+)\.index$', name) for name in os.listdir(folder)]
    return {'state': lines, 'steps': sorted(int(match.group(1)) for match in steps if match)}


def events(tf, folder):
    """Returns `{subfolder: [[step, kind, content], ...]}` of all event files under a folder."""
    found = {}
    for root, _, names in os.walk(folder):
        for name in sorted(n for n in names if 'tfevents' in n):
            written = found.setdefault(os.path.relpath(root, folder), [])
            for event in tf.train.summary_iterator(os.path.join(root, name)):
                written.append([event.step, event.WhichOneof('what'), _content(tf, event, folder)])
    return found


def _content(tf, event, folder):
    kind = event.WhichOneof('what')
    if kind == 'summary':
        return {value.tag: _summary_value(tf, value, folder) for value in event.summary.value}
    if kind == 'session_log':
        status = tf.SessionLog.SessionStatus.Name(event.session_log.status)
        return ' '.join([status, steady(event.session_log.checkpoint_path, folder)]).strip()
    return None


def _summary_value(tf, value, folder):
    kind = value.WhichOneof('value')
    if kind == 'simple_value':
        return '#' if _depends_on_speed(value.tag) else plain(value.simple_value)
    if kind == 'histo':
        return [kind, value.histo.num, plain(value.histo.min), plain(value.histo.max), plain(value.histo.sum)]
    if kind == 'image':
        return [kind, value.image.height, value.image.width, value.image.colorspace]
    content = plain(tf.make_ndarray(value.tensor))
    return [kind, steady(content, folder) if isinstance(content, str) else content]


def _depends_on_speed(tag):
    return tag == 'global_step/sec' or '/fraction_' in tag or 'queuefraction_' in tag
