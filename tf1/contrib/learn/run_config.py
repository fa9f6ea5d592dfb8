"""`tf.contrib.learn.RunConfig`: a `tf.estimator.RunConfig` made of the arguments of its forerunner."""

from __future__ import annotations

import tf1 as tf


class RunConfig(tf.estimator.RunConfig):
    """Settings of an Estimator; those not listed here are as in `tf.estimator.RunConfig`.

    Args:
      master: address of the session's server; None for what TF_CONFIG says.
      num_cores: threads within and between operations; 0 leaves it to TensorFlow.
      log_device_placement: whether to log where operations run.
      gpu_memory_fraction: share of each GPU's memory that is taken, in (0, 1].
      tf_random_seed: graph-level seed.
      save_summary_steps: steps between summaries.
      save_checkpoints_secs: seconds between checkpoints; 0 for 600, unless `save_checkpoints_steps` is given.
      save_checkpoints_steps: steps between checkpoints.
      keep_checkpoint_max: how many recent checkpoints stay.
      keep_checkpoint_every_n_hours: hours after which one checkpoint is kept for good.
      log_step_count_steps: steps between log lines.
      protocol: of a server.
      evaluation_master: address of the server of evaluations.
      model_dir: folder of checkpoints and event files.
      session_config: of every session; it goes before the arguments that describe one.
      session_creation_timeout_secs: longest wait of a worker for the chief, in seconds.

    Raises:
      ValueError: as `tf.estimator.RunConfig`.
    """

    def __init__(
        self,
        master: str | None = None,
        num_cores: int = 0,
        log_device_placement: bool = False,
        gpu_memory_fraction: float = 1,
        tf_random_seed: int | None = None,
        save_summary_steps: int | None = 100,
        save_checkpoints_secs: float | None = 0,
        save_checkpoints_steps: int | None = None,
        keep_checkpoint_max: int | None = 5,
        keep_checkpoint_every_n_hours: float = 10000,
        log_step_count_steps: int | None = 100,
        protocol: str | None = None,
        evaluation_master: str = '',
        model_dir: str | None = None,
        session_config: tf.ConfigProto | None = None,
        session_creation_timeout_secs: int = 7200,
    ):
        if save_checkpoints_secs == 0:
            save_checkpoints_secs = 600 if save_checkpoints_steps is None else None
        if session_config is None and (num_cores or log_device_placement or gpu_memory_fraction != 1):
            session_config = _session_config(num_cores, log_device_placement, gpu_memory_fraction)
        super().__init__(
            model_dir=model_dir,
            tf_random_seed=tf_random_seed,
            save_summary_steps=save_summary_steps,
            save_checkpoints_steps=save_checkpoints_steps,
            save_checkpoints_secs=save_checkpoints_secs,
            session_config=session_config,
            keep_checkpoint_max=keep_checkpoint_max,
            keep_checkpoint_every_n_hours=keep_checkpoint_every_n_hours,
            log_step_count_steps=log_step_count_steps,
            protocol=protocol,
            session_creation_timeout_secs=session_creation_timeout_secs,
        )
        self._cluster = self._cluster._replace(
            master=self._cluster.master if master is None else master,
            evaluation_master=evaluation_master or self._cluster.evaluation_master,
        )

    @property
    def tf_config(self) -> tf.ConfigProto | None:
        """The settings of sessions; None where all are TensorFlow's own."""
        return self.session_config


def _session_config(num_cores: int, log_device_placement: bool, gpu_memory_fraction: float) -> tf.ConfigProto:
    return tf.ConfigProto(
        allow_soft_placement=True,
        log_device_placement=log_device_placement,
        inter_op_parallelism_threads=num_cores,
        intra_op_parallelism_threads=num_cores,
        gpu_options=tf.GPUOptions(per_process_gpu_memory_fraction=gpu_memory_fraction),
    )
