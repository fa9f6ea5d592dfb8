"""A few training steps of the five session systems, from fixed weights, on real images, without dropout.

Everything here runs on TF 1.15 under Python 3.7 and on `tf1` alike.
"""

import gzip
import os

import numpy as np

STEPS = 6
BATCH = 16
_DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'tf1', 'datasets', 'data')
# What each net calls its images, labels, loss and training op; what is fed besides; whether labels are one-hot rows.
NETS = {
    'patch_cnn': ('x', 'y_', 'cross_entropy', 'train_step', {'keep_prob': 1.0}, True),
    'lowlevel_cnn': ('tf_x', 'tf_y', 'cross_entropy_loss', 'train_op', {'keep_prob': 1.0}, False),
    'layers_cnn': ('tf_x', 'tf_y', 'cross_entropy_loss', 'train_op', {'is_train': False}, False),
    'ocr_cnn': ('x', 'y_true', 'cost', 'optimizer', {}, True),
    'batchnorm_cnn': ('x', 'y', 'cost', 'optimizer', {}, True),
}


def batches():
    """The images, `[16, 784] float32` in [0, 1], and labels, `[16] int64`, of each step: the first training images."""
    with gzip.open(os.path.join(_DATA, 'train-images-idx3-ubyte.gz')) as file:
        images = np.frombuffer(file.read(16 + STEPS * BATCH * 784), np.uint8, offset=16)
    with gzip.open(os.path.join(_DATA, 'train-labels-idx1-ubyte.gz')) as file:
        labels = np.frombuffer(file.read(8 + STEPS * BATCH), np.uint8, offset=8)
    pixels = images.reshape(STEPS, BATCH, 784).astype(np.float32) / np.float32(255)
    return [(pixels[step], labels[step * BATCH : (step + 1) * BATCH].astype(np.int64)) for step in range(STEPS)]


def labels_for(name, labels):
    """Labels as the system takes them."""
    return np.eye(10, dtype=np.float32)[labels] if NETS[name][-1] else labels


def set_values(tf, session):
    """Gives all weights of the session's graph, and Adam's moments of them, fixed values.

    Moments that start at zero would let the rounding of tiny gradients decide on the first updates.
    """
    random = np.random.RandomState(0)
    for variable in session.graph.get_collection(tf.GraphKeys.GLOBAL_VARIABLES):
        name, shape = variable.op.name, variable.shape.as_list()
        if not shape:
            continue
        value = random.uniform(-1, 1, shape)
        if name.endswith('/Adam'):
            value *= 1e-3
        elif name.endswith('/Adam_1'):
            value = 1e-6 + 1e-5 * np.abs(value)
        else:
            value /= np.sqrt(max(int(np.prod(shape[:-1])), 1))
        session.run(variable.initializer, {variable.initializer.inputs[1]: value.astype(np.float32)})


def train(session, name, net, steps):
    """Does the steps in a range; returns the loss of each, before its update."""
    x, y, loss, train_op, fixed, _ = NETS[name]
    data, losses = batches(), []
    for step in steps:
        images, labels = data[step]
        feed = {net[x]: images.reshape([-1] + net[x].shape.as_list()[1:]), net[y]: labels_for(name, labels)}
        feed.update((net[key], value) for key, value in fixed.items())
        losses.append(float(session.run([net[loss], net[train_op]], feed)[0]))
    return losses
