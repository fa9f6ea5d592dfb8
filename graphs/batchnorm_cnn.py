"""System E: three convolutions, each normalised by its batch's own moments (document 5).

Checkpoints are called `model.ckpt-STEP`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import numpy as np

import tf1 as tf
from graphs import examples, session, validation
from graphs.batches import permutation
from graphs.examples import Examples, Splits
from graphs.session import Evaluation, InferenceTensors, Predictions, Running
from graphs.training_log import PRINT_ONLY, Journal, Outputs
from tf1.datasets import mnist

EVALUATION_BATCH = 1000
CHECKPOINT_NAME = 'model.ckpt'
UNIT = 'epochs'
EVALUATED_MEANWHILE = 'test'
INFERENCE = InferenceTensors('x', 'logits', 'probabilities', 'classes', {})
DRAWN_CHANNELS = 3
OVERLAPPING, DISJOINT = 'overlapping', 'disjoint'


@dataclass(frozen=True)
class HParams:
    """Hyperparameters; the defaults are the document's.

    epochs: of a whole training.
    kernel_size: edge of every filter; the document's variant has 4.
    first_filters: filters of the first convolution; the document's variants have 16, 8 and 4.
    batches: `overlapping` is the document's walk, which learns images j to j + 748 in step j, and so sees the first
        988 images only; the published figures were made so. `disjoint` is right: an epoch has every image once, in
        a shuffled order.
    steps_per_epoch: of the overlapping walk.
    seed: of the initial weights and the order of examples; the document sets none.
    """

    kernel_size: int = 3
    first_filters: int = 32
    learning_rate: float = 0.005
    batch_size: int = 749
    epochs: int = 2
    batches: str = OVERLAPPING
    steps_per_epoch: int = 240
    seed: int = 1

    def __post_init__(self):
        validation.check_counting(self, 'kernel_size', 'first_filters', 'batch_size', 'steps_per_epoch', 'epochs')
        validation.check_positive(self, 'learning_rate')
        validation.check_choice(self, 'batches', (OVERLAPPING, DISJOINT))
        validation.check_seed(self)


class Net(NamedTuple):
    """The tensors and ops that `build` made; shapes are those of the default hyperparameters."""

    x: tf.Tensor  # [?, 28, 28, 1] float32
    y: tf.Tensor  # [?, 10] float32, one-hot
    conv1: tf.Tensor  # [?, 14, 14, 32] float32, normalised
    pool1: tf.Tensor  # [?, 7, 7, 32] float32
    conv2: tf.Tensor  # [?, 7, 7, 64] float32, normalised
    conv3: tf.Tensor  # [?, 7, 7, 128] float32, normalised
    pool3: tf.Tensor  # [?, 4, 4, 128] float32
    fc1: tf.Tensor  # [?, 128] float32, relu
    fc2: tf.Tensor  # [?, 128] float32, sigmoid
    logits: tf.Tensor  # [?, 10] float32
    probabilities: tf.Tensor  # [?, 10] float32
    classes: tf.Tensor  # [?] int64
    cost: tf.Tensor  # scalar float32, mean cross-entropy
    optimizer: tf.Operation
    accuracy: tf.Tensor  # scalar float32


def weights_and_biases(shape: list[int]) -> tuple[tf.Variable, tf.Variable]:
    """Variables `weights`, of the shape, and `biases`, `(1, shape[-1])`, both glorot-uniform float32."""
    glorot = tf.glorot_uniform_initializer()
    weights = tf.get_variable('weights', shape, initializer=glorot)
    return weights, tf.get_variable('biases', (1, shape[-1]), initializer=glorot)


def conv2d(x: tf.Tensor, name: str, kernel_size: int, n_filters: int, stride: int = 1) -> tf.Tensor:
    """Convolution (SAME), bias and relu, normalised, in the variable scope `name`; `[batch, h, w, n_filters]`."""
    with tf.variable_scope(name):
        weights, biases = weights_and_biases([kernel_size, kernel_size, x.get_shape().as_list()[-1], n_filters])
        layer = tf.nn.conv2d(x, weights, strides=[1, stride, stride, 1], padding='SAME') + biases
        return batch_norm(tf.nn.relu(layer))


def batch_norm(x: tf.Tensor) -> tf.Tensor:
    """Normalises each channel of `[batch, h, w, channels]` by the batch's own mean and variance, testing included.

    As in the document there is neither scale nor offset nor a moving average: what the network makes of an image
    depends on the images beside it.
    """
    mean, variance = tf.nn.moments(x, axes=[0, 1, 2])
    return tf.nn.batch_normalization(x, mean, variance, offset=None, scale=None, variance_epsilon=1e-12)


def maxpool2d(x: tf.Tensor) -> tf.Tensor:
    """Max-pooling 3x3, stride 2, SAME."""
    return tf.nn.max_pool(x, ksize=[1, 3, 3, 1], strides=[1, 2, 2, 1], padding='SAME')


def dense(x: tf.Tensor, name: str, units: int) -> tf.Tensor:
    """A fully-connected layer without activation in the variable scope `name`; `[batch, units] float32`."""
    with tf.variable_scope(name):
        weights, biases = weights_and_biases([x.get_shape().as_list()[-1], units])
        return tf.matmul(x, weights) + biases


def build(hparams: HParams = HParams()) -> Net:
    """Builds the network into the current default graph, whose seed it sets."""
    tf.set_random_seed(hparams.seed)
    x = tf.placeholder(tf.float32, [None, 28, 28, 1], name='x')
    y = tf.placeholder(tf.float32, [None, examples.CLASSES], name='y')
    conv1 = conv2d(x, 'conv1', hparams.kernel_size, hparams.first_filters, stride=2)
    pool1 = maxpool2d(conv1)
    conv2 = conv2d(pool1, 'conv2', hparams.kernel_size, 64)
    conv3 = conv2d(conv2, 'conv3', hparams.kernel_size, 128)
    pool3 = maxpool2d(conv3)
    fc1 = tf.nn.relu(dense(tf.reshape(pool3, [-1, 4 * 4 * 128]), 'fc1', 128))
    fc2 = tf.nn.sigmoid(dense(fc1, 'fc2', 128))
    logits = dense(fc2, 'out', examples.CLASSES)
    cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(logits=logits, labels=y))
    optimizer = tf.train.AdamOptimizer(learning_rate=hparams.learning_rate).minimize(cost)
    classes = tf.argmax(logits, 1)
    return Net(
        x=x,
        y=y,
        conv1=conv1,
        pool1=pool1,
        conv2=conv2,
        conv3=conv3,
        pool3=pool3,
        fc1=fc1,
        fc2=fc2,
        logits=logits,
        probabilities=tf.nn.softmax(logits),
        classes=classes,
        cost=cost,
        optimizer=optimizer,
        accuracy=tf.reduce_mean(tf.cast(tf.equal(classes, tf.argmax(y, 1)), tf.float32)),
    )


def start(hparams: HParams = HParams(), config: tf.ConfigProto | None = None) -> Running:
    """Builds the network in a graph of its own and opens a session with fresh weights. `done` counts steps."""
    return session.start(build, hparams, CHECKPOINT_NAME, config)


def splits(data: mnist.Mnist) -> Splits:
    """The document's split of `tf1.datasets.mnist.load()`: all 60,000 images are for training."""
    return Splits(Examples(data.train_images, data.train_labels), None, Examples(data.test_images, data.test_labels))


def steps_per_epoch(hparams: HParams, count: int) -> int:
    """How many batches make an epoch of `count` images.

    Raises:
        ValueError: the overlapping walk would run past the last image.
    """
    if hparams.batches == DISJOINT:
        return -(-count // hparams.batch_size)
    needed = hparams.steps_per_epoch + hparams.batch_size - 1
    if count < needed:
        raise ValueError(
            f'images must be at least {needed} for overlapping batches, got {count}; '
            f'give more, or set batches={DISJOINT!r}.'
        )
    return hparams.steps_per_epoch


def epoch_batches(hparams: HParams, count: int, epoch: int) -> Iterator[slice | np.ndarray]:
    """Yields which of `count` images each step of an epoch (from 0) learns. Raises as `steps_per_epoch`."""
    steps, size = steps_per_epoch(hparams, count), hparams.batch_size
    if hparams.batches == OVERLAPPING:
        yield from (slice(j, j + size) for j in range(steps))
    else:
        order = permutation(count, hparams.seed, epoch)
        yield from (order[j * size : (j + 1) * size] for j in range(steps))


def train(
    run: Running,
    images: np.ndarray,
    labels: np.ndarray,
    *,
    epochs: int | None = None,
    test: Examples | None = None,
    outputs: Outputs = PRINT_ONLY,
) -> list[float]:
    """Trains for `epochs` more epochs, and prints a line for each.

    An epoch that an earlier run left half done counts as the first, and is finished from the step where it stopped.

    Args:
        run: what `start` returned.
        images: `[n, 28, 28] uint8`, or float32 in [0, 1].
        labels: `[n]` integers in 0..9.
        epochs: > 0; None stands for those missing from `HParams.epochs`.
        test: images and labels of the test set, whose accuracy is printed after each epoch.
        outputs: where to write and whom to tell; `save_every` counts steps.

    Returns:
        The mean loss over the batches of each epoch.

    Raises:
        ValueError: bad epochs, images or labels, or too few images for the overlapping walk.
        CheckpointError: `outputs.model_dir` holds checkpoints that this training would overwrite.
    """
    images, labels = examples.check_examples(images, labels)
    net, per_epoch = run.net, steps_per_epoch(run.hparams, len(images))
    epochs = session.amount('epochs', epochs, run.hparams.epochs - run.done // per_epoch)
    learn = run.function([net.cost, net.optimizer], [net.x, net.y])
    losses, first = [], run.done // per_epoch
    with Journal(run, outputs, batches=(first + epochs) * per_epoch - run.done, save_every=per_epoch) as journal:
        for epoch in range(first, first + epochs):
            total, start = 0.0, run.done % per_epoch
            for chosen in islice(epoch_batches(run.hparams, len(images), epoch), start, None):
                total += float(learn(_planes(images[chosen]), examples.one_hot(labels[chosen]))[0])
                journal.advance()
                journal.batch_done()
            losses.append(total / (per_epoch - start))
            _report(journal, epoch + 1, losses[-1], evaluate(run, *test) if test else None)
        if journal.wants_images:
            journal.images(filters(run), activations(run, images[:1]))
    return losses


def evaluate(run: Running, images: np.ndarray, labels: np.ndarray, batch_size: int = EVALUATION_BATCH) -> Evaluation:
    """Accuracy, mean loss and predicted classes, computed in batches of nearly equal size.

    The moments are each batch's own (see `batch_norm`), so `batch_size` has a small influence on the result.
    """
    measure = run.function([run.net.classes, run.net.cost], [run.net.x, run.net.y])
    return session.evaluate(lambda x, y: measure(_planes(x), examples.one_hot(y)), images, labels, batch_size)


def predict(run: Running, images: np.ndarray, batch_size: int = EVALUATION_BATCH) -> Predictions:
    """Classes and probabilities of `[n, 28, 28]` images, uint8 or float32; batches matter as in `evaluate`."""
    infer = run.function([run.net.classes, run.net.probabilities], [run.net.x])
    return session.predict(lambda x: infer(_planes(x)), images, batch_size)


def filters(run: Running) -> dict[str, np.ndarray]:
    """The weights of the three convolutions, `[height, width, in, out] float32`."""
    return run.session.run({name: f'{name}/weights:0' for name in ('conv1', 'conv2', 'conv3')})


def activations(run: Running, images: np.ndarray) -> dict[str, np.ndarray]:
    """The normalised outputs of the three convolutions, `[n, height, width, channels] float32`, for some images."""
    layers = {'conv1': run.net.conv1, 'conv2': run.net.conv2, 'conv3': run.net.conv3}
    return run.session.run(layers, {run.net.x: _planes(examples.check_images(images))})


def _planes(images: np.ndarray) -> np.ndarray:
    return examples.pixels(images).reshape(-1, 28, 28, 1)


def _report(journal: Journal, epoch: int, loss: float, test: Evaluation | None) -> None:
    line, values = f'Epoch {epoch}, Training Loss {loss:.4f}', {'loss': loss}
    if test:
        line += f', Test Accuracy {test.accuracy:.4f}'
        values['test_accuracy'] = test.accuracy
    journal.say(line)
    journal.scalars(**values)
