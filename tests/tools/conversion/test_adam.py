from __future__ import annotations

import numpy as np
import pytest

from tools.conversion import adam
from tools.conversion.errors import ConversionError


def test_powers_are_rounded_after_each_step():
    # 0.9f * 0.9f = 0.80999994, and 0.81f is 0.81.
    assert adam.beta_powers(0) == (np.float32(0.9), np.float32(0.999))
    assert adam.beta_powers(1) == (np.float32(0.9) * np.float32(0.9), np.float32(0.999) * np.float32(0.999))
    assert adam.beta_powers(1)[0] != np.float32(0.81)


@pytest.mark.parametrize('steps', [0, 1, 5, 60, 829, 5302, 15_640, 40_000, 86_999])
def test_steps_come_back_exactly(steps):
    assert adam.steps_done(*adam.beta_powers(steps)) == steps


def test_steps_agree_with_a_loop():
    powers = [np.float32(0.9), np.float32(0.999)]
    for _ in range(1000):
        powers = [powers[0] * np.float32(0.9), powers[1] * np.float32(0.999)]
    # 0.9 to the power of 1001 is below the normal numbers, which TensorFlow flushes to zero.
    assert adam.beta_powers(1000) == (0, powers[1])


def test_powers_that_have_vanished_stand_for_many_steps():
    assert adam.steps_done(0.0, 0.0) == 87_000
    assert adam.beta_powers(10**7) == adam.beta_powers(87_000)


@pytest.mark.parametrize('powers', [(0.5, 0.999), (0.9, 0.99), (0.81, 0.999), (float('nan'), 0.999)])
def test_powers_of_other_betas_are_refused(powers):
    with pytest.raises(ConversionError, match='not those of any step with betas 0.9 and 0.999: convert a checkpoint'):
        adam.steps_done(*powers)
