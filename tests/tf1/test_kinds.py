"""`isinstance` and `issubclass` answer as on TF 1.15.5; the expected values are what it answers."""

from __future__ import annotations

import numpy as np
import pytest

import tf1 as tf


@pytest.fixture(scope='module')
def made():
    with tf.Graph().as_default():
        cell = tf.nn.rnn_cell
        dataset = tf.data.Dataset.range(3)
        return {
            'reference': tf.get_variable('reference', [2]),
            'resource': tf.get_variable('resource', [2], use_resource=True),
            'own': tf.Variable(1.0),
            'step': tf.train.get_or_create_global_step(),
            'constant': tf.constant(1),
            'no_op': tf.no_op(),
            'dataset': dataset.map(lambda x: x).batch(2).shuffle(3),
            'records': tf.data.TFRecordDataset('x'),
            'adam': tf.train.AdamOptimizer(),
            'lazy': tf.contrib.opt.LazyAdamOptimizer(),
            'dense': tf.layers.Dense(3),
            'keras_dense': tf.keras.layers.Dense(3),
            'lstm': cell.LSTMCell(3),
            'wrapped': cell.DropoutWrapper(cell.GRUCell(3)),
            'block': tf.contrib.rnn.LSTMBlockCell(3),
            'keras_lstm': tf.keras.layers.LSTM(3),
        }


@pytest.mark.parametrize(
    ('kind', 'names'),
    [
        ('Variable', 'own reference resource step'),
        ('compat.v1.Variable', 'own reference resource step'),
        ('compat.v2.Variable', 'own reference resource step'),
        ('Tensor', 'constant'),
        ('Operation', 'no_op'),
        ('data.Dataset', 'dataset records'),
        ('compat.v2.data.Dataset', 'dataset records'),
        ('train.Optimizer', 'adam lazy'),
        ('train.AdamOptimizer', 'adam lazy'),
        ('layers.Layer', 'block dense lstm wrapped'),
        ('layers.Dense', 'dense'),
        ('keras.layers.Layer', 'block dense keras_dense keras_lstm lstm wrapped'),
        ('keras.layers.Dense', 'dense keras_dense'),
        ('nn.rnn_cell.RNNCell', 'block lstm wrapped'),
        ('contrib.rnn.RNNCell', 'block lstm wrapped'),
        ('contrib.rnn.LayerRNNCell', 'block lstm'),
        ('keras.layers.RNN', 'keras_lstm'),
    ],
)
def test_an_object_is_what_it_was(made, kind, names):
    found = tf
    for part in kind.split('.'):
        found = getattr(found, part)
    assert ' '.join(sorted(name for name, value in made.items() if isinstance(value, found))) == names


def test_both_kinds_of_variables_are_subclasses_and_others_are_not(made):
    assert all(issubclass(type(made[name]), tf.Variable) for name in ('reference', 'resource'))
    assert not isinstance(np.zeros(1), tf.Variable)
    assert not issubclass(int, tf.Variable)


def test_a_subclass_of_variable_is_a_kind_of_its_own():
    class Mine(tf.Variable):
        pass

    assert issubclass(Mine, tf.Variable)
    with tf.Graph().as_default():
        assert not isinstance(tf.Variable(1.0), Mine)


@pytest.mark.parametrize(
    'branch', ["tf.__version__ < '2'", "tf.__version__.startswith('1.')", "tf.VERSION.split('.')[0] == '1'"]
)
def test_programs_that_ask_for_the_version_take_the_branch_of_tf_1(branch):
    assert eval(branch, {'tf': tf})
    assert tf.keras.__version__ == '2.2.4-tf'


def test_the_type_of_a_tensor_is_tensor():
    def see(x):
        seen.append((type(x) is tf.Tensor, isinstance(x, tf.Tensor)))
        return x

    seen = []
    with tf.Graph().as_default(), tf.Session() as session:
        x = tf.placeholder(tf.float32, [])
        assert type(x) is tf.Tensor
        assert type(x + 1.0) is tf.compat.v1.Tensor
        assert not isinstance(tf.get_variable('v', []), tf.Tensor)
        session.run(tf.py_function(see, [x], tf.float32), {x: 1.0})
    assert seen == [(False, True)]
