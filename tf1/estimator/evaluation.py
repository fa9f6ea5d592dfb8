"""One call of `Estimator.evaluate`: metrics, steps, and the summary of the result."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import tensorflow.compat.v1 as tf
from google.protobuf.message import DecodeError

from tf1.estimator.hooked_session import HookedSession, open_session
from tf1.estimator.run_config import RunConfig
from tf1.estimator.spec import EstimatorSpec

Hooks = Sequence[tf.train.SessionRunHook]

LOSS = 'loss'
GLOBAL_STEP = 'global_step'
_EVAL_STEP = 'eval_step'
_NUM_PROGRESS_LINES = 10


class Metrics(NamedTuple):
    """The op that takes one batch into account, and value tensors by name."""

    update_op: Any
    values: dict[str, tf.Tensor]


class StopAfter(tf.train.SessionRunHook):
    """Ends an evaluation after so many steps; logs how far it is."""

    def __init__(self, steps: int):
        self._steps = steps

    def after_create_session(self, session: tf.Session, coord: tf.train.Coordinator) -> None:
        """Counts from nothing."""
        self._done = 0

    def after_run(self, run_context: tf.train.SessionRunContext, run_values: tf.train.SessionRunValues) -> None:
        """Counts one step."""
        self._done += 1
        if self._done % max(1, self._steps // _NUM_PROGRESS_LINES) == 0 or self._done == self._steps:
            tf.logging.info('Evaluation [%d/%d]', self._done, self._steps)
        if self._done >= self._steps:
            run_context.request_stop()


def evaluate(
    scaffold: tf.train.Scaffold,
    update_op: Any,
    values: Mapping[str, Any],
    hooks: Hooks,
    config: RunConfig,
    checkpoint_path: str | None,
) -> dict[str, Any]:
    """Runs `update_op` in the default graph until a hook or the end of the input stops it.

    Args:
      scaffold: of the model.
      update_op: takes one batch into account.
      values: what the result holds, by name.
      hooks: called in this order.
      config: settings of the session.
      checkpoint_path: None evaluates initial weights.

    Returns:
      The values at the end, by name.
    """
    step = [update_op, count_steps()]

    def open_restored(all_hooks: Hooks) -> HookedSession:
        everything = initializing_everything(scaffold)
        return open_session(everything, config.evaluation_master, config, checkpoint_path, all_hooks)

    return run(step, values, hooks, open_restored)


def run(
    step: Any, values: Mapping[str, Any], hooks: Hooks, open_with_hooks: Callable[[Hooks], HookedSession]
) -> dict[str, Any]:
    """Runs `step` until something stops it, in the session that `open_with_hooks` opens; returns the final values."""
    final_values = tf.train.FinalOpsHook(dict(values))
    tf.logging.info('Starting evaluation at %s', time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime()))
    with open_with_hooks([*hooks, final_values]) as session:
        while not session.should_stop():
            session.run(step)
    tf.logging.info('Finished evaluation at %s', time.strftime('%Y-%m-%d-%H:%M:%S', time.gmtime()))
    return {name: _as_numpy(value) for name, value in final_values.final_ops_values.items()}


def _as_numpy(value: Any) -> Any:
    """TensorFlow 2 returns a scalar bool as Python's own."""
    return np.bool_(value) if isinstance(value, bool) else value


def initializing_everything(scaffold: tf.train.Scaffold) -> tf.train.Scaffold:
    """A local_init_op made in the model_fn knows nothing of the metrics' variables, which are made after it."""
    if scaffold.local_init_op is None:
        return scaffold
    both = tf.group(scaffold.local_init_op, tf.train.Scaffold.default_local_init_op())
    return tf.train.Scaffold(local_init_op=both, copy_from_scaffold=scaffold)


def metrics(spec: EstimatorSpec) -> Metrics:
    """Builds what an evaluation of `spec` runs, in the default graph.

    Raises:
      ValueError: a metric is called `loss` or `global_step`.
    """
    for reserved in (LOSS, GLOBAL_STEP):
        if reserved in spec.eval_metric_ops:
            raise ValueError(f'eval_metric_ops must not use the name {reserved!r}: evaluate adds it itself.')
    pairs = {**spec.eval_metric_ops, LOSS: tf.metrics.mean(spec.loss)}
    updates = tf.nest.flatten([update for _, update in pairs.values()])
    values = {name: value for name, (value, _) in pairs.items()}
    return Metrics(tf.group(*updates), {**values, GLOBAL_STEP: tf.train.get_global_step()})


def count_steps() -> tf.Tensor:
    """Returns the op that counts the steps of an evaluation, with its variable, in the default graph."""
    eval_step = tf.get_variable(
        _EVAL_STEP,
        shape=[],
        dtype=tf.int64,
        initializer=tf.zeros_initializer(),
        trainable=False,
        collections=[tf.GraphKeys.LOCAL_VARIABLES, tf.GraphKeys.EVAL_STEP],
    )
    return tf.assign_add(eval_step, 1, use_locking=True)


def write_summary(eval_dir: str, result: dict[str, Any], checkpoint_path: str | None) -> None:
    """Logs the result, and writes it to the event file in `eval_dir` at its global step."""
    step = int(result[GLOBAL_STEP])
    text = ', '.join(f'{name} = {v!s}' for name, v in sorted(result.items()) if not isinstance(v, bytes))
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
