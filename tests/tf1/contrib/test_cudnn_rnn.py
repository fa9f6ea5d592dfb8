"""The layers compute what TF 1.15's compatible cells compute, and save and restore what those do."""

from __future__ import annotations

import json
import pathlib

import numpy as np
import pytest

import tf1 as tf
from tools.golden import contrib

rnn = tf.contrib.cudnn_rnn

_GOLDEN = json.loads((pathlib.Path(__file__).parents[2] / 'golden' / 'contrib_cudnn_rnn.json').read_text())
_INPUTS = (0.7 * np.sin(1 + np.arange(24))).reshape(3, 2, 4)
_BOTH = 'bidirectional'


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


def _cells_checkpoint(folder: pathlib.Path, case: str, dtype: tf.DType = tf.float32) -> str:
    """Returns the path of a checkpoint with a golden case's variables, as TF 1.15 had them."""
    with tf.Graph().as_default(), tf.Session() as session:
        for name, shape, _ in _GOLDEN[case]['variables']:
            tf.get_variable(name, initializer=contrib.initial(name, shape, dtype.as_numpy_dtype))
        session.run(tf.global_variables_initializer())
        return tf.train.Saver().save(session, str(folder / 'cells'))


@pytest.mark.parametrize(
    ('case', 'kind', 'options', 'lengths', 'order', 'time_major'),
    [
        ('lstm_one_way', 'CudnnLSTM', {}, None, 'ch', True),
        ('lstm_both_ways', 'CudnnLSTM', {'direction': _BOTH}, None, 'ch', True),
        ('lstm_with_lengths', 'CudnnLSTM', {'direction': _BOTH}, [2, 3], 'ch', False),
        ('lstm_with_lengths', 'CudnnLSTM', {'direction': _BOTH, 'dtype': tf.float64}, [2, 3], 'ch', True),
        ('gru_one_way', 'CudnnGRU', {}, None, 'h', True),
        ('gru_both_ways', 'CudnnGRU', {'direction': _BOTH}, None, 'h', True),
        ('gru_with_lengths', 'CudnnGRU', {'direction': _BOTH}, [3, 1], 'h', False),
        ('tanh_one_way', 'CudnnRNNTanh', {}, None, 'h', True),
        ('relu_both_ways', 'CudnnRNNRelu', {'direction': _BOTH}, None, 'h', True),
    ],
)
def test_a_layer_restores_what_cells_saved_and_gives_their_outputs_and_states(
    tmp_path, case, kind, options, lengths, order, time_major
):
    layer = getattr(rnn, kind)(2, 3, name='net', **options)
    inputs = tf.constant(_INPUTS if time_major else _INPUTS.transpose(1, 0, 2), options.get('dtype', tf.float32))
    outputs, states = layer(inputs, sequence_lengths=lengths, time_major=time_major)
    with tf.Session() as session:
        saver = tf.train.Saver([layer.saveable])
        saver.restore(session, _cells_checkpoint(tmp_path, case, tf.as_dtype(layer.dtype)))
        outputs, states = session.run([outputs, states])
    if not time_major:
        outputs, states = outputs.transpose(1, 0, 2), [state.transpose(1, 0, 2) for state in states]
    theirs = _GOLDEN[case]['results']
    np.testing.assert_allclose(outputs, theirs['outputs'], rtol=1e-5, atol=1e-6)
    states = dict(zip('hc', states, strict=False))
    ways = ['state'] if 'state' in theirs else ['forward', 'backward']
    for way, key in enumerate(ways):
        ours = [states[part][layer * len(ways) + way].ravel() for layer in range(2) for part in order]
        np.testing.assert_allclose(np.concatenate(ours), theirs[key], rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(('kind', 'case'), [('CudnnLSTM', 'lstm_one_way'), ('CudnnGRU', 'gru_one_way')])
def test_gradients_are_those_of_the_cells(tmp_path, kind, case):
    layer = getattr(rnn, kind)(2, 3, name='net')
    outputs, _ = layer(tf.constant(_INPUTS, tf.float32))
    (gradient,) = tf.gradients(outputs, layer.kernel)
    # Of two biases that are added, each has the gradient of the sum, which the way to a cell's form doubles.
    converter = getattr(rnn, f'CudnnParamsFormatConverter{kind[5:]}')(2, 3, 4)
    kernels, biases = converter.opaque_to_tf_canonical(gradient)
    summed = [True] if kind == 'CudnnLSTM' else [True, False, False]
    biases = [0.5 * bias if summed[index % len(summed)] else bias for index, bias in enumerate(biases)]
    with tf.Session() as session:
        tf.train.Saver([layer.saveable]).restore(session, _cells_checkpoint(tmp_path, case))
        ours = session.run(kernels + biases)
    names = [spec.name for spec in layer.saveable.specs]
    sizes = [int(np.prod(shape)) for _, shape, _ in _GOLDEN[case]['variables']]
    pieces = np.split(np.array(_GOLDEN[case]['results']['gradients']), np.cumsum(sizes)[:-1])
    theirs = dict(zip([name for name, _, _ in _GOLDEN[case]['variables']], pieces, strict=True))
    for name, values in zip(names, ours, strict=True):
        np.testing.assert_allclose(values.ravel(), theirs[name], rtol=1e-4, atol=1e-5, err_msg=name)


@pytest.mark.parametrize('kind', ['CudnnLSTM', 'CudnnRNNTanh'])
def test_a_saver_of_all_variables_restores_them_into_a_new_graph(tmp_path, kind):
    def build() -> tf.Tensor:
        layer = getattr(rnn, kind)(2, 3, direction=_BOTH, bias_initializer=tf.random_normal_initializer())
        return layer(tf.constant(_INPUTS, tf.float32))[0]

    outputs = build()
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        before = session.run(outputs)
        path = tf.train.Saver().save(session, str(tmp_path / 'model'))
    with tf.Graph().as_default(), tf.Session() as session:
        outputs = build()
        tf.train.Saver().restore(session, path)
        np.testing.assert_allclose(session.run(outputs), before, rtol=1e-6)


def test_the_vector_is_all_matrices_row_by_row_then_all_biases():
    # One layer of plain units: W [2, 3], R [2, 2], b_W, b_R; the cell's kernel has W's columns as rows, then R's.
    vector = tf.range(14, dtype=tf.float32)
    kernels, biases = rnn.CudnnParamsFormatConverterTanh(1, 2, 3).opaque_to_tf_canonical(vector)
    with tf.Session() as session:
        (kernel,), (bias,) = session.run([kernels, biases])
    assert kernel.tolist() == [[0, 3], [1, 4], [2, 5], [6, 8], [7, 9]]
    assert bias.tolist() == [10 + 12, 11 + 13]


@pytest.mark.parametrize('kind', ['LSTM', 'GRU', 'Tanh', 'Relu'])
@pytest.mark.parametrize('direction', ['unidirectional', _BOTH])
def test_the_way_to_cells_and_back_keeps_all_but_how_a_sum_of_biases_is_split(kind, direction):
    converter = getattr(rnn, f'CudnnParamsFormatConverter{kind}')(2, 3, 4, direction=direction)
    size = converter._network
    count = sum(int(np.prod(shape)) for shape in [*size.weight_shapes, *size.bias_shapes])
    there = converter.opaque_to_tf_canonical(tf.random_normal([count], seed=1))
    again = converter.opaque_to_tf_canonical(converter.tf_canonical_to_opaque([*there[0], *there[1]]))
    with tf.Session() as session:
        one, other = session.run([there, again])
    for ours, theirs in zip(sum(one, []), sum(other, []), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-6)


def test_values_are_dropped_between_layers_in_training_alone():
    layer = rnn.CudnnGRU(2, 50, dropout=0.5, seed=1)
    inputs = tf.ones([1, 1, 3])
    trained, whole, one = layer(inputs)[1][0], layer(inputs, training=False)[1][0], rnn.CudnnGRU(1, 50, dropout=0.5)
    single = [one(inputs)[0], one(inputs, training=False)[0]]
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        trained, whole, single = session.run([trained, whole, single])
    # The first layer's state is as it was; what the second sees is not.
    np.testing.assert_array_equal(trained[0], whole[0])
    assert abs(trained[1] - whole[1]).max() > 0.01
    np.testing.assert_array_equal(*single)


def test_a_given_state_goes_on_where_the_steps_before_ended():
    layer = rnn.CudnnLSTM(2, 3)
    inputs = tf.constant(_INPUTS, tf.float32)
    outputs, states = layer(inputs)
    _, first = layer(inputs[:2])
    rest, last = layer(inputs[2:], initial_state=first)
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        outputs, states, rest, last = session.run([outputs, states, rest, last])
    np.testing.assert_allclose(rest, outputs[2:], rtol=1e-6)
    np.testing.assert_allclose(last, states, rtol=1e-6)


def test_time_and_batch_may_be_unknown_and_a_model_learns():
    inputs = tf.placeholder(tf.float32, [None, None, 4])
    outputs, (state,) = rnn.CudnnGRU(1, 8, direction=_BOTH, seed=1)(inputs)
    assert outputs.shape.as_list() == [None, None, 16]
    assert state.shape.as_list() == [2, None, 8]
    loss = tf.reduce_mean(tf.square(outputs[:, :, 0] - tf.cumsum(inputs)[:, :, 0]))
    train = tf.train.AdamOptimizer(0.05).minimize(loss)
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        losses = [session.run([loss, train], {inputs: _INPUTS})[0] for _ in range(60)]
    assert losses[-1] < 0.1 * losses[0]


def _layer(**options: object) -> rnn.CudnnLSTM:
    return rnn.CudnnLSTM(1, 4, name='net', **options)


@pytest.mark.parametrize(
    ('call', 'error', 'text'),
    [
        (
            lambda: _layer(direction='up'),
            ValueError,
            "direction must be 'unidirectional' or 'bidirectional', got 'up'.",
        ),
        (lambda: _layer(input_mode='no'), ValueError, "'linear_input', 'skip_input', 'auto_select', got 'no'."),
        (lambda: _layer(dtype=tf.int32), ValueError, 'dtype must be float16, float32 or float64, got int32.'),
        (lambda: _layer().input_size, ValueError, 'The input_size of net is not known before the layer is called'),
        (lambda: _layer()(tf.zeros([2, 3])), ValueError, r'must have shape \[time, batch, features\], got \(2, 3\)'),
        (
            lambda: _layer(input_mode='skip_input')(tf.zeros([2, 2, 4])),
            NotImplementedError,
            "must be 'linear_input' for 4 features and num_units=4, got 'skip_input'",
        ),
        (
            lambda: _layer()(tf.zeros([2, 2, 3]), initial_state=tf.zeros([1, 2, 4])),
            TypeError,
            'initial_state must be a tuple of tensors, got <tf.Tensor',
        ),
        (
            lambda: _layer()(tf.zeros([2, 2, 3]), initial_state=(tf.zeros([1, 2, 4]),)),
            ValueError,
            'initial_state must have 2 members, got 1',
        ),
        (lambda: rnn.CudnnParamsFormatConverterLSTM(1, 2, 3, 4), NotImplementedError, 'num_proj must be None, got 4'),
    ],
)
def test_an_error_names_the_value_and_the_remedy(call, error, text):
    with pytest.raises(error, match=text):
        call()


def test_the_package_lists_what_tf_1_15_had():
    assert len(rnn.__all__) == 14
    assert all(getattr(rnn, name).__doc__ for name in rnn.__all__)
    with pytest.raises(AttributeError, match=r'tf\.contrib\.cudnn_rnn\.nonsense does not exist'):
        rnn.nonsense  # noqa: B018
