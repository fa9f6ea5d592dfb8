"""Cases of `tf.contrib.rnn`: what each cell, wrapper and network makes of two steps, and the gradients of a loss."""

import numpy as np


def _ramp(tf, *shape, dtype='float32'):
    return tf.constant((0.7 * np.sin(1 + np.arange(np.prod(shape)))).reshape(shape).astype(dtype))


def _state(tf, size):
    if isinstance(size, tuple):
        parts = [_state(tf, item) for item in size]
        return type(size)(*parts) if hasattr(size, '_fields') else tuple(parts)
    return _ramp(tf, 2, *tf.TensorShape(size).as_list())


def _values(tf, outputs, state):
    """Returns all numbers in one tensor, since each tensor costs a run of the session."""
    parts = tf.nest.flatten([outputs, state])
    return {'shapes': [part.shape.as_list() for part in parts], 'values': _joined(tf, parts)}


def _with_gradients(tf, outputs, state):
    parts = tf.nest.flatten([outputs, state])
    loss = tf.add_n([tf.reduce_sum(tf.square(part - 0.1)) for part in parts])
    trained = tf.trainable_variables()
    gradients = tf.gradients(loss, trained)
    return {
        'without_gradient': [v.op.name for index, v in enumerate(trained) if gradients[index] is None],
        'gradients': _joined(tf, [g for g in gradients if g is not None]),
        **_values(tf, outputs, state),
    }


def _joined(tf, tensors):
    return tf.concat([tf.reshape(tensor, [-1]) for tensor in tensors], 0)


def _two_steps(tf, cell, *shape, steps=None, gradients=False):
    """Two steps of a cell in a network; each step's input has `shape` without the batch."""
    steps = steps or [_ramp(tf, 2, *shape), -_ramp(tf, 2, *shape)]
    outputs, state = tf.nn.static_rnn(cell, steps, initial_state=_state(tf, cell.state_size))
    seen = (_with_gradients if gradients else _values)(tf, outputs, state)
    return {'sizes': [str(cell.state_size), str(cell.output_size)], **seen}


def case_basic_rnn_cell(tf):
    return _two_steps(tf, tf.contrib.rnn.BasicRNNCell(3), 2)


def case_basic_lstm_cell(tf):
    return _two_steps(tf, tf.contrib.rnn.BasicLSTMCell(3, forget_bias=0.5, activation=tf.nn.relu), 2)


def case_basic_lstm_cell_with_one_state(tf):
    return _two_steps(tf, tf.contrib.rnn.BasicLSTMCell(3, state_is_tuple=False), 2)


def case_lstm_cell(tf):
    return _two_steps(tf, tf.contrib.rnn.LSTMCell(3), 2)


def case_lstm_cell_with_peepholes_and_projection(tf):
    cell = tf.contrib.rnn.LSTMCell(4, use_peepholes=True, cell_clip=0.3, num_proj=2, proj_clip=0.2)
    return _two_steps(tf, cell, 3, gradients=True)


def case_lstm_cell_with_one_state(tf):
    return _two_steps(tf, tf.contrib.rnn.LSTMCell(4, num_proj=2, state_is_tuple=False, name='mine'), 3)


def case_gru_cell(tf):
    return _two_steps(tf, tf.contrib.rnn.GRUCell(3), 2)


def case_gru_cell_of_float64(tf):
    cell = tf.contrib.rnn.GRUCell(3, dtype=tf.float64, bias_initializer=tf.constant_initializer(0.2))
    outputs, state = cell(_ramp(tf, 2, 2, dtype='float64'), cell.zero_state(2, tf.float64))
    return _values(tf, outputs, state)


def case_multi_rnn_cell(tf):
    rnn = tf.contrib.rnn
    return _two_steps(tf, rnn.MultiRNNCell([rnn.BasicLSTMCell(2), rnn.GRUCell(3)]), 2, gradients=True)


def case_basic_wrappers(tf):
    rnn = tf.contrib.rnn
    cell = rnn.DropoutWrapper(rnn.BasicRNNCell(3), input_keep_prob=1.0, output_keep_prob=1.0)
    return _two_steps(tf, rnn.DeviceWrapper(rnn.ResidualWrapper(cell), '/cpu:0'), 3)


def case_dropout_wrapper_drops(tf):
    rnn = tf.contrib.rnn
    outputs, _ = tf.nn.static_rnn(
        rnn.DropoutWrapper(rnn.BasicRNNCell(3), output_keep_prob=0.5, seed=3), [_ramp(tf, 2, 2)], dtype=tf.float32
    )
    return {'dropped_or_doubled': tf.reduce_all(tf.equal(outputs[0], 0) | (tf.abs(outputs[0]) < 2))}


def case_cells_are_those_of_nn(tf):
    names = ('BasicLSTMCell', 'BasicRNNCell', 'DeviceWrapper', 'DropoutWrapper', 'GRUCell', 'LSTMCell')
    names += ('LSTMStateTuple', 'MultiRNNCell', 'RNNCell', 'ResidualWrapper')
    same = [getattr(tf.contrib.rnn, name) is getattr(tf.nn.rnn_cell, name) for name in names]
    return {'same': same, 'layer': issubclass(tf.contrib.rnn.GRUCell, tf.contrib.rnn.LayerRNNCell)}


def case_a_cell_of_ones_own(tf):
    class Decay(tf.contrib.rnn.RNNCell):
        state_size = 2
        output_size = 2

        def call(self, inputs, state):
            rate = tf.get_variable('rate', [2])
            state = state * rate + inputs
            return state, state

    return _two_steps(tf, Decay(), 2, gradients=True)


def case_a_layer_cell_of_ones_own(tf):
    class Decay(tf.contrib.rnn.LayerRNNCell):
        state_size = 2
        output_size = 2

        def build(self, shape):
            self.rate = self.add_weight('rate', [2])
            self.built = True

        def call(self, inputs, state):
            state = state * self.rate + inputs
            return state, state

    return _two_steps(tf, Decay(), 2)


def case_a_cell_is_reused(tf):
    cell = tf.contrib.rnn.BasicLSTMCell(2)
    first, state = cell(_ramp(tf, 2, 2), cell.zero_state(2, tf.float32))
    with tf.variable_scope('again'):
        second, _ = cell(_ramp(tf, 2, 2), state)
    with tf.variable_scope(tf.get_variable_scope(), reuse=True):
        other = tf.contrib.rnn.BasicLSTMCell(2, reuse=True)
        third, _ = other(_ramp(tf, 2, 2), state)
    return {'outputs': [first, second, third]}


def case_layer_norm_basic_lstm_cell(tf):
    return _two_steps(tf, tf.contrib.rnn.LayerNormBasicLSTMCell(3, norm_gain=0.5, norm_shift=0.1), 2, gradients=True)


def case_layer_norm_basic_lstm_cell_without_norm(tf):
    cell = tf.contrib.rnn.LayerNormBasicLSTMCell(3, 0.5, activation=tf.nn.relu, layer_norm=False, input_size=4)
    return _two_steps(tf, cell, 2)


def case_layer_norm_basic_lstm_cell_drops_none_at_keep_prob_of_a_tensor(tf):
    return _two_steps(tf, tf.contrib.rnn.LayerNormBasicLSTMCell(3, dropout_keep_prob=tf.constant(1.0)), 2)


def case_coupled_input_forget_gate_lstm_cell(tf):
    return _two_steps(tf, tf.contrib.rnn.CoupledInputForgetGateLSTMCell(3), 2)


def case_coupled_input_forget_gate_lstm_cell_in_full(tf):
    cell = tf.contrib.rnn.CoupledInputForgetGateLSTMCell(
        3, use_peepholes=True, num_proj=2, proj_clip=0.3, layer_norm=True, forget_bias=0.2
    )
    return _two_steps(tf, cell, 3)


def case_coupled_input_forget_gate_lstm_cell_in_shards(tf):
    cell = tf.contrib.rnn.CoupledInputForgetGateLSTMCell(
        4, num_proj=3, num_unit_shards=4, num_proj_shards=2, state_is_tuple=False
    )
    return _two_steps(tf, cell, 3, gradients=True)


def case_time_freq_lstm_cell(tf):
    cell = tf.contrib.rnn.TimeFreqLSTMCell(2, use_peepholes=True, cell_clip=0.4, feature_size=2, frequency_skip=2)
    outputs, state = cell(_ramp(tf, 2, 5), _ramp(tf, 2, 8))
    return {'sizes': [cell.state_size, cell.output_size], **_values(tf, outputs, state)}


def case_time_freq_lstm_cell_without_peepholes(tf):
    cell = tf.contrib.rnn.TimeFreqLSTMCell(2, feature_size=3, initializer=tf.ones_initializer(), num_unit_shards=2)
    return _two_steps(tf, cell, 3)


def case_grid_lstm_cell(tf):
    cell = tf.contrib.rnn.GridLSTMCell(2, feature_size=2, frequency_skip=2, num_frequency_blocks=[2])
    return _two_steps(tf, cell, 4)


def case_grid_lstm_cell_in_full(tf):
    cell = tf.contrib.rnn.GridLSTMCell(
        2,
        use_peepholes=True,
        cell_clip=0.4,
        num_unit_shards=2,
        feature_size=2,
        frequency_skip=1,
        num_frequency_blocks=[2, 1],
        start_freqindex_list=[0, 2],
        end_freqindex_list=[3, 4],
    )
    return _two_steps(tf, cell, 4)


def case_grid_lstm_cell_that_shares_and_couples(tf):
    cell = tf.contrib.rnn.GridLSTMCell(
        2,
        use_peepholes=True,
        share_time_frequency_weights=True,
        feature_size=2,
        frequency_skip=1,
        num_frequency_blocks=[1, 2],
        start_freqindex_list=[0, 1],
        end_freqindex_list=[2, 4],
        couple_input_forget_gates=True,
        state_is_tuple=False,
    )
    return _two_steps(tf, cell, 4)


def case_bidirectional_grid_lstm_cell(tf):
    cell = tf.contrib.rnn.BidirectionalGridLSTMCell(
        2,
        feature_size=2,
        frequency_skip=1,
        num_frequency_blocks=[2, 1],
        start_freqindex_list=[0, 2],
        end_freqindex_list=[3, 4],
        backward_slice_offset=1,
    )
    return _two_steps(tf, cell, 4)


def case_bidirectional_grid_lstm_cell_shifted_down(tf):
    cell = tf.contrib.rnn.BidirectionalGridLSTMCell(
        2, use_peepholes=True, feature_size=2, frequency_skip=2, num_frequency_blocks=[2], backward_slice_offset=-1
    )
    return _two_steps(tf, cell, 4)


def case_conv_1d_lstm_cell(tf):
    cell = tf.contrib.rnn.Conv1DLSTMCell(input_shape=[3, 2], output_channels=2, kernel_shape=[2])
    return _two_steps(tf, cell, 3, 2)


def case_conv_2d_lstm_cell(tf):
    cell = tf.contrib.rnn.Conv2DLSTMCell(
        input_shape=[2, 2, 1], output_channels=2, kernel_shape=[2, 2], use_bias=False, forget_bias=0.3, name='mine'
    )
    return _two_steps(tf, cell, 2, 2, 1, gradients=True)


def case_conv_2d_lstm_cell_with_skip_connection(tf):
    cell = tf.contrib.rnn.ConvLSTMCell(2, [2, 2, 1], 2, [1, 1], skip_connection=True)
    outputs, state = cell(_ramp(tf, 2, 2, 2, 1), _state(tf, cell.state_size))
    sizes = [str(size) for size in (cell.output_size, cell.state_size.c)]
    return {'sizes': sizes, **_values(tf, outputs, state)}


def case_conv_3d_lstm_cell(tf):
    cell = tf.contrib.rnn.Conv3DLSTMCell(input_shape=[2, 1, 2, 1], output_channels=1, kernel_shape=[2, 1, 1])
    return _two_steps(tf, cell, 2, 1, 2, 1)


def case_glstm_cell(tf):
    return _two_steps(tf, tf.contrib.rnn.GLSTMCell(4, num_proj=2, number_of_groups=2, forget_bias=0.5), 4)


def case_glstm_cell_of_one_group(tf):
    return _two_steps(tf, tf.contrib.rnn.GLSTMCell(2, initializer=tf.ones_initializer(), activation=tf.sin), 3)


def case_ugrnn_cell(tf):
    return _two_steps(tf, tf.contrib.rnn.UGRNNCell(3, forget_bias=0.5, activation=tf.nn.relu), 2)


def case_intersection_rnn_cell(tf):
    return _two_steps(tf, tf.contrib.rnn.IntersectionRNNCell(3), 3)


def case_intersection_rnn_cell_with_projection(tf):
    return _two_steps(tf, tf.contrib.rnn.IntersectionRNNCell(3, num_in_proj=3, y_activation=tf.tanh), 2)


def case_nas_cell(tf):
    return _two_steps(tf, tf.contrib.rnn.NASCell(2), 3, gradients=True)


def case_nas_cell_with_projection_and_bias(tf):
    return _two_steps(tf, tf.contrib.rnn.NASCell(2, num_proj=3, use_bias=True, name='mine'), 2)


def _events(tf, dtype='float32'):
    times = [tf.constant([[1.0], [3.5]], dtype), tf.constant([[2.25], [60.0]], dtype)]
    return [(times[0], _ramp(tf, 2, 3)), (times[1], -_ramp(tf, 2, 3))]


def case_phased_lstm_cell(tf):
    cell = tf.contrib.rnn.PhasedLSTMCell(3, use_peepholes=True, ratio_on=0.4, leak=0.05)
    return _two_steps(tf, cell, steps=_events(tf), gradients=True)


def case_phased_lstm_cell_with_fixed_ratio(tf):
    cell = tf.contrib.rnn.PhasedLSTMCell(3, trainable_ratio_on=False, period_init_min=2.0, period_init_max=5.0)
    return _two_steps(tf, cell, steps=_events(tf, 'float64'))


def case_sru_cell(tf):
    return _two_steps(tf, tf.contrib.rnn.SRUCell(3), 2, gradients=True)


def case_ind_rnn_cell(tf):
    return _two_steps(tf, tf.contrib.rnn.IndRNNCell(3, activation=tf.nn.relu, name='mine'), 2)


def case_indy_gru_cell(tf):
    return _two_steps(tf, tf.contrib.rnn.IndyGRUCell(3), 2)


def case_indy_lstm_cell(tf):
    return _two_steps(tf, tf.contrib.rnn.IndyLSTMCell(3, forget_bias=0.5), 2)


def case_highway_wrapper(tf):
    rnn = tf.contrib.rnn
    return _two_steps(tf, rnn.HighwayWrapper(rnn.BasicRNNCell(3)), 3, gradients=True)


def case_highway_wrapper_with_two_gates(tf):
    rnn = tf.contrib.rnn
    return _two_steps(
        tf, rnn.HighwayWrapper(rnn.GRUCell(3), couple_carry_transform_gates=False, carry_bias_init=2.0), 3
    )


def case_attention_cell_wrapper(tf):
    rnn = tf.contrib.rnn
    return _two_steps(tf, rnn.AttentionCellWrapper(rnn.BasicLSTMCell(3), 2), 2, gradients=True)


def case_attention_cell_wrapper_with_sizes(tf):
    rnn = tf.contrib.rnn
    cell = rnn.AttentionCellWrapper(rnn.GRUCell(3), 2, attn_size=2, attn_vec_size=4, input_size=3, state_is_tuple=False)
    return _two_steps(tf, cell, 2)


def case_embedding_wrapper(tf):
    rnn = tf.contrib.rnn
    steps = [tf.constant([[1], [3]]), tf.constant([2, 0])]
    cell = rnn.EmbeddingWrapper(rnn.GRUCell(3), 4, 2)
    return _two_steps(tf, cell, steps=[steps[0], tf.expand_dims(steps[1], 1)], gradients=True)


def case_projection_wrappers(tf):
    rnn = tf.contrib.rnn
    inner = rnn.InputProjectionWrapper(rnn.BasicRNNCell(3), 2, activation=tf.tanh, input_size=5)
    return _two_steps(tf, rnn.OutputProjectionWrapper(inner, 2), 4)


def case_output_projection_wrapper_with_activation(tf):
    rnn = tf.contrib.rnn
    return _two_steps(tf, rnn.OutputProjectionWrapper(rnn.BasicLSTMCell(3), 2, activation=tf.nn.relu), 2)


def case_compiled_wrapper(tf):
    rnn = tf.contrib.rnn
    cell = rnn.CompiledWrapper(rnn.BasicRNNCell(2))
    output, _ = cell(_ramp(tf, 2, 2), cell.zero_state(2, tf.float32))
    return {
        'output': output,
        'compiled': output.op.get_attr('_XlaCompile'),
        'scope': output.op.get_attr('_XlaScope'),
        'variable': '_XlaCompile' in tf.trainable_variables()[0].op.node_def.attr,
    }


def case_compiled_wrapper_leaves_random_operations(tf):
    rnn = tf.contrib.rnn
    cell = rnn.CompiledWrapper(rnn.DropoutWrapper(rnn.BasicRNNCell(2), output_keep_prob=0.5))
    cell(_ramp(tf, 2, 2), cell.zero_state(2, tf.float32))
    graph = tf.get_default_graph()
    return {
        kind: any('_XlaCompile' in op.node_def.attr for op in graph.get_operations() if op.type == kind)
        for kind in ('RandomUniform', 'MatMul', 'VariableV2')
    }


def case_lstm_block_cell(tf):
    return _two_steps(tf, tf.contrib.rnn.LSTMBlockCell(3, forget_bias=0.5), 2, gradients=True)


def case_lstm_block_cell_with_peepholes(tf):
    return _two_steps(
        tf, tf.contrib.rnn.LSTMBlockCell(3, cell_clip=0.4, use_peephole=True, name='mine'), 2, gradients=True
    )


def case_lstm_block_cell_in_a_loop(tf):
    outputs, state = tf.nn.dynamic_rnn(tf.contrib.rnn.LSTMBlockCell(3), _ramp(tf, 2, 3, 2), [1, 3], dtype=tf.float32)
    return _with_gradients(tf, outputs, state)


def case_gru_block_cell(tf):
    return _two_steps(tf, tf.contrib.rnn.GRUBlockCell(3), 2, gradients=True)


def case_gru_block_cell_by_its_old_argument(tf):
    return _two_steps(tf, tf.contrib.rnn.GRUBlockCell(cell_size=2, name='mine'), 2)


def case_gru_block_cell_v2_in_a_loop(tf):
    outputs, state = tf.nn.dynamic_rnn(tf.contrib.rnn.GRUBlockCellV2(3), _ramp(tf, 2, 3, 2), dtype=tf.float32)
    return _with_gradients(tf, outputs, state)


def case_lstm_block_fused_cell(tf):
    cell = tf.contrib.rnn.LSTMBlockFusedCell(3, forget_bias=0.5)
    outputs, state = cell(_ramp(tf, 3, 2, 2), initial_state=(_ramp(tf, 2, 3), -_ramp(tf, 2, 3)))
    return {'units': cell.num_units, **_with_gradients(tf, outputs, state)}


def case_lstm_block_fused_cell_with_lengths(tf):
    cell = tf.contrib.rnn.LSTMBlockFusedCell(3, cell_clip=0.4, use_peephole=True, name='mine')
    outputs, state = cell(_ramp(tf, 3, 3, 2), dtype=tf.float32, sequence_length=tf.constant([0, 2, 1]))
    return {'c': state.c, 'h': state.h, **_with_gradients(tf, outputs, state)}


def case_lstm_block_wrapper(tf):
    class Sums(tf.contrib.rnn.LSTMBlockWrapper):
        num_units = 2

        def _call_cell(self, inputs, initial_cell_state, initial_output, dtype, sequence_length):
            sums = initial_cell_state + tf.cumsum(inputs)
            return sums, 2 * sums

    steps = [_ramp(tf, 2, 2), -_ramp(tf, 2, 2)]
    whole, state = Sums()(tf.stack(steps), dtype=tf.float32, sequence_length=[1, 2])
    listed, _ = Sums()(steps, dtype=tf.float32)
    return {'whole': whole, 'state': state, 'listed': listed}


def case_fused_rnn_cell_adaptor(tf):
    rnn = tf.contrib.rnn
    steps = [_ramp(tf, 2, 2), -_ramp(tf, 2, 2)]
    results = {}
    for name, inputs in (('list', steps), ('tensor', tf.stack(steps))):
        for dynamic in (False, True):
            network = rnn.FusedRNNCellAdaptor(rnn.BasicRNNCell(3), use_dynamic_rnn=dynamic)
            scope = f'{name}_{dynamic}'
            results[scope] = network(inputs, dtype=tf.float32, sequence_length=[1, 2], scope=scope)
    return results


def case_time_reversed_fused_rnn(tf):
    rnn = tf.contrib.rnn
    steps = [_ramp(tf, 2, 2), -_ramp(tf, 2, 2), 0.5 * _ramp(tf, 2, 2)]
    network = rnn.TimeReversedFusedRNN(rnn.LSTMBlockFusedCell(3))
    outputs, state = network(tf.stack(steps), dtype=tf.float32, sequence_length=tf.constant([1, 3]))
    plain = rnn.TimeReversedFusedRNN(rnn.FusedRNNCellAdaptor(rnn.BasicRNNCell(3), use_dynamic_rnn=True))
    listed = rnn.TimeReversedFusedRNN(rnn.FusedRNNCellAdaptor(rnn.BasicRNNCell(3)))
    return {
        'plain': plain(tf.stack(steps), dtype=tf.float32, scope='plain'),
        'listed': listed(steps, dtype=tf.float32, scope='listed'),
        **_with_gradients(tf, outputs, state),
    }


def case_a_fused_rnn_cell_of_ones_own(tf):
    class Sums(tf.contrib.rnn.FusedRNNCell):
        def __call__(self, inputs, initial_state=None, dtype=None, sequence_length=None, scope=None):
            outputs = tf.cumsum(inputs)
            return outputs, outputs[-1]

    return {'results': tf.contrib.rnn.TimeReversedFusedRNN(Sums())(_ramp(tf, 3, 2, 2))}


def case_stack_bidirectional_rnn(tf):
    rnn = tf.contrib.rnn
    steps = [_ramp(tf, 2, 2), -_ramp(tf, 2, 2)]
    outputs, forward, backward = rnn.stack_bidirectional_rnn(
        [rnn.BasicRNNCell(2), rnn.GRUCell(2)],
        [rnn.BasicRNNCell(3), rnn.GRUCell(2)],
        steps,
        initial_states_fw=[_ramp(tf, 2, 2), -_ramp(tf, 2, 2)],
        dtype=tf.float32,
        sequence_length=[1, 2],
    )
    return _with_gradients(tf, outputs, [forward, backward])


def case_stack_bidirectional_dynamic_rnn(tf):
    rnn = tf.contrib.rnn
    outputs, forward, backward = rnn.stack_bidirectional_dynamic_rnn(
        [rnn.BasicLSTMCell(2), rnn.BasicLSTMCell(1)],
        [rnn.BasicLSTMCell(2), rnn.BasicLSTMCell(2)],
        _ramp(tf, 2, 3, 2),
        dtype=tf.float32,
        sequence_length=[1, 3],
        time_major=False,
        scope='mine',
    )
    return _values(tf, outputs, [forward, backward])


def case_stack_bidirectional_dynamic_rnn_by_time(tf):
    rnn = tf.contrib.rnn
    outputs, forward, backward = rnn.stack_bidirectional_dynamic_rnn(
        [rnn.GRUCell(2)], [rnn.GRUCell(1)], _ramp(tf, 3, 2, 2), initial_states_bw=[_ramp(tf, 2, 1)],
        dtype=tf.float32, time_major=True,
    )  # fmt: skip
    return {'outputs': outputs, 'states': [forward, backward]}


def case_static_networks(tf):
    rnn = tf.contrib.rnn
    steps = [_ramp(tf, 2, 2), -_ramp(tf, 2, 2)]
    outputs, state = rnn.static_rnn(rnn.BasicRNNCell(2), steps, dtype=tf.float32, sequence_length=[1, 2])
    both = rnn.static_bidirectional_rnn(rnn.BasicRNNCell(2), rnn.BasicRNNCell(1), steps, dtype=tf.float32)
    return {'outputs': outputs, 'state': state, 'both': both}


def case_static_state_saving_rnn(tf):
    class Saver:
        saved = []

        def state(self, name):
            return tf.constant([[0.5, -0.5], [0.1, 0.2]])

        def save_state(self, name, value):
            self.saved.append(name)
            return tf.identity(value)

    outputs, state = tf.contrib.rnn.static_state_saving_rnn(
        tf.contrib.rnn.BasicRNNCell(2), [_ramp(tf, 2, 2)], Saver(), 'kept'
    )
    return {'outputs': outputs, 'state': state, 'saved': Saver.saved}


def case_transpose_batch_time(tf):
    rnn = tf.contrib.rnn
    unknown = tf.placeholder(tf.float32, [None, 3, 2])
    return {
        'matrix': rnn.transpose_batch_time(_ramp(tf, 2, 3)),
        'cube': rnn.transpose_batch_time(_ramp(tf, 2, 3, 2)),
        'vector': rnn.transpose_batch_time(_ramp(tf, 2)),
        'shape': str(rnn.transpose_batch_time(unknown).shape.as_list()),
    }


def case_best_effort_input_batch_size(tf):
    rnn = tf.contrib.rnn
    open_batch = tf.placeholder_with_default(tf.ones([3, 4]), [None, None])
    return {
        'static': rnn.best_effort_input_batch_size([open_batch, _ramp(tf, 3, 4, 2)]),
        'dynamic': rnn.best_effort_input_batch_size([open_batch]),
    }


def case_cells_take_inputs_of_an_open_batch(tf):
    rnn = tf.contrib.rnn
    inputs = tf.placeholder_with_default(np.ones([2, 4], np.float32), [None, 4])
    grid = rnn.GridLSTMCell(1, feature_size=2, frequency_skip=2, num_frequency_blocks=[2])
    cells = [rnn.UGRNNCell(2), rnn.NASCell(2), rnn.SRUCell(2), rnn.LSTMBlockCell(2), rnn.GRUBlockCellV2(2), grid]
    return {'outputs': [cell(inputs, cell.zero_state(2, tf.float32))[0] for cell in cells]}
