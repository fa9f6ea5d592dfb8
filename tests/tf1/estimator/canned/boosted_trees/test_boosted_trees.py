"""Boosted trees beside TF 1.15.5: the same trees from the same data, and all that is said of them."""

from __future__ import annotations

import importlib.util
import json
import pathlib
import shutil

import numpy as np
import pytest

import tf1 as tf
from tf1.estimator.canned.boosted_trees.proto import TreeEnsemble

_GOLDEN = pathlib.Path(__file__).parents[4] / 'golden'
_EXPECTED = json.loads((_GOLDEN / 'boosted_trees.json').read_text())
_WORDS = ('runs', 'step', 'stamp', 'variables', 'keys', 'tags', 'finalized', 'attempts')


def _load_programs():
    spec = importlib.util.spec_from_file_location('boosted_trees_programs', _GOLDEN / 'boosted_trees_programs.py')
    programs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(programs)
    return programs


programs = _load_programs()


def _with_trees(description):
    ensemble = TreeEnsemble.FromString(description.pop('serialized'))
    growth = ensemble.growing_metadata
    description['trees'] = [_tree(tree.nodes) for tree in ensemble.trees]
    description['finalized'] = [meta.is_finalized for meta in ensemble.tree_metadata]
    description['attempts'] = [growth.num_trees_attempted, growth.num_layers_attempted]
    return description


def _tree(nodes):
    found = []
    for node in nodes:
        split, meta = node.bucketized_split, node.metadata
        if node.HasField('leaf'):
            found.append([node.leaf.scalar])
        else:
            found.append([split.feature_id, split.threshold, split.left_id, meta.gain, meta.original_leaf.scalar])
    return found


def _assert_same(found, expected):
    """Compares descriptions: words, counts and the shape of trees exactly, real values to five digits."""
    for key in _WORDS:
        assert found.get(key) == expected.get(key), key
    assert [[node[:3] if len(node) > 1 else [] for node in tree] for tree in found['trees']] == [
        [node[:3] if len(node) > 1 else [] for node in tree] for tree in expected['trees']
    ]
    values = [[value for tree in d['trees'] for node in tree for value in node] for d in (found, expected)]
    np.testing.assert_allclose(*values, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(found['predictions'], expected['predictions'], rtol=1e-5, atol=2e-6)
    if 'metrics' in expected:
        assert found['metrics'] == {k: pytest.approx(v, rel=1e-5, abs=2e-6) for k, v in expected['metrics'].items()}


@pytest.fixture(scope='module', params=sorted(programs.PROGRAMS))
def described(request, tmp_path_factory):
    """A program's name, and what is to be compared of it."""
    folder = str(tmp_path_factory.mktemp('model'))
    return request.param, _with_trees(programs.describe(tf, request.param, folder))


def test_a_program_grows_the_trees_that_it_grew_on_tf_1_15(described):
    name, found = described
    expected = _EXPECTED['programs'][name]
    _assert_same(found, expected)
    assert found['importances'] == [[k, pytest.approx(v, rel=1e-5, abs=1e-6)] for k, v in expected['importances']]
    if 'explained' in expected:
        for row, wanted in zip(found['explained'], expected['explained'], strict=True):
            assert row['bias'] == pytest.approx(wanted['bias'], rel=1e-5)
            assert row['dfc'] == [[k, pytest.approx(v, rel=1e-4, abs=1e-6)] for k, v in wanted['dfc']]


@pytest.mark.parametrize('name', programs.IN_MEMORY)
def test_functions_that_train_in_memory_grow_all_trees(name, tmp_path):
    _assert_same(_with_trees(programs.in_memory(tf, name, str(tmp_path))), _EXPECTED['in_memory'][name])


@pytest.mark.parametrize('name', programs.HEADS)
def test_any_head_with_one_logit_grows_trees(name, tmp_path):
    _assert_same(_with_trees(programs.with_head(tf, name, str(tmp_path))), _EXPECTED['heads'][name])


def test_training_goes_on_from_a_checkpoint_of_tf_1_15(tmp_path):
    shutil.copytree(_GOLDEN / 'boosted_trees_checkpoint', tmp_path, dirs_exist_ok=True)
    estimator = programs.interrupted(tf, str(tmp_path), 18)
    given = programs.whole(tf, programs.fares(), repeat=False)
    _assert_same(_with_trees(programs.described(tf, estimator, given)), _EXPECTED['continued'])


def test_wrong_arguments_raise_the_types_of_tf_1_15(tmp_path):
    assert programs.errors(tf, str(tmp_path)) == _EXPECTED['errors']


@pytest.mark.parametrize('task', [{'type': 'chief', 'index': 0}, {'type': 'worker', 'index': 0}])
def test_several_training_processes_are_refused(monkeypatch, task):
    cluster = {'ps': ['localhost:1'], 'chief': ['localhost:2'], 'worker': ['localhost:3']}
    monkeypatch.setenv('TF_CONFIG', json.dumps({'cluster': cluster, 'task': task}))
    column = tf.feature_column.bucketized_column(tf.feature_column.numeric_column('x'), [1.5])
    model = tf.estimator.BoostedTreesClassifier([column], n_batches_per_layer=1)

    def input_fn():
        return {'x': tf.constant([[1.0], [2.0]])}, tf.constant([[0], [1]])

    with pytest.raises(ValueError, match='TF_CONFIG has 2 that train: name a chief, and no workers beside it'):
        model.train(input_fn, steps=1)


def test_a_chief_grows_trees_beside_an_evaluator(monkeypatch, tmp_path):
    column = tf.feature_column.bucketized_column(tf.feature_column.numeric_column('x'), [1.5])

    def input_fn():
        return {'x': tf.constant([[1.0], [2.0]])}, tf.constant([[0], [1]])

    def model(folder):
        config = tf.estimator.RunConfig(str(tmp_path / folder), save_checkpoints_steps=1)
        return tf.estimator.BoostedTreesClassifier([column], 1, n_trees=2, max_depth=1, config=config)

    def train_and_evaluate(role):
        cluster = {'chief': ['localhost:1']}
        monkeypatch.setenv('TF_CONFIG', json.dumps({'cluster': cluster, 'task': {'type': role, 'index': 0}}))
        train_spec = tf.estimator.TrainSpec(input_fn, max_steps=2)
        eval_spec = tf.estimator.EvalSpec(input_fn, steps=1, start_delay_secs=0, throttle_secs=0)
        return tf.estimator.train_and_evaluate(model('cluster'), train_spec, eval_spec)

    train_and_evaluate('chief')
    train_and_evaluate('evaluator')
    monkeypatch.delenv('TF_CONFIG')
    expected = model('alone').train(input_fn, max_steps=2).evaluate(input_fn, steps=1)
    [events] = (tmp_path / 'cluster' / 'eval').iterdir()
    written = {
        value.tag: value.simple_value
        for event in tf.train.summary_iterator(str(events))
        for value in event.summary.value
    }
    assert written['loss'] == pytest.approx(expected['loss'])
    assert model('cluster').get_variable_value('global_step') == expected['global_step'] == 2
