"""Cases of `tf.contrib.rnn` that TF 1.15 refuses: the type of each exception."""


def _raised(tf, **attempts):
    """Returns the type of what each attempt raises, every one in a graph of its own."""
    seen = {}
    for name, attempt in attempts.items():
        with tf.Graph().as_default():
            try:
                attempt()
                seen[name] = None
            except Exception as error:  # The type is the result.
                seen[name] = type(error).__name__
    return seen


def _called(tf, cell, columns, state=None):
    inputs = tf.placeholder(tf.float32, [2, columns])
    return cell(inputs, cell.zero_state(2, tf.float32) if state is None else state)


def case_wrappers_are_given_what_is_no_cell(tf):
    rnn = tf.contrib.rnn
    return _raised(
        tf,
        attention=lambda: rnn.AttentionCellWrapper(3, 2),
        embedding=lambda: rnn.EmbeddingWrapper('cell', 5, 2),
        inputs=lambda: rnn.InputProjectionWrapper(None, 2),
        outputs=lambda: rnn.OutputProjectionWrapper(tf.nn.relu, 2),
    )


def case_wrappers_are_given_bad_sizes(tf):
    rnn = tf.contrib.rnn
    return _raised(
        tf,
        attention_length=lambda: rnn.AttentionCellWrapper(rnn.GRUCell(4), 0),
        attention_state=lambda: rnn.AttentionCellWrapper(rnn.BasicLSTMCell(4), 2, state_is_tuple=False),
        embedding_classes=lambda: rnn.EmbeddingWrapper(rnn.GRUCell(2), 0, 2),
        embedding_size=lambda: rnn.EmbeddingWrapper(rnn.GRUCell(2), 2, -2),
        outputs=lambda: rnn.OutputProjectionWrapper(rnn.GRUCell(2), 0),
        highway=lambda: _called(tf, rnn.HighwayWrapper(rnn.BasicRNNCell(3)), 4),
        float_ids=lambda: _called(tf, rnn.EmbeddingWrapper(rnn.GRUCell(2), 3, 2), 1),
    )


def case_a_highway_wrapper_runs_twice_outside_a_network(tf):
    cell = tf.contrib.rnn.HighwayWrapper(tf.contrib.rnn.BasicRNNCell(3))
    _called(tf, cell, 3)
    return {'output': _called(tf, cell, 3)}


def case_cells_are_made_badly(tf):
    rnn = tf.contrib.rnn
    return _raised(
        tf,
        group_units=lambda: rnn.GLSTMCell(5, number_of_groups=2),
        group_projection=lambda: rnn.GLSTMCell(4, num_proj=3, number_of_groups=2),
        no_groups=lambda: rnn.GLSTMCell(4, number_of_groups=0),
        no_blocks=lambda: rnn.GridLSTMCell(2),
        one_block=lambda: rnn.GridLSTMCell(2, num_frequency_blocks=2),
        conv_shape=lambda: rnn.ConvLSTMCell(2, [4, 2], 3, [3]),
        gru_without_units=lambda: rnn.GRUBlockCell(),
        gru_with_units_twice=lambda: rnn.GRUBlockCell(4, 4),
        no_network=lambda: rnn.FusedRNNCell(),
        no_block_network=lambda: rnn.LSTMBlockWrapper(),
    )


def case_inputs_have_wrong_sizes(tf):
    rnn = tf.contrib.rnn
    grid = {'feature_size': 2, 'frequency_skip': 2}
    conv = rnn.Conv1DLSTMCell
    return _raised(
        tf,
        groups=lambda: _called(tf, rnn.GLSTMCell(4, number_of_groups=2), 3),
        intersection=lambda: _called(tf, rnn.IntersectionRNNCell(4), 3),
        grid_blocks=lambda: _called(tf, rnn.GridLSTMCell(2, num_frequency_blocks=[3], **grid), 4),
        grid_lists=lambda: _called(tf, rnn.GridLSTMCell(2, num_frequency_blocks=[2, 1], **grid), 4),
        grid_no_ends=lambda: _called(
            tf, rnn.GridLSTMCell(2, num_frequency_blocks=[2], start_freqindex_list=[0], **grid), 4
        ),
        grid_no_feature=lambda: _called(tf, rnn.GridLSTMCell(2, num_frequency_blocks=[1]), 4),
        time_freq_no_feature=lambda: _called(tf, rnn.TimeFreqLSTMCell(2), 4),
        conv_rank=lambda: _called(tf, conv(input_shape=[4, 2], output_channels=3, kernel_shape=[3]), 4),
        shards=lambda: _called(tf, rnn.CoupledInputForgetGateLSTMCell(2, num_unit_shards=9), 3),
        block_state=lambda: _called(tf, rnn.LSTMBlockCell(2), 3, tf.zeros([2, 4])),
        fused_rank=lambda: rnn.LSTMBlockFusedCell(2)(tf.zeros([2, 2]), dtype=tf.float32),
        fused_without_type=lambda: rnn.LSTMBlockFusedCell(2)(tf.zeros([2, 2, 2])),
        fused_list=lambda: rnn.LSTMBlockFusedCell(2)([tf.zeros([2, 2])] * 2, dtype=tf.float32),
        batch_size=lambda: rnn.best_effort_input_batch_size([tf.zeros([2])]),
    )


def case_inputs_have_unknown_sizes(tf):
    rnn = tf.contrib.rnn
    return _raised(
        tf,
        coupled=lambda: _called(tf, rnn.CoupledInputForgetGateLSTMCell(2), None),
        nas=lambda: _called(tf, rnn.NASCell(2), None),
        sru=lambda: _called(tf, rnn.SRUCell(2), None),
        ugrnn=lambda: _called(tf, rnn.UGRNNCell(2), None),
        groups=lambda: _called(tf, rnn.GLSTMCell(2), None),
        time_freq=lambda: _called(tf, rnn.TimeFreqLSTMCell(2, feature_size=2), None),
        lstm_block=lambda: _called(tf, rnn.LSTMBlockCell(2), None),
        gru_block=lambda: _called(tf, rnn.GRUBlockCellV2(2), None),
        indy=lambda: _called(tf, rnn.IndyLSTMCell(2), None),
    )


def case_stacks_of_networks_do_not_fit(tf):
    rnn = tf.contrib.rnn
    inputs = [tf.zeros([2, 3])]

    def static(fw, bw, **kwargs):
        return lambda: rnn.stack_bidirectional_rnn(fw, bw, inputs, dtype=tf.float32, **kwargs)

    def dynamic(fw, bw, **kwargs):
        return lambda: rnn.stack_bidirectional_dynamic_rnn(fw, bw, tf.zeros([2, 1, 3]), dtype=tf.float32, **kwargs)

    cell = rnn.BasicRNNCell(3)
    return _raised(
        tf,
        none=static(None, [cell]),
        empty=static([], []),
        no_list=static(cell, [cell]),
        depth=static([cell, cell], [cell]),
        state=static([cell], [cell], initial_states_fw=tf.zeros([2, 3])),
        states=static([cell], [cell], initial_states_bw=[tf.zeros([2, 3])] * 2),
        dynamic_none=dynamic([cell], None),
        dynamic_depth=dynamic([cell, cell], [cell]),
        dynamic_states=dynamic([cell], [cell], initial_states_fw=[tf.zeros([2, 3])] * 2),
    )
