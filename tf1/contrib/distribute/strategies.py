"""Distribution strategies with the arguments of TF 1.8 to 1.15: the number of GPUs, not a list of devices."""

from __future__ import annotations

from collections.abc import Sequence

import tf1 as tf


class MirroredStrategy(tf.distribute.MirroredStrategy):
    """A copy of the variables on each device.

    Args:
      devices: names of them; None for `num_gpus` GPUs.
      num_gpus: how many GPUs; 0 for the CPU, None for all GPUs that there are, or the CPU if there is none. One may be
        absent: the CPU stands in for it in sessions with `allow_soft_placement`, which Estimators have.
      num_gpus_per_worker: another name for it.
      cross_device_ops: how gradients are added up; None for the default.
      auto_shard_dataset: whether each worker gets a share of the data; one worker is all that there is.
      cross_tower_ops: the old name of `cross_device_ops`.

    Raises:
      ValueError: two of the arguments that say the number of devices are given, or more GPUs than there are.
    """

    def __init__(
        self,
        devices: Sequence[str] | None = None,
        num_gpus: int | None = None,
        num_gpus_per_worker: int | None = None,
        cross_device_ops: tf.distribute.CrossDeviceOps | None = None,
        auto_shard_dataset: bool = False,
        cross_tower_ops: tf.distribute.CrossDeviceOps | None = None,
    ):
        if cross_device_ops is not None and cross_tower_ops is not None:
            raise ValueError('Specify one of cross_device_ops and cross_tower_ops, got both.')
        if num_gpus is not None and num_gpus_per_worker is not None:
            raise ValueError('Specify one of num_gpus and num_gpus_per_worker, got both.')
        count = num_gpus if num_gpus_per_worker is None else num_gpus_per_worker
        if devices is not None and count is not None:
            raise ValueError('Specify one of devices and num_gpus, got both.')
        super().__init__(_devices(count) if devices is None else devices, cross_device_ops or cross_tower_ops)


class ParameterServerStrategy(tf.distribute.experimental.ParameterServerStrategy):
    """Variables on parameter servers; takes the number of GPUs, of which it uses those that it finds."""

    def __init__(self, num_gpus_per_worker: int = 0):
        _devices(num_gpus_per_worker)
        super().__init__()


class CollectiveAllReduceStrategy(tf.distribute.experimental.MultiWorkerMirroredStrategy):
    """Copies of the variables on all workers; takes the number of GPUs, of which it uses those that it finds."""

    def __init__(
        self,
        num_gpus_per_worker: int = 0,
        communication: tf.distribute.experimental.CollectiveCommunication = (
            tf.distribute.experimental.CollectiveCommunication.AUTO
        ),
    ):
        _devices(num_gpus_per_worker)
        super().__init__(communication)


class TPUStrategy(tf.distribute.experimental.TPUStrategy):
    """For TPUs; the arguments that only contrib had are without effect."""

    def __init__(
        self,
        tpu_cluster_resolver: tf.distribute.cluster_resolver.ClusterResolver | None = None,
        steps_per_run: int | None = None,
        device_assignment: object = None,
        **unused: object,
    ):
        super().__init__(tpu_cluster_resolver, steps_per_run, device_assignment)


def _devices(gpus: int | None) -> list[str] | None:
    """Returns the names of the first `gpus` GPUs, of the CPU for 0, None for None.

    One GPU may be absent, as on TF 1.15: sessions with `allow_soft_placement` put on the CPU what is meant for it. With
    several, reductions between them would wait for ever.

    Raises:
      ValueError: there are less.
    """
    if gpus is None:
        return None
    if gpus == 0:
        return ['/device:CPU:0']
    found = len(tf.config.experimental.list_physical_devices('GPU'))
    if gpus > max(found, 1):
        raise ValueError(f'num_gpus must be <= {max(found, 1)}: this machine has {found} GPUs, got {gpus}.')
    return [f'/device:GPU:{index}' for index in range(gpus)]
