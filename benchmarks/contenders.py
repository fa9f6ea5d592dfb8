"""The ways to train systems A1, A3 and A4 that `benchmarks.estimator` times, each in a process of its own.

Runs under the project's TensorFlow and under TF 2.15.1 alike, so it imports nothing of the project but, for the
contenders of that name, `tf1`. Reads one JSON request a line from standard input, answers with one JSON line.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
import warnings

import numpy as np

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '2')
warnings.simplefilter('ignore')

SIDES = {'linear': 28, 'mlp': 40, 'cnn': 40}
BATCHES = {'linear': 100, 'mlp': 50, 'cnn': 50}
HIDDEN = {'mlp': 500, 'cnn': 1024}
WARM_UP_STEPS = 20
"""Before a loop is timed."""
SECONDS_TO_WARM_UP = 0.6
"""Before an Estimator's or Keras's training is timed: some get ready for more than a step."""
SCANNED_STEPS = 50


def logits_of(tf, layers, system, images, training):
    """The network of `system` in the layers API, `[batch, 10]`."""
    if system == 'cnn':
        images = tf.reshape(images, [-1, 40, 40, 1])
        images = layers.conv2d(images, 32, [5, 5], padding='same', activation=tf.nn.relu)
        images = tf.reshape(layers.max_pooling2d(images, [2, 2], 2), [-1, 20 * 20 * 32])
    if system in HIDDEN:
        images = layers.dense(images, HIDDEN[system], activation=tf.nn.relu)
    if system == 'cnn':
        images = layers.dropout(images, 0.4, training=training)
    return layers.dense(images, 10)


def optimizer_of(tf, system):
    """The document's optimiser."""
    return tf.train.GradientDescentOptimizer(0.5) if system == 'linear' else tf.train.AdamOptimizer(1e-4)


class Estimator:
    """`tf.estimator` with default hooks, summaries and checkpoints: ours, or TF 2.15.1's."""

    def __init__(self, tf, system, data):
        self._tf, self._system, self._data = tf, system, data
        self._estimator = tf.estimator.Estimator(self._model_fn, tempfile.mkdtemp(), params={})

    def _model_fn(self, features, labels, mode, params):
        tf = self._tf
        logits = logits_of(tf, tf.layers, self._system, features['x'], mode == 'train')
        predictions = {'classes': tf.argmax(logits, 1), 'probabilities': tf.nn.softmax(logits)}
        if mode == 'infer':
            return tf.estimator.EstimatorSpec(mode, predictions=predictions)
        loss = tf.losses.sparse_softmax_cross_entropy(labels=labels, logits=logits)
        train_op = optimizer_of(tf, self._system).minimize(loss, tf.train.get_global_step())
        metrics = {'accuracy': tf.metrics.accuracy(labels, predictions['classes'])}
        return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op, eval_metric_ops=metrics)

    def _input_fn(self, part, **how):
        images, labels = self._data[f'{part}_images'], self._data[f'{part}_labels']
        return self._tf.estimator.inputs.numpy_input_fn({'x': images}, labels, **how)

    def _train(self, steps):
        clock = self._clock()
        train_input = self._input_fn('train', batch_size=BATCHES[self._system], num_epochs=None, shuffle=True)
        self._estimator.train(train_input, steps=steps, hooks=[clock])
        return clock

    def _clock(self):
        """A hook that notes times and steps; it need not see each step (`skippable_steps` is tf1's)."""

        class Clock(self._tf.train.SessionRunHook):
            steps = 0
            first = None

            def skippable_steps(self, global_step):
                return 100

            def skip_steps(self, count):
                self.steps += count

            def after_run(self, run_context, run_values):
                self.steps += 1
                self.last = time.perf_counter(), self.steps
                if self.first is None:
                    if self.steps == 1:
                        self.begin_time = self.last[0]
                    if self.last[0] - self.begin_time >= SECONDS_TO_WARM_UP:
                        self.first = self.last

        return Clock()

    def steps_per_second(self, steps):
        """Steps per second of `train`, without the time to build the graph and to write the last checkpoint."""
        clock = self._train(steps)
        (start, before), (end, after) = clock.first, clock.last
        return (after - before) / (end - start)

    def one_step(self):
        """Seconds of `train(steps=1)` on a model_dir with a checkpoint."""
        return seconds(lambda: self._train(1))

    def evaluate(self):
        """Seconds of `evaluate` on the test images."""
        return seconds(lambda: self._estimator.evaluate(self._input_fn('test', batch_size=128, shuffle=False)))

    def predict(self):
        """Seconds of `predict` on the test images."""
        return seconds(lambda: list(self._estimator.predict(self._input_fn('test', batch_size=128, shuffle=False))))


class BareSession:
    """A loop of `session.run` with fed NumPy batches."""

    def __init__(self, tf, system, data):
        self._images, self._labels = data['train_images'], data['train_labels']
        self._batch = BATCHES[system]
        self._x = tf.placeholder(tf.float32, [None, SIDES[system] ** 2])
        self._y = tf.placeholder(tf.int32, [None])
        logits = logits_of(tf, tf.layers, system, self._x, True)
        self._loss = tf.losses.sparse_softmax_cross_entropy(labels=self._y, logits=logits)
        self._train_op = optimizer_of(tf, system).minimize(self._loss, tf.train.get_or_create_global_step())
        self._session = tf.Session()
        self._session.run(tf.global_variables_initializer())

    def steps_per_second(self, steps):
        """Steps per second of the loop."""
        order = np.random.permutation(len(self._images))
        chosen = np.resize(order, (steps + WARM_UP_STEPS) * self._batch).reshape(-1, self._batch)
        for i, rows in enumerate(chosen):
            if i == WARM_UP_STEPS:
                start = time.perf_counter()
            feeds = {self._x: self._images[rows], self._y: self._labels[rows]}
            self._session.run([self._train_op, self._loss], feeds)
        return steps / (time.perf_counter() - start)


class KerasFit:
    """Keras 3 on the same TensorFlow: `Model.fit` on arrays."""

    steps_per_execution = 1

    def __init__(self, _, system, data):
        import keras

        self._keras, self._data, self._batch = keras, data, BATCHES[system]
        layers = [keras.Input([SIDES[system] ** 2])]
        if system == 'cnn':
            layers += [
                keras.layers.Reshape([40, 40, 1]),
                keras.layers.Conv2D(32, 5, padding='same', activation='relu'),
                keras.layers.MaxPooling2D(2),
                keras.layers.Flatten(),
            ]
        if system in HIDDEN:
            layers.append(keras.layers.Dense(HIDDEN[system], activation='relu'))
        if system == 'cnn':
            layers.append(keras.layers.Dropout(0.4))
        self._model = keras.Sequential([*layers, keras.layers.Dense(10)])
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        optimizer = keras.optimizers.SGD(0.5) if system == 'linear' else keras.optimizers.Adam(1e-4)
        self._model.compile(optimizer, loss, steps_per_execution=self.steps_per_execution)

    def steps_per_second(self, steps):
        """Steps per second of `fit`, as its batches end."""
        keras, times = self._keras, []

        class Clock(keras.callbacks.Callback):
            def on_train_batch_end(self, batch, logs=None):
                times.append((time.perf_counter(), batch))

        images, labels = self._data['train_images'], self._data['train_labels']
        rows = min(len(images), steps * self._batch)
        done, seconds = 0, 0.0
        while done < steps // 2:
            times.clear()
            self._model.fit(images[:rows], labels[:rows], self._batch, callbacks=[Clock()], verbose=0)
            first = min(len(times) // 2, WARM_UP_STEPS)
            (start, before), (end, after) = times[first], times[-1]
            done, seconds = done + after - before, seconds + end - start
        return done / seconds


class KerasFitOfMany(KerasFit):
    """The same, with as many steps in one call as a scan has."""

    steps_per_execution = SCANNED_STEPS


class JaxStep:
    """JAX: one jitted step after the other, on batches of NumPy arrays."""

    def __init__(self, _, system, data):
        import jax

        self._jax, self._batch = jax, BATCHES[system]
        self._images, self._labels = data['train_images'], data['train_labels'].astype(np.int32)
        generator = np.random.default_rng(0)
        widths = [SIDES[system] ** 2, *([HIDDEN[system]] if system in HIDDEN else []), 10]
        self._weights = [
            (generator.normal(0, n**-0.5, (n, m)).astype(np.float32), np.zeros(m, np.float32))
            for n, m in zip(widths, widths[1:])  # noqa: B905 (Python 3.9 runs this, too)
        ]
        zeros = jax.tree.map(np.zeros_like, self._weights)
        self._state = (self._weights, zeros, zeros, np.float32(0))
        self._step = jax.jit(lambda state, batch: self._update(state, batch, system), donate_argnums=0)

    def _update(self, state, batch, system):
        jax = self._jax
        np_ = jax.numpy

        def loss_of(weights):
            values, labels = batch
            for k, (kernel, bias) in enumerate(weights):
                values = values @ kernel + bias
                values = jax.nn.relu(values) if k + 1 < len(weights) else values
            return -np_.mean(np_.take_along_axis(jax.nn.log_softmax(values), labels[:, None], 1))

        weights, first, second, count = state
        loss, gradients = jax.value_and_grad(loss_of)(weights)
        count = count + 1
        if system == 'linear':
            weights = jax.tree.map(lambda w, g: w - 0.5 * g, weights, gradients)
        else:
            first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, gradients)
            second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, second, gradients)
            rate = 1e-4 * np_.sqrt(1 - 0.999**count) / (1 - 0.9**count)
            weights = jax.tree.map(lambda w, m, v: w - rate * m / (np_.sqrt(v) + 1e-8), weights, first, second)
        return (weights, first, second, count), loss

    def steps_per_second(self, steps):
        """Steps per second of the loop."""
        order = np.random.permutation(len(self._images))
        chosen = np.resize(order, (steps + WARM_UP_STEPS) * self._batch).reshape(-1, self._batch)
        for i, rows in enumerate(chosen):
            if i == WARM_UP_STEPS:
                start = time.perf_counter()
            self._state, loss = self._step(self._state, (self._images[rows], self._labels[rows]))
            float(loss)
        return steps / (time.perf_counter() - start)


class JaxScan(JaxStep):
    """JAX: a scan over many steps in one call."""

    def __init__(self, _, system, data):
        super().__init__(_, system, data)
        jax = self._jax
        self._step = jax.jit(
            lambda state, batches: jax.lax.scan(lambda s, b: self._update(s, b, system), state, batches),
            donate_argnums=0,
        )

    def steps_per_second(self, steps):
        """Steps per second of the loop."""
        order = np.random.permutation(len(self._images))
        calls = -(-steps // SCANNED_STEPS) + 2
        chosen = np.resize(order, calls * SCANNED_STEPS * self._batch).reshape(calls, SCANNED_STEPS, self._batch)
        for i, rows in enumerate(chosen):
            if i == 2:
                start = time.perf_counter()
            self._state, loss = self._step(self._state, (self._images[rows], self._labels[rows]))
            loss.block_until_ready()
        return (calls - 2) * SCANNED_STEPS / (time.perf_counter() - start)


class TorchEager:
    """PyTorch, eager, one batch after the other."""

    def __init__(self, _, system, data):
        import torch

        self._torch, self._batch = torch, BATCHES[system]
        self._images, self._labels = torch.from_numpy(data['train_images']), torch.from_numpy(data['train_labels'])
        self._labels = self._labels.long()
        nn = torch.nn
        layers, width = [], SIDES[system] ** 2
        if system == 'cnn':
            layers += [nn.Unflatten(1, (1, 40, 40)), nn.Conv2d(1, 32, 5, padding='same'), nn.ReLU()]
            layers += [nn.MaxPool2d(2), nn.Flatten()]
            width = 20 * 20 * 32
        if system in HIDDEN:
            layers += [nn.Linear(width, HIDDEN[system]), nn.ReLU()]
            width = HIDDEN[system]
        if system == 'cnn':
            layers.append(nn.Dropout(0.4))
        self._model = nn.Sequential(*layers, nn.Linear(width, 10))
        weights = self._model.parameters()
        self._optimizer = torch.optim.SGD(weights, 0.5) if system == 'linear' else torch.optim.Adam(weights, 1e-4)

    def steps_per_second(self, steps):
        """Steps per second of the usual five lines."""
        torch = self._torch
        order = np.random.permutation(len(self._images))
        chosen = np.resize(order, (steps + WARM_UP_STEPS) * self._batch).reshape(-1, self._batch)
        for i, rows in enumerate(torch.from_numpy(chosen)):
            if i == WARM_UP_STEPS:
                start = time.perf_counter()
            self._optimizer.zero_grad()
            loss = torch.nn.functional.cross_entropy(self._model(self._images[rows]), self._labels[rows])
            loss.backward()
            self._optimizer.step()
            loss.item()
        return steps / (time.perf_counter() - start)


def seconds(call):
    """Wall time of a call, in seconds."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def memory():
    """The process's peak of resident memory, and what of it now is its own rather than a library's file, in MiB."""
    with open('/proc/self/status') as status:
        fields = dict(line.split(':') for line in status)
    return {
        name: int(fields[field].split()[0]) / 1024 for name, field in (('peak_mib', 'VmHWM'), ('own_mib', 'RssAnon'))
    }


def tensorflow_of(contender):
    """The TF 1.x namespace that a contender runs on, or None."""
    if contender in ('tf1', 'tf1, oneDNN'):
        import tf1

        return tf1
    if contender in ('tf.estimator 2.15', 'bare session'):
        if contender == 'bare session':
            os.environ['TF_USE_LEGACY_KERAS'] = '1'
        import tensorflow.compat.v1 as tf

        tf.disable_v2_behavior()
        return tf
    return None


KINDS = {
    'tf1': Estimator,
    'tf1, oneDNN': Estimator,
    'tf.estimator 2.15': Estimator,
    'bare session': BareSession,
    'Keras fit': KerasFit,
    'Keras fit, 50 steps a call': KerasFitOfMany,
    'JAX, jitted step': JaxStep,
    'JAX, scan of 50 steps': JaxScan,
    'PyTorch eager': TorchEager,
}


def main(contender, system, data_file):
    """Answers requests until standard input ends."""
    answers, sys.stdout = sys.stdout, sys.stderr
    data = dict(np.load(data_file))
    subject = KINDS[contender](tensorflow_of(contender), system, data)
    for line in sys.stdin:
        request = json.loads(line)
        value = getattr(subject, request['what'])(*request['arguments'])
        print(json.dumps({'value': value, **memory()}), file=answers, flush=True)


if __name__ == '__main__':
    main(*sys.argv[1:])
