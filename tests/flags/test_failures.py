"""What binaries say when the machine or the training fails, told of errors as they come."""

from __future__ import annotations

import errno
import logging
import os
import re
import signal
import sys
import threading
import time

import pytest
from absl.flags import FLAGS
from absl.testing import flagsaver

import tf1 as tf
from flags import _binary, _failures, train_estimator  # noqa: F401 (its flags are looked at)
from tf1._checkpoint import event_scalars
from tf1._files import atomic_output
from tools import figures


@pytest.fixture
def parsed(tmp_path):
    with flagsaver.flagsaver():
        FLAGS(['test', f'--model_dir={tmp_path}', '--learning_rate=7'])
        yield str(tmp_path)


def test_nan_names_the_learning_rate_and_the_remedy(parsed):
    failure = _failures.describe(tf.train.NanLossDuringTrainingError())
    assert failure == (
        f'--model_dir={parsed}: the loss became NaN: the step size is too large for this model and data '
        '(--learning_rate=7); choose a smaller --learning_rate. The step that did it was not saved.',
        2,
    )


@pytest.mark.parametrize(
    ('number', 'words', 'remedy'),
    [
        (errno.ENOSPC, 'the disk is full', 'Make room'),
        (errno.EFBIG, "the limit of a file's size is reached", 'Raise it (ulimit -f)'),
        (errno.EROFS, 'the file system is read-only', 'Make it writable'),
        (errno.EDQUOT, 'the quota of the disk is used up', 'Make room'),
        (errno.EACCES, 'the folder cannot be written to', 'Make it writable'),
        (errno.ENOMEM, 'memory is used up', 'Free some, or raise the limit'),
    ],
)
def test_a_resource_that_runs_out_is_status_1_with_path_and_remedy(parsed, number, words, remedy):
    error = OSError(number, os.strerror(number), f'{parsed}/model.ckpt-7.index')
    expected = (
        f'--model_dir={parsed}: {words} ({parsed}/model.ckpt-7.index). {remedy}, and run the same command again.',
        1,
    )
    assert _failures.describe(error) == expected


def test_tensorflows_errors_of_a_full_disk_name_file_and_last_good_checkpoint(parsed):
    with tf.Graph().as_default(), tf.Session() as session:
        session.run(tf.get_variable('w', initializer=1.0).initializer)
        tf.train.Saver().save(session, os.path.join(parsed, 'model.ckpt'), 5)
    message = f'{parsed}/model.ckpt-9_temp/part; No space left on device\n\t [[{{{{node save/SaveV2}}}}]]'
    failure = _failures.describe(tf.errors.ResourceExhaustedError(None, None, message))
    assert failure.status == 1
    assert re.fullmatch(
        rf'--model_dir={parsed}: the disk is full \({parsed}/model.ckpt-9_temp/part; No space left on device\)\. '
        rf'The last good checkpoint is {parsed}/model.ckpt-5\. Make room, and run the same command again\.',
        failure.text,
    )


def test_what_was_written_when_a_resource_ran_out_is_named(parsed, monkeypatch):
    def full(*arguments):
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))

    monkeypatch.setattr(os, 'replace', full)
    path = f'{parsed}/figures/f.png'
    for write, what in (
        (lambda: atomic_output.write_whole(path, 'x'), path),
        (lambda: figures.save(figures.Figure(), path), path),
        (lambda: event_scalars.write_csv({}, path), path),
    ):
        with pytest.raises(OSError, match='File too large') as error:
            write()
        assert _failures.describe(error.value) == (
            f"--model_dir={parsed}: the limit of a file's size is reached ({what}). Raise it (ulimit -f), and run the "
            'same command again.',
            1,
        )
    assert os.listdir(f'{parsed}/figures') == []


def test_a_full_events_file_comes_from_tensorflow_as_an_index_error(parsed):
    error = IndexError(f'{parsed}/eval/events; File too large\n\tFailed to flush 3 events to {parsed}/eval/events')
    assert _failures.describe(error) == (
        f"--model_dir={parsed}: the limit of a file's size is reached (Failed to flush 3 events to "
        f'{parsed}/eval/events). Raise it (ulimit -f), and run the same command again.',
        1,
    )


def test_memory_that_runs_out_while_a_package_loads_is_named(parsed):
    error = ImportError('/lib/ft2font.so: failed to map segment from shared object')
    assert _failures.describe(error) == (
        f'--model_dir={parsed}: memory is used up (/lib/ft2font.so: failed to map segment from shared object). Free '
        'some, or raise the limit, and run the same command again.',
        1,
    )


def test_what_is_in_the_way_is_named(parsed):
    os.makedirs(f'{parsed}/model.json')
    with pytest.raises(IsADirectoryError) as error:
        atomic_output.write_whole(f'{parsed}/model.json', 'x')
    assert _failures.describe(error.value) == (
        f'--model_dir={parsed}: {parsed}/model.json: Is a directory: something else is in the way of a file or '
        'folder; remove it.',
        2,
    )


def test_an_error_of_the_program_itself_keeps_its_traceback():
    assert _failures.describe(TypeError('bad')) is None


@pytest.mark.parametrize(
    ('error', 'name', 'status'), [(KeyboardInterrupt(), 'Ctrl-C', 130), (_failures.Terminated(), 'SIGTERM', 143)]
)
def test_a_signal_is_told_with_what_the_same_command_does(parsed, error, name, status):
    expected = f'stopped by {name}; the same command goes on from the last checkpoint.'
    assert _failures.describe(error) == (expected, status)


def test_sigterm_ends_a_binary_with_one_line_and_removes_what_is_half_written(tmp_path, monkeypatch, capsys):
    folder, before = tmp_path / 'new', signal.getsignal(signal.SIGTERM)

    def main():
        with _binary.new_model_dir(str(folder)):
            (folder / 'graph.pbtxt').touch()
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(10)

    monkeypatch.setattr(sys, 'argv', ['evaluate.py'])
    with flagsaver.flagsaver(), pytest.raises(SystemExit) as end:
        _binary.run(main)
    assert end.value.code == 143
    assert capsys.readouterr().err.startswith('evaluate: stopped by SIGTERM; the same command ')
    assert not folder.exists()
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_new_folder_is_removed_again_where_nothing_was_trained(tmp_path):
    for names, stays in ((['model.ckpt-0.index'], False), (['model.ckpt-10.index'], True)):
        folder = tmp_path / 'new'

        def fail(folder=folder, names=names):
            for name in [*names, 'no/such/folder']:
                (folder / name).touch()

        with pytest.raises(FileNotFoundError), _binary.new_model_dir(str(folder)):
            fail()
        assert folder.exists() == stays


def test_a_folder_that_was_there_stays(tmp_path):
    with pytest.raises(ZeroDivisionError), _binary.new_model_dir(str(tmp_path)):
        1 / 0  # noqa: B018
    assert tmp_path.exists()


def test_a_thread_that_cannot_write_is_told_in_one_line(monkeypatch, capsys):
    def write():
        logging.getLogger('tensorflow').error('EventFileWriter writer thread error: no space')
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), 'events')

    def main():
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
        return {}

    before = threading.excepthook
    monkeypatch.setattr(sys, 'argv', ['evaluate.py'])
    with flagsaver.flagsaver(), pytest.raises(SystemExit) as end:
        _binary.run(main)
    assert end.value.code == 1
    captured = capsys.readouterr()
    assert captured.err == 'evaluate: the disk is full (events). Make room, and run the same command again.\n'
    assert captured.out == ''
    assert threading.excepthook is before
