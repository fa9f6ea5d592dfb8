"""The graph of an Estimator's call: what the library adds beside the model stays out of everything that is written."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

BESIDE_THE_MODEL = 'tf1_steps/'
"""Scope of nodes that belong to no model: files and MetaGraphs have none of them."""


class ModelGraph(tf.Graph):
    """A graph whose GraphDef leaves out the nodes below `BESIDE_THE_MODEL`.

    Attributes:
      array_inputs: what makes the batches of an input from arrays, by the name of the operation that asks for them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.array_inputs: dict[str, Any] = {}

    def as_graph_def(self, *args: Any, **kwargs: Any) -> tf.GraphDef:
        """Returns the model's nodes; takes the arguments of `tf.Graph.as_graph_def`."""
        graph_def = super().as_graph_def(*args, **kwargs)
        kept = [node for node in graph_def.node if not node.name.startswith(BESIDE_THE_MODEL)]
        if len(kept) < len(graph_def.node):
            model = tf.GraphDef()
            model.CopyFrom(graph_def)
            del model.node[:]
            model.node.extend(kept)
            return model
        return graph_def
