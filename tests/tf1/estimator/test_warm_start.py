from __future__ import annotations

import os
import pathlib
import re

import pytest

import tf1 as tf

WarmStartSettings = tf.estimator.WarmStartSettings


@pytest.fixture
def source(line_model_fn, ones, tmp_path):
    """A trained line: w = 0.75 after two steps."""
    estimator = tf.estimator.Estimator(line_model_fn, str(tmp_path / 'source'))
    estimator.train(ones, steps=2)
    yield estimator
    tf.summary.FileWriterCache.clear()


@pytest.fixture
def make_warm(line_model_fn, model_dir):
    """Makes Estimators of the line in `model_dir` that start from `warm_start_from`."""
    return lambda warm_start_from: tf.estimator.Estimator(line_model_fn, model_dir, warm_start_from=warm_start_from)


def warm_lines(log):
    return [line for line in log if line.startswith('Warm-start')]


def weight(estimator, ones):
    """`w` before training: predictions for x = 1."""
    return float(next(iter(estimator.predict(ones)))['y'])


class TestSettings:
    def test_defaults(self):
        assert WarmStartSettings('folder')._asdict() == {
            'ckpt_to_initialize_from': 'folder',
            'vars_to_warm_start': '.*',
            'var_name_to_vocab_info': {},
            'var_name_to_prev_var_name': {},
        }

    def test_a_path_object_becomes_a_string(self):
        assert WarmStartSettings(pathlib.Path('folder')).ckpt_to_initialize_from == 'folder'

    def test_they_are_immutable(self):
        with pytest.raises(AttributeError):
            WarmStartSettings('folder').vars_to_warm_start = 'a'

    @pytest.mark.parametrize('value', [None, ''])
    def test_a_source_is_needed(self, value):
        text = f'ckpt_to_initialize_from must name a checkpoint, got {value!r}.'
        with pytest.raises(ValueError, match=f'^{re.escape(text)}$'):
            WarmStartSettings(value)

    def test_vocabularies_are_those_of_tf_train(self):
        info = tf.estimator.VocabInfo('new.txt', 3, 1, 'old.txt')
        assert info._asdict() == {
            'new_vocab': 'new.txt',
            'new_vocab_size': 3,
            'num_oov_buckets': 1,
            'old_vocab': 'old.txt',
            'old_vocab_size': -1,
            'backup_initializer': None,
            'axis': 0,
        }

    def test_an_estimator_takes_nothing_else(self, make_warm):
        with pytest.raises(ValueError, match=r'^warm_start_from must be a path or WarmStartSettings, got 3\.$'):
            make_warm(3)


class TestSources:
    @pytest.mark.parametrize(
        'source_of',
        [
            lambda estimator: estimator.model_dir,
            lambda estimator: estimator.model_dir.encode(),
            lambda estimator: pathlib.Path(estimator.model_dir),
            lambda estimator: estimator.latest_checkpoint(),
            lambda estimator: WarmStartSettings(estimator.model_dir),
        ],
        ids=['folder', 'bytes', 'path', 'checkpoint', 'settings'],
    )
    def test_a_model_predicts_with_the_weights_of_its_source(self, make_warm, source, ones, source_of):
        assert weight(make_warm(source_of(source)), ones) == 0.75

    def test_settings_may_name_a_saved_model_too(self, make_warm, source, ones, tmp_path):
        receiver_fn = tf.estimator.export.build_raw_serving_input_receiver_fn({'x': tf.placeholder(tf.float32, [None])})
        path = os.fsdecode(source.export_saved_model(str(tmp_path / 'export'), receiver_fn))
        assert weight(make_warm(WarmStartSettings(path)), ones) == 0.75


class TestOnce:
    def test_training_starts_at_step_0_with_the_weights(self, make_warm, source, ones):
        warm = make_warm(source.model_dir)
        warm.train(ones, steps=1)
        assert warm.get_variable_value('global_step') == 1
        assert warm.get_variable_value('w') == 0.875  # Half the way from 0.75 to 1.

    def test_a_model_with_a_checkpoint_goes_on_from_it(self, make_warm, source, ones, log):
        warm = make_warm(source.model_dir)
        warm.train(ones, steps=1)
        assert len(warm_lines(log)) == 4
        os.rename(source.model_dir, source.model_dir + '.gone')
        warm.train(ones, steps=1)
        warm.evaluate(ones, steps=1)
        assert weight(warm, ones) == 0.9375
        assert len(warm_lines(log)) == 4

    def test_a_checkpoint_that_is_asked_for_is_taken(self, make_warm, source, ones):
        other = source.latest_checkpoint()
        warm = make_warm('nowhere')
        assert warm.evaluate(ones, steps=1, checkpoint_path=other)['mean_y'] == 0.75

    def test_train_and_evaluate_starts_warm(self, make_warm, source, ones):
        metrics, _ = tf.estimator.train_and_evaluate(
            make_warm(source.model_dir), tf.estimator.TrainSpec(ones, 1), tf.estimator.EvalSpec(ones, steps=1)
        )
        assert metrics['mean_y'] == 0.875
