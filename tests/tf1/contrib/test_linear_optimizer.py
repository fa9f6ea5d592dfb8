"""`tf.contrib.linear_optimizer`: weights, losses, names and errors as TF 1.15.5 has them after many steps.

The order of examples is by chance, so weights are compared to three digits, where they have converged.
"""

from __future__ import annotations

import pytest

import tf1 as tf

_LINEAR = tf.contrib.linear_optimizer


def _examples(labels=(0.0, 1.0, 1.0, 0.0)):
    return {
        'sparse_features': [_LINEAR.SparseFeatureColumn([0, 1, 1, 3], [0, 1, 2, 2], [1.0, 0.5, 2.0, 1.0])],
        'dense_features': [tf.constant([[0.5, 1.0], [1.5, -0.5], [2.0, 0.0], [-1.0, 0.25]])],
        'example_labels': tf.constant(labels),
        'example_weights': tf.constant([1.0, 2.0, 1.0, 0.5]),
        'example_ids': tf.constant(['a', 'b', 'c', 'd']),
    }


def _variables(parts=False):
    sparse = tf.Variable(tf.zeros([3]), name='sparse')
    if parts:
        sparse = [tf.Variable(tf.zeros([2]), name='part_0'), tf.Variable(tf.zeros([1]), name='part_1')]
    return {'sparse_features_weights': [sparse], 'dense_features_weights': [tf.Variable(tf.zeros([2]), name='dense')]}


def _options(loss_type, l1=0.0, **others):
    regularization = {'symmetric_l1_regularization': l1, 'symmetric_l2_regularization': 1.0}
    return {**regularization, 'loss_type': loss_type, **others}


@pytest.mark.parametrize(
    ('loss_type', 'before', 'after', 'predictions', 'sparse', 'dense'),
    [
        (
            'logistic_loss',
            0.6931,
            (0.255, 0.372),
            [0.369, 0.881, 0.811, 0.361],
            [-0.369, 0.119, 0.293],
            [0.729, -0.533],
        ),
        (
            'squared_loss',
            0.3333,
            (0.009, 0.030),
            [0.066, 0.981, 0.767, -0.215],
            [-0.066, 0.019, 0.184],
            [0.383, -0.059],
        ),
        ('hinge_loss', 1.0, (0.019, 0.145), [-1.0, 1.0, 1.064, -0.828], [-0.522, 0.098, -0.110], [0.532, -0.744]),
        (
            'smooth_hinge_loss',
            1.0,
            (0.183, 0.246),
            [-0.631, 0.943, 0.883, -0.556],
            [-0.369, 0.057, 0.006],
            [0.442, -0.482],
        ),
        ('poisson_loss', 1.0, (0.262, 0.325), [0.420, 2.943, 0.889, 1.522], [-0.420, 0.057, 0.465], [-0.059, -0.417]),
    ],
)
def test_each_loss_comes_to_the_weights_of_tf_1_15(loss_type, before, after, predictions, sparse, dense):
    with tf.Graph().as_default(), tf.Session() as session:
        examples = _examples((0.0, 3.0, 1.0, 2.0) if loss_type == 'poisson_loss' else (0.0, 1.0, 1.0, 0.0))
        model = _LINEAR.SdcaModel(examples, _variables(), _options(loss_type))
        step = tf.train.get_or_create_global_step()
        train = model.minimize(step)
        update = model.update_weights(train)
        losses = [model.unregularized_loss(examples), model.regularized_loss(examples)]
        session.run(tf.global_variables_initializer())
        assert session.run(losses) == pytest.approx([before, before], abs=1e-3)
        for _ in range(300):
            session.run(update)
        assert session.run(step) == 300
        assert session.run(losses) == pytest.approx(list(after), abs=2e-3)
        assert session.run(model.predictions(examples)).tolist() == pytest.approx(predictions, abs=5e-3)
        values = {v.op.name: session.run(v).tolist() for v in tf.trainable_variables()}
        assert values == {
            'sparse': pytest.approx(sparse, abs=5e-3),
            'dense': pytest.approx(dense, abs=5e-3),
            'sparse_unshrinked/SDCAOptimizer': pytest.approx(sparse, abs=5e-3),
            'dense_unshrinked/SDCAOptimizer': pytest.approx(dense, abs=5e-3),
        }
        # Threads add to the gap as they happen to run: a single step may leave it open.
        gap, gaps = model.approximate_duality_gap(), [1.0]
        while len(gaps) < 100 and min(map(abs, gaps)) > 0.05:
            session.run(update)
            gaps.append(session.run(gap))
        assert min(gaps, key=abs) == pytest.approx(0.0, abs=0.05)
        tags = [summary.op.name for summary in tf.get_collection(tf.GraphKeys.SUMMARIES)]
        assert tags == ['approximate_duality_gap', 'examples_seen']


def test_l1_shrinks_weights_in_parts_and_tables_are_divided():
    with tf.Graph().as_default(), tf.Session() as session:
        options = _options('squared_loss', l1=0.25, num_loss_partitions=2, num_table_shards=3)
        model = _LINEAR.SdcaModel(_examples(), _variables(parts=True), options)
        update = model.update_weights(model.minimize())
        session.run(tf.global_variables_initializer())
        for _ in range(300):
            session.run(update)
        found = {v.op.name: session.run(v).tolist() for v in tf.global_variables()}
        assert found['part_0'] == pytest.approx([0.0, 0.0], abs=5e-3)
        assert found['part_1'] == pytest.approx([0.183], abs=5e-3)
        assert found['part_1_unshrinked/SDCAOptimizer'] == pytest.approx([0.433], abs=5e-3)
        assert found['dense'] == pytest.approx([0.365, 0.0], abs=5e-3)
        saved = sorted(each.op.name for each in tf.get_collection(tf.GraphKeys.SAVEABLE_OBJECTS))
        assert saved == [f'ShardedMutableHashTable-{i}-of-3' for i in (1, 2, 3)]
        assert session.run(model.approximate_duality_gap()) == pytest.approx(0.0, abs=0.01)


@pytest.mark.parametrize(
    ('change', 'error'),
    [
        ({'loss_type': 'absolute_loss'}, ValueError),
        ({'symmetric_l1_regularization': -1.0}, ValueError),
        ({'loss_type': None}, ValueError),
    ],
)
def test_options_that_cannot_be_are_refused(change, error):
    with tf.Graph().as_default(), pytest.raises(error):
        _LINEAR.SdcaModel(_examples(), _variables(), {**_options('squared_loss'), **change})


def test_what_is_missing_is_named():
    with tf.Graph().as_default():
        examples = _examples()
        del examples['example_ids']
        with pytest.raises(KeyError, match='examples must have example_ids'):
            _LINEAR.SdcaModel(examples, _variables(), _options('squared_loss'))
        with pytest.raises(ValueError, match='must be dictionaries, got None'):
            _LINEAR.SdcaModel(None, _variables(), _options('squared_loss'))


def _input_fn():
    features = {'id': tf.constant(['a', 'b', 'c', 'd']), 'price': tf.constant([[0.6], [0.8], [0.3], [0.1]])}
    return features, tf.constant([[0], [1], [1], [0]])


def test_a_classifier_of_contrib_learn_is_trained(tmp_path):
    optimizer = _LINEAR.SDCAOptimizer('id')
    column = tf.contrib.layers.real_valued_column('price')
    model = tf.contrib.learn.LinearClassifier([column], str(tmp_path), optimizer=optimizer)
    model.fit(input_fn=_input_fn, steps=60)
    beside = 'binary_logistic_head/train_op/linear'
    assert {name for name in model.get_variable_names() if 'Table' not in name} == {
        *('global_step', 'linear/bias_weight', 'linear/price/weight'),
        *(f'{beside}/bias_weight_unshrinked/SDCAOptimizer', f'{beside}/price/weight_unshrinked/SDCAOptimizer'),
    }
    assert model.get_variable_value('linear/bias_weight') == pytest.approx(-0.038, abs=2e-3)
    assert model.get_variable_value('linear/price/weight') == pytest.approx(0.170, abs=2e-3)


@pytest.mark.parametrize(
    ('arguments', 'column', 'error'),
    [({'n_classes': 3}, 'id', AssertionError), ({'_joint_weight': True}, 'id', AssertionError), ({}, 'none', KeyError)],
)
def test_what_dual_variables_cannot_train_is_refused(arguments, column, error):
    optimizer = _LINEAR.SDCAOptimizer(column)
    price = tf.contrib.layers.real_valued_column('price')
    model = tf.contrib.learn.LinearClassifier([price], optimizer=optimizer, **arguments)
    with pytest.raises(error):
        model.fit(input_fn=_input_fn, steps=1)


def test_an_optimizer_tells_its_settings():
    made = _LINEAR.SDCAOptimizer('id', 2, 3, 0.5, 2.0, False)
    assert (made.get_name(), made.example_id_column, made.num_loss_partitions) == ('SDCAOptimizer', 'id', 2)
    assert (made.num_table_shards, made.symmetric_l1_regularization, made.symmetric_l2_regularization) == (3, 0.5, 2.0)
    assert (made.adaptive, made.partitioner, _LINEAR.SDCAOptimizer('id').adaptive) == (False, None, True)
