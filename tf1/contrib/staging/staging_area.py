"""A buffer of tuples of tensors that lives on a device."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tf1 as tf

_Values = tf.Tensor | Sequence[tf.Tensor] | Mapping[str, tf.Tensor]


class StagingArea:
    """Tuples of tensors, first in, first out, on the device of where it is made; not for eager programs.

    Args:
      dtypes: of the tensors of a tuple.
      shapes: of the tensors; unknown if None.
      names: of the tensors; with these, a tuple is a dictionary.
      shared_name: areas of one name on a device are one area.
      capacity: number of tuples after which `put` waits; no limit if 0.
      memory_limit: number of bytes after which `put` waits; no limit if 0.

    Raises:
      ValueError: another number of shapes or names than of types.
    """

    def __init__(
        self,
        dtypes: Sequence[tf.DType],
        shapes: Sequence[Any] | None = None,
        names: Sequence[str] | None = None,
        shared_name: str | None = None,
        capacity: int = 0,
        memory_limit: int = 0,
    ):
        self._dtypes = [tf.as_dtype(dtype) for dtype in dtypes]
        self._shapes = [tf.TensorShape(shape) for shape in shapes or [None] * len(self._dtypes)]
        self._names = names
        for what, given in (('shapes', self._shapes), ('names', names)):
            if given is not None and len(given) != len(self._dtypes):
                raise ValueError(f'There must be as many {what} as dtypes, {len(self._dtypes)}, got {len(given)}.')
        self._name = shared_name or tf.get_default_graph().unique_name('StagingArea')
        self._limits = {'capacity': capacity, 'memory_limit': memory_limit}
        # All operations go where the first one is.
        with tf.name_scope(f'{self._name}_root'):
            self._place = tf.no_op()

    @property
    def name(self) -> str:
        """Name of the area."""
        return self._name

    @property
    def dtypes(self) -> list[tf.DType]:
        """Types of the tensors."""
        return self._dtypes

    @property
    def shapes(self) -> list[tf.TensorShape]:
        """Shapes of the tensors."""
        return self._shapes

    @property
    def names(self) -> Sequence[str] | None:
        """Names of the tensors, if they have any."""
        return self._names

    @property
    def capacity(self) -> int:
        """Number of tuples after which `put` waits; 0 for no limit."""
        return self._limits['capacity']

    @property
    def memory_limit(self) -> int:
        """Number of bytes after which `put` waits; 0 for no limit."""
        return self._limits['memory_limit']

    def put(self, values: _Values, name: str | None = None) -> tf.Operation:
        """Returns the operation that puts a tuple in, and waits while there is no room.

        Args:
          values: a tensor, a sequence of tensors, or a dictionary if the area has names.
          name: of the operation.

        Raises:
          ValueError: other names, numbers, types or shapes than those of the area.
        """
        tensors = self._checked(values)
        with tf.colocate_with(self._place):
            return tf.raw_ops.Stage(values=tensors, **self._arguments(name, 'put'))

    def get(self, name: str | None = None) -> list[tf.Tensor] | dict[str, tf.Tensor]:
        """Returns a tuple, a list or, with names, a dictionary; it is taken out, as soon as there is one."""
        with tf.colocate_with(self._place):
            tensors = tf.raw_ops.Unstage(dtypes=self._dtypes, **self._arguments(name, 'get'))
        return self._shaped(tensors)

    def peek(self, index: Any, name: str | None = None) -> list[tf.Tensor] | dict[str, tf.Tensor]:
        """Returns the tuple at a position as `get` does, but leaves it there."""
        with tf.colocate_with(self._place):
            tensors = tf.raw_ops.StagePeek(index=index, dtypes=self._dtypes, **self._arguments(name, 'peek'))
        return self._shaped(tensors)

    def size(self, name: str | None = None) -> tf.Tensor:
        """Returns the number of tuples, int32."""
        with tf.colocate_with(self._place):
            return tf.raw_ops.StageSize(dtypes=self._dtypes, **self._arguments(name, 'size'))

    def clear(self, name: str | None = None) -> tf.Operation:
        """Returns the operation that removes all tuples."""
        with tf.colocate_with(self._place):
            return tf.raw_ops.StageClear(dtypes=self._dtypes, **self._arguments(name, 'clear'))

    def _arguments(self, name: str | None, what: str) -> dict[str, Any]:
        return {'shared_name': self._name, 'name': name or f'{self._name}_{what}', **self._limits}

    def _shaped(self, tensors: Sequence[tf.Tensor]) -> list[tf.Tensor] | dict[str, tf.Tensor]:
        for tensor, shape in zip(tensors, self._shapes, strict=True):
            tensor.set_shape(shape)
        return list(tensors) if self._names is None else dict(zip(self._names, tensors, strict=True))

    def _checked(self, values: _Values) -> list[tf.Tensor]:
        if isinstance(values, Mapping) != (self._names is not None):
            raise ValueError(f'{self._name} has the names {self._names}; put a dictionary only into one with names.')
        if isinstance(values, Mapping):
            if sorted(values) != sorted(self._names):
                raise ValueError(f'{self._name} has the names {sorted(self._names)}, got {sorted(values)}.')
            values = [values[name] for name in self._names]
        values = list(values) if isinstance(values, (list, tuple)) else [values]
        if len(values) != len(self._dtypes):
            raise ValueError(f'{self._name} takes {len(self._dtypes)} tensors, got {len(values)}.')
        tensors = [tf.convert_to_tensor(value) for value in values]
        for tensor, dtype, shape in zip(tensors, self._dtypes, self._shapes, strict=True):
            if tensor.dtype.base_dtype != dtype or not tensor.shape.is_compatible_with(shape):
                raise ValueError(f'{self._name} takes {dtype.name} {shape}, got {tensor.dtype.name} {tensor.shape}.')
        return tensors
