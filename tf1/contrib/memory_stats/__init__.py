"""`tf.contrib.memory_stats`: the memory of the first GPU, as int64 scalars in bytes; 0 where there is none."""

from __future__ import annotations

import tf1 as tf
from tf1._namespace import removed

__all__ = ['BytesInUse', 'BytesLimit', 'MaxBytesInUse']
_DEVICE = 'GPU:0'


def BytesInUse() -> tf.Tensor:
    """Returns the memory that tensors take now."""
    return _measured('current', 'BytesInUse')


def MaxBytesInUse() -> tf.Tensor:
    """Returns the most memory that tensors have taken."""
    return _measured('peak', 'MaxBytesInUse')


def BytesLimit() -> tf.Tensor:
    """Returns the memory that tensors may take, as far as TensorFlow tells: the most that they have taken."""
    return _measured('peak', 'BytesLimit')


def _measured(what: str, name: str) -> tf.Tensor:
    def measure() -> int:
        if not tf.config.experimental.list_physical_devices('GPU'):
            return 0
        return tf.config.experimental.get_memory_info(_DEVICE)[what]

    value = tf.py_func(measure, [], tf.int64, name=name)
    value.set_shape([])
    return value


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.memory_stats', name)
