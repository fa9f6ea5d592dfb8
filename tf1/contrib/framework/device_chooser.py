"""`VariableDeviceChooser`: where variables stand, among parameter servers in turn or on one device."""

from __future__ import annotations

import tensorflow.compat.v1 as tf


class VariableDeviceChooser:
    """A device function for variables: each call gives the next parameter server, or always the same device.

    Args:
      num_tasks: number of parameter servers; 0 for none.
      job_name: name of their job.
      device_type: 'CPU' or 'GPU'.
      device_index: number of the device on its machine.
      replica: number of the replica; None for none.
    """

    def __init__(
        self,
        num_tasks: int = 0,
        job_name: str = 'ps',
        device_type: str = 'CPU',
        device_index: int = 0,
        replica: int | None = None,
    ):
        self._num_tasks = num_tasks
        self._job_name = job_name
        self._device_type = device_type
        self._device_index = device_index
        self._replica = replica
        self._next_task = 0

    def __call__(self, op: tf.Operation) -> str:
        """Returns the device string for an operation."""
        spec = tf.DeviceSpec(replica=self._replica, device_type=self._device_type, device_index=self._device_index)
        if self._num_tasks > 0:
            spec = spec.replace(job=self._job_name, task=self._next_task)
            self._next_task = (self._next_task + 1) % self._num_tasks
        return spec.to_string()
