"""What the programs of ready-made Estimators share: small data, fixed weights, a short life, the served signatures."""

from __future__ import annotations

import os
import re
import zlib

import _lifetime
import _observe
import numpy as np
from tensorflow.core.protobuf import saved_model_pb2

_ROWS = 16
_COLLECTIONS = ('variables', 'trainable_variables', 'summaries', 'train_op')


def features():
    """Returns a dict of columns: numbers, words, weights."""
    random = np.random.RandomState(5)
    return {
        'x': random.uniform(-1, 1, (_ROWS, 3)).astype(np.float32),
        'age': random.uniform(0, 9, _ROWS).astype(np.float32),
        'word': np.array(['a', 'b', 'c', 'd'])[random.randint(0, 4, _ROWS)],
        'weight': random.uniform(0.5, 2, _ROWS).astype(np.float32),
    }


def classes(count):
    """Returns labels, `[rows] int32` below `count`."""
    return _observe.classes(_ROWS, count)


def values(width=1):
    """Returns labels, `[rows, width] float32`."""
    return np.random.RandomState(6).uniform(-1, 3, (_ROWS, width)).astype(np.float32)


def dense_columns(tf):
    """Feature columns for a network: numbers, buckets, an embedding, an indicator."""
    fc = tf.feature_column
    words = fc.categorical_column_with_vocabulary_list('word', ['a', 'b', 'c'])
    buckets = fc.bucketized_column(fc.numeric_column('age'), [3.0, 6.0])
    return [fc.numeric_column('x', shape=[3]), fc.embedding_column(words, 2), fc.indicator_column(words), buckets]


def sparse_columns(tf):
    """Feature columns for a linear model: words, numbers, buckets, a cross."""
    fc = tf.feature_column
    words = fc.categorical_column_with_vocabulary_list('word', ['a', 'b', 'c'])
    buckets = fc.bucketized_column(fc.numeric_column('age'), [3.0, 6.0])
    return [words, fc.numeric_column('x', shape=[3]), buckets, fc.crossed_column([buckets, 'word'], 7)]


def fixed_weights(tf):
    """A hook that starts trainable variables with values that follow from their names."""

    class FixedWeights(tf.train.SessionRunHook):
        def begin(self):
            self._values = [(v, tf.placeholder(v.dtype.base_dtype, v.shape)) for v in tf.trainable_variables()]
            self._assign = [tf.assign(variable, value) for variable, value in self._values]

        def after_create_session(self, session, coord):
            if session.run(tf.train.get_global_step()) == 0:
                session.run(self._assign, {p: _values_of(v) for v, p in self._values})

    return FixedWeights()


def _values_of(variable):
    seed = zlib.crc32(variable.op.name.encode()) % 2**31
    return _observe.weights(*variable.shape.as_list(), scale=0.5, seed=seed)


def input_fn(tf, labels, epochs=1):
    """Batches of eight, in order."""
    return tf.estimator.inputs.numpy_input_fn(features(), labels, 8, epochs, False)


def life(tf, workdir, make, labels, columns=None):
    """Trains four steps, evaluates, predicts and may export; returns what is to see.

    Args:
      tf: the TensorFlow to run on.
      workdir: an empty folder.
      make: function of a RunConfig that makes the Estimator.
      labels: an array, or a dict of arrays.
      columns: feature columns, for parsing what is served; None for no export.
    """
    log, losses, graph = [], [], {}
    config = _lifetime.config(tf, workdir, save_summary_steps=2, save_checkpoints_steps=100)
    with _observe.logged(tf, log, workdir):
        estimator = make(config)
        del log[:]
        hooks = [fixed_weights(tf), _observe.loss_hook(tf, losses), _observe.graph_hook(tf, graph)]
        estimator.train(input_fn(tf, labels, None), hooks=hooks, max_steps=4)
        evaluation = estimator.evaluate(input_fn(tf, labels))
        predictions = [_observe.plain(p) for p in estimator.predict(input_fn(tf, None))][:3]
        served = _signatures(tf, estimator, columns) if columns else {}
    return {
        'log': [line for line in log if 'export' not in line],
        'losses': losses,
        'variables': graph['variables'],
        'linear_model': sorted(_nodes_of_linear_model(workdir)),
        'collections': {key: graph['collections'].get(key, []) for key in _COLLECTIONS},
        'evaluation': _observe.typed(evaluation),
        'predictions': predictions,
        'signatures': served,
        'events': _without_bias(_observe.events(tf, workdir)),
        'final_variables': {
            name: _observe.plain(np.sum(np.abs(np.asarray(estimator.get_variable_value(name), np.float64))))
            for name in estimator.get_variable_names()
        },
    }


def _nodes_of_linear_model(workdir):
    """Yields the names of nodes that the linear model computes with, from the graph in the folder."""
    with open(os.path.join(workdir, 'graph.pbtxt')) as file:
        for name in re.findall(r'^  name: "(.*)"$', file.read(), re.MULTILINE):
            if name.startswith('linear/linear_model/') and 'Initializer' not in name:
                yield name


def _without_bias(events):
    # It is written in the step that changes it, before or after.
    for step in events['.']:
        if step[1] == 'summary':
            for tag in ('linear/bias', 'bias'):
                step[2].pop(tag, None)
    return events


def _signatures(tf, estimator, columns):
    """Returns `{signature: [method, inputs, outputs]}` of the exported model, tensors as name, type and shape."""
    spec = tf.feature_column.make_parse_example_spec(columns)
    receiver = tf.estimator.export.build_parsing_serving_input_receiver_fn(spec)
    folder = estimator.export_saved_model(os.path.join(estimator.model_dir, 'export'), receiver).decode()
    with open(os.path.join(folder, 'saved_model.pb'), 'rb') as file:
        exported = saved_model_pb2.SavedModel.FromString(file.read())
    return {
        name: [signature.method_name, _tensors(tf, signature.inputs), _tensors(tf, signature.outputs)]
        for name, signature in exported.meta_graphs[0].signature_def.items()
    }


def _tensors(tf, infos):
    return {
        key: [info.name, tf.as_dtype(info.dtype).name, [d.size for d in info.tensor_shape.dim]]
        for key, info in infos.items()
    }
