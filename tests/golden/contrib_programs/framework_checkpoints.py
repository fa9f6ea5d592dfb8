"""Cases of `tf.contrib.framework`: checkpoints, and values from them."""

import os
import tempfile

import numpy as np


def _saved(tf):
    """Returns the prefix of a checkpoint, beside two vocabularies."""
    folder = tempfile.mkdtemp()
    with tf.Graph().as_default(), tf.Session() as session:
        tf.get_variable('A/w', initializer=[1.0, 2.0, 3.0, 4.0])
        tf.get_variable('b', initializer=[[1.0, 2.0]])
        tf.get_variable('table', initializer=np.arange(8, dtype=np.float32).reshape(4, 2))
        tf.get_variable('bias', initializer=np.arange(4, dtype=np.float32).reshape(4, 1))
        session.run(tf.global_variables_initializer())
        path = tf.train.Saver().save(session, os.path.join(folder, 'model.ckpt'), 3)
    for name, entries in (('old', 'abcd'), ('new', 'dqb')):
        with open(os.path.join(folder, name), 'w') as file:
            file.write('\n'.join(entries) + '\n')
    return path


def _run(tf, fetches, operation=None, feed=None):
    with tf.Session() as session:
        if operation is None:
            session.run(tf.global_variables_initializer())
        else:
            session.run(operation, feed)
        return session.run(fetches)


def case_what_a_checkpoint_holds(tf):
    framework = tf.contrib.framework
    path = _saved(tf)
    folder = os.path.dirname(path)
    return {
        'folder': framework.list_variables(folder),
        'prefix': framework.list_variables(path),
        'variable': framework.load_variable(folder, 'b'),
        'reader': sorted(framework.load_checkpoint(path).get_variable_to_shape_map().items()),
    }


def case_no_checkpoint(tf):
    tf.contrib.framework.list_variables(os.path.join(tempfile.mkdtemp(), 'none'))


def case_no_such_variable(tf):
    tf.contrib.framework.load_variable(_saved(tf), 'none')


def case_init_from_checkpoint(tf):
    with tf.Graph().as_default():
        whole = tf.get_variable('m/w', [4])
        other = tf.get_variable('z', [1, 2])
        tf.contrib.framework.init_from_checkpoint(os.path.dirname(_saved(tf)), {'A/': 'm/', 'b': other})
        return {'values': _run(tf, [whole, other])}


def case_assign_from_checkpoint(tf):
    variables = [tf.get_variable('A/w', [4]), tf.get_variable('b', [1, 2])]
    operation, feed = tf.contrib.framework.assign_from_checkpoint(_saved(tf), variables)
    return {'values': _run(tf, variables, operation, feed), 'fed': sorted(tensor.name for tensor in feed)}


def case_assign_from_checkpoint_by_name(tf):
    variables = [tf.get_variable('other', [4]), tf.get_variable('z', [1, 2])]
    names = {'A/w': variables[0], 'b': [variables[1]]}
    operation, feed = tf.contrib.framework.assign_from_checkpoint(_saved(tf), names)
    return {'values': _run(tf, variables, operation, feed)}


def case_assign_from_checkpoint_to_slices(tf):
    parts = list(tf.get_variable('A/w', [4], partitioner=tf.fixed_size_partitioner(2)))
    operation, feed = tf.contrib.framework.assign_from_checkpoint(_saved(tf), parts)
    return {'values': _run(tf, parts, operation, feed)}


def case_assign_from_checkpoint_what_it_has(tf):
    variables = [tf.get_variable('A/w', [4]), tf.get_variable('x', [1, 2])]
    operation, feed = tf.contrib.framework.assign_from_checkpoint(_saved(tf), variables, ignore_missing_vars=True)
    return {'values': _run(tf, variables[0], operation, feed), 'fed': len(feed)}


def case_assign_from_checkpoint_to_nothing(tf):
    operation, feed = tf.contrib.framework.assign_from_checkpoint(_saved(tf), [])
    return {'operation': operation.type, 'feed': feed}


def case_assign_from_checkpoint_what_it_lacks(tf):
    tf.contrib.framework.assign_from_checkpoint(_saved(tf), [tf.get_variable('x', [1, 2])])


def case_assign_from_checkpoint_of_another_shape(tf):
    tf.contrib.framework.assign_from_checkpoint(_saved(tf), {'A/w': tf.get_variable('w', [2, 2])})


def case_assign_from_checkpoint_of_another_size(tf):
    tf.contrib.framework.assign_from_checkpoint(_saved(tf), [tf.get_variable('A/w', [3])])


def _restored(tf, var_list, fetches, **arguments):
    function = tf.contrib.framework.assign_from_checkpoint_fn(_saved(tf), var_list, **arguments)
    with tf.Session() as session:
        function(session)
        return session.run(fetches)


def case_assign_from_checkpoint_fn(tf):
    whole = tf.get_variable('A/w', [4])
    other = tf.get_variable('x', [1, 2])
    return {
        'list': _restored(tf, [whole], whole),
        'part': _restored(tf, [other, whole], whole, ignore_missing_vars=True),
        'names': _restored(tf, {'b': other}, other),
    }


def case_assign_from_checkpoint_fn_of_another_shape(tf):
    square = tf.get_variable('A/w', [2, 2])
    return {'value': _restored(tf, {'A/w': square}, square, reshape_variables=True)}


def case_assign_from_checkpoint_fn_of_another_shape_unasked(tf):
    square = tf.get_variable('A/w', [2, 2])
    _restored(tf, [square], square)


def case_assign_from_checkpoint_fn_of_what_it_lacks(tf):
    other = tf.get_variable('x', [1, 2])
    function = tf.contrib.framework.assign_from_checkpoint_fn(_saved(tf), [other], ignore_missing_vars=True)
    return {'function': function}


def case_assign_from_checkpoint_fn_to_nothing(tf):
    tf.contrib.framework.assign_from_checkpoint_fn(_saved(tf), [])


def case_assign_from_values(tf):
    framework = tf.contrib.framework
    whole = tf.get_variable('w', [4])
    operation, feed = framework.assign_from_values({'w': np.array([1.0, 2.0, 3.0, 4.0])})
    values = _run(tf, whole, operation, feed)
    function = framework.assign_from_values_fn({'w': np.array([5.0, 6.0, 7.0, 8.0])})
    with tf.Session() as session:
        function(session)
        return {'values': values, 'function': session.run(whole)}


def case_assign_from_values_to_nothing(tf):
    tf.contrib.framework.assign_from_values({'w': np.array([1.0])})


def case_load_embedding_initializer(tf):
    framework = tf.contrib.framework
    path = _saved(tf)
    old, new = (os.path.join(os.path.dirname(path), name) for name in ('old', 'new'))
    plain = framework.load_embedding_initializer(path, 'table', 3, 2, old, new, initializer=tf.ones_initializer())
    wide = framework.load_embedding_initializer(
        path, 'table', 3, 2, old, new, num_oov_buckets=2, initializer=tf.ones_initializer()
    )
    made = [tf.get_variable('e', [3, 2], initializer=plain), tf.get_variable('f', [5, 2], initializer=wide)]
    parts = tf.get_variable('g', [5, 2], initializer=wide, partitioner=tf.fixed_size_partitioner(2))
    return {'values': _run(tf, made + list(parts))}


def case_load_and_remap_matrix_initializer(tf):
    framework = tf.contrib.framework
    path = _saved(tf)
    old, new = (os.path.join(os.path.dirname(path), name) for name in ('old', 'new'))
    rows = framework.load_and_remap_matrix_initializer(
        path, 'table', 3, 2, old_row_vocab_file=old, new_row_vocab_file=new, num_col_oov_buckets=1
    )
    bias = framework.load_linear_multiclass_bias_initializer(path, 'bias', 3, old, new, num_class_oov_buckets=1)
    slot = framework.load_variable_slot_initializer(
        path, 'table', None, 3, 2, old_row_vocab_file=old, new_row_vocab_file=new
    )
    made = [
        tf.get_variable('rows', [3, 3], initializer=rows),
        tf.get_variable('bias', [4, 1], initializer=bias),
        tf.get_variable('slot', [3, 2], initializer=slot),
    ]
    return {'values': _run(tf, made)}


def case_load_and_remap_matrix_initializer_of_columns(tf):
    path = _saved(tf)
    folder = os.path.dirname(path)
    for name, entries in (('old_columns', 'xy'), ('new_columns', 'yzx')):
        with open(os.path.join(folder, name), 'w') as file:
            file.write('\n'.join(entries) + '\n')
    names = [os.path.join(folder, name) for name in ('old', 'new', 'old_columns', 'new_columns')]
    initializer = tf.contrib.framework.load_and_remap_matrix_initializer(
        path,
        'table',
        3,
        3,
        old_row_vocab_file=names[0],
        new_row_vocab_file=names[1],
        old_col_vocab_file=names[2],
        new_col_vocab_file=names[3],
        initializer=tf.ones_initializer(),
    )
    return {'values': _run(tf, tf.get_variable('m', [3, 3], initializer=initializer))}


def case_remap_with_one_vocabulary(tf):
    tf.contrib.framework.load_and_remap_matrix_initializer('x', 'table', 3, 2, old_row_vocab_file='old')([3, 2])


def case_remap_without_vocabularies(tf):
    tf.contrib.framework.load_and_remap_matrix_initializer('x', 'table', 3, 2)([3, 2])


def case_remap_with_no_initializer(tf):
    tf.contrib.framework.load_and_remap_matrix_initializer('x', 'table', 3, 2, -1, 'a', 'b', initializer=3)


def case_remap_to_another_shape(tf):
    tf.contrib.framework.load_and_remap_matrix_initializer(_saved(tf), 'table', 4, 2, -1, 'a', 'b')([4, 3])


def case_record_input(tf):
    path = os.path.join(tempfile.mkdtemp(), 'records')
    with tf.python_io.TFRecordWriter(path) as writer:
        for _ in range(6):
            writer.write(b'same')
    record_input = tf.contrib.framework.RecordInput
    one = record_input(path, batch_size=3, buffer_size=2, seed=1).get_yield_op()
    many = record_input(path, batch_size=2, buffer_size=2, batches=2, name='many').get_yield_op()
    return {'one': one, 'many': list(many)}
