"""Training, evaluation and prediction when files are lost, signals arrive, or another process is at work."""

from __future__ import annotations

import os
import shutil
import signal

import numpy as np
import pytest

import tf1 as tf
from tf1._checkpoint import training_lock
from tf1._checkpoint.errors import CheckpointError
from tf1.estimator import continuous_evaluation

_DATA = np.arange(64, dtype=np.float32)


def model_fn(features, labels, mode):
    w = tf.get_variable('w', [], initializer=tf.zeros_initializer())
    predictions = {'y': w * features['x']}
    if mode == tf.estimator.ModeKeys.PREDICT:
        return tf.estimator.EstimatorSpec(mode, predictions)
    loss = tf.reduce_mean(tf.square(predictions['y'] / 64 - labels))
    train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss, tf.train.get_global_step())
    return tf.estimator.EstimatorSpec(mode, predictions, loss, train_op)


def input_fn(epochs=None):
    return tf.estimator.inputs.numpy_input_fn(
        {'x': _DATA}, _DATA / 32, batch_size=8, num_epochs=epochs, shuffle=epochs is None
    )


def make(model_dir, **settings):
    settings = {'save_checkpoints_steps': 5, 'tf_random_seed': 1, 'keep_checkpoint_max': 10, **settings}
    return tf.estimator.Estimator(model_fn, str(model_dir), tf.estimator.RunConfig(**settings))


@pytest.fixture
def model_dir(tmp_path):
    """A folder with checkpoints 0, 5, 10."""
    make(tmp_path / 'm').train(input_fn(), max_steps=10)
    return tmp_path / 'm'


def step_of(estimator):
    return int(estimator.get_variable_value('global_step'))


def lose(model_dir, what):
    if what == 'checkpoint':
        (model_dir / 'checkpoint').unlink()
    elif what == 'garbage':
        (model_dir / 'checkpoint').write_bytes(b'\xff\x00')
    elif what == 'loop':
        (model_dir / 'checkpoint').unlink()
        (model_dir / 'checkpoint').symlink_to('checkpoint')


class TestLostFiles:
    @pytest.mark.parametrize('what', ['checkpoint', 'garbage', 'loop'])
    def test_training_goes_on_without_a_readable_checkpoint_file(self, model_dir, tmp_path, what):
        whole = shutil.copytree(model_dir, tmp_path / 'whole')
        lose(model_dir, what)
        for folder in (model_dir, whole):
            make(folder).train(input_fn(), max_steps=12)
        ends = [make(folder) for folder in (model_dir, whole)]
        assert [step_of(end) for end in ends] == [12, 12]
        assert ends[0].get_variable_value('w') == ends[1].get_variable_value('w')

    def test_evaluation_and_prediction_find_the_same_checkpoint(self, model_dir):
        lose(model_dir, 'checkpoint')
        estimator = make(model_dir)
        assert estimator.latest_checkpoint() == str(model_dir / 'model.ckpt-10')
        assert estimator.evaluate(input_fn(1))['global_step'] == 10
        assert len(list(estimator.predict(input_fn(1)))) == 64

    def test_training_goes_on_from_the_newest_that_can_be_read(self, model_dir, tmp_path):
        whole = shutil.copytree(model_dir, tmp_path / 'whole')
        os.truncate(model_dir / 'model.ckpt-10.data-00000-of-00001', 4)
        for folder in (model_dir, whole):
            make(folder).train(input_fn(), max_steps=12)
        assert make(model_dir).get_variable_value('w') == make(whole).get_variable_value('w')

    def test_nothing_is_written_where_no_checkpoint_can_be_read(self, model_dir):
        for path in model_dir.glob('*.data-*'):
            os.truncate(path, 2)
        before = {path.name: path.read_bytes() for path in model_dir.iterdir() if path.is_file()}
        with pytest.raises(CheckpointError, match='No other checkpoint in'):
            make(model_dir).train(input_fn(), max_steps=12)
        assert {path.name: path.read_bytes() for path in model_dir.iterdir() if path.is_file()} == before

    def test_half_written_files_are_removed_when_training_starts(self, model_dir):
        (model_dir / 'model.ckpt-11_temp_ab').mkdir()
        (model_dir / 'model.ckpt-11.meta.tmpab').touch()
        make(model_dir).train(input_fn(), max_steps=11)
        assert not [path.name for path in model_dir.iterdir() if 'temp' in path.name or 'tmp' in path.name]

    @pytest.mark.parametrize('ask', ['evaluate', 'predict'])
    def test_a_checkpoint_removed_meanwhile_is_replaced_by_the_next(self, model_dir, ask):
        estimator = make(model_dir)

        def racing_input_fn():
            if not (model_dir / 'model.ckpt-12.index').exists():
                make(model_dir).train(input_fn(), max_steps=12)
                tf.train.remove_checkpoint(str(model_dir / 'model.ckpt-10'))
            return input_fn(1)()

        if ask == 'evaluate':
            assert estimator.evaluate(racing_input_fn)['global_step'] == 12
        else:
            *_, last = estimator.predict(racing_input_fn)
            assert last['y'] == make(model_dir).get_variable_value('w') * np.float32(63)


class TestSignals:
    @pytest.mark.parametrize(('number', 'status'), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
    def test_training_ends_after_the_step_with_a_checkpoint(self, tmp_path, number, status):
        class Send(tf.train.SessionRunHook):
            def before_run(self, run_context):
                self.step = getattr(self, 'step', 0) + 1
                if self.step == 3:
                    os.kill(os.getpid(), number)

        before = [signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)]
        estimator = make(tmp_path / 'm', experimental_stop_at_signals=True, save_checkpoints_steps=100)
        with pytest.raises(SystemExit) as end:
            estimator.train(input_fn(), [Send()], max_steps=50)
        assert end.value.code == status
        assert step_of(estimator) == 3
        assert [signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)] == before
        estimator.train(input_fn(), max_steps=50)
        make(tmp_path / 'other').train(input_fn(), max_steps=50)
        assert estimator.get_variable_value('w') == make(tmp_path / 'other').get_variable_value('w')

    def test_the_default_is_that_of_tf_115(self, tmp_path):
        assert not tf.estimator.RunConfig().experimental_stop_at_signals
        assert "'_experimental_stop_at_signals'" not in repr(tf.estimator.RunConfig())


def test_a_second_training_is_refused(model_dir):
    with training_lock.held(str(model_dir)), pytest.raises(CheckpointError, match='is being trained into by process'):
        make(model_dir).train(input_fn(), max_steps=12)
    assert make(model_dir).evaluate(input_fn(1))['global_step'] == 10


def test_an_evaluator_passes_over_a_checkpoint_that_is_removed_under_it(model_dir):
    def removing_input_fn():
        for path in model_dir.glob('model.ckpt-10.*'):
            path.unlink()
        return input_fn(1)()

    evaluator = continuous_evaluation.Evaluator(make(model_dir), tf.estimator.EvalSpec(removing_input_fn), 15)
    status = continuous_evaluation.EvalStatus
    first, exports = evaluator.evaluate_and_export()
    assert (first.status, exports) == (status.MISSING_CHECKPOINT, [])
    second, _ = evaluator.evaluate_and_export()
    assert (second.status, second.metrics['global_step']) == (status.EVALUATED, 5)


def test_an_evaluator_tells_of_a_checkpoint_that_is_damaged(model_dir):
    estimator = make(model_dir)
    evaluator = continuous_evaluation.Evaluator(estimator, tf.estimator.EvalSpec(input_fn(1)), 15)
    data = model_dir / 'model.ckpt-10.data-00000-of-00001'
    data.write_bytes(data.read_bytes()[:4])
    with pytest.raises((tf.errors.OpError, CheckpointError, IndexError)):
        evaluator.evaluate_and_export()
