"""`TPUEstimatorSpec`: what the `model_fn` of a `TPUEstimator` returns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf

from tf1.estimator import user_functions
from tf1.estimator.export import ExportOutput
from tf1.estimator.mode_keys import ModeKeys
from tf1.estimator.spec import EstimatorSpec

HostCall = tuple[Callable[..., Any], Any]


class _Fields(NamedTuple):
    mode: str
    predictions: Any
    loss: tf.Tensor | None
    train_op: tf.Operation | tf.Tensor | None
    eval_metrics: HostCall | None
    export_outputs: dict[str, ExportOutput] | None
    scaffold_fn: Callable[[], tf.train.Scaffold] | None
    host_call: HostCall | None
    training_hooks: tuple[tf.train.SessionRunHook, ...]
    evaluation_hooks: tuple[tf.train.SessionRunHook, ...]
    prediction_hooks: tuple[tf.train.SessionRunHook, ...]


class TPUEstimatorSpec(_Fields):
    """Ops and objects returned from a `model_fn` that was written for TPUs, an immutable record as in TF 1.15.

    On a TPU metrics and summaries are made on the host, from tensors that leave the device; so they are given as a
    function and its tensors. Here the functions are called with those tensors, in the same graph.

    Args:
      mode: a `ModeKeys` value.
      predictions: dict of tensors.
      loss: float tensor of one element.
      train_op: what one step runs; needed to train.
      eval_metrics: `(function, tensors)`: the function returns `{name: (value tensor, update op)}`. `tensors` is a list
        for its positional arguments, or a dict for its named ones.
      export_outputs: `{signature name: ExportOutput}`.
      scaffold_fn: returns the `tf.train.Scaffold`; called once the model is built.
      host_call: `(function, tensors)`: what the function returns is run with every step.
      training_hooks: session hooks for training.
      evaluation_hooks: session hooks for evaluation.
      prediction_hooks: session hooks for prediction.

    Raises:
      ValueError: `train_op` is missing in training, or `eval_metrics` or `host_call` is no pair of that kind.
      TypeError: a function or hook has the wrong type.
    """

    __slots__ = ()

    def __new__(
        cls,
        mode,
        predictions=None,
        loss=None,
        train_op=None,
        eval_metrics=None,
        export_outputs=None,
        scaffold_fn=None,
        host_call=None,
        training_hooks=None,
        evaluation_hooks=None,
        prediction_hooks=None,
    ):
        """Checks the fields and makes the record; see the class."""
        if mode == ModeKeys.TRAIN and train_op is None:
            raise ValueError('Missing train_op: TRAIN mode needs the op that one step runs.')
        if eval_metrics is not None:
            _check_pair('eval_metrics', eval_metrics)
        if host_call is not None:
            _check_pair('host_call', host_call)
        return super().__new__(
            cls,
            mode=mode,
            predictions={} if predictions is None else predictions,
            loss=loss,
            train_op=train_op,
            eval_metrics=eval_metrics,
            export_outputs=export_outputs,
            scaffold_fn=scaffold_fn,
            host_call=host_call,
            training_hooks=_valid_hooks('training_hooks', training_hooks),
            evaluation_hooks=_valid_hooks('evaluation_hooks', evaluation_hooks),
            prediction_hooks=_valid_hooks('prediction_hooks', prediction_hooks),
        )

    def as_estimator_spec(self) -> EstimatorSpec:
        """Returns the record that an `Estimator` takes: the functions are called with their tensors.

        Raises:
          RuntimeError: a function of `eval_metrics` or `host_call` takes another number of arguments.
        """
        metrics = None if self.eval_metrics is None else _call('eval_metrics', self.eval_metrics)
        host_hooks: tuple[_RunWithEveryStep, ...] = ()
        if self.host_call is not None:
            fetched = _call('host_call', self.host_call)
            host_hooks = () if fetched is None else (_RunWithEveryStep(fetched),)
        return EstimatorSpec(
            mode=self.mode,
            predictions=self.predictions,
            loss=self.loss,
            train_op=self.train_op,
            eval_metric_ops=metrics,
            export_outputs=self.export_outputs,
            training_hooks=(*self.training_hooks, *host_hooks),
            scaffold=self.scaffold_fn() if self.scaffold_fn else None,
            evaluation_hooks=(*self.evaluation_hooks, *host_hooks),
            prediction_hooks=(*self.prediction_hooks, *host_hooks),
        )


class _RunWithEveryStep(tf.train.SessionRunHook):
    """Runs tensors in the same call of `session.run` as the step."""

    def __init__(self, fetches: Any):
        self._fetches = fetches

    def before_run(self, run_context: tf.train.SessionRunContext) -> tf.train.SessionRunArgs:
        """Asks for the tensors."""
        return tf.train.SessionRunArgs(self._fetches)


def _check_pair(field: str, value: Any) -> None:
    if not isinstance(value, (list, tuple)):
        raise ValueError(f'{field} must be a tuple (function, tensors), got {value!r}.')
    if len(value) != 2:
        raise ValueError(f'{field} must have two elements, a function and its tensors; got {len(value)}.')
    function, tensors = value
    if not callable(function):
        raise TypeError(f'{field}[0] must be callable, got {function!r}.')
    if not isinstance(tensors, (list, tuple, dict)):
        raise ValueError(f'{field}[1] must be a list, tuple or dict of tensors, got {tensors!r}.')
    if isinstance(tensors, dict) or user_functions.takes_any_number(function):
        return
    names = user_functions.argument_names(function)
    if len(tensors) != len(names):
        raise RuntimeError(
            f'In TPUEstimatorSpec.{field}, length of tensors {len(tensors)} does not match the arguments of the '
            f'function, which takes {len(names)}: {names}.'
        )


def _call(field: str, pair: HostCall) -> Any:
    function, tensors = pair
    if isinstance(tensors, dict):
        return function(**tensors)
    return function(*tensors)


def _valid_hooks(field: str, hooks: Sequence[Any] | None) -> tuple[tf.train.SessionRunHook, ...]:
    hooks = tuple(hooks or ())
    for hook in hooks:
        if not isinstance(hook, tf.train.SessionRunHook):
            raise TypeError(f'{field}: all hooks must be SessionRunHook instances, got {hook!r}.')
    return hooks
