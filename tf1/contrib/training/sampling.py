"""Draws examples at given rates: rejection in queues, and resampling inside a batch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf


def rejection_sample(
    tensors: list[Any],
    accept_prob_fn: Callable[[list[tf.Tensor]], tf.Tensor],
    batch_size: int,
    queue_threads: int = 1,
    enqueue_many: bool = False,
    prebatch_capacity: int = 16,
    prebatch_threads: int = 1,
    runtime_checks: bool = False,
    name: str | None = None,
) -> list[tf.Tensor]:
    """Returns batches of examples that are each kept with the probability that `accept_prob_fn` gives them.

    Args:
      tensors: one example, or a batch with `enqueue_many`.
      accept_prob_fn: from one example to a scalar from 0 to 1.
      batch_size: examples in a batch.
      queue_threads: threads that fill the queue of batches.
      enqueue_many: whether the first dimension counts examples.
      prebatch_capacity: of the queue that splits batches into examples.
      prebatch_threads: threads that fill it.
      runtime_checks: whether a run checks that probabilities lie between 0 and 1.
      name: None for 'rejection_sample'.
    """
    with tf.name_scope(name, 'rejection_sample', tensors):
        tensors = [tf.convert_to_tensor(tensor) for tensor in tensors]
        if enqueue_many:
            tensors = _single(tensors, prebatch_threads, prebatch_capacity)
        probability = accept_prob_fn(tensors)
        if runtime_checks:
            checks = [tf.assert_less_equal(probability, 1.0), tf.assert_greater_equal(probability, 0.0)]
            with tf.control_dependencies(checks):
                probability = tf.identity(probability)
        return _keep(tensors, probability, batch_size, queue_threads)


def stratified_sample(
    tensors: list[Any],
    labels: Any,
    target_probs: Any,
    batch_size: int,
    init_probs: Any = None,
    enqueue_many: bool = False,
    queue_capacity: int = 16,
    threads_per_queue: int = 1,
    name: str | None = None,
) -> tuple[list[tf.Tensor], tf.Tensor]:
    """Returns batches of examples, and their labels, whose classes have the shares `target_probs`.

    Args:
      tensors: one example, or a batch with `enqueue_many`.
      labels: its class, a scalar integer, or `[batch]`.
      target_probs: `[classes]`, sums to 1.
      batch_size: examples in a batch.
      init_probs: shares of classes in the input; None to count them.
      enqueue_many: whether the first dimension counts examples.
      queue_capacity: of the queue that splits batches into examples.
      threads_per_queue: threads that fill each queue.
      name: None for 'stratified_sample'.
    """
    with tf.name_scope(name, 'stratified_sample', [*tensors, labels]):
        tensors = [tf.convert_to_tensor(tensor) for tensor in [*tensors, labels]]
        target = tf.convert_to_tensor(target_probs, tf.float32)
        if enqueue_many:
            tensors = _single(tensors, threads_per_queue, queue_capacity)
        label = tf.cast(tensors[-1], tf.int32)
        shares = _counted(label, target) if init_probs is None else tf.convert_to_tensor(init_probs, tf.float32)
        ratios = tf.where(
            shares > 0, target / tf.where(shares > 0, shares, tf.ones_like(shares)), tf.zeros_like(shares)
        )
        probability = (ratios / tf.reduce_max(ratios))[label]
        *batch, batch_labels = _keep(tensors, probability, batch_size, threads_per_queue)
        return batch, batch_labels


def resample_at_rate(
    inputs: list[Any], rates: Any, scope: str | None = None, seed: int | None = None, back_prop: bool = False
) -> list[tf.Tensor]:
    """Returns the inputs with each row as often as its rate says, on average.

    Args:
      inputs: tensors `[batch, ...]`.
      rates: `[batch] float32`.
      scope: None for 'resample_at_rate'.
      seed: of the random numbers.
      back_prop: whether gradients flow back to the inputs.
    """
    with tf.name_scope(scope, 'resample_at_rate', [*inputs, rates]):
        rates = tf.convert_to_tensor(rates, tf.float32)
        counts = tf.cast(tf.floor(rates + tf.random_uniform(tf.shape(rates), seed=seed)), tf.int32)
        rows = tf.random_shuffle(tf.repeat(tf.range(tf.shape(rates)[0]), counts), seed=seed)
        taken = [tf.gather(tensor, rows) for tensor in inputs]
        return taken if back_prop else [tf.stop_gradient(tensor) for tensor in taken]


def weighted_resample(
    inputs: list[Any],
    weights: Any,
    overall_rate: float,
    scope: str | None = None,
    mean_decay: float = 0.999,
    seed: int | None = None,
) -> tuple[list[tf.Tensor], tf.Tensor]:
    """Returns the inputs with rows drawn in proportion to their weights, and the rate of each row that was drawn.

    Args:
      inputs: tensors `[batch, ...]`.
      weights: `[batch] float32`.
      overall_rate: mean number of times that a row is drawn.
      scope: None for 'weighted_resample'.
      mean_decay: of the moving average of weights, to which they are compared.
      seed: of the random numbers.
    """
    with tf.name_scope(scope, 'weighted_resample', [*inputs, weights]):
        weights = tf.convert_to_tensor(weights, tf.float32)
        with tf.variable_scope(scope, 'estimate_mean', [weights]):
            total = tf.get_variable('total', [], initializer=tf.zeros_initializer(), trainable=False)
            share = tf.get_variable('share', [], initializer=tf.zeros_initializer(), trainable=False)
            new_total = tf.assign(total, mean_decay * total + (1 - mean_decay) * tf.reduce_mean(weights))
            new_share = tf.assign(share, mean_decay * share + (1 - mean_decay))
        rates = overall_rate * weights / (new_total / new_share)
        *taken, taken_rates = resample_at_rate([*inputs, rates], rates, seed=seed)
        return taken, taken_rates


def _single(tensors: list[tf.Tensor], threads: int, capacity: int) -> list[tf.Tensor]:
    """Returns the examples of batches, one after the other."""
    batch = tf.train.batch(tensors, batch_size=1, num_threads=threads, capacity=capacity, enqueue_many=True)
    return [tf.squeeze(tensor, [0]) for tensor in (batch if isinstance(batch, list) else [batch])]


def _keep(tensors: list[tf.Tensor], probability: tf.Tensor, batch_size: int, threads: int) -> list[tf.Tensor]:
    keep = tf.random_uniform([]) < probability
    batch = tf.train.maybe_batch(tensors, keep, batch_size, num_threads=threads)
    return batch if isinstance(batch, list) else [batch]


def _counted(label: tf.Tensor, target: tf.Tensor) -> tf.Tensor:
    """Returns the shares of classes seen so far, from one example of each on."""
    counts = tf.Variable(tf.ones_like(target), trainable=False, name='class_counts')
    counted = tf.assign_add(counts, tf.one_hot(label, tf.shape(target)[0]))
    return counted / tf.reduce_sum(counted)
