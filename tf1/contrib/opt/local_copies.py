"""Training on local copies: each worker changes variables of its own, and from time to time the global ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import tf1 as tf

GLOBAL_CENTER = 'global_center_variable'


class LocalCopies:
    """A custom getter that makes trainable variables local to a worker and gives each of them a global one.

    The local variable has the name that was asked for, lies on `worker_device`, is trainable and stands in the
    collection of local variables. The global one is called `global_center_variable/NAME`, lies where the device scope
    puts it, and is what checkpoints hold. Variables that are not trained stay what they are.

    Args:
      worker_device: where the local variables lie, such as '/job:worker/task:0'.
    """

    places_local_variables = True
    """Whether local variables that are not trained lie on the worker's device, too."""
    second_scope: str | None = None
    """Where each trained variable gets a second local one, `SCOPE/NAME`; None for none."""

    def __init__(self, worker_device: str):
        self._worker_device = worker_device
        self.centers: dict[tf.Variable, tf.Variable] = {}
        self.seconds: dict[tf.Variable, tf.Variable] = {}

    def __call__(
        self,
        getter: Callable[..., tf.Variable],
        name: str,
        trainable: bool | None = None,
        collections: list[str] | None = None,
        *args: object,
        **kwargs: object,
    ) -> tf.Variable:
        """Returns the variable that was asked for, local if it is trained."""
        if not trainable:
            if self.places_local_variables and tf.GraphKeys.LOCAL_VARIABLES in (collections or ()):
                return self._local(getter, name, trainable, *args, **kwargs)
            return getter(name, *args, trainable=trainable, collections=collections, **kwargs)
        variable = self._local(getter, name, True, *args, **kwargs)
        if variable not in self.centers:
            self.centers[variable] = self._center(getter, variable, name, *args, **kwargs)
            if self.second_scope is not None:
                self.seconds[variable] = self._local(getter, f'{self.second_scope}/{name}', False, *args, **kwargs)
        return variable

    def _local(
        self, getter: Callable[..., tf.Variable], name: str, trainable: bool | None, *args: object, **kwargs: object
    ) -> tf.Variable:
        with tf.device(self._worker_device):
            return getter(name, *args, trainable=trainable, collections=[tf.GraphKeys.LOCAL_VARIABLES], **kwargs)

    def _center(
        self, getter: Callable[..., tf.Variable], variable: tf.Variable, name: str, *args: object, **kwargs: object
    ) -> tf.Variable:
        """Returns the global variable for a new local one."""
        collections = [tf.GraphKeys.GLOBAL_VARIABLES]
        return getter(f'{GLOBAL_CENTER}/{name}', *args, trainable=False, collections=collections, **kwargs)

    def of(self, found: dict[tf.Variable, tf.Variable], variable: tf.Variable) -> tf.Variable:
        """Returns what stands beside a local variable.

        Raises:
          KeyError: this getter has not made the variable.
        """
        if variable not in found:
            raise KeyError(
                f'{variable.op.name} was not made through this {type(self).__name__}; make it by tf.get_variable in '
                'tf.variable_scope(..., custom_getter=the getter).'
            )
        return found[variable]


class LocalTraining(tf.train.Optimizer):
    """Base of optimizers that step with another one on local copies and talk with the global ones every few steps.

    A local variable `local_step` counts the steps of this worker; the global step counts the talks.
    """

    def __init__(self, opt: tf.train.Optimizer, copies: LocalCopies, period: int, use_locking: bool, name: str):
        super().__init__(use_locking, name)
        self._optimizer, self._copies, self._period = opt, copies, period
        self._local_step = tf.get_variable(
            'local_step', initializer=0, trainable=False, collections=[tf.GraphKeys.LOCAL_VARIABLES]
        )

    def _step_of_copies(self, pairs: list[tuple[tf.Tensor | tf.IndexedSlices | None, tf.Variable]]) -> tf.Operation:
        """Returns the local step of the other optimizer; its slots are local variables, as each worker has its own."""

        def local_variable(next_creator: Callable[..., tf.Variable], **kwargs: object) -> tf.Variable:
            return next_creator(**{**kwargs, 'collections': [tf.GraphKeys.LOCAL_VARIABLES]})

        if pairs:
            # Ahead of apply_gradients, outside of its scope, so that nodes have the names of TF 1.15.
            self._optimizer._prepare()
            with tf.variable_creator_scope(local_variable):
                self._optimizer._create_slots([variable for gradient, variable in pairs if gradient is not None])
        return self._optimizer.apply_gradients(pairs)

    def _then_talk(self, stepped: list[tf.Operation], talk: Callable[[], tf.Operation]) -> tf.Tensor:
        """Returns a tensor; running it runs `stepped`, and the operation of `talk` in every period-th run."""
        with tf.control_dependencies(stepped):
            step = tf.identity(tf.assign_add(self._local_step, 1, name='local_step_update'))
        with tf.control_dependencies([step]):
            return tf.cond(tf.equal(step % self._period, 0), talk, tf.no_op)


class InitializedFromCenters(tf.train.SessionRunHook):
    """Gives the local copies the values of the global variables before the first step.

    Args:
      make_init_op: returns the operation; called once, while the graph may still grow.
      before: run before it.
    """

    def __init__(self, make_init_op: Callable[[], tf.Operation], before: Iterable[tf.Operation] = ()):
        self._make_init_op, self._before = make_init_op, tuple(before)
        self._init_op = None

    def begin(self) -> None:
        """Makes the operation, before the graph is finalized."""
        self._init_op = self._make_init_op()

    def after_create_session(self, session: tf.Session, coord: tf.train.Coordinator) -> None:
        """Runs it, after the session's variables are initialized or restored."""
        for operation in (*self._before, self._init_op):
            session.run(operation)
