from __future__ import annotations

import os
import re

import numpy as np
import pytest

import tf1 as tf
from tf1.estimator import checkpoints


@pytest.fixture(autouse=True)
def _graph(graph):
    """Every test builds into a graph of its own."""


def save(path, shapes, step=None, **settings):
    """Writes a checkpoint of zeros, in a graph of its own: `{variable name: shape}`."""
    with tf.Graph().as_default(), tf.Session() as session:
        variables(shapes)
        if step is not None:
            tf.get_variable('global_step', initializer=np.int64(step))
        session.run(tf.global_variables_initializer())
        return tf.train.Saver(**settings).save(session, str(path / 'model.ckpt'))


def variables(shapes):
    for name, shape in shapes.items():
        tf.get_variable(name, shape, initializer=tf.zeros_initializer())


class TestGlobalStep:
    def test_it_is_read_from_the_checkpoint(self, tmp_path):
        assert checkpoints.global_step_of(save(tmp_path, {'w': []}, step=17)) == 17

    def test_without_one_it_is_zero(self, tmp_path):
        assert checkpoints.global_step_of(None) == 0
        assert checkpoints.global_step_of(save(tmp_path, {'w': []})) == 0


class TestOwnSaver:
    def test_a_savers_place_is_the_scaffold_or_the_collection(self):
        assert not checkpoints.has_own_saver(tf.train.Scaffold())
        saver = tf.train.Saver([tf.get_variable('w', shape=[])])
        assert checkpoints.has_own_saver(tf.train.Scaffold(saver=saver))
        tf.add_to_collection(tf.GraphKeys.SAVERS, saver)
        assert checkpoints.has_own_saver(tf.train.Scaffold())


class TestCheckFits:
    def test_a_checkpoint_of_the_same_variables_fits(self, tmp_path):
        path = save(tmp_path, {'a/w': [2, 3], 'b': []}, step=1)
        variables({'a/w': [2, 3], 'b': []})
        tf.train.create_global_step()
        checkpoints.check_fits(path)

    def test_a_checkpoint_may_hold_more_than_the_model_wants(self, tmp_path):
        path = save(tmp_path, {'w': [2], 'w/Adam': [2]}, step=1)
        variables({'w': [2]})
        checkpoints.check_fits(path)

    def test_missing_variables_are_named_and_so_are_those_that_stand_there_instead(self, tmp_path):
        path = save(tmp_path, {'other': [], 'shared': []})
        variables({'w': [], 'shared': [], 'b': []})
        text = (
            f'Checkpoint {path} belongs to another model. It lacks b, w and holds other instead. '
            'Use a model_dir of its own for this model.'
        )
        with pytest.raises(tf.errors.NotFoundError, match=f'^{re.escape(text)}$'):
            checkpoints.check_fits(path)

    def test_of_many_missing_variables_eight_are_named(self, tmp_path):
        path = save(tmp_path, {'shared': []})
        variables({'shared': [], **{f'v{i}': [] for i in range(10)}})
        with pytest.raises(
            tf.errors.NotFoundError, match=r'It lacks v0, v1, v2, v3, v4, v5, v6, v7 and 2 more\. Use a model_dir'
        ):
            checkpoints.check_fits(path)

    def test_other_shapes_are_named(self, tmp_path):
        path = save(tmp_path, {'w': [2, 3], 'b': [3]})
        variables({'w': [2, 4], 'b': [3]})
        text = r'Shapes differ: w: \[2, 4\] in the model, \[2, 3\] in the checkpoint\. Use a model_dir of its own'
        with pytest.raises(tf.errors.InvalidArgumentError, match=text):
            checkpoints.check_fits(path)

    def test_partitioned_variables_count_as_one(self, tmp_path):
        path = save(tmp_path, {'w': [4, 3]})
        partitioner = tf.fixed_size_partitioner(2)
        parts = tf.get_variable('w', [4, 3], partitioner=partitioner)
        assert [part.shape.as_list() for part in parts] == [[2, 3], [2, 3]]
        checkpoints.check_fits(path)

    def test_local_variables_need_not_be_there(self, tmp_path):
        path = save(tmp_path, {'w': []})
        variables({'w': []})
        tf.metrics.mean(tf.constant(1.0))
        checkpoints.check_fits(path)

    def test_a_table_that_is_saved_must_be_there(self, tmp_path):
        path = save(tmp_path, {'w': []})
        variables({'w': []})
        tf.lookup.experimental.MutableHashTable(tf.string, tf.int64, -1, name='words')
        with pytest.raises(tf.errors.NotFoundError, match='It lacks words.*-keys, words.*-values'):
            checkpoints.check_fits(path)

    def test_one_of_tf_2_is_left_to_the_saver(self, tmp_path):
        w = tf.get_variable('w', [], use_resource=True)
        with tf.Session() as session:
            session.run(w.initializer)
            path = tf.train.Checkpoint(anything=w).save(str(tmp_path / 'ckpt'), session=session)
        variables({'b': []})
        checkpoints.check_fits(path)


class TestDamage:
    @pytest.mark.parametrize('kind', ['data-00000-of-00001', 'index'])
    def test_a_short_file_is_named_and_another_one_asked_for(self, tmp_path, kind):
        path = save(tmp_path, {'w': [100]}, step=1)
        variables({'w': [100]})
        os.truncate(f'{path}.{kind}', 10)
        creator = checkpoints.RestoringSessionCreator(checkpoint_filename_with_path=path)
        with pytest.raises(tf.errors.DataLossError, match=rf'^{re.escape(path)} cannot be read.* Choose another'):
            creator.create_session()

    @pytest.mark.parametrize('folder', [None, 'empty'])
    def test_without_a_checkpoint_an_error_of_initialisation_is_left_as_it_is(self, tmp_path, folder):
        nothing = tf.data.make_one_shot_iterator(tf.data.Dataset.range(0)).get_next()
        scaffold = tf.train.Scaffold(local_init_op=nothing)
        creator = checkpoints.RestoringSessionCreator(scaffold, checkpoint_dir=folder and str(tmp_path / folder))
        with pytest.raises(tf.errors.OutOfRangeError, match='End of sequence'):
            creator.create_session()
