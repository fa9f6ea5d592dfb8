"""The one rule by which a checkpoint is found, whatever happened to the files."""

from __future__ import annotations

import os
import re
import shutil

import numpy as np
import pytest

from tf1._checkpoint.errors import CheckpointError
from tf1._checkpoint.lookup import (
    at_step,
    damage,
    find,
    is_recorded,
    latest,
    latest_readable,
    make_latest,
    set_aside_newer,
    step_of,
    steps,
    wanted,
)


@pytest.fixture
def model_dir(save, tmp_path):
    for step in (9, 10):
        save({'w': np.arange(6, dtype=np.float32), 'global_step': np.int64(step)}, step=step)
    return tmp_path


@pytest.fixture
def warned():
    return []


def test_a_model_dir_means_its_latest_checkpoint_and_a_step_another(model_dir):
    assert find(str(model_dir)) == str(model_dir / 'model.ckpt-10')
    assert find(str(model_dir), step=9) == str(model_dir / 'model.ckpt-9')
    assert list(steps(str(model_dir))) == [9, 10]


def test_a_moved_model_dir_is_read_by_the_last_part_of_the_recorded_path(model_dir):
    (model_dir / 'checkpoint').write_text('model_checkpoint_path: "/gone/model.ckpt-9"\n')
    assert find(str(model_dir)) == str(model_dir / 'model.ckpt-9')


@pytest.mark.parametrize('ending', ['', '.index', '.meta', '.data-00000-of-00001'])
def test_any_file_of_a_checkpoint_means_the_checkpoint(model_dir, ending):
    assert find(str(model_dir / 'model.ckpt-9') + ending) == str(model_dir / 'model.ckpt-9')


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


def lose(state, how):
    state.unlink()
    if how == 'symlink loop':
        state.symlink_to(state.name)
    elif how == 'folder':
        state.mkdir()
    elif how != 'deleted':
        state.write_bytes({'empty': b'', 'garbage': b'\xff\x00garbage', 'text': b'no such thing\n'}[how])


@pytest.mark.parametrize('how', ['deleted', 'empty', 'garbage', 'text', 'symlink loop', 'folder'])
def test_a_lost_checkpoint_file_means_the_newest_complete_one_and_a_warning(model_dir, warned, how):
    lose(model_dir / 'checkpoint', how)
    assert latest(str(model_dir), warn=warned.append) == str(model_dir / 'model.ckpt-10')
    (text,) = warned
    assert text.startswith(f'{model_dir}/checkpoint ')
    assert text.endswith(f'the newest complete checkpoint, {model_dir}/model.ckpt-10, is taken instead.')


@pytest.mark.parametrize(
    ('gone', 'why'), [('model.ckpt-10.index', 'is missing'), ('model.ckpt-10.data-00000-of-00001', 'lacks its data')]
)
def test_a_checkpoint_file_that_names_one_not_complete_means_the_newest_that_is(model_dir, warned, gone, why):
    (model_dir / gone).unlink()
    assert latest(str(model_dir), warn=warned.append) == str(model_dir / 'model.ckpt-9')
    assert f'checkpoint names {model_dir}/model.ckpt-10, which is missing or lacks its data: ' in warned[0]
    assert why in warned[0]


def test_a_folder_without_checkpoints_has_none_and_says_nothing(tmp_path, warned):
    assert latest(str(tmp_path), warn=warned.append) is None
    assert latest(str(tmp_path / 'none'), warn=warned.append) is None
    assert warned == []


def test_checkpoints_of_which_none_is_complete_are_an_error(model_dir):
    for path in model_dir.glob('*.data-*'):
        path.unlink()
    with pytest.raises(CheckpointError, match=rf'^{re.escape(str(model_dir))} holds no complete checkpoint: .*ckpt-10'):
        latest(str(model_dir))


def test_a_checkpoint_file_may_point_to_another_folder(model_dir, tmp_path):
    other = tmp_path / 'other'
    other.mkdir()
    (other / 'checkpoint').write_text(f'model_checkpoint_path: "{model_dir}/model.ckpt-9"\n')
    assert latest(str(other)) == find(str(other)) == str(model_dir / 'model.ckpt-9')


def test_a_copied_folder_is_not_read_from_the_original(model_dir, tmp_path):
    (model_dir / 'checkpoint').write_text(f'model_checkpoint_path: "{model_dir}/model.ckpt-10"\n')
    copy = tmp_path / 'copy'
    copy.mkdir()
    for path in model_dir.glob('*ckpt*'):
        shutil.copy(path, copy)
    shutil.copy(model_dir / 'checkpoint', copy)
    assert latest(str(copy)) == str(copy / 'model.ckpt-10')


@pytest.mark.parametrize('kind', ['data-00000-of-00001', 'index'])
def test_a_training_goes_on_from_the_newest_that_can_be_read_to_its_end(model_dir, warned, kind):
    path = model_dir / f'model.ckpt-10.{kind}'
    if kind == 'index':
        os.truncate(path, 40)
    else:
        content = bytearray(path.read_bytes())
        content[-1] ^= 0xFF
        path.write_bytes(content)
    assert latest_readable(str(model_dir), warn=warned.append) == str(model_dir / 'model.ckpt-9')
    assert f'{model_dir}/model.ckpt-10' in warned[0]
    assert f'{model_dir}/model.ckpt-9' in warned[-1]


def test_a_training_refuses_a_folder_of_which_nothing_can_be_read(model_dir):
    before = sorted(os.listdir(model_dir))
    for path in model_dir.glob('*.data-*'):
        os.truncate(path, 3)
    with pytest.raises(CheckpointError, match='No other checkpoint in .* can be read: restore one from a backup'):
        latest_readable(str(model_dir))
    assert sorted(os.listdir(model_dir)) == before


@pytest.mark.parametrize('within', ['{}', '.', '', '../{name}'], ids=['absolute', 'here', 'nowhere', 'beside'])
def test_the_choice_is_recorded_where_tensorflow_looks(model_dir, monkeypatch, within):
    monkeypatch.chdir(model_dir)
    folder = within.format(model_dir, name=model_dir.name)
    nine, ten = (os.path.join(folder, f'model.ckpt-{step}') for step in (9, 10))
    assert is_recorded(ten)
    assert not is_recorded(nine)
    make_latest(nine)
    assert is_recorded(nine)
    assert (model_dir / 'checkpoint').read_text().splitlines() == [
        'model_checkpoint_path: "model.ckpt-9"',
        'all_model_checkpoint_paths: "model.ckpt-10"',
        'all_model_checkpoint_paths: "model.ckpt-9"',
    ]


def test_a_checkpoint_file_cut_short_behind_its_first_line_is_none_for_tensorflow(model_dir):
    state = model_dir / 'checkpoint'
    state.write_text(state.read_text()[:-4])
    assert latest(str(model_dir)) == str(model_dir / 'model.ckpt-10')
    assert not is_recorded(str(model_dir / 'model.ckpt-10'))


def test_damaged_checkpoints_beyond_the_chosen_one_are_set_aside(model_dir, warned):
    data = model_dir / 'model.ckpt-10.data-00000-of-00001'
    data.unlink()
    data.mkdir()
    chosen = latest_readable(str(model_dir), warn=warned.append)
    set_aside_newer(chosen, warn=warned.append)
    assert list(steps(str(model_dir))) == [9]
    assert (model_dir / 'model.ckpt-10.index.damaged').exists()
    assert not data.exists()
    assert warned[-1] == f'What is left of {model_dir}/model.ckpt-10 is called {model_dir}/model.ckpt-10.*.damaged now.'
    set_aside_newer(str(model_dir / 'model.ckpt-9'))
    assert (model_dir / 'model.ckpt-9.index').exists()


def test_a_folder_in_the_way_of_the_checkpoint_file_is_named(model_dir):
    lose(model_dir / 'checkpoint', 'folder')
    with pytest.raises(CheckpointError, match='checkpoint cannot be written .*: remove what is in the way'):
        make_latest(str(model_dir / 'model.ckpt-9'))


def test_a_person_may_choose_by_step_or_path(model_dir):
    nine = str(model_dir / 'model.ckpt-9')
    assert wanted(str(model_dir), 'latest') == str(model_dir / 'model.ckpt-10')
    assert (
        wanted(str(model_dir), '9') == wanted(str(model_dir), nine) == wanted(str(model_dir), f'{nine}.index') == nine
    )
    with pytest.raises(CheckpointError, match='holds no checkpoint called net-N: train into it first'):
        wanted(str(model_dir), 'latest', 'net')


def test_damage_names_the_variable(model_dir):
    os.truncate(model_dir / 'model.ckpt-10.data-00000-of-00001', 3)
    assert damage(str(model_dir / 'model.ckpt-9')) is None
    assert "model.ckpt-10 cannot be read at variable 'global_step'" in str(damage(str(model_dir / 'model.ckpt-10')))


def test_steps_are_the_numbers_of_names():
    assert [step_of(prefix) for prefix in ('a/model.ckpt-12', 'b/final', None)] == [12, 0, 0]
