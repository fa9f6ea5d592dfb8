"""Estimators, fed by datasets without shuffling or with a seed that the graph decides."""

import tempfile

import numpy as np
from common import SEED, STEPS, pictures, points


def _train(tf, make, input_fn, steps=STEPS):
    found = []

    class Losses(tf.train.SessionRunHook):
        def before_run(self, context):
            return tf.train.SessionRunArgs(context.session.graph.get_collection(tf.GraphKeys.LOSSES)[:1])

        def after_run(self, context, values):
            found.append(float(np.ravel(values.results[0])[0]))

    protocol = tf.ConfigProto(intra_op_parallelism_threads=1, inter_op_parallelism_threads=1)
    with tempfile.TemporaryDirectory() as folder:
        config = tf.estimator.RunConfig(folder, tf_random_seed=SEED, session_config=protocol)
        make(config).train(input_fn, [Losses()], steps=steps)
    return found


def _named_points(tf, shuffle=False):
    def input_fn():
        x, labels = points()
        dataset = tf.data.Dataset.from_tensor_slices(({'x': x, 'word': labels % 2}, labels))
        dataset = dataset.repeat()
        return (dataset.shuffle(64) if shuffle else dataset).batch(16)

    return input_fn


def custom_estimator(tf):
    def model_fn(features, labels, mode):
        training = mode == tf.estimator.ModeKeys.TRAIN
        hidden = tf.layers.dense(features['x'], 16, tf.nn.relu)
        hidden = tf.layers.dropout(hidden, 0.4, training=training)
        loss = tf.losses.sparse_softmax_cross_entropy(labels, tf.layers.dense(hidden, 3))
        train = tf.train.AdamOptimizer(0.01).minimize(loss, tf.train.get_global_step())
        return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train)

    return _train(tf, lambda config: tf.estimator.Estimator(model_fn, config=config), _named_points(tf, shuffle=True))


def cnn_estimator(tf):
    def model_fn(features, labels, mode):
        hidden = tf.layers.conv2d(features, 4, 3, activation=tf.nn.relu)
        hidden = tf.layers.batch_normalization(hidden, training=True)
        hidden = tf.layers.dense(tf.layers.flatten(tf.layers.max_pooling2d(hidden, 2, 2)), 3)
        loss = tf.losses.sparse_softmax_cross_entropy(labels, hidden)
        with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
            train = tf.train.GradientDescentOptimizer(0.1).minimize(loss, tf.train.get_global_step())
        return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train)

    def input_fn():
        return tf.data.Dataset.from_tensor_slices(pictures()).shuffle(16).batch(8).repeat()

    return _train(tf, lambda config: tf.estimator.Estimator(model_fn, config=config), input_fn)


def _first_loss(tf, make, input_fn):
    """Losses of an Estimator that keeps them out of the collection: from its event file."""
    protocol = tf.ConfigProto(intra_op_parallelism_threads=1, inter_op_parallelism_threads=1)
    with tempfile.TemporaryDirectory() as folder:
        config = tf.estimator.RunConfig(
            folder, tf_random_seed=SEED, session_config=protocol, save_summary_steps=1, log_step_count_steps=1000
        )
        make(config).train(input_fn, steps=STEPS)
        (path,) = tf.gfile.Glob(folder + '/events*')
        values = [value for event in tf.train.summary_iterator(path) for value in event.summary.value]
        return [value.simple_value for value in values if value.tag == 'loss']


def dnn_classifier(tf):
    columns = [tf.feature_column.numeric_column('x', [8])]
    return _first_loss(
        tf,
        lambda config: tf.estimator.DNNClassifier([16, 8], columns, n_classes=3, dropout=0.2, config=config),
        _named_points(tf),
    )


def linear_classifier(tf):
    columns = [tf.feature_column.numeric_column('x', [8])]
    return _first_loss(
        tf, lambda config: tf.estimator.LinearClassifier(columns, n_classes=3, config=config), _named_points(tf, True)
    )


def wide_and_deep(tf):
    word = tf.feature_column.categorical_column_with_identity('word', 2)
    deep = [tf.feature_column.numeric_column('x', [8]), tf.feature_column.embedding_column(word, 2)]
    return _first_loss(
        tf,
        lambda config: tf.estimator.DNNLinearCombinedClassifier(
            linear_feature_columns=[word],
            dnn_feature_columns=deep,
            dnn_hidden_units=[8],
            n_classes=3,
            config=config,
        ),
        _named_points(tf),
    )
