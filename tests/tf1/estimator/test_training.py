from __future__ import annotations

import glob
import os
import re

import numpy as np
import pytest

import tf1 as tf


@pytest.fixture
def spec_with(line_model_fn):
    """A model_fn of the line model whose spec gets further fields: `spec_with(training_hooks=...)`."""

    def make(**fields):
        def model_fn(features, labels, mode):
            spec = line_model_fn(features, labels, mode)
            return spec._replace(**{name: value() if callable(value) else value for name, value in fields.items()})

        return model_fn

    return make


def checkpoint_steps(folder):
    """Steps of the checkpoints whose files are in a folder."""
    return sorted(int(re.search(r'-(\d+)\.index$', path)[1]) for path in glob.glob(f'{folder}/model.ckpt-*.index'))


def listed(folder):
    """What the file `checkpoint` says: the newest, and all."""
    with open(os.path.join(folder, 'checkpoint')) as file:
        found = re.findall(r'^(\w+): "(.*)"$', file.read(), re.MULTILINE)
    (newest,) = [path for key, path in found if key == 'model_checkpoint_path']
    return newest, [path for key, path in found if key == 'all_model_checkpoint_paths']


def rows(*values):
    """Batches of one row, x = y = each of the values."""
    return lambda: tf.data.Dataset.from_tensor_slices(np.float32(values)).batch(1).map(lambda v: ({'x': v}, v))


class Reader(tf.train.SessionRunHook):
    """Keeps what `see(run_context)` gives after every step."""

    def __init__(self, see):
        self.see = see
        self.seen = []

    def after_run(self, run_context, run_values):
        self.seen.append(self.see(run_context))


class TestLog:
    def test_lines_of_a_fresh_and_a_resumed_run_stand_in_the_order_of_tf_1(self, make_line, ones, log, model_dir):
        estimator = make_line(save_checkpoints_steps=2, log_step_count_steps=2)
        built = ['Calling model_fn.', 'Done calling model_fn.', 'Create CheckpointSaverHook.', 'Graph was finalized.']
        started = ['Running local_init_op.', 'Done running local_init_op.']
        ckpt = f'{model_dir}/model.ckpt'

        del log[:]
        estimator.train(ones, steps=5)
        assert [without_times(line) for line in log] == [
            *built,
            *started,
            f'Saving checkpoints for 0 into {ckpt}.',
            'loss = 1.0, step = 1',
            f'Saving checkpoints for 2 into {ckpt}.',
            'global_step/sec: #',
            'loss = 0.0625, step = 3 (# sec)',
            f'Saving checkpoints for 4 into {ckpt}.',
            'global_step/sec: #',
            'loss = 0.00390625, step = 5 (# sec)',
            f'Saving checkpoints for 5 into {ckpt}.',
            'Loss for final step: 0.00390625.',
        ]

        del log[:]
        estimator.train(ones, steps=1)
        assert log == [
            *built,
            f'Restoring parameters from {ckpt}-5',
            *started,
            f'Saving checkpoints for 5 into {ckpt}.',
            'loss = 0.0009765625, step = 6',
            f'Saving checkpoints for 6 into {ckpt}.',
            'Loss for final step: 0.0009765625.',
        ]

    def test_without_step_counts_only_the_final_loss_is_told(self, make_line, ones, log, summaries, model_dir):
        make_line(log_step_count_steps=None).train(ones, steps=3)
        assert [line for line in log if 'loss' in line.lower() or 'sec:' in line] == ['Loss for final step: 0.0625.']
        assert {tag for _, tag, _ in summaries(model_dir)} == {'loss'}

    def test_an_empty_input_is_told(self, make_line, log):
        make_line().train(rows())
        assert log[-2:] == [
            'Training made no steps: the input is empty, or a hook stopped before the first.',
            'Loss for final step: None.',
        ]


def without_times(line):
    return re.sub(r'(?<=sec: )[\d.e+]+$|(?<=\()[\d.]+(?= sec\)$)', '#', line)


class TestCheckpoints:
    @pytest.mark.parametrize(
        ('every', 'steps', 'resumed', 'expected'),
        [(3, 10, 0, [0, 3, 6, 9, 10]), (3, 9, 0, [0, 3, 6, 9]), (1, 3, 0, [0, 1, 2, 3]), (3, 4, 4, [0, 3, 4, 7, 8])],
    )
    def test_one_is_saved_first_and_then_every_so_many_steps_and_last(
        self, make_line, ones, model_dir, every, steps, resumed, expected
    ):
        estimator = make_line(save_checkpoints_steps=every, keep_checkpoint_max=None).train(ones, steps=steps)
        if resumed:
            estimator.train(ones, steps=resumed)
        assert checkpoint_steps(model_dir) == expected

    def test_only_the_newest_are_kept_across_runs_and_paths_are_relative(self, make_line, ones, model_dir):
        estimator = make_line(save_checkpoints_steps=1, keep_checkpoint_max=2).train(ones, steps=3)
        assert checkpoint_steps(model_dir) == [2, 3]
        estimator.train(ones, steps=2)
        assert checkpoint_steps(model_dir) == [4, 5]
        assert listed(model_dir) == ('model.ckpt-5', ['model.ckpt-4', 'model.ckpt-5'])

    def test_a_model_dir_can_be_moved(self, make_line, line_model_fn, ones, model_dir, tmp_path):
        make_line().train(ones, steps=2)
        os.rename(model_dir, tmp_path / 'moved')
        moved = tf.estimator.Estimator(line_model_fn, str(tmp_path / 'moved')).train(ones, steps=1)
        assert moved.get_variable_value('w') == 0.875

    def test_files_are_those_of_tf_1(self, make_line, ones, model_dir):
        make_line().train(ones, steps=2)
        parts = ('data-00000-of-00001', 'index', 'meta')
        names = [re.sub(r'tfevents\..*', 'tfevents', name) for name in os.listdir(model_dir)]
        assert sorted(names) == [
            'checkpoint',
            'events.out.tfevents',
            'graph.pbtxt',
            *(f'model.ckpt-{step}.{part}' for step in (0, 2) for part in parts),
        ]

    def test_without_a_schedule_there_are_none(self, make_line, ones, log, model_dir):
        estimator = make_line(save_checkpoints_steps=None)
        del log[:]
        estimator.train(ones, steps=2)
        assert [name.split('.')[0] for name in os.listdir(model_dir)] == ['events']
        assert estimator.latest_checkpoint() is None
        assert not any('heckpoint' in line for line in log)


class TestEvents:
    def test_summaries_come_every_so_many_steps_and_speed_before_them(self, make_line, ones, summaries, model_dir):
        estimator = make_line(save_summary_steps=2, log_step_count_steps=2).train(ones, steps=4)
        estimator.train(ones, steps=1)
        found = summaries(model_dir)
        assert [entry[:2] for entry in found] == [(1, 'loss'), (3, 'global_step/sec'), (3, 'loss'), (5, 'loss')]
        assert [value for _, tag, value in found if tag == 'loss'] == [1.0, 0.0625, 0.00390625]
        assert len(glob.glob(f'{model_dir}/events.*')) == 1

    @pytest.mark.parametrize('never', [None, 0])
    def test_without_summaries_there_are_none(self, make_line, ones, summaries, model_dir, never):
        make_line(save_summary_steps=never).train(ones, steps=2)
        assert summaries(model_dir) == []

    def test_a_loss_summary_of_the_model_is_not_doubled(self, make_line, line_model_fn, ones, summaries, model_dir):
        def model_fn(features, labels, mode):
            spec = line_model_fn(features, labels, mode)
            tf.summary.scalar('loss', spec.loss * 10)
            tf.summary.scalar('other', 3.0)
            return spec

        make_line(model_fn).train(ones, steps=1)
        assert summaries(model_dir) == [(1, 'loss', 10.0), (1, 'other', 3.0)]


class TestHooks:
    def test_they_run_chief_first_then_the_callers_then_the_specs(self, make_line, spec_with, recorder, ones):
        calls = []
        model_fn = spec_with(
            training_chief_hooks=[recorder(calls, 'chief.')], training_hooks=[recorder(calls, 'spec.')]
        )
        make_line(model_fn).train(ones, steps=1, hooks=[recorder(calls, 'caller.')])
        assert calls == [
            f'{who}.{method}'
            for method in ('begin', 'after_create_session', 'before_run', 'after_run', 'end')
            for who in ('chief', 'caller', 'spec')
        ]

    def test_in_the_last_step_those_behind_the_stop_see_it_requested(self, make_line, spec_with, ones):
        caller, spec = (Reader(lambda context: context.stop_requested) for _ in range(2))
        make_line(spec_with(training_hooks=[spec])).train(ones, steps=3, hooks=[caller])
        assert caller.seen == [False, False, False]
        assert spec.seen == [False, False, True]

    def test_each_run_asks_for_the_train_op_and_the_loss(self, make_line, ones):
        reader = Reader(lambda context: context.original_args)
        make_line().train(ones, steps=1, hooks=[reader])
        (args,) = reader.seen
        assert [fetch.name for fetch in args.fetches] == ['GradientDescent', 'Mean:0']
        assert args.feed_dict is None

    def test_one_that_requests_a_stop_ends_training_with_a_checkpoint(self, make_line, ones, model_dir):
        make_line().train(ones, hooks=[Reader(lambda context: context.request_stop())])
        assert checkpoint_steps(model_dir) == [0, 1]

    def test_one_that_fails_ends_training_without_end_or_checkpoint(self, make_line, recorder, ones, model_dir):
        calls = []

        def fail(context):
            raise KeyError('mine')

        with pytest.raises(KeyError, match='mine'):
            make_line().train(ones, steps=5, hooks=[Reader(fail), recorder(calls)])
        assert calls == ['begin', 'after_create_session', 'before_run']
        assert checkpoint_steps(model_dir) == [0]

    def test_at_the_inputs_end_one_more_step_was_begun(self, make_line, recorder, model_dir):
        calls = []
        make_line().train(rows(1, 1), hooks=[recorder(calls)])
        assert calls == ['begin', 'after_create_session', *['before_run', 'after_run'] * 2, 'before_run', 'end']
        assert checkpoint_steps(model_dir) == [0, 2]


class TestSavingListeners:
    class Listener(tf.train.CheckpointSaverListener):
        def __init__(self, name, calls):
            self.name = name
            self.calls = calls

        def begin(self):
            self.calls.append(f'{self.name} begin')

        def before_save(self, session, global_step_value):
            self.calls.append(f'{self.name} before_save {global_step_value}')

        def after_save(self, session, global_step_value):
            self.calls.append(f'{self.name} after_save {global_step_value}')

        def end(self, session, global_step_value):
            self.calls.append(f'{self.name} end {global_step_value}')

    def test_they_are_called_around_every_checkpoint(self, make_line, ones):
        calls = []
        listeners = [self.Listener('a', calls), self.Listener('b', calls)]
        make_line(save_checkpoints_steps=2).train(ones, steps=3, saving_listeners=listeners)
        around = [f'{who} {when}_save {step}' for step in (0, 2, 3) for when in ('before', 'after') for who in 'ab']
        assert calls == ['a begin', 'b begin', *around, 'a end 3', 'b end 3']

    def test_a_savers_hook_of_the_caller_replaces_the_own_one_and_gets_them(self, make_line, ones, log, model_dir):
        calls = []
        hook = tf.train.CheckpointSaverHook(model_dir, save_steps=3, listeners=[self.Listener('own', calls)])
        del log[:]
        make_line(save_checkpoints_steps=1).train(
            ones, steps=4, hooks=[hook], saving_listeners=(self.Listener('given', calls),)
        )
        assert checkpoint_steps(model_dir) == [0, 3, 4]
        assert 'Create CheckpointSaverHook.' not in log
        assert [call for call in calls if 'before' in call] == [
            f'{who} before_save {step}' for step in (0, 3, 4) for who in ('own', 'given')
        ]

    def test_they_need_checkpoints(self, make_line, ones):
        text = (
            '^saving_listeners need checkpoints: set save_checkpoints_steps or save_checkpoints_secs in RunConfig, '
            r'or add a CheckpointSaverHook\.$'
        )
        with pytest.raises(ValueError, match=text):
            make_line(save_checkpoints_secs=None).train(ones, steps=1, saving_listeners=[self.Listener('a', [])])

    def test_they_are_listeners(self, make_line, ones):
        with pytest.raises(TypeError, match=r'^saving_listeners: each must be a CheckpointSaverListener, got 1\.$'):
            make_line().train(ones, steps=1, saving_listeners=[1])


class TestScaffold:
    def test_its_init_fn_runs_on_new_weights_only(self, make_line, spec_with, ones):
        calls = []

        def scaffold():
            (w,) = tf.trainable_variables()
            assign = tf.assign(w, -1.0)
            return tf.train.Scaffold(init_fn=lambda _, session: calls.append(session.run(assign)))

        estimator = make_line(spec_with(scaffold=scaffold)).train(ones, steps=1)
        # w: -1 -> 0.
        assert estimator.get_variable_value('w') == 0.0
        estimator.train(ones, steps=1)
        assert estimator.get_variable_value('w') == 0.5
        assert calls == [-1.0]

    def test_its_local_init_op_runs_in_every_session(self, make_line, spec_with, ones):
        def scaffold():
            local = tf.get_variable(
                'l', [], collections=[tf.GraphKeys.LOCAL_VARIABLES], initializer=tf.ones_initializer()
            )
            with tf.control_dependencies([tf.local_variables_initializer()]):
                return tf.train.Scaffold(local_init_op=tf.assign(local, 5.0))

        reader = Reader(lambda context: context.session.run('l:0'))
        estimator = make_line(spec_with(scaffold=scaffold))
        for _ in range(2):
            estimator.train(ones, steps=1, hooks=[reader])
        assert reader.seen == [5.0, 5.0]

    def test_its_own_saver_saves_and_restores(self, make_line, spec_with, ones, model_dir):
        model_fn = spec_with(scaffold=lambda: tf.train.Scaffold(saver=tf.train.Saver(max_to_keep=1)))
        estimator = make_line(model_fn, save_checkpoints_steps=1).train(ones, steps=2)
        assert checkpoint_steps(model_dir) == [2]
        assert listed(model_dir) == (f'{model_dir}/model.ckpt-2', [f'{model_dir}/model.ckpt-2'])
        assert estimator.train(ones, steps=1).get_variable_value('w') == 0.875

    def test_its_summary_op_is_the_one_that_is_run(self, make_line, spec_with, ones, summaries, model_dir):
        def scaffold():
            tf.summary.scalar('left_out', 1.0)
            return tf.train.Scaffold(summary_op=tf.summary.scalar('mine', 2.0, collections=[]))

        make_line(spec_with(scaffold=scaffold)).train(ones, steps=1)
        assert summaries(model_dir) == [(1, 'mine', 2.0)]


class TestNanLoss:
    def test_it_stops_training_and_the_newest_checkpoint_is_good(self, make_line, log, model_dir):
        estimator = make_line(save_checkpoints_steps=1)
        with pytest.raises(tf.estimator.NanLossDuringTrainingError, match='NaN loss during training'):
            estimator.train(rows(1, 1, np.nan, 1))
        # The third step makes w NaN. Those before made it 0.5 and 0.75.
        assert checkpoint_steps(model_dir) == [0, 1, 2]
        assert listed(model_dir)[0] == 'model.ckpt-2'
        assert estimator.get_variable_value('w') == 0.75
        assert 'Model diverged with loss = NaN.' in log
        assert estimator.train(rows(1)).get_variable_value('w') == 0.875


class TestQueues:
    def test_an_input_of_queues_trains_to_its_end(self, make_line, model_dir):
        def input_fn():
            (x,) = tf.train.slice_input_producer([tf.ones([3])], num_epochs=2)
            x = tf.train.batch([x], batch_size=2)
            return {'x': x}, x

        assert make_line().train(input_fn).get_variable_value('w') == 0.875
        assert checkpoint_steps(model_dir) == [0, 3]

    def test_an_error_of_an_input_thread_comes_out_and_nothing_more_is_saved(self, make_line, model_dir):
        def read():
            raise ValueError('row 17 is broken')

        def input_fn():
            x = tf.py_func(read, [], tf.float32)
            x.set_shape([])
            x = tf.train.batch([x], batch_size=1)
            return {'x': x}, x

        with pytest.raises(tf.errors.InvalidArgumentError, match='row 17 is broken'):
            make_line().train(input_fn, steps=3)
        assert checkpoint_steps(model_dir) == [0]
