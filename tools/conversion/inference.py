"""The part of a TF 1.x graph that answers: what is asked, what is fixed, what comes out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np

import tf1 as tf
from tools.conversion.names import Arrays


class Inference(NamedTuple):
    """A system's graph, as answering uses it.

    x: the placeholder of the images.
    outputs: tensors by name: `classes`, `logits`, `probabilities`.
    fixed: values of further placeholders, such as that of dropout, when the model answers.
    """

    graph: tf.Graph
    x: tf.Tensor
    outputs: dict[str, tf.Tensor]
    fixed: dict[tf.Tensor, Any]

    def shapes(self) -> dict[str, list[int]]:
        """The shapes of all variables of the graph, by name."""
        variables = self.graph.get_collection(tf.GraphKeys.GLOBAL_VARIABLES)
        return {variable.op.name: variable.shape.as_list() for variable in variables}

    def answers(self, prefix: str, images: np.ndarray) -> Arrays:
        """What the checkpoint `prefix` answers, without its classes, which rounding may turn."""
        wanted = {name: tensor for name, tensor in self.outputs.items() if name in ('logits', 'probabilities')}
        with self.graph.as_default(), tf.Session(graph=self.graph) as session:
            tf.train.Saver(self._used_variables()).restore(session, prefix)
            return session.run(wanted, {self.x: images, **self.fixed})

    @contextmanager
    def restored(self, prefix: str) -> Iterator[tuple[tf.Session, tf.Tensor, dict[str, tf.Tensor]]]:
        """A session on a new graph with only what answering needs, and a checkpoint's values in it.

        Gives the session, the placeholder of the images and the outputs. Other placeholders have become constants;
        neither the optimiser nor what it keeps is there.
        """
        with tf.Graph().as_default() as graph, tf.Session(graph=graph) as session:
            saver = tf.train.import_meta_graph(self._pruned())
            saver.restore(session, prefix)
            outputs = {name: graph.get_tensor_by_name(tensor.name) for name, tensor in self.outputs.items()}
            yield session, graph.get_tensor_by_name(self.x.name), outputs

    def _pruned(self) -> tf.MetaGraphDef:
        meta = tf.train.export_meta_graph(graph=self.graph)
        fixed = {tensor.op.name: (tensor.dtype, value) for tensor, value in self.fixed.items()}
        for node in meta.graph_def.node:
            if node.name in fixed:
                _make_constant(node, *fixed[node.name])
        kept = [variable.to_proto() for variable in self._used_variables()]
        ends = [tensor.op.name for tensor in self.outputs.values()]
        ends += [name.removesuffix(':0') for v in kept for name in (v.initializer_name, v.snapshot_name)]
        meta.graph_def.CopyFrom(tf.graph_util.extract_sub_graph(meta.graph_def, ends))
        for collection in list(meta.collection_def):
            del meta.collection_def[collection]
        for collection in (tf.GraphKeys.GLOBAL_VARIABLES, tf.GraphKeys.TRAINABLE_VARIABLES):
            meta.collection_def[collection].bytes_list.value.extend(v.SerializeToString() for v in kept)
        return meta

    def _used_variables(self) -> list[tf.Variable]:
        return self.graph.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES)


def _make_constant(node: tf.NodeDef, dtype: tf.DType, value: Any) -> None:
    node.op = 'Const'
    node.attr.clear()
    node.attr['dtype'].type = dtype.as_datatype_enum
    node.attr['value'].tensor.CopyFrom(tf.make_tensor_proto(value, dtype))
