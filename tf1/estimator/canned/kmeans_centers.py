"""How the first cluster centers are chosen from batches of points, as many batches as it takes."""

from __future__ import annotations

from collections.abc import Callable

import tf1 as tf

RANDOM_INIT, KMEANS_PLUS_PLUS_INIT, KMC2_INIT = 'random', 'kmeans_plus_plus', 'kmc2'

# Takes points, [n, size], and how many centers are wanted, and returns that many or fewer.
Chooser = Callable[[tf.Tensor, tf.Tensor], tf.Tensor]


def random(seed: int) -> Chooser:
    """Returns a function that draws points, one of them several times where chance has it; all of a small batch."""

    def choose(points: tf.Tensor, wanted: tf.Tensor) -> tf.Tensor:
        count = tf.shape(points)[0]

        def drawn() -> tf.Tensor:
            places = tf.random_uniform(
                tf.reshape(wanted, [-1]), maxval=tf.cast(count, tf.int64), dtype=tf.int64, seed=seed
            )
            return tf.gather(points, places)

        return tf.cond(count <= wanted, lambda: tf.identity(points), drawn)

    return choose


def kmeans_plus_plus(seed: int, num_retries: int) -> Chooser:
    """Returns a function that draws points the rather, the farther they are from those drawn before.

    A batch with fewer points than are wanted is an error when the graph runs.
    """

    def choose(points: tf.Tensor, wanted: tf.Tensor) -> tf.Tensor:
        enough = tf.assert_greater_equal(
            tf.shape(points)[0], wanted, message='kmeans_plus_plus needs a batch with as many points as centers.'
        )
        with tf.control_dependencies([enough]):
            wanted = tf.cast(wanted, tf.int64)
        return tf.raw_ops.KmeansPlusPlusInitialization(
            points=points, num_to_sample=wanted, seed=seed, num_retries_per_sample=num_retries
        )

    return choose


def kmc2(seed: int, chain_length: int, centers: tf.Variable) -> Chooser:
    """Returns a function that gives the first point, and later one more of the first `chain_length` points of a batch.

    A walk along them goes on to a point the rather, the farther that is from `centers`.
    """

    def choose(points: tf.Tensor, wanted: tf.Tensor) -> tf.Tensor:
        del wanted  # TF 1.15 adds one in each batch, too.

        def walked() -> tf.Tensor:
            chain = points[:chain_length]
            distances = tf.raw_ops.NearestNeighbors(points=chain, centers=centers, k=1).nearest_center_distances
            index = tf.raw_ops.KMC2ChainInitialization(distances=tf.squeeze(distances, 1), seed=seed)
            return tf.reshape(chain[index], [1, -1])

        return tf.cond(tf.equal(tf.shape(centers)[0], 0), lambda: points[:1], walked)

    return choose


def add_centers(
    choose: Chooser, points: tf.Tensor | list[tf.Tensor], num_clusters: tf.Tensor, centers: tf.Variable
) -> tf.Tensor:
    """Returns the centers, [so far, size], after those that a batch of points gives were added to the variable."""
    have = tf.shape(centers)[0]
    new = choose(points, num_clusters - have)
    # Before the first, the variable has not even a size.
    joined = tf.cond(tf.equal(have, 0), lambda: tf.identity(new), lambda: tf.concat([centers, new], 0))
    return tf.assign(centers, joined, validate_shape=False)
