from __future__ import annotations

import os
import pathlib
import re
import shutil
import zipfile

import pytest

import tf1 as tf
from graphs import ocr_cnn
from tools.systems import graph_systems, inference_graphs

_GOLDEN = pathlib.Path(__file__).parents[2] / 'golden'
_SMALL = ocr_cnn.HParams(num_filters1=2, num_filters2=3, fc_size=4, learning_rate=0.25)


@pytest.fixture(scope='module')
def ocr_dir(tmp_path_factory):
    """A model_dir that TF 1.15.5 left after five steps, with its hyperparameters beside."""
    folder = tmp_path_factory.mktemp('model') / 'ocr'
    shutil.copytree(_GOLDEN / 'ocr_cnn_small', folder)
    graph_systems.remember('ocr_cnn', str(folder), _SMALL)
    return str(folder)


@pytest.fixture
def convert(run, digits_dir):
    return lambda *arguments: run('checkpoint', 'convert', *arguments, f'--data_dir={digits_dir}')


def test_to_keras_and_back_to_a_folder_that_evaluates_the_same(convert, run, ocr_dir, digits_dir, tmp_path):
    keras, back = tmp_path / 'ocr.keras', tmp_path / 'back'
    there = convert(ocr_dir, '--model=ocr_cnn', '--to=keras', f'--output={keras}').result
    assert there.pop('seconds') > 0
    assert max(there.pop('differences').values()) == there.pop('largest_difference') <= 1e-5
    prefix = os.path.join(ocr_dir, 'model.ckpt-5')
    expected = {'model': 'ocr_cnn', 'to': 'keras', 'output': str(keras), 'checkpoint': prefix}
    assert there == {**expected, 'images': 256, 'iterations': 5}
    assert 'config.json' in zipfile.ZipFile(keras).namelist()

    arguments = (str(keras), '--model=ocr_cnn', '--to=tf1', f'--output={back}', f'--model_dir={ocr_dir}', '--step=7')
    found = convert(*arguments).result
    assert (found['prefix'], found['iterations'], found['learning_rate']) == ('model.ckpt-7', 5, 0.25)
    assert sorted(os.listdir(back)) == [
        'checkpoint',
        'model.ckpt-7.data-00000-of-00001',
        'model.ckpt-7.index',
        'model.json',
    ]
    assert graph_systems.settings('ocr_cnn', str(back)) == graph_systems.settings('ocr_cnn', ocr_dir)
    readers = [tf.train.load_checkpoint(folder) for folder in (ocr_dir, str(back))]
    names = readers[0].get_variable_to_shape_map()
    assert names == readers[1].get_variable_to_shape_map()
    assert all((readers[0].get_tensor(name) == readers[1].get_tensor(name)).all() for name in names)
    common = ('evaluate', '--model=ocr_cnn', f'--data_dir={digits_dir}', '--nofigures')
    results = [run(*common, f'--model_dir={folder}').result for folder in (ocr_dir, back)]
    assert results[0]['loss'] == results[1]['loss']


@pytest.mark.parametrize('form', ['saved_model', 'frozen_graph'])
def test_the_model_dir_may_be_a_flag(convert, ocr_dir, tmp_path, form):
    done = convert('--model=ocr_cnn', f'--model_dir={ocr_dir}', '--step=5', f'--to={form}', f'--output={tmp_path}/new')
    assert done.result['largest_difference'] <= 1e-5
    assert os.listdir(tmp_path) == ['new']
    assert 'On 256 images, outputs differ by at most' in done.err


@pytest.mark.parametrize(
    ('arguments', 'text'),
    [
        (['{ocr}', '--to=keras', '--output={new}.keras'], r'--model is missing: choose one of '),
        (['{ocr}', '--model=vgg', '--to=keras', '--output={new}.keras'], r'--model=vgg is not one of the systems'),
        (['{ocr}', '--model=ocr_cnn', '--to=keras', '--output={new}.h5'], r'new\.h5 must end with \.keras\.'),
        (['{ocr}', '--model=ocr_cnn', '--to=keras'], r'--output is missing: convert CHECKPOINT'),
        (['{ocr}', '--model=ocr_cnn', '--output={new}'], r'--to is missing: convert CHECKPOINT'),
        (['{ocr}', '--model=ocr_cnn', '--to=onnx', '--output={new}'], r'--to=onnx: value should be one of <keras\|tf2'),
        (['{ocr}', '{ocr}', '--to=tf2', '--output={new}'], r'convert takes one checkpoint, got 2'),
        (['--to=tf2', '--output={new}'], r'convert takes a checkpoint: .* or give --model_dir\.'),
        (['{empty}', '--to=tf2', '--output={new}'], r'holds no checkpoint'),
        (['{half}', '--to=tf2', '--output={new}'], r'model\.ckpt-5 cannot be read'),
        (['{half}', '--model=ocr_cnn', '--to=saved_model', '--output={new}'], r'model\.ckpt-5 cannot be read'),
        (['{ocr}', '--model=patch_cnn', '--to=saved_model', '--output={new}'], r'belongs to ocr_cnn, not to patch_cnn'),
        (
            ['{ocr}', '--model=linear', '--to=saved_model', '--output={new}'],
            r'belongs to another model: dense/kernel is',
        ),
        (['--model=ocr_cnn', '--to=tf1', '--output={new}'], r'--to=tf1 takes a \.keras file'),
        (['{new}.keras', '--model=linear', '--to=tf1', '--output={new}'], r'new\.keras is not there: name a \.keras'),
        (['{ocr}', '--to=tf2', '--output={half}'], r'half exists already: name another output'),
    ],
)
def test_bad_input_is_one_line_and_leaves_nothing(convert, ocr_dir, tmp_path, arguments, text):
    half = tmp_path / 'half'
    shutil.copytree(ocr_dir, half)
    data = half / 'model.ckpt-5.data-00000-of-00001'
    data.write_bytes(data.read_bytes()[:1000])
    (tmp_path / 'empty').mkdir()
    places = {'ocr': ocr_dir, 'half': half, 'empty': tmp_path / 'empty', 'new': tmp_path / 'new'}
    done = convert(*(argument.format(**places) for argument in arguments))
    assert done.status == 2
    assert done.out == ''
    assert re.search(text, done.error)
    assert sorted(os.listdir(tmp_path)) == ['empty', 'half']


def test_networks_of_document_3_count_whole_epochs(digits_dir):
    # 2,000 images leave 1,667 for training: 27 batches of 64 an epoch.
    folder = inference_graphs.folder('layers_cnn', {'batch_size': 64, 'learning_rate': 1e-4}, digits_dir)
    assert folder.name == 'model.ckpt'
    assert [folder.number(steps) for steps in (0, 26, 27, 53, 54)] == [0, 0, 1, 1, 2]


def test_estimators_count_steps_and_keep_nothing_beside_checkpoints(tmp_path):
    folder = inference_graphs.folder('cnn', {})
    assert folder.number(5302) == 5302
    folder.complete(str(tmp_path), 1e-4)
    assert os.listdir(tmp_path) == []
