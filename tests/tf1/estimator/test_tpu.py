"""`tf.estimator.tpu` without a TPU: batch sizes, host calls, log lines, reports, exports and what is refused."""

from __future__ import annotations

import logging

import numpy as np
import pytest

import tf1 as tf

tpu = tf.estimator.tpu


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


class Model:
    """A linear model with one weight, that keeps the params it is called with."""

    def __init__(self):
        self.params = {}
        self.host = []

    def __call__(self, features, labels, mode, params):
        self.params[mode] = params
        x = features['x']
        y = tf.layers.dense(x, 1, kernel_initializer=tf.constant_initializer(0.5))[:, 0]
        if mode == 'infer':
            return tpu.TPUEstimatorSpec(mode, predictions={'y': y})
        each = tf.square(y - labels)
        loss = tf.reduce_mean(each)
        if mode == 'eval':
            return tpu.TPUEstimatorSpec(mode, loss=loss, eval_metrics=(_metrics, {'labels': labels, 'each': each}))
        train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss, tf.train.get_global_step())
        return tpu.TPUEstimatorSpec(
            mode,
            loss=loss,
            train_op=train_op,
            scaffold_fn=lambda: tf.train.Scaffold(saver=tf.train.Saver(max_to_keep=1)),
            host_call=(lambda loss: tf.py_func(self.host.append, [loss], []), [tf.reshape(loss, [1])]),
        )


def _metrics(each, labels):
    return {'mse': tf.metrics.mean(each), 'labels': tf.metrics.mean(labels)}


def _input_fn(params):
    x = np.arange(40, dtype=np.float32).reshape(40, 1) / 40
    return tf.data.Dataset.from_tensor_slices(({'x': x}, 2 * x[:, 0])).repeat().batch(params['batch_size'])


def _test_input_fn(params):
    x = np.arange(8, dtype=np.float32).reshape(8, 1) / 8
    return tf.data.Dataset.from_tensor_slices(({'x': x}, 2 * x[:, 0])).batch(params['batch_size'])


def _estimator(model, folder, **arguments):
    config = tpu.RunConfig(model_dir=str(folder), log_step_count_steps=2, save_checkpoints_steps=3)
    sizes = {'train_batch_size': 8, 'eval_batch_size': 3, 'predict_batch_size': 5}
    return tpu.TPUEstimator(model, config=config, use_tpu=False, **{**sizes, **arguments})


@pytest.fixture(scope='module')
def trained(tmp_path_factory):
    """A model trained for five steps, evaluated once, and what the log said."""
    folder = tmp_path_factory.mktemp('tpu')
    lines = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())
    logger = tf.get_logger()
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        model = Model()
        estimator = _estimator(model, folder, params={'rate': 1})
        estimator.train(_input_fn, max_steps=5)
        result = estimator.evaluate(_test_input_fn)
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
    return model, estimator, result, lines


def test_functions_find_the_batch_size_and_whether_there_is_a_tpu(trained):
    model, estimator, _, _ = trained
    assert model.params['train'] == {'rate': 1, 'batch_size': 8, 'use_tpu': False}
    assert model.params['eval'] == {'rate': 1, 'batch_size': 3, 'use_tpu': False}
    assert [p['y'].shape for p in estimator.predict(_test_input_fn)] == [()] * 8
    assert model.params['infer'] == {'rate': 1, 'batch_size': 5, 'use_tpu': False}
    assert estimator.params == {'rate': 1}


def test_metrics_are_made_of_the_tensors(trained):
    _, estimator, result, _ = trained
    kernel, bias = (estimator.get_variable_value(f'dense/{name}').item() for name in ('kernel', 'bias'))
    x = np.arange(8) / 8
    squares = (kernel * x + bias - 2 * x) ** 2
    assert result['mse'] == pytest.approx(squares.mean(), rel=1e-5)
    assert result['labels'] == pytest.approx(0.875)
    batches = [squares[:3].mean(), squares[3:6].mean(), squares[6:].mean()]
    assert result['loss'] == pytest.approx(np.mean(batches), rel=1e-5)
    assert result['global_step'] == 5


def test_the_host_call_runs_once_a_step_and_the_scaffold_is_used(trained):
    model, estimator, _, _ = trained
    assert [loss.shape for loss in model.host] == [(1,)] * 5
    # 2 x - x / 2 squared, of the first eight rows before the first step.
    assert model.host[0].item() == pytest.approx(np.mean((1.5 * np.arange(8) / 40) ** 2), rel=1e-5)
    paths = tf.train.get_checkpoint_state(estimator.model_dir).all_model_checkpoint_paths
    assert [path.rpartition('-')[2] for path in paths] == ['5']


def test_the_log_says_what_runs_where_and_how_many_examples_a_second(trained):
    _, estimator, _, lines = trained
    lines = [line.partition(': ')[0] if '/sec' in line else line for line in lines if 'Using config' not in line]
    assert lines[:5] == [
        '_TPUContext: eval_on_tpu True',
        'eval_on_tpu ignored because use_tpu is False.',
        'Calling model_fn.',
        'Running train on CPU',
        'Done calling model_fn.',
    ]
    assert lines.count('global_step/sec') == lines.count('examples/sec') == 2
    assert lines.index('training_loop marked as finished') < lines.index('Running eval on CPU')
    assert lines[-1] == 'evaluation_loop marked as finished'
    assert not any(line.startswith('loss = ') for line in lines)
    rates = {}
    for path in tf.gfile.Glob(f'{estimator.model_dir}/events*'):
        for event in tf.train.summary_iterator(path):
            for value in event.summary.value:
                rates.setdefault(value.tag, []).append((event.step, value.simple_value))
    steps, examples = dict(rates['global_step/sec']), dict(rates['examples/sec'])
    assert list(steps) == list(examples) == [3, 5]
    for step, rate in steps.items():
        assert examples[step] == pytest.approx(8 * rate, rel=1e-5)


def test_a_served_model_takes_any_batch(trained, tmp_path):
    model, estimator, _, _ = trained

    def receiver():
        x = tf.placeholder(tf.float32, [None, 1])
        return tf.estimator.export.ServingInputReceiver({'x': x}, {'x': x})

    folder = estimator.export_saved_model(str(tmp_path), receiver).decode()
    assert model.params['infer'] == {'rate': 1, 'use_tpu': False}
    answers = tf.contrib.predictor.from_saved_model(folder)({'x': [[0.0], [1.0], [2.0]]})['y']
    assert np.diff(answers) == pytest.approx([estimator.get_variable_value('dense/kernel').item()] * 2, rel=1e-5)
    with pytest.raises(ValueError, match='export_to_cpu=False leaves nothing to export'):
        _estimator(model, estimator.model_dir, export_to_cpu=False).export_saved_model(str(tmp_path), receiver)


def test_hparams_get_the_batch_size_too(tmp_path):
    model = Model()
    estimator = _estimator(model, tmp_path, params=tf.contrib.training.HParams(rate=2))
    estimator.train(lambda params: _input_fn({'batch_size': params.batch_size}), steps=1)
    assert model.params['train'].values() == {'rate': 2, 'batch_size': 8, 'use_tpu': False}


@pytest.mark.parametrize(
    ('arguments', 'text'),
    [
        ({'config': None}, 'config must be provided with type tf.estimator.tpu.RunConfig, got None'),
        ({'config': tf.estimator.RunConfig()}, 'config must be provided with type tf.estimator.tpu.RunConfig'),
        ({'params': {'batch_size': 3}}, r"params must not have \['batch_size'\]"),
        ({'params': {'context': 3}}, r"params must not have \['context'\]"),
        ({'use_tpu': True}, 'use_tpu=True needs a TPU, which is not supported: pass use_tpu=False'),
        ({'embedding_config_spec': 1}, 'embedding_config_spec must be None without a TPU, got 1'),
    ],
)
def test_what_cannot_be_is_refused(arguments, text):
    arguments = {'config': tpu.RunConfig(), 'use_tpu': False, **arguments}
    with pytest.raises(ValueError, match=text):
        tpu.TPUEstimator(Model(), **arguments)


def test_functions_must_take_params_and_errors_are_recorded(tmp_path, caplog):
    logger = tf.get_logger()
    before, logger.propagate = logger.propagate, True
    try:
        with pytest.raises(ValueError, match=r"input_fn .* does not take the argument 'params'"):
            _estimator(Model(), tmp_path).train(lambda: None, steps=1)
        with pytest.raises(ValueError, match=r"model_fn .* does not take the argument 'params'"):
            _estimator(lambda features, labels, mode: None, tmp_path).evaluate(_test_input_fn)
    finally:
        logger.propagate = before
    errors = [record.getMessage().partition(': ')[0] for record in caplog.records if record.levelname == 'ERROR']
    assert errors == ['Error recorded from training_loop', 'Error recorded from evaluation_loop']
    assert not tf.gfile.Glob(f'{tmp_path}/*')


def test_a_subclass_keeps_the_public_methods():
    class Mine(tpu.TPUEstimator):
        def train(self):
            pass

    with pytest.raises(ValueError, match=r"Mine overrides \['train'\]"):
        Mine(Model(), config=tpu.RunConfig(), use_tpu=False)


class TestConfig:
    def test_defaults_are_those_of_tf_1_15(self):
        assert repr(tpu.TPUConfig()) == (
            'TPUConfig(iterations_per_loop=2, num_shards=None, num_cores_per_replica=None, '
            'per_host_input_for_training=2, tpu_job_name=None, initial_infeed_sleep_secs=None, '
            'input_partition_dims=None, eval_training_input_configuration=2, experimental_host_call_every_n_steps=1)'
        )
        kinds = ('PER_SHARD_V1', 'PER_HOST_V1', 'PER_HOST_V2', 'BROADCAST', 'SLICED')
        assert [getattr(tpu.InputPipelineConfig, kind) for kind in kinds] == [1, 2, 3, 4, 5]
        assert tpu.TPUConfig('3').iterations_per_loop == 3
        assert tpu.TPUConfig('10m').iterations_per_loop == '10m'
        assert tpu.TPUConfig(per_host_input_for_training=False).per_host_input_for_training == 1

    @pytest.mark.parametrize(
        ('arguments', 'text'),
        [
            ({'iterations_per_loop': 0}, 'iterations_per_loop must be a positive integer, or a time .* got 0'),
            ({'iterations_per_loop': '0s'}, "got '0s'"),
            ({'iterations_per_loop': True}, 'got True'),
            ({'iterations_per_loop': 2.5}, r'got 2\.5'),
            ({'num_shards': 0}, 'num_shards must be positive, got 0'),
            ({'num_cores_per_replica': 3}, 'num_cores_per_replica must be one of .* got 3'),
            ({'input_partition_dims': 4}, 'must be a list of one or two elements'),
            ({'input_partition_dims': [[1]]}, 'requires setting num_cores_per_replica'),
            ({'input_partition_dims': [[1]], 'num_cores_per_replica': 2}, 'needs per_host_input_for_training'),
            ({'eval_training_input_configuration': 4}, r'must be PER_HOST_V1 \(2\) or SLICED \(5\), got 4'),
        ],
    )
    def test_a_wrong_value_is_named(self, arguments, text):
        with pytest.raises(ValueError, match=text):
            tpu.TPUConfig(**arguments)

    def test_run_config_adds_the_tpu_and_the_targets(self):
        config = tpu.RunConfig(tpu.TPUConfig(7), master='grpc://a:1', save_summary_steps=4)
        assert isinstance(config, tf.estimator.RunConfig)
        assert (config.master, config.evaluation_master, config.cluster) == ('grpc://a:1', 'grpc://a:1', None)
        assert tpu.RunConfig(evaluation_master='grpc://b:1').evaluation_master == 'grpc://b:1'
        assert (tpu.RunConfig().master, tpu.RunConfig().evaluation_master) == ('', '')
        changed = config.replace(tpu_config=tpu.TPUConfig(9), tf_random_seed=3)
        assert (changed.tpu_config.iterations_per_loop, changed.tf_random_seed, changed.master) == (9, 3, 'grpc://a:1')
        assert config.tpu_config.iterations_per_loop == 7
        assert list(config.describe())[-2:] == ['_tpu_config', '_cluster']
        resolver = tf.contrib.cluster_resolver.SimpleClusterResolver(
            tf.train.ClusterSpec({'worker': ['a:1']}), master='grpc://c:1'
        )
        assert tpu.RunConfig(cluster=resolver).master == 'grpc://c:1'
        with pytest.raises(ValueError, match='Both master and cluster are set'):
            tpu.RunConfig(master='grpc://a:1', cluster=resolver)


class TestSpec:
    def test_train_needs_a_train_op(self):
        with pytest.raises(ValueError, match='Missing train_op'):
            tpu.TPUEstimatorSpec('train', loss=tf.constant(1.0))

    @pytest.mark.parametrize(
        ('metrics', 'error', 'text'),
        [
            (3, ValueError, r'must be a tuple \(function, tensors\), got 3'),
            ((print,), ValueError, 'must have two elements'),
            ((3, []), TypeError, r'eval_metrics\[0\] must be callable, got 3'),
            ((print, 3), ValueError, r'eval_metrics\[1\] must be a list, tuple or dict of tensors, got 3'),
            ((lambda a, b: {}, [1]), RuntimeError, r'length of tensors 1 does not match .* takes 2'),
        ],
    )
    def test_a_wrong_pair_is_named(self, metrics, error, text):
        with pytest.raises(error, match=text):
            tpu.TPUEstimatorSpec('eval', loss=tf.constant(1.0), eval_metrics=metrics)
        with pytest.raises(error, match=text.replace('eval_metrics', 'host_call')):
            tpu.TPUEstimatorSpec('eval', loss=tf.constant(1.0), host_call=metrics)

    def test_hooks_must_be_hooks(self):
        with pytest.raises(TypeError, match='training_hooks: all hooks must be SessionRunHook instances, got 3'):
            tpu.TPUEstimatorSpec('train', train_op=tf.no_op(), training_hooks=[3])

    def test_it_becomes_an_estimator_spec(self):
        hook = tf.train.StopAtStepHook(1)
        each = tf.ones([8])
        spec = tpu.TPUEstimatorSpec(
            'eval',
            loss=tf.constant(1.0),
            eval_metrics=(lambda *tensors: {'mean': tf.metrics.mean(tensors[0])}, [each]),
            host_call=(lambda each: None, [each]),
            evaluation_hooks=[hook],
        ).as_estimator_spec()
        assert isinstance(spec, tf.estimator.EstimatorSpec)
        assert list(spec.eval_metric_ops) == ['mean']
        assert (spec.training_hooks, spec.evaluation_hooks) == ((), (hook,))


def test_contrib_has_the_same_objects():
    contrib = tf.contrib.tpu
    for name in ('TPUEstimator', 'TPUEstimatorSpec', 'TPUConfig', 'RunConfig', 'InputPipelineConfig'):
        assert getattr(contrib, name) is getattr(tpu, name)
    assert contrib.CrossShardOptimizer(tf.train.AdamOptimizer()).get_name() == 'CrossShardOptimizer'
    with pytest.raises(AttributeError, match=r'tf\.contrib\.tpu\.keras_to_tpu_model.*TPUStrategy'):
        contrib.keras_to_tpu_model  # noqa: B018
    with pytest.raises(AttributeError, match=r'tf\.estimator\.tpu\.experimental'):
        tpu.experimental  # noqa: B018
