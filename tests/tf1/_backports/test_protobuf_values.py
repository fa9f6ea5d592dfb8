"""What TF 1.15.5, with the protobuf of its time, makes of bools and of what is no number."""

from __future__ import annotations

import numpy as np
import pytest

import tf1 as tf
from tf1._backports.notices import Notices
from tf1._backports.user_code import UserCode
from tf1._run.install import Installation

Int64List = tf.train.Int64List


def _extended(start, more):
    values = Int64List(value=start).value
    values.extend(more)
    return list(values)


def _appended(value):
    feature = tf.train.Feature()
    feature.int64_list.value.append(value)
    return list(feature.int64_list.value)


def test_bools_are_numbers(installed):
    import tensorflow  # noqa: F401

    assert list(Int64List(value=[2, True, False]).value) == [2, 1, 0]
    assert list(Int64List(value=np.array([True, False])).value) == [1, 0]
    assert list(Int64List(value=(np.bool_(True), 3)).value) == [1, 3]
    assert list(Int64List(value=np.array([True, 5], object)).value) == [1, 5]
    assert list(tf.train.FloatList(value=np.array([True])).value) == [1.0]
    assert _extended([7], [8, True]) == [7, 8, 1]
    assert _extended([7], np.array([True])) == [7, 1]
    assert _appended(np.bool_(True)) == [1]
    assert dict(tf.ConfigProto(device_count={'GPU': False}).device_count) == {'GPU': 0}
    assert tf.Event(step=True).step == 1
    assert tf.ConfigProto(allow_soft_placement=1).allow_soft_placement is True


@pytest.mark.parametrize('wrong', [[1.5], ['a'], np.array([2.0]), [None]])
def test_others_are_refused(installed, wrong):
    import tensorflow  # noqa: F401

    with pytest.raises(TypeError):
        Int64List(value=wrong)
    with pytest.raises(TypeError):
        _extended([1], wrong)


def test_it_is_undone():
    installation = Installation(UserCode(), Notices())
    usual = Int64List.__init__
    installation.install()
    assert Int64List.__init__ is not usual
    installation.remove()
    assert Int64List.__init__ is usual
