"""Estimators and optimizers with something added."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import tf1 as tf
from tf1.train.wrapping_optimizer import WrappingOptimizer


def forward_features(
    estimator: tf.estimator.Estimator,
    keys: str | Iterable[str] | None = None,
    sparse_default_values: Mapping[str, Any] | None = None,
) -> tf.estimator.Estimator:
    """Returns an Estimator like the given one, whose predictions hold features too.

    Args:
      estimator: it is not changed.
      keys: which features; all if not given.
      sparse_default_values: for sparse features that are to be forwarded dense: the value of empty places, by name.

    Raises:
      TypeError: keys that are no strings.
      ValueError: from the new `model_fn`: features that are no dictionary, a key that is no feature, that is sparse,
        or that is a prediction already.
    """
    names = [keys] if isinstance(keys, str) else None if keys is None else list(keys)
    for name in names or []:
        if not isinstance(name, str):
            raise TypeError(f'keys must be strings, got {name!r}.')

    def model_fn(features: Any, labels: Any, mode: str, config: tf.estimator.RunConfig) -> tf.estimator.EstimatorSpec:
        spec = estimator.model_fn(features, labels, mode, config)
        if not spec.predictions:
            return spec
        forwarded = _forwarded(features, names, sparse_default_values or {})
        predictions = _joined(spec.predictions, forwarded)
        outputs = {key: _with(output, forwarded) for key, output in (spec.export_outputs or {}).items()}
        return spec._replace(predictions=predictions, export_outputs=outputs or spec.export_outputs)

    return tf.estimator.Estimator(model_fn, model_dir=estimator.model_dir, config=estimator.config)


def _forwarded(features: Any, names: list[str] | None, defaults: Mapping[str, Any]) -> dict[str, tf.Tensor]:
    if not isinstance(features, Mapping):
        raise ValueError(f'features must be a dictionary to be forwarded, got {type(features).__name__}.')
    chosen = {}
    for name in names if names is not None else features:
        if name not in features:
            raise ValueError(f'keys must be among the features {sorted(features)}, got {name!r}.')
        value = features[name]
        if isinstance(value, tf.SparseTensor) and name in defaults:
            value = tf.sparse.to_dense(value, default_value=defaults[name])
        if isinstance(value, tf.SparseTensor):
            raise ValueError(f'{name!r} is sparse; give its default in sparse_default_values to forward it dense.')
        chosen[name] = tf.convert_to_tensor(value)
    return chosen


def _joined(predictions: Any, forwarded: Mapping[str, tf.Tensor]) -> dict[str, tf.Tensor]:
    if not isinstance(predictions, Mapping):
        raise ValueError(f'predictions must be a dictionary to take features, got {type(predictions).__name__}.')
    both = sorted(set(predictions) & set(forwarded))
    if both:
        raise ValueError(f'keys must not be predictions already, got {both}.')
    return {**predictions, **forwarded}


def _with(output: Any, forwarded: Mapping[str, tf.Tensor]) -> Any:
    if isinstance(output, tf.estimator.export.PredictOutput):
        return tf.estimator.export.PredictOutput({**output.outputs, **forwarded})
    return output


def clip_gradients_by_norm(optimizer: tf.train.Optimizer, clip_norm: float | tf.Tensor) -> tf.train.Optimizer:
    """Returns an optimizer that clips the norm of all gradients together to `clip_norm`, > 0, before they apply."""
    return _Clipping(optimizer, clip_norm)


class _Clipping(WrappingOptimizer):
    """Clips gradients on their way to another optimizer."""

    def __init__(self, optimizer: tf.train.Optimizer, norm: float | tf.Tensor):
        super().__init__(optimizer, 'ClipByNorm' + optimizer.get_name())
        self._norm = norm

    def apply_gradients(
        self, grads_and_vars: Iterable[tuple[Any, tf.Variable]], global_step: Any = None, name: str | None = None
    ) -> tf.Operation:
        gradients, variables = zip(*grads_and_vars, strict=True)
        clipped, _ = tf.clip_by_global_norm(gradients, self._norm)
        return self._optimizer.apply_gradients(zip(clipped, variables, strict=True), global_step, name)


def export_all_saved_models(
    estimator: tf.estimator.Estimator,
    export_dir_base: str,
    input_receiver_fn_map: Mapping[str, Callable[[], Any]],
    assets_extra: Mapping[str, str] | None = None,
    as_text: bool = False,
    checkpoint_path: str | None = None,
) -> bytes:
    """Writes one SavedModel with a graph for each mode, and returns its folder."""
    return estimator.experimental_export_all_saved_models(
        export_dir_base, input_receiver_fn_map, assets_extra, as_text, checkpoint_path
    )


def export_saved_model_for_mode(
    estimator: tf.estimator.Estimator,
    export_dir_base: str,
    input_receiver_fn: Callable[[], Any],
    assets_extra: Mapping[str, str] | None = None,
    as_text: bool = False,
    checkpoint_path: str | None = None,
    mode: str = tf.estimator.ModeKeys.PREDICT,
) -> bytes:
    """Writes a SavedModel with the graph of one mode, and returns its folder."""
    return export_all_saved_models(
        estimator, export_dir_base, {mode: input_receiver_fn}, assets_extra, as_text, checkpoint_path
    )
