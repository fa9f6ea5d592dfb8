"""New names, and checkpoints written under them."""

from __future__ import annotations

import numpy as np
import pytest

import tf1 as tf
from tf1._checkpoint.errors import CheckpointError
from tf1._checkpoint.reading import Stored
from tf1._checkpoint.renaming import plan, write_renamed


def test_slots_follow_their_variable(golden):
    assert plan(golden('cnn'), {'conv2d/bias': 'first/b'}) == {
        'conv2d/bias': 'first/b',
        'conv2d/bias/Adam': 'first/b/Adam',
        'conv2d/bias/Adam_1': 'first/b/Adam_1',
    }


def test_slots_follow_whatever_a_rule_makes_of_their_own_names(golden):
    renamed = plan(golden('batch_norm'), {}, [('^dense/kernel(.*)$', r'd\1/w')])
    # By itself the slot would be called d/Momentum/w.
    assert renamed == {'dense/kernel': 'd/w', 'dense/kernel/Momentum': 'd/w/Momentum'}


def test_a_mapping_goes_before_rules_and_may_name_a_slot(golden):
    mapping = {'logits/bias': 'out/b', 'logits/bias/Momentum': 'elsewhere'}
    assert plan(golden('batch_norm'), mapping, [('^logits/', 'fc/')]) == {
        'logits/bias': 'out/b',
        'logits/bias/Momentum': 'elsewhere',
        'logits/kernel': 'fc/kernel',
        'logits/kernel/Momentum': 'fc/kernel/Momentum',
    }


def test_slots_of_slots_and_scopes_of_optimisers_are_kept(save):
    two = np.float32([1, 2])
    stored = save({'a/w': two, 'o/a/w/Adam': two, 'a/w/biased': two, 'a/w/biased/local_step': np.int32(3)})
    assert plan(stored, {'a/w': 'v'}) == {
        'a/w': 'v',
        'o/a/w/Adam': 'o/v/Adam',
        'a/w/biased': 'v/biased',
        'a/w/biased/local_step': 'v/biased/local_step',
    }


def test_two_variables_may_change_places(save, tmp_path, values_of):
    stored = save({'a': np.float32(1), 'b': np.float32(2), 'a/Momentum': np.float32(3)})
    write_renamed(stored, plan(stored, {'a': 'b', 'b': 'a'}), str(tmp_path / 'new'))
    assert {n: v.item() for n, v in values_of(tmp_path / 'new').items()} == {'a': 2, 'b': 1, 'b/Momentum': 3}


@pytest.mark.parametrize(
    ('mapping', 'text'),
    [
        ({'a': 'c', 'b': 'c'}, "'a' and 'b' would both be called 'c': give one of them another name"),
        ({'a': 'b'}, "'a' and 'b' would both be called 'b'"),
        ({'x': 'y'}, "'x', which is to become 'y', is not in .*: `list` prints the names there are"),
        ({'a': '/w'}, "'a' cannot become '/w': a name begins with"),
        ({'a': 'b c'}, "'a' cannot become 'b c'"),
    ],
)
def test_names_that_collide_or_are_unknown_or_not_allowed_are_named(save, mapping, text):
    with pytest.raises(CheckpointError, match=text):
        plan(save({'a': np.float32(1), 'b': np.float32(2)}), mapping)


def test_an_object_based_checkpoint_is_refused(tmp_path):
    with tf.Graph().as_default(), tf.Session() as session:
        variable = tf.Variable(1.0, use_resource=True)
        session.run(variable.initializer)
        prefix = tf.train.Checkpoint(v=variable).save(str(tmp_path / 'c'), session=session)
    with pytest.raises(CheckpointError, match='is object-based, its names are paths through Python objects'):
        plan(Stored(prefix), {})


def test_a_renamed_golden_checkpoint_has_all_values_and_the_old_one_is_untouched(golden, tmp_path, values_of):
    stored = golden('cnn')
    before = values_of(stored.prefix)
    renamed = plan(stored, {}, [('^', 'tower/')])
    write_renamed(stored, renamed, str(tmp_path / 'model.ckpt-5'))
    after = values_of(tmp_path / 'model.ckpt-5')
    assert sorted(after) == sorted(f'tower/{name}' for name in before)
    for name, value in before.items():
        np.testing.assert_array_equal(after[f'tower/{name}'], value)
        assert after[f'tower/{name}'].dtype == value.dtype
    assert sorted(values_of(stored.prefix)) == sorted(before)


def test_sliced_variables_and_their_slots_are_restored_by_a_partitioned_graph(tmp_path):
    def build(scope):
        with tf.variable_scope(scope, partitioner=tf.fixed_size_partitioner(3)):
            weights = tf.get_variable('w', initializer=tf.reshape(tf.range(12.0), [6, 2]))
        tf.train.MomentumOptimizer(0.1, 0.9).minimize(tf.reduce_sum(tf.square(tf.convert_to_tensor(weights))))
        return tf.train.Saver(), tf.global_variables()

    with tf.Graph().as_default(), tf.Session() as session:
        saver, variables = build('old')
        session.run(tf.global_variables_initializer())
        values = session.run(variables)
        saver.save(session, str(tmp_path / 'a'))
    stored = Stored(str(tmp_path / 'a'))
    assert stored.names == ['old/w', 'old/w/Momentum']
    write_renamed(stored, plan(stored, {'old/w': 'new/v/w'}), str(tmp_path / 'b'))
    with tf.Graph().as_default(), tf.Session() as session:
        saver, variables = build('new/v')
        saver.restore(session, str(tmp_path / 'b'))
        assert [v.tolist() for v in session.run(variables)] == [v.tolist() for v in values]
