from __future__ import annotations

import importlib
import json
import os
import re
import types

import pytest

import tf1 as tf
from tf1.estimator import training_executor

TrainSpec, EvalSpec = tf.estimator.TrainSpec, tf.estimator.EvalSpec
train_and_evaluate = tf.estimator.train_and_evaluate


def hook():
    return tf.train.SessionRunHook()


def listener():
    return tf.train.CheckpointSaverListener()


class Exporter(tf.estimator.Exporter):
    def __init__(self, name='one', calls=None):
        self._name = name
        self._calls = calls

    @property
    def name(self):
        return self._name

    def export(self, estimator, export_path, checkpoint_path, eval_result, is_the_final_export):
        self._calls.append((int(eval_result['global_step']), is_the_final_export))


def evaluated_steps(log):
    return [int(step) for line in log for step in re.findall(r'Saving dict for global step (\d+)', line)]


class TestTrainSpec:
    def test_fields_in_order(self):
        assert TrainSpec._fields == ('input_fn', 'max_steps', 'hooks', 'saving_listeners')

    def test_defaults(self, ones):
        assert TrainSpec(ones) == (ones, None, (), ())

    def test_iterables_become_tuples(self, ones):
        first, second = hook(), listener()
        assert TrainSpec(ones, 5, (h for h in [first]), [second]) == (ones, 5, (first,), (second,))

    def test_it_is_immutable(self, ones):
        with pytest.raises(AttributeError):
            TrainSpec(ones).max_steps = 3

    @pytest.mark.parametrize(
        ('arguments', 'error', 'text'),
        [
            ({'input_fn': None}, TypeError, 'input_fn must be callable, got None.'),
            ({'max_steps': 0}, ValueError, 'max_steps must be > 0, got 0.'),
            ({'max_steps': -1}, ValueError, 'max_steps must be > 0, got -1.'),
            ({'hooks': [1]}, TypeError, 'hooks: every hook must be a SessionRunHook, got 1.'),
            ({'hooks': 1}, TypeError, 'hooks must be a list, got 1.'),
            ({'saving_listeners': [1]}, TypeError, 'saving_listeners: each must be a CheckpointSaverListener, got 1.'),
        ],
    )
    def test_wrong_fields_are_refused(self, ones, arguments, error, text):
        with pytest.raises(error, match=f'^{re.escape(text)}$'):
            TrainSpec(**{'input_fn': ones, **arguments})


class TestEvalSpec:
    def test_defaults(self, ones):
        assert EvalSpec(ones)._asdict() == {
            'input_fn': ones,
            'steps': 100,
            'name': None,
            'hooks': (),
            'exporters': (),
            'start_delay_secs': 120,
            'throttle_secs': 600,
        }

    def test_one_exporter_stands_for_a_tuple(self, ones):
        exporter = Exporter()
        assert EvalSpec(ones, exporters=exporter).exporters == (exporter,)

    def test_a_generator_of_exporters_is_kept(self, ones):
        assert len(EvalSpec(ones, exporters=(Exporter(name) for name in 'ab')).exporters) == 2

    def test_it_is_immutable(self, ones):
        with pytest.raises(AttributeError):
            EvalSpec(ones).steps = 3

    @pytest.mark.parametrize(
        ('arguments', 'error', 'text'),
        [
            ({'input_fn': 1}, TypeError, 'input_fn must be callable, got 1.'),
            ({'steps': 0}, ValueError, 'steps must be > 0, got 0.'),
            ({'name': 1}, TypeError, 'name must be a string, got 1.'),
            ({'hooks': [1]}, TypeError, 'hooks: every hook must be a SessionRunHook, got 1.'),
            ({'start_delay_secs': -1}, ValueError, 'start_delay_secs must be >= 0, got -1.'),
            ({'throttle_secs': -1}, ValueError, 'throttle_secs must be >= 0, got -1.'),
            ({'exporters': 1}, TypeError, 'exporters must be an Exporter or an iterable of them, got 1.'),
            ({'exporters': [1]}, TypeError, 'exporters: each must be an Exporter, got 1.'),
            ({'exporters': {'a': 1}}, TypeError, "exporters: each must be an Exporter, got 'a'."),
            (
                {'exporters': [Exporter(), Exporter()]},
                ValueError,
                "exporters: names must differ, since each gives a folder; got ['one', 'one'].",
            ),
            ({'exporters': [Exporter('')]}, ValueError, "exporters: every name must be a non-empty string, got ['']."),
            ({'exporters': [Exporter(3)]}, ValueError, 'exporters: every name must be a non-empty string, got [3].'),
        ],
    )
    def test_wrong_fields_are_refused(self, ones, arguments, error, text):
        with pytest.raises(error, match=f'^{re.escape(text)}$'):
            EvalSpec(**{'input_fn': ones, **arguments})


class TestArguments:
    @pytest.mark.parametrize(
        ('position', 'text'),
        [
            (0, 'estimator must be a tf.estimator.Estimator, got 1.'),
            (1, 'train_spec must be a tf.estimator.TrainSpec, got 1.'),
            (2, 'eval_spec must be a tf.estimator.EvalSpec, got 1.'),
        ],
    )
    def test_a_wrong_type_is_named(self, make_line, ones, position, text):
        arguments = [make_line(), TrainSpec(ones, 1), EvalSpec(ones)]
        arguments[position] = 1
        with pytest.raises(TypeError, match=f'^{re.escape(text)}$'):
            train_and_evaluate(*arguments)

    def test_steps_between_evaluations_must_be_positive(self, make_line, ones):
        with pytest.raises(ValueError, match=r'^eval_every_n_steps must be > 0, got 0\.$'):
            train_and_evaluate(make_line(), TrainSpec(ones, 1), EvalSpec(ones), eval_every_n_steps=0)

    def test_a_second_evaluator_is_refused(self, make_line, ones, monkeypatch):
        config = {'cluster': {'chief': ['h:1']}, 'task': {'type': 'evaluator', 'index': 1}}
        monkeypatch.setenv('TF_CONFIG', json.dumps(config))
        with pytest.raises(ValueError, match='has one evaluator, with task index 0; TF_CONFIG says 1'):
            train_and_evaluate(make_line(), TrainSpec(ones, 1), EvalSpec(ones))

    @pytest.mark.parametrize('task', ['chief', 'worker', 'ps'])
    def test_a_process_of_a_cluster_needs_an_address(self, make_line, ones, monkeypatch, task):
        config = {
            'cluster': {'chief': ['h:1'], 'worker': ['h:2'], 'ps': ['h:3']},
            'task': {'type': task, 'index': 0},
            'session_master': '',
        }
        monkeypatch.setenv('TF_CONFIG', json.dumps(config))
        with pytest.raises(RuntimeError, match='"session_master"'):
            train_and_evaluate(make_line(), TrainSpec(ones, 1), EvalSpec(ones))


class TestEvaluationEverySteps:
    def run(self, make_line, ones, every, max_steps=10, throttle_secs=600, **settings):
        calls = []
        train_and_evaluate(
            make_line(**settings),
            TrainSpec(ones, max_steps),
            EvalSpec(ones, steps=1, exporters=Exporter(calls=calls), throttle_secs=throttle_secs),
            eval_every_n_steps=every,
        )
        return calls

    def test_it_evaluates_every_so_many_steps_whatever_the_throttle(self, make_line, ones):
        assert self.run(make_line, ones, 3) == [(3, False), (6, False), (9, False), (10, True)]

    def test_checkpoints_may_be_saved_more_often(self, make_line, ones, model_dir):
        assert self.run(make_line, ones, 4, save_checkpoints_steps=2) == [(4, False), (8, False), (10, True)]
        states = tf.train.get_checkpoint_state(model_dir).all_model_checkpoint_paths
        assert [os.path.basename(path) for path in states] == [f'model.ckpt-{n}' for n in (2, 4, 6, 8, 10)]

    def test_other_schedules_of_checkpoints_give_way(self, make_line, ones):
        assert self.run(make_line, ones, 4, save_checkpoints_steps=3) == [(4, False), (8, False), (10, True)]

    def test_resumed_training_counts_from_where_it_starts(self, make_line, ones):
        make_line().train(ones, steps=5)
        assert self.run(make_line, ones, 4, max_steps=15) == [(9, False), (13, False), (15, True)]

    def test_the_estimator_keeps_its_own_config(self, make_line, ones):
        estimator = make_line()
        train_and_evaluate(estimator, TrainSpec(ones, 2), EvalSpec(ones, steps=1), eval_every_n_steps=1)
        assert (estimator.config.save_checkpoints_steps, estimator.config.save_checkpoints_secs) == (None, 600)


class TestListeners:
    def test_the_users_come_before_the_evaluation(self, make_line, ones, log):
        class Note(tf.train.CheckpointSaverListener):
            def after_save(self, session, global_step_value):
                log.append(f'listener at {global_step_value}')

        spec = TrainSpec(ones, 4, saving_listeners=[Note()])
        train_and_evaluate(make_line(save_checkpoints_steps=2), spec, EvalSpec(ones, steps=1, throttle_secs=0))
        found = [line for line in log if line.startswith(('listener', 'Saving dict'))]
        assert [line.split(':')[0] for line in found] == [
            'listener at 0',
            'listener at 2',
            'Saving dict for global step 2',
            'listener at 4',
            'Saving dict for global step 4',
        ]


class TestThrottle:
    def test_seconds_count_from_the_start_of_an_evaluation(self, make_line, ones, log, monkeypatch):
        # Step 1 is looked at and its evaluation starts at 100; step 2 is looked at at 109, step 3 at 110.
        clock = iter([100, 100, 109, 110, 110])
        module = importlib.import_module('tf1.estimator.evaluating_listener')
        monkeypatch.setattr(module, 'time', types.SimpleNamespace(monotonic=lambda: next(clock)))
        spec = EvalSpec(ones, steps=1, throttle_secs=10)
        train_and_evaluate(make_line(save_checkpoints_steps=1), TrainSpec(ones, 3), spec)
        assert evaluated_steps(log) == [1, 3]
        assert log.count('Skip the current checkpoint eval due to throttle secs (10 secs).') == 1


class TestEvaluator:
    @pytest.fixture(autouse=True)
    def _evaluator(self, monkeypatch, make_line, ones):
        self.sleeps = []
        self.trained = make_line(save_checkpoints_steps=2)
        clock = types.SimpleNamespace(sleep=self.sleep, monotonic=lambda: 0.0)
        monkeypatch.setattr(training_executor, 'time', clock)
        config = {'cluster': {'chief': ['h:1'], 'ps': ['h:2']}, 'task': {'type': 'evaluator', 'index': 0}}
        monkeypatch.setenv('TF_CONFIG', json.dumps(config))
        self.estimator = make_line()
        self.ones = ones
        self.train_at_sleep = {}

    def sleep(self, secs):
        """Stands for waiting: the chief trains meanwhile."""
        self.sleeps.append(secs)
        steps = self.train_at_sleep.get(len(self.sleeps))
        if steps:
            self.trained.train(self.ones, steps=steps)

    def run(self, max_steps=4, every=None, **settings):
        calls = []
        spec = EvalSpec(self.ones, steps=1, exporters=Exporter(calls=calls), **settings)
        result = train_and_evaluate(self.estimator, TrainSpec(self.ones, max_steps), spec, eval_every_n_steps=every)
        assert result is None
        return calls

    def test_it_waits_for_the_first_checkpoint(self, log):
        self.train_at_sleep = {3: 4}
        assert self.run(start_delay_secs=7, throttle_secs=0) == [(4, True)]
        assert self.sleeps == [7, 1, 1]
        waiting = 'Estimator is not trained yet. Will start an evaluation when a checkpoint is ready.'
        assert log.count(waiting) == 1
        assert log[-1] == 'Exiting evaluation, global_step=4 >= train max_steps=4'

    def test_it_throttles_and_looks_for_new_checkpoints(self):
        self.train_at_sleep = {1: 2, 2: 1, 4: 2}
        assert self.run(max_steps=5, start_delay_secs=1, throttle_secs=30) == [(2, False), (3, False), (5, True)]
        assert self.sleeps == [1, 30, 30, 1]

    def test_it_may_evaluate_every_so_many_steps(self):
        self.train_at_sleep = {1: 2, 2: 1, 3: 4, 4: 2}
        # Checkpoints of steps 2, 3, 7 and 9; 3 is less than 4 steps after 2, and 9 is the last.
        assert self.run(max_steps=9, every=4, start_delay_secs=1) == [(2, False), (7, False), (9, True)]

    def test_it_follows_an_endless_training(self):
        class Enough(Exception):
            pass

        class Stop(Exporter):
            def export(self, estimator, export_path, checkpoint_path, eval_result, is_the_final_export):
                assert not is_the_final_export
                raise Enough

        self.trained.train(self.ones, steps=2)
        spec = EvalSpec(self.ones, steps=1, exporters=Stop(), start_delay_secs=0)
        with pytest.raises(Enough):
            train_and_evaluate(self.estimator, TrainSpec(self.ones), spec)
