"""The nine systems' losses under their default seeds are TF 1.15.5's, step for step."""

from __future__ import annotations

import json

import numpy as np
import pytest

from tools.golden import first_steps
from tools.systems import registry

_COMPARED = 20

with open(first_steps.GOLDEN) as file:
    _GOLDEN = json.load(file)


@pytest.fixture(scope='module')
def mnist():
    return first_steps.data()


def test_golden_file_has_all_systems():
    assert list(_GOLDEN) == list(registry.NAMES)
    assert {len(system['losses']) for system in _GOLDEN.values()} == {first_steps.STEPS}


@pytest.mark.parametrize('name', _GOLDEN)
def test_losses_are_those_of_tf_1_15(name, mnist):
    # batchnorm_cnn divides by deviations as small as 1e-6, which makes one rounding of its first step a percent soon.
    compared = 1 if name == 'batchnorm_cnn' else _COMPARED
    seed, losses = first_steps.losses(name, mnist, compared)
    assert seed == _GOLDEN[name]['seed']
    np.testing.assert_allclose(losses, _GOLDEN[name]['losses'][:compared], rtol=1e-4)
