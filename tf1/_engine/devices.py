"""`tf.config.experimental_list_devices` of TF 1.15."""

from __future__ import annotations

from tf1._namespace import module_loader

_PREFIX = '/job:localhost/replica:0/task:0'


def experimental_list_devices() -> list[str]:
    """Returns the full names of this process's devices, such as '/job:localhost/replica:0/task:0/device:CPU:0'."""
    config = module_loader('tf1._engine')().v2.config
    return [_PREFIX + device.name for device in config.list_logical_devices()]
