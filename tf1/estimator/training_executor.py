"""What the processes of a training do, alone or in a cluster: the part of each role, one method each."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator import checkpoints, validation
from tf1.estimator.cluster import TaskType
from tf1.estimator.continuous_evaluation import ContinuousEvalListener, EvalResult, EvalStatus, Evaluator
from tf1.estimator.estimator import Estimator
from tf1.estimator.evaluating_listener import EvaluatingListener
from tf1.estimator.evaluation import GLOBAL_STEP
from tf1.estimator.run_config import RunConfig
from tf1.estimator.train_eval_specs import EvalSpec, TrainSpec

_DELAY_SECS_PER_WORKER = 5
_MAX_DELAY_SECS = 60
_POLL_SECS = 1.0
_LOOP = (
    'Start train and evaluate loop. The evaluate will happen after every checkpoint. Checkpoint frequency is '
    'determined based on RunConfig arguments: save_checkpoints_steps %s or save_checkpoints_secs %s.'
)

Outcome = tuple[Any, Any] | None


class TrainingExecutor:
    """Trains and evaluates as TF_CONFIG says of this process; frameworks derive from it or call its parts.

    Args:
      estimator: the model.
      train_spec: how to train.
      eval_spec: how to evaluate and export.
      train_hooks: session hooks of training beside those of `train_spec`.
      continuous_eval_listener: is asked around every evaluation whether to go on.
      eval_every_n_steps: steps between two evaluations, in place of `eval_spec.throttle_secs`.

    Raises:
      TypeError: an argument has the wrong type.
    """

    def __init__(
        self,
        estimator: Estimator,
        train_spec: TrainSpec,
        eval_spec: EvalSpec,
        train_hooks: Sequence[tf.train.SessionRunHook] | None = None,
        continuous_eval_listener: ContinuousEvalListener | None = None,
        *,
        eval_every_n_steps: int | None = None,
    ):
        for name, value, kind in (
            ('estimator', estimator, Estimator),
            ('eval_spec', eval_spec, EvalSpec),
            ('train_spec', train_spec, TrainSpec),
        ):
            if not isinstance(value, kind):
                raise TypeError(f'{name} must be a tf.estimator.{kind.__name__}, got {value!r}.')
        if continuous_eval_listener and not isinstance(continuous_eval_listener, ContinuousEvalListener):
            raise TypeError(
                f'continuous_eval_listener must be a ContinuousEvalListener, got {continuous_eval_listener!r}.'
            )
        self._estimator = estimator
        self._train_spec = train_spec
        self._eval_spec = eval_spec
        self._train_hooks = validation.check_hooks(train_hooks, 'train_hooks')
        self._continuous_eval_listener = continuous_eval_listener or ContinuousEvalListener()
        self._every_n_steps = eval_every_n_steps

    @property
    def estimator(self) -> Estimator:
        """The model."""
        return self._estimator

    def run(self) -> Outcome:
        """Plays the part of this process; see the method of its role.

        Raises:
          ValueError: there is no such role.
          RuntimeError: TF_CONFIG gives a process of a cluster no address.
        """
        config = self._estimator.config
        if not config.cluster_spec and config.task_type != TaskType.EVALUATOR:
            tf.logging.info('Running training and evaluation locally (non-distributed).')
            return self.run_local()
        part = getattr(self, f'run_{config.task_type}', None)
        if part is None or config.task_type == 'local':
            raise ValueError(f'TF_CONFIG: a task of type {config.task_type!r} has no part in training.')
        return part()

    def run_local(self) -> tuple[Any, Any]:
        """Trains and evaluates in this process; returns metrics and exports of the last evaluation."""
        config = self._estimator.config
        tf.logging.info(_LOOP, config.save_checkpoints_steps, config.save_checkpoints_secs)
        return self._train_with_evaluations(self._train)

    def run_chief(self) -> None:
        """Trains beside the workers, and saves checkpoints."""
        self._start_distributed_training()

    def run_worker(self) -> None:
        """Trains after a delay that grows with the worker's number."""
        self._start_distributed_training()

    def run_master(self) -> None:
        """Trains as a chief does, and evaluates."""
        self._train_with_evaluations(self._start_distributed_training)

    def run_evaluator(self) -> None:
        """Evaluates new checkpoints as they appear, until one has reached `max_steps`."""
        self._start_continuous_evaluation()

    def run_ps(self) -> None:
        """Serves variables for ever."""
        server = self._start_std_server(self._estimator.config)
        server.join()

    def _train_with_evaluations(self, train: Callable[..., None]) -> tuple[Any, Any]:
        evaluator = Evaluator(self._estimator, self._eval_spec, self._train_spec.max_steps)
        evaluations = EvaluatingListener(
            evaluator, self._eval_spec.throttle_secs, self._continuous_eval_listener, self._every_n_steps
        )
        train(saving_listeners=[evaluations])
        return evaluations.eval_result.metrics, evaluations.export_results

    def _train(self, saving_listeners: Sequence[tf.train.CheckpointSaverListener] = ()) -> None:
        self._estimator.train(
            input_fn=self._train_spec.input_fn,
            max_steps=self._train_spec.max_steps,
            hooks=[*self._train_spec.hooks, *self._train_hooks],
            saving_listeners=[*self._train_spec.saving_listeners, *saving_listeners],
        )

    def _start_distributed_training(
        self, saving_listeners: Sequence[tf.train.CheckpointSaverListener] | None = None
    ) -> None:
        config = self._estimator.config
        server = self._start_std_server(config)  # It serves as long as there is a reference to it.
        if config.task_type == TaskType.WORKER:
            _wait_for_turn(config)
        self._train(saving_listeners or ())
        del server

    def _start_std_server(self, config: RunConfig) -> tf.train.Server | None:
        """Starts this process's server, unless it is alone in its cluster, and returns it."""
        spec = config.cluster_spec
        if sum(spec.num_tasks(job) for job in spec.jobs) == 1:
            tf.logging.info('Skip starting Tensorflow server as there is only one node in the cluster.')
            return None
        if not config.master:
            raise RuntimeError(
                'A server needs an address, and TF_CONFIG sets "session_master" to none: leave it out, or name the '
                'server.'
            )
        tf.logging.info('Start Tensorflow server.')
        return tf.train.Server(
            spec,
            job_name=config.task_type,
            task_index=config.task_id,
            protocol=config.protocol,
            config=tf.ConfigProto(gpu_options=config.session_config.gpu_options),
        )

    def _start_continuous_evaluation(self) -> None:
        spec, max_steps = self._eval_spec, self._train_spec.max_steps
        if spec.start_delay_secs:
            tf.logging.info('Waiting %f secs before starting eval.', spec.start_delay_secs)
            time.sleep(spec.start_delay_secs)
        evaluator = Evaluator(self._estimator, spec, max_steps)
        step, is_waiting = None, False
        while True:
            started = time.monotonic()
            result = self._attempt(evaluator, step)
            if result is None:
                return
            if result.status != EvalStatus.EVALUATED:
                if spec.throttle_secs == 0 and not is_waiting:
                    tf.logging.warning(
                        'EvalSpec.throttle_secs is 0: the evaluator looks for a new checkpoint every %g s. Consider a '
                        'larger value.',
                        _POLL_SECS,
                    )
                is_waiting = True
                time.sleep(_POLL_SECS)
                continue
            is_waiting = False
            step = result.metrics[GLOBAL_STEP]
            if evaluator.is_trained(step):
                tf.logging.info('Exiting evaluation, global_step=%s >= train max_steps=%s', step, max_steps)
                return
            if self._every_n_steps is None:
                _wait(spec.throttle_secs - (time.monotonic() - started))

    def _attempt(self, evaluator: Evaluator, last_step: int | None) -> EvalResult | None:
        """Returns the result of one attempt, or None where the listener asks to stop."""
        if not self._continuous_eval_listener.before_eval():
            tf.logging.info('Exiting evaluation: the listener asked for it in before_eval.')
            return None
        if self._is_due(evaluator, last_step):
            result, _ = evaluator.evaluate_and_export()
        else:
            result = EvalResult(EvalStatus.NO_NEW_CHECKPOINT)
        if not self._continuous_eval_listener.after_eval(result):
            tf.logging.info('Exiting evaluation: the listener asked for it in after_eval.')
            return None
        return result

    def _is_due(self, evaluator: Evaluator, last_step: int | None) -> bool:
        if self._every_n_steps is None or last_step is None:
            return True
        step = checkpoints.global_step_of(self._estimator.latest_checkpoint())
        return evaluator.is_trained(step) or step - last_step >= self._every_n_steps


def _wait_for_turn(config: RunConfig) -> None:
    """Workers start one after the other: the first steps are the least stable."""
    limit = config.experimental_max_worker_delay_secs
    delay = min(_MAX_DELAY_SECS if limit is None else limit, (config.task_id + 1) * _DELAY_SECS_PER_WORKER)
    if delay > 0:
        tf.logging.info('Waiting %d secs before starting training.', delay)
        time.sleep(delay)


def _wait(seconds: float) -> None:
    if seconds > 0:
        tf.logging.info('Waiting %f secs before starting next eval run.', seconds)
        time.sleep(seconds)
