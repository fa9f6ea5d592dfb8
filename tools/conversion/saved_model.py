"""A checkpoint as a SavedModel with a serving signature."""

from __future__ import annotations

import numpy as np

import tf1 as tf
from tools.conversion.inference import Inference
from tools.conversion.names import Arrays

SIGNATURE = tf.saved_model.DEFAULT_SERVING_SIGNATURE_DEF_KEY
INPUT = 'x'


def write(inference: Inference, prefix: str, folder: str) -> None:
    """Writes what answers, with the checkpoint's values, under the tag `serve`.

    Its signature `serving_default` takes `x` and gives `classes`, `logits` and `probabilities`.
    """
    with inference.restored(prefix) as (session, x, outputs):
        signature = tf.saved_model.predict_signature_def({INPUT: x}, outputs)
        builder = tf.saved_model.Builder(folder)
        builder.add_meta_graph_and_variables(session, [tf.saved_model.tag_constants.SERVING], {SIGNATURE: signature})
        builder.save()


def answers(folder: str, images: np.ndarray, wanted: Arrays) -> Arrays:
    """What a SavedModel's signature answers, for the outputs in `wanted`."""
    with tf.Graph().as_default(), tf.Session() as session:
        meta = tf.saved_model.load(session, [tf.saved_model.tag_constants.SERVING], folder)
        signature = meta.signature_def[SIGNATURE]
        fetched = {name: signature.outputs[name].name for name in wanted}
        return session.run(fetched, {signature.inputs[INPUT].name: images})
