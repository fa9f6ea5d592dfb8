"""What is no regular file is refused at once by whatever reads files, and control characters stay out of terminals."""

from __future__ import annotations

import os
import stat
import subprocess
import sys

import pytest

from tf1 import check, checkpoint, compare_graphs, run
from tf1._checkpoint.event_scalars import write_csv
from tf1._checkpoint.terminal import one_line, printable
from tf1._files import regular_files
from tf1._files.atomic_output import write_whole
from tf1.datasets import idx

_NO_FILE = 'it is a pipe, socket or device'


@pytest.fixture
def pipe(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ('pipe', 'pipe.py', 'pipe.ipynb', 'graph.pbtxt'):
        os.mkfifo(name)
    return 'pipe'


def test_a_pipe_a_device_and_a_folder_are_told_apart(pipe):
    for path, text in {pipe: _NO_FILE, '/dev/zero': _NO_FILE, '.': 'Is a directory'}.items():
        for reader in (regular_files.check, regular_files.read_bytes, regular_files.read_text):
            with pytest.raises(OSError, match=text) as error:
                reader(path)
            assert error.value.filename == path


def test_a_regular_file_and_a_missing_one_pass_the_check(tmp_path):
    (tmp_path / 'a').write_bytes(b'a\r\nb\n')
    regular_files.check(tmp_path / 'a')
    regular_files.check(tmp_path / 'none')
    assert regular_files.read_bytes(tmp_path / 'a') == b'a\r\nb\n'
    assert regular_files.read_text(tmp_path / 'a') == 'a\nb\n'


@pytest.mark.parametrize(
    ('command', 'words', 'text'),
    [
        (run.main, ['--requirements', 'pipe'], 'tf1.run: pipe cannot be read (it is a pipe, socket or device)'),
        (check.main, ['/dev/zero'], 'tf1.check: /dev/zero is not a program'),
        (check.main, ['a\x1b[2J'], r'tf1.check: a\x1b[2J does not exist'),
        (compare_graphs.main, ['pipe', 'pipe'], 'tf1.compare_graphs: pipe cannot be read (it is a pipe, socket or dev'),
        (compare_graphs.main, ['.', '.'], 'tf1.compare_graphs: ./graph.pbtxt cannot be read (it is a pipe, socket or'),
        (compare_graphs.main, ['/dev/zero', 'x'], 'tf1.compare_graphs: /dev/zero cannot be read'),
        (compare_graphs.main, ['a\x1b', 'x'], r'tf1.compare_graphs: a\x1b does not exist'),
        (checkpoint.main, ['list', 'pipe'], 'tf1.checkpoint: pipe cannot be read'),
        (checkpoint.main, ['list', '/dev/null'], 'tf1.checkpoint: /dev/null cannot be read'),
        (checkpoint.main, ['diff', 'pipe', 'pipe'], 'tf1.checkpoint: pipe cannot be read'),
        (checkpoint.main, ['average', 'pipe', '--output=x'], 'tf1.checkpoint: pipe cannot be read'),
        (checkpoint.main, ['rename', '/dev/zero', '--mapping=pipe'], 'tf1.checkpoint: /dev/zero cannot be read'),
        (checkpoint.main, ['scalars', 'pipe'], 'tf1.checkpoint: pipe is not a folder'),
        (checkpoint.main, ['list', 'a\x1b'], r'tf1.checkpoint: a\x1b is not a checkpoint'),
    ],
)
def test_every_command_refuses_in_one_line(pipe, capsys, command, words, text):
    try:
        status = command(words)
    except SystemExit as end:
        status = end.code
    captured = capsys.readouterr()
    assert (status, captured.out) == (2, '')
    assert captured.err.startswith(text)
    assert captured.err.count('\n') == 1


@pytest.mark.parametrize(
    ('word', 'text'),
    [
        ('pipe', 'tf1.run: pipe cannot be read (it is a pipe, socket or device): name a Python file'),
        ('pipe.ipynb', 'tf1.run: pipe.ipynb cannot be read (it is a pipe, socket or device)'),
        ('.', 'tf1.run: . is a folder: name the program in it.'),
        ('a\x1b[2J.py', r'tf1.run: a\x1b[2J.py cannot be read (No such file or directory)'),
    ],
)
def test_tf1_run_refuses_in_one_line(pipe, word, text):
    # In a process of its own, since it installs what stays until the process ends.
    end = subprocess.run([sys.executable, '-m', 'tf1.run', word], capture_output=True, text=True, timeout=60)
    assert (end.returncode, end.stdout) == (2, '')
    assert end.stderr.startswith(text)
    assert end.stderr.count('\n') == 1


def test_a_pipe_in_a_checked_tree_is_told_and_the_rest_is_checked(pipe, capsys, tmp_path):
    os.remove('pipe.ipynb')
    (tmp_path / 'b\x1b.py').write_text('import tensorflow as tf\ntf.placeholder\n')
    assert check.main(['.']) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == r'./b\x1b.py: all names resolve under tf1.run'
    assert './pipe.py cannot be read (it is a pipe, socket or device): name a Python file or a notebook.' in lines
    assert lines[-1].startswith('2 programs: 1 resolve under tf1.run, 1 do not (1 of them cannot be read)')


def test_no_pipe_device_or_folder_is_replaced_by_a_file(pipe, tmp_path):
    (tmp_path / 'folder').mkdir()
    (tmp_path / 'link').symlink_to('/dev/null')
    for path, text in {pipe: _NO_FILE, 'link': _NO_FILE, '/dev/null': _NO_FILE, 'folder': 'Is a directory'}.items():
        with pytest.raises(OSError, match=text) as error:
            write_whole(path, 'text')
        assert error.value.filename == path
    assert stat.S_ISFIFO(os.stat(pipe).st_mode)
    assert stat.S_ISCHR(os.stat('/dev/null').st_mode)
    with pytest.raises(OSError, match='link cannot be written .it is a pipe, socket or device.: '):
        write_csv({}, 'link')


def test_images_from_a_pipe_are_refused(pipe):
    with pytest.raises(idx.DataError, match='found a pipe, socket or device'):
        idx.read_idx(pipe)


def test_control_characters_are_escaped_and_line_ends_kept():
    assert printable('a\x1b[2J\tb\nc\u202e\x00') == 'a\\x1b[2J\\tb\nc\\u202e\\x00'
    assert one_line(' a\n b\x07') == 'a b\\x07'
    assert printable('\udcff ä 数') == '\\udcff ä 数'
