"""`tf.contrib.session_bundle.exporter`: the names that TF 0.x programs export with; a SavedModel is what they write.

TensorFlow Serving has stopped reading session bundles, and nothing that reads them is left.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import tf1 as tf

_PREDICT = tf.saved_model.signature_constants.PREDICT_METHOD_NAME


class Signature(NamedTuple):
    """Tensors by name, and the method of serving that they are for."""

    inputs: dict[str, tf.Tensor]
    outputs: dict[str, tf.Tensor]
    method: str


def classification_signature(
    input_tensor: tf.Tensor, classes_tensor: tf.Tensor | None = None, scores_tensor: tf.Tensor | None = None
) -> Signature:
    """Returns the signature of a classifier."""
    constants = tf.saved_model.signature_constants
    outputs = {
        constants.CLASSIFY_OUTPUT_CLASSES: classes_tensor,
        constants.CLASSIFY_OUTPUT_SCORES: scores_tensor,
    }
    outputs = {name: tensor for name, tensor in outputs.items() if tensor is not None}
    return Signature({constants.CLASSIFY_INPUTS: input_tensor}, outputs, constants.CLASSIFY_METHOD_NAME)


def regression_signature(input_tensor: tf.Tensor, output_tensor: tf.Tensor) -> Signature:
    """Returns the signature of a regression."""
    constants = tf.saved_model.signature_constants
    return Signature(
        {constants.REGRESS_INPUTS: input_tensor},
        {constants.REGRESS_OUTPUTS: output_tensor},
        constants.REGRESS_METHOD_NAME,
    )


def generic_signature(name_tensor_map: Mapping[str, tf.Tensor]) -> Signature:
    """Returns the signature of tensors with names of one's own."""
    return Signature(dict(name_tensor_map), {}, _PREDICT)


class Exporter:
    """Writes what a session holds, in a new folder for each global step.

    Args:
      saver: kept for `init`; the SavedModel has a saver of its own.
    """

    def __init__(self, saver: tf.train.Saver):
        self._saver = saver
        self._signatures: dict[str, Signature] = {}
        self._init_op: tf.Operation | None = None

    def init(
        self,
        graph_def: tf.GraphDef | None = None,
        init_op: tf.Operation | None = None,
        clear_devices: bool = False,
        default_graph_signature: Signature | None = None,
        named_graph_signatures: Mapping[str, Signature] | None = None,
        assets_collection: Any = None,
        assets_callback: Callable[..., Any] | None = None,
    ) -> None:
        """Says what is exported; `named_graph_signatures` of 'inputs' and 'outputs' are one signature together."""
        named = dict(named_graph_signatures or {})
        if {'inputs', 'outputs'} <= named.keys():
            named['predict'] = Signature(named.pop('inputs').inputs, named.pop('outputs').inputs, _PREDICT)
        if default_graph_signature is not None:
            named[tf.saved_model.signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY] = default_graph_signature
        self._signatures, self._init_op = named, init_op

    def export(
        self,
        export_dir_base: str,
        global_step_tensor: tf.Variable | int,
        sess: tf.Session | None = None,
        exports_to_keep: int | None = None,
    ) -> str:
        """Writes a SavedModel to `export_dir_base/STEP`, eight digits; returns that folder."""
        sess = sess or tf.get_default_session()
        step = global_step_tensor if isinstance(global_step_tensor, int) else sess.run(global_step_tensor)
        folder = os.path.join(export_dir_base, f'{int(step):08d}')
        builder = tf.saved_model.builder.SavedModelBuilder(folder)
        builder.add_meta_graph_and_variables(
            sess,
            [tf.saved_model.tag_constants.SERVING],
            signature_def_map={name: _definition(signature) for name, signature in self._signatures.items()},
            main_op=self._init_op,
        )
        builder.save()
        return folder


def _definition(signature: Signature) -> Any:
    info = tf.saved_model.utils.build_tensor_info
    return tf.saved_model.signature_def_utils.build_signature_def(
        {name: info(tensor) for name, tensor in signature.inputs.items()},
        {name: info(tensor) for name, tensor in signature.outputs.items()},
        signature.method,
    )
