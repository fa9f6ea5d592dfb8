from __future__ import annotations

import os
import re
import shutil

import numpy as np
import pytest

import tf1 as tf
from estimators import systems
from tools.conversion import convert, names, tf1_checkpoint
from tools.conversion.errors import ConversionError
from tools.systems import graph_systems

_ONE_HOT = ('patch_cnn', 'ocr_cnn', 'batchnorm_cnn')


class TestKeras:
    def test_every_system_is_converted(self):
        assert {*systems.SYSTEMS, *graph_systems.SYSTEMS} == names.SYSTEMS.keys()

    def test_the_model_answers_the_same(self, converted):
        for name in ('logits', 'probabilities'):
            np.testing.assert_allclose(converted.answers[name], converted.wanted[name], atol=1e-5)

    def test_training_goes_on_with_the_losses_of_tf_1_15(self, converted):
        np.testing.assert_allclose(converted.found['losses'], converted.case.losses, atol=1e-4)

    def test_the_optimiser_goes_on_counting(self, converted):
        assert converted.found['iterations'] == converted.case.done + len(converted.case.losses)

    def test_the_optimiser_is_that_of_the_system(self, converted):
        name, found = converted.case.model.name, converted.found
        expected = ('SGD', None) if name == 'linear' else ('Adam', 1e-8)
        assert (found['optimizer'], found['epsilon']) == expected
        assert found['learning_rate'] == pytest.approx(converted.case.model.hparams['learning_rate'])

    def test_the_loss_takes_logits_and_the_labels_of_the_system(self, converted):
        one_hot = converted.case.model.name in _ONE_HOT
        assert converted.found['loss'] == ('' if one_hot else 'Sparse') + 'CategoricalCrossentropy'
        assert converted.found['from_logits']

    def test_the_input_is_that_of_the_placeholder(self, converted):
        assert converted.found['input'] == converted.case.model.inference.x.shape.as_list()

    def test_another_ending_is_refused(self, converted, tmp_path):
        with pytest.raises(ConversionError, match=r'model\.h5 must end with \.keras\.'):
            convert.to_keras(converted.case.model, converted.case.prefix, str(tmp_path / 'model.h5'))


class TestBackFromKeras:
    """After one step in Keras 3, the second is done by TF 1.x again."""

    @pytest.fixture
    def back(self, converted, tmp_path) -> str:
        case = converted.case
        values = names.to_checkpoint(converted.after_one, names.SYSTEMS[case.model.name], case.model.inference.shapes())
        return tf1_checkpoint.write(
            values, str(tmp_path), os.path.basename(case.prefix).rpartition('-')[0], case.done + 1
        )

    def test_names_shapes_and_types_are_those_of_tf_1(self, converted, back):
        assert tf.train.list_variables(back) == tf.train.list_variables(converted.case.prefix)
        kinds = [{n: v.dtype for n, v in tf1_checkpoint.read(p).items()} for p in (back, converted.case.prefix)]
        assert kinds[0] == kinds[1]

    def test_beta_powers_and_steps_are_those_of_one_step_more(self, converted, back):
        before, after = tf1_checkpoint.read(converted.case.prefix), tf1_checkpoint.read(back)
        if 'beta1_power' in before:
            assert after['beta1_power'] == before['beta1_power'] * np.float32(0.9)
            assert after['beta2_power'] == before['beta2_power'] * np.float32(0.999)
        if 'global_step' in before:
            assert after['global_step'] == before['global_step'] + 1

    def test_training_goes_on_in_a_session_with_the_losses_of_tf_1_15(self, converted, back, load_golden):
        case, name = converted.case, converted.case.model.name
        if name in systems.SYSTEMS:
            found = _estimator_loss(case, back)
        else:
            steps = load_golden('conversion_steps')
            with graph_systems.start(name, graph_systems.SYSTEMS[name].HParams(**case.model.hparams)) as run:
                run.restore(os.path.dirname(back))
                (found,) = steps.train(run.session, name, run.net._asdict(), [case.done + 1])
        assert found == pytest.approx(case.losses[1], abs=1e-4)


def _estimator_loss(case, prefix: str) -> float:
    """The loss of one training step of an Estimator's model function."""
    system = systems.SYSTEMS[case.model.name]
    with tf.Graph().as_default(), tf.Session() as session:
        images, labels = (tf.constant(batch[1]) for batch in case.batches)
        tf.train.create_global_step()
        spec = system.model_fn({'x': images}, labels, tf.estimator.ModeKeys.TRAIN, case.model.hparams)
        tf.train.Saver().restore(session, prefix)
        return float(session.run([spec.loss, spec.train_op])[0])


class TestWhatCannotBeConverted:
    @pytest.mark.parametrize(
        ('what', 'said'),
        [
            ('cut short', r'cut\.keras is not a Keras model of cnn: \S'),
            ('another model', r'its layers with weights must be conv2d, dense, dense_1, got dense, dense_1\.'),
            ('another optimiser', r'the optimizer must be Adam, got SGD: compile and train the model with that one\.'),
            (
                'another epsilon',
                r"the optimizer's epsilon must be 1e-08, which TF 1\.x trains with, got 1e-07: compile",
            ),
            ('nested names', r'a/b/c begins with the name of another slot: rename one of them first\.'),
        ],
    )
    def test_each_is_named_with_what_is_wrong(self, workshop, what, said):
        assert re.search(said, workshop['refused'][what])


class TestTF2:
    @pytest.mark.parametrize('how', ['model_and_optimizer', 'model'])
    def test_a_checkpoint_restores_weights_and_optimiser_into_the_keras_model(self, workshop, how):
        expected, found = workshop['cnn'], dict(workshop[how])
        assert found.pop('learning_rate') == np.float32(0.01)
        assert found.keys() == expected.keys()
        for name, value in expected.items():
            np.testing.assert_array_equal(found[name], value)

    def test_a_tree_of_names_restores_into_modules(self, workshop):
        values = tf1_checkpoint.read(workshop['converted']['linear'].case.prefix)
        np.testing.assert_array_equal(workshop['tree']['kernel'], values['dense/kernel'])
        np.testing.assert_array_equal(workshop['tree']['bias'], values['dense/bias'])

    def test_a_tree_holds_strings_nan_and_names_with_dots(self, workshop):
        found = tf1_checkpoint.read(str(workshop['folder'] / 'odd_tree' / 'ckpt-1'))
        ending = '/.ATTRIBUTES/VARIABLE_VALUE'
        assert {name.removesuffix(ending): found[name].tolist() for name in found if name.endswith(ending)} == {
            'model/a..b/c': [1, pytest.approx(np.nan, nan_ok=True)],
            'model/words': [b'x', b'y'],
            'slots/a..b/c/Adam': [2, 3],
            'save_counter': 1,
        }

    def test_an_object_based_checkpoint_is_refused(self, workshop, tmp_path):
        prefix = str(workshop['folder'] / 'tree' / 'ckpt-1')
        with pytest.raises(ConversionError, match='is object-based already: restore it with tf.train.Checkpoint'):
            convert.to_tree(prefix, str(tmp_path / 'again'))
        assert os.listdir(tmp_path) == []


class TestSavedModel:
    def test_tf2_serves_what_the_graph_answers(self, workshop):
        converted = workshop['converted']['layers_cnn']
        for name in ('logits', 'probabilities'):
            np.testing.assert_allclose(workshop['served'][name], converted.wanted[name], atol=1e-5)
        np.testing.assert_array_equal(workshop['served']['classes'], converted.wanted['logits'].argmax(1))

    def test_it_holds_the_weights_and_no_slots(self, workshop):
        variables = tf.train.list_variables(str(workshop['folder'] / 'saved_model' / 'variables' / 'variables'))
        assert [name for name, _ in variables] == [
            'conv2d/bias',
            'conv2d/kernel',
            'conv2d_1/bias',
            'conv2d_1/kernel',
            'dense/bias',
            'dense/kernel',
            'dense_1/bias',
            'dense_1/kernel',
        ]

    def test_the_conversion_reports_its_differences(self, small_ocr_cnn, golden_checkpoint, tmp_path):
        report = convert.to_saved_model(small_ocr_cnn, golden_checkpoint, str(tmp_path / 'saved'))
        assert report['images'] == 8
        assert report['differences'].keys() == {'logits', 'probabilities'}
        assert report['largest_difference'] == max(report['differences'].values()) <= 1e-5
        assert sorted(os.listdir(tmp_path / 'saved')) == ['saved_model.pb', 'variables']


class TestFrozenGraph:
    def test_it_answers_what_tf_1_15_did(self, small_ocr_cnn, golden_checkpoint, golden_answers, tmp_path):
        report = convert.to_frozen_graph(small_ocr_cnn, golden_checkpoint, str(tmp_path / 'frozen.pb'))
        assert report['input'] == 'x:0'
        assert report['outputs'] == {'classes': 'ArgMax_1:0', 'logits': 'add_3:0', 'probabilities': 'Softmax:0'}
        definition = tf.GraphDef.FromString((tmp_path / 'frozen.pb').read_bytes())
        with tf.Graph().as_default(), tf.Session() as session:
            tf.import_graph_def(definition, name='')
            answers = session.run('Softmax:0', {'x:0': small_ocr_cnn.images})
        np.testing.assert_allclose(answers, golden_answers, atol=1e-6)

    def test_nothing_but_the_images_has_to_be_fed(self, workshop, tmp_path):
        case = workshop['converted']['lowlevel_cnn'].case
        convert.to_frozen_graph(case.model, case.prefix, str(tmp_path / 'frozen.pb'))
        nodes = tf.GraphDef.FromString((tmp_path / 'frozen.pb').read_bytes()).node
        assert [node.name for node in nodes if node.op == 'Placeholder'] == ['tf_x']
        assert not [node.name for node in nodes if node.op == 'VariableV2']

    def test_attributes_that_tf_1_15_does_not_know_are_left_out(self, small_ocr_cnn, golden_checkpoint, tmp_path):
        convert.to_frozen_graph(small_ocr_cnn, golden_checkpoint, str(tmp_path / 'frozen.pb'))
        nodes = tf.GraphDef.FromString((tmp_path / 'frozen.pb').read_bytes()).node
        pools = [set(node.attr) for node in nodes if node.op == 'MaxPool']
        assert pools == [{'ksize', 'padding', 'strides'}] * 2


class TestErrors:
    def test_models_that_differ_leave_nothing_behind(self, small_ocr_cnn, golden_checkpoint, tmp_path, monkeypatch):
        monkeypatch.setattr(convert.comparison, 'LARGEST', -1.0)
        with pytest.raises(ConversionError, match=r'answers otherwise: logits differ by up to .* -1 is allowed'):
            convert.to_saved_model(small_ocr_cnn, golden_checkpoint, str(tmp_path / 'new' / 'saved'))
        assert os.listdir(tmp_path) == []

    def test_a_checkpoint_of_another_model_leaves_nothing_behind(self, workshop, golden_checkpoint, tmp_path):
        model = workshop['converted']['patch_cnn'].case.model
        with pytest.raises(ConversionError, match=r'belongs to another model: Variable is \[5, 5, 1, 2\] there and'):
            convert.to_frozen_graph(model, golden_checkpoint, str(tmp_path / 'frozen.pb'))
        assert os.listdir(tmp_path) == []

    def test_half_a_checkpoint_leaves_nothing_behind(self, small_ocr_cnn, golden_checkpoint, tmp_path):
        folder = tmp_path / 'half'
        shutil.copytree(os.path.dirname(golden_checkpoint), folder)
        data = folder / 'model.ckpt-5.data-00000-of-00001'
        data.write_bytes(data.read_bytes()[:1000])
        with pytest.raises(ValueError, match=r'model\.ckpt-5 cannot be read'):
            convert.to_keras(small_ocr_cnn, str(folder / 'model.ckpt-5'), str(tmp_path / 'ocr.keras'))
        assert os.listdir(tmp_path) == ['half']

    def test_output_that_exists_stays_as_it_is(self, small_ocr_cnn, golden_checkpoint, tmp_path):
        path = tmp_path / 'frozen.pb'
        path.write_text('mine')
        with pytest.raises(ConversionError, match=r'frozen\.pb exists already: name another output'):
            convert.to_frozen_graph(small_ocr_cnn, golden_checkpoint, str(path))
        assert path.read_text() == 'mine'

    def test_a_file_that_is_not_there_cannot_come_back(self, small_ocr_cnn, tmp_path):
        folder = convert.Folder('model.ckpt', int, lambda path, rate: None)
        with pytest.raises(ConversionError, match=r'none\.keras is not there: name a \.keras file\.'):
            convert.from_keras(small_ocr_cnn, str(tmp_path / 'none.keras'), str(tmp_path / 'back'), folder)
        assert os.listdir(tmp_path) == []
