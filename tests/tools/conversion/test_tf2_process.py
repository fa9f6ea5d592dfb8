from __future__ import annotations

import os
import subprocess
import types

import numpy as np
import pytest

from tools.conversion import tf2_process
from tools.conversion.errors import ConversionError
from tools.conversion.tf2_process import Handover


@pytest.fixture
def ended(monkeypatch):
    """Lets the process end with a status and what it wrote to standard error."""

    def end(status, stderr):
        process = types.SimpleNamespace(returncode=status, stderr=stderr)
        monkeypatch.setattr(subprocess, 'run', lambda *args, **kwargs: process)

    return end


def test_arrays_arrive_under_their_names():
    with Handover() as handover:
        path = handover.give(images=np.arange(3), **{'weights/dense/kernel': np.ones(2)})
        found = tf2_process.take(path)
    assert sorted(found) == ['images', 'weights/dense/kernel']
    assert found['images'].tolist() == [0, 1, 2]
    assert not os.path.exists(path)


def test_the_process_does_not_see_what_tf1_sets(monkeypatch):
    monkeypatch.setenv('TF_USE_LEGACY_KERAS', '1')
    monkeypatch.setenv('MINE', '2')
    variables = tf2_process.environment()
    assert 'TF_USE_LEGACY_KERAS' not in variables
    assert variables['KERAS_BACKEND'] == 'tensorflow'
    assert variables['MINE'] == '2'


def test_an_error_that_the_process_tells_is_raised(ended):
    ended(2, 'noise\ntf2_job: x.keras is not a Keras model of cnn\nmore noise\n')
    with Handover() as handover, pytest.raises(ConversionError, match=r'^x\.keras is not a Keras model of cnn$'):
        handover.do({'do': 'read_keras'})


@pytest.mark.parametrize(('stderr', 'said'), [('Traceback\nMemoryError: all\n', 'MemoryError: all'), ('', '-9')])
def test_any_other_end_is_told_by_its_last_line_or_status(ended, stderr, said):
    ended(-9, stderr)
    with Handover() as handover, pytest.raises(ConversionError, match=f'^the process with Keras 3 failed: {said}$'):
        handover.do({'do': 'read_keras'})


def test_no_room_for_arrays_names_the_remedy(monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, 'No space left on device')

    monkeypatch.setattr(np, 'savez', full)
    with Handover() as handover, pytest.raises(ConversionError, match=r'No space left on device\): make room, or set'):
        handover.give(images=np.zeros(1))
