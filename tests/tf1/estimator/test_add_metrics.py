from __future__ import annotations

import re

import pytest

import tf1 as tf

add_metrics = tf.estimator.add_metrics


def test_metrics_are_added_and_go_before_the_models(make_line, ones):
    def metric_fn(labels, predictions, features, config):
        total = predictions['y'] * 2 + labels + features['x'] + config.task_id
        return {'total': tf.metrics.mean(total), 'mean_y': tf.metrics.mean(predictions['y'] * 2)}

    estimator = make_line()
    estimator.train(ones, steps=2)
    result = add_metrics(estimator, metric_fn).evaluate(ones, steps=1)
    # w = 0.75 after two steps: 2 * 0.75 + 1 + 1 + 0, and 2 * 0.75.
    assert result == {'total': 3.5, 'mean_y': 1.5, 'loss': 0.0625, 'global_step': 2}
    assert estimator.evaluate(ones, steps=1)['mean_y'] == 0.75


def test_the_new_estimator_trains_the_same_model(make_line, ones):
    estimator = make_line(save_summary_steps=7)
    more = add_metrics(estimator, lambda predictions: {})
    more.train(ones, steps=2)
    assert more.model_dir == estimator.model_dir
    assert more.config.save_summary_steps == 7
    assert estimator.get_variable_value('w') == 0.75


def test_a_keras_metric_is_taken(make_line, ones):
    def metric_fn(labels, predictions):
        metric = tf.keras.metrics.MeanAbsoluteError(name='error')
        metric.update_state(labels, predictions['y'])
        return {'error': metric}

    estimator = make_line()
    estimator.train(ones, steps=2)
    assert add_metrics(estimator, metric_fn).evaluate(ones, steps=1)['error'] == 0.25


def test_a_warm_start_is_kept(make_line, ones, line_model_fn, tmp_path):
    make_line().train(ones, steps=2)
    warm = tf.estimator.Estimator(line_model_fn, str(tmp_path / 'warm'), warm_start_from=make_line().model_dir)
    assert add_metrics(warm, lambda: {}).evaluate(ones, steps=1)['mean_y'] == 0.75


@pytest.mark.parametrize(
    ('metric_fn', 'error', 'text'),
    [
        (None, TypeError, 'metric_fn must be callable, got None.'),
        (lambda foo: {}, ValueError, "takes unknown arguments ['foo']; known are"),
    ],
)
def test_a_metric_fn_that_cannot_be_called_is_refused(make_line, metric_fn, error, text):
    with pytest.raises(error, match=re.escape(text)):
        add_metrics(make_line(), metric_fn)


def test_an_estimator_is_needed():
    with pytest.raises(TypeError, match=r'^estimator must be a tf\.estimator\.Estimator, got 1\.$'):
        add_metrics(1, lambda: {})


@pytest.mark.parametrize('returned', [None, [1]])
def test_a_metric_fn_must_return_a_dict(make_line, ones, returned):
    with pytest.raises(TypeError, match=re.escape(f'metric_fn must return a dict of metrics, got {returned}.')):
        add_metrics(make_line(), lambda: returned).evaluate(ones, steps=1)
