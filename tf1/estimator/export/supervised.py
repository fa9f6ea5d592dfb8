"""What a model offers to those who train or evaluate its SavedModel: loss, predictions and metrics."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.export.outputs import ExportOutput

_SEPARATOR = '/'


class SupervisedOutput(ExportOutput):
    """The signature of a training or evaluation graph, with the keys of TF 1.15.

    Outputs are `loss`, `predictions` or `predictions/KEY`, `metrics/NAME/value` and `metrics/NAME/update_op`.

    Args:
      method_name: method name of the signature.
      loss: scalar tensor.
      predictions: tensor, or dict of tensors, maybe empty.
      metrics: `{name: (value tensor, update op)}`.
    """

    def __init__(self, method_name: str, loss: tf.Tensor, predictions: Any, metrics: Mapping[str, tuple[Any, Any]]):
        self._method_name = method_name
        self.outputs = {'loss': loss, **_named_predictions(predictions)}
        for name, (value, update) in metrics.items():
            self.outputs[_joined('metrics', name, 'value')] = value
            self.outputs[_joined('metrics', name, 'update_op')] = _as_tensor(update)

    def as_signature_def(self, receiver_tensors: dict[str, tf.Tensor]) -> object:
        """Returns the signature from all `receiver_tensors` to all outputs."""
        return tf.saved_model.build_signature_def(
            _tensor_infos(receiver_tensors), _tensor_infos(self.outputs), self._method_name
        )


def _named_predictions(predictions: Any) -> dict[str, tf.Tensor]:
    if isinstance(predictions, Mapping):
        return {_joined('predictions', key): value for key, value in predictions.items()}
    return {'predictions': predictions}


def _joined(*parts: Any) -> str:
    return _SEPARATOR.join(_SEPARATOR.join(part) if isinstance(part, tuple) else str(part) for part in parts)


def _as_tensor(update: Any) -> tf.Tensor:
    """A signature holds tensors only: whoever fetches this empty one runs the op."""
    if not isinstance(update, tf.Operation):
        return update
    with tf.control_dependencies([update]):
        return tf.constant([], dtype=tf.float32, name='metric_op_wrapper')


def _tensor_infos(tensors: Mapping[str, tf.Tensor]) -> dict[str, object]:
    return {key: tf.saved_model.build_tensor_info(tensor) for key, tensor in tensors.items()}
