"""Bad input of every binary: status 2, one line with the flag or file, its value and the remedy, nothing written."""

from __future__ import annotations

import os
import socket
import zipfile

import numpy as np
import pytest

ESTIMATORS = ('linear', 'linear_translated', 'mlp', 'cnn')
GRAPHS = ('patch_cnn', 'lowlevel_cnn', 'layers_cnn', 'ocr_cnn', 'batchnorm_cnn')
_TRAINERS = {'train_estimator': '--model=linear', 'train_graph': '--model=ocr_cnn'}
_ASKERS = ('evaluate', 'predict')
_OF_A_MODEL = (*_TRAINERS, *_ASKERS)
_ALL = (*_OF_A_MODEL, 'events', 'tensorboard', 'reproduce')


def _cases():
    """Yields binary, arguments and a part of the line; names in capitals stand for files that the test makes."""
    for binary in _OF_A_MODEL:
        yield binary, [], '--model is missing: choose one of '
        yield binary, ['--model=resnet'], '--model=resnet is not one of the systems of this binary: choose one of '
        yield binary, ['--model='], '--model= is not one of the systems of this binary'
    for name in GRAPHS:
        yield (
            'train_estimator',
            [f'--model={name}'],
            f'--model={name} is not one of the systems of this binary: python -m flags.train_graph',
        )
    for name in ESTIMATORS:
        yield (
            'train_graph',
            [f'--model={name}'],
            f'--model={name} is not one of the systems of this binary: python -m flags.train_estimator',
        )
    for binary in _ALL:
        yield binary, ['--no_such_flag=1'], '--no_such_flag is no flag of this binary.'
        yield binary, ['extra'], "unexpected argument 'extra': give everything as --flag=value"
        yield binary, ['--flagfile=NONE'], '--flagfile=NONE cannot be read (No such file or directory)'
        yield binary, ['--seed=x'], '--seed=x must be a whole number.'
        yield binary, ['--seed=-1'], '--seed=-1: -1 is not'
        yield binary, [f'--seed={2**31}'], f'--seed={2**31}: {2**31} is not'
    for binary, model in _TRAINERS.items():
        for steps in ('0', '-1', '1.5', 'many', '', str(2**63), '1e3'):
            yield binary, [model, f'--steps={steps}'], f'--steps={steps}'
        for rate in ('0', '-0.1', 'inf', '-inf', 'nan', '1e38', '1001', 'fast', ''):
            yield binary, [model, f'--learning_rate={rate}'], '--learning_rate'
        for size in ('0', '-5', '0.5', 'all'):
            yield binary, [model, f'--batch_size={size}'], f'--batch_size={size}'
        yield binary, [model, '--data_dir=NONE'], '--data_dir=NONE is not a folder: choose one with the four IDX files.'
        yield binary, [model, '--data_dir=FILE'], '--data_dir=FILE is not a folder'
        yield binary, [model, '--data_dir=EMPTY'], '--data_dir=EMPTY: '
        yield binary, [model, '--model_dir=FILE'], '--model_dir=FILE is a file: choose a folder.'
        yield binary, [model, '--figures=perhaps'], '--figures=perhaps must be true or false.'
    for flag, values in {
        'save_checkpoints_steps': ('0', 'x'),
        'save_summary_steps': ('0', '-3'),
        'log_softmax_steps': ('0',),
        'eval_steps': ('0',),
        'target_accuracy': ('0', '1.1', 'nan', 'high'),
        'max_seconds': ('0', '-1', 'inf'),
    }.items():
        for value in values:
            yield 'train_estimator', ['--model=linear', f'--{flag}={value}'], f'--{flag}'
    for flag, values in {
        'epochs': ('0', 'x'),
        'save_every': ('0', '-1'),
        'keep_prob': ('0', '1.5', 'nan'),
        'dropout_rate': ('1', '-0.1'),
        'batches': ('some',),
        'first_filters': ('0',),
        'kernel_size': ('0',),
    }.items():
        for value in values:
            yield 'train_graph', ['--model=ocr_cnn', f'--{flag}={value}'], f'--{flag}'
    yield 'train_graph', ['--model=ocr_cnn', '--epochs=3'], '--epochs is no flag of ocr_cnn: its own are --steps.'
    yield 'train_graph', ['--model=layers_cnn', '--steps=3'], '--steps is no flag of layers_cnn'
    for binary in _ASKERS:
        yield binary, ['--model=linear', '--model_dir=NONE'], '--model_dir=NONE does not exist: choose a folder'
        yield binary, ['--model=linear', '--model_dir=FILE'], '--model_dir=FILE is a file: choose a folder'
        yield binary, ['--model=linear', '--model_dir=EMPTY'], 'EMPTY holds no checkpoint called model.ckpt-N: train'
        yield binary, ['--model=ocr_cnn', '--model_dir=EMPTY'], 'EMPTY holds no checkpoint called model.ckpt-N: train'
        yield binary, ['--model=linear', '--model_dir=EMPTY', '--checkpoint=7'], 'step 7 has no checkpoint in EMPTY'
        yield binary, ['--model=linear', '--model_dir=EMPTY', '--checkpoint=NONE'], 'NONE is not a checkpoint'
        yield binary, ['--model=linear', '--model_dir=EMPTY', '--data_dir=NONE'], '--data_dir=NONE is not a folder'
        yield binary, ['--model=ocr_cnn', '--model_dir=SPOILT'], 'model.json cannot be read'
    for value in ('all', 'TEST', ''):
        yield 'evaluate', ['--model=linear', f'--split={value}'], f'--split={value}'
    asked = ['--model=linear', '--model_dir=EMPTY']
    for value, text in {
        'a': "'a' is neither a number nor a range",
        '1-': "'1-' is neither",
        '': "'' is neither",
        '-1': "'-1' is neither",
        '10000000': '10000000 is outside 0..9999',
    }.items():
        yield 'predict', [*asked, f'--indices={value}'], text
    for file, text in {
        'NONE': '--images=NONE: there is no such file.',
        'EMPTY': '--images=EMPTY is a folder: give an IDX, .npy or .png file.',
        'PIPE': '--images=PIPE is no regular file',
        'SOCKET': '--images=SOCKET is no regular file',
        '/dev/null': '--images=/dev/null is no regular file',
        'TEXT.png': '--images=TEXT.png is not a readable PNG file',
        'TEXT.npy': '--images=TEXT.npy is not a readable .npy file',
        'ZIP.npy': '--images=ZIP.npy holds several arrays (a zip file)',
        'NAN.npy': '--images=NAN.npy holds NaN or infinite pixels',
        'SMALL.npy': '--images=SMALL.npy must hold images of 28x28 pixels, got shape (2, 5, 5)',
        'LARGE.npy': '--images=LARGE.npy must hold uint8 in 0..255 or floats in [0, 1], got int64',
        'OBJECTS.npy': '--images=OBJECTS.npy is not a readable .npy file',
        'NOTHING.npy': '--images=NOTHING.npy must hold images of 28x28 pixels, got shape (0, 28, 28)',
        'TEXT.idx': '--images=TEXT.idx is no IDX, .npy or .png file that can be read',
        'SMALL.png': '--images=SMALL.png must hold images of 28x28 pixels, got shape (1, 5, 7)',
    }.items():
        yield 'predict', [*asked, f'--images={file}'], text
    for value in ('0-999999999999', '9' * 5000, '3-' + '9' * 30):
        yield 'predict', [*asked, f'--indices={value}'], ' is outside 0..9999'
    for binary, model in {**_TRAINERS, 'evaluate': '--model=linear', 'predict': '--model=linear'}.items():
        for file in ('PIPE', 'SOCKET', '/dev/zero'):
            yield binary, [model, '--model_dir=EMPTY', f'--data_dir={file}'], f'--data_dir={file} is not a folder'
            yield binary, [model, f'--model_dir={file}'], f'--model_dir={file} is a file: choose a folder'
    yield (
        'train_estimator',
        ['--model=linear', '--model_dir=BLOCKED'],
        'BLOCKED/model.json is a folder, where',
    )
    for binary, model in _TRAINERS.items():
        yield binary, [model, '--data_dir=PIPES', '--model_dir=NEW'], 'found a pipe, socket or device'
    for binary in _ALL:
        yield binary, ['--flagfile=PIPE'], '--flagfile=PIPE is no regular file'
    for binary in _ASKERS:
        yield binary, ['--model=linear', '--model_dir=PIPES', '--checkpoint=7'], 'it is a pipe, socket or device'
        yield binary, ['--model=linear', '--model_dir=PIPES', '--checkpoint=8'], 'it is a pipe, socket or device'
        yield binary, ['--model=ocr_cnn', '--model_dir=PIPES'], 'model.json cannot be read (it is a pipe, socket or dev'
    yield 'events', ['--model_dir=PIPE'], '--model_dir: PIPE is not a folder'
    yield 'events', ['--model_dir=PIPES'], 'PIPES has no scalar'
    yield 'tensorboard', ['--model_dir=PIPE'], '--model_dir=PIPE is not a folder'
    yield 'reproduce', ['--output_dir=PIPE'], '--output_dir=PIPE is a file: choose a folder.'
    yield 'reproduce', ['--output_dir=PIPES'], 'settings.json is damaged (it is a pipe, socket or device)'
    yield 'events', [], '--model_dir is missing: give one folder, or several as DIR,DIR2.'
    yield 'events', ['--model_dir=NONE'], '--model_dir: NONE is not a folder'
    yield 'events', ['--model_dir=FILE'], '--model_dir: FILE is not a folder'
    yield 'events', ['--model_dir=EMPTY'], 'EMPTY holds no event files: choose a model_dir that was trained into.'
    for value in ('1', '-0.5', 'nan', 'much'):
        yield 'events', ['--model_dir=EMPTY', f'--smoothing={value}'], '--smoothing'
    yield 'tensorboard', [], '--model_dir is missing: give a folder that was trained into.'
    yield 'tensorboard', ['--model_dir=NONE'], '--model_dir=NONE is not a folder'
    yield 'tensorboard', ['--model_dir=EMPTY', '--model=resnet'], '--model=resnet is not one of the systems'
    for value in ('-1', '65536', 'http'):
        yield 'tensorboard', ['--model_dir=EMPTY', f'--port={value}'], f'--port={value}'
    yield 'reproduce', ['--budget=some'], '--budget=some'
    yield 'reproduce', ['--models=resnet'], '--models must be some of linear, linear_translated, mlp, cnn, '
    yield 'reproduce', ['--models='], '--models must be some of '
    yield 'reproduce', ['--model=linear'], '--model is no flag of reproduce'
    yield 'reproduce', ['--output_dir=FILE'], '--output_dir=FILE is a file: choose a folder.'
    yield 'reproduce', ['--data_dir=NONE', '--output_dir=NEW'], '--data_dir=NONE is not a folder'
    for value in ('0', '1.5', 'nan', 'half'):
        yield 'reproduce', [f'--share={value}'], '--share'
    for words, text in (
        ([], 'the command must be one of list, diff, rename, average, scalars, convert: it is missing'),
        (['show'], "the command must be one of list, diff, rename, average, scalars, convert: got 'show'"),
        (['list'], 'list takes one checkpoint, got 0'),
        (['list', 'NONE'], 'NONE is not a checkpoint'),
        (['list', 'EMPTY'], 'EMPTY holds no checkpoint: choose a model_dir that was trained into.'),
        (['list', 'EMPTY', '--step=1'], 'step 1 has no checkpoint in EMPTY: it holds none.'),
        (['list', 'EMPTY', '--step=-1'], "--step: it must be a whole number >= 0, got '-1'"),
        (['list', 'EMPTY', '--step=x'], "--step: it must be a whole number >= 0, got 'x'"),
        (['list', 'EMPTY', '--format=xml'], '--format=xml must be one of'),
        (['list', 'EMPTY', '--step'], '--step lacks its value'),
        (['list', 'EMPTY', '--tolerance=1'], '--tolerance=1 is no argument of this command'),
        (['diff', 'EMPTY'], 'diff takes two checkpoints, got 1'),
        (['diff', 'EMPTY', '--between=1'], '--between=1 must be two steps, as 100,200.'),
        (['diff', 'EMPTY', 'EMPTY', '--tolerance=nan'], "--tolerance: it must be a number >= 0.0, got 'nan'"),
        (['diff', 'EMPTY', 'EMPTY', '--tolerance=-1'], "--tolerance: it must be a number >= 0.0, got '-1'"),
        (['rename', 'EMPTY'], 'rename takes --mapping=FILE, or --pattern and --replacement: both are missing.'),
        (['rename', 'EMPTY', '--pattern=a'], '--pattern and --replacement go in pairs, got 1 and 0'),
        (['average', 'EMPTY'], '--output is missing: average MODEL_DIR'),
        (['average', 'EMPTY', '--output=NEW/x'], 'EMPTY must hold at least 2 checkpoints, it holds 0 (steps: none)'),
        (['average', 'EMPTY', '--last=1', '--output=NEW/x'], "--last: it must be a whole number >= 2, got '1'"),
        (['scalars', 'EMPTY'], 'EMPTY holds no event files'),
        (['scalars', 'EMPTY', '--tags=('], "the tags '(' are no regular expression"),
        (['list', 'PIPES'], 'PIPES holds no complete checkpoint'),
        (['list', 'PIPES/model.ckpt-8'], 'PIPES/model.ckpt-8 cannot be read'),
        (['scalars', 'PIPES'], 'PIPES has no scalar'),
        (['rename', 'EMPTY', '--mapping=PIPE'], 'EMPTY holds no checkpoint'),
        (['convert', 'EMPTY'], '--to is missing: convert CHECKPOINT'),
        (['convert', 'EMPTY', '--to=onnx'], '--to=onnx'),
        (['convert', 'EMPTY', '--to=keras'], '--output is missing: convert CHECKPOINT'),
        (['convert', 'EMPTY', 'EMPTY', '--to=keras'], 'convert takes one checkpoint, got 2'),
        (['convert', 'EMPTY', '--to=keras', '--output=NEW', '--model=resnet'], '--model=resnet is not one of'),
    ):
        yield 'checkpoint', words, text


# What a folder of named pipes has; of checkpoint 8 only the data is one.
_MODEL_FILES = (
    *('checkpoint', 'model.json', 'settings.json', 'events.out.tfevents.1.host', 'train-images-idx3-ubyte'),
    *('train-labels-idx1-ubyte', 't10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'),
    *('model.ckpt-7.index', 'model.ckpt-7.data-00000-of-00001', 'model.ckpt-8.data-00000-of-00001'),
)
CASES = list(_cases())


def test_there_are_many_cases():
    assert len(CASES) >= 120
    assert {binary for binary, *_ in CASES} == {*_ALL, 'checkpoint'}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A working folder with files and folders that no binary can take."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / 'EMPTY').mkdir()
    (tmp_path / 'SPOILT').mkdir()
    (tmp_path / 'SPOILT' / 'model.json').write_text('{"model": "ocr_cnn"')
    for name in ('FILE', 'TEXT.png', 'TEXT.npy', 'TEXT.idx'):
        (tmp_path / name).write_text('no such thing')
    os.mkfifo(tmp_path / 'PIPE')
    (tmp_path / 'PIPES').mkdir()
    (tmp_path / 'BLOCKED' / 'model.json').mkdir(parents=True)
    for name in _MODEL_FILES:
        os.mkfifo(tmp_path / 'PIPES' / name)
    (tmp_path / 'PIPES' / 'model.ckpt-8.index').write_text('no index')
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind('SOCKET')
    with zipfile.ZipFile(tmp_path / 'ZIP.npy', 'w') as archive:
        archive.writestr('a.npy', b'')
    np.save(tmp_path / 'NAN.npy', np.full((28, 28), np.nan, np.float32))
    np.save(tmp_path / 'SMALL.npy', np.zeros((2, 5, 5), np.uint8))
    np.save(tmp_path / 'LARGE.npy', np.zeros((28, 28), np.int64))
    np.save(tmp_path / 'OBJECTS.npy', np.array([{}], object), allow_pickle=True)
    np.save(tmp_path / 'NOTHING.npy', np.zeros((0, 28, 28), np.uint8))
    from matplotlib.image import imsave

    imsave(tmp_path / 'SMALL.png', np.zeros((5, 7)), cmap='gray')
    return tmp_path


def _files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob('*'))


@pytest.mark.parametrize(
    ('binary', 'arguments', 'text'), CASES, ids=lambda value: ' '.join(value) if isinstance(value, list) else None
)
def test_bad_input_is_one_line_with_status_2_and_nothing_is_written(run, folder, binary, arguments, text):
    before = _files(folder)
    result = run(binary, *arguments)
    assert (result.status, result.out) == (2, '')
    assert result.error.startswith(f'{binary}: ')
    assert text in result.error
    assert _files(folder) == before


def test_control_characters_do_not_reach_the_terminal(run, folder):
    result = run('predict', '--model=linear', '--model_dir=EMPTY', '--images=a\x1b[2Jb\x07\u202e.png')
    assert result.error == r'predict: --images=a\x1b[2Jb\x07\u202e.png: there is no such file.'
