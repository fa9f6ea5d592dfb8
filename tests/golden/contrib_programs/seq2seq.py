"""Cases of `tf.contrib.seq2seq`: decoders, helpers, attention, beam search and the loss."""

import numpy as np


def _ramp(tf, *shape):
    return tf.constant((0.7 * np.sin(1 + np.arange(np.prod(shape)))).reshape(shape).astype(np.float32))


def _joined(tf, tensors):
    """Returns all numbers in one tensor: each tensor costs a run, and a run moves random numbers on."""
    return tf.concat([tf.reshape(tf.cast(tensor, tf.float32), [-1]) for tensor in tensors], 0)


def _values(tf, outputs, state):
    parts = [part for part in tf.nest.flatten([outputs, state]) if part.dtype == tf.float32]
    return {'shapes': [part.shape.as_list() for part in parts], 'values': _joined(tf, parts)}


def _with_gradients(tf, outputs, state):
    parts = [part for part in tf.nest.flatten([outputs, state]) if part.dtype == tf.float32]
    loss = tf.add_n([tf.reduce_sum(tf.square(part - 0.1)) for part in parts])
    trained = tf.trainable_variables()
    gradients = [None if g is None else tf.convert_to_tensor(g) for g in tf.gradients(loss, trained)]
    return {
        'without_gradient': [v.op.name for index, v in enumerate(trained) if gradients[index] is None],
        'gradients': _joined(tf, [g for g in gradients if g is not None]),
        **_values(tf, outputs, state),
    }


def _decoded(tf, cell, helper, state=None, layer=None, gradients=False, **kwargs):
    state = cell.zero_state(2, tf.float32) if state is None else state
    decoder = tf.contrib.seq2seq.BasicDecoder(cell, helper, state, layer)
    outputs, final, lengths = tf.contrib.seq2seq.dynamic_decode(decoder, **kwargs)
    seen = {
        'decoded': _joined(tf, [outputs.rnn_output, outputs.sample_id, lengths]),
        'types': [str(outputs.rnn_output.shape), outputs.sample_id.dtype.name, lengths.dtype.name],
        'sizes': [str(decoder.output_size), str(decoder.output_dtype)],
    }
    if gradients:
        seen.update(_with_gradients(tf, outputs.rnn_output, final))
    return seen


def case_training_helper(tf):
    helper = tf.contrib.seq2seq.TrainingHelper(_ramp(tf, 2, 3, 2), [3, 2])
    seen = _decoded(tf, tf.contrib.rnn.GRUCell(3), helper, gradients=True)
    return dict(seen, helper=[helper.batch_size, helper.inputs, helper.sequence_length, str(helper.sample_ids_shape)])


def case_training_helper_by_time_with_layer(tf):
    helper = tf.contrib.seq2seq.TrainingHelper(_ramp(tf, 3, 2, 2), tf.constant([1, 3]), time_major=True)
    layer = tf.layers.Dense(4, use_bias=False)
    cell = tf.contrib.rnn.BasicLSTMCell(3)
    return _decoded(
        tf, cell, helper, layer=layer, output_time_major=True, impute_finished=True, scope='mine', gradients=True
    )


def case_decoding_stops_at_a_maximum(tf):
    helper = tf.contrib.seq2seq.TrainingHelper(_ramp(tf, 2, 3, 2), [3, 2])
    return _decoded(tf, tf.contrib.rnn.GRUCell(2), helper, maximum_iterations=2, swap_memory=True)


def case_decoding_of_empty_sequences(tf):
    helper = tf.contrib.seq2seq.TrainingHelper(_ramp(tf, 2, 3, 2), [0, 0])
    cell = tf.contrib.rnn.GRUCell(2)
    decoder = tf.contrib.seq2seq.BasicDecoder(cell, helper, cell.zero_state(2, tf.float32))
    _, state, lengths = tf.contrib.seq2seq.dynamic_decode(decoder)
    return {'state': state, 'lengths': lengths}


def case_greedy_embedding_helper(tf):
    table = tf.get_variable('table', [4, 2])
    helper = tf.contrib.seq2seq.GreedyEmbeddingHelper(table, tf.constant([0, 1]), 2)
    cell = tf.contrib.rnn.GRUCell(4)
    return _decoded(tf, cell, helper, _ramp(tf, 2, 4), maximum_iterations=4, impute_finished=True)


def case_greedy_embedding_helper_with_a_function(tf):
    helper = tf.contrib.seq2seq.GreedyEmbeddingHelper(lambda ids: tf.one_hot(ids, 3), tf.constant([0, 2]), 1)
    return _decoded(tf, tf.contrib.rnn.BasicRNNCell(3), helper, _ramp(tf, 2, 3), maximum_iterations=5)


def case_sample_embedding_helper(tf):
    helper = tf.contrib.seq2seq.SampleEmbeddingHelper(_ramp(tf, 4, 2), tf.constant([0, 1]), 9, 0.5, seed=3)
    return {
        'ids': [helper.sample(time=0, outputs=_ramp(tf, 2, 4), state=()) for _ in range(3)],
        **_decoded(tf, tf.contrib.rnn.GRUCell(4), helper, maximum_iterations=3),
    }


def case_custom_helper(tf):
    start = tf.ones([2, 3])
    helper = tf.contrib.seq2seq.CustomHelper(
        initialize_fn=lambda: (tf.constant([False, False]), start),
        sample_fn=lambda time, outputs, state: tf.argmax(outputs, -1, output_type=tf.int32),
        next_inputs_fn=lambda time, outputs, state, sample_ids: (time >= [1, 2], 2 * outputs, state),
    )
    sizes = [str(helper.sample_ids_shape), helper.sample_ids_dtype.name]
    return dict(_decoded(tf, tf.contrib.rnn.GRUCell(3), helper), helper=sizes)


def case_inference_helper(tf):
    helper = tf.contrib.seq2seq.InferenceHelper(
        sample_fn=lambda outputs: 2 * outputs,
        sample_shape=[3],
        sample_dtype=tf.float32,
        start_inputs=_ramp(tf, 2, 3),
        end_fn=lambda samples: samples[:, 0] > 0.5,
        next_inputs_fn=lambda samples: samples + 1,
    )
    return _decoded(tf, tf.contrib.rnn.GRUCell(3), helper, maximum_iterations=4)


def case_inference_helper_without_function(tf):
    helper = tf.contrib.seq2seq.InferenceHelper(
        lambda outputs: outputs, [3], tf.float32, _ramp(tf, 2, 3), lambda samples: tf.constant([False, False])
    )
    return _decoded(tf, tf.contrib.rnn.GRUCell(3), helper, maximum_iterations=2)


def case_scheduled_embedding_training_helper(tf):
    seen = {}
    for probability in (0.0, 1.0):
        with tf.variable_scope(f'at_{probability}'):
            helper = tf.contrib.seq2seq.ScheduledEmbeddingTrainingHelper(
                _ramp(tf, 2, 3, 2), [3, 2], _ramp(tf, 4, 2), probability, seed=1, scheduling_seed=2
            )
            seen[str(probability)] = _decoded(tf, tf.contrib.rnn.GRUCell(4), helper)
    return seen


def case_scheduled_output_training_helper(tf):
    seen = {}
    for probability in (0.0, 1.0):
        with tf.variable_scope(f'at_{probability}'):
            helper = tf.contrib.seq2seq.ScheduledOutputTrainingHelper(_ramp(tf, 2, 3, 3), [3, 2], probability, seed=1)
            seen[str(probability)] = _decoded(tf, tf.contrib.rnn.GRUCell(3), helper)
    return seen


def case_scheduled_helpers_sample(tf):
    seq2seq = tf.contrib.seq2seq
    embedding = seq2seq.ScheduledEmbeddingTrainingHelper(
        _ramp(tf, 4, 3, 2), [3, 2, 1, 1], _ramp(tf, 4, 2), 0.5, seed=1, scheduling_seed=2
    )
    output = seq2seq.ScheduledOutputTrainingHelper(_ramp(tf, 4, 3, 2), [3, 2, 1, 1], 0.5, seed=1)
    tokens = tf.constant([-1, 2, -1, 0])
    return {
        'tokens': [embedding.sample(0, _ramp(tf, 4, 4), ()) for _ in range(2)],
        'chosen': [output.sample(0, _ramp(tf, 4, 2), ()) for _ in range(2)],
        'embedded': embedding.next_inputs(tf.constant(0), _ramp(tf, 4, 4), (), tokens),
        'fed': output.next_inputs(tf.constant(1), -_ramp(tf, 4, 2), (), tf.constant([1, 0, 0, 1])),
    }


def case_scheduled_output_training_helper_with_auxiliary_inputs(tf):
    helper = tf.contrib.seq2seq.ScheduledOutputTrainingHelper(
        _ramp(tf, 2, 3, 3), [3, 2], 1.0, next_inputs_fn=lambda outputs: 2 * outputs, auxiliary_inputs=_ramp(tf, 2, 3, 1)
    )
    return _decoded(tf, tf.contrib.rnn.GRUCell(3), helper)


def case_a_decoder_of_ones_own(tf):
    class Doubles(tf.contrib.seq2seq.Decoder):
        batch_size = tf.constant(2)
        output_size = tf.TensorShape([3])
        output_dtype = tf.float32

        def initialize(self, name=None):
            return tf.constant([False, False]), tf.ones([2, 3]), tf.zeros([2])

        def step(self, time, inputs, state, name=None):
            return inputs, state + 1, 2 * inputs, tf.equal(time, [1, 2])

        def finalize(self, outputs, final_state, sequence_lengths):
            return -outputs, final_state

    decoder = Doubles()
    return {'made': tf.contrib.seq2seq.dynamic_decode(decoder), 'tracks': decoder.tracks_own_finished}


def _attending(tf, mechanisms, cell=None, gradients=False, **kwargs):
    wrapper = tf.contrib.seq2seq.AttentionWrapper(cell or tf.contrib.rnn.GRUCell(3), mechanisms, **kwargs)
    helper = tf.contrib.seq2seq.TrainingHelper(_ramp(tf, 2, 2, 2), [2, 1])
    state = wrapper.zero_state(2, tf.float32)
    decoder = tf.contrib.seq2seq.BasicDecoder(wrapper, helper, state)
    outputs, final, _ = tf.contrib.seq2seq.dynamic_decode(decoder)
    history = tf.nest.map_structure(lambda array: array.stack(), final.alignment_history)
    time = tf.cast(final.time, tf.float32)
    parts = [final.cell_state, final.attention, final.alignments, final.attention_state, history, time]
    return {
        'sizes': [str(wrapper.state_size), str(wrapper.output_size)],
        **(_with_gradients if gradients else _values)(tf, outputs.rnn_output, parts),
    }


def case_bahdanau_attention(tf):
    return _attending(tf, tf.contrib.seq2seq.BahdanauAttention(3, _ramp(tf, 2, 4, 2)))


def case_bahdanau_attention_in_full(tf):
    mechanism = tf.contrib.seq2seq.BahdanauAttention(
        4, _ramp(tf, 2, 4, 2), [4, 2], normalize=True, probability_fn=tf.sigmoid, score_mask_value=-3.0, name='mine'
    )
    cell = tf.contrib.rnn.BasicLSTMCell(3)
    return _attending(
        tf, mechanism, cell, attention_layer_size=3, alignment_history=True, name='wrapped', gradients=True
    )


def case_luong_attention(tf):
    return _attending(tf, tf.contrib.seq2seq.LuongAttention(3, _ramp(tf, 2, 4, 2), tf.constant([1, 3])))


def case_luong_attention_in_full(tf):
    mechanism = tf.contrib.seq2seq.LuongAttention(
        3, _ramp(tf, 2, 4, 2), [1, 3], scale=True, custom_key_value_fn=lambda keys, values: (2 * keys, -values)
    )
    return _attending(
        tf,
        mechanism,
        cell_input_fn=lambda inputs, attention: inputs + attention,
        output_attention=False,
        initial_cell_state=_ramp(tf, 2, 3),
        gradients=True,
    )


def case_monotonic_mechanisms(tf):
    seq2seq = tf.contrib.seq2seq
    mechanisms = [
        seq2seq.BahdanauMonotonicAttention(2, _ramp(tf, 2, 3, 2), [3, 2], normalize=True, score_bias_init=-1.0),
        seq2seq.LuongMonotonicAttention(3, _ramp(tf, 2, 3, 2), scale=True, mode='recursive'),
    ]
    return _attending(tf, mechanisms, alignment_history=True, gradients=True)


def case_monotonic_mechanism_of_noise(tf):
    # In a loop, steps run side by side and draw their random numbers in any order.
    mechanism = tf.contrib.seq2seq.LuongMonotonicAttention(
        3, _ramp(tf, 2, 3, 2), sigmoid_noise=1.0, sigmoid_noise_seed=3, mode='hard'
    )
    alignments, state = mechanism(_ramp(tf, 2, 3), mechanism.initial_state(2, tf.float32))
    return {'alignments': alignments, 'same': alignments is state}


def case_several_mechanisms(tf):
    seq2seq = tf.contrib.seq2seq
    mechanisms = [seq2seq.LuongAttention(3, _ramp(tf, 2, 3, 2)), seq2seq.BahdanauAttention(2, _ramp(tf, 2, 2, 4))]
    return _attending(tf, mechanisms, attention_layer_size=[2, 3])


def case_attention_layers_of_ones_own(tf):
    mechanism = tf.contrib.seq2seq.BahdanauAttention(2, _ramp(tf, 2, 3, 2))
    layer = tf.layers.Dense(4, activation=tf.tanh, name='own')
    return _attending(tf, mechanism, attention_layer=layer)


def case_attention_function_of_ones_own(tf):
    def attend(mechanism, cell_output, state, layer):
        alignments, next_state = mechanism(cell_output, state=state)
        return 2 * tf.reduce_sum(tf.expand_dims(alignments, 2) * mechanism.values, 1), alignments, next_state

    return _attending(tf, tf.contrib.seq2seq.BahdanauAttention(2, _ramp(tf, 2, 3, 2)), attention_fn=attend)


def case_mechanism_by_itself(tf):
    mechanism = tf.contrib.seq2seq.LuongAttention(3, _ramp(tf, 2, 4, 2), [4, 2])
    monotonic = tf.contrib.seq2seq.BahdanauMonotonicAttention(3, _ramp(tf, 2, 4, 2))
    return {
        'sizes': [mechanism.batch_size, mechanism.alignments_size, mechanism.state_size],
        'keys': mechanism.keys,
        'values': mechanism.values,
        'layers': [mechanism.query_layer is None, mechanism.memory_layer.name, monotonic.query_layer.name],
        'first': [mechanism.initial_alignments(2, tf.float32), monotonic.initial_state(2, tf.float32)],
        'is_mechanism': isinstance(mechanism, tf.contrib.seq2seq.AttentionMechanism),
    }


def case_attention_wrapper_state_is_cloned(tf):
    wrapper = tf.contrib.seq2seq.AttentionWrapper(
        tf.contrib.rnn.GRUCell(3), tf.contrib.seq2seq.LuongAttention(3, _ramp(tf, 2, 4, 2))
    )
    state = wrapper.zero_state(2, tf.float32)
    clone = state.clone(cell_state=tf.placeholder_with_default(tf.ones([2, 3]), [None, 3]))
    return {'cell_state': clone.cell_state, 'shape': str(clone.cell_state.shape), 'fields': list(state._fields)}


def case_hardmax(tf):
    return {'one': tf.contrib.seq2seq.hardmax([[1.0, 3.0, 2.0], [0.0, -1.0, 0.0]])}


def case_safe_cumprod(tf):
    x = tf.constant([[0.5, 0.0, 0.25], [1.0, 0.5, 1.5]])
    return {
        'plain': tf.contrib.seq2seq.safe_cumprod(x, axis=1),
        'exclusive': tf.contrib.seq2seq.safe_cumprod(x, 0, exclusive=True, reverse=True),
    }


def case_monotonic_attention(tf):
    p = tf.constant([[0.1, 0.6, 0.3], [0.9, 0.2, 0.5]])
    previous = tf.constant([[1.0, 0.0, 0.0], [0.2, 0.5, 0.1]])
    attend = tf.contrib.seq2seq.monotonic_attention
    return {
        'recursive': attend(p, previous, 'recursive'),
        'parallel': attend(p, previous, 'parallel'),
        'hard': attend(tf.round(p), previous, 'hard'),
    }


def case_sequence_loss(tf):
    logits, targets = _ramp(tf, 2, 3, 4), tf.constant([[0, 1, 2], [3, 0, 1]])
    weights = tf.constant([[1.0, 0.5, 0.0], [1.0, 0.0, 0.0]])

    def loss(*flags, **kwargs):
        return tf.contrib.seq2seq.sequence_loss(logits, targets, weights, *flags, **kwargs)

    return {
        'default': loss(),
        'time': loss(True, False),
        'batch': loss(False, True),
        'none': loss(False, False),
        'sums': loss(False, False, True, True),
        'sum_time': loss(False, False, True),
        'sum_batch': loss(False, False, False, True),
        'mixed': [loss(True, False, False, True), loss(False, True, True, False)],
        'own': loss(
            softmax_loss_function=lambda labels, logits: tf.reduce_sum(logits, 1) * tf.cast(labels, tf.float32)
        ),
    }


def case_tile_batch(tf):
    tiled = tf.contrib.seq2seq.tile_batch((tf.constant([1, 2]), _ramp(tf, 2, 1, 2)), 2)
    unknown = tf.contrib.seq2seq.tile_batch(tf.placeholder(tf.float32, [None, 3]), multiplier=3)
    return {'tiled': tiled, 'shapes': [str(t.shape.as_list()) for t in (*tiled, unknown)]}


def case_gather_tree(tf):
    ids = tf.constant([[[1, 2, 3], [4, 5, 6]], [[4, 0, 6], [1, 2, 3]], [[7, 8, 9], [9, 7, 8]], [[0, 0, 0], [1, 2, 3]]])
    parents = tf.constant(
        [[[0, 0, 0], [0, 0, 0]], [[0, 1, 1], [1, 1, 0]], [[2, 1, 2], [0, 2, 1]], [[0, 1, 2], [2, 2, 1]]]
    )
    gather = tf.contrib.seq2seq.gather_tree
    return {
        'whole': gather(ids, parents, [4, 4], 10),
        'shorter': gather(ids, parents, tf.constant([3, 2]), 10),
        'ended': gather(ids, parents, [3, 4], tf.constant(6)),
        'empty': gather(ids, parents, [0, 1], end_token=11),
    }


def _searched(tf, cell, state, **kwargs):
    table = tf.get_variable('table', [5, 2])
    decoder = tf.contrib.seq2seq.BeamSearchDecoder(
        cell, table, tf.constant([0, 1]), 3, state, 3, output_layer=tf.layers.Dense(5), **kwargs
    )
    outputs, final, lengths = tf.contrib.seq2seq.dynamic_decode(decoder, maximum_iterations=4)
    inner = outputs.beam_search_decoder_output
    cell_state = [
        part.stack() if isinstance(part, tf.TensorArray) else part for part in tf.nest.flatten(final.cell_state)
    ]
    parts = [outputs.predicted_ids, inner, cell_state, final.log_probs, final.finished, final.lengths, lengths]
    return {
        'values': _joined(tf, tf.nest.flatten([parts, final.accumulated_attention_probs])),
        'types': [final.lengths.dtype.name, lengths.dtype.name],
        'shapes': [str(outputs.predicted_ids.shape), str(inner.scores.shape), str(final.log_probs.shape)],
        'sizes': [str(decoder.output_size), str(decoder.output_dtype), decoder.tracks_own_finished],
    }


def case_beam_search(tf):
    return _searched(tf, tf.contrib.rnn.GRUCell(3), _ramp(tf, 6, 3))


def case_beam_search_with_length_penalty(tf):
    rnn = tf.contrib.rnn
    state = tf.contrib.seq2seq.tile_batch(rnn.LSTMStateTuple(_ramp(tf, 2, 3), -_ramp(tf, 2, 3)), 3)
    return _searched(tf, rnn.BasicLSTMCell(3), state, length_penalty_weight=0.6)


def _beams_over_attention(tf, **kwargs):
    seq2seq = tf.contrib.seq2seq
    memory, lengths = seq2seq.tile_batch(_ramp(tf, 2, 3, 2), 3), seq2seq.tile_batch(tf.constant([3, 2]), 3)
    cell = seq2seq.AttentionWrapper(
        tf.contrib.rnn.GRUCell(3), seq2seq.LuongAttention(3, memory, lengths), 3, alignment_history=True
    )
    state = cell.zero_state(6, tf.float32).clone(cell_state=seq2seq.tile_batch(_ramp(tf, 2, 3), 3))
    return _searched(tf, cell, state, **kwargs)


def case_beam_search_over_attention(tf):
    return _beams_over_attention(tf)


def case_beam_search_over_attention_with_coverage_penalty(tf):
    return _beams_over_attention(tf, coverage_penalty_weight=0.3, reorder_tensor_arrays=False)


def case_wrong_arguments(tf):
    seq2seq = tf.contrib.seq2seq
    cell = tf.contrib.rnn.GRUCell(3)
    state = tf.zeros([2, 3])
    memory = tf.zeros([2, 4, 2])
    helper = seq2seq.TrainingHelper(tf.zeros([2, 3, 2]), [1, 2])
    luong = seq2seq.LuongAttention(3, memory)
    wrapper = seq2seq.AttentionWrapper(cell, luong)
    table, start = tf.zeros([4, 2]), tf.constant([0, 1])
    logits, targets, weights = tf.zeros([2, 3, 4]), tf.zeros([2, 3], tf.int32), tf.ones([2, 3])
    unready = seq2seq.CustomHelper(lambda: None, lambda: None, lambda: None)
    beam = {'embedding': table, 'start_tokens': start, 'end_token': 1, 'initial_state': tf.zeros([4, 3])}
    attempts = {
        'decode_no_decoder': lambda: seq2seq.dynamic_decode(cell),
        'decode_maximum': lambda: seq2seq.dynamic_decode(
            seq2seq.BasicDecoder(cell, helper, state), maximum_iterations=[1, 2]
        ),
        'basic_cell': lambda: seq2seq.BasicDecoder(3, helper, state),
        'basic_helper': lambda: seq2seq.BasicDecoder(cell, cell, state),
        'basic_layer': lambda: seq2seq.BasicDecoder(cell, helper, state, tf.tanh),
        'helper': lambda: seq2seq.Helper(),
        'decoder': lambda: seq2seq.Decoder(),
        'training_lengths': lambda: seq2seq.TrainingHelper(tf.zeros([2, 3, 2]), 3),
        'greedy_start': lambda: seq2seq.GreedyEmbeddingHelper(table, 0, 1),
        'greedy_end': lambda: seq2seq.GreedyEmbeddingHelper(table, start, [1]),
        'greedy_outputs': lambda: seq2seq.GreedyEmbeddingHelper(table, start, 1).sample(0, (state, state), state),
        'sample_outputs': lambda: seq2seq.SampleEmbeddingHelper(table, start, 1).sample(0, (state, state), state),
        'custom_size': lambda: unready.batch_size,
        'scheduled_embedding': lambda: seq2seq.ScheduledEmbeddingTrainingHelper(
            tf.zeros([2, 3, 2]), [1, 2], table, [[0.5]]
        ),
        'scheduled_output': lambda: seq2seq.ScheduledOutputTrainingHelper(tf.zeros([2, 3, 2]), [1, 2], [[0.5]]),
        'memory_shape': lambda: seq2seq.LuongAttention(3, tf.placeholder(tf.float32, [2, 4, None])),
        'query_depth': lambda: seq2seq.LuongAttention(2, memory)(state, tf.zeros([2, 4])),
        'wrapper_cell': lambda: seq2seq.AttentionWrapper(3, luong),
        'wrapper_mechanism': lambda: seq2seq.AttentionWrapper(cell, cell),
        'wrapper_mechanisms': lambda: seq2seq.AttentionWrapper(cell, [luong, 3]),
        'wrapper_input_fn': lambda: seq2seq.AttentionWrapper(cell, luong, cell_input_fn=3),
        'wrapper_layers': lambda: seq2seq.AttentionWrapper(cell, [luong, luong], attention_layer_size=[3]),
        'wrapper_layer_twice': lambda: seq2seq.AttentionWrapper(
            cell, luong, attention_layer_size=3, attention_layer=tf.layers.Dense(3)
        ),
        'wrapper_state': lambda: wrapper(tf.zeros([2, 2]), state),
        'wrapper_batch': lambda: wrapper.zero_state(3, tf.float32),
        'clone_shape': lambda: wrapper.zero_state(2, tf.float32).clone(cell_state=tf.zeros([2, 4])),
        'mechanism_sizes': lambda: seq2seq.AttentionMechanism().alignments_size,
        'monotonic_mode': lambda: seq2seq.monotonic_attention(weights, weights, 'soft'),
        'loss_logits': lambda: seq2seq.sequence_loss(weights, targets, weights),
        'loss_targets': lambda: seq2seq.sequence_loss(logits, start, weights),
        'loss_weights': lambda: seq2seq.sequence_loss(logits, targets, tf.ones([2])),
        'loss_time': lambda: seq2seq.sequence_loss(logits, targets, weights, sum_over_timesteps=True),
        'loss_batch': lambda: seq2seq.sequence_loss(logits, targets, weights, sum_over_batch=True),
        'tile_scalar': lambda: seq2seq.tile_batch(tf.constant(1), 2),
        'tile_unknown': lambda: seq2seq.tile_batch(tf.placeholder(tf.float32), 2),
        'beam_cell': lambda: seq2seq.BeamSearchDecoder(3, beam_width=2, **beam),
        'beam_layer': lambda: seq2seq.BeamSearchDecoder(cell, beam_width=2, output_layer=tf.tanh, **beam),
        'beam_start': lambda: seq2seq.BeamSearchDecoder(cell, beam_width=2, **dict(beam, start_tokens=0)),
        'beam_end': lambda: seq2seq.BeamSearchDecoder(cell, beam_width=2, **dict(beam, end_token=[0])),
        'beam_coverage': lambda: seq2seq.BeamSearchDecoder(
            cell, beam_width=2, coverage_penalty_weight=0.5, **beam
        ).initialize(),
    }
    seen = {}
    for name in sorted(attempts):
        try:
            attempts[name]()
            seen[name] = None
        except Exception as error:  # The type is the result.
            seen[name] = type(error).__name__
    return seen
