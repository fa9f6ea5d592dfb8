"""The custom Estimator of a course: MNIST, train_and_evaluate, export_saved_model, a predictor."""

from __future__ import absolute_import, division, print_function

import os

import numpy as np
import tensorflow as tf
from tensorflow.contrib import predictor

tf.logging.set_verbosity(tf.logging.ERROR)
flags = tf.app.flags
flags.DEFINE_string('model_dir', 'mnist_model', 'Where the model goes.')
flags.DEFINE_string('data_dir', 'MNIST_data', 'Where MNIST is.')
flags.DEFINE_integer('steps', 20, 'Training steps.')
flags.DEFINE_bool('predict', True, 'Export and predict.')
FLAGS = flags.FLAGS


def cnn_model_fn(features, labels, mode, params):
    """Model function for CNN."""

    init = tf.truncated_normal_initializer(stddev=0.1)
    input_layer = tf.reshape(features['x'], [-1, 28, 28, 1])
    conv1 = tf.layers.conv2d(
        inputs=input_layer,
        filters=4,
        kernel_size=[5, 5],
        strides=2,
        padding='same',
        activation=tf.nn.relu,
        kernel_initializer=init,
    )
    pool1 = tf.layers.max_pooling2d(inputs=conv1, pool_size=[2, 2], strides=2)
    dense = tf.layers.dense(tf.layers.flatten(pool1), 32, tf.nn.relu, kernel_initializer=init)
    dropout = tf.layers.dropout(inputs=dense, rate=params['rate'], training=mode == tf.estimator.ModeKeys.TRAIN)
    logits = tf.layers.dense(inputs=dropout, units=10, kernel_initializer=init)
    predictions = {
        'classes': tf.argmax(input=logits, axis=1),
        'probabilities': tf.nn.softmax(logits, name='softmax_tensor'),
    }
    if mode == tf.estimator.ModeKeys.PREDICT:
        outputs = {'classify': tf.estimator.export.PredictOutput(predictions)}
        return tf.estimator.EstimatorSpec(mode=mode, predictions=predictions, export_outputs=outputs)
    loss = tf.losses.sparse_softmax_cross_entropy(labels=labels, logits=logits)
    if mode == tf.estimator.ModeKeys.TRAIN:
        optimizer = tf.train.GradientDescentOptimizer(learning_rate=0.1)
        train_op = optimizer.minimize(loss=loss, global_step=tf.train.get_global_step())
        return tf.estimator.EstimatorSpec(mode=mode, loss=loss, train_op=train_op)
    metrics = {'accuracy': tf.metrics.accuracy(labels=labels, predictions=predictions['classes'])}
    return tf.estimator.EstimatorSpec(mode=mode, loss=loss, eval_metric_ops=metrics)


def serving_input_fn():
    images = tf.placeholder(tf.float32, [None, 784], name='images')
    return tf.estimator.export.ServingInputReceiver({'x': images}, {'images': images})


def main(unused_argv):
    mnist = tf.contrib.learn.datasets.mnist.read_data_sets(FLAGS.data_dir, seed=0)
    train_data = mnist.train.images[:1000]
    train_labels = np.asarray(mnist.train.labels[:1000], dtype=np.int32)
    eval_data = mnist.test.images[:200]
    eval_labels = np.asarray(mnist.test.labels[:200], dtype=np.int32)
    print(train_data.mean(), train_labels[:10])

    config = tf.estimator.RunConfig(
        model_dir=FLAGS.model_dir, tf_random_seed=1, save_checkpoints_steps=10, keep_checkpoint_max=3
    )
    classifier = tf.estimator.Estimator(model_fn=cnn_model_fn, config=config, params={'rate': 0.0})
    train_input_fn = tf.estimator.inputs.numpy_input_fn(
        x={'x': train_data}, y=train_labels, batch_size=100, num_epochs=None, shuffle=False
    )
    eval_input_fn = tf.estimator.inputs.numpy_input_fn(x={'x': eval_data}, y=eval_labels, num_epochs=1, shuffle=False)
    tf.estimator.train_and_evaluate(
        classifier,
        tf.estimator.TrainSpec(train_input_fn, max_steps=FLAGS.steps),
        tf.estimator.EvalSpec(eval_input_fn, steps=None, start_delay_secs=0, throttle_secs=0),
    )
    results = classifier.evaluate(eval_input_fn)
    print('global_step %d accuracy %.3f loss %.4f' % (results['global_step'], results['accuracy'], results['loss']))
    print(tf.train.get_checkpoint_state(FLAGS.model_dir).all_model_checkpoint_paths)
    if FLAGS.predict:
        export_dir = classifier.export_saved_model('exported', serving_input_fn)
        predict = predictor.from_saved_model(export_dir, signature_def_key='classify')
        output = predict({'images': eval_data[:8]})
        expected = [p['classes'] for p in classifier.predict(eval_input_fn)][:8]
        print(output['classes'].tolist() == expected, output['probabilities'].sum(1).round(3))
        print(sorted(os.listdir(export_dir.decode())))
    return 0


if __name__ == '__main__':
    tf.app.run()
