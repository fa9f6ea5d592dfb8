"""Writes tests/golden/graph_calls/AREA.json.gz: the graph that TF 1.15.5 builds for each line of AREA.txt.

Run it under TF 1.15.5 and Python 3.7; without areas it writes all of them:

    python tools/golden/graph_calls.py [AREA ...]

A line is one call, or a few with `;` between them, of TF 1's public API, executed in a graph of its own under a graph
seed. It may use `READY`'s values; those that it names are built before it, in READY's order. Lines that start with `#`
are comments. `python -m tools.golden.graph_difference` runs the same lines on today's TensorFlow and compares.
"""

import ast
import base64
import glob
import gzip
import hashlib
import importlib
import json
import os
import re
import sys
import traceback

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'tests', 'golden', 'graph_calls')
SEED = 87

# Name of a value that lines may use -> how it is built: placeholders, and variables that start as zeros.
READY = {
    'x': "tf.placeholder(tf.float32, [4, 8], name='x')",
    'y': "tf.placeholder(tf.float32, [4, 8], name='y')",
    'column': "tf.placeholder(tf.float32, [4, 1], name='column')",
    'vector': "tf.placeholder(tf.float32, [4], name='vector')",
    'features': "tf.placeholder(tf.float32, [4, 3], name='features')",
    'channels': "tf.placeholder(tf.float32, [3], name='channels')",
    'matrix': "tf.placeholder(tf.float32, [4, 4], name='matrix')",
    'batch_matrices': "tf.placeholder(tf.float32, [2, 4, 4], name='batch_matrices')",
    'probability': "tf.placeholder(tf.float32, [], name='probability')",
    'unknown': "tf.placeholder(tf.float32, [None, 8], name='unknown')",
    'image': "tf.placeholder(tf.float32, [2, 8, 8, 3], name='image')",
    'unknown_image': "tf.placeholder(tf.float32, [None, None, None, 3], name='unknown_image')",
    'picture': "tf.placeholder(tf.uint8, [8, 8, 3], name='picture')",
    'volume': "tf.placeholder(tf.float32, [2, 4, 8, 8, 3], name='volume')",
    'sequence': "tf.placeholder(tf.float32, [2, 5, 3], name='sequence')",
    'unknown_sequence': "tf.placeholder(tf.float32, [None, None, 3], name='unknown_sequence')",
    'time_major': "tf.placeholder(tf.float32, [5, 2, 3], name='time_major')",
    'lengths': "tf.placeholder(tf.int32, [2], name='lengths')",
    'ids': "tf.placeholder(tf.int32, [4], name='ids')",
    'integers': "tf.placeholder(tf.int32, [4, 8], name='integers')",
    'classes': "tf.placeholder(tf.int64, [4, 1], name='classes')",
    'boolean': "tf.placeholder(tf.bool, [4, 8], name='boolean')",
    'flag': "tf.placeholder(tf.bool, [], name='flag')",
    'strings': "tf.placeholder(tf.string, [4], name='strings')",
    'scalar_string': "tf.placeholder(tf.string, [], name='scalar_string')",
    'sparse_indices': "tf.placeholder(tf.int64, [3, 2], name='sparse_indices')",
    'sparse': "tf.SparseTensor(sparse_indices, tf.placeholder(tf.int64, [3], name='sparse_values'), [4, 6])",
    'sparse_weights': "tf.SparseTensor(sparse_indices, tf.placeholder(tf.float32, [3], name='sparse_weights'), [4, 6])",
    'sparse_strings': "tf.SparseTensor(sparse_indices, tf.placeholder(tf.string, [3], name='sparse_strings'), [4, 6])",
    'weights': "tf.get_variable('weights', [8, 3], initializer=tf.zeros_initializer())",
    'resource_weights': "tf.get_variable('r', [8, 3], initializer=tf.zeros_initializer(), use_resource=True)",
    'loss': "tf.nn.l2_loss(weights, name='loss')",
    'sparse_loss': "tf.nn.l2_loss(tf.gather(weights, tf.constant([1, 2])), name='sparse_loss')",
    'resource_loss': "tf.nn.l2_loss(resource_weights, name='resource_loss')",
    'step': 'tf.train.get_or_create_global_step()',
    'slim': 'tf.contrib.slim',
    'nets': "importlib.import_module(tf.__name__ + '.contrib.slim.nets')",
    'ds': 'tf.contrib.distributions',
}


# Attributes that differ from run to run or from machine to machine.
_OF_A_PROCESS = ('config_proto', 'container', 'metadata', 'shared_name', 'token')


def areas():
    """Returns the names of all areas, sorted."""
    return sorted(os.path.basename(path)[: -len('.txt')] for path in glob.glob(os.path.join(FOLDER, '*.txt')))


def calls(area):
    """Returns the lines of an area, as they stand."""
    with open(os.path.join(FOLDER, area + '.txt')) as file:
        lines = [line.rstrip('\n') for line in file]
    return [line for line in lines if line and not line.startswith('#')]


def golden(area):
    """Returns what TF 1.15.5 built: line -> graph as `describe` returns it."""
    with gzip.open(os.path.join(FOLDER, area + '.json.gz'), 'rt', encoding='utf-8') as file:
        return json.load(file)


def build(tf, line):
    """Returns the graph that a line builds with TensorFlow's module `tf`."""
    import numpy as np

    graph = tf.Graph()
    with graph.as_default():
        tf.set_random_seed(SEED)
        # Keras draws the seeds of what has none from NumPy.
        np.random.seed(SEED)
        names = {'tf': tf, 'np': np, 'importlib': importlib}
        for name in _ready_names(line):
            names[name] = eval(READY[name], names)
        exec(compile(line, line, 'exec'), names)
    # What a line opened by hand (`tf.name_scope('a').__enter__()`) ends with the graph.
    return graph


def _ready_names(line):
    used, pending = set(), [line]
    while pending:
        nodes = ast.walk(ast.parse(pending.pop()))
        new = {node.id for node in nodes if isinstance(node, ast.Name) and node.id in READY} - used
        used |= new
        pending += [READY[name] for name in new]
    return [name for name in READY if name in used]


def describe(graph):
    """Returns a graph as plain data.

    `nodes` lists [name, type, inputs, control inputs, attributes] in the order in which they were built, `functions`
    the same for the functions that nodes call, in the order of their first use, and `collections` the contents of each
    collection, by name.
    """
    definition = graph.as_graph_def()
    by_name = {node.name: node for node in definition.node}
    library = {function.signature.name: function for function in definition.library.function}
    order = _FunctionOrder(library)
    nodes = [_node(by_name[op.name], order) for op in graph.get_operations()]
    functions = []
    while order.pending:
        functions.append([_node(node, order) for node in library[order.pending.pop(0)].node_def])
    collections = {
        str(key): [_item_name(item) for item in graph.get_collection(key)] for key in graph.get_all_collection_keys()
    }
    return {'nodes': nodes, 'functions': functions, 'collections': collections}


class _FunctionOrder:
    def __init__(self, library):
        self._library = library
        self._numbers = {}
        self.pending = []

    def number(self, name):
        if name not in self._numbers:
            self._numbers[name] = len(self._numbers)
            if name in self._library:
                self.pending.append(name)
        return self._numbers[name]


def _node(node, order):
    controls = [name[1:] for name in node.input if name.startswith('^')]
    inputs = [name for name in node.input if not name.startswith('^')]
    attributes = {}
    for key in sorted(node.attr):
        if not key.startswith('_') and key not in _OF_A_PROCESS:
            attributes[key] = _attribute(node.attr[key], order)
    return [node.name, node.op, inputs, sorted(controls), attributes]


def _attribute(value, order):
    kind = value.WhichOneof('value')
    if kind == 'type':
        return value.type
    if kind == 'tensor':
        return _tensor(value.tensor)
    if kind == 'func':
        return f'function {order.number(value.func.name)}'
    if kind == 's':
        return _text(value.s)
    if kind == 'shape':
        return str([dim.size for dim in value.shape.dim]) if not value.shape.unknown_rank else 'unknown'
    if kind == 'list':
        items = value.list
        if items.func:
            return [f'function {order.number(function.name)}' for function in items.func]
        if items.s:
            return [_text(item) for item in items.s]
        if items.shape:
            return [str([dim.size for dim in shape.dim]) for shape in items.shape]
        return list(items.i) or list(items.f) or list(items.b) or list(items.type)
    return getattr(value, kind) if kind else None


def _tensor(proto):
    """Returns a short text for a constant's value: type, shape, and the values or their digest."""
    import numpy as np

    shape = [dim.size for dim in proto.tensor_shape.dim]
    if proto.dtype == 7:
        values = [_text(item) for item in proto.string_val]
        return f'string {shape} {values if len(values) <= 16 else _digest(repr(values).encode())}'
    array = _make_ndarray(proto)
    data = array.ravel()
    if data.size <= 16:
        return f'{array.dtype} {shape} {data.tolist()}'
    if data.dtype.kind == 'f':
        # Libraries differ in the last digits of what Python computes.
        data = np.array([f'{item:.5g}' for item in data.tolist()])
    return f'{array.dtype} {shape} {_digest(data.tobytes())}'


def _make_ndarray(proto):
    import tensorflow

    return tensorflow.make_ndarray(proto)


def _digest(data):
    return base64.b64encode(hashlib.sha1(data).digest()[:9]).decode()


def _text(data):
    text = re.sub('_temp_[0-9a-f]{32}', '_temp', data.decode('utf-8', 'backslashreplace'))
    return text if len(text) <= 80 else 'digest ' + _digest(data)


def _item_name(item):
    for attribute in ('name', 'op_name'):
        name = getattr(item, attribute, None)
        if isinstance(name, str):
            return name
    return type(item).__name__.lstrip('_')


def main(names):
    """Writes the golden files of the areas, and says which lines fail."""
    import tensorflow as tf

    tf.compat.v1.logging.set_verbosity(tf.compat.v1.logging.ERROR)
    failed = 0
    for area in names or areas():
        seen = {}
        for line in calls(area):
            try:
                seen[line] = describe(build(tf, line))
            except Exception:
                failed += 1
                print(f'{area}: {line}\n    {traceback.format_exc().strip().splitlines()[-1]}')
        path = os.path.join(FOLDER, area + '.json.gz')
        data = json.dumps(seen, separators=(',', ':'), sort_keys=True).encode()
        with open(path, 'wb') as raw, gzip.GzipFile('', 'wb', 9, raw, mtime=0) as file:
            file.write(data)
        print(f'{area}: {len(seen)} calls, {os.path.getsize(path)} bytes')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
