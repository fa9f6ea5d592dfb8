from __future__ import annotations

import builtins
import collections
import importlib
import multiprocessing.spawn
import sys
import time

import matplotlib.style
import numpy as np
import pytest

import tf1
from tf1._backports.notices import Notices
from tf1._backports.user_code import UserCode
from tf1._run.install import Installation


def test_install_twice_is_once_and_removed_it_leaves_nothing_behind():
    def state():
        return (
            builtins.__import__,
            importlib.import_module,
            multiprocessing.spawn.get_preparation_data,
            matplotlib.style.use,
            matplotlib.style.context,
            collections.__dict__.get('__getattr__'),
            time.__dict__.get('__getattr__'),
            np.__getattr__,
            np.reshape,
            hasattr(np.ndarray, 'tostring'),
        )

    before = state()
    tf1.install()
    try:
        import multiprocessing as mp  # noqa: F401

        import matplotlib.pyplot as plt
        import tensorflow as tf

        once = state()
        tf1.install()
        assert state() == once
        assert not any(old is new for old, new in zip(before[:-1], once[:-1], strict=True))
        assert tf is tf1
        assert plt.style.use is matplotlib.style.use
    finally:
        builtins.__import__.__self__._watcher.remove()
    assert state() == before
    import tensorflow as tf

    assert tf is sys.modules['tensorflow'] is not tf1


class TestNotes:
    def test_each_lost_name_is_said_once(self, capsys):
        installation = Installation(UserCode(), Notices('tf1.run'))
        installation.install()
        try:
            for _ in range(2):
                assert np.product([2, 3]) == 6
                assert collections.Mapping is collections.abc.Mapping
        finally:
            installation.remove()
        assert capsys.readouterr().err.splitlines() == [
            'tf1.run: np.product is gone; np.prod stands in for it.',
            'tf1.run: collections.Mapping is gone; collections.abc.Mapping stands in for it.',
        ]


class TestPrivateModules:
    def test_they_answer_for_names_that_moved(self, installed, capsys):
        from tensorflow.python import pywrap_tensorflow
        from tensorflow.python.framework.ops import Tensor
        from tensorflow.python.ops import array_ops, control_flow_ops

        assert control_flow_ops.cond is tf1.cond
        assert pywrap_tensorflow.NewCheckpointReader is tf1.train.NewCheckpointReader
        assert Tensor is tf1.Tensor
        assert array_ops.concat is sys.modules['tensorflow.python.ops.array_ops'].concat
        assert capsys.readouterr().err.splitlines() == [
            'tf1: tensorflow.python.framework.ops.Tensor is gone; tf.Tensor stands in for it.',
            'tf1: tensorflow.python.ops.control_flow_ops.cond is gone; tf.cond stands in for it.',
        ]

    def test_a_name_that_never_was_is_missing_from_them(self, installed):
        from tensorflow.python.ops import array_ops

        with pytest.raises(AttributeError, match='nope'):
            array_ops.nope  # noqa: B018
        assert not hasattr(array_ops, '_nope')
