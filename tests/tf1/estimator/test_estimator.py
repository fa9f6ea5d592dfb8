from __future__ import annotations

import functools
import os
import pathlib
import re

import numpy as np
import pytest

import tf1 as tf


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    monkeypatch.delenv('TF_CONFIG', raising=False)


def contents(folder):
    """{path: bytes} of every file under a folder."""
    return {path: path.read_bytes() for path in sorted(pathlib.Path(folder).rglob('*')) if path.is_file()}


class TestConstruction:
    def test_settings_are_logged_as_in_tf_1(self, line_model_fn, log, model_dir):
        tf.estimator.Estimator(line_model_fn, model_dir)
        assert log[0] == 'Using default config.'
        start = (
            f"Using config: {{'_model_dir': '{model_dir}', '_tf_random_seed': None, '_save_summary_steps': 100, "
            "'_save_checkpoints_steps': None, '_save_checkpoints_secs': 600, '_session_config': "
        )
        assert log[1].startswith(start)
        assert len(log) == 2
        del log[:]
        tf.estimator.Estimator(line_model_fn, model_dir, tf.estimator.RunConfig(tf_random_seed=3))
        assert ["'_tf_random_seed': 3" in line for line in log] == [True]

    def test_nothing_is_written(self, make_line, model_dir):
        make_line()
        assert not os.path.exists(model_dir)

    def test_a_model_dir_is_the_arguments_or_the_configs(self, line_model_fn, tmp_path):
        make = functools.partial(tf.estimator.Estimator, line_model_fn)
        config = tf.estimator.RunConfig(model_dir='/b')
        assert make('/a').model_dir == '/a'
        assert make(config=config).model_dir == '/b'
        assert make('/b', config).model_dir == '/b'
        assert make(tmp_path).model_dir == str(tmp_path)
        assert make('relative').model_dir == 'relative'
        with pytest.raises(ValueError, match=r"^model_dir is given twice and differs: '/a', and in config '/b'\.$"):
            make('/a', config)

    @pytest.mark.parametrize('nothing', [None, ''])
    def test_without_any_it_is_a_temporary_folder_and_that_is_told(
        self, line_model_fn, log, nothing, monkeypatch, tmp_path
    ):
        monkeypatch.setattr('tempfile.tempdir', str(tmp_path))
        model_dir = tf.estimator.Estimator(line_model_fn, nothing).model_dir
        assert os.path.dirname(model_dir) == str(tmp_path)
        assert os.path.isdir(model_dir)
        assert log[:2] == ['Using default config.', f'Using temporary folder as model directory: {model_dir}']

    @pytest.mark.parametrize('config', [{}, 1, 'a'])
    def test_a_config_is_a_run_config(self, line_model_fn, config):
        text = re.escape(f'config must be an instance of tf.estimator.RunConfig, got {config!r}.')
        with pytest.raises(ValueError, match=f'^{text}$'):
            tf.estimator.Estimator(line_model_fn, '/a', config)

    def test_a_session_config_is_completed_and_the_callers_config_stays(self, line_model_fn):
        config = tf.estimator.RunConfig(model_dir='/a')
        session_config = tf.estimator.Estimator(line_model_fn, config=config).config.session_config
        assert session_config.allow_soft_placement
        assert config.session_config is None
        own = tf.ConfigProto(inter_op_parallelism_threads=1)
        config = config.replace(session_config=own)
        assert tf.estimator.Estimator(line_model_fn, config=config).config.session_config == own

    def test_params_and_config_are_copies(self, line_model_fn):
        def model_fn(features, labels, mode, params):
            pass

        params = {'a': [1]}
        config = tf.estimator.RunConfig('/a', session_config=tf.ConfigProto())
        estimator = tf.estimator.Estimator(model_fn, config=config, params=params)
        params['a'].append(2)
        config.session_config.inter_op_parallelism_threads = 7
        estimator.params['a'].append(3)
        estimator.config.session_config.inter_op_parallelism_threads = 8
        assert estimator.params == {'a': [1]}
        assert estimator.config.session_config.inter_op_parallelism_threads == 0

    @pytest.mark.parametrize('params', [[1], (1, 2), 'text', {'a': 1}])
    def test_params_may_be_anything(self, params):
        assert tf.estimator.Estimator(lambda features, params: 0, '/a', params=params).params == params

    def test_a_wrong_model_fn_is_refused(self):
        with pytest.raises(ValueError, match="must take an argument 'features'"):
            tf.estimator.Estimator(lambda labels: 0, '/a')

    @pytest.mark.parametrize(
        'name',
        [
            'train',
            'evaluate',
            'predict',
            'model_dir',
            'config',
            'params',
            'eval_dir',
            'latest_checkpoint',
            'get_variable_names',
            'get_variable_value',
        ],
    )
    def test_a_subclass_cannot_override_what_is_public(self, line_model_fn, name):
        kind = type('Mine', (tf.estimator.Estimator,), {name: lambda self: 0})
        text = re.escape(f"A subclass must not override members of Estimator; Mine overrides ['{name}'].")
        with pytest.raises(ValueError, match=f'^{text}$'):
            kind(line_model_fn, '/a')

    @pytest.mark.parametrize('name', ['model_fn', 'anything', '_mine'])
    def test_a_subclass_may_add_and_may_override_model_fn(self, line_model_fn, name):
        assert type('Mine', (tf.estimator.Estimator,), {name: 5})(line_model_fn, '/a').model_dir == '/a'


class TestSteps:
    def test_steps_are_made_from_where_training_stands(self, make_line, ones):
        estimator = make_line()
        assert estimator.train(ones, steps=2) is estimator
        assert estimator.get_variable_value('global_step') == 2
        estimator.train(ones, steps=2)
        assert estimator.get_variable_value('global_step') == 4
        assert estimator.get_variable_value('w') == 0.9375

    def test_max_steps_are_made_in_all(self, make_line, ones, log, model_dir):
        estimator = make_line().train(ones, max_steps=2)
        estimator.train(ones, max_steps=3)
        assert estimator.get_variable_value('global_step') == 3
        before = contents(model_dir)
        for max_steps in (3, 2):
            del log[:]
            assert estimator.train(ones, max_steps=max_steps) is estimator
            assert log == ['Skipping training since max_steps has already saved.']
        assert contents(model_dir) == before

    def test_without_either_training_ends_with_the_input(self, make_line):
        input_fn = tf.estimator.inputs.numpy_input_fn(
            {'x': np.ones(5, np.float32)}, np.ones(5, np.float32), batch_size=2, shuffle=True
        )
        assert make_line().train(input_fn).get_variable_value('global_step') == 3

    @pytest.mark.parametrize('name', ['steps', 'max_steps'])
    @pytest.mark.parametrize('value', [0, -1])
    def test_they_are_positive(self, make_line, ones, name, value):
        with pytest.raises(ValueError, match=rf'^{name} must be > 0, got {value}\.$'):
            make_line().train(ones, **{name: value})

    def test_they_exclude_each_other(self, make_line, ones):
        with pytest.raises(ValueError, match=r'^steps and max_steps exclude each other, got 0 and 5\.$'):
            make_line().train(ones, steps=0, max_steps=5)

    @pytest.mark.parametrize('hook', [1, tf.train.StopAtStepHook])
    def test_hooks_are_hooks(self, make_line, ones, hook):
        with pytest.raises(TypeError, match=r'^hooks: every hook must be a SessionRunHook, got '):
            make_line().train(ones, hooks=[hook])


class TestInputs:
    def test_it_is_called_with_the_mode_params_and_config_that_it_takes(self, line_model_fn, model_dir):
        def model_fn(features, labels, mode, params):
            return line_model_fn(features, labels, mode)

        def input_fn(mode, params, config):
            seen.append((mode, params, config.tf_random_seed))
            return tf.data.Dataset.from_tensors(({'x': [1.0]}, [1.0]))

        seen = []
        config = tf.estimator.RunConfig(tf_random_seed=9)
        estimator = tf.estimator.Estimator(model_fn, model_dir, config, params={'a': 1})
        estimator.train(input_fn)
        estimator.evaluate(input_fn)
        next(estimator.predict(input_fn))
        assert seen == [(mode, {'a': 1}, 9) for mode in ('train', 'eval', 'infer')]

    def test_the_model_sees_the_mode_params_config_and_inputs(self, model_dir, line_model_fn):
        def model_fn(features, labels, mode, params, config):
            seen.append((sorted(features), labels is None, mode, params, config.model_dir))
            return line_model_fn(features, labels, mode)

        seen = []
        estimator = tf.estimator.Estimator(model_fn, model_dir, params={'a': 1})
        estimator.train(lambda: ({'x': tf.ones([1])}, tf.ones([1])), steps=1)
        next(estimator.predict(lambda: ({'x': tf.ones([1])}, tf.ones([1]))))
        assert seen == [(['x'], False, 'train', {'a': 1}, model_dir), (['x'], True, 'infer', {'a': 1}, model_dir)]

    def test_every_call_builds_a_graph_of_its_own_and_leaves_the_callers_alone(self, make_line, ones):
        with tf.Graph().as_default() as mine:
            estimator = make_line().train(ones, steps=1)
            estimator.evaluate(ones, steps=1)
            next(estimator.predict(ones))
            assert tf.get_default_graph() is mine
            assert mine.get_operations() == []

    def test_labels_that_the_model_does_not_take_are_refused(self, make_line, ones):
        with pytest.raises(ValueError, match="does not take 'labels', but input_fn returns labels"):
            make_line(lambda features: 0).train(ones, steps=1)

    def test_a_second_global_step_is_refused(self, make_line, line_model_fn, ones):
        def model_fn(features, labels, mode):
            tf.train.create_global_step()
            return line_model_fn(features, labels, mode)

        with pytest.raises(ValueError, match='"global_step" already exists'):
            make_line(model_fn).train(ones, steps=1)

    def test_the_public_model_fn_builds_the_model_with_params_bound(self, line_model_fn):
        def model_fn(features, labels, mode, params):
            seen.append(params)
            return line_model_fn(features, labels, mode)

        seen = []
        estimator = tf.estimator.Estimator(model_fn, '/a', params={'a': 1})
        with tf.Graph().as_default():
            spec = estimator.model_fn({'x': tf.ones([1])}, None, 'infer', estimator.config)
        assert sorted(spec.predictions) == ['x', 'y']
        assert seen == [{'a': 1}]


class TestSeeds:
    @pytest.fixture
    def weights(self, tmp_path):
        """Trains `folder` for so many steps in each of several calls and returns the weights' bytes."""
        x = np.random.default_rng(0).normal(size=(40, 3)).astype(np.float32)
        input_fn = tf.estimator.inputs.numpy_input_fn(
            {'x': x}, x.sum(axis=1), batch_size=8, num_epochs=None, shuffle=True
        )

        def model_fn(features, labels, mode):
            loss = tf.losses.mean_squared_error(labels, tf.layers.dense(features['x'], 1)[:, 0])
            optimizer = tf.train.AdamOptimizer(0.1)
            train_op = optimizer.minimize(loss, global_step=tf.train.get_global_step())
            return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op)

        def train(folder, *calls, seed=1):
            config = tf.estimator.RunConfig(tf_random_seed=seed)
            for steps in calls:
                estimator = tf.estimator.Estimator(model_fn, str(tmp_path / folder), config).train(
                    input_fn, steps=steps
                )
            return {name: estimator.get_variable_value(name).tobytes() for name in estimator.get_variable_names()}

        yield train
        tf.summary.FileWriterCache.clear()

    def test_a_seed_repeats_a_run_bit_for_bit_and_so_does_a_resumed_one(self, weights):
        ten = weights('a', 10)
        assert sorted(ten) == [
            'beta1_power',
            'beta2_power',
            'dense/bias',
            'dense/bias/Adam',
            'dense/bias/Adam_1',
            'dense/kernel',
            'dense/kernel/Adam',
            'dense/kernel/Adam_1',
            'global_step',
        ]
        assert weights('b', 10) == ten
        assert weights('c', 5, 5) == ten
        assert weights('d', 10, seed=2)['dense/kernel'] != ten['dense/kernel']


class TestCheckpointAccess:
    def test_names_and_values_are_those_of_the_newest_checkpoint(self, make_line, ones, model_dir):
        estimator = make_line(save_checkpoints_steps=1).train(ones, steps=2)
        assert estimator.latest_checkpoint() == f'{model_dir}/model.ckpt-2'
        assert estimator.get_variable_names() == ['global_step', 'w']
        assert estimator.get_variable_value('w') == 0.75
        with pytest.raises(tf.errors.NotFoundError, match='nothing'):
            estimator.get_variable_value('nothing')

    def test_without_one_that_is_said(self, make_line, model_dir):
        estimator = make_line()
        assert estimator.latest_checkpoint() is None
        text = re.escape(f'There is no trained model in model_dir {model_dir}: call train first.')
        with pytest.raises(ValueError, match=f'^{text}$'):
            estimator.get_variable_names()
        with pytest.raises(ValueError, match=f'^{text}$'):
            estimator.get_variable_value('w')


class TestAnotherModelsFolder:
    @pytest.fixture
    def other(self, make_line):
        """An Estimator of a model with a variable `name` of shape `shape`, in the line model's folder."""

        def make(name, shape):
            def model_fn(features, labels, mode):
                w = tf.get_variable(name, shape, initializer=tf.zeros_initializer())
                loss = tf.reduce_sum(w)
                train_op = tf.train.GradientDescentOptimizer(1.0).minimize(loss, tf.train.get_global_step())
                return tf.estimator.EstimatorSpec(mode, {'w': tf.identity(w)}, loss, train_op)

            return make_line(model_fn)

        return make

    @pytest.mark.parametrize('call', ['train', 'evaluate', 'predict'])
    @pytest.mark.parametrize(
        ('name', 'shape', 'error', 'text'),
        [
            ('v', [], tf.errors.NotFoundError, 'It lacks v and holds w instead'),
            ('w', [3], tf.errors.InvalidArgumentError, r'Shapes differ: w: \[3\] in the model, \[\] in the checkpoint'),
        ],
    )
    def test_it_is_refused_with_names_and_shapes_and_left_as_it_was(
        self, make_line, ones, other, model_dir, call, name, shape, error, text
    ):
        make_line().train(ones, steps=1)
        before = contents(model_dir)
        estimator = other(name, shape)
        calls = {
            'train': lambda: estimator.train(ones, steps=1),
            'evaluate': lambda: estimator.evaluate(ones, steps=1),
            'predict': lambda: next(estimator.predict(ones)),
        }
        with pytest.raises(error, match=f'^Checkpoint {model_dir}/model.ckpt-1 belongs to another model. {text}'):
            calls[call]()
        assert contents(model_dir) == before
