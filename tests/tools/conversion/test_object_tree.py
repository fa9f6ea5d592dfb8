from __future__ import annotations

from tools.conversion import object_tree


def test_slots_stand_apart_from_what_they_belong_to():
    found = object_tree.places(['dense/kernel', 'dense/kernel/Adam', 'dense/kernel_1', 'a/dense/kernel', 'global_step'])
    assert found == {
        'a/dense/kernel': 'model',
        'dense/kernel': 'model',
        'dense/kernel/Adam': 'slots',
        'dense/kernel_1': 'model',
        'global_step': 'model',
    }


def test_dots_are_doubled_in_keys():
    assert object_tree.key('model', 'conv.1/kernel') == 'model/conv..1/kernel/.ATTRIBUTES/VARIABLE_VALUE'
