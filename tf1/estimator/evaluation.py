"""One call of `Estimator.evaluate`: metrics, steps, and the summary of the result."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import tensorflow.compat.v1 as tf
from google.protobuf.message import DecodeError

from tf1.estimator.restored import open_session
from tf1.estimator.run_config import RunConfig
from tf1.estimator.session import HookedSession
from tf1.estimator.spec import EstimatorSpec, metric_ops

Hooks = Sequence[tf.train.SessionRunHook]

LOSS = 'loss'
GLOBAL_STEP = 'global_step'
_EVAL_STEP = 'eval_step'
_NUM_PROGRESS_LINES = 10


class Metrics(NamedTuple):
    """Value tensors by name, and the op that takes one batch into account."""

    values: dict[str, tf.Tensor]
    update: tf.Operation


def evaluate(
    spec: EstimatorSpec, config: RunConfig, checkpoint_path: str | None, steps: int | None, hooks: Hooks
) -> dict[str, Any]:
    """Runs the metrics of `spec` in the default graph over `steps` batches, or to the end of the input.

    Returns:
      `{metric: value, 'loss': mean over batches, 'global_step': step}`.

    Raises:
      ValueError: a metric is called `global_step`.
    """

    def open_restored(all_hooks: Hooks) -> HookedSession:
        return open_session(spec.scaffold, config.evaluation_master, config, checkpoint_path, all_hooks)

    return run(metrics(spec), steps, hooks, open_restored)


def run(
    metrics: Metrics, steps: int | None, hooks: Hooks, open_with_hooks: Callable[[Hooks], HookedSession]
) -> dict[str, Any]:
    """Runs `metrics` over `steps` batches, or to the end of the input, in the session that `open_with_hooks` opens."""
    final_values = tf.train.FinalOpsHook(metrics.values)
    tf.logging.info('Starting evaluation at %s', time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime()))
    with open_with_hooks([*hooks, final_values]) as session:
        done = 0
        while not session.should_stop() and (steps is None or done < steps):
            session.run(metrics.update)
            done += 1
            _log_progress(done, steps)
    tf.logging.info('Finished evaluation at %s', time.strftime('%Y-%m-%d-%H:%M:%S', time.gmtime()))
    return final_values.final_ops_values


def metrics(spec: EstimatorSpec) -> Metrics:
    """Builds what an evaluation of `spec` runs, in the default graph.

    Raises:
      ValueError: a metric is called `global_step`.
    """
    if GLOBAL_STEP in spec.eval_metric_ops:
        raise ValueError(f'eval_metric_ops must not use the name {GLOBAL_STEP!r}: evaluate adds it itself.')
    _initialize_with_the_session(spec.eval_metric_ops.values())
    pairs = {name: metric_ops(metric) for name, metric in spec.eval_metric_ops.items()}
    if LOSS not in pairs:
        pairs[LOSS] = tf.metrics.mean(spec.loss)
    updates = [update for _, update in pairs.values()]
    eval_step = tf.get_variable(
        _EVAL_STEP,
        shape=[],
        dtype=tf.int64,
        initializer=tf.zeros_initializer(),
        trainable=False,
        collections=[tf.GraphKeys.LOCAL_VARIABLES, tf.GraphKeys.EVAL_STEP],
    )
    updates.append(tf.assign_add(eval_step, 1, use_locking=True))
    values = {name: value for name, (value, _) in pairs.items()}
    return Metrics({**values, GLOBAL_STEP: tf.train.get_global_step()}, tf.group(*updates))


def _initialize_with_the_session(metrics: Iterable[Any]) -> None:
    """Makes variables of Keras metrics local ones; they are in no collection by themselves."""
    known = set(map(id, tf.local_variables()))
    for variable in (variable for metric in metrics for variable in getattr(metric, 'variables', ())):
        if id(variable) not in known:
            tf.add_to_collection(tf.GraphKeys.LOCAL_VARIABLES, variable)


def _log_progress(done: int, steps: int | None) -> None:
    if steps is not None and (done % max(1, steps // _NUM_PROGRESS_LINES) == 0 or done == steps):
        tf.logging.info('Evaluation [%d/%d]', done, steps)


def write_summary(eval_dir: str, result: dict[str, Any], checkpoint_path: str | None) -> None:
    """Logs the result, and writes it to the event file in `eval_dir` at its global step."""
    step = int(result[GLOBAL_STEP])
    text = ', '.join(f'{name} = {value!s}' for name, value in sorted(result.items()))
    tf.logging.info('Saving dict for global step %d: %s', step, text)
    writer = tf.summary.FileWriterCache.get(eval_dir)
    summary = tf.Summary()
    for name, value in sorted(result.items()):
        if name != GLOBAL_STEP:
            _add_value(summary, name, value)
    writer.add_summary(summary, step)
    if checkpoint_path is not None:
        path = tf.Summary()
        path.value.add(tag='checkpoint_path', tensor=tf.make_tensor_proto(checkpoint_path, dtype=tf.string))
        tf.logging.info("Saving 'checkpoint_path' summary for global step %d: %s", step, checkpoint_path)
        writer.add_summary(path, step)
    writer.flush()


def _add_value(summary: tf.Summary, name: str, value: Any) -> None:
    if isinstance(value, (int, float, np.number)):
        summary.value.add(tag=name, simple_value=float(value))
    elif isinstance(value, bytes):
        _add_serialized(summary, name, value)
    elif isinstance(value, np.ndarray):
        summary.value.add(tag=name, node_name=name, tensor=tf.make_tensor_proto(value))
    else:
        tf.logging.warning('No summary for %s: its value is a %s.', name, type(value).__name__)


def _add_serialized(summary: tf.Summary, name: str, value: bytes) -> None:
    """A metric may be a serialised Summary itself, an image of a confusion matrix for example."""
    try:
        entries = tf.Summary.FromString(value).value
    except DecodeError:
        tf.logging.warning('No summary for %s: its value is no serialized Summary.', name)
        return
    for i, entry in enumerate(entries):
        entry.tag = f'{name}/{i}'
        summary.value.append(entry)


def eval_dir(model_dir: str, name: str | None) -> str:
    """Returns the folder of an evaluation's event files."""
    return os.path.join(model_dir, f'eval_{name}' if name else 'eval')
