"""Cases of the ready-made Estimators of `tf.contrib.learn`, trained from weights that their names decide."""

import tempfile
import zlib

import numpy as np

_X = np.array([[1, 2], [3, 1], [0, -1], [2, 2], [-1, 0.5]], np.float32)
_TWO = np.array([[0], [1], [0], [1], [0]])
_THREE = np.array([0, 1, 2, 1, 0])
_NUMBERS = np.array([1, 2, 0.5, 3, -1], np.float32)
_WEIGHTS = np.array([1, 2, 1, 0.5, 3], np.float32)


def _start(tf):
    class Start(tf.train.SessionRunHook):
        def begin(self):
            self.assigned = [
                tf.assign(variable, _first(variable.op.name, variable.shape.as_list()))
                for variable in tf.trainable_variables()
                if 'centered_bias' not in variable.op.name
            ]

        def after_create_session(self, session, coord):
            session.run(self.assigned)

    return Start()


def _first(name, shape):
    ramp = np.arange(int(np.prod(shape))) + zlib.crc32(name.encode()) % 1000
    return (0.5 * np.sin(ramp)).reshape(shape).astype(np.float32)


def _input_fn(tf, labels, batch=5):
    def input_fn():
        features = {'x': tf.constant(_X[:batch]), 'w': tf.constant(_WEIGHTS[:batch])}
        kinds = tf.SparseTensor([[i, 0] for i in range(batch)], ['a', 'b', 'a', 'c', 'b'][:batch], [batch, 1])
        return dict(features, kind=kinds), tf.constant(labels[:batch])

    return input_fn


def _numbers(tf, name='x'):
    return tf.contrib.layers.real_valued_column(name, dimension=2)


def _kinds(tf):
    return tf.contrib.layers.sparse_column_with_keys('kind', ['a', 'b', 'c'], combiner='sum')


def _seen(tf, estimator, labels, steps=1, outputs=None):
    """Trains; returns metrics, predictions and the trained variables, with those that optimizers made by name."""
    input_fn = _input_fn(tf, labels)
    estimator.fit(input_fn=input_fn, steps=steps, monitors=[_start(tf)])
    names = estimator.get_variable_names()
    rows = estimator.predict(input_fn=input_fn, outputs=outputs)
    return {
        'names': names,
        'values': {name: estimator.get_variable_value(name) for name in names},
        'evaluated': sorted(estimator.evaluate(input_fn=input_fn, steps=1).items()),
        'rows': [sorted(row.items()) if isinstance(row, dict) else row for row in rows],
    }


def case_dnn_of_three_classes(tf):
    estimator = tf.contrib.learn.DNNClassifier([4, 3], [_numbers(tf)], n_classes=3)
    seen = _seen(tf, estimator, _THREE, 3, ['classes', 'probabilities', 'logits'])
    seen['classes'] = list(estimator.predict_classes(input_fn=_input_fn(tf, _THREE)))
    seen['probabilities'] = estimator.predict_proba(input_fn=_input_fn(tf, _THREE), as_iterable=False)
    return seen


def case_dnn_of_two_weighed_classes(tf):
    estimator = tf.contrib.learn.DNNClassifier(
        [4], [_numbers(tf)], weight_column_name='w', activation_fn='tanh', gradient_clip_norm=0.1, optimizer='SGD'
    )
    return _seen(tf, estimator, _TWO, 3, ['classes', 'probabilities', 'logits', 'logistic'])


def case_dnn_of_an_array(tf):
    estimator = tf.contrib.learn.DNNClassifier([4], [_numbers(tf, '')], n_classes=3, activation_fn=None)
    estimator.fit(_X, _THREE, steps=2, monitors=[_start(tf)])
    two = estimator.evaluate(_X, _THREE, batch_size=3)
    return {'evaluated': sorted(two.items()), 'classes': list(estimator.predict(_X, batch_size=2, as_iterable=True))}


def case_iris(tf):
    learn = tf.contrib.learn
    iris = learn.datasets.load_iris()
    column = tf.contrib.layers.real_valued_column('', dimension=4)
    estimator = learn.DNNClassifier(feature_columns=[column], hidden_units=[10, 20, 10], n_classes=3)
    estimator.fit(x=iris.data, y=iris.target, steps=200, monitors=[_start(tf)])
    found = estimator.evaluate(x=iris.data, y=iris.target)
    samples = np.array([[6.4, 3.2, 4.5, 1.5], [5.8, 3.1, 5.0, 1.7]], float)
    # Rows are shuffled, and sums of floats differ with their order.
    return {
        'accuracy': found['accuracy'],
        'loss': round(float(found['loss']), 4),
        'classes': list(estimator.predict(samples, as_iterable=True)),
    }


def case_dnn_of_embeddings(tf):
    embedding = tf.contrib.layers.embedding_column(_kinds(tf), 2)
    estimator = tf.contrib.learn.DNNRegressor(
        [3],
        [embedding, _numbers(tf)],
        embedding_lr_multipliers={embedding: 0.5},
        optimizer=lambda: tf.train.GradientDescentOptimizer(0.1),
        feature_engineering_fn=lambda features, labels: (dict(features, x=features['x'] / 2), labels),
    )
    return _seen(tf, estimator, _NUMBERS)


def case_dnn_of_two_numbers(tf):
    estimator = tf.contrib.learn.DNNRegressor([3], [_numbers(tf)], label_dimension=2, weight_column_name='w')
    return _seen(tf, estimator, np.stack([_NUMBERS, -_NUMBERS], 1))


def case_linear_of_two_classes(tf):
    estimator = tf.contrib.learn.LinearClassifier([_numbers(tf), _kinds(tf)], weight_column_name='w')
    return _seen(tf, estimator, _TWO, 3, ['classes', 'probabilities', 'logits', 'logistic'])


def case_linear_of_named_classes(tf):
    names = np.array(['u', 'v', 'w'])
    estimator = tf.contrib.learn.LinearClassifier(
        [_kinds(tf)], n_classes=3, label_keys=['u', 'v', 'w'], _joint_weight=True, gradient_clip_norm=0.1
    )
    return _seen(tf, estimator, names[_THREE], 2)


def case_linear_with_a_centered_bias(tf):
    estimator = tf.contrib.learn.LinearRegressor(
        [_numbers(tf)], enable_centered_bias=True, weight_column_name='w', optimizer='SGD'
    )
    seen = _seen(tf, estimator, _NUMBERS)
    # What else is trained may or may not see the new bias: nothing orders the two.
    return {'names': seen['names'], 'bias': seen['values']['linear/regression_head/centered_bias_weight']}


def case_metrics_of_scores(tf):
    learn = tf.contrib.learn
    estimator = learn.DNNRegressor([3], [_numbers(tf)])
    estimator.fit(input_fn=_input_fn(tf, _NUMBERS), steps=1, monitors=[_start(tf)])
    error = tf.metrics.mean_absolute_error
    metrics = [{'a': error}, {('b', 'scores'): error}, {'c': learn.MetricSpec(error, prediction_key='scores')}]
    found = [estimator.evaluate(input_fn=_input_fn(tf, _NUMBERS), steps=1, metrics=metric) for metric in metrics]
    return {'found': [sorted(one.items()) for one in found]}


def case_combined_of_two_classes(tf):
    estimator = tf.contrib.learn.DNNLinearCombinedClassifier(
        linear_feature_columns=[_kinds(tf)],
        dnn_feature_columns=[_numbers(tf)],
        dnn_hidden_units=[3],
        fix_global_step_increment_bug=True,
    )
    return _seen(tf, estimator, _TWO, 1, ['classes', 'probabilities', 'logits', 'logistic'])


def case_combined_counts_two_steps(tf):
    estimator = tf.contrib.learn.DNNLinearCombinedRegressor(
        linear_feature_columns=[_numbers(tf)], dnn_feature_columns=[_numbers(tf)], dnn_hidden_units=[3]
    )
    return {'step': _seen(tf, estimator, _NUMBERS, 3)['values']['global_step']}


def case_combined_of_a_linear_part(tf):
    estimator = tf.contrib.learn.DNNLinearCombinedRegressor(linear_feature_columns=[_numbers(tf)])
    return _seen(tf, estimator, _NUMBERS, 3)


def case_logistic_regressor(tf):
    def model_fn(features, labels, mode):
        weights = tf.get_variable('w', [2, 1], initializer=tf.ones_initializer())
        logits = tf.matmul(features['x'], weights) - 2
        loss = train_op = None
        if labels is not None:
            loss = tf.losses.sigmoid_cross_entropy(labels, logits)
            train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss, tf.train.get_global_step())
        return tf.sigmoid(logits), loss, train_op

    estimator = tf.contrib.learn.LogisticRegressor(model_fn, thresholds=[0.5, 0.9])
    estimator.fit(input_fn=_input_fn(tf, _TWO), steps=2)
    return {
        'evaluated': sorted(estimator.evaluate(input_fn=_input_fn(tf, _TWO), steps=1).items()),
        'rows': list(estimator.predict(input_fn=_input_fn(tf, _TWO))),
    }


def case_export(tf):
    estimator = tf.contrib.learn.LinearClassifier([_numbers(tf)], n_classes=3)
    estimator.fit(input_fn=_input_fn(tf, _THREE), steps=1, monitors=[_start(tf)])
    serving = tf.contrib.learn.build_parsing_serving_input_fn({'x': tf.FixedLenFeature([2], tf.float32)})
    path = estimator.export_savedmodel(tempfile.mkdtemp(), serving).decode()
    example = tf.train.Example()
    example.features.feature['x'].float_list.value.extend([1, 2])
    with tf.Session(graph=tf.Graph()) as session:
        signature = tf.saved_model.loader.load(session, ['serve'], path).signature_def['serving_default']
        tensors = {key: value.name for key, value in signature.outputs.items()}
        served = session.run(tensors, {signature.inputs['inputs'].name: [example.SerializeToString()]})
    return {'method': signature.method_name, 'served': sorted(served.items())}


def case_one_class(tf):
    return {'made': tf.contrib.learn.DNNClassifier([3], [_numbers(tf)], n_classes=1)}


def case_names_of_two_classes(tf):
    return {'made': tf.contrib.learn.LinearClassifier([_numbers(tf)], label_keys=['a', 'b'])}


def case_combined_of_nothing(tf):
    return {'made': tf.contrib.learn.DNNLinearCombinedRegressor()}


def case_labels_that_are_no_integers(tf):
    estimator = tf.contrib.learn.DNNClassifier([3], [_numbers(tf)], n_classes=3)
    estimator.fit(input_fn=_input_fn(tf, _NUMBERS), steps=1)
