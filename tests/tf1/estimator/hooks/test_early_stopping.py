from __future__ import annotations

import json
import re

import pytest

import tf1 as tf
from tf1.estimator.hooks import stop_at_checkpoint

experimental = tf.estimator.experimental
EVERY_STEP = {'run_every_secs': None, 'run_every_steps': 1}
FLAG = 'signal_early_stopping/STOP'


@pytest.fixture
def worker_config(monkeypatch):
    """TF_CONFIG of a worker that is not the chief."""
    config = {
        'cluster': {'chief': ['h:1'], 'worker': ['h:2'], 'ps': ['h:3']},
        'task': {'type': 'worker', 'index': 0},
    }
    monkeypatch.setenv('TF_CONFIG', json.dumps(config))


class TestArguments:
    @pytest.mark.parametrize(
        ('arguments', 'error', 'text'),
        [
            ({'estimator': 1}, TypeError, 'estimator must be a tf.estimator.Estimator, got 1.'),
            ({'should_stop_fn': 1}, TypeError, 'should_stop_fn must be callable, got 1.'),
            ({'run_every_steps': 5}, ValueError, 'and the other None; got 60 and 5.'),
            ({'run_every_secs': None}, ValueError, 'and the other None; got None and None.'),
        ],
    )
    def test_wrong_ones_are_refused(self, make_line, arguments, error, text):
        arguments = {'estimator': make_line(), 'should_stop_fn': bool, **arguments}
        with pytest.raises(error, match=re.escape(text)):
            experimental.make_early_stopping_hook(**arguments)

    @pytest.mark.parametrize('name', ['higher', 'lower', 'no_increase', 'no_decrease'])
    def test_metric_hooks_check_them_too(self, make_line, name):
        make = getattr(experimental, f'stop_if_{name}_hook')
        with pytest.raises(TypeError, match='estimator must be'):
            make(1, 'loss', 1)
        with pytest.raises(ValueError, match='run_every_secs'):
            make(make_line(), 'loss', 1, run_every_steps=1)

    def test_an_unknown_metric_is_named_beside_the_known_ones(self, make_line, ones):
        estimator = make_line()
        estimator.evaluate(ones, steps=1)
        hook = experimental.stop_if_higher_hook(estimator, 'accuracy', 0.9, **EVERY_STEP)
        with pytest.raises(KeyError, match=r"one of the evaluated metrics \['loss', 'mean_y'\], got 'accuracy'"):
            estimator.train(ones, steps=1, hooks=[hook])


class TestTheFlag:
    def hook(self, estimator, answer):
        return experimental.make_early_stopping_hook(estimator, lambda: answer, **EVERY_STEP)

    def test_a_raised_flag_is_in_the_checkpoint_and_falls_when_training_goes_on(self, make_line, ones):
        estimator = make_line()
        estimator.train(ones, steps=5, hooks=[self.hook(estimator, True)])
        assert estimator.get_variable_value('global_step') == 1
        assert estimator.get_variable_value(FLAG)
        estimator.train(ones, steps=2, hooks=[self.hook(estimator, False)])
        assert estimator.get_variable_value('global_step') == 3
        assert not estimator.get_variable_value(FLAG)

    def test_the_hook_can_be_added_to_a_model_that_was_trained_without(self, make_line, ones):
        estimator = make_line()
        estimator.train(ones, steps=2)
        estimator.train(ones, steps=5, hooks=[self.hook(estimator, True)])
        assert estimator.get_variable_value('global_step') == 3
        assert FLAG not in estimator.get_variable_names()

    def test_two_hooks_share_it(self, make_line, ones):
        estimator = make_line()
        estimator.train(ones, steps=5, hooks=[self.hook(estimator, False), self.hook(estimator, True)])
        assert estimator.get_variable_value('global_step') == 1

    @pytest.mark.usefixtures('worker_config')
    def test_a_worker_stops_when_it_is_raised(self, make_line, graph):
        hook = self.hook(make_line(), False)
        tf.train.create_global_step()
        hook.begin()
        (flag,) = [variable for variable in tf.global_variables() if variable.op.name == FLAG]
        assert (flag.dtype.base_dtype, flag.shape.as_list(), flag.trainable) == (tf.bool, [], False)
        with tf.Session() as session:
            for value in (False, True):
                session.run(flag.assign(value))
                context = tf.train.SessionRunContext(None, session)
                results = session.run(hook.before_run(context).fetches)
                hook.after_run(context, tf.train.SessionRunValues(results, None, None))
                assert context.stop_requested is value


class TestWhenItIsAsked:
    def test_after_the_first_step_and_then_every_so_many_of_the_model(self, make_line, ones):
        estimator = make_line()
        asked = []

        def should_stop():
            asked.append(len(steps))
            return False

        steps = []

        class Count(tf.train.SessionRunHook):
            def before_run(self, run_context):
                steps.append(1)

        hook = experimental.make_early_stopping_hook(estimator, should_stop, None, 3)
        estimator.train(ones, steps=8, hooks=[hook, Count()])
        assert asked == [1, 4, 7]

    def test_by_seconds(self, make_line, ones):
        asked = []
        estimator = make_line()
        hook = experimental.make_early_stopping_hook(estimator, lambda: asked.append(1))
        estimator.train(ones, steps=5, hooks=[hook])
        assert len(asked) == 1  # All five steps fit into 60 seconds.

    def test_metrics_are_read_from_another_folder_on_request(self, make_line, ones):
        estimator = make_line()
        estimator.evaluate(ones, steps=1, name='other')
        for folder, steps in ((None, 2), (estimator.eval_dir('other'), 3)):
            hook = experimental.stop_if_higher_hook(estimator, 'loss', 0.5, eval_dir=folder, **EVERY_STEP)
            estimator.train(ones, steps=2, hooks=[hook])
            assert estimator.get_variable_value('global_step') == steps


class TestStopAtCheckpointStep:
    def test_the_chief_stops_by_itself(self, make_line):
        hook = experimental.make_stop_at_checkpoint_step_hook(make_line(), 6)
        assert type(hook) is tf.train.StopAtStepHook

    @pytest.mark.usefixtures('worker_config')
    def test_a_worker_waits_for_the_checkpoint(self, make_line, ones, monkeypatch):
        worker = make_line()
        monkeypatch.delenv('TF_CONFIG')
        waits = []
        monkeypatch.setattr(stop_at_checkpoint.time, 'sleep', waits.append)
        hook = experimental.make_stop_at_checkpoint_step_hook(worker, 3, wait_after_file_check_secs=5)
        chief = make_line(save_checkpoints_steps=2)
        chief.train(ones, steps=9, hooks=[hook])
        # Step 3 has no checkpoint, so the worker waits and makes another step; then there is one of step 4.
        assert waits == [5]
        assert chief.get_variable_value('global_step') == 4

    def test_it_needs_an_estimator(self):
        with pytest.raises(TypeError, match='estimator must be'):
            experimental.make_stop_at_checkpoint_step_hook(1, 5)


class TestNamespace:
    def test_it_lists_its_names(self):
        # Whether or not one of them was looked up before.
        assert dir(experimental) == sorted(experimental.__all__)
        assert callable(experimental.dnn_logit_fn_builder)

    def test_a_missing_name_is_named_in_full(self):
        with pytest.raises(AttributeError, match=r'tf\.estimator\.experimental\.Nothing'):
            experimental.Nothing  # noqa: B018

    def test_call_logit_fn_passes_what_the_function_takes(self, graph):
        x = tf.ones([2, 1])
        logits = experimental.call_logit_fn(lambda features, params: features * params, x, 'train', 3.0, None)
        with tf.Session() as session:
            assert session.run(logits).tolist() == [[3.0], [3.0]]
        with pytest.raises(ValueError, match='logit_fn must return a Tensor or a dict of Tensors by string, got 1'):
            experimental.call_logit_fn(lambda features: 1, x, 'train', None, None)
