"""What conversions have to know of the nine systems: the graph that answers, images, hyperparameters, folders."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

import tf1 as tf
from estimators import classifier, inputs, systems
from graphs import examples
from tools.conversion.convert import Folder, Model
from tools.conversion.inference import Inference
from tools.systems import estimator_systems, graph_systems
from tools.systems.results import Source

IMAGES = 256


def say(line: str) -> None:
    """Tells the person who waits."""
    print(line, file=sys.stderr, flush=True)


def model(name: str, model_dir: str, source: Source) -> Model:
    """The system as trained in the folder, whose hyperparameters it has; the document's where it keeps none.

    Raises:
      RequestError: the folder belongs to another system.
    """
    if name in systems.SYSTEMS:
        system = systems.SYSTEMS[name]
        images = systems.load(system, source.data_dir, source.seed).test.images[:IMAGES]
        return estimator_model(system, system.hparams, images)
    hparams = graph_systems.hparams(name, model_dir)
    return graph_model(name, hparams, graph_systems.Data(name, source.data_dir).examples('test').images[:IMAGES])


def estimator_model(system: systems.System, hparams: Any, images: np.ndarray) -> Model:
    """An Estimator system with given hyperparameters, to be asked about `[n, side * side] float32` images."""
    params = dataclasses.asdict(hparams)
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [None, params['side'] ** 2], name=inputs.FEATURE)
        spec = system.model_fn({inputs.FEATURE: x}, None, tf.estimator.ModeKeys.PREDICT, params)
    probabilities = spec.predictions[classifier.PROBABILITIES]
    outputs = {**spec.predictions, 'logits': probabilities.op.inputs[0]}
    return Model(system.name, params, Inference(graph, x, outputs, {}), images, say)


def graph_model(name: str, hparams: Any, images: np.ndarray) -> Model:
    """A session system with given hyperparameters, to be asked about images as `graph_systems.Data` gives them."""
    names = graph_systems.SYSTEMS[name].INFERENCE
    with graph_systems.start(name, hparams) as run:
        net = run.net
    outputs = {key: getattr(net, getattr(names, key)) for key in ('classes', 'logits', 'probabilities')}
    fed = {getattr(net, key): value for key, value in names.fed.items()}
    placeholder = getattr(net, names.x)
    rows = examples.pixels(images).reshape(-1, *placeholder.shape.as_list()[1:])
    return Model(name, dataclasses.asdict(hparams), Inference(run.graph, placeholder, outputs, fed), rows, say)


def folder(name: str, hparams: dict[str, Any], data_dir: str | None = None) -> Folder:
    """How the system keeps checkpoints.

    Those of lowlevel_cnn and layers_cnn are numbered by epochs; one that was begun does not count.
    """
    if name in systems.SYSTEMS:
        return Folder(estimator_systems.CHECKPOINT_NAME, int, lambda path, rate: None)
    system = graph_systems.SYSTEMS[name]

    def complete(path: str, learning_rate: float) -> None:
        graph_systems.remember(name, path, system.HParams(**{**hparams, 'learning_rate': learning_rate}))

    number: Callable[[int], int] = int
    if hasattr(system, 'batch_generator'):
        images = len(graph_systems.Data(name, data_dir).grey.train.images)
        number = lambda steps: steps // -(-images // hparams['batch_size'])  # noqa: E731
    return Folder(system.CHECKPOINT_NAME, number, complete)
