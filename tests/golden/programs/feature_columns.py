"""Feature columns of each kind: what input_layer and linear_model make of them, their variables, and those of parts."""

from __future__ import annotations

import os

import _observe
import numpy as np

_ROWS = 4
_WHERE = [[0, 0], [0, 1], [1, 0], [3, 0], [3, 1], [3, 2]]


def run(tf, workdir):
    """Returns by kind the values and the variables."""
    found = {}
    files = _vocabularies(workdir)
    for name, make in {**_dense(tf), **_categorical(tf, files)}.items():
        found[name] = _layers(tf, make)
    found['all in parts'] = _in_parts(tf)
    found['shared'] = _shared(tf)
    found['sequences'] = {name: _sequence(tf, make) for name, make in _sequences(tf, files).items()}
    found['keras'] = _keras(tf)
    found['specs'] = _specs(tf, files)
    return found


def _features(tf):
    return {
        'x': tf.constant([[1.0, 2.0], [3.0, 4.0], [-1.0, 0.5], [0.0, 7.0]]),
        'age': tf.constant([1.0, 3.0, 5.0, 9.0]),
        'id': tf.constant([[0], [3], [7], [-1]], tf.int64),
        'word': tf.constant([['a'], ['b'], ['zz'], ['c']]),
        'tags': tf.SparseTensor(_WHERE, tf.constant(['a', 'c', 'b', 'a', 'zz', 'c']), [_ROWS, 3]),
        'numbers': tf.SparseTensor(_WHERE, tf.constant([1, 2, 3, 1, 1, 5], tf.int64), [_ROWS, 3]),
        'weights': tf.SparseTensor(_WHERE, tf.constant([0.5, 1.0, 2.0, 0.25, 3.0, 1.5]), [_ROWS, 3]),
        'grams': tf.constant([[['a'], ['b']], [['c'], ['']], [['a'], ['a']], [['zz'], ['c']]]),
    }


def _vocabularies(workdir):
    paths = {}
    for name, lines in (('words', ['a', 'b', 'c', 'd']), ('short', ['c', 'a'])):
        paths[name] = os.path.join(workdir, name + '.txt')
        with open(paths[name], 'w') as file:
            file.write('\n'.join(lines) + '\n')
    return paths


def _dense(tf):
    fc = tf.feature_column
    return {
        'numeric': lambda: [fc.numeric_column('x', shape=[2], normalizer_fn=lambda x: x / 2.0)],
        'numeric of one': lambda: [fc.numeric_column('age')],
        'bucketized': lambda: [fc.bucketized_column(fc.numeric_column('x', shape=[2]), [0.0, 2.0, 5.0])],
    }


def _categorical(tf, files):
    fc = tf.feature_column
    words = ['a', 'b', 'c']

    def tags():
        return fc.categorical_column_with_vocabulary_list('tags', words, default_value=1)

    def buckets():
        return fc.bucketized_column(fc.numeric_column('age'), [2.0, 4.0])

    return {
        'identity': lambda: [fc.categorical_column_with_identity('id', 5, default_value=2)],
        'hash': lambda: [fc.categorical_column_with_hash_bucket('tags', 5)],
        'hash of numbers': lambda: [fc.categorical_column_with_hash_bucket('numbers', 4, tf.int64)],
        'list': lambda: [fc.categorical_column_with_vocabulary_list('tags', words)],
        'list with buckets': lambda: [fc.categorical_column_with_vocabulary_list('tags', words, num_oov_buckets=2)],
        'list of numbers': lambda: [fc.categorical_column_with_vocabulary_list('numbers', [5, 1, 3], tf.int64)],
        'file': lambda: [fc.categorical_column_with_vocabulary_file('tags', files['words'])],
        'file with buckets': lambda: [
            fc.categorical_column_with_vocabulary_file('tags', files['short'], 2, num_oov_buckets=3)
        ],
        'file cut': lambda: [fc.categorical_column_with_vocabulary_file('tags', files['words'], 2, default_value=0)],
        'weighted': lambda: [fc.weighted_categorical_column(tags(), 'weights')],
        'crossed': lambda: [fc.crossed_column(['word', 'tags'], 6)],
        'crossed with a key': lambda: [fc.crossed_column(['word', buckets()], 6, hash_key=7)],
        'crossed of columns': lambda: [fc.crossed_column([buckets(), tags()], 9)],
    }


def _constant(tf):
    return tf.constant_initializer(0.25)


def _layers(tf, make):
    found = {}
    with tf.Graph().as_default():
        columns, vars_by_column, outputs = make(), {}, {}
        is_dense = not hasattr(columns[0], 'num_buckets') or 'Bucketized' in type(columns[0]).__name__
        dense = columns if is_dense else _densified(tf, columns)
        net = tf.feature_column.input_layer(
            _features(tf), dense, cols_to_vars=vars_by_column, cols_to_output_tensors=outputs
        )
        found['input_layer'] = [
            _values(tf, net),
            _named(vars_by_column),
            {column.name: value.shape.as_list() for column, value in outputs.items()},
        ]
    with tf.Graph().as_default():
        vars_by_column = {}
        with tf.variable_scope('model'):
            for combiner in ('sum', 'mean', 'sqrtn'):
                logits = tf.feature_column.linear_model(
                    _features(tf), make(), units=2, sparse_combiner=combiner, cols_to_vars=vars_by_column
                )
                found['linear_model ' + combiner] = _values(tf, logits)
        found['variables'] = [[v.op.name, v.shape.as_list()] for v in tf.global_variables()]
        found['by column'] = _named(vars_by_column)
    return found


def _densified(tf, columns):
    fc = tf.feature_column
    embedded = [
        fc.embedding_column(columns[0], 2, combiner, _constant(tf), max_norm=0.3 if combiner == 'sum' else None)
        for combiner in ('mean', 'sum')
    ]
    return [*embedded[:1], fc.indicator_column(columns[0])]


def _values(tf, tensor):
    """Returns the values of a tensor, each trainable variable being filled with numbers of its own."""
    with tf.Session() as session:
        session.run([tf.global_variables_initializer(), tf.tables_initializer()])
        for variable in tf.trainable_variables():
            shape = variable.shape.as_list()
            variable.load(np.arange(1.0, 1.0 + np.prod(shape), dtype=np.float32).reshape(shape) / 8.0, session)
        return _observe.plain(session.run(tensor))


def _named(variables):
    if not isinstance(variables, dict):
        return variables
    return {getattr(key, 'name', key): [each.op.name for each in _parts(value)] for key, value in variables.items()}


def _parts(value):
    return list(value) if isinstance(value, (list, tuple)) or type(value).__name__ == 'PartitionedVariable' else [value]


def _in_parts(tf):
    fc = tf.feature_column
    words = fc.categorical_column_with_hash_bucket('tags', 8)
    with tf.Graph().as_default():
        vars_by_column, linear = {}, {}
        with tf.variable_scope('net', partitioner=tf.fixed_size_partitioner(3)):
            net = fc.input_layer(
                _features(tf), [fc.embedding_column(words, 2), fc.numeric_column('age')], cols_to_vars=vars_by_column
            )
            columns = [words, fc.numeric_column('x', shape=[2])]
            logits = fc.linear_model(_features(tf), columns, units=3, cols_to_vars=linear)
        return [
            _values(tf, [net, logits]),
            [[v.op.name, v.shape.as_list()] for v in tf.global_variables()],
            _named(vars_by_column),
            _named(linear),
        ]


def _shared(tf):
    fc = tf.feature_column
    found = {}
    for kind in ('shared_embedding_columns', 'shared_embeddings'):
        with tf.Graph().as_default():
            words = [
                fc.categorical_column_with_vocabulary_list('tags', ['a', 'b', 'c']),
                fc.categorical_column_with_vocabulary_list('word', ['a', 'b', 'c']),
            ]
            function = getattr(fc, kind, None) or getattr(tf.compat.v2.feature_column, kind)
            columns = function(words, 2, combiner='sqrtn', initializer=_constant(tf), max_norm=0.5)
            if kind == 'shared_embeddings':
                net = tf.keras.layers.DenseFeatures(columns)(_features(tf))
            else:
                net = fc.input_layer(_features(tf), columns)
            found[kind] = [
                [column.name for column in columns],
                _values(tf, net),
                [[v.op.name, v.shape.as_list()] for v in tf.global_variables()],
            ]
    return found


def _sequences(tf, files):
    fc = tf.feature_column
    words = ['a', 'b', 'c']
    return {
        'identity': lambda: fc.sequence_categorical_column_with_identity('numbers', 6),
        'hash': lambda: fc.sequence_categorical_column_with_hash_bucket('tags', 5),
        'list': lambda: fc.sequence_categorical_column_with_vocabulary_list('tags', words, num_oov_buckets=1),
        'file': lambda: fc.sequence_categorical_column_with_vocabulary_file('tags', files['words'], 3),
        'numeric': lambda: fc.sequence_numeric_column('weights', normalizer_fn=lambda x: x * 2.0),
    }


def _sequence(tf, make):
    fc = tf.feature_column
    with tf.Graph().as_default():
        column = make()
        if hasattr(column, 'num_buckets'):
            columns = [fc.embedding_column(column, 2), fc.indicator_column(column)]
        else:
            columns = [column]
        net, lengths = tf.keras.experimental.SequenceFeatures(columns)(_features(tf))
        return [_values(tf, [net, lengths]), [[v.op.name, v.shape.as_list()] for v in tf.global_variables()]]


def _keras(tf):
    fc = tf.feature_column
    with tf.Graph().as_default():
        words = fc.categorical_column_with_vocabulary_list('tags', ['a', 'b', 'c'])
        columns = [fc.numeric_column('x', shape=[2]), fc.embedding_column(words, 2), fc.indicator_column(words)]
        net = tf.keras.layers.DenseFeatures(columns, name='dense')(_features(tf))
        return [_values(tf, net), [[v.op.name, v.shape.as_list()] for v in tf.global_variables()]]


def _specs(tf, files):
    found = {}
    for name, make in {**_dense(tf), **_categorical(tf, files)}.items():
        spec = tf.feature_column.make_parse_example_spec(make())
        found[name] = {key: [type(value).__name__, value.dtype.name] for key, value in sorted(spec.items())}
    return found
