"""What a checkpoint of a reference system makes of the test images, its last hidden layer included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

import tf1 as tf
from estimators import systems
from tf1._checkpoint import lookup, reading
from tools.conversion.inference import Inference
from tools.systems import graph_systems, inference_graphs
from tools.systems.results import Source

HIDDEN, LOGITS = LAYERS = ('hidden', 'logits')
_BATCH = 1000


class Answers(NamedTuple):
    """A checkpoint's answers."""

    probabilities: np.ndarray
    """`[n, 10]` float32."""
    hidden: np.ndarray
    """The last hidden layer, `[n, units]` float32; the logits of a system that has none."""


class Asked:
    """A reference system and its test images; checkpoints of it can be asked.

    Attributes:
      layer: HIDDEN, or LOGITS for a system without a hidden layer.
      images: `[n, side, side]`, as a person looks at them.
      labels: `[n]`.
    """

    def __init__(self, name: str, model_dir: str, source: Source):
        self._graph, self._rows, self.images, self.labels = _load(name, model_dir, source)
        self._hidden = last_hidden(self._graph.outputs['logits'])
        self.layer = HIDDEN
        if self._hidden is self._graph.x:
            self._hidden, self.layer = self._graph.outputs['logits'], LOGITS

    def answers(self, prefix: str, count: int | None = None) -> Answers:
        """Asks a checkpoint about the first `count` test images, or all."""
        rows = self._rows[:count]
        graph = self._graph.graph
        with graph.as_default(), tf.Session(graph=graph) as session:
            tf.train.Saver(tf.trainable_variables()).restore(session, prefix)
            fetched = [self._graph.outputs['probabilities'], self._hidden]
            parts = [
                session.run(fetched, {self._graph.x: rows[i : i + _BATCH], **self._graph.fixed})
                for i in range(0, len(rows), _BATCH)
            ]
        return Answers(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))


def last_hidden(logits: tf.Tensor) -> tf.Tensor:
    """Returns what the last fully-connected layer takes in: the tensor that is multiplied by its weights."""
    op = logits.op
    while op.type != 'MatMul':
        op = op.inputs[0].op
    return op.inputs[0]


def identify(model_dir: str) -> str | None:
    """Returns the system whose variables the newest checkpoint holds, by names and shapes; None for any other.

    Raises:
      CheckpointError: the folder has no checkpoint that can be read.
    """
    stored = reading.Stored(lookup.find(model_dir)).shapes
    for name, shapes in _shapes():
        if all(stored.get(variable) == tuple(shape) for variable, shape in shapes.items()):
            return name
    return None


def _shapes() -> Iterator[tuple[str, dict[str, list[int]]]]:
    """The systems with the shapes of their variables; those with more variables first, since a part fits a whole."""
    blank = np.zeros((1, 28, 28), np.uint8)
    found = [
        (name, inference_graphs.graph_model(name, kind.HParams(), blank.reshape(1, -1)).inference.shapes())
        for name, kind in graph_systems.SYSTEMS.items()
    ]
    for name, system in systems.SYSTEMS.items():
        found.append((name, inference_graphs.estimator_model(system, system.hparams, blank).inference.shapes()))
    return iter(sorted(found, key=lambda pair: -len(pair[1])))


def _load(name: str, model_dir: str, source: Source) -> tuple[Inference, np.ndarray, np.ndarray, np.ndarray]:
    if name in systems.SYSTEMS:
        system = systems.SYSTEMS[name]
        test = systems.load(system, source.data_dir, source.seed).test
        model = inference_graphs.estimator_model(system, system.hparams, test.images)
        side = system.hparams.side
        return model.inference, model.images, test.images.reshape(-1, side, side), test.labels
    data = graph_systems.Data(name, source.data_dir)
    hparams = graph_systems.hparams(name, model_dir)
    model = inference_graphs.graph_model(name, hparams, data.examples('test').images)
    return model.inference, model.images, data.grey.test.images, data.grey.test.labels
