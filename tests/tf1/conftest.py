"""What tests of `python -m tf1.run` and `tf1.install()` share."""

from __future__ import annotations

import pytest

from tf1._install import Installation
from tf1._notes import Notes
from tf1._program import Program


@pytest.fixture
def installed():
    """This process, and with it the test, as a TF 1 program until the test ends."""
    installation = Installation(Program(), Notes())
    installation.install()
    yield installation
    installation.remove()
