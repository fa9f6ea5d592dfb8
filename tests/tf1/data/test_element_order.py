"""Datasets and queues give the elements that TF 1.15.5 gave, in its order."""

import json

import numpy as np
import pytest

import tf1
from tf1 import _engine
from tools.golden import data_order

with open(data_order.PATH) as _file:
    _GOLDEN = json.load(_file)

_SEEDED = (
    'shuffle with a seed',
    'shuffle anew in each epoch',
    'shuffle alike in each epoch',
    'interleave',
    'parallel interleave',
    'sample by weights',
    'random in a map',
    'queue of names with a seed',
    'shuffled batches',
)
_HAS_GRAPH_SEEDS = any(patch.__name__ == 'tf1._engine.graph_seeds' for patch in _engine.PATCHES)


def test_the_file_holds_every_pipeline():
    assert set(_GOLDEN) == set(data_order.PIPELINES)


@pytest.mark.filterwarnings('ignore:Seed 87 from outer graph')
@pytest.mark.parametrize('name', data_order.PIPELINES)
def test_a_pipeline_gives_the_elements_in_the_order_of_tf_1_15(name):
    if name not in _SEEDED and not _HAS_GRAPH_SEEDS:
        pytest.skip("Operations without a seed take TF 1.15's from the graph only once its count is kept.")
    found = data_order.elements(tf1, name)
    if isinstance(np.ravel(_GOLDEN[name][0])[0], np.floating):
        np.testing.assert_allclose(found, _GOLDEN[name], rtol=1e-6)
    else:
        assert found == _GOLDEN[name]
