from __future__ import annotations

import numpy as np
import pytest

from tools.conversion import names
from tools.conversion.errors import ConversionError

_LINEAR, _MLP, _E = names.SYSTEMS['linear'], names.SYSTEMS['mlp'], names.SYSTEMS['batchnorm_cnn']
_SHAPES = {'dense/kernel': [4, 3], 'dense/bias': [3], 'dense_1/kernel': [3, 2], 'dense_1/bias': [2]}


def zeros(shapes):
    return {name: np.zeros(shape, np.float32) for name, shape in shapes.items()}


@pytest.fixture
def mlp():
    """A checkpoint of a small perceptron after 2 steps."""
    values = zeros(_SHAPES)
    values |= {f'{name}/{slot}': value + 1 for name, value in zeros(_SHAPES).items() for slot in ('Adam', 'Adam_1')}
    beta1, beta2 = np.float32(0.9), np.float32(0.999)
    return {
        **values,
        'beta1_power': beta1 * beta1 * beta1,
        'beta2_power': beta2 * beta2 * beta2,
        'global_step': np.int64(2),
    }


def test_adams_slots_are_momentum_and_velocity(mlp):
    mlp['dense/kernel/Adam'][:] = 2
    mlp['dense/kernel/Adam_1'][:] = 3
    arrays = names.to_keras(mlp, _MLP)
    assert arrays['iterations'] == 2
    assert sorted(arrays) == sorted(
        ['iterations'] + [f'{kind}/{name}' for kind in ('weights', 'momentum', 'velocity') for name in _SHAPES]
    )
    assert arrays['momentum/dense/kernel'].tolist() == [[2] * 3] * 4
    assert arrays['velocity/dense/kernel'].tolist() == [[3] * 3] * 4


def test_there_and_back_is_the_same(mlp):
    back = names.to_checkpoint(names.to_keras(mlp, _MLP), _MLP, _SHAPES)
    assert back.keys() == mlp.keys()
    assert all(np.array_equal(back[name], mlp[name]) for name in mlp)


def test_biases_of_two_axes_lose_one_and_get_it_back():
    shapes = {name: [1, 2] for _, name in names.variables(_E)}
    arrays = names.to_keras(zeros(shapes), _E)
    assert arrays['weights/conv1/bias'].shape == (2,)
    assert arrays['weights/conv1/kernel'].shape == (1, 2)
    whole = {
        f'{kind}/{name}': arrays[f'weights/{name}']
        for kind in ('momentum', 'velocity')
        for name, _ in names.variables(_E)
    }
    back = names.to_checkpoint({**arrays, **whole, 'iterations': np.int64(0)}, _E, shapes)
    assert back['conv1/biases'].shape == back['conv1/biases/Adam_1'].shape == (1, 2)


def test_gradient_descent_counts_by_the_global_step():
    arrays = names.to_keras({**zeros({'dense/kernel': [4, 3], 'dense/bias': [3]}), 'global_step': np.int64(9)}, _LINEAR)
    assert sorted(arrays) == ['iterations', 'weights/dense/bias', 'weights/dense/kernel']
    assert arrays['iterations'] == 9


def test_a_whole_checkpoint_passes(mlp):
    names.check('ckpt', mlp, _MLP, _SHAPES)


def test_a_checkpoint_without_any_slot_passes_and_counts_nothing(mlp):
    bare = {name: value for name, value in mlp.items() if name in _SHAPES or name == 'global_step'}
    names.check('ckpt', bare, _MLP, _SHAPES)
    assert 'iterations' not in names.to_keras(bare, _MLP)


@pytest.mark.parametrize(
    ('change', 'text'),
    [
        ({'dense/kernel/Adam': None}, 'dense/kernel/Adam is not in it'),
        ({'beta2_power': None}, 'beta2_power is not in it'),
        ({'dense/bias': np.zeros(5)}, r'dense/bias is \[5\] there and \[3\] in the model'),
        ({'conv2d/kernel': np.zeros(5)}, 'conv2d/kernel is not in the model'),
    ],
)
def test_a_checkpoint_of_another_model_is_refused(mlp, change, text):
    values = {name: value for name, value in {**mlp, **change}.items() if value is not None}
    with pytest.raises(
        ConversionError, match=rf'^ckpt belongs to another model: {text}\. Name the model that wrote it, or rename'
    ):
        names.check('ckpt', values, _MLP, _SHAPES)


def test_many_faults_are_counted():
    # Missing are 4 weights, 8 slots, a beta power and the global step; one is not known.
    with pytest.raises(ConversionError, match='dense/kernel is not in it; .* and 11 more'):
        names.check('ckpt', {'beta1_power': np.float32(1), 'other': np.zeros(1)}, _MLP, _SHAPES)
