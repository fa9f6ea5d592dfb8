"""`LinearSDCA`: losses and weights after twenty steps as TF 1.15.5 has them; what it refuses."""

from __future__ import annotations

import importlib.util
import json
import pathlib

import pytest

import tf1 as tf

pytestmark = pytest.mark.usefixtures('graphs_not_rewritten')

LinearSDCA = tf.estimator.experimental.LinearSDCA
_GOLDEN = pathlib.Path(__file__).parents[3] / 'golden'
# The order of examples is by chance there. After 150 steps over 12 examples the weights have converged to four digits.
_TOLERANCE = 1e-3
PRICE = tf.feature_column.numeric_column('price')
SHOP = tf.feature_column.categorical_column_with_hash_bucket('s', 5)


def input_fn():
    features = {
        'id': tf.constant(['1', '2', '3']),
        'price': tf.constant([[0.6], [0.8], [0.3]]),
        's': tf.constant(['a', 'b', 'a']),
    }
    return features, tf.constant([[1], [0], [1]])


def test_a_classifier_comes_to_the_loss_of_tf_1_15():
    model = tf.estimator.LinearClassifier([PRICE], optimizer=LinearSDCA('id'))
    model.train(input_fn, steps=20)
    result = model.evaluate(input_fn, steps=1)
    assert result['loss'] == pytest.approx(1.959, abs=1e-3)
    assert result['global_step'] == 20
    assert 'ShardedMutableHashTable-1-of-1-keys' in model.get_variable_names()


def test_sparse_and_dense_weights_are_those_of_tf_1_15():
    model = tf.estimator.LinearClassifier([PRICE, SHOP], optimizer=LinearSDCA('id', num_loss_partitions=2))
    model.train(input_fn, steps=20)
    assert model.evaluate(input_fn, steps=1)['loss'] == pytest.approx(1.30901, abs=1e-4)
    weights = {
        'linear/linear_model/bias_weights': [0.19465],
        'linear/linear_model/price/weights': [-0.06209],
        'linear/linear_model/s/weights': [0.0, 0.0, -0.42938, 0.0, 0.62403],
        'linear/linear/linear_model/bias_weights/part_0_unshrunk': [0.19465],
    }
    found = {name: model.get_variable_value(name).ravel().tolist() for name in weights}
    assert found == {name: pytest.approx(values, abs=1e-4) for name, values in weights.items()}


def test_l1_shrinks_what_the_model_uses():
    optimizer = LinearSDCA('id', num_table_shards=2, symmetric_l1_regularization=0.05, symmetric_l2_regularization=0.5)
    model = tf.estimator.LinearRegressor([PRICE], optimizer=optimizer)
    model.train(input_fn, steps=2)
    name = 'linear/linear_model/bias_weights'
    kept = model.get_variable_value(f'linear/{name}/part_0_unshrunk')[0]
    assert model.get_variable_value(name)[0] == pytest.approx(kept - 0.05 / 0.5)


@pytest.mark.parametrize(
    ('arguments', 'text'),
    [
        ({'symmetric_l2_regularization': 0.0}, 'symmetric_l2_regularization must be > 0, got 0.0'),
        ({'symmetric_l1_regularization': -1.0}, 'symmetric_l1_regularization must be >= 0, got -1.0'),
        ({'num_loss_partitions': 0}, 'num_loss_partitions must be >= 1, got 0'),
    ],
)
def test_arguments_out_of_range_are_named(arguments, text):
    with pytest.raises(ValueError, match=text):
        LinearSDCA('id', **arguments)


def test_models_of_several_logits_are_refused():
    with pytest.raises(ValueError, match='one logit only: two classes, or one value; got 3'):
        tf.estimator.LinearClassifier([PRICE], n_classes=3, optimizer=LinearSDCA('id'))
    with pytest.raises(ValueError, match="sparse_combiner must be 'sum' with LinearSDCA, got 'mean'"):
        tf.estimator.LinearRegressor([PRICE], sparse_combiner='mean', optimizer=LinearSDCA('id'))
    with pytest.raises(ValueError, match="features must hold example_id_column 'nothing'"):
        tf.estimator.LinearRegressor([PRICE], optimizer=LinearSDCA('nothing')).train(input_fn, steps=1)


def test_classifiers_and_regressors_have_the_names_and_values_of_tf_1_15(tmp_path):
    spec = importlib.util.spec_from_file_location('golden_sdca', _GOLDEN / 'programs' / 'sdca.py')
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    expected = json.loads((_GOLDEN / 'estimator_sdca.json').read_text())['result']
    found = program.run(tf, str(tmp_path))
    assert found.keys() == expected.keys()
    for case, values in expected.items():
        assert found[case]['names'] == values['names'], case
        for kind in ('weights', 'evaluation'):
            close = {name: pytest.approx(value, abs=_TOLERANCE) for name, value in values[kind].items()}
            assert found[case][kind] == close, case
        assert found[case]['predictions'] == pytest.approx(values['predictions'], abs=_TOLERANCE), case
