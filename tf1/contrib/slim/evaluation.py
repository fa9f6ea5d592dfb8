"""`slim.evaluation`: evaluates one checkpoint, or each new one, and writes summaries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.contrib import training
from tf1.contrib.training.checkpoints import checkpoints_iterator, wait_for_new_checkpoint
from tf1.contrib.training.evaluation import get_or_create_eval_step

__all__ = ['checkpoints_iterator', 'evaluate_once', 'evaluation_loop', 'wait_for_new_checkpoint']

# Stands for all summaries of the graph; None means none. TF 1.15 uses this value, too.
_USE_DEFAULT = 0

Hooks = Sequence[tf.train.SessionRunHook]


def evaluate_once(
    master: str,
    checkpoint_path: str,
    logdir: str,
    num_evals: int = 1,
    initial_op: Any = None,
    initial_op_feed_dict: Mapping[Any, Any] | None = None,
    eval_op: Any = None,
    eval_op_feed_dict: Mapping[Any, Any] | None = None,
    final_op: Any = None,
    final_op_feed_dict: Mapping[Any, Any] | None = None,
    summary_op: Any = _USE_DEFAULT,
    summary_op_feed_dict: Mapping[Any, Any] | None = None,
    variables_to_restore: Sequence[tf.Variable] | None = None,
    session_config: tf.ConfigProto | None = None,
    hooks: Hooks | None = None,
) -> Any:
    """Restores a checkpoint, runs `eval_op` `num_evals` times, writes summaries, and returns the value of `final_op`.

    Args:
      master: target of the session.
      checkpoint_path: prefix of the checkpoint.
      logdir: folder of the event file.
      num_evals: runs of `eval_op`.
      initial_op: run at the start, after local variables are initialised.
      initial_op_feed_dict: for `initial_op`.
      eval_op: what a run fetches, updates of metrics for example.
      eval_op_feed_dict: for `eval_op`.
      final_op: fetched at the end; None for nothing.
      final_op_feed_dict: for `final_op`.
      summary_op: written at the end; None for nothing.
      summary_op_feed_dict: for `summary_op`.
      variables_to_restore: None for all global variables.
      session_config: of the session.
      hooks: more hooks.
    """
    return training.evaluate_once(
        checkpoint_path,
        master=master,
        scaffold=_scaffold(initial_op, initial_op_feed_dict, None, variables_to_restore),
        eval_ops=eval_op,
        feed_dict=eval_op_feed_dict,
        final_ops=final_op,
        final_ops_feed_dict=final_op_feed_dict,
        hooks=_hooks(num_evals, logdir, summary_op, summary_op_feed_dict, hooks),
        config=session_config,
    )


def evaluation_loop(
    master: str,
    checkpoint_dir: str,
    logdir: str,
    num_evals: int = 1,
    initial_op: Any = None,
    initial_op_feed_dict: Mapping[Any, Any] | None = None,
    init_fn: Callable[[Any], None] | None = None,
    eval_op: Any = None,
    eval_op_feed_dict: Mapping[Any, Any] | None = None,
    final_op: Any = None,
    final_op_feed_dict: Mapping[Any, Any] | None = None,
    summary_op: Any = _USE_DEFAULT,
    summary_op_feed_dict: Mapping[Any, Any] | None = None,
    variables_to_restore: Sequence[tf.Variable] | None = None,
    eval_interval_secs: float = 60,
    max_number_of_evaluations: int | None = None,
    session_config: tf.ConfigProto | None = None,
    timeout: float | None = None,
    timeout_fn: Callable[[], bool] | None = None,
    hooks: Hooks | None = None,
) -> Any:
    """Evaluates each new checkpoint in a folder as `evaluate_once`; returns the last value of `final_op`.

    Args beyond those of `evaluate_once`:
      checkpoint_dir: where checkpoints appear.
      init_fn: called with the session after `initial_op`.
      eval_interval_secs: least seconds between the starts of two evaluations.
      max_number_of_evaluations: None for no end.
      timeout: seconds without a new checkpoint after which this ends; None to wait for ever.
      timeout_fn: asked after a timeout whether to end; None ends.
    """
    return training.evaluate_repeatedly(
        checkpoint_dir,
        master=master,
        scaffold=_scaffold(initial_op, initial_op_feed_dict, init_fn, variables_to_restore),
        eval_ops=eval_op,
        feed_dict=eval_op_feed_dict,
        final_ops=final_op,
        final_ops_feed_dict=final_op_feed_dict,
        eval_interval_secs=eval_interval_secs,
        hooks=_hooks(num_evals, logdir, summary_op, summary_op_feed_dict, hooks),
        config=session_config,
        max_number_of_evaluations=max_number_of_evaluations,
        timeout=timeout,
        timeout_fn=timeout_fn,
    )


def _scaffold(
    initial_op: Any,
    initial_op_feed_dict: Mapping[Any, Any] | None,
    init_fn: Callable[[Any], None] | None,
    variables_to_restore: Sequence[tf.Variable] | None,
) -> tf.train.Scaffold:
    get_or_create_eval_step()
    wrapped = None if init_fn is None else lambda _, session: init_fn(session)
    # Hooks may still add the global step, which a saver made here would not restore.
    saver = None if variables_to_restore is None else tf.train.Saver(variables_to_restore)
    return tf.train.Scaffold(init_op=initial_op, init_feed_dict=initial_op_feed_dict, init_fn=wrapped, saver=saver)


def _hooks(
    num_evals: int, logdir: str, summary_op: Any, summary_op_feed_dict: Mapping[Any, Any] | None, hooks: Hooks | None
) -> list[tf.train.SessionRunHook]:
    made: list[tf.train.SessionRunHook] = [training.StopAfterNEvalsHook(num_evals)]
    if summary_op is not None:
        op = None if summary_op is _USE_DEFAULT else summary_op
        made.append(training.SummaryAtEndHook(logdir, summary_op=op, feed_dict=summary_op_feed_dict))
    return [*made, *(hooks or ())]
