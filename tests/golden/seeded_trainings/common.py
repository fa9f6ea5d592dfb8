"""What the trainings share: data that is the same everywhere, and the loop."""

import numpy as np

SEED = 1234
STEPS = 20


def points(count=64, size=8, classes=3):
    """Returns [count, size] float32 values and int32 labels below `classes`."""
    random = np.random.RandomState(0)
    x = random.randn(count, size).astype(np.float32)
    weights = random.randn(size, classes)
    return x, np.argmax(x.dot(weights), 1).astype(np.int32)


def pictures(count=16, size=8, channels=1, classes=3):
    """Returns [count, size, size, channels] float32 values from 0 to 1 and int32 labels below `classes`."""
    random = np.random.RandomState(1)
    x = random.rand(count, size, size, channels).astype(np.float32)
    return x, (x.reshape(count, -1)[:, :7].sum(1) * 10).astype(np.int32) % classes


def sentences(count=16, length=6, words=12):
    """Returns [count, length] int32 word numbers and int32 lengths from 2 on."""
    random = np.random.RandomState(2)
    return (
        random.randint(1, words, [count, length]).astype(np.int32),
        random.randint(2, length + 1, [count]).astype(np.int32),
    )


def session(tf):
    """Returns a session on one thread, for sums that are the same on each run."""
    return tf.Session(config=tf.ConfigProto(intra_op_parallelism_threads=1, inter_op_parallelism_threads=1))


def losses(tf, loss, train_op, steps=STEPS, feed=None, before=None):
    """Runs a training in the default graph and returns its losses.

    Args:
      tf: TensorFlow's module.
      loss: A scalar tensor, or several.
      train_op: The operation of a step.
      steps: The number of steps.
      feed: What is fed, or a function of the step that returns it.
      before: An operation that runs behind the initializers.
    """
    with session(tf) as running:
        running.run([tf.global_variables_initializer(), tf.local_variables_initializer(), tf.tables_initializer()])
        if before is not None:
            running.run(before)
        found = []
        for step in range(steps):
            values = feed(step) if callable(feed) else feed
            found.append(np.ravel(running.run([loss, train_op], values)[0]).astype(float).tolist())
    return [value for values in found for value in values]
