"""`tf.contrib.learn` beyond its golden cases: errors, log lines and what TF 1.15 refused."""

from __future__ import annotations

import logging

import numpy as np
import pytest

import tf1 as tf

learn = tf.contrib.learn

_X = np.arange(8, dtype=np.float32).reshape(4, 2)
_Y = _X.sum(1)


def _model_fn(features, labels, mode):
    weights = tf.get_variable('w', [2, 1], initializer=tf.ones_initializer())
    outputs = tf.squeeze(tf.matmul(features, weights), 1, name='outputs')
    loss = train_op = None
    if labels is not None:
        loss = tf.losses.mean_squared_error(labels, outputs)
        train_op = tf.train.GradientDescentOptimizer(0.0).minimize(loss, tf.train.get_global_step())
    return tf.estimator.EstimatorSpec(mode, {'y': outputs}, loss, train_op)


@pytest.fixture(scope='module')
def estimator(tmp_path_factory) -> learn.Estimator:
    return learn.Estimator(_model_fn, str(tmp_path_factory.mktemp('model'))).fit(_X, _Y, steps=1)


def test_a_model_of_tf_estimator_does(estimator) -> None:
    assert estimator.predict(_X, as_iterable=False)['y'].tolist() == [1, 5, 9, 13]
    assert estimator.evaluate(_X, _Y) == {'loss': 0, 'global_step': 1}


def test_a_metric_may_be_a_tensor_whose_last_value_counts(estimator) -> None:
    total = learn.MetricSpec(lambda predictions, labels: tf.reduce_sum(labels))
    assert estimator.evaluate(_X, _Y, batch_size=3, metrics={'total': total})['total'] == 13
    assert estimator.evaluate(_X, _Y, metrics={('a', 'y'): tf.metrics.mean_absolute_error})['a'] == 0


def test_a_metric_says_which_keys_there_are() -> None:
    with tf.Graph().as_default():
        one, two = tf.constant([1.0]), tf.constant([2.0])
        spec = learn.MetricSpec(tf.metrics.mean_absolute_error, 'c', weight_key='w')
        with pytest.raises(ValueError, match=r"^prediction_key must be one of \['a', 'b'\], got 'c'\.$"):
            spec.create_metric_ops({'w': one}, one, {'a': one, 'b': two})
        with pytest.raises(ValueError, match=r"^prediction_key must be None where there is a single tensor, got 'c'"):
            spec.create_metric_ops({'w': one}, one, one)
        weighed = learn.MetricSpec(tf.metrics.mean, 'b', weight_key='w')
        assert str(weighed) == 'MetricSpec(metric_fn=mean, prediction_key=b, label_key=None, weight_key=w)'


def test_input_that_does_not_go_together_is_refused(estimator) -> None:
    with pytest.raises(ValueError, match=r'^input_fn excludes x, y and batch_size: give one or the other\.$'):
        estimator.fit(_X, _Y, input_fn=lambda: None)
    with pytest.raises(ValueError, match=r'^x or input_fn must be given, got neither\.$'):
        estimator.evaluate()
    with pytest.raises(ValueError, match=r'^x must be an array with a row for each example, got 3\.$'):
        estimator.predict(3)
    with pytest.raises(TypeError, match=r"^monitors must be monitors or instances of .*SessionRunHook, got 'm'\.$"):
        estimator.fit(_X, _Y, steps=1, monitors='m')


def test_models_that_are_none_are_refused(tmp_path) -> None:
    with pytest.raises(ValueError, match=r'^model_fn must be a function, got None\.$'):
        learn.Estimator()
    with pytest.raises(ValueError, match=r"^model_fn must take 'params', as some are given; it takes \('features', "):
        learn.Estimator(_model_fn, params={'rate': 1})
    with pytest.raises(ValueError, match=r'^model_fn must return ModelFnOps or \(predictions, loss, train_op\), got 1'):
        learn.Estimator(lambda features, labels: 1, str(tmp_path)).fit(_X, _Y, steps=1)


def test_a_model_without_checkpoint_says_so(tmp_path) -> None:
    with pytest.raises(learn.NotFittedError, match=rf"^Couldn't find trained model at {tmp_path}: call fit first\.$"):
        learn.Estimator(_model_fn, str(tmp_path)).evaluate(_X, _Y)


def test_tensors_and_variables_are_logged(tmp_path, caplog) -> None:
    monitors = [learn.monitors.PrintTensor({'both': 'w'}, 2), learn.monitors.LoggingTrainable(every_n=2)]
    with caplog.at_level(logging.INFO, 'tensorflow'):
        learn.Estimator(_model_fn, str(tmp_path)).fit(_X, _Y, steps=3, monitors=monitors)
    value = '[[1.]\n [1.]]'
    lines = [record.getMessage() for record in caplog.records if 'Step ' in record.getMessage()]
    assert lines == [
        f'{before}Step {step}: {name} = {value}'
        for step in (1, 3)
        for before, name in (('', 'both'), ('Logging Trainable: ', 'w:0'))
    ]


def test_a_monitor_needs_what_it_counts_by() -> None:
    with pytest.raises(ValueError, match=r'^One of num_steps and last_step must be given, got None and None\.$'):
        learn.monitors.StopAtStep()
    with pytest.raises(ValueError, match=r'^x or input_fn must be given, got neither\.$'):
        learn.monitors.ValidationMonitor()
    with pytest.raises(ValueError, match=r'^ValidationMonitor needs an Estimator'):
        learn.monitors.ValidationMonitor(_X).every_n_step_end(1, {})


def test_validation_by_a_metric_that_there_is_not_is_refused(estimator) -> None:
    monitor = learn.monitors.ValidationMonitor(_X, _Y, early_stopping_rounds=1, early_stopping_metric='none')
    monitor.set_estimator(estimator)
    with pytest.raises(
        ValueError, match=r"^early_stopping_metric must be one of \['global_step', 'loss'\], got 'none'"
    ):
        monitor.every_n_step_end(1, {})


def test_monitors_of_hooks_are_hooks() -> None:
    nan = learn.monitors.NanLoss('loss:0')
    both = learn.monitors.replace_monitors_with_hooks([learn.monitors.StopAtStep(1), nan], None)
    assert both[0] is nan
    assert isinstance(both[1], learn.monitors.RunHookAdapterForMonitors)
    assert learn.monitors.replace_monitors_with_hooks(None, None) == []


def test_an_experiment_takes_an_estimator_of_tf_estimator(tmp_path) -> None:
    core = tf.estimator.Estimator(_model_fn, str(tmp_path))

    def input_fn():
        return tf.constant(_X), tf.constant(_Y)

    experiment = learn.Experiment(core, input_fn, input_fn, train_steps=2, eval_steps=1)
    result, exports = learn.learn_runner.run(
        lambda run_config, hparams: experiment, run_config=learn.RunConfig(model_dir=str(tmp_path))
    )
    assert (result, exports) == ({'loss': 0, 'global_step': 2}, [])
    with pytest.raises(ValueError, match=r'^eval_metrics must be None for a tf\.estimator\.Estimator'):
        learn.Experiment(core, input_fn, input_fn, eval_metrics={})


def test_a_runner_says_what_it_needs() -> None:
    run = learn.learn_runner.run
    with pytest.raises(ValueError, match=r'^One of output_dir and run_config must be given, got None and None\.$'):
        run(lambda output_dir: None)
    with pytest.raises(ValueError, match=r'^run_config must have a model_dir'):
        run(lambda output_dir: None, run_config=learn.RunConfig())
    with pytest.raises(TypeError, match=r'^experiment_fn must return an Experiment, got None\.$'):
        run(lambda output_dir: None, 'folder')
    with pytest.raises(TypeError, match=r'^experiment_fn must be a function, got 1\.$'):
        run(1, 'folder')


def test_heads_become_signatures() -> None:
    kind = learn.ProblemType
    with tf.Graph().as_default():
        scores = tf.constant([[0.5, 0.5]])
        heads = {
            'a': (kind.CLASSIFICATION, {'classes': tf.constant([1]), 'probabilities': scores}),
            'b': (kind.UNSPECIFIED, {'any': scores}),
        }
        ops = learn.ModelFnOps('infer', {'s': scores}, output_alternatives=heads)
        outputs = ops.estimator_spec('a').export_outputs
        with pytest.raises(ValueError, match=r"default_serving_output_alternative_key must be one of \['a', 'b'\]"):
            ops.estimator_spec()
    assert sorted(outputs) == ['a', 'b', 'serving_default']
    assert outputs['serving_default'].scores is scores
    assert outputs['a'].classes.dtype == tf.string
    assert outputs['b'].outputs == {'any': scores}


def test_data_frames_become_arrays() -> None:
    pandas = pytest.importorskip('pandas', reason='pandas is optional')
    frame = pandas.DataFrame({'a': [1, 2], 'b': [True, False]})
    assert learn.extract_pandas_data(frame).tolist() == [[1, 1], [2, 0]]
    assert learn.extract_pandas_matrix(frame).tolist() == [[1, True], [2, False]]
    assert learn.extract_pandas_labels(frame[['a']]).tolist() == [[1], [2]]
    assert learn.extract_pandas_labels(frame['a']).tolist() == [1, 2]
    assert learn.extract_pandas_data([3]) == [3]
    with pytest.raises(ValueError, match=r'^Labels must be one column, got 2\.$'):
        learn.extract_pandas_labels(frame)
    with pytest.raises(ValueError, match=r"these do not: \['c'\]\.$"):
        learn.extract_pandas_data(pandas.DataFrame({'c': ['x']}))
