"""MNIST with eager execution, as the examples of tf.contrib.eager trained it: summaries, metrics, checkpoints."""

from __future__ import absolute_import, division, print_function

import os
import tempfile

import tensorflow as tf
from tensorflow.contrib.eager.python import tfe
from tensorflow.examples.tutorials.mnist import input_data

tf.enable_eager_execution()
tf.set_random_seed(1)
layers = tf.layers


class Model(tf.keras.Model):
    def __init__(self, data_format='channels_last'):
        super(Model, self).__init__(name='mnist_model')
        self._input_shape = [-1, 28, 28, 1]
        self.conv1 = layers.Conv2D(4, 5, padding='same', activation=tf.nn.relu, kernel_initializer=self.init())
        self.conv2 = layers.Conv2D(8, 5, padding='same', activation=tf.nn.relu, kernel_initializer=self.init())
        self.fc1 = layers.Dense(16, activation=tf.nn.relu, kernel_initializer=self.init())
        self.fc2 = layers.Dense(10, kernel_initializer=self.init())
        self.dropout = layers.Dropout(0.5)
        self.max_pool2d = layers.MaxPooling2D((2, 2), (2, 2), padding='same')

    def init(self):
        return tf.truncated_normal_initializer(stddev=0.1)

    def call(self, inputs, training=False):
        y = tf.reshape(inputs, self._input_shape)
        y = self.max_pool2d(self.conv1(y))
        y = self.max_pool2d(self.conv2(y))
        y = tf.layers.flatten(y)
        y = self.dropout(self.fc1(y), training=training)
        return self.fc2(y)


def loss(logits, labels):
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(logits=logits, labels=labels))


def train(model, optimizer, dataset, step_counter, log_interval=None):
    """Trains model on `dataset` using `optimizer`."""
    for batch, (images, labels) in enumerate(tfe.Iterator(dataset)):
        with tf.contrib.summary.record_summaries_every_n_global_steps(3, global_step=step_counter):
            with tf.GradientTape() as tape:
                logits = model(images, training=False)
                loss_value = loss(logits, labels)
                tf.contrib.summary.scalar('loss', loss_value)
                tf.contrib.summary.histogram('logits', logits)
            grads = tape.gradient(loss_value, model.variables)
            optimizer.apply_gradients(zip(grads, model.variables), global_step=step_counter)
            if log_interval and batch % log_interval == 0:
                print('Step #%d\tLoss: %.4f' % (batch, loss_value))


def test(model, dataset):
    """Perform an evaluation of `model` on the examples from `dataset`."""
    avg_loss = tfe.metrics.Mean('loss', dtype=tf.float32)
    accuracy = tfe.metrics.Accuracy('accuracy', dtype=tf.float32)
    for images, labels in dataset:
        logits = model(images, training=False)
        avg_loss(loss(logits, labels))
        accuracy(tf.argmax(logits, axis=1, output_type=tf.int64), tf.cast(labels, tf.int64))
    print('Test set: Average loss: %.4f, Accuracy: %4.1f%%' % (avg_loss.result(), 100 * accuracy.result()))
    with tf.contrib.summary.always_record_summaries():
        tf.contrib.summary.scalar('loss', avg_loss.result(write_summary=False))
        accuracy.result()


def show(folder):
    for path in sorted(tf.gfile.Glob(os.path.join(folder, 'events*'))):
        for event in tf.train.summary_iterator(path):
            for value in event.summary.value:
                print(event.step, value.tag, '%.3f' % (value.histo.num or value.simple_value))


def main():
    mnist = input_data.read_data_sets(os.environ['MNIST_DIR'], validation_size=0)
    train_ds = tf.data.Dataset.from_tensor_slices((mnist.train.images[:320], mnist.train.labels[:320].astype('int32')))
    train_ds = train_ds.batch(32)
    test_ds = tf.data.Dataset.from_tensor_slices((mnist.test.images[:200], mnist.test.labels[:200].astype('int32')))
    test_ds = test_ds.batch(100)

    model, folder = Model(), tempfile.mkdtemp()
    optimizer = tf.train.MomentumOptimizer(0.1, 0.9)
    step_counter = tf.train.get_or_create_global_step()
    train_dir, test_dir = os.path.join(folder, 'train'), os.path.join(folder, 'eval')
    summary_writer = tf.contrib.summary.create_file_writer(train_dir, flush_millis=10000)
    test_summary_writer = tf.contrib.summary.create_file_writer(test_dir, flush_millis=10000, name='test')
    checkpoint_prefix = os.path.join(folder, 'ckpt')
    checkpoint = tf.train.Checkpoint(model=model, optimizer=optimizer, step_counter=step_counter)
    checkpoint.restore(tf.train.latest_checkpoint(folder))

    with tf.device('/cpu:0'):
        for _ in range(2):
            with summary_writer.as_default():
                train(model, optimizer, train_ds, step_counter, 4)
            with test_summary_writer.as_default():
                test(model, test_ds)
            print(os.path.basename(checkpoint.save(checkpoint_prefix)), step_counter.numpy())
    print([(v.name.split('/')[-1], v.shape.as_list()) for v in model.variables], tfe.num_gpus())
    names = [name for name, _ in tf.train.list_variables(tf.train.latest_checkpoint(folder))]
    print([name for name in names if name.startswith(('model/conv1', 'save', 'step'))])

    # A new model goes on where the first checkpoint was.
    again, other = Model(), tf.train.MomentumOptimizer(0.1, 0.9)
    again(tf.zeros([1, 784]))
    tf.train.Checkpoint(model=again, optimizer=other).restore(checkpoint_prefix + '-1')
    test(again, test_ds)
    gradients = tfe.implicit_gradients(lambda x, y: loss(again(x), y))
    for images, labels in train_ds.take(3):
        other.apply_gradients(gradients(images, labels))
    test(again, test_ds)

    # Gradients of plain functions, and a function that runs as a graph.
    square = lambda x: tf.multiply(x, x)
    grad = tfe.gradients_function(square)
    gradgrad = tfe.gradients_function(lambda x: grad(x)[0])
    print(square(3.0).numpy(), [g.numpy() for g in grad(3.0)], [g.numpy() for g in gradgrad(3.0)])
    compiled = tfe.defun(again)
    images = mnist.test.images[:5]
    print(bool(abs(compiled(images) - again(images)).numpy().max() < 1e-5), tf.executing_eagerly())
    w = tfe.Variable([[1.0], [2.0]], name='w')
    value, pairs = tfe.implicit_value_and_gradients(lambda x: tf.reduce_sum(tf.matmul(x, w)))([[3.0, 4.0]])
    print(value.numpy(), [(g.numpy().tolist(), v.name) for g, v in pairs], isinstance(w, tfe.Variable))
    show(train_dir)
    show(test_dir)


if __name__ == '__main__':
    main()
    print('done')
