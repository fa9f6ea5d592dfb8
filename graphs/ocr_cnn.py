"""System D: an OCR network out of helper functions, trained by `optimize`, as document 4 builds it.

Checkpoints are called `model.ckpt-STEP`. Their variables are the document's: `Variable` to `Variable_7`, the two beta
powers and Adam's slots.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

import numpy as np

import tf1 as tf
from graphs import examples, session, validation
from graphs.batches import EndlessBatches
from graphs.examples import Splits
from graphs.session import Evaluation, InferenceTensors, Predictions, Running
from graphs.training_log import PRINT_ONLY, Journal, Outputs
from tf1.datasets import mnist

LOG_EVERY = 100
SAVE_EVERY = 1000
EVALUATION_BATCH = 256
CHECKPOINT_NAME = 'model.ckpt'
UNIT = 'steps'
EVALUATED_MEANWHILE = None
INFERENCE = InferenceTensors('x', 'layer_fc2', 'y_pred', 'y_pred_cls', {})
DRAWN_CHANNELS = None


@dataclass(frozen=True)
class HParams:
    """Hyperparameters; the defaults are the document's.

    steps: of a whole training.
    seed: of the initial weights and the order of examples; the document sets none. After the first 100 iterations
        accuracies lie between 0.57 and 0.75, depending on the seed, on TF 1.15 too.
    """

    filter_size1: int = 5
    num_filters1: int = 16
    filter_size2: int = 5
    num_filters2: int = 36
    fc_size: int = 128
    learning_rate: float = 1e-4
    batch_size: int = 64
    steps: int = 10_000
    seed: int = 1

    def __post_init__(self):
        sizes = ('filter_size1', 'num_filters1', 'filter_size2', 'num_filters2', 'fc_size', 'batch_size', 'steps')
        validation.check_counting(self, *sizes)
        validation.check_positive(self, 'learning_rate')
        validation.check_seed(self)


class Net(NamedTuple):
    """The tensors and ops that `build` made; shapes are those of the default hyperparameters."""

    x: tf.Tensor  # [?, 784] float32
    y_true: tf.Tensor  # [?, 10] float32, one-hot
    layer_conv1: tf.Tensor  # [?, 14, 14, 16] float32, Relu:0
    weights_conv1: tf.Variable  # [5, 5, 1, 16] float32
    layer_conv2: tf.Tensor  # [?, 7, 7, 36] float32, Relu_1:0
    weights_conv2: tf.Variable  # [5, 5, 16, 36] float32
    layer_flat: tf.Tensor  # [?, 1764] float32, Reshape_1:0
    layer_fc1: tf.Tensor  # [?, 128] float32, Relu_2:0
    layer_fc2: tf.Tensor  # [?, 10] float32, add_3:0
    y_pred: tf.Tensor  # [?, 10] float32, probabilities
    y_pred_cls: tf.Tensor  # [?] int64
    cost: tf.Tensor  # scalar float32, mean cross-entropy
    optimizer: tf.Operation
    accuracy: tf.Tensor  # scalar float32


def new_weights(shape: list[int]) -> tf.Variable:
    """A float32 variable drawn from the truncated normal distribution of standard deviation 0.05."""
    return tf.Variable(tf.truncated_normal(shape, stddev=0.05))


def new_biases(length: int) -> tf.Variable:
    """A `[length]` float32 variable of 0.05 each."""
    return tf.Variable(tf.constant(0.05, shape=[length]))


def new_conv_layer(
    input: tf.Tensor,  # noqa: A002
    num_input_channels: int,
    filter_size: int,
    num_filters: int,
    use_pooling: bool = True,
) -> tuple[tf.Tensor, tf.Variable]:
    """A convolution of stride 1 and padding SAME, then 2x2 max-pooling if asked for, then relu.

    Pooling comes first since relu then has a quarter of the work, with the same result.

    Args:
        input: `[batch, height, width, num_input_channels] float32`.
        num_input_channels: channels of the input.
        filter_size: edge of a filter, in pixels.
        num_filters: number of filters, and of channels of the layer.
        use_pooling: halves height and width.

    Returns:
        The layer, `[batch, height, width, num_filters] float32`, and its weights.
    """
    weights = new_weights([filter_size, filter_size, num_input_channels, num_filters])
    biases = new_biases(num_filters)
    layer = tf.nn.conv2d(input=input, filter=weights, strides=[1, 1, 1, 1], padding='SAME')
    layer += biases
    if use_pooling:
        layer = tf.nn.max_pool(layer, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding='SAME')
    return tf.nn.relu(layer), weights


def flatten_layer(layer: tf.Tensor) -> tuple[tf.Tensor, int]:
    """Flattens `[batch, height, width, channels]`; returns `[batch, num_features]` and num_features."""
    num_features = layer.get_shape()[1:4].num_elements()
    return tf.reshape(layer, [-1, num_features]), num_features


def new_fc_layer(
    input: tf.Tensor,  # noqa: A002
    num_inputs: int,
    num_outputs: int,
    use_relu: bool = True,
) -> tf.Tensor:
    """A fully-connected layer, `[batch, num_outputs] float32`, of `[batch, num_inputs]`, with relu if asked for."""
    weights = new_weights([num_inputs, num_outputs])
    biases = new_biases(num_outputs)
    layer = tf.matmul(input, weights) + biases
    return tf.nn.relu(layer) if use_relu else layer


def build(hparams: HParams = HParams()) -> Net:
    """Builds the network into the current default graph, whose seed it sets.

    In a graph with nothing else in it, tensors have the document's names: `Relu:0`, `Relu_1:0`, `Reshape_1:0`,
    `Relu_2:0`, `add_3:0`.
    """
    tf.set_random_seed(hparams.seed)
    x = tf.placeholder(tf.float32, shape=[None, examples.PIXELS], name='x')
    x_image = tf.reshape(x, [-1, 28, 28, 1])
    y_true = tf.placeholder(tf.float32, shape=[None, examples.CLASSES], name='y_true')
    y_true_cls = tf.argmax(y_true, axis=1)
    layer_conv1, weights_conv1 = new_conv_layer(x_image, 1, hparams.filter_size1, hparams.num_filters1)
    layer_conv2, weights_conv2 = new_conv_layer(
        layer_conv1, hparams.num_filters1, hparams.filter_size2, hparams.num_filters2
    )
    layer_flat, num_features = flatten_layer(layer_conv2)
    layer_fc1 = new_fc_layer(layer_flat, num_features, hparams.fc_size)
    layer_fc2 = new_fc_layer(layer_fc1, hparams.fc_size, examples.CLASSES, use_relu=False)
    y_pred = tf.nn.softmax(layer_fc2)
    y_pred_cls = tf.argmax(y_pred, axis=1)
    cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(logits=layer_fc2, labels=y_true))
    optimizer = tf.train.AdamOptimizer(learning_rate=hparams.learning_rate).minimize(cost)
    accuracy = tf.reduce_mean(tf.cast(tf.equal(y_pred_cls, y_true_cls), tf.float32))
    return Net(
        x=x,
        y_true=y_true,
        layer_conv1=layer_conv1,
        weights_conv1=weights_conv1,
        layer_conv2=layer_conv2,
        weights_conv2=weights_conv2,
        layer_flat=layer_flat,
        layer_fc1=layer_fc1,
        layer_fc2=layer_fc2,
        y_pred=y_pred,
        y_pred_cls=y_pred_cls,
        cost=cost,
        optimizer=optimizer,
        accuracy=accuracy,
    )


def start(hparams: HParams = HParams(), config: tf.ConfigProto | None = None) -> Running:
    """Builds the network in a graph of its own and opens a session with fresh weights. `done` counts iterations."""
    return session.start(build, hparams, CHECKPOINT_NAME, config)


def splits(data: mnist.Mnist) -> Splits:
    """The document's split: the first 5,000 training images are for validation."""
    return examples.first_for_validation(data)


def train(
    run: Running, images: np.ndarray, labels: np.ndarray, *, steps: int | None = None, outputs: Outputs = PRINT_ONLY
) -> list[tuple[int, float]]:
    """The document's `optimize(num_iterations)`: `steps` more iterations after those done so far.

    Prints the training accuracy of every 100th batch, after it was learned, and the time used.

    Args:
        run: what `start` returned.
        images: `[n, 28, 28] uint8`, or `[n, 784] float32` in [0, 1].
        labels: `[n]` integers in 0..9.
        steps: iterations, > 0; None stands for those missing from `HParams.steps`.
        outputs: where to write and whom to tell.

    Returns:
        (iteration, training accuracy) of the lines printed.

    Raises:
        ValueError: bad steps, images or labels.
        CheckpointError: `outputs.model_dir` holds checkpoints that this training would overwrite.
    """
    images, labels = examples.check_examples(images, labels)
    steps = session.amount('steps', steps, run.hparams.steps - run.done)
    net, batches = run.net, EndlessBatches(len(images), run.hparams.batch_size, run.hparams.seed)
    learn = run.function([net.optimizer], [net.x, net.y_true])
    measure = run.function([net.accuracy, net.cost], [net.x, net.y_true])
    printed, start_time = [], time.perf_counter()
    with Journal(run, outputs, batches=steps, save_every=SAVE_EVERY) as journal:
        for step in range(run.done, run.done + steps):
            chosen = batches.indices(step)
            batch = examples.pixels(images[chosen]), examples.one_hot(labels[chosen])
            learn(*batch)
            journal.advance()
            if step % LOG_EVERY == 0:
                accuracy, cost = measure(*batch)
                printed.append((run.done, float(accuracy)))
                journal.say(f'Optimization Iteration: {run.done:>6}, Training Accuracy: {accuracy:>6.1%}')
                journal.scalars(accuracy=accuracy, cost=cost)
            journal.batch_done()
        if journal.wants_images:
            journal.images(filters(run), activations(run, images[:1]))
    journal.say(f'Time usage: {timedelta(seconds=round(time.perf_counter() - start_time))}')
    return printed


def evaluate(run: Running, images: np.ndarray, labels: np.ndarray, batch_size: int = EVALUATION_BATCH) -> Evaluation:
    """Accuracy, mean loss and predicted classes, computed in batches."""
    measure = run.function([run.net.y_pred_cls, run.net.cost], [run.net.x, run.net.y_true])
    return session.evaluate(lambda x, y: measure(examples.pixels(x), examples.one_hot(y)), images, labels, batch_size)


def accuracy_line(result: Evaluation) -> str:
    """An evaluation as the document prints it: `Accuracy on Test-Set: 98.5% (9850 / 10000)`."""
    return f'Accuracy on Test-Set: {result.accuracy:.1%} ({result.correct} / {result.total})'


def predict(run: Running, images: np.ndarray, batch_size: int = EVALUATION_BATCH) -> Predictions:
    """Classes and probabilities of `[n, 28, 28] uint8` or `[n, 784] float32` images, computed in batches."""
    infer = run.function([run.net.y_pred_cls, run.net.y_pred], [run.net.x])
    return session.predict(lambda x: infer(examples.pixels(x)), images, batch_size)


def filters(run: Running) -> dict[str, np.ndarray]:
    """The weights of both convolutions, `[height, width, in, out] float32`."""
    return run.session.run({'conv1': run.net.weights_conv1, 'conv2': run.net.weights_conv2})


def activations(run: Running, images: np.ndarray) -> dict[str, np.ndarray]:
    """The outputs of both convolutions, `[n, height, width, channels] float32`, for some images."""
    layers = {'conv1': run.net.layer_conv1, 'conv2': run.net.layer_conv2}
    return run.session.run(layers, {run.net.x: examples.pixels(examples.check_images(images))})
