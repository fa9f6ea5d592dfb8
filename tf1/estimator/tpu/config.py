"""`RunConfig` and `TPUConfig`: the settings of a `TPUEstimator`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from tf1.estimator import run_config
from tf1.estimator.inside.tpu import util

_CORES_PER_REPLICA = (1, 2, 4, 8, 16, 32, 64, 128)


class InputPipelineConfig:
    """How a TPU's hosts are fed, with the values of TF 1.15. On CPU or GPU there is one input, whatever is chosen."""

    PER_SHARD_V1 = 1
    PER_HOST_V1 = 2
    PER_HOST_V2 = 3
    BROADCAST = 4
    SLICED = 5


class _Fields(NamedTuple):
    iterations_per_loop: int | str
    num_shards: int | None
    num_cores_per_replica: int | None
    per_host_input_for_training: int
    tpu_job_name: str | None
    initial_infeed_sleep_secs: int | None
    input_partition_dims: Sequence[Any] | None
    eval_training_input_configuration: int
    experimental_host_call_every_n_steps: int


class TPUConfig(_Fields):
    """Settings of a TPU, an immutable record with the fields, defaults and checks of TF 1.15.

    Nothing reads them on CPU or GPU: they are kept, and shown by `RunConfig.tpu_config`.

    Args:
      iterations_per_loop: steps that a TPU makes before it comes back to the host, or a time as '30s', '5m' or '1h'.
      num_shards: replicas; None for as many as there are.
      num_cores_per_replica: 1, or a power of two to 128, for a model that is split; None for 1.
      per_host_input_for_training: an `InputPipelineConfig` value; True and False stand for PER_HOST_V1, PER_SHARD_V1.
      tpu_job_name: of the cluster's job.
      initial_infeed_sleep_secs: wait of the infeed before the first batch, in seconds.
      input_partition_dims: how features, and labels, are split among the cores of a replica.
      eval_training_input_configuration: PER_HOST_V1 or SLICED.
      experimental_host_call_every_n_steps: steps between two host calls.

    Raises:
      ValueError: a value is out of range.
    """

    __slots__ = ()

    def __new__(
        cls,
        iterations_per_loop=2,
        num_shards=None,
        num_cores_per_replica=None,
        per_host_input_for_training=True,
        tpu_job_name=None,
        initial_infeed_sleep_secs=None,
        input_partition_dims=None,
        eval_training_input_configuration=InputPipelineConfig.PER_HOST_V1,
        experimental_host_call_every_n_steps=1,
    ):
        """Checks the fields and makes the record; see the class."""
        if per_host_input_for_training is True:
            per_host_input_for_training = InputPipelineConfig.PER_HOST_V1
        elif per_host_input_for_training is False:
            per_host_input_for_training = InputPipelineConfig.PER_SHARD_V1
        util.parse_iterations_per_loop(iterations_per_loop)
        if num_shards is not None and num_shards <= 0:
            raise ValueError(f'num_shards must be positive, got {num_shards}.')
        if num_cores_per_replica is not None and num_cores_per_replica not in _CORES_PER_REPLICA:
            raise ValueError(f'num_cores_per_replica must be one of {_CORES_PER_REPLICA}, got {num_cores_per_replica}.')
        if input_partition_dims is not None:
            _check_partitions(input_partition_dims, num_cores_per_replica, per_host_input_for_training)
        if eval_training_input_configuration not in (InputPipelineConfig.PER_HOST_V1, InputPipelineConfig.SLICED):
            raise ValueError(
                'eval_training_input_configuration must be PER_HOST_V1 (2) or SLICED (5), got '
                f'{eval_training_input_configuration}.'
            )
        return super().__new__(
            cls,
            int(iterations_per_loop) if str(iterations_per_loop).isdigit() else iterations_per_loop,
            num_shards,
            num_cores_per_replica,
            per_host_input_for_training,
            tpu_job_name,
            initial_infeed_sleep_secs,
            input_partition_dims,
            eval_training_input_configuration,
            experimental_host_call_every_n_steps,
        )


def _check_partitions(dims: Any, num_cores_per_replica: int | None, input_configuration: int) -> None:
    if not isinstance(dims, (list, tuple)) or len(dims) not in (1, 2):
        raise ValueError(
            f'input_partition_dims must be a list of one or two elements, of features and labels; got {dims!r}.'
        )
    if num_cores_per_replica is None:
        raise ValueError('input_partition_dims requires setting num_cores_per_replica, got None.')
    if input_configuration != InputPipelineConfig.PER_HOST_V2:
        raise ValueError(
            'input_partition_dims needs per_host_input_for_training=InputPipelineConfig.PER_HOST_V2 (3), got '
            f'{input_configuration}.'
        )


class RunConfig(run_config.RunConfig):
    """`tf.estimator.RunConfig` with the settings of a TPU.

    Args:
      tpu_config: a `TPUConfig`; None for the default one.
      evaluation_master: target of the sessions of evaluation and prediction; None for `master`.
      master: target of the sessions; None for this process, or the one that TF_CONFIG names.
      cluster: a `ClusterResolver` that names the target; excludes `master`.
      **kwargs: as for `tf.estimator.RunConfig`.

    Raises:
      ValueError: both `master` and `cluster` are given, or a value is out of range.
    """

    def __init__(
        self,
        tpu_config: TPUConfig | None = None,
        evaluation_master: str | None = None,
        master: str | None = None,
        cluster: Any = None,
        **kwargs: Any,
    ):
        super().__init__(**kwargs)
        if cluster and master:
            raise ValueError(f'Both master and cluster are set, to {master!r} and {cluster!r}; give one of them.')
        self._tpu_config = tpu_config or TPUConfig()
        self._resolver = cluster
        master = cluster.master() if cluster else master
        self._own_master = master
        self._own_evaluation_master = master if evaluation_master is None else evaluation_master

    @property
    def tpu_config(self) -> TPUConfig:
        """The settings of the TPU."""
        return self._tpu_config

    @property
    def cluster(self) -> Any:
        """The `ClusterResolver`, or None."""
        return self._resolver

    @property
    def master(self) -> str:
        """Target of the sessions of training."""
        return self._cluster.master if self._own_master is None else self._own_master

    @property
    def evaluation_master(self) -> str:
        """Target of the sessions of evaluation and prediction."""
        return self._cluster.evaluation_master if self._own_evaluation_master is None else self._own_evaluation_master

    def replace(self, **kwargs: Any) -> RunConfig:
        """Returns a copy with other values, `tpu_config` among them perhaps.

        Raises:
          ValueError: a name cannot be replaced, or a value is out of range.
        """
        tpu_config = kwargs.pop('tpu_config', self._tpu_config)
        new = super().replace(**kwargs)
        new._tpu_config = tpu_config
        return new

    def describe(self) -> dict[str, Any]:
        """Returns all settings by the names that TF 1.15 logs them under."""
        return {**super().describe(), '_tpu_config': self._tpu_config, '_cluster': self._resolver}
