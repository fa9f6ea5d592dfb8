from __future__ import annotations

import json
import re

import pytest
import tensorflow as tf2

import tf1 as tf

TRAIN, EVAL = tf.estimator.ModeKeys.TRAIN, tf.estimator.ModeKeys.EVAL


@pytest.fixture
def mirrored():
    return tf.distribute.MirroredStrategy(['/cpu:0', '/cpu:1'])


def batches(*targets):
    """A Dataset with a batch of one row, x = 1, for each target."""
    dataset = tf.data.Dataset.from_tensor_slices(list(map(float, targets)))
    return dataset.map(lambda y: ({'x': tf.ones([])}, y)).batch(1)


def two_devices():
    return tf.ConfigProto(device_count={'CPU': 2})


def test_a_step_is_one_of_the_mean_loss_of_all_replicas(make_line, mirrored, summaries, model_dir):
    estimator = make_line(train_distribute=mirrored, session_config=two_devices())
    estimator.train(lambda: batches(1, 3).repeat(), steps=1)
    # At w = 0 the losses are 1 and 9; the gradient of their mean is (-2 - 6) / 2, the rate 0.25.
    assert [value for _, tag, value in summaries(model_dir) if tag == 'loss'] == [5]
    assert estimator.get_variable_value('w') == 1
    assert estimator.get_variable_names() == ['global_step', 'w']


def test_each_replica_is_on_its_device(make_line, mirrored, line_model_fn):
    devices = []

    def model_fn(features, labels, mode):
        spec = line_model_fn(features, labels, mode)
        devices.append(spec.predictions['y'].device)
        return spec

    estimator = make_line(model_fn, eval_distribute=mirrored, session_config=two_devices())
    estimator.evaluate(lambda: batches(1, 1))
    assert devices == ['/replica:0/task:0/device:CPU:0', '/replica:0/task:0/device:CPU:1']


def test_batches_that_do_not_go_round_are_left_out(make_line, mirrored):
    result = make_line(eval_distribute=mirrored).evaluate(lambda: batches(1, 3, 100))
    assert result == {'loss': 5, 'mean_y': 0, 'global_step': 0}


def test_keras_metrics_take_the_batches_of_all_replicas_into_account(make_line, mirrored, line_model_fn):
    def model_fn(features, labels, mode):
        mean = tf.keras.metrics.Mean(name='target')
        mean.update_state(labels)
        return line_model_fn(features, labels, mode)._replace(eval_metric_ops={'target': mean})

    assert make_line(model_fn, eval_distribute=mirrored).evaluate(lambda: batches(1, 3, 5, 6))['target'] == 3.75


def test_a_training_goes_on_with_and_without_a_strategy(make_line, mirrored):
    one = lambda: batches(1).repeat()  # noqa: E731
    make_line().train(one, max_steps=1)
    estimator = make_line(train_distribute=mirrored).train(one, max_steps=2)
    assert estimator.get_variable_value('w') == 0.75
    assert make_line().train(one, max_steps=3).get_variable_value('w') == 0.875
    one_device = tf.distribute.OneDeviceStrategy('/cpu:0')
    assert make_line(train_distribute=one_device).train(one, max_steps=4).get_variable_value('w') == 0.9375


def test_train_and_evaluate_uses_both_strategies(make_line, mirrored):
    estimator = make_line(train_distribute=mirrored, eval_distribute=mirrored)
    train_spec = tf.estimator.TrainSpec(lambda: batches(1).repeat(), max_steps=1)
    metrics, _ = tf.estimator.train_and_evaluate(estimator, train_spec, tf.estimator.EvalSpec(lambda: batches(1, 2)))
    # w = 0.5: the losses are 0.25 and 2.25.
    assert metrics == {'loss': 1.25, 'mean_y': 0.5, 'global_step': 1}


def test_tensors_cannot_be_distributed(make_line, mirrored, ones):
    estimator = make_line(train_distribute=mirrored)
    with pytest.raises(ValueError, match=r'^input_fn must return a Dataset where a strategy distributes it, got \('):
        estimator.train(ones, steps=1)


def test_an_evaluation_in_training_sees_the_weights_of_all_replicas(make_line, mirrored, log):
    estimator = make_line(train_distribute=mirrored)
    hook = tf.estimator.experimental.InMemoryEvaluatorHook(estimator, lambda: batches(1), every_n_iter=1)
    estimator.train(lambda: batches(1).repeat(), hooks=[hook], steps=2)
    assert [line for line in log if line.startswith('Saving dict')] == [
        f'Saving dict for global step {step}: global_step = {step}, loss = {loss}, mean_y = {mean}'
        for step, loss, mean in ((0, '1.0', '0.0'), (1, '0.25', '0.5'), (2, '0.0625', '0.75'))
    ]


@pytest.mark.parametrize('name', ['train_distribute', 'eval_distribute'])
def test_what_is_no_strategy_of_tf_1_is_refused(make_line, name):
    for value in ('mirrored', tf2.distribute.MirroredStrategy(['/cpu:0'])):
        text = re.escape(f'{name} must be a tf.distribute.Strategy of TF 1, got {value!r}: use tf.distribute.MirroredS')
        with pytest.raises(ValueError, match=f'^{text}'):
            make_line(**{name: value})


def test_a_strategy_for_several_machines_is_refused(make_line):
    strategy = tf.distribute.experimental.ParameterServerStrategy()
    with pytest.raises(ValueError, match='^train_distribute must be a strategy for the devices of one machine, got'):
        make_line(train_distribute=strategy)


def test_a_strategy_is_refused_in_a_cluster(make_line, mirrored, monkeypatch):
    cluster = {'chief': ['localhost:1'], 'ps': ['localhost:2']}
    monkeypatch.setenv('TF_CONFIG', json.dumps({'cluster': cluster, 'task': {'type': 'chief', 'index': 0}}))
    with pytest.raises(
        ValueError, match=r'^train_distribute must be None in a cluster of processes \(TF_CONFIG\), got'
    ):
        make_line(train_distribute=mirrored)
