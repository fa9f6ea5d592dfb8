"""For asynchronous training: gradients that have become too old are dropped."""

from __future__ import annotations

from collections.abc import Iterable

import tf1 as tf


class DropStaleGradientOptimizer(tf.train.Optimizer):
    """Applies gradients with `opt` unless more than `staleness` steps were made since they were begun.

    A variable `stale_counter` counts what was dropped, and the summary `Gradient staleness percentage` shows its share.
    """

    def __init__(
        self,
        opt: tf.train.Optimizer,
        staleness: int,
        use_locking: bool = False,
        name: str = 'DropStaleGradient',
    ):
        super().__init__(use_locking, name)
        self._opt = opt
        self._staleness = staleness

    def compute_gradients(
        self, loss: tf.Tensor, *args: object, **kwargs: object
    ) -> list[tuple[tf.Tensor | None, tf.Variable]]:
        """Returns the inner optimizer's gradients; the step at which they are begun is noted before the loss is."""
        self._local_step = tf.train.get_or_create_global_step() + 0
        with tf.control_dependencies([self._local_step]):
            loss = tf.identity(loss)
            return self._opt.compute_gradients(loss, *args, **kwargs)

    def get_slot(self, *args: object, **kwargs: object) -> tf.Variable | None:
        """Returns the inner optimizer's slot."""
        return self._opt.get_slot(*args, **kwargs)

    def get_slot_names(self, *args: object, **kwargs: object) -> list[str]:
        """Returns the names of the inner optimizer's slots."""
        return self._opt.get_slot_names(*args, **kwargs)

    def apply_gradients(
        self,
        grads_and_vars: Iterable[tuple[tf.Tensor | tf.IndexedSlices | None, tf.Variable]],
        global_step: tf.Variable | None = None,
        name: str | None = None,
    ) -> tf.Tensor:
        """Returns a tensor; running it applies the gradients, or counts them as stale.

        Raises:
          TypeError: no `global_step`.
        """
        if global_step is None:
            raise TypeError('apply_gradients needs global_step, got None; pass tf.train.get_or_create_global_step().')
        pairs = list(grads_and_vars)
        counter = tf.get_variable('stale_counter', [], initializer=tf.zeros_initializer(), trainable=False)
        known = [gradient for gradient, _ in pairs if gradient is not None]
        with tf.control_dependencies([getattr(gradient, 'values', gradient) for gradient in known]):
            age = tf.reshape(global_step - self._local_step, [])

        def applied() -> tf.Tensor:
            with tf.control_dependencies([self._opt.apply_gradients(pairs, global_step=global_step)]):
                return tf.identity(0.0)

        dropped = tf.cond(age <= self._staleness, applied, lambda: tf.identity(1.0))
        counted = tf.assign_add(counter, dropped)
        share = counter / tf.cast(global_step + 1, tf.float32)
        tf.summary.scalar('Gradient staleness percentage', share)
        return counted
