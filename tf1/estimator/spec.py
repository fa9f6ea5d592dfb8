"""`EstimatorSpec`: what a `model_fn` returns, checked when it is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import tensorflow as tf2
import tensorflow.compat.v1 as tf

from tf1.estimator.export import ExportOutput, PredictOutput
from tf1.estimator.mode_keys import ModeKeys

_DEFAULT_SERVING = tf.saved_model.signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY


class _Fields(NamedTuple):
    mode: str
    predictions: Any
    loss: tf.Tensor | None
    train_op: tf.Operation | tf.Tensor | None
    eval_metric_ops: dict[str, Any]
    export_outputs: dict[str, ExportOutput] | None
    training_chief_hooks: tuple[tf.train.SessionRunHook, ...]
    training_hooks: tuple[tf.train.SessionRunHook, ...]
    scaffold: tf.train.Scaffold
    evaluation_hooks: tuple[tf.train.SessionRunHook, ...]
    prediction_hooks: tuple[tf.train.SessionRunHook, ...]


class EstimatorSpec(_Fields):
    """Ops and objects returned from a `model_fn`, an immutable record as in TF 1.15.

    Args:
      mode: a `ModeKeys` value; with None, or any other, no field is needed.
      predictions: tensor, or dict of tensors; needed to predict.
      loss: float tensor of one element, kept as shape `[]`; needed to train and evaluate.
      train_op: what one step runs; needed to train.
      eval_metric_ops: `{name: (value, update op)}`; a value is a tensor or a structure of tensors. Keras metrics that
        were updated become such pairs, and their variables local ones.
      export_outputs: `{signature name: ExportOutput}`. A single one is the default signature too; in PREDICT mode
        None means all `predictions`.
      training_chief_hooks: session hooks for training, on the chief worker alone.
      training_hooks: session hooks for training, on every worker.
      scaffold: initialisation, saver and summaries, where the default ones do not fit.
      evaluation_hooks: session hooks for evaluation.
      prediction_hooks: session hooks for prediction.

    Raises:
      ValueError: a field that `mode` needs is missing, a shape is wrong, or a tensor is of another graph.
      TypeError: a field has the wrong type.
    """

    __slots__ = ()

    def __new__(
        cls,
        mode,
        predictions=None,
        loss=None,
        train_op=None,
        eval_metric_ops=None,
        export_outputs=None,
        training_chief_hooks=None,
        training_hooks=None,
        scaffold=None,
        evaluation_hooks=None,
        prediction_hooks=None,
    ):
        """Checks every field and makes the record; see the class."""
        predictions = _valid_predictions(predictions, mode)
        return super().__new__(
            cls,
            mode=mode,
            predictions=predictions,
            loss=_valid_loss(loss, mode),
            train_op=_valid_train_op(train_op, mode),
            eval_metric_ops=_valid_eval_metric_ops(eval_metric_ops),
            export_outputs=_valid_export_outputs(export_outputs, predictions, mode),
            training_chief_hooks=_valid_hooks('training_chief_hooks', training_chief_hooks),
            training_hooks=_valid_hooks('training_hooks', training_hooks),
            scaffold=_valid_scaffold(scaffold),
            evaluation_hooks=_valid_hooks('evaluation_hooks', evaluation_hooks),
            prediction_hooks=_valid_hooks('prediction_hooks', prediction_hooks),
        )

    def _replace(self, **changes: Any) -> EstimatorSpec:
        """Returns a checked copy with `changes`; `mode` must stay."""
        if changes.get('mode', self.mode) != self.mode:
            raise ValueError(f'mode of EstimatorSpec cannot be changed, from {self.mode!r} to {changes["mode"]!r}.')
        return EstimatorSpec(**{**self._asdict(), **changes})


def _valid_predictions(predictions: Any, mode: str) -> Any:
    if predictions is None:
        if mode == ModeKeys.PREDICT:
            raise ValueError('Missing predictions: PREDICT mode needs a tensor or a dict of tensors.')
        return {}
    if isinstance(predictions, Mapping):
        return {key: _valid_tensor(f'predictions[{key!r}]', value) for key, value in predictions.items()}
    return _valid_tensor('predictions', predictions)


def _valid_loss(loss: Any, mode: str) -> tf.Tensor | None:
    if loss is None:
        if mode in (ModeKeys.TRAIN, ModeKeys.EVAL):
            raise ValueError(f'Missing loss: mode {mode!r} needs a scalar tensor.')
        return None
    loss = _valid_tensor('loss', loss)
    if loss.shape.num_elements() not in (None, 1):
        raise ValueError(f'loss must be scalar, got {loss} (reduce it, for example with tf.reduce_mean).')
    return loss if loss.shape.is_compatible_with([]) else tf.reshape(loss, [])


def _valid_train_op(train_op: Any, mode: str) -> Any:
    if train_op is None:
        if mode == ModeKeys.TRAIN:
            raise ValueError('Missing train_op: TRAIN mode needs the op that one step runs.')
        return None
    if not _is_graph_element(train_op):
        raise TypeError(f'train_op must be Operation or Tensor, got {train_op!r}.')
    return _of_default_graph('train_op', train_op)


def _valid_eval_metric_ops(metrics: Any) -> dict[str, Any]:
    if metrics is None:
        return {}
    if not isinstance(metrics, Mapping):
        raise TypeError(f'eval_metric_ops must be a dict, got {metrics!r}.')
    return {name: _valid_metric(f'eval_metric_ops[{name!r}]', metric) for name, metric in metrics.items()}


def _valid_metric(field: str, metric: Any) -> tuple[Any, Any]:
    if _is_keras_metric(metric):
        return _pair_of_keras_metric(field, metric)
    if not isinstance(metric, tuple) or len(metric) != 2:
        raise TypeError(f'{field} must be a (value, update op) tuple, got {metric!r}.')
    for element in tf.nest.flatten(metric):
        if not _is_graph_element(element):
            raise TypeError(f'{field} must hold Operation or Tensor only, got {element!r}.')
        _of_default_graph(field, element)
    return metric


def _pair_of_keras_metric(field: str, metric: Any) -> tuple[tf.Tensor, Any]:
    """Returns a Keras metric as a pair, and lets a session initialise its variables, which are in no collection yet."""
    if not metric.updates:
        raise ValueError(f'{field}: call update_state on the metric {metric!r} before it is handed over.')
    for update in metric.updates:
        _of_default_graph(field, update)
    known = set(map(id, tf.local_variables()))
    for variable in metric.variables:
        if id(variable) not in known:
            tf.add_to_collection(tf.GraphKeys.LOCAL_VARIABLES, variable)
            tf.add_to_collection(tf.GraphKeys.METRIC_VARIABLES, variable)
    return metric.result(), metric.updates[0] if len(metric.updates) == 1 else tf.group(*metric.updates)


def _valid_export_outputs(outputs: Any, predictions: Any, mode: str) -> dict[str, ExportOutput] | None:
    if mode != ModeKeys.PREDICT:
        return outputs
    if outputs is None:
        return {_DEFAULT_SERVING: PredictOutput(predictions)}
    if not isinstance(outputs, Mapping):
        raise TypeError(f'export_outputs must be a dict, got {outputs!r}.')
    for name, output in outputs.items():
        if not isinstance(output, ExportOutput):
            raise TypeError(f'export_outputs[{name!r}] must be an ExportOutput, got {output!r}.')
    outputs = dict(outputs)
    if len(outputs) == 1:
        outputs.setdefault(_DEFAULT_SERVING, *outputs.values())
    elif len(outputs) > 1 and _DEFAULT_SERVING not in outputs:
        raise ValueError(
            f'export_outputs: with several outputs one must be called {_DEFAULT_SERVING!r} (the default signature); '
            f'got {sorted(outputs)}.'
        )
    return outputs


def _valid_hooks(field: str, hooks: Any) -> tuple[tf.train.SessionRunHook, ...]:
    hooks = () if hooks is None else hooks
    if not isinstance(hooks, Iterable):
        raise TypeError(f'{field} must be an iterable of SessionRunHook, got {hooks!r}.')
    hooks = tuple(hooks)
    for hook in hooks:
        if not isinstance(hook, tf.train.SessionRunHook):
            raise TypeError(f'{field}: every hook must be a SessionRunHook, got {hook!r}.')
    return hooks


def _valid_scaffold(scaffold: Any) -> tf.train.Scaffold:
    scaffold = scaffold or tf.train.Scaffold()
    if not isinstance(scaffold, tf.train.Scaffold):
        raise TypeError(f'scaffold must be tf.train.Scaffold, got {scaffold!r}.')
    return scaffold


def _valid_tensor(field: str, value: Any) -> Any:
    if not isinstance(value, (tf.Tensor, tf.Variable)):
        raise TypeError(f'{field} must be Tensor, got {value!r} of type {type(value).__name__}.')
    return _of_default_graph(field, value)


def _of_default_graph(field: str, element: Any) -> Any:
    if element.graph is not tf.get_default_graph():
        raise ValueError(f'{field} must be from the default graph; {element!r} was made in another one.')
    return element


def _is_graph_element(value: Any) -> bool:
    return isinstance(value, (tf.Tensor, tf.Operation, tf2.Variable, tf.SparseTensor))


def _is_keras_metric(value: Any) -> bool:
    return hasattr(value, 'update_state') and hasattr(value, 'result') and hasattr(value, 'updates')
