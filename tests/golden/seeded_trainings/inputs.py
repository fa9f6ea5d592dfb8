"""Trainings that are fed by datasets and queues."""

from common import STEPS, losses, pictures, points, session


def shuffled_dataset(tf):
    dataset = tf.data.Dataset.from_tensor_slices(points()).shuffle(64).repeat().batch(16)
    x, labels = dataset.make_one_shot_iterator().get_next()
    loss = tf.losses.sparse_softmax_cross_entropy(labels, tf.layers.dense(tf.layers.dense(x, 16, tf.nn.relu), 3))
    return losses(tf, loss, tf.train.AdamOptimizer(0.01).minimize(loss))


def augmenting_dataset(tf):
    def augment(picture, label):
        picture = tf.image.random_flip_left_right(picture)
        picture = tf.image.random_contrast(picture, 0.5, 1.5)
        return picture + tf.random_uniform([8, 8, 1], 0.0, 0.1), label

    dataset = tf.data.Dataset.from_tensor_slices(pictures()).shuffle(16, reshuffle_each_iteration=False)
    dataset = dataset.repeat().map(augment).batch(8).prefetch(1)
    iterator = dataset.make_initializable_iterator()
    x, labels = iterator.get_next()
    hidden = tf.layers.dense(tf.layers.flatten(tf.layers.conv2d(x, 4, 3, activation=tf.nn.relu)), 3)
    loss = tf.losses.sparse_softmax_cross_entropy(labels, hidden)
    return losses(tf, loss, tf.train.AdamOptimizer(0.01).minimize(loss), before=iterator.initializer)


def mixed_datasets(tf):
    x, labels = points()
    parts = [tf.data.Dataset.from_tensor_slices((x[i::2], labels[i::2])).repeat() for i in range(2)]
    dataset = tf.data.experimental.sample_from_datasets(parts, [0.7, 0.3])
    dataset = dataset.shuffle(20).batch(8)
    features, targets = dataset.make_one_shot_iterator().get_next()
    hidden = tf.nn.dropout(tf.layers.dense(features, 16, tf.nn.relu), rate=0.2)
    loss = tf.losses.sparse_softmax_cross_entropy(targets, tf.layers.dense(hidden, 3))
    return losses(tf, loss, tf.train.GradientDescentOptimizer(0.2).minimize(loss))


def interleaved_dataset(tf):
    x, _ = points()
    values = tf.constant(x)

    def rows(start):
        chosen = tf.data.Dataset.range(start, start + 8).shuffle(8)
        return chosen.map(lambda row: tf.gather(values, row) + tf.random_normal([8], stddev=0.01))

    dataset = tf.data.Dataset.range(0, 64, 8)
    dataset = dataset.repeat().interleave(rows, cycle_length=2, block_length=4).batch(16)
    iterator = dataset.make_initializable_iterator()
    out = tf.layers.dense(iterator.get_next(), 1, kernel_initializer=tf.truncated_normal_initializer(stddev=0.5))
    loss = tf.reduce_mean(tf.square(out - 1.0))
    return losses(tf, loss, tf.train.GradientDescentOptimizer(0.1).minimize(loss), before=iterator.initializer)


def shuffled_queue(tf):
    x, labels = points()
    example, label = tf.train.slice_input_producer([tf.constant(x), tf.constant(labels)], capacity=256)
    features, targets = tf.train.shuffle_batch([example, label], 8, capacity=40, min_after_dequeue=16)
    hidden = tf.layers.dropout(tf.layers.dense(features, 16, tf.nn.relu), training=True)
    loss = tf.losses.sparse_softmax_cross_entropy(targets, tf.layers.dense(hidden, 3))
    train = tf.train.AdamOptimizer(0.01).minimize(loss)
    # The runners' operations, run on this thread: with theirs, chance decides what lies in a queue at a given moment.
    fill_examples, fill_batch = [runner.enqueue_ops[0] for runner in tf.get_collection(tf.GraphKeys.QUEUE_RUNNERS)]
    found = []
    with session(tf) as running:
        running.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
        for _ in range(3):
            running.run(fill_examples)
        for step in range(STEPS):
            for _ in range(24 if step == 0 else 8):
                running.run(fill_batch)
            found.append(float(running.run([loss, train])[0]))
    return found
