"""Datasets and queues give the elements that TF 1.15.5 gave, in its order."""

import json

import numpy as np
import pytest

import tf1
from tools.golden import data_order

with open(data_order.PATH) as _file:
    _GOLDEN = json.load(_file)


def test_the_file_holds_every_pipeline():
    assert set(_GOLDEN) == set(data_order.PIPELINES)


@pytest.mark.filterwarnings('ignore:Seed 87 from outer graph')
@pytest.mark.parametrize('name', data_order.PIPELINES)
def test_a_pipeline_gives_the_elements_in_the_order_of_tf_1_15(name):
    if name in ('dropout in a map', 'shuffle and map') and not hasattr(tf1.random_uniform, '_tf1_usual'):
        pytest.skip("These count on random_uniform's nodes, which are TensorFlow's here.")
    found = data_order.elements(tf1, name)
    if np.ravel(_GOLDEN[name][:1]).dtype.kind == 'f':
        np.testing.assert_allclose(found, _GOLDEN[name], rtol=1e-6)
    else:
        assert found == _GOLDEN[name]
