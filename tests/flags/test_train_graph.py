"""The training binary of the session systems, run for real on a slice of MNIST."""

from __future__ import annotations

import json

import numpy as np
import pytest

import tf1 as tf
from tf1._checkpoint import lookup
from tools.systems import graph_systems

SHORT = {
    'patch_cnn': '--steps=3',
    'lowlevel_cnn': '--epochs=1',
    'layers_cnn': '--epochs=1',
    'ocr_cnn': '--steps=3',
    'batchnorm_cnn': '--epochs=1',
}
PICTURES = {
    'patch_cnn': [
        'filters_conv1',
        'filters_conv2',
        'input',
        'outputs_conv1',
        'outputs_conv2',
        'patches',
        'training_images',
    ],
    'lowlevel_cnn': ['filters_conv_1', 'filters_conv_2', 'input', 'outputs_conv_1', 'outputs_conv_2', 'test_images'],
    'layers_cnn': ['filters_conv2d', 'filters_conv2d_1', 'input', 'outputs_conv2d', 'outputs_conv2d_1', 'test_images'],
    'ocr_cnn': ['filters_conv1', 'filters_conv2', 'input', 'outputs_conv1', 'outputs_conv2', 'test_images'],
    'batchnorm_cnn': [
        *('filters_conv1', 'filters_conv2', 'filters_conv3', 'input'),
        *('outputs_conv1', 'outputs_conv2', 'outputs_conv3', 'test_images'),
    ],
}


def files_in(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob('*') if path.is_file()}


def tags_in(path):
    return {v.tag: v for event in tf.train.summary_iterator(str(path)) for v in event.summary.value}


@pytest.mark.parametrize('name', [*SHORT])
def test_each_system_trains_evaluates_draws_and_logs(run, name, digits_dir, tmp_path):
    extra = ['--batches=disjoint'] if name == 'batchnorm_cnn' else []
    done = run(
        'train_graph', f'--model={name}', f'--data_dir={digits_dir}', f'--model_dir={tmp_path}', SHORT[name], *extra
    )
    assert done.status == 0, done.err
    assert set(done.result) == {'model', 'global_step', 'accuracy', 'loss', 'model_dir', 'seconds'}
    assert done.result['model'] == name
    step = done.result['global_step']
    system = graph_systems.SYSTEMS[name]
    assert list(lookup.steps(str(tmp_path), system.CHECKPOINT_NAME)) == [step]
    assert len(done.out.splitlines()) == 1
    first = {'patch_cnn': 'step 0, ', 'ocr_cnn': 'Optimization Iteration:      1, ', 'batchnorm_cnn': 'Epoch 1, '}
    assert first.get(name, 'Epoch 01 Training Avg. Loss: ') in done.err
    assert ("<tf.Variable 'conv_1/_weights:0'" in done.err) == (name == 'lowlevel_cnn')
    assert sorted(p.stem for p in (tmp_path / 'figures').iterdir()) == PICTURES[name]
    assert (tmp_path / 'graph.pbtxt').read_text().startswith('node {')
    (events,) = tmp_path.glob('events*')
    assert {f'filters/{layer}' for layer in ('conv1', 'conv_1', 'conv2d')} & tags_in(events).keys()
    (evaluation,) = (tmp_path / 'eval').glob('events*')
    logged = tags_in(evaluation)
    assert logged.keys() == {'accuracy', 'loss', 'confusion_matrix'}
    assert logged['accuracy'].simple_value == pytest.approx(done.result['accuracy'])
    assert logged['confusion_matrix'].image.encoded_image_string[:4] == b'\x89PNG'


def test_it_goes_on_from_the_last_checkpoint_with_the_folders_hyperparameters(run, digits_dir, tmp_path):
    common = ['--model=patch_cnn', f'--data_dir={digits_dir}', f'--model_dir={tmp_path}', '--nofigures']
    run('train_graph', *common, '--steps=101', '--norelu_on_logits', '--seed=7')
    stored = json.loads((tmp_path / 'model.json').read_text())
    assert stored['model'] == 'patch_cnn'
    assert stored['hparams']['relu_on_logits'] is False
    assert stored['hparams']['seed'] == 7
    second = run('train_graph', *common, '--steps=201')
    assert second.result['global_step'] == 201
    assert 'step 200, ' in second.err
    assert 'step 100, ' not in second.err
    assert json.loads((tmp_path / 'model.json').read_text()) == stored
    third = run('train_graph', *common, '--steps=201')
    assert third.result['accuracy'] == second.result['accuracy']
    assert list(lookup.steps(str(tmp_path), 'model.ckpt')) == [101, 201]


@pytest.mark.parametrize(
    ('arguments', 'text'),
    [
        (
            ['--model=cnn'],
            '--model=cnn is not one of the systems of this binary: python -m flags.train_estimator trains it.',
        ),
        (['--model=ocr_cnn', '--epochs=3'], '--epochs is no flag of ocr_cnn: its own are --steps.'),
        (
            ['--model=layers_cnn', '--steps=3'],
            '--steps is no flag of layers_cnn: its own are --epochs, --dropout_rate.',
        ),
        (['--model=patch_cnn', '--keep_prob=0'], '--keep_prob must be in (0, 1].'),
        (['--model=layers_cnn', '--dropout_rate=1'], '--dropout_rate must be in [0, 1).'),
        (['--model=batchnorm_cnn', '--batches=some'], 'value should be one of <overlapping|disjoint>'),
        (['--model=ocr_cnn', '--save_every=0'], '--save_every=0: 0 is not'),
        (['--model=ocr_cnn', f'--seed={2**31}'], f'--seed={2**31}: {2**31} is not'),
        (['--model=ocr_cnn', '--data_dir=/no/such/folder'], '/no/such/folder'),
    ],
)
def test_a_bad_flag_ends_with_status_2_and_one_line(run, arguments, text, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run('train_graph', *arguments)
    assert result.status == 2
    assert result.out == ''
    assert result.error.startswith('train_graph: ')
    assert text in result.error
    assert not list(tmp_path.iterdir())


def test_another_models_folder_is_refused_and_left_as_it_was(run, digits_dir, tmp_path):
    common = [f'--data_dir={digits_dir}', f'--model_dir={tmp_path}', '--nofigures']
    assert run('train_graph', '--model=ocr_cnn', '--steps=2', *common).status == 0
    before = files_in(tmp_path)
    result = run('train_graph', '--model=patch_cnn', *common)
    assert result.status == 2
    assert result.error.endswith(f'--model_dir={tmp_path} belongs to ocr_cnn, not to patch_cnn: choose another folder.')
    assert files_in(tmp_path) == before

    (tmp_path / 'model.json').unlink()
    before = files_in(tmp_path)
    result = run('train_graph', '--model=patch_cnn', *common)
    assert result.status == 2
    assert (
        'model.ckpt-2 does not fit this graph: Variable is [5, 5, 1, 16] there and [12, 12, 1, 25] here' in result.error
    )
    result = run('train_graph', '--model=lowlevel_cnn', *common)
    assert result.status == 2
    assert 'belongs to another model, not to lowlevel_cnn: choose another folder.' in result.err.splitlines()[-1]
    assert files_in(tmp_path) == before


def test_too_few_images_for_the_documents_walk_say_so(run, digits_dir, tmp_path):
    common = ['--model=batchnorm_cnn', f'--data_dir={digits_dir}', f'--model_dir={tmp_path}', '--batch_size=1800']
    result = run('train_graph', *common)
    assert result.status == 2
    # Batches of 1,800 that start at images 0 to 239.
    assert 'images must be at least 2039 for overlapping batches, got 2000; give more' in result.error


def test_evaluation_and_prediction_use_the_folders_hyperparameters(run, digits_dir, digits, tmp_path):
    common = ['--model=batchnorm_cnn', f'--data_dir={digits_dir}', f'--model_dir={tmp_path}', '--nofigures']
    variant = ['--batches=disjoint', '--first_filters=4', '--kernel_size=4']
    trained = run('train_graph', *common, '--epochs=1', *variant).result
    evaluated = run('evaluate', *common).result
    assert (evaluated['accuracy'], evaluated['total']) == (trained['accuracy'], 500)
    assert evaluated['global_step'] == trained['global_step']
    refused = run('evaluate', *common, '--split=validation')
    assert refused.status == 2
    assert '--split=validation: this system trains on all training images; choose train or test.' in refused.error
    rows = run('predict', *common, '--indices=0,3').result['predictions']
    assert [(row['image'], row['true']) for row in rows] == [('test[0]', 7), ('test[3]', 0)]
    refused = run('predict', *common, '--checkpoint=99')
    assert refused.status == 2
    assert 'step 99 has no checkpoint in ' in refused.error


def test_standardised_systems_are_asked_about_grey_images(run, digits_dir, digits, tmp_path):
    common = ['--model=layers_cnn', f'--data_dir={digits_dir}', f'--model_dir={tmp_path / "model"}', '--nofigures']
    run('train_graph', *common, '--epochs=1')
    np.save(tmp_path / 'digits.npy', digits.test_images[:4])
    by_index = run('predict', *common, '--indices=0-3').result['predictions']
    by_file = run('predict', *common, f'--images={tmp_path / "digits.npy"}').result['predictions']
    assert [(row['class'], row['probability']) for row in by_index] == [
        (row['class'], row['probability']) for row in by_file
    ]
    assert run('evaluate', *common, '--split=validation').result['total'] == 333
