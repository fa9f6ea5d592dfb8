from __future__ import annotations

import numpy as np
import pytest

from tf1 import _restored_printing
from tf1._install import Installation
from tf1._notes import Notes
from tf1._program import Program


@pytest.fixture(autouse=True)
def style():
    """The style of NumPy itself, before and after."""
    with np.printoptions(legacy=False):
        yield


def test_scalars_of_a_program_print_as_before_numpy_2_and_as_today_afterwards():
    today = repr([np.float32(0.5)])
    installation = Installation(Program(), Notes())
    installation.install()
    assert repr([np.float32(0.5), np.int64(3), np.bool_(True)]) == '[0.5, 3, True]'
    assert str({'loss': np.float64(0.1)}) == "{'loss': 0.1}"
    installation.remove()
    assert repr([np.float32(0.5)]) == today == '[np.float32(0.5)]'


def test_a_style_that_someone_asked_for_stays():
    np.set_printoptions(legacy='1.13')
    undo = _restored_printing.install()
    assert np.get_printoptions()['legacy'] == '1.13'
    undo()
    assert np.get_printoptions()['legacy'] == '1.13'
