from __future__ import annotations

import re

import pytest

import tf1 as tf
from tf1.estimator.canned import optimizers


def test_a_name_gets_the_learning_rate():
    assert isinstance(optimizers.optimizer_of('RMSProp', 0.05), tf.train.RMSPropOptimizer)
    with tf.Graph().as_default(), tf.Session() as session:
        x = tf.Variable(1.0)
        step = optimizers.optimizer_of('SGD', 0.25).minimize(x)
        session.run(tf.global_variables_initializer())
        session.run(step)
        assert session.run(x) == 0.75


def test_an_optimizer_or_a_function_of_one_is_taken_as_it_is():
    adam = tf.train.AdamOptimizer()
    assert optimizers.optimizer_of(adam, 0.05) is adam
    assert optimizers.optimizer_of(lambda: adam, 0.05) is adam


@pytest.mark.parametrize(
    ('given', 'message'),
    [
        ('Adax', "must be one of ['Adagrad', 'Adam', 'Ftrl', 'RMSProp', 'SGD'] if it is a name, got 'Adax'."),
        (lambda: 3, 'must be a name, a tf.train.Optimizer or a function of one, got 3.'),
        (0.1, 'must be a name, a tf.train.Optimizer or a function of one, got 0.1.'),
    ],
)
def test_anything_else_is_refused(given, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        optimizers.optimizer_of(given, 0.05)


def test_the_learning_rate_of_a_linear_model_falls_with_its_columns():
    assert optimizers.linear_learning_rate([None] * 100, 0.2) == 0.1
    assert optimizers.linear_learning_rate([None] * 4, 0.2) == 0.2


@pytest.mark.parametrize('columns', [[], None])
def test_a_linear_model_needs_a_column(columns):
    with pytest.raises(ValueError, match=re.escape(f'feature_columns must hold a column at least, got {columns!r}.')):
        optimizers.linear_learning_rate(columns, 0.2)
