"""System B: a network with large first filters, whose best-liked image patches can be looked at (document 2).

Checkpoints are called `model.ckpt-STEP`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

import tf1 as tf
from graphs import examples, session, validation
from graphs.batches import EndlessBatches
from graphs.dropout_noise import DropoutNoise
from graphs.examples import Examples, Splits
from graphs.session import Evaluation, InferenceTensors, Predictions, Running
from graphs.training_log import PRINT_ONLY, Journal, Outputs
from tf1.datasets import mnist

LOG_EVERY = 100
SAVE_EVERY = 1000
EVALUATION_BATCH = 500
CHECKPOINT_NAME = 'model.ckpt'
UNIT = 'steps'
EVALUATED_MEANWHILE = 'test'
INFERENCE = InferenceTensors('x', 'y_conv', 'probabilities', 'classes', {'keep_prob': 1.0})
DRAWN_CHANNELS = None
PATCH, PATCH_STRIDE = 12, 2


@dataclass(frozen=True)
class HParams:
    """Hyperparameters; the defaults are the document's.

    steps: of a whole training.
    keep_prob: share of the dropout layer's units that training keeps.
    relu_on_logits: the document applies relu to the logits too. A class whose logit is negative for every image then
        gets no gradient and is never predicted again. The published figures were made so; False leaves the logits
        as they are, which is right.
    seed: of the initial weights, the order of examples and the dropout; the document sets none.
    """

    learning_rate: float = 1e-4
    batch_size: int = 50
    steps: int = 3000
    keep_prob: float = 0.5
    relu_on_logits: bool = True
    seed: int = 1

    def __post_init__(self):
        validation.check_positive(self, 'learning_rate')
        validation.check_counting(self, 'batch_size', 'steps')
        validation.check_probability(self, 'keep_prob')
        validation.check_seed(self)


class Net(NamedTuple):
    """The tensors and ops that `build` made."""

    x: tf.Tensor  # [?, 784] float32
    y_: tf.Tensor  # [?, 10] float32, one-hot
    keep_prob: tf.Tensor  # scalar float32
    W_conv1: tf.Variable  # [12, 12, 1, 25] float32
    h_conv1: tf.Tensor  # [?, 9, 9, 25] float32
    W_conv2: tf.Variable  # [5, 5, 25, 64] float32
    h_conv2: tf.Tensor  # [?, 9, 9, 64] float32
    h_pool: tf.Tensor  # [?, 4, 4, 64] float32
    h_flat: tf.Tensor  # [?, 1024] float32
    h_fc1: tf.Tensor  # [?, 1024] float32
    h_fc1_drop: tf.Tensor  # [?, 1024] float32
    y_conv: tf.Tensor  # [?, 10] float32, logits
    probabilities: tf.Tensor  # [?, 10] float32
    classes: tf.Tensor  # [?] int64
    cross_entropy: tf.Tensor  # scalar float32, mean
    train_step: tf.Operation
    accuracy: tf.Tensor  # scalar float32


def weight_variable(shape: list[int]) -> tf.Variable:
    """A float32 variable drawn from the truncated normal distribution of standard deviation 0.05."""
    return tf.Variable(tf.truncated_normal(shape, stddev=0.05))


def bias_variable(shape: list[int]) -> tf.Variable:
    """A float32 variable of 0.1 each."""
    return tf.Variable(tf.constant(0.1, shape=shape))


def build(hparams: HParams = HParams()) -> Net:
    """Builds the network into the current default graph, whose seed it sets."""
    tf.set_random_seed(hparams.seed)
    x = tf.placeholder(tf.float32, shape=[None, examples.PIXELS], name='x')
    y_ = tf.placeholder(tf.float32, shape=[None, examples.CLASSES], name='y_')
    keep_prob = tf.placeholder(tf.float32, shape=(), name='keep_prob')
    x_image = tf.reshape(x, [-1, 28, 28, 1])
    W_conv1, b_conv1 = weight_variable([PATCH, PATCH, 1, 25]), bias_variable([25])  # noqa: N806
    strides = [1, PATCH_STRIDE, PATCH_STRIDE, 1]
    h_conv1 = tf.nn.relu(tf.nn.conv2d(x_image, W_conv1, strides=strides, padding='VALID') + b_conv1)
    W_conv2, b_conv2 = weight_variable([5, 5, 25, 64]), bias_variable([64])  # noqa: N806
    h_conv2 = tf.nn.relu(tf.nn.conv2d(h_conv1, W_conv2, strides=[1, 1, 1, 1], padding='SAME') + b_conv2)
    h_pool = tf.nn.max_pool(h_conv2, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding='VALID')
    h_flat = tf.reshape(h_pool, [-1, 4 * 4 * 64])
    h_fc1 = tf.nn.relu(tf.matmul(h_flat, weight_variable([4 * 4 * 64, 1024])) + bias_variable([1024]))
    h_fc1_drop = tf.nn.dropout(h_fc1, keep_prob=keep_prob)
    y_conv = tf.matmul(h_fc1_drop, weight_variable([1024, 10])) + bias_variable([10])
    if hparams.relu_on_logits:
        y_conv = tf.nn.relu(y_conv)
    cross_entropy = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(labels=y_, logits=y_conv))
    train_step = tf.train.AdamOptimizer(hparams.learning_rate).minimize(cross_entropy)
    classes = tf.argmax(y_conv, 1)
    correct_prediction = tf.equal(classes, tf.argmax(y_, 1))
    return Net(
        x=x,
        y_=y_,
        keep_prob=keep_prob,
        W_conv1=W_conv1,
        h_conv1=h_conv1,
        W_conv2=W_conv2,
        h_conv2=h_conv2,
        h_pool=h_pool,
        h_flat=h_flat,
        h_fc1=h_fc1,
        h_fc1_drop=h_fc1_drop,
        y_conv=y_conv,
        probabilities=tf.nn.softmax(y_conv),
        classes=classes,
        cross_entropy=cross_entropy,
        train_step=train_step,
        accuracy=tf.reduce_mean(tf.cast(correct_prediction, tf.float32)),
    )


def start(hparams: HParams = HParams(), config: tf.ConfigProto | None = None) -> Running:
    """Builds the network in a graph of its own and opens a session with fresh weights. `done` counts steps."""
    return session.start(build, hparams, CHECKPOINT_NAME, config)


def splits(data: mnist.Mnist) -> Splits:
    """The document's split: the first 5,000 training images are for validation."""
    return examples.first_for_validation(data)


def train(
    run: Running,
    images: np.ndarray,
    labels: np.ndarray,
    *,
    steps: int | None = None,
    test: Examples | None = None,
    outputs: Outputs = PRINT_ONLY,
) -> list[tuple[int, float, float | None]]:
    """Trains for `steps` more steps after those done so far.

    Before every 100th step it prints the accuracy on the batch about to be learned and, where given, on the test set,
    both without dropout.

    Args:
        run: what `start` returned.
        images: `[n, 28, 28] uint8`, or `[n, 784] float32` in [0, 1].
        labels: `[n]` integers in 0..9.
        steps: > 0; None stands for those missing from `HParams.steps`.
        test: images and labels of the test set.
        outputs: where to write and whom to tell.

    Returns:
        (step, batch accuracy, test accuracy or None) of the lines printed.

    Raises:
        ValueError: bad steps, images or labels.
        CheckpointError: `outputs.model_dir` holds checkpoints that this training would overwrite.
    """
    images, labels = examples.check_examples(images, labels)
    steps = session.amount('steps', steps, run.hparams.steps - run.done)
    net, hparams, printed = run.net, run.hparams, []
    batches = EndlessBatches(len(images), hparams.batch_size, hparams.seed)
    noise = DropoutNoise(net.h_fc1_drop, hparams.seed)
    learn = run.function([net.train_step], [net.x, net.y_, net.keep_prob, noise.tensor])
    measure = run.function([net.accuracy, net.cross_entropy], [net.x, net.y_, net.keep_prob])
    with Journal(run, outputs, batches=steps, save_every=SAVE_EVERY) as journal:
        for step in range(run.done, run.done + steps):
            chosen = batches.indices(step)
            batch = examples.pixels(images[chosen]), examples.one_hot(labels[chosen])
            if step % LOG_EVERY == 0:
                accuracy, loss = measure(*batch, 1.0)
                result = evaluate(run, *test) if test else None
                printed.append((step, float(accuracy), result.accuracy if result else None))
                journal.say(_line(*printed[-1]))
                journal.scalars(accuracy=accuracy, loss=loss, **({'test_accuracy': result.accuracy} if result else {}))
            learn(*batch, hparams.keep_prob, noise.at(step, hparams.batch_size))
            journal.advance()
            journal.batch_done()
        if journal.wants_images:
            journal.images(filters(run), activations(run, images[:1]))
    return printed


def evaluate(run: Running, images: np.ndarray, labels: np.ndarray, batch_size: int = EVALUATION_BATCH) -> Evaluation:
    """Accuracy, mean loss and predicted classes, computed in batches, without dropout."""
    net = run.net
    measure = run.function([net.classes, net.cross_entropy], [net.x, net.y_, net.keep_prob])
    return session.evaluate(
        lambda x, y: measure(examples.pixels(x), examples.one_hot(y), 1.0), images, labels, batch_size
    )


def predict(run: Running, images: np.ndarray, batch_size: int = EVALUATION_BATCH) -> Predictions:
    """Classes and probabilities of `[n, 28, 28] uint8` or `[n, 784] float32` images, in batches, without dropout."""
    infer = run.function([run.net.classes, run.net.probabilities], [run.net.x, run.net.keep_prob])
    return session.predict(lambda x: infer(examples.pixels(x), 1.0), images, batch_size)


def filters(run: Running) -> dict[str, np.ndarray]:
    """The weights of both convolutions, `[height, width, in, out] float32`."""
    return run.session.run({'conv1': run.net.W_conv1, 'conv2': run.net.W_conv2})


def activations(run: Running, images: np.ndarray) -> dict[str, np.ndarray]:
    """The outputs of both convolutions, `[n, height, width, channels] float32`, for some images."""
    layers = {'conv1': run.net.h_conv1, 'conv2': run.net.h_conv2}
    return run.session.run(layers, {run.net.x: examples.pixels(examples.check_images(images))})


def _line(step: int, accuracy: float, test_accuracy: float | None) -> str:
    line = f'step {step}, training accuracy {accuracy:.4f}'
    return line if test_accuracy is None else f'{line}, test accuracy {test_accuracy:.4f}'
