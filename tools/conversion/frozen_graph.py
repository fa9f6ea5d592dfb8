"""A checkpoint as one GraphDef whose variables have become constants, by TensorFlow's own graph_util."""

from __future__ import annotations

import numpy as np

import tf1 as tf
from tools.conversion.inference import Inference
from tools.conversion.names import Arrays


def write(inference: Inference, prefix: str, path: str) -> None:
    """Writes the frozen graph, serialised; tensors keep their names."""
    with inference.restored(prefix) as (session, _, outputs):
        ends = [tensor.op.name for tensor in outputs.values()]
        frozen = tf.graph_util.convert_variables_to_constants(session, session.graph.as_graph_def(), ends)
        # TF 1.15 refuses attributes that it does not know, even where their values are the defaults.
        stripped = tf.train.export_meta_graph(graph_def=frozen, graph=tf.Graph(), strip_default_attrs=True).graph_def
    with open(path, 'wb') as file:
        file.write(stripped.SerializeToString())


def answers(inference: Inference, path: str, images: np.ndarray, wanted: Arrays) -> Arrays:
    """What a frozen graph answers, for the outputs in `wanted`."""
    definition = tf.GraphDef()
    with open(path, 'rb') as file:
        definition.ParseFromString(file.read())
    with tf.Graph().as_default(), tf.Session() as session:
        tf.import_graph_def(definition, name='')
        return session.run({name: inference.outputs[name].name for name in wanted}, {inference.x.name: images})
