"""A graph at work: its session, its saver, how far training has come, and running it batch by batch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

import tf1 as tf
from graphs import batches, checkpoints, examples
from tf1._checkpoint import lookup


@dataclass
class Running:
    """A built graph with a session on it; a context manager that closes the session.

    net: the record of tensors that `build` returned.
    checkpoint_name: what checkpoints are called before `-N`.
    done: training done so far, in the unit of the checkpoint's number: steps or epochs, as the system says.
    """

    net: Any
    hparams: Any
    graph: tf.Graph
    session: tf.Session
    init_op: tf.Operation
    saver: tf.train.Saver
    checkpoint_name: str
    done: int = 0
    _functions: dict[tuple[str, ...], Callable[..., Any]] = field(default_factory=dict, repr=False)

    def function(self, fetches: Sequence[Any], feeds: Sequence[tf.Tensor]) -> Callable[..., list[Any]]:
        """A function of the values of `feeds` that returns the values of `fetches`, None for an operation.

        It is `Session.run` with the checks of feeds and fetches done beforehand, once for each pair.
        """
        key = (*(fetch.name for fetch in fetches), '', *(feed.name for feed in feeds))
        if key not in self._functions:
            self._functions[key] = self.session.make_callable(list(fetches), list(feeds))
        return self._functions[key]

    def restore(self, directory: str, which: str | int = 'latest') -> str:
        """Puts back the latest checkpoint, the one with a number, or the one at a path; returns its prefix.

        Raises:
            CheckpointError: it is not there, cannot be read or belongs to another graph. Nothing has changed then.
        """
        return self._restore(lookup.wanted(directory, which, self.checkpoint_name))

    def go_on(self, directory: str) -> str | None:
        """Restores the newest checkpoint that can be read, if the directory has any; returns its prefix.

        Raises:
            CheckpointError: there are checkpoints and none can be read, or it belongs to another graph.
        """
        prefix = lookup.latest_readable(directory, self.checkpoint_name)
        if prefix is None:
            return None
        # A kill may fall between the writing of a checkpoint and its entry in the `checkpoint` file.
        *_, prefix = (prefix, *lookup.readable_beyond(directory, lookup.step_of(prefix), self.checkpoint_name))
        self._restore(prefix)
        lookup.set_aside_newer(prefix, self.checkpoint_name)
        return prefix

    def _restore(self, prefix: str) -> str:
        checkpoints.restore(self.session, self.saver, prefix)
        self.done = lookup.step_of(prefix)
        return prefix

    def save(self, directory: str) -> str:
        """Writes a checkpoint numbered `done` and returns its prefix."""
        return checkpoints.save(self.session, self.saver, directory, self.checkpoint_name, self.done)

    def close(self) -> None:
        """Closes the session."""
        self.session.close()

    def __enter__(self) -> Running:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()


def start(
    build: Callable[[Any], Any], hparams: Any, checkpoint_name: str, config: tf.ConfigProto | None = None
) -> Running:
    """Builds into a graph of its own, so that names do not depend on other graphs, and initialises the variables."""
    graph = tf.Graph()
    with graph.as_default():
        net = build(hparams)
        init = tf.global_variables_initializer()
        saver = tf.train.Saver()
    session = tf.Session(graph=graph, config=config)
    session.run(init)
    return Running(net, hparams, graph, session, init, saver, checkpoint_name)


class InferenceTensors(NamedTuple):
    """What a system's net calls the tensors of an inference."""

    x: str
    """Images in."""
    logits: str
    probabilities: str
    classes: str
    fed: dict[str, Any]
    """Values of what else is fed."""


class Evaluation(NamedTuple):
    """What a model made of labelled images.

    classes: the predicted classes, `[total] int64`. loss: the mean over the images.
    """

    correct: int
    total: int
    loss: float
    classes: np.ndarray

    @property
    def accuracy(self) -> float:
        """The share of images whose class was predicted, in 0..1."""
        return self.correct / self.total


class Predictions(NamedTuple):
    """classes: `[n] int64`. probabilities: `[n, 10] float32`, each row sums to 1."""

    classes: np.ndarray
    probabilities: np.ndarray


def evaluate(
    run_batch: Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, float]],
    images: np.ndarray,
    labels: np.ndarray,
    batch_size: int,
) -> Evaluation:
    """Evaluates batch by batch.

    Args:
        run_batch: maps images and labels to their predicted classes and mean loss.
        images: `[n, 28, 28]` uint8 or `[n, 784]` float32.
        labels: `[n]` integers in 0..9.
        batch_size: the largest batch; memory beyond the images and one class per image is that of one batch.

    Raises:
        ValueError: see `_examples.check_examples`.
    """
    images, labels = examples.check_examples(images, labels)
    classes = np.empty(len(images), np.int64)
    loss = 0.0
    for part in batches.even_slices(len(images), batch_size):
        classes[part], mean_loss = run_batch(images[part], labels[part])
        loss += float(mean_loss) * (part.stop - part.start)
    return Evaluation(int((classes == labels).sum()), len(images), loss / len(images), classes)


def predict(
    run_batch: Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]], images: np.ndarray, batch_size: int
) -> Predictions:
    """Predicts batch by batch; `run_batch` maps images to classes and probabilities. Raises as `evaluate`."""
    images = examples.check_images(images)
    result = Predictions(np.empty(len(images), np.int64), np.empty((len(images), examples.CLASSES), np.float32))
    for part in batches.even_slices(len(images), batch_size):
        result.classes[part], result.probabilities[part] = run_batch(images[part])
    return result


def amount(name: str, value: int | None, missing: int) -> int:
    """Returns how many steps or epochs to train: `value`, or for None the `missing` ones, which may be none.

    Raises:
        ValueError: the value of the argument called `name` is not a whole number > 0.
    """
    if value is None:
        return max(missing, 0)
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError(f'{name} must be > 0, got {value!r}.')
    return value
