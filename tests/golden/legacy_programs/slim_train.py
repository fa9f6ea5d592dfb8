"""Trains and evaluates a small network with TF-Slim on synthetic squares and bars."""

import numpy as np
import tensorflow as tf
import tensorflow.contrib.slim as slim

flags = tf.app.flags
flags.DEFINE_string('train_dir', 'train', 'Where checkpoints are written.')
flags.DEFINE_integer('number_of_steps', 15, 'Steps to train for.')
flags.DEFINE_float('weight_decay', 0.0005, 'L2 regularisation.')
FLAGS = flags.FLAGS


def get_data(n=32, seed=0):
    rng = np.random.RandomState(seed)
    images = rng.normal(0, 0.1, (n, 12, 12, 1)).astype(np.float32)
    labels = rng.randint(0, 2, n).astype(np.int64)
    for image, label in zip(images, labels):
        image[2:6, 2 : 6 if label else 11] += 1
    return images, labels


def lenet_arg_scope(weight_decay):
    with slim.arg_scope(
        [slim.conv2d, slim.fully_connected],
        weights_regularizer=slim.l2_regularizer(weight_decay),
        weights_initializer=tf.truncated_normal_initializer(stddev=0.1),
        activation_fn=tf.nn.relu,
    ) as sc:
        return sc


def lenet(images, num_classes, is_training, scope='LeNet'):
    with tf.variable_scope(scope, 'LeNet', [images]) as sc:
        end_points_collection = sc.original_name_scope + '_end_points'
        with slim.arg_scope([slim.conv2d, slim.max_pool2d], outputs_collections=end_points_collection):
            net = slim.repeat(images, 2, slim.conv2d, 6, [3, 3], scope='conv1')
            net = slim.max_pool2d(net, [2, 2], 2, scope='pool1')
            net = slim.conv2d(
                net,
                8,
                [3, 3],
                normalizer_fn=slim.batch_norm,
                normalizer_params={'is_training': is_training, 'decay': 0.9},
                scope='conv2',
            )
            net = slim.flatten(net)
            net = slim.stack(net, slim.fully_connected, [16, 8], scope='fc')
            net = slim.dropout(net, 1.0, is_training=is_training)
            logits = slim.fully_connected(net, num_classes, activation_fn=None, scope='logits')
        return logits, slim.utils.convert_collection_to_dict(end_points_collection)


def train():
    with tf.Graph().as_default():
        tf.set_random_seed(1)
        images, labels = [tf.constant(a) for a in get_data()]
        with slim.arg_scope(lenet_arg_scope(FLAGS.weight_decay)):
            logits, end_points = lenet(images, 2, True)
        for name in sorted(end_points):
            print(name, end_points[name].shape)
        slim.losses.softmax_cross_entropy(logits, slim.one_hot_encoding(labels, 2))
        total_loss = slim.losses.get_total_loss()
        slim.summaries.add_scalar_summary(total_loss, 'total_loss', 'losses')
        global_step = slim.get_or_create_global_step()
        rate = tf.train.exponential_decay(0.02, global_step, 5, 0.9, staircase=True)
        train_op = slim.learning.create_train_op(
            total_loss, tf.train.AdamOptimizer(rate), clip_gradient_norm=4, summarize_gradients=True
        )
        for v in slim.get_model_variables():
            print(v.op.name, v.shape)
        print(len(slim.losses.get_regularization_losses()), len(tf.get_collection(tf.GraphKeys.UPDATE_OPS)))
        final_loss = slim.learning.train(
            train_op,
            FLAGS.train_dir,
            number_of_steps=FLAGS.number_of_steps,
            log_every_n_steps=5,
            save_summaries_secs=0.5,
            save_interval_secs=60,
        )
        print('Finished training. Last batch loss: %.4f' % final_loss)


def evaluate():
    with tf.Graph().as_default():
        images, labels = [tf.constant(a) for a in get_data(64, seed=1)]
        with slim.arg_scope(lenet_arg_scope(FLAGS.weight_decay)):
            logits, _ = lenet(images, 2, False)
        predictions = tf.argmax(logits, 1)
        names_to_values, names_to_updates = slim.metrics.aggregate_metric_map(
            {
                'accuracy': slim.metrics.streaming_accuracy(predictions, labels),
                'recall': slim.metrics.streaming_recall(predictions, labels),
                'mse': slim.metrics.streaming_mean_squared_error(predictions, labels),
            }
        )
        checkpoint_path = tf.train.latest_checkpoint(FLAGS.train_dir)
        print(checkpoint_path)
        values = slim.evaluation.evaluate_once(
            master='',
            checkpoint_path=checkpoint_path,
            logdir='eval',
            num_evals=2,
            eval_op=list(names_to_updates.values()),
            final_op=names_to_values,
        )
        for name in sorted(values):
            print('%s: %.4f' % (name, values[name]))


def main(_):
    train()
    evaluate()


if __name__ == '__main__':
    tf.app.run()
