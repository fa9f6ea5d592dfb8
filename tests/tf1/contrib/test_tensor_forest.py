"""Forests beyond what the golden cases hold: chance under a seed, checkpoints, kinds of input, exports, errors."""

from __future__ import annotations

import importlib
import itertools

import numpy as np
import pytest

import tf1 as tf

pytestmark = pytest.mark.usefixtures('graphs_not_rewritten')

forest = tf.contrib.tensor_forest.python.tensor_forest
random_forest = tf.contrib.tensor_forest.client.random_forest

_RANDOM = np.random.RandomState(0)
_POINTS = _RANDOM.rand(400, 5).astype(np.float32)
# The third and fifth feature say nothing.
_LABELS = ((_POINTS[:, 0] > 0.5).astype(int) + (_POINTS[:, 1] + _POINTS[:, 3] > 1)).astype(np.int32)


def _params(**options) -> forest.ForestHParams:
    settings = {'num_classes': 3, 'num_features': 5, 'num_trees': 6, 'max_nodes': 200, 'split_after_samples': 20}
    return forest.ForestHParams(**{**settings, **options}).fill()


class _Grown:
    """A forest in a session, and what it says of the points."""

    def __init__(self, features=None, seed=1, weights=None, **options):
        tf.set_random_seed(seed)
        x = tf.constant(_POINTS) if features is None else features
        self.graphs = forest.RandomForestGraphs(_params(**options))
        self.train = self.graphs.training_graph(x, tf.constant(_LABELS), input_weights=weights)
        self.probabilities, _, self.variance = self.graphs.inference_graph(x)
        self.session = tf.Session()
        self.session.run(tf.global_variables_initializer())

    def steps(self, number: int) -> _Grown:
        for _ in range(number):
            self.session.run(self.train)
        return self

    def run(self, tensor: tf.Tensor) -> np.ndarray:
        return self.session.run(tensor)

    def accuracy(self) -> float:
        return float(np.mean(np.argmax(self.run(self.probabilities), 1) == _LABELS))


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


def test_a_forest_learns_and_says_so_of_itself():
    grown = _Grown()
    impurity, importances = grown.graphs.average_impurity(), grown.graphs.feature_importances()
    assert 0.4 < grown.steps(1).run(impurity) < 0.65
    grown.steps(29)
    assert grown.accuracy() > 0.95
    assert grown.run(impurity) < 0.2
    shares = grown.run(importances)
    assert (shares.dtype, shares.sum()) == (np.float64, pytest.approx(1.0))
    assert shares[[2, 4]].sum() < 0.3
    probabilities, variance = grown.run([grown.probabilities, grown.variance])
    np.testing.assert_allclose(probabilities.sum(1), 1, rtol=1e-5)
    assert 0 < variance.max() <= 0.25
    sizes = grown.run(grown.graphs.variables.sizes())
    assert grown.run(grown.graphs.training_loss(None, None)) == pytest.approx(-sizes.mean())
    assert (sizes % 2 == 1).all()


def test_a_seed_decides_and_a_checkpoint_goes_on(tmp_path):
    whole = _Grown(seed=3).steps(12).run('probabilities:0')
    with tf.Graph().as_default():
        # The same seed gives the same features by chance only to an unbroken run.
        first = _Grown(seed=3).steps(12)
        np.testing.assert_array_equal(first.run('probabilities:0'), whole)
        path = tf.train.Saver().save(first.session, str(tmp_path / 'model'))
    with tf.Graph().as_default():
        assert not np.array_equal(_Grown(seed=4).steps(12).run('probabilities:0'), whole)
    with tf.Graph().as_default():
        second = _Grown(seed=5)
        tf.train.Saver().restore(second.session, path)
        np.testing.assert_array_equal(second.run('probabilities:0'), whole)
        before = second.run(second.graphs.average_size())
        assert second.steps(10).run(second.graphs.average_size()) > before
    with tf.Graph().as_default():
        # Without slots for what has been counted, the nodes are enough.
        graphs = forest.RandomForestGraphs(_params(), training=False)
        probabilities, _, _ = graphs.inference_graph(tf.constant(_POINTS))
        assert [v.op.name.partition('/')[0] for v in tf.global_variables()] == ['trees'] * 5
        with tf.Session() as session:
            tf.train.Saver().restore(session, path)
            np.testing.assert_array_equal(session.run(probabilities), whole)


def _as_sparse() -> tf.SparseTensor:
    return tf.SparseTensor(np.argwhere(_POINTS > 0), _POINTS[_POINTS > 0], _POINTS.shape)


def _as_columns() -> dict:
    # In the order of the names.
    return {'b': tf.constant(_POINTS[:, 2:].astype(np.float64)), 'a': tf.constant(_POINTS[:, :2])}


@pytest.mark.parametrize('make', [_as_sparse, _as_columns], ids=['sparse', 'dictionary'])
def test_other_forms_of_the_features_give_the_same_trees(make):
    plain = _Grown(base_random_seed=7).steps(8).run('probabilities:0')
    with tf.Graph().as_default():
        other = _Grown(make(), base_random_seed=7).steps(8).run('probabilities:0')
        np.testing.assert_allclose(other, plain, rtol=1e-6)


def test_words_part_examples_too():
    words = np.where(_LABELS == 2, 'two', 'other')[:, np.newaxis]
    grown = _Grown({'noise': tf.constant(_POINTS[:, 2:3]), 'word': tf.constant(words)}, num_features=2).steps(8)
    probabilities = grown.run(grown.probabilities)
    assert (np.argmax(probabilities, 1)[_LABELS == 2] == 2).all()


def test_bagging_leaves_out_features_and_examples():
    grown = _Grown(bagging_fraction=0.5, feature_bagging_fraction=0.4).steps(1)
    value = grown.run(grown.graphs.variables._value)
    # Before the first split the roots hold the examples of the batch that their tree took in.
    taken = value.reshape(6, -1, 3)[:, 0].sum(1)
    assert len(set(taken)) > 1
    np.testing.assert_allclose(taken, 200, atol=50)
    grown.steps(15)
    feature, child = grown.run([grown.graphs.variables._feature, grown.graphs.variables._left_child])
    for known, used, left in zip(
        grown.graphs.params.bagged_features, feature.reshape(6, -1), child.reshape(6, -1), strict=True
    ):
        assert len(known) == 2
        assert set(used[left > 0]) <= set(known)
        assert (left > 0).any()


def test_weights_of_0_leave_examples_out():
    weights = (_LABELS != 2).astype(np.float32)
    grown = _Grown(weights=tf.constant(weights)).steps(8)
    assert grown.run(grown.probabilities)[:, 2].max() == 0


def test_full_trees_grow_no_more():
    grown = _Grown(max_nodes=10).steps(40)
    # Trees have an odd number of nodes.
    assert grown.run(grown.graphs.variables.sizes()).tolist() == [11] * 6


def test_an_old_path_leads_to_the_module():
    module = importlib.import_module('tf1.contrib.tensor_forest.python.tensor_forest')
    assert module is tf.contrib.tensor_forest.tensor_forest
    assert importlib.import_module('tf1.contrib.tensor_forest.client.random_forest') is random_forest
    resources = importlib.import_module('tf1.python.ops.resources')
    assert resources.initialize_resources(resources.shared_resources()).type == 'NoOp'


def _input_fn() -> tuple:
    return {'x': tf.constant(_POINTS)}, tf.constant(_LABELS)


def test_an_estimator_stops_by_itself_and_is_exported(tmp_path):
    estimator = random_forest.TensorForestEstimator(
        _params(),
        model_dir=str(tmp_path / 'model'),
        early_stopping_rounds=2,
        early_stopping_loss_threshold=0.5,
        report_feature_importances=True,
        include_all_in_serving=True,
    )
    estimator.fit(input_fn=_input_fn, steps=100)
    assert 3 < estimator.get_variable_value('global_step') < 30
    assert estimator.evaluate(input_fn=_input_fn, steps=1)['accuracy'] > 0.7
    receiver = tf.estimator.export.build_raw_serving_input_receiver_fn({'x': tf.placeholder(tf.float32, [None, 5])})
    core = random_forest.CoreTensorForestEstimator(_params(), model_dir=str(tmp_path / 'core'), weight_column='w')
    core.train(lambda: ({**_input_fn()[0], 'w': tf.ones([400])}, tf.constant(_LABELS)), steps=15)
    rows = core.predict(lambda: ({**_input_fn()[0], 'w': tf.ones([400])}, None))
    expected = [row['probabilities'] for row in itertools.islice(rows, 400)]
    folder = core.export_saved_model(str(tmp_path / 'export'), receiver)
    with tf.Graph().as_default(), tf.Session() as session:
        model = tf.saved_model.load(session, ['serve'], folder)
        signature = model.signature_def['predict']
        found = session.run(signature.outputs['probabilities'].name, {signature.inputs['x'].name: _POINTS})
    np.testing.assert_allclose(found, expected, rtol=1e-6)


@pytest.mark.parametrize(
    ('call', 'error', 'text'),
    [
        (
            lambda: _Grown(tf.constant(_POINTS.astype(np.float64))),
            TypeError,
            r'features must be float32, got float64; convert them by tf\.cast',
        ),
        (lambda: _params(model_name='best'), KeyError, r"model_name must be one of .*'all_sparse'.*, got 'best'"),
        (
            lambda: forest.ForestHParams(num_classes=2).fill(),
            AttributeError,
            "has no attribute 'num_features'; give it",
        ),
        (
            lambda: forest.RandomForestGraphs(_params(inference_tree_paths=True)),
            NotImplementedError,
            'inference_tree_paths must be False',
        ),
        (
            lambda: forest.RandomForestGraphs(_params()).training_graph(_POINTS, _LABELS, num_trainers=2),
            NotImplementedError,
            'num_trainers must be 1, got 2',
        ),
        (lambda: _Grown(num_classes=2).steps(1), tf.errors.InvalidArgumentError, r'labels must be in \[0, 2\)'),
        (
            lambda: tf.contrib.tensor_forest.client.eval_metrics.get_metric('best'),
            KeyError,
            "metric_name must be one of .*, got 'best'",
        ),
    ],
)
def test_an_error_names_the_value_and_the_remedy(call, error, text):
    with pytest.raises(error, match=text):
        call()
