"""Filling a model_dir with what TensorBoard's plugins show."""

from __future__ import annotations

import numpy as np
import pytest
from absl.flags import FLAGS
from absl.testing import flagsaver

import tf1 as tf
from estimators import systems
from tools.inspection import evaluations
from tools.systems import answers, graph_systems, inference_graphs, inspection
from tools.systems.results import Source


@pytest.mark.parametrize(
    ('name', 'units'),
    [
        ('patch_cnn', 1024),
        ('lowlevel_cnn', 1024),
        ('layers_cnn', 1024),
        ('ocr_cnn', 128),
        ('batchnorm_cnn', 128),
    ],
)
def test_the_last_hidden_layer_of_session_systems_is_found(name, units):
    inference = inference_graphs.graph_model(name, graph_systems.SYSTEMS[name].HParams(), np.zeros((1, 784))).inference
    assert answers.last_hidden(inference.outputs['logits']).shape.as_list() == [None, units]


@pytest.mark.parametrize(
    ('name', 'units'), [('mlp', 500), ('cnn', 1024), ('linear', None), ('linear_translated', None)]
)
def test_the_last_hidden_layer_of_estimators_is_found_or_is_the_input(name, units):
    system = systems.SYSTEMS[name]
    inference = inference_graphs.estimator_model(system, system.hparams, np.zeros((1, 1))).inference
    hidden = answers.last_hidden(inference.outputs['logits'])
    if units:
        assert hidden.shape.as_list() == [None, units]
    else:
        assert hidden is inference.x


@pytest.fixture
def linear(run, digits_dir, tmp_path):
    """A model_dir of A1 after three steps, and the flags that name its images."""
    common = [f'--data_dir={digits_dir}', f'--model_dir={tmp_path}', '--nofigures']
    assert run('train_estimator', '--model=linear', '--steps=3', *common).status == 0
    with flagsaver.flagsaver():
        FLAGS(['test', *common])
        yield tmp_path


def test_a_linear_system_is_recognised_and_its_logits_are_projected_once(linear, capsys, digits_dir):
    (linear / 'model.json').unlink()
    assert answers.identify(str(linear)) == 'linear'
    assert inspection.model_dirs(str(linear)) == [str(linear)]
    assert inspection.fill(str(linear), None, Source(digits_dir))
    said = [line.partition(': ')[2] for line in capsys.readouterr().err.splitlines() if line.startswith(str(linear))]
    assert said == [
        'precision and recall of checkpoint 0 on 500 test images',
        'precision and recall of checkpoint 3 on 500 test images',
        'logits of checkpoint 3 for the projector',
    ]
    rows = (linear / 'projector' / 'tensors.tsv').read_text().splitlines()
    assert (len(rows), len(rows[0].split('\t'))) == (500, 10)
    assert evaluations.steps_with(str(linear / 'eval_checkpoints'), 'confusion_matrix') == {0, 3}
    assert evaluations.steps_with(str(linear), '_hparams_/session_start_info') == set()
    before = sorted(linear.rglob('*'))
    assert inspection.fill(str(linear), None, Source(digits_dir))
    assert sorted(linear.rglob('*')) == before


def test_hyperparameters_are_written_once_and_the_projectors_own_configuration_is_left(linear, digits_dir):
    (linear / 'projector_config.pbtxt').write_text('embeddings { tensor_name: "mine" }\n')
    for _ in range(2):
        assert inspection.fill(str(linear), None, Source(digits_dir))
    (file,) = linear.glob('events*.hparams')
    assert file.read_bytes().count(b'learning_rate') == 1
    assert (linear / 'projector_config.pbtxt').read_text() == 'embeddings { tensor_name: "mine" }\n'


def test_another_programs_checkpoint_is_of_no_known_system(tmp_path, digits_dir):
    with tf.Graph().as_default(), tf.Session() as session:
        tf.get_variable('mine', [3])
        session.run(tf.global_variables_initializer())
        tf.train.Saver().save(session, str(tmp_path / 'model.ckpt'), 7)
    assert inspection.fill(str(tmp_path), None, Source(digits_dir)) is False
    assert not (tmp_path / 'eval_checkpoints').exists()
