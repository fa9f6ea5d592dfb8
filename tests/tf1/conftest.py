"""What tests of `python -m tf1.run` and `tf1.install()` share."""

from __future__ import annotations

import pytest

from tf1._backports.notices import Notices
from tf1._backports.user_code import UserCode
from tf1._engine import keras_names
from tf1._namespace import absent_packages
from tf1._run.install import Installation


@pytest.fixture(autouse=True)
def names_of_tf_keras(monkeypatch):
    """A test that imports the package `keras` leaves no names of the package behind."""
    monkeypatch.setattr(keras_names, '_zero_based', True)


@pytest.fixture
def installed():
    """This process, and with it the test, as a TF 1 program until the test ends."""
    installation = Installation(UserCode(), Notices())
    installation.install()
    yield installation
    installation.remove()


@pytest.fixture
def no_absent_packages():
    """A test that imports packages of contrib that are absent leaves none of them behind."""
    yield
    absent_packages.forget()
