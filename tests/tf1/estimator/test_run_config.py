from __future__ import annotations

import copy
import json
import re

import pytest

import tf1 as tf
from tf1.estimator.run_config import default_session_config

RunConfig = tf.estimator.RunConfig

# As TF 1.15 has them, for a process on its own.
DEFAULTS = {
    'device_fn': None,
    'eval_distribute': None,
    'evaluation_master': '',
    'experimental_max_worker_delay_secs': None,
    'global_id_in_cluster': 0,
    'is_chief': True,
    'keep_checkpoint_every_n_hours': 10000,
    'keep_checkpoint_max': 5,
    'log_step_count_steps': 100,
    'master': '',
    'model_dir': None,
    'num_ps_replicas': 0,
    'num_worker_replicas': 1,
    'protocol': None,
    'save_checkpoints_secs': 600,
    'save_checkpoints_steps': None,
    'save_summary_steps': 100,
    'service': None,
    'session_config': None,
    'session_creation_timeout_secs': 7200,
    'task_id': 0,
    'task_type': 'worker',
    'tf_random_seed': None,
    'train_distribute': None,
}
COUNTS = ('save_summary_steps', 'save_checkpoints_steps', 'save_checkpoints_secs', 'keep_checkpoint_max')
SPANS = ('log_step_count_steps', 'keep_checkpoint_every_n_hours', 'session_creation_timeout_secs')
SCHEDULES = r'^save_checkpoints_steps and save_checkpoints_secs exclude each other: give one, set the other to None\.$'


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    monkeypatch.delenv('TF_CONFIG', raising=False)


class TestFields:
    def test_defaults_are_those_of_tf_1(self):
        config = RunConfig()
        assert {name: getattr(config, name) for name in DEFAULTS} == DEFAULTS
        assert config.cluster_spec.as_dict() == {}

    def test_they_can_be_given_by_position(self):
        config = RunConfig('/m', 7, 8, 9, None)
        assert (config.model_dir, config.tf_random_seed, config.save_summary_steps) == ('/m', 7, 8)
        assert config.save_checkpoints_steps == 9

    @pytest.mark.parametrize('name', [*DEFAULTS, 'cluster_spec'])
    def test_they_cannot_be_set(self, name):
        with pytest.raises(AttributeError):
            setattr(RunConfig(), name, 1)

    def test_there_are_no_others(self):
        with pytest.raises(TypeError, match='foo'):
            RunConfig(foo=1)

    def test_all_are_described_by_their_names_in_tf_1s_log(self):
        described = RunConfig(model_dir='/m', tf_random_seed=3).describe()
        spec = described.pop('_cluster_spec')
        assert spec.as_dict() == {}
        assert described.pop('_experimental_distribute') is None
        assert described == {
            f'_{name}': value for name, value in {**DEFAULTS, 'model_dir': '/m', 'tf_random_seed': 3}.items()
        }
        assert list(described)[:3] == ['_model_dir', '_tf_random_seed', '_save_summary_steps']


class TestBounds:
    @pytest.mark.parametrize('name', COUNTS)
    @pytest.mark.parametrize('value', [-1, -0.5])
    def test_counts_are_not_negative(self, name, value):
        text = re.escape(f'{name} must be >= 0 (or None for never), got {value}.')
        with pytest.raises(ValueError, match=f'^{text}$'):
            RunConfig(**{name: value})

    @pytest.mark.parametrize('name', SPANS)
    @pytest.mark.parametrize('value', [0, -1])
    def test_spans_are_positive(self, name, value):
        with pytest.raises(ValueError, match=rf'^{name} must be > 0, got {value}\.$'):
            RunConfig(**{name: value})

    @pytest.mark.parametrize('name', COUNTS + SPANS)
    def test_none_and_fractions_are_taken_and_text_is_not(self, name):
        assert getattr(RunConfig(**{name: None}), name) is None
        assert getattr(RunConfig(**{name: 1.5}), name) == 1.5
        with pytest.raises(TypeError):
            RunConfig(**{name: 'a'})

    @pytest.mark.parametrize('name', COUNTS)
    def test_a_count_may_be_zero(self, name):
        assert getattr(RunConfig(**{name: 0}), name) == 0

    @pytest.mark.parametrize('seed', [0, -1, 2**40])
    def test_any_integer_is_a_seed(self, seed):
        assert RunConfig(tf_random_seed=seed).tf_random_seed == seed

    @pytest.mark.parametrize('seed', [1.5, 'a', [1]])
    def test_nothing_else_is_a_seed(self, seed):
        text = re.escape(f'tf_random_seed must be an integer, got {seed!r}.')
        with pytest.raises(ValueError, match=f'^{text}$'):
            RunConfig(tf_random_seed=seed)

    @pytest.mark.parametrize('value', [{}, 1, 'a'])
    def test_a_session_config_is_a_proto(self, value):
        with pytest.raises(ValueError, match=r'^session_config must be an instance of tf\.ConfigProto, got '):
            RunConfig(session_config=value)

    @pytest.mark.parametrize('value', [None, 'grpc', 'grpc+verbs'])
    def test_protocols_are_known(self, value):
        assert RunConfig(protocol=value).protocol == value

    def test_other_protocols_are_refused(self):
        text = re.escape("protocol must be one of (None, 'grpc', 'grpc+verbs'), got 'http'.")
        with pytest.raises(ValueError, match=f'^{text}$'):
            RunConfig(protocol='http')

    @pytest.mark.parametrize(
        ('device_fn', 'text'),
        [
            (1, 'device_fn must be callable, got 1.'),
            (lambda: '', "device_fn must be a function of one argument called 'op', got []."),
            (lambda x: '', "device_fn must be a function of one argument called 'op', got ['x']."),
            (lambda op, x: '', "device_fn must be a function of one argument called 'op', got ['op', 'x']."),
        ],
    )
    def test_a_device_fn_is_a_function_of_op(self, device_fn, text):
        with pytest.raises(ValueError, match=f'^{re.escape(text)}$'):
            RunConfig(device_fn=device_fn)

    def test_a_model_dir_is_not_empty(self):
        with pytest.raises(ValueError, match=r"^model_dir must be non-empty, got ''\.$"):
            RunConfig(model_dir='')


class TestSchedule:
    @pytest.mark.parametrize(
        ('given', 'steps', 'secs'),
        [
            ({}, None, 600),
            ({'save_checkpoints_steps': 3}, 3, None),
            ({'save_checkpoints_secs': 3}, None, 3),
            ({'save_checkpoints_steps': None}, None, None),
            ({'save_checkpoints_secs': None}, None, None),
            ({'save_checkpoints_steps': None, 'save_checkpoints_secs': None}, None, None),
            ({'save_checkpoints_steps': 3, 'save_checkpoints_secs': None}, 3, None),
        ],
    )
    def test_giving_one_unsets_the_other(self, given, steps, secs):
        config = RunConfig(**given)
        assert (config.save_checkpoints_steps, config.save_checkpoints_secs) == (steps, secs)

    def test_both_exclude_each_other(self):
        with pytest.raises(ValueError, match=SCHEDULES):
            RunConfig(save_checkpoints_steps=1, save_checkpoints_secs=1)


class TestReplace:
    def test_it_makes_a_changed_copy(self):
        config = RunConfig(model_dir='/a', keep_checkpoint_max=2)
        changed = config.replace(model_dir='/b', tf_random_seed=1)
        assert (changed.model_dir, changed.tf_random_seed, changed.keep_checkpoint_max) == ('/b', 1, 2)
        assert (config.model_dir, config.tf_random_seed) == ('/a', None)

    def test_one_schedule_takes_the_others_place(self):
        config = RunConfig().replace(save_checkpoints_steps=5)
        assert (config.save_checkpoints_steps, config.save_checkpoints_secs) == (5, None)
        config = config.replace(save_checkpoints_secs=7)
        assert (config.save_checkpoints_steps, config.save_checkpoints_secs) == (None, 7)
        config = config.replace(save_checkpoints_secs=None)
        assert (config.save_checkpoints_steps, config.save_checkpoints_secs) == (None, None)
        with pytest.raises(ValueError, match=SCHEDULES):
            config.replace(save_checkpoints_steps=1, save_checkpoints_secs=1)

    def test_values_are_checked(self):
        with pytest.raises(ValueError, match=r'^save_summary_steps must be >= 0 \(or None for never\), got -1\.$'):
            RunConfig().replace(save_summary_steps=-1)

    @pytest.mark.parametrize(
        'name', ['foo', '_is_chief', 'num_ps_replicas', 'master', 'cluster_spec', 'task_type', 'task_id', 'service']
    )
    def test_what_the_environment_says_and_unknown_names_stay(self, name):
        with pytest.raises(
            ValueError, match=rf"^RunConfig\.replace cannot change \['{name}'\]; it can change \['device_fn',"
        ):
            RunConfig().replace(**{name: 1})


class TestCopies:
    def test_a_deep_copy_has_a_session_config_of_its_own(self):
        config = RunConfig(session_config=tf.ConfigProto(inter_op_parallelism_threads=1))
        copied = copy.deepcopy(config)
        copied.session_config.inter_op_parallelism_threads = 2
        assert config.session_config.inter_op_parallelism_threads == 1

    def test_a_deep_copy_shares_strategies_which_cannot_be_copied(self):
        class Strategy:
            def __deepcopy__(self, memo):
                raise TypeError('belongs to this process')

        strategy = Strategy()
        assert copy.deepcopy(RunConfig(train_distribute=strategy)).train_distribute is strategy


class TestEnvironment:
    def test_a_task_knows_its_place(self, monkeypatch):
        cluster = {'chief': ['h0:1'], 'worker': ['h1:1', 'h2:1'], 'ps': ['h3:1']}
        monkeypatch.setenv('TF_CONFIG', json.dumps({'cluster': cluster, 'task': {'type': 'worker', 'index': 1}}))
        config = RunConfig()
        monkeypatch.delenv('TF_CONFIG')
        assert config.cluster_spec.as_dict() == cluster
        assert (config.task_type, config.task_id, config.is_chief, config.global_id_in_cluster) == (
            'worker',
            1,
            False,
            2,
        )
        assert (config.num_ps_replicas, config.num_worker_replicas, config.master) == (1, 3, 'grpc://h2:1')
        assert config.replace(tf_random_seed=1).master == 'grpc://h2:1'

    def test_a_model_dir_there_must_agree(self, monkeypatch):
        monkeypatch.setenv('TF_CONFIG', '{"model_dir": "/env"}')
        assert RunConfig().model_dir == '/env'
        assert RunConfig(model_dir='/env').model_dir == '/env'
        with pytest.raises(ValueError, match=r"^model_dir must agree with TF_CONFIG: got '/own' and '/env'\.$"):
            RunConfig(model_dir='/own')

    @pytest.mark.parametrize(
        ('task', 'filters'),
        [
            (('chief', 0), ['/job:ps', '/job:chief']),
            (('worker', 1), ['/job:ps', '/job:worker/task:1']),
            (('ps', 0), ['/job:ps', '/job:worker', '/job:chief', '/job:master']),
        ],
    )
    def test_a_process_of_a_cluster_sees_what_it_needs(self, monkeypatch, task, filters):
        cluster = {'chief': ['h0:1'], 'worker': ['h1:1', 'h2:1'], 'ps': ['h3:1']}
        config = {'cluster': cluster, 'task': {'type': task[0], 'index': task[1]}}
        monkeypatch.setenv('TF_CONFIG', json.dumps(config))
        expected = tf.ConfigProto(allow_soft_placement=True, device_filters=filters)
        expected.graph_options.rewrite_options.meta_optimizer_iterations = 1
        assert RunConfig().session_config == expected
        assert 'meta_optimizer_iterations: ONE' in str(expected)

    def test_other_processes_leave_the_session_config_to_the_estimator(self, tmp_path):
        assert RunConfig().session_config is None
        expected = tf.ConfigProto(allow_soft_placement=True)
        expected.graph_options.rewrite_options.meta_optimizer_iterations = 1
        assert default_session_config() == expected
        estimator = tf.estimator.Estimator(lambda features: None, str(tmp_path))
        assert estimator.config.session_config == estimator._session_config == expected

    def test_settings_have_the_private_names_of_tf_1_too(self):
        config = RunConfig('a', save_checkpoints_steps=7)
        assert (config._model_dir, config._save_checkpoints_steps, config._is_chief) == ('a', 7, True)
        config._save_checkpoints_steps = 9
        config._is_chief = False
        assert (config.save_checkpoints_steps, config.is_chief) == (9, False)
        with pytest.raises(AttributeError, match="RunConfig has no attribute '_nothing'"):
            _ = config._nothing


class TestStrategies:
    def test_an_experimental_distribute_brings_both(self):
        class Both:
            train_distribute, eval_distribute = 'a', 'b'

        config = RunConfig(experimental_distribute=Both)
        assert (config.train_distribute, config.eval_distribute) == ('a', 'b')
        with pytest.raises(ValueError, match='^train_distribute is given twice'):
            RunConfig(train_distribute='own', experimental_distribute=Both)
