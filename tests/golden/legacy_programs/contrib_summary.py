"""A training loop whose summaries are operations of tf.contrib.summary, with another writer for the evaluation."""

import os
import tempfile

import numpy as np
import tensorflow as tf

tf.logging.set_verbosity(tf.logging.ERROR)
summary = tf.contrib.summary


def model(x, y):
    with tf.variable_scope('model', reuse=tf.AUTO_REUSE):
        hidden = tf.layers.dense(x, 5, tf.nn.tanh, kernel_initializer=tf.constant_initializer(0.3), name='hidden')
        logits = tf.layers.dense(hidden, 3, kernel_initializer=tf.constant_initializer([0.1, -0.2, 0.3]), name='logits')
    loss = tf.losses.sparse_softmax_cross_entropy(y, logits)
    return hidden, loss, tf.reduce_mean(tf.cast(tf.equal(tf.argmax(logits, 1), y), tf.float32))


def host_call_fn(global_step, loss, rate):
    """What a model function of a TPUEstimator gives to write summaries with; all tensors have a batch dimension."""
    step = global_step[0]
    with summary.create_file_writer('host', max_queue=100).as_default():
        with summary.always_record_summaries():
            summary.scalar('host_loss', tf.reduce_mean(loss), step=step)
            summary.scalar('learning_rate', rate[0], step=step)
            return summary.all_summary_ops()[-2:]


def train(folder):
    rng = np.random.RandomState(0)
    data = rng.rand(30, 4).astype('float32')
    classes = data[:, :3].argmax(1)
    dataset = tf.data.Dataset.from_tensor_slices((data, classes)).repeat().batch(10)
    x, y = dataset.make_one_shot_iterator().get_next()
    step = tf.train.get_or_create_global_step()
    writer = summary.create_file_writer(os.path.join(folder, 'train'), flush_millis=1000)
    eval_writer = summary.create_file_writer(summary.eval_dir(folder, 'held_out'), filename_suffix='.eval')
    rate = tf.train.exponential_decay(0.5, step, 2, 0.9)
    with writer.as_default(), summary.record_summaries_every_n_global_steps(2):
        hidden, loss, accuracy = model(x, y)
        summary.scalar('loss', loss)
        with tf.name_scope('metrics'):
            summary.scalar('accuracy', accuracy, family='train')
        summary.histogram('hidden', hidden)
        summary.image('inputs', tf.reshape(x, [-1, 2, 2, 1]), max_images=2)
        summary.generic('classes', y)
    writes = summary.all_summary_ops()
    host = host_call_fn(tf.reshape(step, [1]), tf.reshape(loss, [1]), tf.reshape(rate, [1]))
    with eval_writer.as_default(), summary.always_record_summaries():
        _, eval_loss, eval_accuracy = model(tf.constant(data), tf.constant(classes))
        evaluation = [
            summary.scalar('loss', eval_loss, step=step),
            summary.scalar('accuracy', eval_accuracy, step=step),
        ]
    with tf.control_dependencies(writes + host):
        train_op = tf.train.GradientDescentOptimizer(rate).minimize(loss, global_step=step)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        with writer.as_default():
            summary.initialize(graph=tf.get_default_graph())
        for i in range(6):
            value, _ = sess.run([loss, train_op])
            print('step %d loss %.4f' % (i, value))
            if i % 3 == 2:
                print('wrote', sess.run(evaluation))
        sess.run([writer.flush(), eval_writer.close()])
    print(len(writes), [op.type for op in summary.summary_writer_initializer_op()])


def show(folder):
    lines = []
    for path in tf.gfile.Glob(os.path.join(folder, '*.tfevents.*')):
        for event in tf.train.summary_iterator(path):
            for value in event.summary.value:
                kind = value.WhichOneof('value')
                shown = {
                    'simple_value': lambda: '%.4f' % value.simple_value,
                    'histo': lambda: '%d %.3f' % (value.histo.num, value.histo.sum),
                    'image': lambda: '%dx%d' % (value.image.height, value.image.width),
                    'tensor': lambda: str(tf.make_ndarray(value.tensor).tolist()),
                }[kind]()
                lines.append((event.step, value.tag, shown))
            if event.graph_def:
                nodes = tf.GraphDef.FromString(event.graph_def).node
                lines.append((event.step, 'graph', str(len([n for n in nodes if n.op == 'VariableV2']))))
    print(os.path.basename(folder))
    for line in sorted(lines):
        print('  %d %s %s' % line)


if __name__ == '__main__':
    folder = tempfile.mkdtemp()
    train(folder)
    for name in ('train', 'eval_held_out'):
        show(os.path.join(folder, name))
    show('host')
