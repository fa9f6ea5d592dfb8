from __future__ import annotations

import collections
import importlib
import os

import numpy
import pytest

import tf1
from tf1._backports.user_code import UserCode


@pytest.mark.parametrize(
    ('names', 'owned'),
    [
        ({'__name__': '__main__', '__file__': collections.__file__}, True),
        ({'__name__': '__mp_main__'}, True),
        ({}, True),  # exec(source, {}) of a program's configuration file
        ({'__name__': 'models', '__file__': '/home/me/project/models.py'}, True),
        ({'__name__': 'models', '__file__': '/home/me/.venv/lib/python3.11/site-packages/models.py'}, False),
        ({'__name__': 'models', '__file__': '/usr/lib/python3/dist-packages/models.py'}, False),
        ({'__name__': 'made_at_run_time'}, False),
        ({'__name__': 'importlib._bootstrap'}, False),
    ],
)
def test_the_program_is_what_is_no_library(names, owned):
    assert UserCode().owns(names) is owned


@pytest.mark.parametrize('module', [collections, importlib, numpy, tf1], ids=lambda module: module.__name__)
def test_python_installed_packages_and_tf1_are_libraries(module):
    assert not UserCode().owns(vars(module))
    assert not UserCode().owns(vars(module))  # once more, remembered


def test_a_package_that_is_run_is_the_program_though_it_is_installed():
    path = os.path.join(os.path.dirname(numpy.__file__), '..', 'bert', 'run.py')
    assert UserCode(['bert']).owns({'__name__': 'bert.run', '__file__': path})
    assert not UserCode(['bert']).owns({'__name__': 'bertha.run', '__file__': path})
