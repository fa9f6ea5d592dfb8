"""Elastic averaging SGD (https://arxiv.org/abs/1412.6651): workers and a center are drawn to one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import tf1 as tf
from tf1.contrib.opt import local_copies

_BETA = 0.9
"""Share of the difference that all workers together take within a period, where `moving_rate` is not given."""


class ElasticAverageCustomGetter(local_copies.LocalCopies):
    """Makes local variables, global ones, and `local_center_variable/NAME`: the center as the worker last saw it."""

    second_scope = 'local_center_variable'


class ElasticAverageOptimizer(local_copies.LocalTraining):
    """Steps on local copies; every `communication_period` steps they and the global variables approach each other.

    Args:
      opt: changes the local variables.
      num_worker: number of workers.
      ea_custom_getter: the getter that has made the variables.
      communication_period: steps between two exchanges.
      moving_rate: share of the difference that both sides move; 0.9 / communication_period / num_worker if not given.
      rho: weight of half the squared difference that is added to the loss; moving_rate / learning rate if not given.
      use_locking: whether updates take a lock.
      synchronous: workers wait for one another before their first step.
      name: of the optimizer.

    Raises:
      AttributeError: `rho` is not given and `opt` does not tell its learning rate.
    """

    def __init__(
        self,
        opt: tf.train.Optimizer,
        num_worker: int,
        ea_custom_getter: ElasticAverageCustomGetter,
        communication_period: int = 10,
        moving_rate: float | None = None,
        rho: float | None = None,
        use_locking: bool = True,
        synchronous: bool = False,
        name: str = 'ElasticAverageOptimizer',
    ):
        super().__init__(opt, ea_custom_getter, communication_period, use_locking, name)
        self._num_worker, self._synchronous = num_worker, synchronous
        self._moving_rate = _BETA / communication_period / num_worker if moving_rate is None else moving_rate
        self._rho = self._moving_rate / _learning_rate(opt) if rho is None else rho

    def compute_gradients(
        self,
        loss: tf.Tensor,
        var_list: Sequence[tf.Variable] | None = None,
        gate_gradients: int = tf.train.Optimizer.GATE_OP,
        aggregation_method: int | None = None,
        colocate_gradients_with_ops: bool = False,
        grad_loss: tf.Tensor | None = None,
    ) -> list[tuple[tf.Tensor | None, tf.Variable]]:
        """Returns the gradients of the loss and of `rho` times half the squared distance from the last seen center."""
        variables = list(tf.trainable_variables() if var_list is None else var_list)
        copies = self._copies
        apart = [variable - copies.of(copies.seconds, variable).read_value() for variable in variables]
        total = loss + self._rho * tf.add_n([tf.nn.l2_loss(difference) for difference in apart])
        return self._optimizer.compute_gradients(
            total, variables, gate_gradients, aggregation_method, colocate_gradients_with_ops, grad_loss
        )

    def apply_gradients(
        self,
        grads_and_vars: Iterable[tuple[tf.Tensor | tf.IndexedSlices | None, tf.Variable]],
        global_step: tf.Variable | None = None,
        name: str | None = None,
    ) -> tf.Tensor:
        """Returns a tensor; running it makes a local step and, when it is time, an exchange with the global variables.

        Raises:
          KeyError: the getter has not made one of the variables.
          ValueError: there are no variables, or no gradient at all.
        """
        pairs = list(grads_and_vars)
        copies = self._copies
        triples = [(local, copies.of(copies.centers, local), copies.of(copies.seconds, local)) for _, local in pairs]
        stepped = self._step_of_copies(pairs)
        lock = self._use_locking

        def talk() -> tf.Operation:
            updates = [] if global_step is None else [tf.assign_add(global_step, 1)]
            for variable, center, seen in triples:
                now = tf.identity(tf.assign(seen, center.read_value(), use_locking=lock))
                step = self._moving_rate * (variable.read_value() - now)
                with tf.control_dependencies([step]):
                    updates.append(tf.assign_sub(variable, step, use_locking=lock))
                    updates.append(tf.assign_add(center, step, use_locking=lock))
            return tf.group(*updates)

        return self._then_talk([stepped], talk)

    def get_init_op(self, task_index: int) -> tf.Operation:
        """Returns the operation that gives local variables, and the centers as seen, the global ones' values."""
        updates = []
        for variable, center in self._copies.centers.items():
            value = center.read_value()
            updates.append(tf.assign(variable, value))
            updates.append(tf.assign(self._copies.of(self._copies.seconds, variable), value))
        done = tf.group(*updates)
        return self._after_all_workers(done, task_index) if self._synchronous else done

    def _after_all_workers(self, done: tf.Operation, task_index: int) -> tf.Operation:
        """Returns an operation that ends when it runs on every worker: each puts a token for every other one."""
        center = next(iter(self._copies.centers.values()))
        with tf.colocate_with(center):
            queues = [
                tf.FIFOQueue(self._num_worker, [tf.bool], shapes=[[]], shared_name=f'variable_init_sync_queue{index}')
                for index in range(self._num_worker)
            ]
        with tf.control_dependencies([done]):
            told = [queue.enqueue(False) for index, queue in enumerate(queues) if index != task_index]
        return tf.group(done, *told, queues[task_index].dequeue_many(len(queues) - 1).op)

    def make_session_run_hook(self, is_chief: bool, task_index: int) -> tf.train.SessionRunHook:
        """Returns the hook that runs `get_init_op` in a new session."""
        return local_copies.InitializedFromCenters(lambda: self.get_init_op(task_index))

    def swapping_saver(
        self,
        var_list: Mapping[str, tf.Variable] | Iterable[tf.Variable] | None = None,
        name: str = 'swapping_saver',
        **kwargs: object,
    ) -> tf.train.Saver:
        """Returns a saver that stores the global variables under the local ones' names, for evaluation.

        Args:
          var_list: what to save, as for `tf.train.Saver`; the trainable variables if not given.
          name: prefix of the saver's operations.
          **kwargs: for `tf.train.Saver`.

        Raises:
          RuntimeError: the getter has not made any variable yet.
        """
        centers = self._copies.centers
        if not centers:
            raise RuntimeError(
                'swapping_saver found no global center variable; call it after the variables are made through '
                'ElasticAverageCustomGetter.'
            )
        if var_list is None:
            var_list = tf.trainable_variables()
        if not isinstance(var_list, Mapping):
            var_list = {variable.op.name: variable for variable in var_list}
        swapped = {key: centers.get(variable, variable) for key, variable in var_list.items()}
        return tf.train.Saver(swapped, name=name, **kwargs)


def _learning_rate(opt: tf.train.Optimizer) -> float | tf.Tensor:
    if not hasattr(opt, '_learning_rate'):
        raise AttributeError(f'{type(opt).__name__} does not tell its learning rate; give ElasticAverageOptimizer rho.')
    return opt._learning_rate
