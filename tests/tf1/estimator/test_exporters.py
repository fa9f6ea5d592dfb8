from __future__ import annotations

import os
import pathlib

import pytest

import tf1 as tf
from tf1.estimator import event_files


@pytest.fixture
def estimator(make_line, ones):
    """The line model after two steps, evaluated never."""
    return make_line().train(ones, steps=2)


class Recording:
    """Stands for an Estimator: writes empty folders and notes the arguments."""

    def __init__(self, model_dir):
        self.model_dir = str(model_dir)
        self.calls = []

    def export_saved_model(self, base, serving_input_receiver_fn, **arguments):
        path = os.path.join(base, str(1500000000 + len(self.calls)))
        os.makedirs(path)
        self.calls.append((serving_input_receiver_fn, arguments))
        return path.encode()


@pytest.fixture
def recording(tmp_path):
    return Recording(tmp_path / 'model')


@pytest.fixture
def base(tmp_path):
    return str(tmp_path / 'exports')


def _receive():
    x = tf.placeholder(tf.float32, [None], name='x')
    return tf.estimator.export.ServingInputReceiver({'x': x}, {'x': x})


def _write_events(folder, results, suffix=''):
    """Writes one summary per `(step, {tag: value})`, a text as a tensor."""
    with tf.Graph().as_default():
        writer = tf.summary.FileWriter(str(folder), filename_suffix=suffix)
        for step, values in results:
            summary = tf.Summary()
            for tag, value in values.items():
                if isinstance(value, str):
                    summary.value.add(tag=tag, tensor=tf.make_tensor_proto(value))
                else:
                    summary.value.add(tag=tag, simple_value=value)
            writer.add_summary(summary, step)
        writer.close()


def _export(exporter, estimator, base, result, is_final=False):
    return exporter.export(estimator, base, 'model.ckpt-7', result, is_final)


class TestFinalAndLatest:
    def test_the_final_exporter_exports_at_the_end_only(self, recording, base, log):
        exporter = tf.estimator.FinalExporter('last', _receive, {'a': 'b'}, as_text=True)
        assert exporter.name == 'last'
        assert _export(exporter, recording, base, {'loss': 1.0}) is None
        assert (recording.calls, log) == ([], [])
        path = _export(exporter, recording, base, {'loss': 1.0}, is_final=True)
        assert path == os.path.join(base, '1500000000').encode()
        arguments = {'assets_extra': {'a': 'b'}, 'as_text': True, 'checkpoint_path': 'model.ckpt-7'}
        assert recording.calls == [(_receive, arguments)]
        assert log == ['Performing the final export in the end of training.']

    def test_the_latest_exporter_keeps_the_newest(self, recording, base):
        os.makedirs(os.path.join(base, 'by_hand'))
        exporter = tf.estimator.LatestExporter('latest', _receive, exports_to_keep=2)
        for is_final in (False, False, False, True):
            assert _export(exporter, recording, base, None, is_final)
        assert sorted(os.listdir(base)) == ['1500000002', '1500000003', 'by_hand']

    def test_none_keeps_all(self, recording, base):
        exporter = tf.estimator.LatestExporter('latest', _receive, exports_to_keep=None)
        for _ in range(7):
            _export(exporter, recording, base, None)
        assert len(os.listdir(base)) == 7

    @pytest.mark.parametrize('kind', [tf.estimator.LatestExporter, tf.estimator.BestExporter])
    def test_how_many_to_keep_is_a_positive_integer(self, kind):
        with pytest.raises(ValueError, match=r'^exports_to_keep must be > 0 \(or None for all\), got 0\.$'):
            kind('name', _receive, exports_to_keep=0)
        with pytest.raises(TypeError, match=r'^exports_to_keep must be an integer, got 1\.5\.$'):
            kind('name', _receive, exports_to_keep=1.5)

    def test_a_real_export_is_a_saved_model(self, estimator, base):
        exporter = tf.estimator.LatestExporter('latest', _receive)
        path = exporter.export(estimator, base, estimator.latest_checkpoint(), None, False)
        assert sorted(os.listdir(path)) == [b'saved_model.pb', b'variables']

    def test_an_exporter_of_ones_own_needs_a_name_and_an_export(self):
        class Nameless(tf.estimator.Exporter):
            def export(self, estimator, export_path, checkpoint_path, eval_result, is_the_final_export):
                return None

        with pytest.raises(TypeError, match='name'):
            Nameless()


class TestBest:
    def test_only_a_smaller_loss_is_exported(self, recording, base, log):
        exporter = tf.estimator.BestExporter('best', _receive, exports_to_keep=2)
        losses = [3.0, 4.0, 2.0, 2.0, float('nan'), 1.0, 9.0]
        exported = [_export(exporter, recording, base, {'loss': loss}) is not None for loss in losses]
        assert exported == [True, False, True, False, False, True, False]
        assert sorted(os.listdir(base)) == ['1500000001', '1500000002']
        assert log == [
            'Loading best metric from event files.',
            f'No event file matches {recording.model_dir}/eval/*.tfevents.*: there are no earlier evaluations to '
            'compare with.',
            *['Performing best model export.'] * 3,
        ]

    def test_names_are_those_of_tf_1_15(self):
        assert tf.estimator.BestExporter().name == 'best_exporter'

    def test_a_comparison_of_ones_own_gets_both_results_by_name(self, recording, base):
        seen = []

        def higher(current_eval_result, best_eval_result):
            seen.append((best_eval_result, current_eval_result))
            return current_eval_result['accuracy'] > best_eval_result['accuracy']

        exporter = tf.estimator.BestExporter('best', _receive, compare_fn=higher)
        for accuracy in (0.5, 0.25, 0.75):
            _export(exporter, recording, base, {'accuracy': accuracy})
        assert seen == [({'accuracy': 0.5}, {'accuracy': 0.25}), ({'accuracy': 0.5}, {'accuracy': 0.75})]
        assert len(recording.calls) == 2

    @pytest.mark.parametrize(
        ('result', 'text'),
        [
            (None, "current_eval_result must hold 'loss' to be compared by it, got None"),
            ({'accuracy': 1}, "current_eval_result must hold 'loss' to be compared by it, got {'accuracy': 1}"),
        ],
    )
    def test_a_result_without_loss_cannot_be_compared_by_loss(self, recording, base, result, text):
        exporter = tf.estimator.BestExporter('best', _receive)
        _export(exporter, recording, base, {'loss': 1.0})
        with pytest.raises(ValueError, match=text):
            _export(exporter, recording, base, result)

    @pytest.mark.parametrize(
        ('compare_fn', 'kind', 'text'),
        [
            (None, ValueError, 'compare_fn must not be None'),
            (3, TypeError, 'compare_fn must be callable, got 3'),
            (lambda a, b: True, ValueError, r"must take the arguments \('best_eval_result', 'current_eval_result'\)"),
            (lambda best_eval_result: True, ValueError, r"takes \('best_eval_result',\)"),
        ],
    )
    def test_a_comparison_that_cannot_be_called_is_refused(self, compare_fn, kind, text):
        with pytest.raises(kind, match=text):
            tf.estimator.BestExporter('best', _receive, compare_fn=compare_fn)


class TestBestAfterARestart:
    @pytest.fixture
    def evaluated(self, recording):
        """A model_dir with evaluations of two runs; the best loss is 0.25. Hooks wrote summaries among them."""
        folder = pathlib.Path(recording.model_dir, 'eval')
        results = [(1, {'loss': 0.75}), (1, {'checkpoint_path': 'a'}), (2, {'loss': 0.25}), (2, {'speed': 9.0})]
        _write_events(folder, results, '.first')
        _write_events(folder, [(3, {'loss': 0.5, 'accuracy': 1.0})], '.second')
        return recording

    @pytest.mark.parametrize(('loss', 'is_exported'), [(0.3, False), (0.25, False), (0.2, True)])
    def test_a_result_must_beat_those_of_earlier_runs(self, evaluated, base, loss, is_exported):
        exporter = tf.estimator.BestExporter('best', _receive)
        assert (_export(exporter, evaluated, base, {'loss': loss, 'global_step': 4}) is not None) == is_exported

    def test_the_pattern_chooses_the_event_files(self, evaluated, base):
        _write_events(pathlib.Path(evaluated.model_dir, 'eval_other'), [(1, {'loss': 0.01})])
        other = tf.estimator.BestExporter('best', _receive, event_file_pattern='eval_other/*.tfevents.*')
        assert _export(other, evaluated, base, {'loss': 0.1}) is None
        none = tf.estimator.BestExporter('best', _receive, event_file_pattern=None)
        assert _export(none, evaluated, base, {'loss': 5.0}) is not None
        absent = tf.estimator.BestExporter('best', _receive, event_file_pattern='nowhere/*.tfevents.*')
        assert _export(absent, evaluated, base, {'loss': 5.0}) is not None

    def test_another_model_dir_has_another_best(self, evaluated, base, tmp_path):
        exporter = tf.estimator.BestExporter('best', _receive)
        other = Recording(tmp_path / 'other')
        assert _export(exporter, other, base + '/a', {'loss': 7.0}) is not None
        assert _export(exporter, evaluated, base + '/b', {'loss': 0.3}) is None
        assert _export(exporter, other, base + '/c', {'loss': 7.0}) is not None

    def test_a_file_that_was_cut_off_counts_as_far_as_it_goes(self, evaluated, base, log):
        (last,) = pathlib.Path(evaluated.model_dir, 'eval').glob('*.second')
        last.write_bytes(last.read_bytes() + b'\x30' * 40)
        assert _export(tf.estimator.BestExporter('best', _receive), evaluated, base, {'loss': 0.3}) is None
        assert log[1].startswith(f'{last} is damaged or cut short; what stands before that is used: ')

    def test_an_evaluation_does_not_stand_in_its_own_way(self, estimator, ones, base):
        """TF 1.15 finds the event that the first evaluation wrote, and exports nothing."""
        result = estimator.evaluate(ones, steps=1)
        checkpoint = estimator.latest_checkpoint()
        first, second = (tf.estimator.BestExporter('best', _receive) for _ in range(2))
        assert first.export(estimator, base, checkpoint, result, False) is not None
        assert first.export(estimator, base, checkpoint, result, False) is None
        again = estimator.evaluate(ones, steps=1)
        assert second.export(estimator, base, checkpoint, again, False) is None

    def test_scalars_are_read_in_the_order_of_writing(self, evaluated):
        assert event_files.results(os.path.join(evaluated.model_dir, 'eval', '*.tfevents.*')) == [
            {'loss': 0.75},
            {'loss': 0.25},
            {'speed': 9.0},
            {'loss': 0.5, 'accuracy': 1.0},
        ]
