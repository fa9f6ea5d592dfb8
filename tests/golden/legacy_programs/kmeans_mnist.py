"""Clusters images of digits by k-means, once in a session loop and once with an Estimator."""

from __future__ import division, print_function

import os

import numpy as np
import tensorflow as tf
from tensorflow.contrib.factorization import KMeans
from tensorflow.examples.tutorials.mnist import input_data

tf.logging.set_verbosity(tf.logging.ERROR)

mnist = input_data.read_data_sets(os.environ['MNIST_DIR'], one_hot=True)
images = mnist.train.images[:2000]
labels = mnist.train.labels[:2000]
num_classes = 10
k = 10

# The first image of each class.
firsts = np.array([np.argmax(labels[:, digit]) for digit in range(num_classes)])

x = tf.placeholder(tf.float32, shape=[None, 784])
kmeans = KMeans(inputs=x, num_clusters=k, initial_clusters=images[firsts], distance_metric='cosine')
(all_scores, cluster_idx, scores, cluster_centers_initialized, init_op, train_op) = kmeans.training_graph()
cluster_idx = cluster_idx[0]
avg_distance = tf.reduce_mean(scores)

with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    session.run(init_op, feed_dict={x: images})
    for step in range(1, 11):
        _, distance, idx = session.run([train_op, avg_distance, cluster_idx], feed_dict={x: images})
        if step % 5 == 0 or step == 1:
            print('step %d, average distance %.5f' % (step, distance))
    counts = np.zeros((k, num_classes))
    for cluster, label in zip(idx, labels):
        counts[cluster] += label
    labels_map = tf.convert_to_tensor([int(np.argmax(c)) for c in counts])
    cluster_label = tf.nn.embedding_lookup(labels_map, cluster_idx)
    correct = tf.equal(cluster_label, tf.cast(tf.argmax(mnist.test.labels[:500], 1), tf.int32))
    accuracy = tf.reduce_mean(tf.cast(correct, tf.float32))
    print('labels:', [int(np.argmax(c)) for c in counts])
    print('test accuracy: %.4f' % session.run(accuracy, feed_dict={x: mnist.test.images[:500]}))


def input_fn():
    return tf.train.limit_epochs(tf.convert_to_tensor(images[:600], dtype=tf.float32), num_epochs=1)


estimator = tf.contrib.factorization.KMeansClustering(
    num_clusters=4,
    model_dir='kmeans',
    initial_clusters=images[firsts[:4]],
    use_mini_batch=False,
)
previous = None
for number in range(3):
    estimator.train(input_fn, steps=1)
    centers = estimator.cluster_centers()
    if previous is not None:
        print('moved by %.4f' % np.abs(centers - previous).sum())
    previous = centers
    print('score: %.2f' % estimator.score(input_fn))
indices = list(estimator.predict_cluster_index(input_fn))
print('sizes:', np.bincount(indices, minlength=4).tolist())
distances = np.array(list(estimator.transform(input_fn)))
print('nearest is the cluster:', (distances.argmin(1) == np.array(indices)).all(), distances.shape)
print('in the checkpoint:', tf.train.list_variables('kmeans'))
print('done')
