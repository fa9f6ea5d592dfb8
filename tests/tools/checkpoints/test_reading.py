"""Finding and opening checkpoints, whole and damaged."""

from __future__ import annotations

import re
import shutil

import numpy as np
import pytest

import tf1 as tf
from tools.checkpoints.errors import CheckpointError
from tools.checkpoints.reading import Stored, at_step, find, steps


@pytest.fixture
def model_dir(save, tmp_path):
    for step in (9, 10):
        save({'w': np.arange(6, dtype=np.float32), 'global_step': np.int64(step)}, step=step)
    return tmp_path


def test_a_model_dir_means_its_latest_checkpoint_and_a_step_another(model_dir):
    assert find(str(model_dir)) == str(model_dir / 'model.ckpt-10')
    assert find(str(model_dir), step=9) == str(model_dir / 'model.ckpt-9')
    assert list(steps(str(model_dir))) == [9, 10]


def test_a_moved_model_dir_is_read_by_the_last_part_of_the_recorded_path(model_dir):
    (model_dir / 'checkpoint').write_text('model_checkpoint_path: "/gone/model.ckpt-9"\n')
    assert find(str(model_dir)) == str(model_dir / 'model.ckpt-9')


def test_without_a_checkpoint_file_the_highest_step_is_the_latest(model_dir):
    (model_dir / 'checkpoint').unlink()
    assert find(str(model_dir)) == str(model_dir / 'model.ckpt-10')


@pytest.mark.parametrize('ending', ['', '.index', '.meta', '.data-00000-of-00001'])
def test_any_file_of_a_checkpoint_means_the_checkpoint(model_dir, ending):
    assert find(str(model_dir / 'model.ckpt-9') + ending) == str(model_dir / 'model.ckpt-9')


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
        Stored(find(str(model_dir)))


def test_a_data_file_that_is_cut_short_is_named_with_the_variable(model_dir):
    data = model_dir / 'model.ckpt-10.data-00000-of-00001'
    data.write_bytes(data.read_bytes()[:10])
    with pytest.raises(CheckpointError, match=r"model.ckpt-10 cannot be read at variable 'w', a file of it may be"):
        Stored(find(str(model_dir))).value('w')


def test_a_damaged_index_is_named(model_dir):
    index = model_dir / 'model.ckpt-10.index'
    index.write_bytes(index.read_bytes()[:-30])
    with pytest.raises(CheckpointError, match='model.ckpt-10 cannot be read, a file of it may be missing or cut short'):
        Stored(find(str(model_dir)))


def test_a_checkpoint_file_that_names_a_missing_one_is_an_error_with_those_that_are_there(model_dir):
    (model_dir / 'checkpoint').write_text('model_checkpoint_path: "model.ckpt-11"\n')
    with pytest.raises(CheckpointError, match=r'checkpoint names model.ckpt-11, .* --step \(there are: 9, 10\)'):
        find(str(model_dir))


def test_a_checkpoint_file_that_names_nothing_is_an_error(model_dir):
    (model_dir / 'checkpoint').write_bytes(b'\xff\x00garbage')
    with pytest.raises(
        CheckpointError, match='checkpoint cannot be read: it names no checkpoint; choose one with --step'
    ):
        find(str(model_dir))


def test_what_is_not_there_is_named(model_dir, tmp_path):
    (tmp_path / 'empty').mkdir()
    with pytest.raises(CheckpointError, match='empty holds no checkpoint: choose a model_dir'):
        find(str(tmp_path / 'empty'))
    with pytest.raises(CheckpointError, match=r'none is not a checkpoint: there is no file .*none\.index'):
        find(str(tmp_path / 'none'))
    with pytest.raises(CheckpointError, match='step 3 has no checkpoint in .*: it holds steps 9, 10'):
        at_step(str(model_dir), 3)


def test_two_names_with_one_step_are_both_named(model_dir, save):
    save({'w': np.float32(1)}, name='other', step=9)
    with pytest.raises(CheckpointError, match='step 9 has several checkpoints.*model.ckpt-9 or .*other-9'):
        at_step(str(model_dir), 9)
