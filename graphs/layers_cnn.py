"""System C2: the network of C1 in the layers API, and the class that owns its graph and session (document 3).

Checkpoints are called `model.ckpt-EPOCH`. Tensors go by name: `tf_x:0`, `is_train:0`, `probabilities:0`.
"""

from __future__ import annotations

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
    'ConvNN',
    'HParams',
    'Net',
    'Standardiser',
    'activations',
    'batch_generator',
    'build',
    'evaluate',
    'filters',
    'grey_splits',
    'predict',
    'splits',
    'start',
    'train',
]

SAVE_EVERY = 1
EVALUATION_BATCH = 256
CHECKPOINT_NAME = 'model.ckpt'
UNIT = 'epochs'
EVALUATED_MEANWHILE = 'validation'
INFERENCE = InferenceTensors('tf_x', 'h4', 'probabilities', 'labels', {'is_train': False})
DRAWN_CHANNELS = None


@dataclass(frozen=True)
class HParams:
    """Hyperparameters; the defaults are the document's.

    epochs: of a whole training.
    dropout_rate: share of the dropout layer's units that training drops.
    seed: the graph's; of the order of examples too.
    """

    learning_rate: float = 1e-4
    batch_size: int = 64
    epochs: int = 20
    dropout_rate: float = 0.5
    shuffle: bool = True
    seed: int = 123

    def __post_init__(self):
        check_positive(self, 'learning_rate')
        check_counting(self, 'batch_size', 'epochs')
        check_probability(self, 'dropout_rate', zero=True)
        check_seed(self)


class Net(NamedTuple):
    """The tensors and ops that `build` made."""

    tf_x: tf.Tensor  # [?, 784] float32, standardised
    tf_y: tf.Tensor  # [?] int32
    is_train: tf.Tensor  # scalar bool
    h1: tf.Tensor  # [?, 24, 24, 32] float32
    h2: tf.Tensor  # [?, 8, 8, 64] float32
    h3: tf.Tensor  # [?, 1024] float32
    h3_drop: tf.Tensor  # [?, 1024] float32
    h4: tf.Tensor  # [?, 10] float32
    probabilities: tf.Tensor  # [?, 10] float32
    labels: tf.Tensor  # [?] int32
    cross_entropy_loss: tf.Tensor  # scalar float32, mean
    train_op: tf.Operation
    accuracy: tf.Tensor  # scalar float32


def build(hparams: HParams = HParams()) -> Net:
    """Builds the network into the current default graph, whose seed it sets."""
    tf.set_random_seed(hparams.seed)
    tf_x = tf.placeholder(tf.float32, shape=[None, examples.PIXELS], name='tf_x')
    tf_y = tf.placeholder(tf.int32, shape=[None], name='tf_y')
    is_train = tf.placeholder(tf.bool, shape=(), name='is_train')
    tf_x_image = tf.reshape(tf_x, shape=[-1, 28, 28, 1], name='input_x_2dimages')
    tf_y_onehot = tf.one_hot(indices=tf_y, depth=examples.CLASSES, dtype=tf.float32, name='input_y_onehot')
    h1 = tf.layers.conv2d(tf_x_image, kernel_size=(5, 5), filters=32, activation=tf.nn.relu)
    h1_pool = tf.layers.max_pooling2d(h1, pool_size=(2, 2), strides=(2, 2))
    h2 = tf.layers.conv2d(h1_pool, kernel_size=(5, 5), filters=64, activation=tf.nn.relu)
    h2_pool = tf.layers.max_pooling2d(h2, pool_size=(2, 2), strides=(2, 2))
    h2_pool_flat = tf.reshape(h2_pool, shape=[-1, h2_pool.get_shape()[1:].num_elements()])
    h3 = tf.layers.dense(h2_pool_flat, 1024, activation=tf.nn.relu)
    h3_drop = tf.layers.dropout(h3, rate=hparams.dropout_rate, training=is_train)
    h4 = tf.layers.dense(h3_drop, examples.CLASSES, activation=None)
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
        is_train=is_train,
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

    The document measures its "validation" accuracy on the last training batch; here the validation set is evaluated.

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
    learn = run.function([net.cross_entropy_loss, net.train_op], [net.tf_x, net.tf_y, net.is_train, noise.tensor])
    with Journal(run, outputs, batches=epochs * per_epoch, save_every=SAVE_EVERY) as journal:
        for epoch in range(run.done, run.done + epochs):
            order = epoch_seed(hparams.seed, epoch)
            batches = batch_generator(images, labels, hparams.batch_size, hparams.shuffle, order)
            total = 0.0
            for step, (x, y) in enumerate(batches, epoch * per_epoch):
                total += float(learn(x, y, True, noise.at(step, len(x)))[0])
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
    measure = run.function([net.labels, net.cross_entropy_loss], [net.tf_x, net.tf_y, net.is_train])
    return session.evaluate(lambda x, y: measure(examples.pixels(x), y, False), images, labels, batch_size)


def predict(run: Running, images: np.ndarray, batch_size: int = EVALUATION_BATCH) -> Predictions:
    """Classes and probabilities of standardised images, `[n, 784] float32`, computed in batches, without dropout."""
    check_scale(images)
    infer = run.function([run.net.labels, run.net.probabilities], [run.net.tf_x, run.net.is_train])
    return session.predict(lambda x: infer(examples.pixels(x), False), images, batch_size)


def filters(run: Running) -> dict[str, np.ndarray]:
    """The weights of both convolutions, `[height, width, in, out] float32`."""
    return run.session.run({'conv2d': 'conv2d/kernel:0', 'conv2d_1': 'conv2d_1/kernel:0'})


def activations(run: Running, images: np.ndarray) -> dict[str, np.ndarray]:
    """The outputs of both convolutions, `[n, height, width, channels] float32`, for some standardised images."""
    check_scale(images)
    return run.session.run({'conv2d': run.net.h1, 'conv2d_1': run.net.h2}, {run.net.tf_x: examples.pixels(images)})


class ConvNN:
    """The document's class: it owns the graph `g`, the session `sess`, the `saver` and the `init_op`."""

    def __init__(
        self,
        batchsize: int = 64,
        epochs: int = 20,
        learning_rate: float = 1e-4,
        dropout_rate: float = 0.5,
        shuffle: bool = True,
        random_seed: int = 123,
    ):
        """Builds the graph and opens the session.

        Raises:
            ValueError: a value that `HParams` refuses.
        """
        self.epochs = epochs
        self.running = start(
            HParams(
                learning_rate=learning_rate,
                batch_size=batchsize,
                epochs=epochs,
                dropout_rate=dropout_rate,
                shuffle=shuffle,
                seed=random_seed,
            )
        )
        self.g, self.sess = self.running.graph, self.running.session
        self.saver, self.init_op = self.running.saver, self.running.init_op

    def train(
        self,
        training_set: tuple[np.ndarray, np.ndarray],
        validation_set: tuple[np.ndarray, np.ndarray] | None = None,
        initialize: bool = True,
    ) -> list[float]:
        """Trains for `epochs` epochs, from fresh weights or from where it stands; returns as the function `train`."""
        if initialize:
            self.sess.run(self.init_op)
            self.running.done = 0
        return train(self.running, *training_set, epochs=self.epochs, validation=validation_set)

    def save(self, epoch: int, path: str = './tflayers-model/') -> str:
        """Writes `model.ckpt-epoch` into `path` and returns its prefix."""
        self.running.done = epoch
        return self.running.save(path)

    def load(self, epoch: int, path: str = './tflayers-model/') -> str:
        """Restores `model.ckpt-epoch` from `path` and returns its prefix.

        Raises:
            CheckpointError: it is not there, cannot be read or belongs to another graph.
        """
        return self.running.restore(path, epoch)

    def predict(self, X_test: np.ndarray, return_proba: bool = False) -> np.ndarray:  # noqa: N803
        """Classes, `[n] int64`, or probabilities, `[n, 10] float32`, of standardised images."""
        result = predict(self.running, X_test)
        return result.probabilities if return_proba else result.classes
