"""Finding and opening checkpoints, whole and damaged."""

from __future__ import annotations

import re
import shutil

import numpy as np
import pytest

import tf1 as tf
from tf1._checkpoint.errors import CheckpointError
from tf1._checkpoint.lookup import find
from tf1._checkpoint.reading import Stored


@pytest.fixture
def model_dir(save, tmp_path):
    for step in (9, 10):
        save({'w': np.arange(6, dtype=np.float32), 'global_step': np.int64(step)}, step=step)
    return tmp_path


def test_a_saved_model_and_its_variables_folder_are_found(model_dir, tmp_path):
    variables = tmp_path / 'export' / 'variables'
    variables.mkdir(parents=True)
    for ending in ('.index', '.data-00000-of-00001'):
        shutil.copy(f'{model_dir}/model.ckpt-9{ending}', f'{variables}/variables{ending}')
    (tmp_path / 'export' / 'saved_model.pb').touch()
    assert find(str(tmp_path / 'export')) == str(variables / 'variables')
    assert find(str(variables)) == str(variables / 'variables')
    assert Stored(find(str(variables))).names == ['global_step', 'w']


def test_the_format_of_old_savers_is_read(tmp_path):
    with tf.Graph().as_default(), tf.Session() as session:
        variable = tf.Variable([1.0, 2.0], name='w')
        session.run(variable.initializer)
        saver = tf.train.Saver(write_version=tf.train.SaverDef.V1, save_relative_paths=True)
        saver.save(session, str(tmp_path / 'old'))
    assert not (tmp_path / 'old.index').exists()
    assert Stored(find(str(tmp_path))).value('w').tolist() == [1.0, 2.0]


def test_slices_are_put_together(tmp_path):
    with tf.Graph().as_default(), tf.Session() as session:
        with tf.variable_scope('net', partitioner=tf.fixed_size_partitioner(3)):
            parts = tf.get_variable('w', initializer=tf.reshape(tf.range(12.0), [6, 2]))
        session.run([part.initializer for part in parts])
        tf.train.Saver().save(session, str(tmp_path / 'model.ckpt'))
    stored = Stored(str(tmp_path / 'model.ckpt'))
    assert stored.shapes == {'net/w': (6, 2)}
    assert stored.value('net/w').tolist() == [[0, 1], [2, 3], [4, 5], [6, 7], [8, 9], [10, 11]]


def test_strings_keep_their_trailing_zeros(save):
    stored = save({'one': np.array(b'a\0', object), 'many': np.array([b'', b'b\0'], object)})
    assert stored.value('one').item() == b'a\0'
    assert stored.value('many').tolist() == [b'', b'b\0']


def test_an_index_without_data_is_named(model_dir):
    (model_dir / 'model.ckpt-10.data-00000-of-00001').unlink()
    prefix = model_dir / 'model.ckpt-10'
    with pytest.raises(CheckpointError, match=re.escape(f'{prefix} is half a checkpoint: {prefix}.index has no file')):
        Stored(str(prefix))


def test_a_data_file_that_is_cut_short_is_named_with_the_variable(model_dir):
    data = model_dir / 'model.ckpt-10.data-00000-of-00001'
    data.write_bytes(data.read_bytes()[:10])
    with pytest.raises(CheckpointError, match=r"model.ckpt-10 cannot be read at variable 'w', a file of it may be"):
        Stored(find(str(model_dir))).value('w')


def test_a_damaged_index_is_named(model_dir):
    index = model_dir / 'model.ckpt-10.index'
    index.write_bytes(index.read_bytes()[:-30])
    with pytest.raises(CheckpointError, match='model.ckpt-10 cannot be read, a file of it may be missing or cut short'):
        Stored(str(model_dir / 'model.ckpt-10'))
