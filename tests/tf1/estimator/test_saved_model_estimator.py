"""`SavedModelEstimator`: trains, evaluates, predicts and exports what was exported; numbers as TF 1.15.5 has them."""

from __future__ import annotations

import pytest

import tf1 as tf

SavedModelEstimator = tf.contrib.estimator.SavedModelEstimator


def model_fn(features, labels, mode):
    w = tf.get_variable('w', initializer=2.0)
    y = features['x'] * w
    if mode == tf.estimator.ModeKeys.PREDICT:
        return tf.estimator.EstimatorSpec(mode, predictions={'y': y})
    loss = tf.reduce_mean((y - labels) ** 2)
    train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss, tf.train.get_global_step())
    metrics = {'mean_y': tf.metrics.mean(y)}
    return tf.estimator.EstimatorSpec(mode, loss=loss, predictions={'y': y}, train_op=train_op, eval_metric_ops=metrics)


def input_fn():
    return tf.data.Dataset.from_tensors(({'x': [1.0]}, [1.0])).repeat(4)


def receivers():
    x, y = {'x': tf.placeholder(tf.float32, [None])}, tf.placeholder(tf.float32, [None])
    supervised = tf.contrib.estimator.build_raw_supervised_input_receiver_fn(x, y)
    serving = tf.estimator.export.build_raw_serving_input_receiver_fn(x)
    return {'train': supervised, 'eval': supervised, 'infer': serving}


@pytest.fixture
def export(tmp_path):
    """Exports the graphs of some modes, after one step of training."""

    def export(*modes):
        estimator = tf.estimator.Estimator(model_fn, str(tmp_path / 'model')).train(input_fn, steps=1)
        with tf.Graph().as_default():
            chosen = {mode: fn for mode, fn in receivers().items() if mode in modes}
            return tf.contrib.estimator.export_all_saved_models(estimator, str(tmp_path / 'exports'), chosen)

    return export


def test_it_goes_on_from_the_variables_of_the_saved_model(export, tmp_path):
    estimator = SavedModelEstimator(export('train', 'eval', 'infer'), str(tmp_path / 'again'))
    # w is 2 - 0.1 * 2 * (2 - 1) = 1.8 after one step.
    before = estimator.evaluate(input_fn, steps=1)
    assert before == {
        'global_step': 1,
        'loss': pytest.approx(0.64),
        'metrics/mean_y': pytest.approx(1.8),
    }
    estimator.train(input_fn, steps=1)
    assert estimator.get_variable_names() == ['global_step', 'w']
    assert estimator.evaluate(input_fn, steps=1)['loss'] == pytest.approx(0.4096)
    assert next(estimator.predict(input_fn))['y'] == pytest.approx(1.64)
    resumed = SavedModelEstimator(estimator.saved_model_dir, str(tmp_path / 'again')).train(input_fn, steps=2)
    assert resumed.get_variable_value('global_step') == 4
    with tf.Graph().as_default():
        folder = resumed.export_saved_model(str(tmp_path / 'next'), receivers()['infer'])
    assert tf.train.load_variable(f'{folder.decode()}/variables/variables', 'global_step') == 4


def test_a_mode_without_a_graph_is_named(export):
    estimator = SavedModelEstimator(export('infer'))
    with pytest.raises(RuntimeError, match=r"has no graph for mode 'train', only for \['serve'\]"):
        estimator.train(input_fn, steps=1)
    assert next(estimator.predict(input_fn))['y'] == pytest.approx(1.8)


def test_features_have_the_names_of_the_receivers(export):
    estimator = SavedModelEstimator(export('train'))
    with pytest.raises(ValueError, match=r"takes \['label', 'x'\]; input_fn gives no \['x'\], but \['label', 'z'\]"):
        estimator.train(lambda: tf.data.Dataset.from_tensors(({'z': [1.0]}, [1.0])), steps=1)


def test_a_folder_without_a_saved_model_is_refused(tmp_path):
    with pytest.raises(ValueError, match='saved_model_dir must be the folder of a SavedModel'):
        SavedModelEstimator(str(tmp_path))
