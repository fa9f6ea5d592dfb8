"""Cases of `tf.contrib.cudnn_rnn`: the compatible cells' numbers, and what layers are called and what they save.

TF 1.15.5 runs the layers on a GPU alone. So their cases keep names and shapes of a graph that is built, not run.
"""

import numpy as np


def _ramp(tf, *shape, dtype='float32'):
    return tf.constant((0.7 * np.sin(1 + np.arange(np.prod(shape)))).reshape(shape).astype(dtype))


def _joined(tf, parts):
    return tf.concat([tf.reshape(part, [-1]) for part in tf.nest.flatten(parts)], 0)


def _make(tf, name):
    rnn = tf.contrib.cudnn_rnn
    cells = {'lstm': rnn.CudnnCompatibleLSTMCell, 'gru': rnn.CudnnCompatibleGRUCell}
    return cells[name](3) if name in cells else tf.nn.rnn_cell.BasicRNNCell(3, activation=name and getattr(tf.nn, name))


def _one_way(tf, name, lengths=None):
    """Three steps of two layers, as a layer of one direction computes them."""
    with tf.variable_scope('net'):
        cell = tf.nn.rnn_cell.MultiRNNCell([_make(tf, name) for _ in range(2)])
        outputs, state = tf.nn.dynamic_rnn(cell, _ramp(tf, 3, 2, 4), lengths, dtype=tf.float32, time_major=True)
    gradients = tf.gradients(_joined(tf, [outputs]), tf.trainable_variables())
    return {'outputs': outputs, 'state': _joined(tf, state), 'gradients': _joined(tf, gradients)}


def _both_ways(tf, name, lengths=None):
    with tf.variable_scope('net'):
        outputs, forward, backward = tf.contrib.rnn.stack_bidirectional_dynamic_rnn(
            [_make(tf, name) for _ in range(2)],
            [_make(tf, name) for _ in range(2)],
            _ramp(tf, 3, 2, 4),
            sequence_length=lengths,
            dtype=tf.float32,
            time_major=True,
        )
    return {'outputs': outputs, 'forward': _joined(tf, forward), 'backward': _joined(tf, backward)}


def case_lstm_one_way(tf):
    return _one_way(tf, 'lstm')


def case_lstm_both_ways(tf):
    return _both_ways(tf, 'lstm')


def case_lstm_with_lengths(tf):
    return _both_ways(tf, 'lstm', [2, 3])


def case_gru_one_way(tf):
    return _one_way(tf, 'gru')


def case_gru_both_ways(tf):
    return _both_ways(tf, 'gru')


def case_gru_with_lengths(tf):
    return _both_ways(tf, 'gru', [3, 1])


def case_tanh_one_way(tf):
    return _one_way(tf, 'tanh')


def case_relu_both_ways(tf):
    return _both_ways(tf, 'relu')


def case_gru_cell_starts_with_open_gates(tf):
    cell = tf.contrib.cudnn_rnn.CudnnCompatibleGRUCell(2, kernel_initializer=tf.ones_initializer())
    cell(_ramp(tf, 1, 2), cell.zero_state(1, tf.float32))
    return {'starts': [variable.initial_value for variable in tf.global_variables()]}


def _built(tf, kind, **options):
    """Names and shapes of a layer in a graph that is not run."""
    with tf.Graph().as_default():
        layer = getattr(tf.contrib.cudnn_rnn, kind)(2, 4, **options)
        with tf.variable_scope('model'):
            outputs, states = layer(tf.zeros([5, 2, 3]))
        saveables = tf.get_collection(tf.GraphKeys.SAVEABLE_OBJECTS)
        saver = tf.train.Saver()
        return {
            'shapes': [outputs.shape.as_list()] + [state.shape.as_list() for state in states],
            'variables': [[v.name, str(v.shape), v.dtype.base_dtype.name] for v in tf.global_variables()],
            'trainable': [v.name for v in tf.trainable_variables()],
            'saveables': [[item.name] + [spec.name for spec in item.specs] for item in saveables],
            'is_saveable': saveables == [layer.saveable],
            'weights': [list(shape) for shape in layer.canonical_weight_shapes],
            'biases': layer.canonical_bias_shapes,
            'about': [layer.num_layers, layer.num_units, layer.num_dirs, layer.input_size, layer.rnn_mode],
            'modes': [layer.direction, layer.input_mode],
            'state_shape': layer.state_shape(7),
            'saver': type(saver).__name__,
        }


def case_layer_lstm(tf):
    return _built(tf, 'CudnnLSTM')


def case_layer_lstm_of_two_directions(tf):
    return _built(tf, 'CudnnLSTM', direction='bidirectional', name='mine')


def case_layer_gru(tf):
    return _built(tf, 'CudnnGRU', dropout=0.5, seed=3)


def case_layer_gru_of_two_directions(tf):
    return _built(tf, 'CudnnGRU', direction='bidirectional')


def case_layer_tanh(tf):
    return _built(tf, 'CudnnRNNTanh', input_mode='auto_select')


def case_layer_relu_of_two_directions(tf):
    return _built(tf, 'CudnnRNNRelu', direction='bidirectional')


def case_layers_reuse_and_count(tf):
    with tf.Graph().as_default():
        rnn = tf.contrib.cudnn_rnn
        inputs = tf.zeros([5, 2, 3])
        rnn.CudnnGRU(1, 4)(inputs)
        rnn.CudnnGRU(1, 4)(inputs)
        twice = rnn.CudnnGRU(1, 4, name='twice')
        twice(inputs)
        twice(inputs, training=False)
        with tf.variable_scope('outer'):
            rnn.CudnnGRU(1, 4, name='inner')(inputs)
        with tf.variable_scope('outer', reuse=True):
            again = rnn.CudnnGRU(1, 4, name='inner')
            again(inputs)
        return {
            'variables': [v.name for v in tf.global_variables()],
            'saveables': [item.name for item in tf.get_collection(tf.GraphKeys.SAVEABLE_OBJECTS)],
            'again': [v.name for v in again.variables],
            'saveable_of_again': again.saveable,
        }


def case_optimizers_have_slots(tf):
    with tf.Graph().as_default():
        outputs, _ = tf.contrib.cudnn_rnn.CudnnLSTM(1, 4)(tf.zeros([5, 2, 3]))
        tf.train.AdamOptimizer().minimize(tf.reduce_sum(outputs))
        return {'variables': [v.name for v in tf.global_variables()]}


def case_initializers_see_each_matrix(tf):
    seen = []

    def note(kind):
        def start(shape, dtype=None, partition_info=None):
            seen.append([kind, list(shape), dtype.name])
            return tf.zeros(shape, dtype)

        return start

    with tf.Graph().as_default():
        tf.contrib.cudnn_rnn.CudnnGRU(2, 4, kernel_initializer=note('kernel'), bias_initializer=note('bias'))(
            tf.zeros([5, 2, 3])
        )
    return {'seen': seen}


def case_saveable_of_ones_own(tf):
    with tf.Graph().as_default():
        rnn = tf.contrib.cudnn_rnn
        vector = tf.get_variable('vector', initializer=tf.zeros([132]), validate_shape=False)
        plain = rnn.CudnnGRUSaveable(vector, 2, 4, 1)
        named = rnn.CudnnGRUSaveable(vector, 2, 4, 1, direction='bidirectional', scope='a/b', name='mine')
        return {'names': [[item.name] + [spec.name for spec in item.specs] for item in (plain, named)]}


def _call(tf, **options):
    with tf.Graph().as_default():
        tf.contrib.cudnn_rnn.CudnnLSTM(1, 4)(**options)


def case_error_of_direction(tf):
    tf.contrib.cudnn_rnn.CudnnLSTM(1, 4, direction='sideways')


def case_error_of_input_mode(tf):
    tf.contrib.cudnn_rnn.CudnnLSTM(1, 4, input_mode='none')


def case_error_of_dtype(tf):
    tf.contrib.cudnn_rnn.CudnnLSTM(1, 4, dtype=tf.int32)


def case_error_of_rank(tf):
    _call(tf, inputs=tf.zeros([2, 3]))


def case_error_of_unknown_features(tf):
    _call(tf, inputs=tf.placeholder(tf.float32, [None, None, None]))


def case_error_of_input_size(tf):
    return {'size': tf.contrib.cudnn_rnn.CudnnLSTM(1, 4).input_size}


def case_error_of_shapes(tf):
    return {'shapes': tf.contrib.cudnn_rnn.CudnnLSTM(1, 4).canonical_weight_shapes}


def case_error_of_saveable(tf):
    tf.contrib.cudnn_rnn.CudnnLSTMSaveable(tf.Variable([0.0]), 1, 1, 1, direction='sideways')
