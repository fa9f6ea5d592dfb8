"""`tf.contrib.framework`: its names, and the texts of its errors."""

from __future__ import annotations

import inspect
import logging

import numpy as np
import pytest

import tf1 as tf
from tf1.contrib import framework


def test_every_listed_name_is_there() -> None:
    assert [name for name in framework.__all__ if not hasattr(framework, name)] == []
    assert len(set(framework.__all__)) == len(framework.__all__)


def test_a_missing_name_is_named() -> None:
    with pytest.raises(AttributeError, match=r'tf\.contrib\.framework\.nothing'):
        _ = framework.nothing


@pytest.mark.parametrize(
    ('function', 'arguments'),
    [
        (
            'variable',
            'name shape dtype initializer regularizer trainable collections caching_device device partitioner',
        ),
        ('assign_from_checkpoint_fn', 'model_path var_list ignore_missing_vars reshape_variables'),
        ('filter_variables', 'var_list include_patterns exclude_patterns reg_search'),
        ('smart_case', 'pred_fn_pairs default exclusive name'),
        ('py_func', 'func args kwargs output_types output_shapes stateful name'),
    ],
)
def test_arguments_stand_in_the_order_of_tf_1_15(function: str, arguments: str) -> None:
    names = list(inspect.signature(getattr(framework, function)).parameters)
    assert names[: len(arguments.split())] == arguments.split()


@pytest.mark.parametrize(
    ('call', 'error', 'text'),
    [
        (lambda: framework.get_unique_variable('v'), ValueError, "Couldn't find variable v; get_variables"),
        (lambda: framework.get_variables_to_restore('A'), TypeError, r"include must be .* got 'A'; write \['A'\]"),
        (lambda: framework.smart_cond(2, len, len), TypeError, 'pred must be a Tensor, a bool, 1 or 0, got 2 of int'),
        (lambda: framework.smart_cond(True, 1, len), TypeError, 'true_fn must be callable, got 1'),
        (lambda: framework.smart_case([(False, len)]), ValueError, 'there is no default; give one'),
        (lambda: framework.assert_scalar([1], message='Size:'), ValueError, r'Size: Expected scalar .* shape: \(1,\)'),
        (lambda: framework.with_shape([2], np.zeros([3])), ValueError, r'expected \[2\], got \(3,\)'),
        (lambda: framework.with_shape([None], np.zeros([3])), ValueError, r'integers only, got \[None\]'),
        (lambda: framework.py_func(len), TypeError, 'output_types must be given'),
        (
            lambda: framework.load_checkpoint('/none/x'),
            tf.errors.NotFoundError,
            'any matching files for /none/x',
        ),
        (lambda: framework.assign_from_checkpoint_fn('x', []), ValueError, 'var_list cannot be empty'),
        (lambda: framework.deprecated(None, ''), ValueError, 'instructions must say what to use instead'),
        (lambda: framework.nest.flatten_dict_items([1]), TypeError, 'needs a dictionary, got list'),
    ],
)
def test_an_error_names_the_value_and_the_remedy(call: object, error: type[Exception], text: str) -> None:
    with tf.Graph().as_default(), pytest.raises(error, match=text):
        call()


def test_a_deprecated_function_warns_once(caplog: pytest.LogCaptureFixture) -> None:
    @framework.deprecated('2030-01-01', 'Use g.')
    def old() -> int:
        return 1

    with caplog.at_level(logging.WARNING, 'tensorflow'):
        assert [old(), old()] == [1, 1]
    assert len(caplog.messages) == 1
    assert 'is deprecated and will be removed after 2030-01-01.\nInstructions for updating:\nUse g.' in caplog.text


def test_bounds_broadcast_to_the_shape() -> None:
    spec = framework.BoundedTensorSpec([2], tf.float32, 0, [1, 2], 'n')
    assert spec.minimum.tolist() == 0.0
    assert spec.maximum.tolist() == [1.0, 2.0]
    assert not spec.maximum.flags.writeable
    assert spec == framework.BoundedTensorSpec([2], tf.float32, 0.0, [1.0, 2.0], 'n')
    assert spec != framework.BoundedTensorSpec([2], tf.float32, 0.0, [1.0, 3.0], 'n')
    with pytest.raises(ValueError, match=r'minimum must broadcast to shape \(2,\), got \[0, 1, 2\]'):
        framework.BoundedTensorSpec([2], tf.float32, [0, 1, 2], 3)


def test_bounds_of_a_type_are_those_of_its_values() -> None:
    spec = framework.BoundedTensorSpec.from_spec(tf.TensorSpec([2], tf.int32))
    assert (int(spec.minimum), int(spec.maximum)) == (-(2**31), 2**31 - 1)
    assert framework.BoundedTensorSpec.from_spec(spec) == spec
