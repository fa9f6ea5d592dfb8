"""Telling slots from variables, on the names that TF 1.15.5 writes."""

from __future__ import annotations

import pytest

from tf1._checkpoint.roles import MODEL, OTHER, SLOT, Role, is_counter, roles

_ENDING = '/.ATTRIBUTES/VARIABLE_VALUE'


def test_a_golden_checkpoint_of_adam_is_told_apart(golden):
    found = roles(golden('cnn').shapes)
    model = [name for name, role in found.items() if role.kind == MODEL]
    layers = ('conv2d', 'dense', 'dense_1')
    assert sorted(model) == [f'{layer}/{part}' for layer in layers for part in ('bias', 'kernel')]
    assert sorted(name for name, role in found.items() if role.kind == OTHER) == [
        'beta1_power',
        'beta2_power',
        'global_step',
    ]
    assert found['conv2d/kernel/Adam'] == Role(SLOT, 'conv2d/kernel', 'Adam m')
    assert found['conv2d/kernel/Adam_1'] == Role(SLOT, 'conv2d/kernel', 'Adam v')
    assert len(found) == 21


@pytest.mark.parametrize(
    ('slots', 'meanings'),
    [
        (['Momentum'], ['Momentum momentum']),
        (['RMSProp', 'RMSProp_1'], ['RMSProp rms', 'RMSProp momentum']),
        (['RMSProp', 'RMSProp_1', 'RMSProp_2'], ['RMSProp rms', 'RMSProp mg', 'RMSProp momentum']),
        (['Adagrad'], ['Adagrad accumulator']),
        (['Adadelta', 'Adadelta_1'], ['Adadelta accum', 'Adadelta accum_update']),
        (['Ftrl', 'Ftrl_1'], ['Ftrl accum', 'Ftrl linear']),
        (['ExponentialMovingAverage'], ['ExponentialMovingAverage average']),
        (['Adam', 'Adam_1', 'Adam_2'], ['Adam m', 'Adam v', 'Adam 2']),
        (['Mine', 'Mine_1'], ['Mine', 'Mine 1']),
    ],
)
def test_slots_of_every_optimiser_have_their_meaning(slots, meanings):
    found = roles({'net/w': (2, 3), **{f'net/w/{slot}': (2, 3) for slot in slots}})
    assert found['net/w'] == Role(MODEL)
    assert [found[f'net/w/{slot}'] for slot in slots] == [Role(SLOT, 'net/w', meaning) for meaning in meanings]


def test_a_slot_needs_its_variable_with_the_same_shape():
    found = roles({'w': (2,), 'w/Adam': (3,), 'Mean/ExponentialMovingAverage': (), 'Adam': (2,), 'a/b': (2,)})
    assert {name: role.kind for name, role in found.items()} == {
        'w': MODEL,
        'w/Adam': OTHER,
        'Mean/ExponentialMovingAverage': OTHER,
        'Adam': MODEL,
        'a/b': MODEL,
    }


def test_the_scope_that_an_optimiser_was_made_in_stands_before_the_variable():
    shapes = {'net/w': (2,), 'opt/net/w/Mine': (2,), 'opt/beta1_power': (), 'x/net/w/Adam': (2,), 'y/net/w/Mine': (2,)}
    found = roles(shapes)
    assert found['opt/net/w/Mine'] == Role(SLOT, 'net/w', 'Mine')
    assert found['x/net/w/Adam'] == Role(SLOT, 'net/w', 'Adam m')
    # Nothing says that y is the scope of an optimiser.
    assert found['y/net/w/Mine'] == Role(MODEL)


def test_an_average_without_bias_has_slots_of_its_own():
    found = roles({'m': (2,), 'm/biased': (2,), 'm/local_step': ()})
    assert found['m/biased'] == Role(SLOT, 'm', 'biased')
    assert found['m/local_step'] == Role(OTHER, 'm', 'steps of the average')


def test_object_based_checkpoints_are_told_apart():
    names = {
        'model/w': (2,),
        'model/w/.OPTIMIZER_SLOT/optimizer/m': (2,),
        'optimizer/_variables/1': (2,),
        'optimizer/beta_1': (),
        'save_counter': (),
        'temperature': (),
    }
    found = roles({'_CHECKPOINTABLE_OBJECT_GRAPH': (), **{name + _ENDING: shape for name, shape in names.items()}})
    assert [found[name + _ENDING] for name in names] == [
        Role(MODEL),
        Role(SLOT, 'model/w' + _ENDING, 'optimizer m'),
        Role(SLOT, None, 'optimizer 1'),
        Role(OTHER),
        Role(OTHER),
        Role(MODEL),
    ]
    assert found['_CHECKPOINTABLE_OBJECT_GRAPH'] == Role(OTHER)


def test_counters_are_known_in_any_scope():
    assert [is_counter(name) for name in ('global_step', 'opt/beta2_power_1', 'my_global_step', 'beta3_power')] == [
        True,
        True,
        False,
        False,
    ]
