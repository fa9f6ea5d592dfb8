"""What golden cases cannot show of tf.contrib's networks: names, error texts, and operations against slow twins."""

from __future__ import annotations

import numpy as np
import pytest

import tf1 as tf

_SIZES = {'rnn': 50, 'seq2seq': 29, 'legacy_seq2seq': 13, 'crf': 11}


@pytest.mark.parametrize('package', _SIZES)
def test_every_public_name_of_tf_1_15_resolves(package: str) -> None:
    module = getattr(tf.contrib, package)
    assert len(module.__all__) == _SIZES[package]
    assert all(hasattr(module, name) for name in module.__all__)
    with pytest.raises(AttributeError, match=f'tf.contrib.{package}.nothing does not exist'):
        _ = module.nothing


def _refusals() -> dict:
    rnn, seq2seq = tf.contrib.rnn, tf.contrib.seq2seq
    cell = rnn.GRUCell(3)
    return {
        'cell must be a tf.nn.rnn_cell.RNNCell, got 3, which has no output_size, state_size, zero_state, __call__.': (
            lambda: rnn.OutputProjectionWrapper(3, 2)
        ),
        'num_units must be divisible by number_of_groups = 2, got 5.': lambda: rnn.GLSTMCell(5, number_of_groups=2),
        'num_frequency_blocks must be a list of counts of windows, got None.': lambda: rnn.GridLSTMCell(2),
        'attn_length must be > 0, got 0.': lambda: rnn.AttentionCellWrapper(cell, 0),
        'One of num_units and cell_size must be set, got None and None.': lambda: rnn.GRUBlockCell(),
        'cells_fw and cells_bw must have one length, got 2 and 1.': (
            lambda: rnn.stack_bidirectional_rnn([cell, cell], [cell], [])
        ),
        'start_tokens must be a vector, got shape ().': lambda: seq2seq.GreedyEmbeddingHelper(tf.zeros([2, 2]), 0, 1),
        "mode must be 'recursive', 'parallel' or 'hard', got 'soft'.": (
            lambda: seq2seq.monotonic_attention(tf.zeros([1, 2]), tf.zeros([1, 2]), 'soft')
        ),
        'logits must have 3 dimensions, got shape (2, 3).': (
            lambda: seq2seq.sequence_loss(tf.zeros([2, 3]), tf.zeros([2, 3]), tf.zeros([2, 3]))
        ),
        'logits, targets and weights must have one length, got 0, 1 and 0.': (
            lambda: tf.contrib.legacy_seq2seq.sequence_loss([], [tf.zeros([1])], [])
        ),
    }


@pytest.mark.parametrize('text', list(_refusals()))
def test_a_refusal_names_what_it_got(text: str) -> None:
    with tf.Graph().as_default(), pytest.raises((TypeError, ValueError)) as error:
        _refusals()[text]()
    assert text in str(error.value)


def _path(ids: np.ndarray, parents: np.ndarray, steps: int, beam: int, end: int) -> list[int]:
    """Follows one beam's parents from its last step, and fills up with `end` from the first `end` on."""
    path = []
    for step in reversed(range(steps)):
        path.insert(0, ids[step][beam])
        beam = parents[step][beam]
    first = path.index(end) if end in path else steps
    return path[:first] + [end] * (len(ids) - first)


def test_gather_tree_reads_what_following_each_beam_reads() -> None:
    random = np.random.RandomState(0)
    ids, parents = random.randint(0, 6, [5, 2, 4]), random.randint(0, 4, [5, 2, 4])
    lengths, end = [5, 3], 5
    with tf.Graph().as_default(), tf.Session() as session:
        tree = session.run(tf.contrib.seq2seq.gather_tree(ids, parents, lengths, end))
    for batch, steps in enumerate(lengths):
        for beam in range(4):
            expected = _path(ids[:, batch], parents[:, batch], steps, beam, end)
            assert tree[:, batch, beam].tolist() == expected


@pytest.mark.parametrize(('block', 'plain'), [('LSTMBlockCell', 'LSTMCell'), ('GRUBlockCellV2', 'GRUCell')])
def test_a_block_cell_is_its_plain_cell(block: str, plain: str) -> None:
    inputs = np.random.RandomState(0).normal(size=[2, 4, 3]).astype(np.float32)
    results = []
    for name in (block, plain):
        with tf.Graph().as_default(), tf.Session() as session:
            x = tf.constant(inputs)
            outputs, _ = tf.nn.dynamic_rnn(getattr(tf.contrib.rnn, name)(5), x, [4, 2], dtype=tf.float32)
            variables = tf.trainable_variables()
            gradients = tf.gradients(tf.reduce_sum(outputs**2), [*variables, x])
            session.run(tf.global_variables_initializer())
            for seed, variable in enumerate(variables):
                variable.load(np.random.RandomState(seed).normal(size=variable.shape.as_list()), session)
            results.append(([v.op.name for v in variables], session.run([outputs, *gradients])))
    assert results[0][0] == results[1][0]
    for one, other in zip(results[0][1], results[1][1], strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-4, atol=1e-5)
