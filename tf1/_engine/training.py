"""Optimizers, decays and savers that build TF 1.15's nodes."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1._engine.replacements import Function

Decayed = tf.Tensor | Callable[[], tf.Tensor]


def polynomial_decay(usual: Function) -> Function:
    """Returns `tf.train.polynomial_decay` whose steps are a number for themselves, as a plain number of steps is."""

    def ours(
        learning_rate: Any,
        global_step: Any,
        decay_steps: Any,
        end_learning_rate: Any = 0.0001,
        power: Any = 1.0,
        cycle: bool = False,
        name: str | None = None,
    ) -> Decayed:
        if global_step is None:
            return usual(learning_rate, global_step, decay_steps, end_learning_rate, power, cycle, name)
        given = [learning_rate, global_step, decay_steps, end_learning_rate, power]
        with tf.name_scope(name, 'PolynomialDecay', given) as scope:
            rate = tf.convert_to_tensor(learning_rate, name='initial_learning_rate')
            end, power, step = (tf.cast(value, rate.dtype) for value in (end_learning_rate, power, global_step))
            steps = tf.cast(decay_steps, rate.dtype)
            if cycle:
                # Whole cycles, at least one.
                cycles = tf.cond(tf.equal(step, 0), lambda: 1.0, lambda: tf.ceil(step / decay_steps))
                steps = tf.multiply(steps, cycles)
            else:
                step = tf.minimum(step, decay_steps)
            share = tf.divide(step, steps)
            return tf.add(tf.multiply(rate - end, tf.pow(1 - share, power)), end, name=scope)

    return ours


def create_ftrl_slots(usual: Function) -> Function:
    """Returns what makes the slots of Ftrl, whose first values are a constant of the graph."""

    def ours(self: Any, var_list: Sequence[tf.Variable]) -> None:
        if not all(variable.shape.is_fully_defined() for variable in var_list):
            usual(self, var_list)
            return
        for variable in var_list:
            with tf.colocate_with(variable):
                start = tf.constant(self._initial_accumulator_value, variable.dtype.base_dtype, variable.shape)
            self._get_or_make_slot(variable, start, 'accum', self._accum_name or self._name)
            self._zeros_slot(variable, 'linear', self._linear_name or self._name)

    return ours


def prepare_ftrl(usual: Function) -> Function:
    """Returns what makes tensors of Ftrl's parameters; there is no `beta` among those of TF 1.15."""

    def ours(self: Any) -> None:
        if self._beta:
            usual(self)
            return
        self._learning_rate_tensor = tf.convert_to_tensor(self._learning_rate, name='learning_rate')
        self._l1_regularization_strength_tensor = tf.convert_to_tensor(
            self._l1_regularization_strength, name='l1_regularization_strength'
        )
        self._adjusted_l2_regularization_strength_tensor = tf.convert_to_tensor(
            self._l2_regularization_strength, name='l2_regularization_strength'
        )
        self._l2_shrinkage_regularization_strength_tensor = tf.convert_to_tensor(
            self._l2_shrinkage_regularization_strength, name='l2_shrinkage_regularization_strength'
        )
        self._learning_rate_power_tensor = tf.convert_to_tensor(self._learning_rate_power, name='learning_rate_power')

    return ours


def sharded_save(usual: Function) -> Function:
    """Returns what saves a checkpoint in shards: in a folder beside it, then merged."""

    def ours(self: Any, checkpoint_prefix: tf.Tensor, per_device: Sequence[tuple[str, list[Any]]]) -> tf.Tensor:
        beside = tf.strings.join([checkpoint_prefix, f'_temp_{uuid.uuid4().hex}/part'])
        num_shards = tf.constant(len(per_device), name='num_shards')
        prefixes, saves = [], []
        for shard, (device, saveables) in enumerate(per_device):
            with tf.device(_on_cpu(device)):
                prefixes.append(self.sharded_filename(beside, shard, num_shards))
                saves.append(self._AddSaveOps(prefixes[-1], saveables))
        with tf.control_dependencies([save.op for save in saves]), tf.device(_on_cpu(per_device[-1][0])):
            merged = tf.raw_ops.MergeV2Checkpoints(
                checkpoint_prefixes=prefixes, destination_prefix=checkpoint_prefix, delete_old_dirs=True
            )
            with tf.control_dependencies([merged]):
                return tf.identity(checkpoint_prefix)

    return ours


def _on_cpu(device: str | None) -> str:
    spec = tf.DeviceSpec.from_string(device or '')
    return spec.replace(device_type='CPU', device_index=0).to_string()
