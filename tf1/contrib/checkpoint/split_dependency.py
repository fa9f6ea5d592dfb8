"""`split_dependency`: one object that is saved as several values, each under a name of its own."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

from tensorflow.python.trackable import base
from tensorflow.python.training.saving import saveable_object

import tf1 as tf

Tensors = dict[str, tf.Tensor]


class _Parts:
    """What the parts of one object share: the values to save, and those restored so far."""

    def __init__(
        self, count: int, fill: Callable[[Tensors], object], consume: Callable[[Tensors], Any], device: str | None
    ):
        self.device = device
        self._count, self._fill, self._consume = count, fill, consume
        self._to_save: Tensors = {}
        self._restored: Tensors = {}

    def value(self, name: str) -> tf.Tensor:
        """Returns what is saved as `name`; the values are made once for a round of all names."""
        if not self._to_save:
            self._fill(self._to_save)
        return self._to_save.pop(name)

    def restore(self, name: str, tensor: tf.Tensor) -> Any:
        """Returns the operation that restores, which the last of the parts has, or one that does nothing."""
        self._restored[name] = tensor
        if len(self._restored) < self._count:
            return tf.no_op()
        restored, self._restored = self._restored, {}
        return self._consume(restored)


class _Saveable(saveable_object.SaveableObject):
    def __init__(self, parts: _Parts, part: str, dtype: tf.DType, name: str):
        spec = saveable_object.SaveSpec(lambda: parts.value(part), '', name, dtype=dtype, device=parts.device)
        super().__init__(spec.tensor, [spec], name)
        self._parts, self._part = parts, part

    def restore(self, restored_tensors: Sequence[tf.Tensor], restored_shapes: object) -> Any:
        return self._parts.restore(self._part, restored_tensors[0])


class _SplitDependency(base.Trackable):
    def __init__(self, parts: _Parts, part: str, dtype: tf.DType):
        self._make = functools.partial(_Saveable, parts, part, dtype)

    def _gather_saveables_for_checkpoint(self) -> dict[str, Callable[..., _Saveable]]:
        return {base.VARIABLE_VALUE_KEY: self._make}


def split_dependency(
    component_names: Sequence[str],
    component_dtypes: Sequence[tf.DType],
    fill_save_buffer_fn: Callable[[Tensors], object],
    consume_restore_buffer_fn: Callable[[Tensors], Any],
    device: str | None,
) -> dict[str, base.Trackable]:
    """Returns an object for each name that a checkpoint can depend on.

    Args:
      component_names: of the parts.
      component_dtypes: their dtypes.
      fill_save_buffer_fn: puts the tensor of each name into the dictionary that it is given.
      consume_restore_buffer_fn: gets such a dictionary from a checkpoint; returns the operation that restores.
      device: where the values are saved from.
    """
    parts = _Parts(len(component_names), fill_save_buffer_fn, consume_restore_buffer_fn, device)
    return {
        name: _SplitDependency(parts, name, tf.as_dtype(dtype))
        for name, dtype in zip(component_names, component_dtypes, strict=True)
    }
