from __future__ import annotations

import importlib
import sys
import traceback

import pytest

import tf1 as tf
from tf1._run import tracebacks


def frames(error):
    return [frame.name for frame in traceback.extract_tb(error.__traceback__)]


def test_frames_of_the_namespace_are_left_out():
    with pytest.raises(AttributeError) as caught:
        tf.train.SummaryWriter  # noqa: B018
    assert len(frames(caught.value)) > 1
    tracebacks.strip(caught.value)
    assert frames(caught.value) == ['test_frames_of_the_namespace_are_left_out']


def test_so_are_those_of_imports_and_of_the_errors_that_led_to_one(installed, tmp_path, monkeypatch):
    (tmp_path / 'broken_program.py').write_text('import tensorflow.contrib.nope\n')
    monkeypatch.syspath_prepend(tmp_path)

    def fail():
        try:
            importlib.import_module('broken_program')
        except ImportError as error:
            raise ValueError('no') from error

    with pytest.raises(ValueError, match='no') as caught:
        fail()
    tracebacks.strip(caught.value)
    assert frames(caught.value)[1:] == ['fail']
    assert frames(caught.value.__cause__) == ['fail', '<module>']


def test_errors_that_refer_to_each_other_are_gone_through_once():
    first, second = ValueError('1'), ValueError('2')
    first.__context__, second.__context__ = second, first
    tracebacks.strip(first)
    assert (first.__traceback__, second.__traceback__) == (None, None)


def test_a_hook_of_the_programs_own_is_called(monkeypatch):
    calls = []
    monkeypatch.setattr(sys, 'excepthook', lambda *arguments: calls.append(arguments))
    tracebacks.show_as_python_would()
    error = ValueError('x')
    sys.excepthook(ValueError, error, None)
    assert calls == [(ValueError, error, None)]
