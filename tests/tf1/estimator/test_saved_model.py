from __future__ import annotations

import importlib.util
import json
import os
import pathlib
import subprocess
import sys
import types

import numpy as np
import pytest

import tf1 as tf
from tf1.estimator import saved_model
from tf1.estimator.export import timestamped

_GOLDEN = pathlib.Path(__file__).parents[2] / 'golden'
_EXPECTED = json.loads((_GOLDEN / 'export.json').read_text())
_NAMES = sorted(_EXPECTED['programs'])


def _load_programs():
    spec = importlib.util.spec_from_file_location('export_programs', _GOLDEN / 'export_programs.py')
    programs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(programs)
    return programs


programs = _load_programs()
_build_supervised = tf.estimator.experimental.build_raw_supervised_input_receiver_fn


@pytest.fixture(scope='module', params=_NAMES)
def exported(request, tmp_path_factory):
    """A program of the golden file, trained, exported and loaded again."""
    folder = str(tmp_path_factory.mktemp(request.param))
    estimator = programs.train(tf, request.param, folder)
    lines = []
    with programs.recorded(lines):
        path = programs.export(tf, request.param, estimator, folder, _build_supervised)
    return types.SimpleNamespace(
        name=request.param,
        estimator=estimator,
        path=path,
        log=programs.anonymous(lines, folder),
        found=programs.describe(tf, request.param, path.decode()),
        expected=_EXPECTED['programs'][request.param],
    )


@pytest.fixture(scope='module')
def trained(tmp_path_factory):
    """The Estimator of the program `defaults`, after two steps; not to be trained further."""
    return programs.train(tf, 'defaults', str(tmp_path_factory.mktemp('trained')))


@pytest.fixture
def base(tmp_path):
    return str(tmp_path / 'exports')


def _receive():
    return programs.raw(tf)


class TestGoldenPrograms:
    def test_every_program_has_golden_values_of_tf_1_15(self):
        assert _EXPECTED['tensorflow'] == '1.15.5'
        assert sorted(programs.PROGRAMS) == _NAMES

    def test_the_files_are_those_of_tf_1_15(self, exported):
        assert exported.found['files'] == exported.expected['files']
        assert type(exported.path).__name__ == exported.expected['path_type'] == 'bytes'

    def test_the_log_lines_are_those_of_tf_1_15(self, exported):
        assert exported.log == exported.expected['log']

    def test_the_graphs_are_those_of_tf_1_15(self, exported):
        for tag, expected in exported.expected['graphs'].items():
            found = dict(exported.found['graphs'][tag])
            found.pop('values')
            # Today's tf.parse_example makes another op, called ParseExampleV2.
            found = json.loads(json.dumps(found).replace('ParseExampleV2', 'ParseExample'))
            assert found == {key: value for key, value in expected.items() if key != 'values'}
        assert exported.found['graphs'].keys() == exported.expected['graphs'].keys()

    def test_the_values_are_those_of_tf_1_15(self, exported):
        for tag, graph in exported.expected['graphs'].items():
            assert exported.found['graphs'][tag]['values'].keys() == graph['values'].keys()
            for signature, outputs in graph['values'].items():
                found = exported.found['graphs'][tag]['values'][signature]
                assert (found is None) == (outputs is None)
                for key, value in (outputs or {}).items():
                    _assert_equal(found[key], value)


def _assert_equal(found, expected):
    found, expected = np.array(found), np.array(expected)
    if expected.dtype.kind == 'U' and expected[0][:1] in '-0123456789':
        found, expected = found.astype(float), expected.astype(float)
    if expected.dtype.kind == 'U':
        assert found.tolist() == expected.tolist()
    else:
        np.testing.assert_allclose(found, expected, rtol=1e-5)


class TestExportSavedModel:
    def test_serves_what_the_estimator_predicts(self, trained, base):
        path = trained.export_saved_model(base, _receive).decode()
        served = programs.describe(tf, 'defaults', path)['graphs']['serve']['values']['serving_default']
        predicted = trained.predict(programs.input_fn(tf), yield_single_examples=False)
        batch = next(predicted)
        predicted.close()
        np.testing.assert_array_equal(np.float32(served['y']), batch['y'])
        assert served['class'] == batch['class'].tolist()

    def test_a_given_checkpoint_is_the_one_exported(self, trained, base):
        first = os.path.join(trained.model_dir, 'model.ckpt-0')
        path = trained.export_saved_model(base, _receive, checkpoint_path=first).decode()
        served = programs.describe(tf, 'defaults', path)['graphs']['serve']['values']['serving_default']
        # [1, 2] @ [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]], the initial weights.
        np.testing.assert_allclose(served['y'][0], [0.9, 1.2, 1.5], rtol=1e-6)

    def test_only_export_savedmodel_keeps_default_attributes(self, trained, base):
        def stripped(path):
            return programs.describe(tf, 'defaults', path.decode())['graphs']['serve']['stripped_default_attrs']

        assert stripped(trained.export_saved_model(base, _receive))
        assert not stripped(trained.export_savedmodel(base, _receive))
        assert stripped(trained.export_savedmodel(base, _receive, strip_default_attrs=True))

    def test_the_modern_loader_reads_it_too(self, trained, base):
        path = trained.export_saved_model(base, _receive).decode()
        code = (
            'import sys, tensorflow as tf\n'
            'served = tf.saved_model.load(sys.argv[1]).signatures["serving_default"]\n'
            'print(served(tf.constant([[0.0, 0.0]]))["y"].numpy().tolist())'
        )
        run = subprocess.run([sys.executable, '-c', code, path], capture_output=True, text=True, check=True)
        assert run.stdout.strip() == '[[0.0, 0.0, 0.0]]'

    def test_the_callers_graph_is_left_alone(self, trained, base):
        with tf.Graph().as_default() as graph:
            trained.export_saved_model(base, _receive)
            assert tf.get_default_graph() is graph
            assert graph.get_operations() == []

    def test_devices_of_the_training_cluster_stay_out_of_it(self, trained, base):
        config = tf.estimator.RunConfig(device_fn=lambda op: '/job:ps/task:1')
        estimator = tf.estimator.Estimator(programs.make_model(tf), trained.model_dir, config)
        path = estimator.export_saved_model(base, _receive).decode()
        with tf.Graph().as_default() as graph, tf.Session() as session:
            tf.saved_model.loader.load(session, ['serve'], path)
            assert [op.name for op in graph.get_operations() if 'job' in op.device] == []

    def test_a_keras_metric_can_be_evaluated_from_the_export(self, trained, base):
        def with_metric(features, labels, mode):
            spec = programs.make_model(tf)(features, labels, mode)
            mean = tf.keras.metrics.Mean(name='mean')
            mean.update_state(labels)
            return spec._replace(eval_metric_ops={'mean': mean})

        estimator = tf.estimator.Estimator(with_metric, trained.model_dir)
        receiver_fn = _build_supervised({'x': tf.zeros([1, 2])}, tf.zeros([1]))
        path = estimator.export_saved_model(base, receiver_fn, experimental_mode='eval').decode()
        with tf.Graph().as_default(), tf.Session() as session:
            signature = tf.saved_model.loader.load(session, ['eval'], path).signature_def['eval']
            feeds = {signature.inputs['x'].name: np.zeros([2, 2]), signature.inputs['label'].name: [1.0, 4.0]}
            session.run(signature.outputs['metrics/mean/update_op'].name, feeds)
            assert session.run(signature.outputs['metrics/mean/value'].name) == 2.5


class TestFailures:
    def test_wrong_arguments_raise_what_tf_1_15_raises(self, trained, tmp_path):
        assert programs.export_errors(tf, trained, str(tmp_path)) == _EXPECTED['export_errors']

    @pytest.mark.parametrize(
        ('receiver_fns', 'kind', 'text'),
        [
            ({'serve': _receive}, ValueError, r"modes must be some of \['train', 'eval', 'infer'\], got \['serve'\]"),
            ({'infer': None}, ValueError, "input_receiver_fn must be defined for mode 'infer', got None"),
            ({'infer': 3}, TypeError, "input_receiver_fn of mode 'infer' must be callable, got 3"),
            (None, AttributeError, 'input_receiver_fn_map must be a dict {mode: function}, got None'),
            (
                {'infer': lambda: 5},
                AttributeError,
                "must return a ServingInputReceiver or the like; 5 has no 'features'",
            ),
        ],
    )
    def test_the_text_names_the_argument(self, trained, base, receiver_fns, kind, text):
        with pytest.raises(kind, match=text):
            trained.experimental_export_all_saved_models(base, receiver_fns)

    def test_a_variable_that_was_not_trained_is_named(self, trained, base):
        def larger(features, mode):
            tf.get_variable('other', [2])
            return programs.make_model(tf)(features, None, mode)

        with pytest.raises(ValueError, match="mode 'infer' has variables that were not trained.* It lacks other"):
            tf.estimator.Estimator(larger, trained.model_dir).export_saved_model(base, _receive)
        assert os.listdir(base) == []

    def test_a_variable_of_another_shape_is_named(self, trained, base):
        def wider(features, mode):
            return tf.estimator.EstimatorSpec(mode, {'y': features['x'] @ tf.get_variable('w', [2, 5])})

        with pytest.raises(tf.errors.InvalidArgumentError, match=r'w: \[2, 5\] in the model, \[2, 3\]'):
            tf.estimator.Estimator(wider, trained.model_dir).export_saved_model(base, _receive)

    def test_a_full_disk_leaves_nothing_behind(self, trained, base, monkeypatch):
        def save(self, as_text=False):
            raise tf.errors.ResourceExhaustedError(None, None, 'No space left on device')

        with monkeypatch.context() as patch:
            patch.setattr(tf.saved_model.Builder, 'save', save)
            with pytest.raises(tf.errors.ResourceExhaustedError, match='No space left'):
                trained.export_saved_model(base, _receive)
        assert os.listdir(base) == []
        assert os.path.isdir(trained.export_saved_model(base, _receive))

    def test_an_interrupted_copy_leaves_nothing_behind(self, trained, base, monkeypatch):
        def interrupt(assets_extra, folder):
            assert os.path.exists(os.path.join(folder, 'saved_model.pb'))
            raise KeyboardInterrupt

        monkeypatch.setattr(saved_model, '_copy_extra_assets', interrupt)
        with pytest.raises(KeyboardInterrupt):
            trained.export_saved_model(base, _receive)
        assert os.listdir(base) == []


@pytest.fixture
def clock(monkeypatch):
    """Time that stands at 1500000000.25 s but for sleeping; the list of the sleeps, in seconds."""
    sleeps = []
    monkeypatch.setattr(timestamped.time, 'time', lambda: 1500000000.25 + sum(sleeps))
    monkeypatch.setattr(timestamped.time, 'sleep', sleeps.append)
    return sleeps


class TestTimestampedFolders:
    def test_the_folder_has_its_final_name_only_at_the_end(self, base, clock):
        with timestamped.new_folder(base) as folder:
            assert os.listdir(base) == ['temp-1500000000']
            assert folder.temporary == os.path.join(base, 'temp-1500000000')
        assert os.listdir(base) == ['1500000000']

    def test_a_used_second_is_waited_out(self, base, clock, log):
        os.makedirs(os.path.join(base, '1500000000'))
        with timestamped.new_folder(base) as folder:
            assert folder.final == os.path.join(base, '1500000001')
        assert clock == [0.75]
        assert log == [f'Directory {base}/1500000000 already exists; retrying (attempt 1/10)']

    def test_a_folder_that_another_process_is_filling_is_left_alone(self, base, clock):
        other = os.path.join(base, 'temp-1500000000', 'half')
        os.makedirs(other)
        with timestamped.new_folder(base) as folder:
            assert folder.final == os.path.join(base, '1500000001')
        assert sorted(os.listdir(base)) == ['1500000001', 'temp-1500000000']
        assert os.path.isdir(other)

    def test_ten_used_seconds_are_an_error(self, base, clock):
        for second in range(10):
            os.makedirs(os.path.join(base, str(1500000000 + second)))
        with pytest.raises(RuntimeError, match=f'No unused second was found for an export in {base} in 10 attempts'):
            timestamped._reserve(base)

    def test_only_finished_exports_count_and_the_oldest_go(self, base):
        for name in ('1500000003', '1500000001', '1500000002', 'temp-1500000000', '15', 'notes'):
            os.makedirs(os.path.join(base, name, 'inside'))
        pathlib.Path(base, '1500000000').write_text('a file')
        timestamped.keep_newest(base, 2)
        assert sorted(os.listdir(base)) == ['15', '1500000000', '1500000002', '1500000003', 'notes', 'temp-1500000000']
        timestamped.keep_newest(base, None)
        assert timestamped.existing(base) == [os.path.join(base, '1500000002'), os.path.join(base, '1500000003')]

    def test_a_folder_that_is_not_there_has_no_exports(self, base):
        timestamped.keep_newest(base, 1)
        assert timestamped.existing(base) == []
