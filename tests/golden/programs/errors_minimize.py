"""Which optimizers ready-made Estimators and heads take, and how they call a user's own."""

from __future__ import annotations

import _errors


def _optimizers(tf):
    class TakesTwo(tf.train.GradientDescentOptimizer):
        def minimize(self, loss, global_step=None):
            return super().minimize(loss, global_step=global_step)

    class NoOptimizer:
        def minimize(self, loss, global_step=None):
            return tf.assign_add(global_step, 1)

    return {
        'of two arguments': lambda: TakesTwo(0.1),
        'a class': lambda: tf.train.AdamOptimizer,
        'of Keras': lambda: tf.keras.optimizers.SGD(0.1),
        'no optimizer': NoOptimizer,
        'an unknown name': lambda: 'Unknown',
        'None': lambda: None,
    }


def _estimators(tf):
    kind, columns = tf.estimator, [tf.feature_column.numeric_column('x')]
    return {
        'LinearClassifier': lambda opt: kind.LinearClassifier(columns, optimizer=opt),
        'DNNRegressor': lambda opt: kind.DNNRegressor([4], columns, optimizer=opt),
        'LinearEstimator': lambda opt: kind.LinearEstimator(kind.BinaryClassHead(), columns, optimizer=opt),
        'LinearEstimator, old head': lambda opt: kind.LinearEstimator(
            tf.contrib.estimator.binary_classification_head(), columns, optimizer=opt
        ),
        'BaselineEstimator': lambda opt: kind.BaselineEstimator(kind.BinaryClassHead(), optimizer=opt),
        'DNNLinearCombinedEstimator': lambda opt: kind.DNNLinearCombinedEstimator(
            kind.BinaryClassHead(), linear_feature_columns=columns, linear_optimizer=opt
        ),
    }


def _spec(tf, head, **fields):
    def build():
        with tf.Graph().as_default():
            tf.train.create_global_step()
            w = tf.get_variable('w', initializer=1.0, use_resource=True)
            given = dict(fields)
            if 'trainable_variables' in given:
                given['trainable_variables'] = given['trainable_variables'](w)
            for name in ('optimizer', 'train_op_fn'):
                if name in given:
                    given[name] = given[name]()
            return head().create_estimator_spec(
                {}, 'train', logits=tf.constant([[1.0]]) * w, labels=tf.constant([[1.0]]), **given
            )

    return build


def _heads(tf):
    sgd, keras_sgd = (lambda: tf.train.GradientDescentOptimizer(0.1)), (lambda: tf.keras.optimizers.SGD(0.1))
    fn = lambda: lambda loss: tf.no_op()  # noqa: E731
    cases = {}
    for age, head in (('new', tf.estimator.RegressionHead), ('old', tf.contrib.estimator.regression_head)):
        cases[age + ' head: tf.train'] = _spec(tf, head, optimizer=sgd)
        cases[age + ' head: function'] = _spec(tf, head, train_op_fn=fn)
        cases[age + ' head: both'] = _spec(tf, head, optimizer=sgd, train_op_fn=fn)
        cases[age + ' head: neither'] = _spec(tf, head)
        cases[age + ' head: a name'] = _spec(tf, head, optimizer=lambda: 'SGD')
        cases[age + ' head: Keras'] = _spec(tf, head, optimizer=keras_sgd)
    for name, variables in (
        ('None', lambda w: None),
        ('a variable', lambda w: w),
        ('a list', lambda w: [w]),
        ('a tuple', lambda w: (w,)),
        ('a dict', lambda w: {'w': w}),
        ('a string', lambda w: 'w'),
    ):
        cases['Keras on ' + name] = _spec(
            tf, tf.estimator.RegressionHead, optimizer=keras_sgd, trainable_variables=variables
        )
    return cases


def run(tf, workdir, texts=None):
    """Returns the outcomes of all pairs of Estimators and optimizers, and of all calls of heads."""

    def input_fn():
        return tf.data.Dataset.from_tensors(({'x': [[1.0]]}, [[1]])).repeat()

    cases = {name: ('', build) for name, build in _heads(tf).items()}
    for estimator, make in _estimators(tf).items():
        for optimizer, new in _optimizers(tf).items():
            cases[f'{estimator}: {optimizer}'] = (
                '',
                lambda make=make, new=new: str(make(new()).train(input_fn, steps=1).get_variable_value('global_step')),
            )
    return _errors.outcomes(cases, texts)
