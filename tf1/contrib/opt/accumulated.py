"""Accumulated gradient normalization (https://arxiv.org/abs/1710.02368): workers send the mean of several gradients."""

from __future__ import annotations

from collections.abc import Iterable

import tf1 as tf
from tf1.contrib.opt import local_copies


class AGNCustomGetter(local_copies.LocalCopies):
    """Makes local variables, global ones, and `grad_variable/NAME` on the worker for the sum of gradients."""

    places_local_variables = False
    second_scope = 'grad_variable'


class AGNOptimizer(local_copies.LocalTraining):
    """Steps on local copies; every `communication_period` steps the mean gradient changes the global variables.

    Args:
      optimizer: changes the local variables at each step, and the global ones with the mean of the gradients.
      num_worker: number of workers.
      custom_getter: the getter that has made the variables.
      communication_period: steps between two changes of the global variables.
      use_locking: whether updates take a lock.
      name: of the optimizer.
    """

    def __init__(
        self,
        optimizer: tf.train.Optimizer,
        num_worker: int,
        custom_getter: AGNCustomGetter,
        communication_period: int = 10,
        use_locking: bool = True,
        name: str = 'AGNOptimizer',
    ):
        super().__init__(optimizer, custom_getter, communication_period, use_locking, name)
        self._num_worker = num_worker

    def apply_gradients(
        self,
        grads_and_vars: Iterable[tuple[tf.Tensor | tf.IndexedSlices | None, tf.Variable]],
        global_step: tf.Variable | None = None,
        name: str | None = None,
    ) -> tf.Tensor:
        """Returns a tensor; running it makes a local step and, when it is time, a global one.

        Raises:
          KeyError: the getter has not made one of the variables.
          ValueError: there are no variables, or no gradient at all.
        """
        pairs = list(grads_and_vars)
        known = [(gradient, variable) for gradient, variable in pairs if gradient is not None]
        local, centers, sums = [variable for _, variable in known], [], []
        for variable in local:
            centers.append(self._copies.of(self._copies.centers, variable))
            sums.append(self._copies.of(self._copies.seconds, variable))
        stepped = [self._step_of_copies(pairs)]
        for (gradient, _), total in zip(known, sums, strict=True):
            stepped.append(tf.assign_add(total, tf.convert_to_tensor(gradient), use_locking=self._use_locking))

        def talk() -> tf.Operation:
            means = [total / self._period for total in sums]
            change = self._optimizer.apply_gradients(zip(means, centers, strict=True), global_step)
            with tf.control_dependencies([change]):
                return self._init_op(list(zip(local, centers, sums, strict=True)))

        return self._then_talk(stepped, talk)

    def _init_op(self, triples: list[tuple[tf.Variable, tf.Variable, tf.Variable]]) -> tf.Operation:
        updates = []
        for variable, center, total in triples:
            updates.append(tf.assign(variable, center.read_value(), use_locking=self._use_locking))
            updates.append(tf.assign(total, tf.zeros_like(total), use_locking=self._use_locking))
        return tf.group(*updates)

    def get_init_op(self, task_index: int) -> tf.Operation:
        """Returns the operation that gives local variables the global ones' values and clears the sums."""
        copies = self._copies
        return self._init_op([(v, center, copies.of(copies.seconds, v)) for v, center in copies.centers.items()])

    def make_session_run_hook(self, is_chief: bool, task_index: int) -> tf.train.SessionRunHook:
        """Returns the hook that runs `get_init_op` in a new session."""
        return local_copies.InitializedFromCenters(lambda: self.get_init_op(task_index))
