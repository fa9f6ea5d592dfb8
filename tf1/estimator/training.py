"""One call of `Estimator.train`: graph, hooks, session, steps."""

from __future__ import annotations

from collections.abc import Sequence

import tensorflow.compat.v1 as tf

from tf1._checkpoint import lookup
from tf1.estimator import checkpoints
from tf1.estimator.hooked_session import HookedSession
from tf1.estimator.run_config import RunConfig
from tf1.estimator.spec import EstimatorSpec
from tf1.estimator.step_counter import StepCounter
from tf1.estimator.step_loops import StepLoops

Hooks = Sequence[tf.train.SessionRunHook]


def train(
    spec: EstimatorSpec,
    config: RunConfig,
    hooks: Hooks,
    input_hooks: Hooks,
    saving_listeners: Sequence[tf.train.CheckpointSaverListener],
) -> float | None:
    """Runs `spec.train_op` in the default graph until a hook or the input stops it.

    Returns:
      The loss of the last step, or None if there was none.

    Raises:
      tf.estimator.NanLossDuringTrainingError: the loss became NaN; the step that did it is not saved.
      tf.errors.NotFoundError, tf.errors.InvalidArgumentError: the model_dir belongs to another model.
    """
    _summarize_loss(spec.loss)
    if not checkpoints.has_own_saver(spec.scaffold):
        _add_saver(config)
        _refuse_foreign_checkpoint(config)
        checkpoints.take_variables_for_filled(spec.scaffold, config.master)
    everywhere = [*hooks, *_loss_logger(spec, config), *spec.training_hooks]
    chief_only = [*spec.training_chief_hooks]
    if config.is_chief:
        saver_hooks = _saver_hooks(spec.scaffold, config, [*everywhere, *chief_only], saving_listeners)
        chief_only = [*saver_hooks, *chief_only, *_reporters(spec.scaffold, config)]
        everywhere = [*chief_only, *everywhere]
    # NaN is looked for first, so that no hook saves what it spoiled.
    all_hooks = [*input_hooks, tf.train.NanTensorHook(spec.loss), *everywhere]
    return _run(HookedSession(_session_creator(spec.scaffold, config), all_hooks), spec, config)


def _run(session: HookedSession, spec: EstimatorSpec, config: RunConfig) -> float | None:
    loss = None
    with session:
        loops = StepLoops(session, spec, config)
        while not session.should_stop():
            loops.run_unseen()
            _, loss = session.run([spec.train_op, spec.loss])
    loss = loss if loops.last_loss is None else loops.last_loss
    if loss is None:
        tf.logging.warning('Training made no steps: the input is empty, or a hook stopped before the first.')
    return loss


def _summarize_loss(loss: tf.Tensor) -> None:
    tf.add_to_collection(tf.GraphKeys.LOSSES, loss)
    if not any(summary.op.name == 'loss' for summary in tf.get_collection(tf.GraphKeys.SUMMARIES)):
        tf.summary.scalar('loss', loss)


def _add_saver(config: RunConfig) -> None:
    """Adds a saver for all variables, whose checkpoints can be moved with their folder."""
    saver = tf.train.Saver(
        sharded=True,
        max_to_keep=config.keep_checkpoint_max,
        keep_checkpoint_every_n_hours=config.keep_checkpoint_every_n_hours,
        defer_build=True,
        save_relative_paths=True,
    )
    tf.add_to_collection(tf.GraphKeys.SAVERS, saver)


def _loss_logger(spec: EstimatorSpec, config: RunConfig) -> Hooks:
    if not config.log_step_count_steps:
        return ()
    with tf.name_scope('log'), tf.control_dependencies([spec.train_op]):
        step = tf.identity(tf.train.get_global_step(), name='step')
    return (tf.train.LoggingTensorHook({'loss': spec.loss, 'step': step}, every_n_iter=config.log_step_count_steps),)


def _saver_hooks(
    scaffold: tf.train.Scaffold,
    config: RunConfig,
    others: Hooks,
    listeners: Sequence[tf.train.CheckpointSaverListener],
) -> Hooks:
    """Returns the hook that saves checkpoints, unless there is one among `others`, which then gets the listeners."""
    existing = [hook for hook in others if isinstance(hook, tf.train.CheckpointSaverHook)]
    if existing:
        existing[0]._listeners.extend(listeners)
        return ()
    if not (config.save_checkpoints_secs or config.save_checkpoints_steps):
        if listeners:
            raise ValueError(
                'saving_listeners need checkpoints: set save_checkpoints_steps or save_checkpoints_secs in RunConfig, '
                'or add a CheckpointSaverHook.'
            )
        return ()
    saver_hook = tf.train.CheckpointSaverHook(
        config.model_dir,
        save_secs=config.save_checkpoints_secs,
        save_steps=config.save_checkpoints_steps,
        scaffold=scaffold,
        listeners=list(listeners),
    )
    return (saver_hook,)


def _reporters(scaffold: tf.train.Scaffold, config: RunConfig) -> Hooks:
    """Returns the hooks that write `global_step/sec` and summaries to the model_dir."""
    hooks = []
    if config.log_step_count_steps:
        hooks.append(StepCounter(config.log_step_count_steps, config.model_dir))
    if config.save_summary_steps:
        hooks.append(
            tf.train.SummarySaverHook(config.save_summary_steps, output_dir=config.model_dir, scaffold=scaffold)
        )
    return hooks


def _refuse_foreign_checkpoint(config: RunConfig) -> None:
    """Looks before the first hook writes anything into the model_dir."""
    latest = lookup.latest(config.model_dir)
    if latest and config.is_chief:
        checkpoints.check_fits(latest)


def _session_creator(scaffold: tf.train.Scaffold, config: RunConfig) -> tf.train.SessionCreator:
    if config.is_chief:
        return checkpoints.RestoringSessionCreator(
            scaffold, master=config.master, config=config.session_config, checkpoint_dir=config.model_dir
        )
    return tf.train.WorkerSessionCreator(
        scaffold,
        master=config.master,
        config=config.session_config,
        max_wait_secs=config.session_creation_timeout_secs,
    )
