"""Where a model is placed: on several devices of one machine, or on the processes of a cluster."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import tensorflow as tf2
import tensorflow.compat.v1 as tf

from tf1.estimator.inputs.pipeline import StartIterator, split
from tf1.estimator.mode_keys import ModeKeys
from tf1.estimator.run_config import RunConfig
from tf1.estimator.spec import EstimatorSpec

_REMEDY = 'use tf.distribute.MirroredStrategy or OneDeviceStrategy of tf1'


def check(config: RunConfig) -> None:
    """Refuses strategies that do not work here.

    Raises:
      ValueError: `train_distribute` or `eval_distribute` is no strategy of TF 1 for the devices of one machine, or
        there are processes beside this one.
    """
    for name in ('train_distribute', 'eval_distribute'):
        strategy = getattr(config, name)
        if strategy is None:
            continue
        if not isinstance(strategy, tf.distribute.Strategy):
            raise ValueError(f'{name} must be a tf.distribute.Strategy of TF 1, got {strategy!r}: {_REMEDY}.')
        if strategy.extended.experimental_between_graph:
            raise ValueError(f'{name} must be a strategy for the devices of one machine, got {strategy!r}: {_REMEDY}.')
        if config.cluster_spec or getattr(config._experimental_distribute, 'remote_cluster', None):
            raise ValueError(
                f'{name} must be None in a cluster of processes (TF_CONFIG), got {strategy!r}: a '
                'strategy is for the devices of one machine.'
            )


def strategy_of(config: RunConfig, mode: str) -> Any:
    """Returns the strategy that a model is built with in `mode`, or None."""
    return {ModeKeys.TRAIN: config.train_distribute, ModeKeys.EVAL: config.eval_distribute}.get(mode)


def device_fn(config: RunConfig) -> Any:
    """Returns what `tf.device` takes in a process of a cluster: the user's `device_fn`, or None in one process.

    Where there are parameter servers, variables go to them in turn, and all other ops to this process.
    """
    if config.device_fn is not None or not config.num_ps_replicas:
        return config.device_fn
    return tf.train.replica_device_setter(
        ps_tasks=config.num_ps_replicas,
        worker_device=f'/job:{config.task_type}/task:{config.task_id}',
        merge_devices=True,
        cluster=config.cluster_spec,
    )


def build(
    strategy: Any,
    mode: str,
    call_input_fn: Callable[[Any], Any],
    call_model_fn: Callable[[Any, Any], EstimatorSpec],
) -> tuple[EstimatorSpec, tuple[tf.train.SessionRunHook, ...]]:
    """Builds a model once per replica, each on batches of its own, in the default graph.

    As in TF 1.15 the loss is the mean of the replicas' losses (in training their sum, where the last loss of
    `tf.losses` is a sum), the gradients are those of that loss, metrics take the batches of all replicas into account,
    and hooks, predictions and scaffold are the first replica's. Batches at the end that do not go round the replicas
    are left out.

    Args:
      strategy: what places the replicas.
      mode: a `ModeKeys` value.
      call_input_fn: returns a Dataset for a `tf.distribute.InputContext`.
      call_model_fn: returns the model on one replica's `features, labels`.

    Returns:
      The model as one, and the hooks that start its input.

    Raises:
      ValueError: the input is no Dataset.
    """

    def dataset_fn(context: Any) -> tf2.data.Dataset:
        dataset = call_input_fn(context)
        if not isinstance(dataset, tf2.data.Dataset):
            raise ValueError(
                f'input_fn must return a Dataset where a strategy distributes it, got {dataset!r}: '
                'use tf.data.Dataset.from_tensor_slices.'
            )
        return dataset

    # The optimizers of tf.train take the mean over replicas, as they always did in TF 1, only within the second.
    with strategy.scope(), strategy._scale_loss_for_estimator_enabled():
        iterator = _iterator(strategy, dataset_fn)
        batches = iterator.get_next()
        replicas = _Replicas(call_model_fn, after=_tensors(strategy, batches))
        # A model_fn is no function for AutoGraph: its errors would come in another form.
        build_one = tf.autograph.experimental.do_not_convert(replicas.build)
        losses = strategy.extended.call_for_each_replica(build_one, args=(batches,))
        is_training = mode == ModeKeys.TRAIN
        reduction = tf.distribute.get_loss_reduction() if is_training else tf.distribute.ReduceOp.MEAN
        loss = strategy.reduce(reduction, losses, axis=None)
        start = StartIterator(tf.group(iterator.initialize()))
    return replicas.as_one(loss), (start,)


def _iterator(strategy: Any, dataset_fn: Callable[[Any], tf2.data.Dataset]) -> Any:
    with warnings.catch_warnings():
        # TensorFlow asks its own datasets for their options in a way that it warns of.
        warnings.filterwarnings('ignore', 'To make it possible to preserve tf.data options', UserWarning)
        return strategy.make_input_fn_iterator(dataset_fn)


def _tensors(strategy: Any, batches: Any) -> list[tf.Tensor]:
    """Returns the tensors of all replicas' batches."""
    components = tf.nest.flatten(batches, expand_composites=True)
    return [tensor for component in components for tensor in strategy.experimental_local_results(component)]


class _Replicas:
    """The models of all replicas, by the replica's number.

    Args:
      call_model_fn: builds one.
      after: what all of them wait for, so that a step is made by all or by none.
    """

    def __init__(self, call_model_fn: Callable[[Any, Any], EstimatorSpec], after: list[tf.Tensor]):
        self._call_model_fn = call_model_fn
        self._after = after
        self._specs: dict[int, EstimatorSpec] = {}

    def build(self, batch: Any) -> tf.Tensor:
        """Builds the model of the current replica and returns its loss."""
        with tf.control_dependencies(self._after):
            batch = tf.nest.map_structure(tf.identity, batch, expand_composites=True)
        spec = self._call_model_fn(*split(batch))
        number = tf.distribute.get_replica_context().replica_id_in_sync_group
        number = int(tf.get_static_value(number))
        self._specs[number] = spec
        return spec.loss

    def as_one(self, loss: tf.Tensor) -> EstimatorSpec:
        """Returns the first replica's model with the updates of all."""
        specs = [self._specs[number] for number in sorted(self._specs)]
        metrics = {
            name: (value, tf.group(*(spec.eval_metric_ops[name][1] for spec in specs)))
            for name, (value, _) in specs[0].eval_metric_ops.items()
        }
        train_ops = [spec.train_op for spec in specs if spec.train_op is not None]
        train_op = tf.group(*train_ops) if train_ops else None
        return specs[0]._replace(loss=loss, train_op=train_op, eval_metric_ops=metrics)
