"""`slim.learning`: the training operation and the training loop."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf

from tf1.contrib.training import train_op as _train_op

add_gradients_summaries = _train_op.add_gradients_summaries
clip_gradient_norms = _train_op.clip_gradient_norms
multiply_gradients = _train_op.multiply_gradients

# Stands for "make the usual operation"; None means none. TF 1.15 uses this value, too.
_DEFAULT = 0

TrainStep = Callable[[Any, Any, Any, dict[str, Any]], tuple[Any, bool]]


def create_train_op(
    total_loss: tf.Tensor,
    optimizer: tf.train.Optimizer,
    global_step: Any = _train_op.USE_GLOBAL_STEP,
    update_ops: Sequence[Any] | None = None,
    variables_to_train: Sequence[tf.Variable] | None = None,
    clip_gradient_norm: float = 0,
    summarize_gradients: bool = False,
    gate_gradients: int = tf.train.Optimizer.GATE_OP,
    aggregation_method: Any = None,
    colocate_gradients_with_ops: bool = False,
    gradient_multipliers: Mapping[Any, Any] | None = None,
    check_numerics: bool = True,
) -> tf.Tensor:
    """Returns a tensor that trains when it is run, as `tf.contrib.training.create_train_op`.

    Gradients are first multiplied by `gradient_multipliers` (from variable or name to factor), then clipped, each on
    its own, to the norm `clip_gradient_norm` if it is above 0.
    """

    def transform(gradients: _train_op.GradsAndVars) -> _train_op.GradsAndVars:
        if gradient_multipliers:
            with tf.name_scope('multiply_grads'):
                gradients = multiply_gradients(gradients, gradient_multipliers)
        if clip_gradient_norm > 0:
            with tf.name_scope('clip_grads'):
                gradients = clip_gradient_norms(gradients, clip_gradient_norm)
        return gradients

    return _train_op.create_train_op(
        total_loss,
        optimizer,
        global_step,
        update_ops,
        variables_to_train,
        transform,
        summarize_gradients,
        gate_gradients,
        aggregation_method,
        colocate_gradients_with_ops,
        check_numerics,
    )


def train_step(sess: Any, train_op: Any, global_step: Any, train_step_kwargs: dict[str, Any]) -> tuple[Any, bool]:
    """Runs one step, and returns its loss and whether training shall end.

    Args:
      sess: the session.
      train_op: trains and has the value of the loss.
      global_step: read with the step.
      train_step_kwargs: tensors 'should_stop', 'should_log' and 'should_trace', all optional; a trace needs 'logdir',
        and goes to 'summary_writer'.

    Raises:
      ValueError: there is 'should_trace', but no 'logdir'.
    """
    started = time.time()
    options, metadata = None, None
    if 'should_trace' in train_step_kwargs:
        if 'logdir' not in train_step_kwargs:
            raise ValueError('train_step_kwargs must have logdir when it has should_trace; name a folder.')
        if sess.run(train_step_kwargs['should_trace']):
            options, metadata = tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE), tf.RunMetadata()
    loss, step = sess.run([train_op, global_step], options=options, run_metadata=metadata)
    seconds = time.time() - started
    if metadata is not None and 'summary_writer' in train_step_kwargs:
        train_step_kwargs['summary_writer'].add_run_metadata(metadata, f'run_metadata-{step}')
    if 'should_log' in train_step_kwargs and sess.run(train_step_kwargs['should_log']):
        tf.logging.info('global step %d: loss = %.4f (%.3f sec/step)', step, loss, seconds)
    if 'should_stop' in train_step_kwargs:
        return loss, bool(sess.run(train_step_kwargs['should_stop']))
    return loss, False


class _Loop(NamedTuple):
    """What a session of training needs besides the supervisor."""

    train_op: Any
    train_step_fn: TrainStep
    train_step_kwargs: dict[str, Any]
    global_step: Any
    sync: list[Any]
    startup_delay_steps: int


def train(
    train_op: tf.Tensor,
    logdir: str | None,
    train_step_fn: TrainStep = train_step,
    train_step_kwargs: Any = _DEFAULT,
    log_every_n_steps: int | None = 1,
    graph: tf.Graph | None = None,
    master: str = '',
    is_chief: bool = True,
    global_step: Any = None,
    number_of_steps: int | None = None,
    init_op: Any = _DEFAULT,
    init_feed_dict: Mapping[Any, Any] | None = None,
    local_init_op: Any = _DEFAULT,
    init_fn: Callable[[Any], None] | None = None,
    ready_op: Any = _DEFAULT,
    summary_op: Any = _DEFAULT,
    save_summaries_secs: float = 600,
    summary_writer: Any = tf.train.Supervisor.USE_DEFAULT,
    startup_delay_steps: int = 0,
    saver: tf.train.Saver | None = None,
    save_interval_secs: float = 600,
    sync_optimizer: Any = None,
    session_config: tf.ConfigProto | None = None,
    session_wrapper: Callable[[tf.Session], Any] | None = None,
    trace_every_n_steps: int | None = None,
    ignore_live_threads: bool = False,
) -> Any:
    """Trains under a supervisor, which saves, writes summaries and goes on from the last checkpoint.

    Args:
      train_op: trains and has the value of the loss.
      logdir: folder of checkpoints and events; None writes nothing.
      train_step_fn: runs one step, as `train_step`.
      train_step_kwargs: its last argument; by default it decides when to stop and to log.
      log_every_n_steps: steps between two log lines; None or 0 for none.
      graph: None for the default.
      master: target of the session.
      is_chief: whether this process initialises and saves.
      global_step: None for the graph's, which is made if there is none.
      number_of_steps: the global step at which training ends; None for no end.
      init_op: initialises global variables.
      init_feed_dict: for `init_op`.
      local_init_op: initialises local variables and tables.
      init_fn: called with the session after `init_op`, where no checkpoint is restored.
      ready_op: says what is not initialised.
      summary_op: None for no summaries.
      save_summaries_secs: seconds between two summaries.
      summary_writer: None for no event file.
      startup_delay_steps: a worker begins at this global step; must be 0 with `sync_optimizer`.
      saver: None for the default.
      save_interval_secs: seconds between two checkpoints.
      sync_optimizer: a `SyncReplicasOptimizer`, or several.
      session_config: of the session.
      session_wrapper: from session to the one that is used.
      trace_every_n_steps: steps between two traces, which go to the event file; None for none.
      ignore_live_threads: whether threads that do not end are no error.

    Returns:
      The loss of the last step.

    Raises:
      ValueError: an argument is missing, out of range, or excludes another.
    """
    _check(train_op, logdir, number_of_steps, startup_delay_steps, sync_optimizer, trace_every_n_steps, is_chief)
    graph = graph or tf.get_default_graph()
    sync = [] if sync_optimizer is None else list(_listed(sync_optimizer))
    with graph.as_default():
        if global_step is None:
            global_step = tf.train.get_or_create_global_step()
        saver = saver or tf.train.Saver()
        with tf.name_scope('init_ops'):
            if init_op == _DEFAULT:
                init_op = tf.global_variables_initializer()
            if ready_op == _DEFAULT:
                ready_op = tf.report_uninitialized_variables()
            if local_init_op == _DEFAULT:
                local_init_op = tf.group(tf.local_variables_initializer(), tf.tables_initializer())
            ready_for_local_init_op = sync[0].ready_for_local_init_op if sync else None
            if sync:
                steps = [one.chief_init_op if is_chief else one.local_step_init_op for one in sync]
                local_init_op = tf.group(local_init_op, *steps)
        if summary_op is not None and summary_op == _DEFAULT:
            summary_op = tf.summary.merge_all()
        if is_chief and sync:
            # Both are made now, while the graph may still change.
            sync = [(one.get_chief_queue_runner(), one.get_init_tokens_op()) for one in sync]
        elif not is_chief:
            sync = []
        if train_step_kwargs == _DEFAULT:
            train_step_kwargs = _decisions(
                global_step, number_of_steps, log_every_n_steps, is_chief and trace_every_n_steps, logdir
            )
    supervisor = tf.train.Supervisor(
        graph=graph,
        is_chief=is_chief,
        logdir=logdir,
        init_op=init_op,
        init_feed_dict=init_feed_dict,
        local_init_op=local_init_op,
        ready_for_local_init_op=ready_for_local_init_op,
        ready_op=ready_op,
        summary_op=summary_op,
        summary_writer=summary_writer,
        global_step=global_step,
        saver=saver,
        save_summaries_secs=save_summaries_secs,
        save_model_secs=save_interval_secs,
        init_fn=init_fn,
    )
    if supervisor.summary_writer is not None:
        train_step_kwargs['summary_writer'] = supervisor.summary_writer
    loop = _Loop(train_op, train_step_fn, train_step_kwargs, global_step, sync, startup_delay_steps)
    while True:
        try:
            with supervisor.managed_session(master, start_standard_services=False, config=session_config) as session:
                tf.logging.info('Starting Session.')
                wrapped = session if session_wrapper is None else session_wrapper(session)
                return _run(supervisor, wrapped, loop, logdir, ignore_live_threads)
        except tf.errors.AbortedError:
            # The parameter server was preempted; a new session goes on from the last checkpoint.
            tf.logging.info('Retrying training!')


def _run(supervisor: tf.train.Supervisor, session: Any, loop: _Loop, logdir: str | None, ignore_live: bool) -> Any:
    """Trains in one session, and returns the last loss."""
    loss = None
    if supervisor.is_chief:
        if logdir:
            supervisor.start_standard_services(session)
    elif loop.startup_delay_steps > 0:
        _wait_for_step(session, loop.global_step, loop.startup_delay_steps)
    threads = supervisor.start_queue_runners(session)
    tf.logging.info('Starting Queues.')
    for queue_runner, init_tokens in loop.sync:
        supervisor.start_queue_runners(session, [queue_runner])
        session.run(init_tokens)
    try:
        while not supervisor.should_stop():
            loss, should_stop = loop.train_step_fn(session, loop.train_op, loop.global_step, loop.train_step_kwargs)
            if should_stop:
                tf.logging.info('Stopping Training.')
                supervisor.request_stop()
    except tf.errors.OutOfRangeError as error:
        tf.logging.info('Caught OutOfRangeError. Stopping Training. %s', error)
    if logdir and supervisor.is_chief:
        tf.logging.info('Finished training! Saving model to disk.')
        try:
            # The supervisor's own thread may still be saving an earlier step, which must not become the newest.
            supervisor.request_stop()
            supervisor.coord.join(threads, ignore_live_threads=ignore_live)
        finally:
            supervisor.saver.save(session, supervisor.save_path, global_step=supervisor.global_step)
        supervisor.stop(close_summary_writer=True, ignore_live_threads=ignore_live)
    return loss


def _check(
    train_op: Any,
    logdir: str | None,
    number_of_steps: int | None,
    startup_delay_steps: int,
    sync_optimizer: Any,
    trace_every_n_steps: int | None,
    is_chief: bool,
) -> None:
    if train_op is None:
        raise ValueError('train_op cannot be None; make one with slim.learning.create_train_op.')
    if logdir is None and trace_every_n_steps is not None and is_chief:
        raise ValueError('logdir must be a folder when trace_every_n_steps is not None, got None.')
    if sync_optimizer is not None and startup_delay_steps > 0:
        raise ValueError(f'startup_delay_steps must be 0 with sync_optimizer, got {startup_delay_steps}.')
    if number_of_steps is not None and number_of_steps <= 0:
        raise ValueError(f'number_of_steps must be > 0, or None for no end, got {number_of_steps}.')


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, (list, tuple)) else [value]


def _decisions(
    global_step: Any, number_of_steps: int | None, log_every: int | None, trace_every: int | None, logdir: str | None
) -> dict[str, Any]:
    """Returns the tensors that tell `train_step` what to do."""
    decisions: dict[str, Any] = {}
    with tf.name_scope('train_step'):
        if number_of_steps:
            decisions['should_stop'] = tf.greater_equal(global_step, number_of_steps)
        if log_every:
            decisions['should_log'] = tf.equal(tf.mod(global_step, log_every), 0)
        if trace_every:
            decisions['should_trace'] = tf.equal(tf.mod(global_step, trace_every), 0)
            decisions['logdir'] = logdir
    return decisions


def _wait_for_step(session: Any, global_step: Any, step: int) -> None:
    while session.run(global_step) < step:
        tf.logging.info('Waiting for step %d before starting training.', step)
        time.sleep(1)
