"""System C1: a convolutional network in the low-level API, layers under variable scopes, as document 3 builds it.

Checkpoints are called `cnn-model.ckpt-EPOCH`. Tensors go by name: `tf_x:0`, `fc_keep_prob:0`, `probabilities:0`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

import tf1 as tf
from graphs import examples, session
from graphs.batches import epoch_seed
from graphs.dropout_noise import DropoutNoise
from graphs.session import Evaluation, InferenceTensors, Predictions, Running
from graphs.standardization import (
    Standardiser,
    batch_generator,
    check_scale,
    check_standardised,
    grey_splits,
    splits,
)
from graphs.training_log import PRINT_ONLY, Journal, Outputs
from graphs.validation import check_counting, check_positive, check_probability, check_seed

__all__ = [
    'HParams',
    'Net',
    'Standardiser',
    'activations',
    'batch_generator',
    'build',
    'conv_layer',
    'evaluate',
    'fc_layer',
    'filters',
    'grey_splits',
    'predict',
    'splits',
    'start',
    'train',
]

SAVE_EVERY = 1
EVALUATION_BATCH = 256
CHECKPOINT_NAME = 'cnn-model.ckpt'
UNIT = 'epochs'
EVALUATED_MEANWHILE = 'validation'
INFERENCE = InferenceTensors('tf_x', 'h4', 'probabilities', 'labels', {'keep_prob': 1.0})
DRAWN_CHANNELS = None


@dataclass(frozen=True)
class HParams:
    """Hyperparameters; the defaults are the document's.

    epochs: of a whole training.
    keep_prob: share of the dropout layer's units that training keeps.
    seed: the graph's; of the order of examples too.
    """

    learning_rate: float = 1e-4
    batch_size: int = 64
    epochs: int = 20
    keep_prob: float = 0.5
    shuffle: bool = True
    seed: int = 123

    def __post_init__(self):
        check_positive(self, 'learning_rate')
        check_counting(self, 'batch_size', 'epochs')
        check_probability(self, 'keep_prob')
        check_seed(self)


class Net(NamedTuple):
    """The tensors and ops that `build` made."""

    tf_x: tf.Tensor  # [?, 784] float32, standardised
    tf_y: tf.Tensor  # [?] int32
    keep_prob: tf.Tensor  # scalar float32, fc_keep_prob:0
    h1: tf.Tensor  # [?, 24, 24, 32] float32, conv_1/activation:0
    h2: tf.Tensor  # [?, 8, 8, 64] float32, conv_2/activation:0
    h3: tf.Tensor  # [?, 1024] float32, fc_3/activation:0
    h3_drop: tf.Tensor  # [?, 1024] float32, in the scope dropout_layer
    h4: tf.Tensor  # [?, 10] float32, fc_4/net_pre-activation:0
    probabilities: tf.Tensor  # [?, 10] float32
    labels: tf.Tensor  # [?] int32
    cross_entropy_loss: tf.Tensor  # scalar float32, mean
    train_op: tf.Operation
    accuracy: tf.Tensor  # scalar float32


def conv_layer(
    input_tensor: tf.Tensor,
    name: str,
    kernel_size: tuple[int, int],
    n_output_channels: int,
    padding_mode: str = 'SAME',
    strides: Sequence[int] = (1, 1, 1, 1),
) -> tf.Tensor:
    """A convolution with bias and relu in the variable scope `name`; prints its two variables and three tensors.

    Args:
        input_tensor: `[batch, height, width, channels] float32`.
        name: of the scope, with the variables `_weights` and `_biases` in it.
        kernel_size: height and width of a filter.
        n_output_channels: number of filters.
        padding_mode: SAME or VALID.
        strides: over batch, height, width and channels.

    Returns:
        `[batch, height, width, n_output_channels] float32`, after relu.
    """
    with tf.variable_scope(name):
        n_input_channels = input_tensor.get_shape().as_list()[-1]
        weights = _printed(tf.get_variable('_weights', [*kernel_size, n_input_channels, n_output_channels]))
        biases = _printed(tf.get_variable('_biases', initializer=tf.zeros([n_output_channels])))
        conv = _printed(tf.nn.conv2d(input=input_tensor, filter=weights, strides=strides, padding=padding_mode))
        conv = _printed(tf.nn.bias_add(conv, biases, name='net_pre-activation'))
        return _printed(tf.nn.relu(conv, name='activation'))


def fc_layer(
    input_tensor: tf.Tensor, name: str, n_output_units: int, activation_fn: Callable[..., tf.Tensor] | None = None
) -> tf.Tensor:
    """A fully-connected layer in the variable scope `name`; prints its variables and tensors.

    An input with more than two axes is flattened first.

    Returns:
        `[batch, n_output_units] float32`: `activation`, or `net_pre-activation` where `activation_fn` is None.
    """
    with tf.variable_scope(name):
        n_input_units = input_tensor.get_shape()[1:].num_elements()
        if input_tensor.get_shape().ndims > 2:
            input_tensor = tf.reshape(input_tensor, shape=(-1, n_input_units))
        weights = _printed(tf.get_variable('_weights', [n_input_units, n_output_units]))
        biases = _printed(tf.get_variable('_biases', initializer=tf.zeros([n_output_units])))
        layer = _printed(tf.matmul(input_tensor, weights))
        layer = _printed(tf.nn.bias_add(layer, biases, name='net_pre-activation'))
        return layer if activation_fn is None else _printed(activation_fn(layer, name='activation'))


def build(hparams: HParams = HParams()) -> Net:
    """Builds the network into the current default graph, whose seed it sets, and prints each layer as it is built."""
    tf.set_random_seed(hparams.seed)
    tf_x = tf.placeholder(tf.float32, shape=[None, examples.PIXELS], name='tf_x')
    tf_y = tf.placeholder(tf.int32, shape=[None], name='tf_y')
    tf_x_image = tf.reshape(tf_x, shape=[-1, 28, 28, 1], name='tf_x_reshaped')
    tf_y_onehot = tf.one_hot(indices=tf_y, depth=examples.CLASSES, dtype=tf.float32, name='tf_y_onehot')
    print('\nBuilding 1st layer: ')
    h1 = conv_layer(tf_x_image, 'conv_1', kernel_size=(5, 5), padding_mode='VALID', n_output_channels=32)
    h1_pool = tf.nn.max_pool(h1, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding='SAME')
    print('\nBuilding 2nd layer: ')
    h2 = conv_layer(h1_pool, 'conv_2', kernel_size=(5, 5), padding_mode='VALID', n_output_channels=64)
    h2_pool = tf.nn.max_pool(h2, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding='SAME')
    print('\nBuilding 3rd layer:')
    h3 = fc_layer(h2_pool, 'fc_3', n_output_units=1024, activation_fn=tf.nn.relu)
    keep_prob = tf.placeholder(tf.float32, name='fc_keep_prob')
    h3_drop = tf.nn.dropout(h3, keep_prob=keep_prob, name='dropout_layer')
    print('\nBuilding 4th layer:')
    h4 = fc_layer(h3_drop, 'fc_4', n_output_units=examples.CLASSES)
    probabilities = tf.nn.softmax(h4, name='probabilities')
    labels = tf.cast(tf.argmax(h4, axis=1), tf.int32, name='labels')
    cross_entropy_loss = tf.reduce_mean(
        tf.nn.softmax_cross_entropy_with_logits(logits=h4, labels=tf_y_onehot), name='cross_entropy_loss'
    )
    train_op = tf.train.AdamOptimizer(hparams.learning_rate).minimize(cross_entropy_loss, name='train_op')
    correct = tf.equal(labels, tf_y, name='correct_preds')
    return Net(
        tf_x=tf_x,
        tf_y=tf_y,
        keep_prob=keep_prob,
        h1=h1,
        h2=h2,
        h3=h3,
        h3_drop=h3_drop,
        h4=h4,
        probabilities=probabilities,
        labels=labels,
        cross_entropy_loss=cross_entropy_loss,
        train_op=train_op,
        accuracy=tf.reduce_mean(tf.cast(correct, tf.float32), name='accuracy'),
    )


def start(hparams: HParams = HParams(), config: tf.ConfigProto | None = None) -> Running:
    """Builds the network in a graph of its own and opens a session with fresh weights. `done` counts epochs."""
    return session.start(build, hparams, CHECKPOINT_NAME, config)


def train(
    run: Running,
    images: np.ndarray,
    labels: np.ndarray,
    *,
    epochs: int | None = None,
    validation: examples.Examples | None = None,
    outputs: Outputs = PRINT_ONLY,
) -> list[float]:
    """Trains for `epochs` more epochs after those done so far, and prints a line for each.

    The "avg" loss that the document prints is the sum over the batches; here it is their mean.

    Args:
        run: what `start` returned.
        images: `[n, 784] float32`, standardised.
        labels: `[n]` integers in 0..9.
        epochs: > 0; None stands for those missing from `HParams.epochs`.
        validation: standardised images and labels whose accuracy is printed after each epoch.
        outputs: where to write and whom to tell.

    Returns:
        The mean loss over the batches of each epoch.

    Raises:
        ValueError: bad epochs, images or labels.
        CheckpointError: `outputs.model_dir` holds checkpoints that this training would overwrite.
    """
    images, labels = check_standardised(images, labels)
    epochs = session.amount('epochs', epochs, run.hparams.epochs - run.done)
    net, hparams, losses = run.net, run.hparams, []
    noise = DropoutNoise(net.h3_drop, hparams.seed)
    per_epoch = -(-len(images) // hparams.batch_size)
    learn = run.function([net.cross_entropy_loss, net.train_op], [net.tf_x, net.tf_y, net.keep_prob, noise.tensor])
    with Journal(run, outputs, batches=epochs * per_epoch, save_every=SAVE_EVERY) as journal:
        for epoch in range(run.done, run.done + epochs):
            order = epoch_seed(hparams.seed, epoch)
            batches = batch_generator(images, labels, hparams.batch_size, hparams.shuffle, order)
            total = 0.0
            for step, (x, y) in enumerate(batches, epoch * per_epoch):
                total += float(learn(x, y, hparams.keep_prob, noise.at(step, len(x)))[0])
                journal.batch_done()
            losses.append(total / per_epoch)
            journal.advance()
            journal.epoch(losses[-1], evaluate(run, *validation) if validation else None)
        if journal.wants_images:
            journal.images(filters(run), activations(run, images[:1]))
    return losses


def evaluate(run: Running, images: np.ndarray, labels: np.ndarray, batch_size: int = EVALUATION_BATCH) -> Evaluation:
    """Accuracy, mean loss and predicted classes of standardised images, computed in batches, without dropout."""
    check_scale(images)
    net = run.net
    measure = run.function([net.labels, net.cross_entropy_loss], [net.tf_x, net.tf_y, net.keep_prob])
    return session.evaluate(lambda x, y: measure(examples.pixels(x), y, 1.0), images, labels, batch_size)


def predict(run: Running, images: np.ndarray, batch_size: int = EVALUATION_BATCH) -> Predictions:
    """Classes and probabilities of standardised images, `[n, 784] float32`, computed in batches, without dropout."""
    check_scale(images)
    infer = run.function([run.net.labels, run.net.probabilities], [run.net.tf_x, run.net.keep_prob])
    return session.predict(lambda x: infer(examples.pixels(x), 1.0), images, batch_size)


def filters(run: Running) -> dict[str, np.ndarray]:
    """The weights of both convolutions, `[height, width, in, out] float32`."""
    return run.session.run({'conv_1': 'conv_1/_weights:0', 'conv_2': 'conv_2/_weights:0'})


def activations(run: Running, images: np.ndarray) -> dict[str, np.ndarray]:
    """The outputs of both convolutions, `[n, height, width, channels] float32`, for some standardised images."""
    check_scale(images)
    return run.session.run({'conv_1': run.net.h1, 'conv_2': run.net.h2}, {run.net.tf_x: examples.pixels(images)})


def _printed(thing: object) -> object:
    print(thing)
    return thing
