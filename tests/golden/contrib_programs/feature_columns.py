"""Cases of the feature columns of `tf.contrib.layers`. The initialisers of tables are left out: names apart."""


def _features(tf):
    def sparse(values):
        return tf.SparseTensor([[0, 0], [1, 0], [1, 1]], values, [3, 2])

    return {
        'word': sparse(['p', 'q', 'r']),
        'other': sparse(['p', 'q', 's']),
        'key': sparse(['a', 'b', 'zz']),
        'number': sparse(tf.constant([1, 4, 8], tf.int64)),
        'pair': tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]),
        'single': tf.constant([[0.0], [1.0], [2.5]]),
        'weight': sparse([0.5, 2.0, 3.0]),
        'dense': tf.constant([['p', ''], ['q', 'r'], ['', '']]),
    }


def _columns(tf):
    layers = tf.contrib.layers
    word = layers.sparse_column_with_hash_bucket('word', 10)
    key = layers.sparse_column_with_keys('key', ['a', 'b'])
    number = layers.sparse_column_with_integerized_feature('number', 5)
    single = layers.real_valued_column('single')
    return {
        'word': word,
        'other': layers.sparse_column_with_hash_bucket('other', 10, combiner='mean'),
        'key': key,
        'number': number,
        'pair': layers.real_valued_column('pair', 2, normalizer=lambda values: values * 2.0),
        'single': single,
        'buckets': layers.bucketized_column(single, [1.0, 2.0]),
        'pair_buckets': layers.bucketized_column(layers.real_valued_column('pair', 2), [2.0, 4.0, 4.0]),
        'weighted': layers.weighted_sparse_column(key, 'weight'),
        'crossed': layers.crossed_column([word, key], 7),
    }


def _evaluated(tf, make):
    """Runs what `make` returns with tables filled and variables that count 0.0, 0.1, 0.2 and so on."""
    import numpy as np

    results = make()
    results = {name: value for name, value in results.items() if value is not None}
    with tf.Session() as session:
        session.run([tf.global_variables_initializer(), tf.tables_initializer()])
        for variable in tf.global_variables():
            shape = variable.shape.as_list()
            variable.load(np.arange(int(np.prod(shape))).reshape(shape).astype(np.float32) / 10, session)
        seen = {name: _plain(session.run(value)) for name, value in results.items()}
    tf.get_default_graph().clear_collection('table_initializer')
    tf.get_default_graph().clear_collection('asset_filepaths')
    return seen


def _plain(value):
    if hasattr(value, 'dense_shape'):
        return [value.indices, value.values, value.dense_shape]
    return [_plain(part) for part in value] if isinstance(value, (list, tuple)) else value


def case_input_layer(tf):
    layers, columns = tf.contrib.layers, _columns(tf)
    used = [
        columns['pair'],
        columns['single'],
        columns['buckets'],
        columns['pair_buckets'],
        layers.one_hot_column(columns['key']),
        layers.one_hot_column(columns['weighted']),
        layers.embedding_column(columns['word'], 3),
        layers.embedding_column(columns['weighted'], 2, combiner='sum'),
        layers.embedding_column(columns['crossed'], 2, combiner='sqrtn', max_norm=0.5),
    ]
    parts = {}

    def make():
        made = {'layer': layers.input_from_feature_columns(_features(tf), used, ['mine'], cols_to_outs=parts)}
        made['widths'] = tf.constant(
            [part.shape.as_list()[1] for _, part in sorted(parts.items(), key=lambda p: p[0].name)]
        )
        return made

    return _evaluated(tf, make)


def case_shared_embeddings(tf):
    layers, columns = tf.contrib.layers, _columns(tf)
    shared = layers.shared_embedding_columns([columns['word'], columns['other']], 2)
    named = layers.shared_embedding_columns([columns['key']], 2, shared_embedding_name='ours')

    def make():
        layer = layers.input_from_feature_columns(_features(tf), list(shared) + list(named), scope='my')
        return {'layer': layer}

    results = _evaluated(tf, make)
    many = [layers.sparse_column_with_hash_bucket(name, 9) for name in 'edcba']
    results['names'] = [layers.shared_embedding_columns(many[:n], 2)[0].shared_embedding_name for n in (1, 2, 3, 4, 5)]
    results['columns'] = [column.name for column in layers.shared_embedding_columns(many[:2], 2)]
    results['alone'] = [column.name for column in layers.shared_embedding_columns(many[:1], 2)]
    return results


def case_linear_model(tf):
    layers, columns = tf.contrib.layers, _columns(tf)
    columns.pop('pair')

    def make():
        total, variables, bias = layers.weighted_sum_from_feature_columns(
            _features(tf), columns.values(), 2, weight_collections=['mine']
        )
        return {
            'total': total,
            'bias': bias,
            'variables': tf.constant(
                [v.op.name for _, group in sorted(variables.items(), key=lambda p: p[0].name) for v in group]
            ),
        }

    return _evaluated(tf, make)


def case_linear_model_of_numbers(tf):
    layers = tf.contrib.layers

    def make():
        total, _, _ = layers.weighted_sum_from_feature_columns(
            _features(tf), [layers.real_valued_column('pair', 2)], 3, trainable=False, scope='mine'
        )
        return {'total': total}

    return _evaluated(tf, make)


def case_joint_linear_model(tf):
    layers, columns = tf.contrib.layers, _columns(tf)
    used = [columns[name] for name in ('word', 'number', 'crossed')]

    def make():
        total, variables, bias = layers.joint_weighted_sum_from_feature_columns(_features(tf), used, 2)
        return {'total': total, 'bias': bias, 'weights': variables[0]}

    return _evaluated(tf, make)


def case_transformed(tf):
    layers, columns = tf.contrib.layers, _columns(tf)
    more = {
        'cross_number': layers.crossed_column([columns['word'], columns['number']], 1000000),
        'cross_three': layers.crossed_column([columns['buckets'], columns['number'], columns['word']], 1000000),
        'cross_keyed': layers.crossed_column(
            [columns['word'], columns['key']], 1000000, hash_key=layers.SPARSE_FEATURE_CROSS_DEFAULT_HASH_KEY
        ),
        'cross_of_cross': layers.crossed_column([columns['crossed'], columns['number']], 1000000),
        'dense': layers.sparse_column_with_hash_bucket('dense', 100),
        'hashed_numbers': layers.sparse_column_with_hash_bucket('number', 100, dtype=tf.int64),
    }
    columns.update(more)

    def make():
        made = layers.transform_features(_features(tf), columns.values())
        return {name: made[column] for name, column in sorted(columns.items())}

    results = _evaluated(tf, make)
    results['names'] = [column.name for _, column in sorted(columns.items())]
    return results


def case_vocabulary_file(tf):
    import os
    import tempfile

    path = os.path.join(tempfile.mkdtemp(), 'words')
    with open(path, 'w') as file:
        file.write('q\np\nr\n')
    layers = tf.contrib.layers
    column = layers.sparse_column_with_vocabulary_file('word', path, num_oov_buckets=1, vocab_size=2)
    return _evaluated(tf, lambda: {'ids': layers.transform_features(_features(tf), [column])[column]})


def case_sequences(tf):
    layers, columns = tf.contrib.layers, _columns(tf)
    features = {
        'pair': tf.constant([[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]]),
        'word': tf.SparseTensor([[0, 0, 0], [1, 0, 0], [1, 1, 1]], ['p', 'q', 'p'], [2, 2, 2]),
        'key': tf.SparseTensor([[0, 0, 0], [1, 0, 0], [1, 1, 1]], ['a', 'b', 'a'], [2, 2, 2]),
    }
    used = [columns['pair'], layers.embedding_column(columns['word'], 3), layers.one_hot_column(columns['key'])]
    return _evaluated(tf, lambda: {'layer': layers.sequence_input_from_feature_columns(features, used)})


def _example(tf):
    return {
        'word': tf.train.Feature(bytes_list=tf.train.BytesList(value=[b'p', b'q'])),
        'pair': tf.train.Feature(float_list=tf.train.FloatList(value=[1.0, 2.0])),
    }


def case_parsing(tf):
    layers, columns = tf.contrib.layers, _columns(tf)
    text = tf.train.Example(features=tf.train.Features(feature=_example(tf))).SerializeToString()
    used = [columns['word'], columns['pair'], layers.real_valued_column('absent', default_value=7)]

    def make():
        parsed = layers.parse_feature_columns_from_examples(tf.constant([text]), used)
        return {str(index): parsed[column] for index, column in enumerate(used)}

    return _evaluated(tf, make)


def case_parsing_of_sequences(tf):
    layers, columns = tf.contrib.layers, _columns(tf)
    steps = {name: tf.train.FeatureList(feature=[feature] * 2) for name, feature in _example(tf).items()}
    text = tf.train.SequenceExample(
        context=tf.train.Features(feature=_example(tf)),
        feature_lists=tf.train.FeatureLists(feature_list=steps),
    ).SerializeToString()

    def make():
        context, sequence = layers.parse_feature_columns_from_sequence_examples(
            tf.constant(text), [columns['pair']], [columns['word'], columns['pair']]
        )
        return {'context': context['pair'], 'pair': sequence['pair'], 'word': sequence['word']}

    return _evaluated(tf, make)


def case_specifications_and_placeholders(tf):
    layers, columns = tf.contrib.layers, _columns(tf)
    spec = layers.create_feature_spec_for_parsing(columns.values())
    holders = layers.make_place_holder_tensors_for_base_features([columns['pair'], columns['weighted']])
    inferred = layers.infer_real_valued_columns({'b': tf.zeros([2, 3]), 'a': tf.zeros([4], tf.int64)})
    return {
        'spec': sorted((name, type(feature).__name__, feature.dtype.name) for name, feature in spec.items()),
        'dense': [holders['pair'].shape.as_list(), holders['pair'].dtype.name],
        'sparse': [holders[name].dtype.name for name in ('key', 'weight')],
        'inferred': [(column.name, column.dimension, column.dtype.name) for column in inferred],
        'single': [(c.name, c.dimension) for c in layers.infer_real_valued_columns(tf.zeros([2, 3]))],
    }


def case_sparse_columns_are_no_input(tf):
    return {'layer': tf.contrib.layers.input_from_feature_columns(_features(tf), [_columns(tf)['word']])}


def case_embeddings_are_not_linear(tf):
    layers = tf.contrib.layers
    column = layers.embedding_column(_columns(tf)['word'], 3)
    return {'sum': layers.weighted_sum_from_feature_columns(_features(tf), [column], 1)[0]}


def case_columns_that_are_alike(tf):
    columns = [tf.contrib.layers.real_valued_column('x', 2), tf.contrib.layers.real_valued_column('x', 2)]
    return {'check': tf.contrib.layers.check_feature_columns(columns)}


def case_a_feature_that_is_not_there(tf):
    return {'layer': tf.contrib.layers.input_from_feature_columns({}, [_columns(tf)['pair']])}


def case_bad_arguments(tf):
    layers, columns = tf.contrib.layers, _columns(tf)
    calls = {
        'no dimension': lambda: layers.real_valued_column('x', 0),
        'dimension of text': lambda: layers.real_valued_column('x', 'two'),
        'too many defaults': lambda: layers.real_valued_column('x', 2, default_value=[1.0, 2.0, 3.0]),
        'default of integers': lambda: layers.real_valued_column('x', default_value=1.5, dtype=tf.int32),
        'words': lambda: layers.real_valued_column('x', dtype=tf.string),
        'no buckets': lambda: layers.sparse_column_with_hash_bucket('x', 0),
        'hash of floats': lambda: layers.sparse_column_with_hash_bucket('x', 9, dtype=tf.float32),
        'integers of text': lambda: layers.sparse_column_with_integerized_feature('x', 9, dtype=tf.string),
        'no file': lambda: layers.sparse_column_with_vocabulary_file('x', ''),
        'no size': lambda: layers.sparse_column_with_vocabulary_file('x', 'y'),
        'cross of one': lambda: layers.crossed_column([columns['word']], 9),
        'cross of numbers': lambda: layers.crossed_column([columns['word'], columns['pair']], 9),
        'no boundaries': lambda: layers.bucketized_column(columns['single'], []),
        'boundaries that fall': lambda: layers.bucketized_column(columns['single'], [2.0, 1.0]),
        'buckets of words': lambda: layers.bucketized_column(columns['word'], [1.0]),
        'shared by none': lambda: layers.shared_embedding_columns([], 2),
        'shared by unlike': lambda: layers.shared_embedding_columns([columns['word'], columns['key']], 2),
        'half a checkpoint': lambda: layers.embedding_column(columns['word'], 2, ckpt_to_load_from='x'),
        'no initializer': lambda: layers.embedding_column(columns['word'], 2, initializer=3),
    }
    raised = {}
    for name, call in sorted(calls.items()):
        try:
            call()
        except Exception as error:  # The type is the result.
            raised[name] = type(error).__name__
    return raised
