"""The training binary, run for real on a slice of MNIST."""

from __future__ import annotations

import gzip
import os
import shutil
import signal
import time

import numpy as np
import pytest

import tf1 as tf
from estimators import inputs
from tools import forked_python


def files_in(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob('*') if path.is_file()}


def test_it_trains_evaluates_draws_and_goes_on(run, digits_dir, tmp_path):
    common = ['--model=linear', f'--data_dir={digits_dir}', f'--model_dir={tmp_path}', '--save_checkpoints_steps=20']
    first = run('train_estimator', *common, '--steps=40', '--log_softmax_steps=20')
    assert first.status == 0
    assert first.result['model'] == 'linear'
    assert first.result['global_step'] == 40
    assert 0.5 < first.result['accuracy'] < 1
    assert set(first.result) == {'model', 'global_step', 'accuracy', 'loss', 'model_dir', 'seconds'}
    assert 'INFO:tensorflow:Saving checkpoints for 20 into' in first.err
    assert 'INFO:tensorflow:probabilities = [[' in first.err
    assert f'Saving dict for global step 40: accuracy = {first.result["accuracy"]}, global_step = 40' in first.err
    assert sorted(p.name for p in (tmp_path / 'figures').iterdir()) == ['training_images.png', 'weights.png']
    assert (tmp_path / 'graph.pbtxt').exists()

    second = run('train_estimator', *common, '--steps=60', '--nofigures')
    assert second.result['global_step'] == 60
    assert f'Restoring parameters from {tmp_path}/model.ckpt-40' in second.err

    before = files_in(tmp_path)
    third = run('train_estimator', *common, '--steps=60', '--nofigures')
    assert third.result['global_step'] == 60
    assert third.result['accuracy'] == second.result['accuracy']
    assert {name for name in before if 'ckpt' in name.name} == {
        name for name in files_in(tmp_path) if 'ckpt' in name.name
    }


def test_the_convolutional_system_shows_filters_and_activations(run, digits_dir, tmp_path):
    result = run('train_estimator', '--model=cnn', f'--data_dir={digits_dir}', f'--model_dir={tmp_path}', '--steps=2')
    assert result.status == 0
    assert sorted(p.name for p in (tmp_path / 'figures').iterdir()) == [
        'activations.png',
        'filters.png',
        'training_images.png',
        'translated_images.png',
    ]
    (events,) = tmp_path.glob('events*')
    tags = {v.tag for event in tf.train.summary_iterator(str(events)) for v in event.summary.value}
    assert {'loss', 'input/image/0', 'filters/image/31', 'activations/image/31', 'weights/conv2d/kernel'} <= tags


def test_early_stopping_ends_at_the_target_with_the_best_weights(run, digits_dir, tmp_path):
    result = run(
        'train_estimator',
        '--model=linear',
        f'--data_dir={digits_dir}',
        f'--model_dir={tmp_path}',
        '--target_accuracy=0.5',
        '--eval_steps=25',
        '--steps=500',
        '--nofigures',
    ).result
    assert result['validation_accuracy'] >= 0.5
    assert result['global_step'] < 500
    assert result['global_step'] % 25 == 0


def test_flags_can_come_from_a_file(run, digits_dir, tmp_path):
    flagfile = tmp_path / 'flags.txt'
    flagfile.write_text(f'--model=linear\n--data_dir={digits_dir}\n--steps=3\n--nofigures\n')
    result = run('train_estimator', f'--flagfile={flagfile}', f'--model_dir={tmp_path / "model"}')
    assert result.result['global_step'] == 3


@pytest.mark.parametrize(
    ('arguments', 'text'),
    [
        (
            ['--model=resnet'],
            '--model=resnet is not one of the systems of this binary: choose one of linear, linear_translated, ',
        ),
        ([], '--model is missing: choose one of linear, linear_translated, mlp, cnn.'),
        (['--model=linear', '--steps=0'], '--steps=0: 0 is not'),
        (['--model=linear', '--steps=-1'], '--steps=-1: -1 is not'),
        (['--model=linear', '--steps=many'], '--steps=many must be a whole number.'),
        (['--model=linear', '--learning_rate=0'], '--learning_rate must be > 0 and at most 1000.'),
        (['--model=linear', '--batch_size=0'], '--batch_size=0: 0 is not'),
        (['--model=linear', '--target_accuracy=1.5'], '--target_accuracy must be in (0, 1].'),
        (['--model=linear', '--max_seconds=0'], '--max_seconds must be > 0.'),
        (['--modle=linear'], '--modle is no flag of this binary. Did you mean: model'),
        (['--model=linear', 'extra'], "unexpected argument 'extra'"),
        (['--model=linear', '--data_dir=/no/such/folder'], '/no/such/folder'),
    ],
)
def test_a_bad_flag_ends_with_status_2_and_one_line(run, arguments, text, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run('train_estimator', *arguments)
    assert result.status == 2
    assert result.out == ''
    assert result.error.startswith('train_estimator: ')
    assert text in result.error
    assert not list(tmp_path.iterdir())


def truncate_gzip(folder):
    path = folder / 'train-images-idx3-ubyte'
    (folder / 'train-images-idx3-ubyte.gz').write_bytes(gzip.compress(path.read_bytes())[:-2000])
    path.unlink()


def spoil_magic(folder):
    path = folder / 't10k-labels-idx1-ubyte'
    path.write_bytes(b'\x00\x00\x0d\x01' + path.read_bytes()[4:])


def drop_labels(folder):
    path = folder / 'train-labels-idx1-ubyte'
    data = path.read_bytes()
    path.write_bytes(data[:4] + np.array([1990], '>u4').tobytes() + data[8:-10])


def wrong_label(folder):
    path = folder / 't10k-labels-idx1-ubyte'
    path.write_bytes(path.read_bytes()[:-1] + b'\x0b')


@pytest.mark.parametrize(
    ('spoil', 'words'),
    [
        (truncate_gzip, ['train-images-idx3-ubyte.gz']),
        (spoil_magic, ['t10k-labels-idx1-ubyte', 'magic']),
        (drop_labels, ['2000', '1990']),
        (wrong_label, ['t10k-labels-idx1-ubyte', '11']),
    ],
)
def test_a_broken_file_is_named_and_nothing_is_written(run, spoil, words, digits_dir, tmp_path):
    folder = tmp_path / 'data'
    shutil.copytree(digits_dir, folder)
    spoil(folder)
    model_dir = tmp_path / 'model'
    result = run('train_estimator', '--model=linear', f'--data_dir={folder}', f'--model_dir={model_dir}')
    assert result.status == 2
    assert all(word in result.error for word in words), result.error
    assert not model_dir.exists()


def test_a_model_dir_that_cannot_be_written_is_refused(run, digits_dir, tmp_path):
    (tmp_path / 'file').write_text('')
    result = run(
        'train_estimator', '--model=linear', f'--data_dir={digits_dir}', f'--model_dir={tmp_path / "file" / "model"}'
    )
    assert result.status == 2
    assert f'--model_dir={tmp_path}/file/model cannot be written to (Not a directory)' in result.error


@pytest.mark.parametrize(
    ('steps', 'known', 'text'),
    [
        (5, True, 'model belongs to linear, not to linear_translated: choose another folder.'),
        (5, False, 'dense/kernel: [1600, 10] in the model, [784, 10] in the checkpoint'),
        (50, False, 'dense/kernel: [1600, 10] in the model, [784, 10] in the checkpoint'),
    ],
)
def test_another_models_folder_is_refused_and_left_as_it_was(run, steps, known, text, digits_dir, tmp_path):
    tmp_path = tmp_path / 'model'
    common = [f'--data_dir={digits_dir}', f'--model_dir={tmp_path}', '--nofigures']
    assert run('train_estimator', '--model=linear', '--steps=5', *common).status == 0
    if not known:
        (tmp_path / 'model.json').unlink()
    before = files_in(tmp_path)
    result = run('train_estimator', '--model=linear_translated', f'--steps={steps}', *common)
    assert result.status == 2
    last = result.err.splitlines()[-1]
    assert text in last
    assert files_in(tmp_path) == before


def test_killed_training_goes_on_and_ends_at_the_same_step(digits_dir, tmp_path):
    command = ['-m', 'flags.train_estimator', '--model=linear', f'--data_dir={digits_dir}']
    command += [f'--model_dir={tmp_path / "killed"}', '--save_checkpoints_steps=50', '--nofigures']
    environment = {**os.environ, 'PYTHONPATH': os.getcwd()}
    process = forked_python.Python([*command, '--steps=1000000'], env=environment)
    deadline = time.monotonic() + 120
    while not list((tmp_path / 'killed').glob('model.ckpt-[1-9]*.index')):
        assert time.monotonic() < deadline
        assert process.poll() is None
        time.sleep(0.05)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    reached = int(tf.train.latest_checkpoint(str(tmp_path / 'killed')).rpartition('-')[2])
    goal = reached + 100
    done = forked_python.run([*command, f'--steps={goal}'], env=environment, check=True)
    assert f'Restoring parameters from {tmp_path}/killed/model.ckpt-{reached}' in done.stderr
    assert f'"global_step": {goal}' in done.stdout.splitlines()[-1]
    assert tf.train.latest_checkpoint(str(tmp_path / 'killed')).endswith(f'model.ckpt-{goal}')


def test_the_packaged_images_are_the_default():
    assert inputs.load().test.labels[:10].tolist() == [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]


def test_help_lists_own_and_shared_flags_and_ends_with_status_0():
    result = forked_python.run(['-m', 'flags.train_estimator', '--help'], check=True)
    for name in ('target_accuracy', 'steps', 'model', 'model_dir', 'data_dir', 'seed'):
        assert f'--{name}: ' in result.stdout
