"""Evaluates checkpoints: one, or each new one as it appears."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.contrib.training.checkpoints import checkpoints_iterator

_STEP = 'eval_step'
Hooks = Sequence[tf.train.SessionRunHook]


def get_or_create_eval_step() -> tf.Variable:
    """Returns the local variable, int64, that counts the runs of an evaluation.

    Raises:
      ValueError: the graph has more than one.
    """
    steps = tf.get_collection(tf.GraphKeys.EVAL_STEP)
    if len(steps) > 1:
        raise ValueError(f'The graph must have one step of evaluations, got {[step.name for step in steps]}.')
    if steps:
        return steps[0]
    return tf.get_variable(
        _STEP,
        shape=[],
        dtype=tf.int64,
        initializer=tf.zeros_initializer(),
        trainable=False,
        collections=[tf.GraphKeys.LOCAL_VARIABLES, tf.GraphKeys.EVAL_STEP],
    )


class StopAfterNEvalsHook(tf.train.SessionRunHook):
    """Ends an evaluation after so many runs of its operations.

    Args:
      num_evals: how many; None for no end.
      log_progress: whether it logs how far it is, about ten times.
    """

    def __init__(self, num_evals: int | None, log_progress: bool = True):
        self._num_evals = num_evals
        self._log_progress = log_progress
        self._every = 1 if num_evals is None or num_evals < 20 else math.floor(num_evals / 10.0)

    def count_with(self, evals_completed: tf.Tensor) -> None:
        """Takes the tensor that counts runs."""
        self._evals_completed = evals_completed

    def before_run(self, run_context: tf.train.SessionRunContext) -> tf.train.SessionRunArgs:
        """Asks for the count."""
        return tf.train.SessionRunArgs({'evals_completed': self._evals_completed})

    def after_run(self, run_context: tf.train.SessionRunContext, run_values: tf.train.SessionRunValues) -> None:
        """Stops when there are enough."""
        done = run_values.results['evals_completed']
        if self._log_progress and (done % self._every == 0 or done == self._num_evals):
            if self._num_evals is None:
                tf.logging.info('Evaluation [%d]', done)
            else:
                tf.logging.info('Evaluation [%d/%d]', done, self._num_evals)
        if self._num_evals is not None and done >= self._num_evals:
            run_context.request_stop()


class SummaryAtEndHook(tf.train.SessionRunHook):
    """Writes summaries when an evaluation ends, at its global step.

    Args:
      log_dir: folder of the event file; needed if there is no writer.
      summary_writer: a writer instead.
      summary_op: a serialised summary; None for all of the graph's.
      feed_dict: for the summaries.

    Raises:
      ValueError: neither `log_dir` nor `summary_writer` is given.
    """

    def __init__(
        self,
        log_dir: str | None = None,
        summary_writer: tf.summary.FileWriter | None = None,
        summary_op: tf.Tensor | None = None,
        feed_dict: Mapping[Any, Any] | None = None,
    ):
        if not (log_dir or summary_writer):
            raise ValueError('SummaryAtEndHook needs log_dir or summary_writer, got neither.')
        self._log_dir = log_dir
        self._writer = summary_writer
        self._summary_op = summary_op
        self._feed_dict = feed_dict

    def begin(self) -> None:
        """Finds the summaries and the step, and opens the event file."""
        self._summaries = self._summary_op if self._summary_op is not None else tf.summary.merge_all()
        self._step = tf.train.get_or_create_global_step()
        if self._log_dir:
            self._writer = tf.summary.FileWriterCache.get(self._log_dir)

    def after_create_session(self, session: tf.Session, coord: tf.train.Coordinator) -> None:
        """Writes the graph."""
        self._writer.add_graph(session.graph)

    def end(self, session: tf.Session) -> None:
        """Writes the summaries, if the graph has any."""
        step = tf.train.global_step(session, self._step)
        if self._summaries is not None:
            self._writer.add_summary(session.run(self._summaries, self._feed_dict), step)
        self._writer.flush()


def evaluate_once(
    checkpoint_path: str | None,
    master: str = '',
    scaffold: tf.train.Scaffold | None = None,
    eval_ops: Any = None,
    feed_dict: Mapping[Any, Any] | None = None,
    final_ops: Any = None,
    final_ops_feed_dict: Mapping[Any, Any] | None = None,
    hooks: Hooks | None = None,
    config: tf.ConfigProto | None = None,
) -> Any:
    """Restores a checkpoint, runs `eval_ops` until a hook stops it, and returns the values of `final_ops`.

    Args:
      checkpoint_path: prefix of the checkpoint.
      master: target of the session.
      scaffold: None for the default; its saver restores.
      eval_ops: what a run fetches, such as updates of metrics; None to run nothing.
      feed_dict: for `eval_ops`.
      final_ops: fetched once at the end; None for nothing.
      final_ops_feed_dict: for `final_ops`.
      hooks: a `StopAfterNEvalsHook` among them ends the evaluation.
      config: of the session.
    """
    evaluation = _Evaluation(master, scaffold, eval_ops, feed_dict, final_ops, final_ops_feed_dict, hooks, config)
    tf.logging.info('Starting evaluation at %s', time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime()))
    return evaluation.run(checkpoint_path, lambda: None)


def evaluate_repeatedly(
    checkpoint_dir: str,
    master: str = '',
    scaffold: tf.train.Scaffold | None = None,
    eval_ops: Any = None,
    feed_dict: Mapping[Any, Any] | None = None,
    final_ops: Any = None,
    final_ops_feed_dict: Mapping[Any, Any] | None = None,
    eval_interval_secs: float = 60,
    hooks: Hooks | None = None,
    config: tf.ConfigProto | None = None,
    max_number_of_evaluations: int | None = None,
    timeout: float | None = None,
    timeout_fn: Callable[[], bool] | None = None,
) -> Any:
    """Evaluates each new checkpoint in a folder as `evaluate_once`; returns the values of the last evaluation.

    Args:
      checkpoint_dir: where checkpoints appear.
      master: target of the session.
      scaffold: None for the default.
      eval_ops: what a run fetches.
      feed_dict: for `eval_ops`.
      final_ops: fetched once at the end of each evaluation.
      final_ops_feed_dict: for `final_ops`.
      eval_interval_secs: least seconds between the starts of two evaluations.
      hooks: of each evaluation.
      config: of the session.
      max_number_of_evaluations: None for no end.
      timeout: seconds without a new checkpoint after which this ends; None to wait for ever.
      timeout_fn: asked after a timeout whether to end; None ends.
    """
    evaluation = _Evaluation(master, scaffold, eval_ops, feed_dict, final_ops, final_ops_feed_dict, hooks, config)

    def say_start() -> None:
        tf.logging.info('Starting evaluation at %s', time.strftime('%Y-%m-%d-%H:%M:%S', time.gmtime()))

    values = None
    paths = checkpoints_iterator(checkpoint_dir, eval_interval_secs, timeout, timeout_fn)
    for number, path in enumerate(paths, 1):
        values = evaluation.run(path, say_start)
        if max_number_of_evaluations is not None and number >= max_number_of_evaluations:
            break
    return values


class _Evaluation:
    """What evaluations of several checkpoints share; building it adds the step to the graph."""

    def __init__(
        self,
        master: str,
        scaffold: tf.train.Scaffold | None,
        eval_ops: Any,
        feed_dict: Mapping[Any, Any] | None,
        final_ops: Any,
        final_ops_feed_dict: Mapping[Any, Any] | None,
        hooks: Hooks | None,
        config: tf.ConfigProto | None,
    ):
        self._master = master
        self._scaffold = scaffold or tf.train.Scaffold()
        self._feed_dict = feed_dict
        self._config = config
        step = get_or_create_eval_step()
        self._eval_ops = None if eval_ops is None else [eval_ops, tf.assign_add(step, 1, use_locking=True)]
        self._final_ops = tf.train.FinalOpsHook(final_ops, final_ops_feed_dict)
        self._hooks = [*(hooks or ()), self._final_ops]
        counted = self._eval_ops[1] if self._eval_ops else step.value()
        for hook in self._hooks:
            if isinstance(hook, StopAfterNEvalsHook):
                hook.count_with(counted)

    def run(self, checkpoint_path: str | None, started: Callable[[], None]) -> Any:
        """Evaluates one checkpoint, calls `started` when it is restored, and returns the final values."""
        creator = tf.train.ChiefSessionCreator(
            self._scaffold, checkpoint_filename_with_path=checkpoint_path, master=self._master, config=self._config
        )
        with tf.train.MonitoredSession(creator, self._hooks) as session:
            started()
            while self._eval_ops is not None and not session.should_stop():
                session.run(self._eval_ops, self._feed_dict)
        tf.logging.info('Finished evaluation at %s', time.strftime('%Y-%m-%d-%H:%M:%S', time.gmtime()))
        return self._final_ops.final_ops_values
