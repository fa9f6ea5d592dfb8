"""Model averaging: workers train on their own and take the mean of all copies from time to time."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import tf1 as tf
from tf1.contrib.opt import local_copies


class ModelAverageCustomGetter(local_copies.LocalCopies):
    """Makes local variables, and global ones that start from the same values."""

    def _center(
        self, getter: Callable[..., tf.Variable], variable: tf.Variable, name: str, *args: object, **kwargs: object
    ) -> tf.Variable:
        return tf.Variable(
            variable.initialized_value(),
            trainable=False,
            name=f'{local_copies.GLOBAL_CENTER}/{name}',
            collections=[tf.GraphKeys.GLOBAL_VARIABLES],
            use_resource=kwargs.get('use_resource'),
        )


class ModelAverageOptimizer(local_copies.LocalTraining):
    """Steps on local copies; every `interval_steps` steps all workers wait and go on from the mean of their copies.

    Args:
      opt: changes the local variables.
      num_worker: number of workers.
      is_chief: whether this worker takes the mean.
      ma_custom_getter: the getter that has made the variables.
      interval_steps: steps between two means.
      use_locking: whether updates take a lock.
      name: of the optimizer.
    """

    def __init__(
        self,
        opt: tf.train.Optimizer,
        num_worker: int,
        is_chief: bool,
        ma_custom_getter: ModelAverageCustomGetter,
        interval_steps: int = 100,
        use_locking: bool = True,
        name: str = 'ModelAverageOptimizer',
    ):
        super().__init__(opt, ma_custom_getter, interval_steps, use_locking, name)
        self._num_worker, self._is_chief = num_worker, is_chief
        self._chief_init_op = None

    def compute_gradients(self, *args: object, **kwargs: object) -> list[tuple[tf.Tensor | None, tf.Variable]]:
        """Returns the inner optimizer's gradients."""
        return self._optimizer.compute_gradients(*args, **kwargs)

    def apply_gradients(
        self,
        grads_and_vars: Iterable[tuple[tf.Tensor | tf.IndexedSlices | None, tf.Variable]],
        global_step: tf.Variable | None = None,
        name: str | None = None,
    ) -> tf.Tensor:
        """Returns a tensor; running it makes a local step and, when it is time, takes the mean of all workers.

        Raises:
          KeyError: the getter has not made one of the variables.
          ValueError: there is no variable, no gradient, or no `global_step`.
        """
        pairs = list(grads_and_vars)
        if not pairs:
            raise ValueError('apply_gradients got no variable; pass at least one pair of gradient and variable.')
        if global_step is None:
            raise ValueError('apply_gradients needs global_step, got None; pass tf.train.get_or_create_global_step().')
        local = [variable for _, variable in pairs]
        centers = [self._copies.of(self._copies.centers, variable) for variable in local]
        stepped = self._step_of_copies(pairs)
        gathered = [self._gathered(center) for center in centers]
        with tf.colocate_with(global_step):
            queue = tf.FIFOQueue(-1, [tf.bool], shapes=[[]], shared_name='sync_queue')
        # Without this, what a new chief gathers would count as older than the step that it restored.
        self._chief_init_op = tf.group(*(total.set_global_step(global_step) for total in gathered))

        def talk() -> tf.Operation:
            step = tf.identity(global_step)
            given = [t.apply_grad(v.read_value(), step) for t, v in zip(gathered, local, strict=True)]
            with tf.control_dependencies(given):
                averaged = self._averaged(gathered, centers, global_step, queue)
            with tf.control_dependencies([averaged]):
                return self.get_init_op(local)

        return self._then_talk([stepped], talk)

    def _gathered(self, center: tf.Variable) -> tf.ConditionalAccumulator:
        with tf.colocate_with(center):
            return tf.ConditionalAccumulator(
                center.dtype.base_dtype, shape=center.shape, shared_name=f'{center.name}/var_accum'
            )

    def _averaged(
        self,
        gathered: list[tf.ConditionalAccumulator],
        centers: list[tf.Variable],
        global_step: tf.Variable,
        queue: tf.FIFOQueue,
    ) -> tf.Operation:
        """Returns an operation that ends when the global variables have the mean; the chief's one puts it there."""
        if not self._is_chief:
            return queue.dequeue().op
        means = [total.take_grad(self._num_worker) for total in gathered]
        assigned = [
            tf.assign(center, mean, use_locking=self._use_locking) for center, mean in zip(centers, means, strict=True)
        ]
        with tf.control_dependencies(assigned):
            counted = tf.assign_add(global_step, 1)
        with tf.control_dependencies([counted]):
            return queue.enqueue_many(tf.fill([self._num_worker - 1], False))

    def get_init_op(self, variables: Iterable[tf.Variable] | None = None) -> tf.Operation:
        """Returns the operation that gives local variables, all if not given, the global ones' values."""
        centers = self._copies.centers
        chosen = centers if variables is None else variables
        return tf.group(*(tf.assign(v, centers[v].read_value(), use_locking=self._use_locking) for v in chosen))

    def make_session_run_hook(self) -> tf.train.SessionRunHook:
        """Returns the hook that runs `get_init_op` in a new session."""
        chief = self._is_chief and self._chief_init_op is not None
        return local_copies.InitializedFromCenters(self.get_init_op, [self._chief_init_op] if chief else ())
