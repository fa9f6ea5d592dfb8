"""From a model's export outputs to the signatures of a SavedModel, and the log lines that say which there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.export.outputs import ExportOutput

TRAIN_METHOD = 'tensorflow/supervised/training'
EVAL_METHOD = 'tensorflow/supervised/eval'

_DEFAULT = tf.saved_model.signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY
_KINDS = {
    'Classify': tf.saved_model.signature_constants.CLASSIFY_METHOD_NAME,
    'Regress': tf.saved_model.signature_constants.REGRESS_METHOD_NAME,
    'Predict': tf.saved_model.signature_constants.PREDICT_METHOD_NAME,
    'Train': TRAIN_METHOD,
    'Eval': EVAL_METHOD,
}


def build(
    outputs: Mapping[str, ExportOutput],
    receiver_tensors: dict[str, Any],
    alternatives: Mapping[str, dict[str, Any]] | None,
) -> dict[str, Any]:
    """Returns the signature of every output, and one called `ALTERNATIVE:NAME` for every other way to feed it.

    A pair that does not fit, such as a classification of raw floats, is left out; the log says so and why.
    """
    signatures, refused = {}, {}
    for prefix, tensors in {'': receiver_tensors, **_prefixed(alternatives)}.items():
        for name, output in outputs.items():
            try:
                signatures[prefix + name] = output.as_signature_def(tensors)
            except ValueError as error:
                refused[prefix + name] = str(error)
    _log(signatures, refused)
    return signatures


def _prefixed(alternatives: Mapping[str, dict[str, Any]] | None) -> dict[str, dict[str, Any]]:
    return {f'{name}:': tensors for name, tensors in (alternatives or {}).items()}


def _log(signatures: Mapping[str, Any], refused: Mapping[str, str]) -> None:
    for kind, method_name in _KINDS.items():
        names = [name for name, signature in signatures.items() if signature.method_name == method_name]
        tf.logging.info('Signatures INCLUDED in export for %s: %s', kind, names or None)
    if refused:
        tf.logging.info('Signatures EXCLUDED from export because they cannot be be served via TensorFlow Serving APIs:')
        for name, reason in refused.items():
            tf.logging.info("'%s' : %s", name, reason)
    if not signatures:
        tf.logging.warning('Export includes no signatures!')
    elif _DEFAULT not in signatures:
        tf.logging.warning('Export includes no default signature!')
