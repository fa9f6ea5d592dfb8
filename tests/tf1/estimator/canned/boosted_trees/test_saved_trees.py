"""What checkpoints and SavedModels hold, and who can read them."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import numpy as np
import pytest

import tf1 as tf
from tf1.estimator.canned.boosted_trees.proto import TreeEnsemble

fc = tf.feature_column
_X = np.array([[1.0], [2.0], [3.0], [4.0]], np.float32)
_Y = np.array([[0], [0], [1], [1]], np.int32)
_LOADS = """
import json, sys
import tensorflow as tf
loaded = tf.saved_model.load(sys.argv[1])
answer = loaded.signatures['predict'](x=tf.constant([[1.0], [2.0], [3.0], [4.0]]), n=tf.constant([[0.0]] * 4))
print(json.dumps(answer['logits'].numpy().ravel().tolist()))
"""


def _once():
    return tf.data.Dataset.from_tensors(({'x': _X, 'n': _X * 0}, _Y))


@pytest.fixture(scope='module')
def trained(tmp_path_factory):
    """Two stumps; splits are at 2.5, the second bucket."""
    columns = [fc.bucketized_column(fc.numeric_column('x'), [1.5, 2.5, 3.5]), fc.numeric_column('n')]
    folder = str(tmp_path_factory.mktemp('model'))
    made = tf.estimator.BoostedTreesClassifier(
        columns, 1, folder, n_trees=2, max_depth=1, quantile_sketch_epsilon=0.5, learning_rate=0.5
    )
    return made.train(lambda: _once().repeat())


def test_a_checkpoint_has_the_names_and_messages_of_tf_1_15(trained):
    assert trained.get_variable_names() == [
        'boosted_trees/QuantileAccumulator:0_bucket_boundaries_0',
        'boosted_trees/are_boundaries_ready',
        'boosted_trees/center_bias_needed',
        'boosted_trees:0_serialized',
        'boosted_trees:0_stamp',
        'global_step',
    ]
    assert trained.get_variable_value('boosted_trees/QuantileAccumulator:0_bucket_boundaries_0').tolist() == [0.0]
    assert trained.get_variable_value('boosted_trees:0_stamp') == 2
    ensemble = TreeEnsemble.FromString(trained.get_variable_value('boosted_trees:0_serialized'))
    root, left, right = ensemble.trees[0].nodes
    split = root.bucketized_split
    # Columns are numbered by their names: 'n', then 'x_bucketized'.
    assert (split.feature_id, split.threshold, split.left_id, split.right_id) == (1, 1, 1, 2)
    # Gradients are -1/8 and 1/8, hessians 1/16 each: two children gain (1/4)^2 / (1/8) each, their parent nothing.
    assert root.metadata.gain == 1.0
    assert not root.metadata.HasField('original_leaf')
    assert (left.leaf.scalar, right.leaf.scalar) == (-1.0, 1.0)
    assert [len(tree.nodes) for tree in ensemble.trees] == [3, 3, 1]
    assert list(ensemble.tree_weights) == [1.0] * 3
    assert [meta.is_finalized for meta in ensemble.tree_metadata] == [True, True, False]
    assert ensemble.growing_metadata.num_layers_attempted == 2


def test_plain_tensorflow_serves_the_exported_trees(trained, tmp_path):
    features = {'x': tf.placeholder(tf.float32, [None, 1]), 'n': tf.placeholder(tf.float32, [None, 1])}
    receiver = tf.estimator.export.build_raw_serving_input_receiver_fn(features)
    path = trained.export_saved_model(str(tmp_path), receiver).decode()
    ours = [float(row['logits'][0]) for row in trained.predict(_once)]
    with tf.Graph().as_default(), tf.Session() as session:
        signature = tf.saved_model.load(session, ['serve'], path).signature_def['predict']
        inputs = {signature.inputs['x'].name: _X, signature.inputs['n'].name: _X * 0}
        assert session.run(signature.outputs['logits'].name, inputs).ravel().tolist() == ours
        used = {node.op for node in session.graph_def.node}
    assert not [op for op in used if 'PyFunc' in op or op.startswith('BoostedTrees')]
    environment = {k: v for k, v in os.environ.items() if k not in ('PYTHONPATH', 'TF_USE_LEGACY_KERAS')}
    done = subprocess.run(
        [sys.executable, '-c', _LOADS, path], capture_output=True, text=True, env=environment, cwd=tmp_path, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == pytest.approx(ours)
    assert ours == pytest.approx([-ours[2], -ours[2], ours[2], ours[2]])


def test_untrained_trees_answer_0(tmp_path):
    columns = [fc.bucketized_column(fc.numeric_column('x'), [1.5])]
    made = tf.estimator.BoostedTreesRegressor(columns, 1, str(tmp_path))
    assert [row['predictions'].tolist() for row in made.predict(_once)] == [[0.0]] * 4
    assert made.evaluate(_once)['average_loss'] == 0.5


def test_training_in_memory_wants_to_know_the_number_of_examples(tmp_path):
    columns = [fc.bucketized_column(fc.numeric_column('x'), [1.5])]
    made = tf.estimator.BoostedTreesRegressor(columns, 1, str(tmp_path), train_in_memory=True)
    with pytest.raises(ValueError, match=r'number of examples must be known.*Dataset\.from_tensors'):
        made.train(lambda: tf.data.Dataset.from_tensor_slices(({'x': _X}, _Y)).batch(4))


def test_features_in_memory_are_not_computed_again(tmp_path):
    calls = []

    def note(values):
        calls.append(len(values))
        return values

    def noted(x):
        return tf.ensure_shape(tf.py_func(note, [x], tf.float32), x.shape)

    columns = [fc.bucketized_column(fc.numeric_column('x', normalizer_fn=noted), [1.5, 2.5])]
    made = tf.estimator.BoostedTreesClassifier(columns, 1, str(tmp_path), n_trees=2, max_depth=2, train_in_memory=True)
    made.train(lambda: _once().repeat())
    assert made.get_variable_value('global_step') == 4
    assert calls == [4]
    assert made.get_variable_value('boosted_trees/cached_feature_0').tolist() == [0, 1, 2, 2]
    assert made.get_variable_value('boosted_trees/are_features_cached')
