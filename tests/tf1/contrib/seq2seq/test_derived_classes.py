"""What classes of programs that derive from those of `tf.contrib.seq2seq` find there, with the values of TF 1.15.5."""

from __future__ import annotations

import pytest

import tf1 as tf

seq2seq = tf.contrib.seq2seq


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


@pytest.mark.parametrize(
    ('name', 'units'),
    [
        ('LuongAttention', 4),
        ('BahdanauAttention', 5),
        ('LuongMonotonicAttention', 4),
        ('BahdanauMonotonicAttention', 5),
    ],
)
def test_an_attention_knows_its_units_name_and_type(name, units):
    attention = getattr(seq2seq, name)(units, tf.zeros([2, 3, 4], tf.float64), dtype=tf.float64)
    assert (attention._num_units, attention._name, attention.dtype) == (units, name, 'float64')


def test_a_wrapper_gives_one_item_or_all_and_checks_batches():
    cell = tf.nn.rnn_cell.LSTMCell(4)
    attention = seq2seq.LuongAttention(4, tf.zeros([2, 3, 4]))
    one = seq2seq.AttentionWrapper(cell, attention, attention_layer_size=4)
    several = seq2seq.AttentionWrapper(cell, [attention], attention_layer_size=[4])
    assert one._item_or_tuple([1]) == 1
    assert several._item_or_tuple(iter([1])) == (1,)
    assert [check.type for check in one._batch_size_checks(tf.placeholder(tf.int32, []), 'Batches.')] == ['Assert']
    with pytest.raises(tf.errors.InvalidArgumentError, match='^Batches'):
        one._batch_size_checks(3, 'Batches.')


def test_a_beam_search_splits_and_merges_the_beams_of_cells_derived_from_it(graph):
    cell = tf.nn.rnn_cell.LSTMCell(4)
    state = seq2seq.tile_batch(cell.zero_state(2, tf.float32), 2)
    decoder = seq2seq.BeamSearchDecoder(cell, tf.zeros([5, 4]), tf.constant([1, 1]), 2, state, 2)
    assert (decoder._finished.name, decoder._start_tokens.name) == ('one_hot:0', 'Tile:0')
    assert decoder.initialize()[0] is decoder._finished
    assert decoder._rnn_output_size() == 4
    shape = tf.TensorShape([3])
    for merge in (decoder._maybe_merge_batch_beams, decoder._merge_batch_beams):
        assert merge(tf.zeros([2, 2, 3]), shape).shape == [4, 3]
    for split in (decoder._maybe_split_batch_beams, decoder._split_batch_beams):
        assert split(tf.zeros([4, 3]), shape).shape == [2, 2, 3]
    assert decoder._maybe_merge_batch_beams(tf.zeros([]), tf.TensorShape([])).shape == []


def test_decoders_and_helpers_keep_what_they_are_given():
    inputs, lengths = tf.zeros([2, 3, 4]), tf.constant([3, 3])
    assert seq2seq.TrainingHelper(inputs, lengths)._input_tas.read(0).shape == [2, 4]
    helper = seq2seq.ScheduledEmbeddingTrainingHelper(inputs, lengths, tf.zeros([5, 4]), 0.5)
    assert helper._input_tas.read(0).shape == [2, 4]
    assert helper._sampling_probability.name == 'ScheduledEmbeddingSamplingWrapper/sampling_probability:0'
    cell = tf.nn.rnn_cell.LSTMCell(4)
    decoder = seq2seq.BasicDecoder(cell, helper, cell.zero_state(2, tf.float32), tf.layers.Dense(7))
    assert decoder._rnn_output_size() == tf.TensorShape([7])
