"""One training at a time, and nothing half-written left behind."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from tf1._checkpoint import leftovers, training_lock
from tf1._checkpoint.errors import CheckpointError
from tf1._files import atomic_output

_HOLD = """
import fcntl, os, sys
folder = os.open(sys.argv[1], os.O_RDONLY)
fcntl.flock(folder, fcntl.LOCK_EX)
print('held', flush=True)
sys.stdin.read()
"""


def test_a_second_training_is_refused_with_the_firsts_process_until_that_ends(tmp_path):
    with subprocess.Popen(
        [sys.executable, '-c', _HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == 'held\n'
        with (
            pytest.raises(
                CheckpointError,
                match=rf'is being trained into by process {other.pid}, started \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d: wait',
            ),
            training_lock.held(str(tmp_path)),
        ):
            pass
        other.kill()
    with training_lock.held(str(tmp_path)):
        pass
    assert os.listdir(tmp_path) == []


def test_a_folder_that_is_not_there_is_not_locked(tmp_path):
    with training_lock.held(str(tmp_path / 'none')):
        pass


def test_what_a_kill_left_half_written_is_removed_and_nothing_else(tmp_path):
    half = [
        'model.ckpt-7_temp_0f3a',
        'model.ckpt-7.meta.tmp81e2',
        'checkpoint.tmp0c',
        'model.ckpt-7.index.tempstate123',
        f'.model.json.{"a" * 32}',
    ]
    kept = ['model.ckpt-7.meta', 'checkpoint', 'model.ckpt-7.index', 'mine_temp', '.hidden', 'notes.tmp', 'model.json']
    for name in (*half, *kept):
        (tmp_path / name).write_text('x')
    os.remove(tmp_path / half[0])
    (tmp_path / half[0]).mkdir()
    (tmp_path / half[0] / 'part-00000-of-00001.index').touch()
    assert leftovers.remove(str(tmp_path), before=0) == []
    assert leftovers.remove(str(tmp_path)) == sorted(half)
    assert sorted(os.listdir(tmp_path)) == sorted(kept)
    assert leftovers.remove(str(tmp_path / 'none')) == []


_WRITE = """
import sys, types
# The package without its __init__, which loads TensorFlow.
sys.modules['tf1'] = types.ModuleType('tf1')
sys.modules['tf1'].__path__ = [sys.argv[4]]
from tf1._files import atomic_output
while True:
    atomic_output.write_whole(sys.argv[1], sys.argv[2] * 200_000)
    atomic_output.write_whole(sys.argv[1], sys.argv[3] * 200_000)
    print('.', flush=True)
"""


def test_a_kill_leaves_one_whole_file(tmp_path):
    path = tmp_path / 'model.json'
    script = tmp_path / 'writer.py'
    script.write_text(_WRITE)
    home = os.path.dirname(os.path.dirname(atomic_output.__file__))
    for _ in range(5):
        with subprocess.Popen(
            [sys.executable, str(script), str(path), 'a', 'b', home], stdout=subprocess.PIPE, text=True
        ) as writer:
            for _ in range(3):
                writer.stdout.readline()
            writer.kill()
        assert re.fullmatch('a{200000}|b{200000}', path.read_text())
    left = {*os.listdir(tmp_path)} - {'model.json', 'writer.py'}
    assert all(map(atomic_output.is_temporary, left))


def test_an_error_while_writing_leaves_the_old_file(tmp_path):
    path = tmp_path / 'file'
    path.write_text('old')
    with pytest.raises(ZeroDivisionError), atomic_output.writing_whole(path) as temporary, open(temporary, 'w') as file:
        file.write(f'half {1 / 0}')
    assert (os.listdir(tmp_path), path.read_text()) == (['file'], 'old')
