from __future__ import annotations

import pytest

import tf1 as tf

_experimental = tf.keras.mixed_precision.experimental


@pytest.mark.parametrize(
    ('name', 'compute', 'variable'),
    [
        ('float64', 'float64', 'float64'),
        ('infer', 'float32', 'float32'),
        ('mixed_float16', 'float16', 'float32'),
        ('float16_with_float32_vars', 'float16', 'float32'),
        ('bfloat16_with_float32_vars', 'bfloat16', 'float32'),
    ],
)
def test_a_policy_has_the_types_that_its_name_had_in_tf_1_15(name, compute, variable):
    policy = _experimental.Policy(name)
    assert (policy.compute_dtype, policy.variable_dtype) == (compute, variable)


def test_the_policy_that_is_set_is_that_of_new_layers():
    _experimental.set_policy('float16_with_float32_vars')
    try:
        assert _experimental.global_policy().name == 'mixed_float16'
        assert tf.keras.layers.Dense(1).dtype == 'float32'
        assert tf.keras.layers.Dense(1)(tf.keras.layers.Input([2])).dtype == tf.float16
    finally:
        _experimental.set_policy(None)
    assert tf.keras.layers.Dense(1)(tf.zeros([1, 2], tf.float64)).dtype == tf.float64


def test_a_loss_scale_is_a_number_or_dynamic():
    optimizer = tf.keras.optimizers.SGD(0.1)
    fixed = _experimental.LossScaleOptimizer(optimizer, 128)
    assert (fixed.dynamic, float(fixed.initial_scale)) == (False, 128.0)
    assert _experimental.LossScaleOptimizer(tf.keras.optimizers.SGD(0.1), 'dynamic').dynamic is True


@pytest.mark.parametrize('scale', [0, -1, 'static', None])
def test_another_loss_scale_is_refused(scale):
    with pytest.raises(ValueError, match=rf"^loss_scale must be a number > 0 or 'dynamic', got {scale!r}\.$"):
        _experimental.LossScaleOptimizer(tf.keras.optimizers.SGD(0.1), scale)
