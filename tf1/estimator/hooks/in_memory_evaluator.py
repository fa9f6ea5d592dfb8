"""The hook that evaluates a model while it trains, with the weights that it has at that moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator import checkpoints, evaluation, validation
from tf1.estimator.estimator import Estimator
from tf1.estimator.hooked_session import HookedSession
from tf1.estimator.mode_keys import ModeKeys


class InMemoryEvaluatorHook(tf.train.SessionRunHook):
    """Evaluates before the first step, every so many steps and at the end of training, without a checkpoint.

    The evaluation's graph is built once. Its variables take their values from the training session.

    Args:
      estimator: the model that is trained, in this process alone.
      input_fn: as for `Estimator.evaluate`.
      steps: batches to take; None for all that the input has.
      hooks: session hooks of each evaluation.
      name: sets the result's event files apart, in `eval_NAME`.
      every_n_iter: steps of this process between two evaluations.

    Raises:
      TypeError: an argument has the wrong type.
      ValueError: `every_n_iter` or `steps` is not > 0, or the model is trained in a cluster.
    """

    def __init__(
        self,
        estimator: Estimator,
        input_fn: Callable,
        steps: int | None = None,
        hooks: Sequence[tf.train.SessionRunHook] | None = None,
        name: str | None = None,
        every_n_iter: int = 100,
    ):
        if not isinstance(estimator, Estimator):
            raise TypeError(f'estimator must be a tf.estimator.Estimator, got {estimator!r}.')
        if every_n_iter is None or every_n_iter <= 0:
            raise ValueError(f'every_n_iter must be > 0, got {every_n_iter}.')
        validation.check_function('input_fn', input_fn)
        validation.check_positive('steps', steps)
        config = estimator.config
        if config.num_ps_replicas > 0 or config.num_worker_replicas > 1:
            raise ValueError('InMemoryEvaluatorHook needs training in one process; TF_CONFIG describes a cluster.')
        self._estimator = estimator
        self._input_fn = input_fn
        self._steps = steps
        self._user_hooks = validation.check_hooks(hooks)
        self._eval_dir = estimator.eval_dir(name)
        self._every_n_iter = every_n_iter

    def begin(self) -> None:
        """Builds the evaluation's graph beside the training graph.

        Raises:
          ValueError: the model has a variable in evaluation that it has not in training, or a Scaffold with a saver or
            init_fn of its own.
        """
        self._global_step = tf.train.get_global_step()
        trained = {checkpoints.name_of(variable): variable for variable in tf.global_variables()}
        self._evaluation = _EvaluationGraph(self._estimator, self._input_fn, self._user_hooks)
        missing = sorted(set(self._evaluation.variable_names) - set(trained))
        if missing:
            raise ValueError(f'Evaluation needs variables that training does not have: {missing}.')
        self._sources = {name: trained[name] for name in self._evaluation.variable_names}
        self._runs = 0

    def after_create_session(self, session: tf.Session, coord: tf.train.Coordinator) -> None:
        """Evaluates what training starts with."""
        self._evaluate(session)

    def skippable_steps(self, global_step: int) -> int:
        """Returns the steps before the one after which it evaluates."""
        return -(self._runs + 1) % self._every_n_iter

    def skip_steps(self, count: int) -> None:
        """Counts steps that were made in one call."""
        self._runs += count

    def after_run(self, run_context: tf.train.SessionRunContext, run_values: tf.train.SessionRunValues) -> None:
        """Evaluates if it is time to."""
        self._runs += 1
        if self._runs % self._every_n_iter == 0:
            self._evaluate(run_context.session)

    def end(self, session: tf.Session) -> None:
        """Evaluates the final weights, unless the last evaluation already had them."""
        if session.run(self._global_step) != self._last_step:
            self._evaluate(session)

    def _evaluate(self, session: tf.Session) -> None:
        result = self._evaluation.run(session.run(self._sources), self._steps, self._eval_dir)
        self._last_step = result[evaluation.GLOBAL_STEP]


class _EvaluationGraph:
    """The evaluation of a model whose weights are given each time."""

    def __init__(self, estimator: Estimator, input_fn: Callable, hooks: Sequence[tf.train.SessionRunHook]):
        self._config = estimator.config
        with estimator._graph():
            self._graph = tf.get_default_graph()
            features, labels, input_hooks = estimator._get_features_and_labels_from_input_fn(input_fn, ModeKeys.EVAL)
            spec = estimator._call_model_fn(features, labels, ModeKeys.EVAL, self._config)
            _check_plain(spec.scaffold)
            update_op, self._metrics = evaluation.metrics(spec)
            self._step = [update_op, evaluation.count_steps()]
            self._hooks, self._late_hooks = [*input_hooks, *hooks], spec.evaluation_hooks
            self._inlets, fill = _inlets(tf.global_variables())
            self._values: dict[tf.Tensor, Any] = {}
            self._scaffold = _filled_scaffold(evaluation.initializing_everything(spec.scaffold), fill, self._values)

    @property
    def variable_names(self) -> list[str]:
        """Names of the variables whose values are to be given."""
        return list(self._inlets)

    def run(self, values: dict[str, Any], steps: int | None, eval_dir: str) -> dict[str, Any]:
        """Returns the metrics of a model with the given values of variables, and writes them to `eval_dir`."""
        self._values.update({self._inlets[name]: value for name, value in values.items()})
        with self._graph.as_default():
            stop = [] if steps is None else [evaluation.StopAfter(steps)]
            hooks = [*self._hooks, *stop, *self._late_hooks]
            result = evaluation.run(self._step, self._metrics, hooks, self._open)
            evaluation.write_summary(eval_dir, result, None)
        return result

    def _open(self, hooks: Sequence[tf.train.SessionRunHook]) -> HookedSession:
        creator = checkpoints.RestoringSessionCreator(
            self._scaffold, master=self._config.evaluation_master, config=self._config.session_config
        )
        return HookedSession(creator, hooks)


def _check_plain(scaffold: tf.train.Scaffold) -> None:
    """Raises ValueError where the evaluation's model takes its first values from elsewhere than its variables."""
    found = [name for name in ('saver', 'init_fn') if getattr(scaffold, name)]
    if found:
        raise ValueError(
            f'InMemoryEvaluatorHook gives the evaluation the values of the trained variables; it cannot serve {found} '
            'of its Scaffold: leave them out in EVAL mode, or evaluate checkpoints.'
        )


def _inlets(variables: Sequence[tf.Variable]) -> tuple[dict[str, tf.Tensor], tf.Operation]:
    """Returns a placeholder per variable, by its name, and the op that assigns them all."""
    with tf.name_scope('inlets'):
        inlets = {v.op.name: tf.placeholder(v.dtype.base_dtype, v.shape) for v in variables}
        fill = tf.group(*(tf.assign(v, inlets[v.op.name]) for v in variables))
    return inlets, fill


def _filled_scaffold(model: tf.train.Scaffold, fill: tf.Operation, values: dict[tf.Tensor, Any]) -> tf.train.Scaffold:
    """Returns the model's own scaffold, but with variables that start with `values`."""
    return tf.train.Scaffold(
        init_op=fill,
        init_feed_dict=values,
        ready_op=model.ready_op,
        ready_for_local_init_op=model.ready_for_local_init_op,
        local_init_op=model.local_init_op,
        summary_op=model.summary_op,
        saver=model.saver,
    )
