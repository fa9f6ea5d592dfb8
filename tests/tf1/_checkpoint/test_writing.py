"""New checkpoints are there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

import tf1 as tf
from tf1._checkpoint import lookup, writing
from tf1._checkpoint.errors import CheckpointError
from tf1._checkpoint.reading import Stored
from tools import forked_python

_ROOT = Path(__file__).parents[3]
_FULL_DISK = """
import resource, sys
import numpy as np
import tf1 as tf
from tf1._checkpoint import lookup, writing
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    writing.write(sys.argv[1], [('a', tf.int32, np.int32(1)), ('w', tf.float32, np.zeros(1000, np.float32))], 1)
except ValueError as error:
    print(error)
"""


def some(count):
    return [(f'v{i}', tf.float32, np.full([2], i, np.float32)) for i in range(count)]


@pytest.mark.parametrize(('part_bytes', 'files'), [(1000, 1), (16, 2), (1, 3)])
def test_parts_of_bounded_size_make_one_checkpoint(tmp_path, values_of, part_bytes, files):
    writing.write(str(tmp_path / 'new' / 'model.ckpt-1'), some(3), part_bytes)
    names = [f'model.ckpt-1.data-{i:05}-of-{files:05}' for i in range(files)]
    assert sorted(os.listdir(tmp_path / 'new')) == [*names, 'model.ckpt-1.index']
    values = values_of(tmp_path / 'new' / 'model.ckpt-1')
    assert {name: value.tolist() for name, value in values.items()} == {'v0': [0, 0], 'v1': [1, 1], 'v2': [2, 2]}


def test_every_dtype_survives(tmp_path, values_of):
    kinds = [tf.string, tf.bfloat16, tf.half, tf.bool, tf.uint8, tf.complex64, tf.int64, tf.double]
    texts = np.array([b'a\0', b''], object)
    values = [(k.name, k, texts if k == tf.string else np.array([1, 0], k.as_numpy_dtype)) for k in kinds]
    writing.write(str(tmp_path / 'x'), [*values, ('none', tf.float32, np.zeros([0, 3], np.float32))])
    stored = Stored(str(tmp_path / 'x'))
    assert stored.dtypes == {'none': tf.float32, **{kind.name: kind for kind in kinds}}
    assert stored.shapes['none'] == (0, 3)
    assert all(stored.value(name).tolist() == value.tolist() for name, _, value in values)


def test_a_saver_restores_what_was_written(tmp_path):
    writing.write(str(tmp_path / 'model.ckpt-1'), some(2))
    with tf.Graph().as_default(), tf.Session() as session:
        variable = tf.get_variable('v1', [2])
        tf.train.Saver().restore(session, str(tmp_path / 'model.ckpt-1'))
        assert session.run(variable).tolist() == [1, 1]


@pytest.mark.parametrize('there', ['c.index', 'c.data-00000-of-00002', 'c'])
def test_nothing_is_overwritten(tmp_path, there):
    (tmp_path / there).write_text('mine')
    with pytest.raises(CheckpointError, match=rf'the output .*c exists \(.*{there}\): no checkpoint is overwritten'):
        writing.write(str(tmp_path / 'c'), some(1))
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {there: 'mine'}


@pytest.mark.parametrize('name', ['', 'c.index', 'c.data-00000-of-00001', 'c.meta'])
def test_an_output_must_be_a_prefix(tmp_path, name):
    with pytest.raises(CheckpointError, match=r'must be a prefix.*: choose one such as .*model.ckpt-0\.'):
        writing.write(f'{tmp_path}/{name}', some(1))


def test_a_value_that_cannot_be_had_leaves_nothing(tmp_path):
    def values():
        yield from some(2)
        raise CheckpointError('no more')

    with pytest.raises(CheckpointError, match='no more'):
        writing.write(str(tmp_path / 'new' / 'c'), values(), part_bytes=1)
    assert os.listdir(tmp_path) == []


def test_a_full_disk_leaves_nothing_and_is_said_in_words(tmp_path):
    ran = forked_python.run(['-c', _FULL_DISK, tmp_path / 'c'], check=True)
    assert ran.stdout.splitlines() == [
        f'the output {tmp_path / "c"} cannot be written (File too large); nothing of it is left: free space there, or '
        'choose another.'
    ]
    assert os.listdir(tmp_path) == []


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path):
    (tmp_path / 'file').touch()
    with pytest.raises(CheckpointError, match=r'cannot be written \(.*\); nothing of it is left'):
        writing.write(str(tmp_path / 'file' / 'c'), some(1))


def test_the_latest_checkpoint_changes_only_on_request_and_keeps_the_others(tmp_path, save):
    save({'v': np.float32(1)}, step=1)
    writing.write(str(tmp_path / 'new-1'), some(1))
    assert tf.train.latest_checkpoint(str(tmp_path)) == str(tmp_path / 'model.ckpt-1')
    lookup.make_latest(str(tmp_path / 'new-1'))
    assert (tmp_path / 'checkpoint').read_text().splitlines()[:3] == [
        'model_checkpoint_path: "new-1"',
        'all_model_checkpoint_paths: "model.ckpt-1"',
        'all_model_checkpoint_paths: "new-1"',
    ]
    assert tf.train.latest_checkpoint(str(tmp_path)) == str(tmp_path / 'new-1')
