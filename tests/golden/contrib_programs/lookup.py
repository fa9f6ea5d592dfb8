"""Cases of `tf.contrib.lookup`. The initialisers and assets are counted; their names belong to TensorFlow's tables."""

import os
import tempfile


def _looked_up(tf, table, *queries):
    """Runs the tables' initialisers, then the queries; returns the results alone."""
    tensors = [table.lookup(query) for query in queries]
    size = table.size()
    with tf.Session() as session:
        session.run(tf.tables_initializer())
        seen = [value.values if hasattr(value, 'values') else value for value in session.run(tensors)]
        results = {'found': seen, 'size': session.run(size)}
    results['dtypes'] = [table.key_dtype.name, table.value_dtype.name]
    return _alone(tf, results)


def _alone(tf, results):
    results['initializers'] = len(tf.get_collection('table_initializer'))
    results['assets'] = len(tf.get_collection('asset_filepaths'))
    tf.get_default_graph().clear_collection('table_initializer')
    tf.get_default_graph().clear_collection('asset_filepaths')
    return results


def _vocabulary(text):
    path = os.path.join(tempfile.mkdtemp(), 'vocabulary.txt')
    with open(path, 'w') as file:
        file.write(text)
    return path


def _words(tf):
    return tf.constant([['b', 'zebra'], ['a', 'horse']])


def case_index_from_tensor(tf):
    table = tf.contrib.lookup.index_table_from_tensor(tf.constant(['a', 'b', 'c']))
    return _looked_up(tf, table, _words(tf))


def case_index_from_tensor_with_buckets(tf):
    table = tf.contrib.lookup.index_table_from_tensor(['a', 'b', 'c'], num_oov_buckets=4)
    sparse = tf.SparseTensor([[0, 0], [1, 3]], ['c', 'gnu'], [2, 5])
    return _looked_up(tf, table, _words(tf), sparse)


def case_index_from_tensor_with_strong_hash(tf):
    hasher = tf.contrib.lookup.StrongHashSpec((7, 9))
    table = tf.contrib.lookup.index_table_from_tensor(['a', 'b', 'c'], num_oov_buckets=5, hasher_spec=hasher)
    return _looked_up(tf, table, _words(tf))


def case_index_from_integers(tf):
    table = tf.contrib.lookup.index_table_from_tensor([7, 42, 1], default_value=-5, dtype=tf.int64)
    return _looked_up(tf, table, tf.constant([1, 42, 100], tf.int64))


def case_index_from_integers_with_buckets(tf):
    table = tf.contrib.lookup.index_table_from_tensor(
        tf.constant([7, 42, 1], tf.int32), num_oov_buckets=3, dtype=tf.int32
    )
    return _looked_up(tf, table, tf.constant([1, 42, 100, 101], tf.int32))


def case_index_needs_a_mapping(tf):
    return {'table': tf.contrib.lookup.index_table_from_tensor(None)}


def case_index_of_floats(tf):
    return {'table': tf.contrib.lookup.index_table_from_tensor([1.0], dtype=tf.float32)}


def case_index_from_file(tf):
    table = tf.contrib.lookup.index_table_from_file(_vocabulary('a\nb\nc\n'))
    return _looked_up(tf, table, _words(tf))


def case_index_from_file_with_buckets(tf):
    table = tf.contrib.lookup.index_table_from_file(_vocabulary('a\nb\nc\n'), num_oov_buckets=3, vocab_size=1)
    return _looked_up(tf, table, _words(tf))


def case_index_from_columns_of_a_file(tf):
    table = tf.contrib.lookup.index_table_from_file(
        _vocabulary('a 5\nb 7\n'), key_column_index=0, value_column_index=1, delimiter=' ', default_value=-3
    )
    return _looked_up(tf, table, _words(tf))


def case_index_of_integers_from_file(tf):
    table = tf.contrib.lookup.index_table_from_file(_vocabulary('4\n9\n'), num_oov_buckets=1, key_dtype=tf.int64)
    return _looked_up(tf, table, tf.constant([9, 4, 5], tf.int64))


def case_index_needs_a_file(tf):
    return {'table': tf.contrib.lookup.index_table_from_file('')}


def case_index_needs_buckets_or_none(tf):
    return {'table': tf.contrib.lookup.index_table_from_file('x', num_oov_buckets=-1)}


def case_index_needs_a_size(tf):
    return {'table': tf.contrib.lookup.index_table_from_file('x', vocab_size=0)}


def case_string_to_index_tables(tf):
    one = tf.contrib.lookup.string_to_index_table_from_tensor(['a', 'b'], num_oov_buckets=2)
    first = _looked_up(tf, one, _words(tf))
    two = tf.contrib.lookup.string_to_index_table_from_file(_vocabulary('b\na\n'), default_value=9)
    return {'tensor': first, 'file': _looked_up(tf, two, _words(tf))}


def case_strings_from_tensor(tf):
    table = tf.contrib.lookup.index_to_string_table_from_tensor(tf.constant(['a', 'b']))
    return _looked_up(tf, table, tf.constant([1, 0, 7], tf.int64))


def case_strings_from_file(tf):
    table = tf.contrib.lookup.index_to_string_table_from_file(_vocabulary('a\nb\n'), default_value='none')
    return _looked_up(tf, table, tf.constant([1, 0, 7], tf.int64))


def case_strings_from_columns_of_a_file(tf):
    table = tf.contrib.lookup.index_to_string_table_from_file(
        _vocabulary('a,5\nb,7\n'), key_column_index=1, value_column_index=0, delimiter=','
    )
    return _looked_up(tf, table, tf.constant([7, 5, 1], tf.int64))


def case_strings_need_a_mapping(tf):
    return {'table': tf.contrib.lookup.index_to_string_table_from_tensor(None)}


def case_strings_need_a_file(tf):
    return {'table': tf.contrib.lookup.index_to_string_table_from_file('')}


def case_old_functions(tf):
    indices = tf.contrib.lookup.string_to_index(_words(tf), ['a', 'b'], default_value=5)
    strings = tf.contrib.lookup.index_to_string(tf.constant([1, 5], tf.int64), ['a', 'b'], default_value='?')
    with tf.Session() as session:
        session.run(tf.tables_initializer())
        return _alone(tf, {'indices': session.run(indices), 'strings': session.run(strings)})


def case_hash_table(tf):
    keys = tf.contrib.lookup.KeyValueTensorInitializer(['x', 'y'], [1.5, 2.5])
    table = tf.contrib.lookup.HashTable(keys, -1.0)
    found = table.lookup(tf.constant(['y', 'z']))
    with tf.Session() as session:
        session.run(table.init)
        keys, values = session.run(table.export())
        return _alone(
            tf,
            {'found': session.run(found), 'keys': sorted(k.decode() for k in keys), 'values': sorted(values.tolist())},
        )


def case_hash_table_from_text(tf):
    lookup, path = tf.contrib.lookup, _vocabulary('p\nq\n')
    ids = lookup.HashTable(lookup.TextFileIdTableInitializer(path), -1)
    results = {'ids': _looked_up(tf, ids, tf.constant(['q', 'r']))}
    strings = lookup.HashTable(lookup.TextFileStringTableInitializer(path), 'none')
    results['strings'] = _looked_up(tf, strings, tf.constant([0, 4], tf.int64))
    pairs = lookup.TextFileInitializer(
        path, tf.string, lookup.TextFileIndex.WHOLE_LINE, tf.int64, lookup.TextFileIndex.LINE_NUMBER
    )
    results['pairs'] = _looked_up(tf, lookup.HashTable(pairs, -1), tf.constant(['p']))
    return results


def case_buckets_without_a_table(tf):
    return _looked_up(tf, tf.contrib.lookup.IdTableWithHashBuckets(None, 3), _words(tf))


def case_buckets_need_a_number(tf):
    return {'table': tf.contrib.lookup.IdTableWithHashBuckets(None, 0)}


def case_buckets_need_a_known_hasher(tf):
    table = tf.contrib.lookup.IdTableWithHashBuckets(None, 3, tf.contrib.lookup.HasherSpec('my', None))
    return {'found': table.lookup(_words(tf))}


def case_strong_hash_needs_two_keys(tf):
    return {'spec': tf.contrib.lookup.StrongHashSpec((1,))}


def case_buckets_refuse_other_types(tf):
    return {'found': tf.contrib.lookup.IdTableWithHashBuckets(None, 3).lookup(tf.constant([1, 2]))}


def case_mutable_tables(tf):
    table = tf.contrib.lookup.MutableHashTable(tf.string, tf.int64, -1)
    dense = tf.contrib.lookup.MutableDenseHashTable(tf.int64, tf.int64, -1, empty_key=0, deleted_key=-2)
    return {
        'insert': table.insert(tf.constant(['a', 'b']), tf.constant([4, 5], tf.int64)),
        'found': table.lookup(tf.constant(['b', 'q'])),
        'size': table.size(),
        'remove': table.remove(tf.constant(['a'])),
        'rest': table.size(),
        'export': table.export(),
        'dense_insert': dense.insert(tf.constant([3, 4], tf.int64), tf.constant([30, 40], tf.int64)),
        'dense_found': dense.lookup(tf.constant([4, 9], tf.int64)),
        'dense_erase': dense.erase(tf.constant([3], tf.int64)),
        'dense_size': dense.size(),
    }
