"""GGT: full-matrix adaptive regularization over a window of gradients (https://arxiv.org/abs/1806.02958)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

import tf1 as tf
from tf1.contrib.opt import one_way

_Number = float | tf.Tensor | Callable[[], float | tf.Tensor]


class GGTOptimizer(tf.train.Optimizer):
    """GGT over all variables, flattened in the order of their names into one vector of N numbers.

    Its variables, made with the first update: `global_step` (its own count), `grad_buffer` [window, N], `moment1` [N]
    and `flat_grad` [N]. Sparse gradients are made dense.

    Args:
      learning_rate: factor of the step.
      beta1: share of the old first moment that is kept at each step.
      use_locking: whether updates take a lock.
      name: of the optimizer.
      window: how many first moments the preconditioner is made of.
      eps: from what smallest singular value on the part of the moment outside of the window moves the variables, too.
      svd_eps: added to the diagonal before the singular value decomposition.
      sigma_eps: added to the singular values before they are inverted.
    """

    def __init__(
        self,
        learning_rate: _Number = 0.001,
        beta1: _Number = 0.9,
        use_locking: bool = False,
        name: str = 'GGT',
        window: int = 10,
        eps: _Number = 1e-4,
        svd_eps: _Number = 1e-6,
        sigma_eps: _Number = 1e-2,
    ):
        super().__init__(use_locking, name)
        self._numbers = {'lr': learning_rate, 'beta1': beta1, 'eps': eps, 'svd_eps': svd_eps, 'sigma_eps': sigma_eps}
        self._window = window
        self._own: dict[tf.Graph, tuple[tf.Variable, ...]] = {}

    def apply_gradients(
        self,
        grads_and_vars: Iterable[tuple[tf.Tensor | tf.IndexedSlices | None, tf.Variable]],
        global_step: tf.Variable | None = None,
        name: str | None = None,
    ) -> tf.Operation:
        """Returns the operation that changes all variables that have a gradient.

        Raises:
          ValueError: there is no gradient at all, or a variable's shape is not known.
        """
        pairs = sorted(
            ((gradient, variable) for gradient, variable in grads_and_vars if gradient is not None),
            key=lambda pair: pair[1].op.name,
        )
        if not pairs:
            raise ValueError('GGTOptimizer got no gradient; pass variables that the loss depends on.')
        sizes = [variable.shape.num_elements() for _, variable in pairs]
        if None in sizes:
            raise ValueError('GGTOptimizer needs variables of known shapes.')
        with tf.init_scope():
            count, buffer, moment, flat = self._variables(sum(sizes))
        with tf.name_scope(name or self._name) as scope:
            step, updates = self._step(pairs, count, buffer, moment, flat)
            parts = tf.split(step, sizes)
            for part, (_, variable) in zip(parts, pairs, strict=True):
                change = tf.cast(tf.reshape(part, variable.shape), variable.dtype.base_dtype)
                updates.append(tf.assign_sub(variable, change, use_locking=self._use_locking))
            if global_step is None:
                done = tf.group(*updates, name=scope)
            else:
                with tf.control_dependencies([tf.group(*updates, name='update')]), tf.colocate_with(global_step):
                    done = tf.assign_add(global_step, 1, name=scope).op
        train_op = tf.get_collection_ref(tf.GraphKeys.TRAIN_OP)
        if done not in train_op:
            train_op.append(done)
        return done

    def _variables(self, size: int) -> tuple[tf.Variable, ...]:
        graph = tf.get_default_graph()
        if graph not in self._own:
            shapes = {'global_step': [], 'grad_buffer': [self._window, size], 'moment1': [size], 'flat_grad': [size]}
            self._own[graph] = tuple(
                tf.Variable(np.zeros(shape, np.float32), trainable=False, name=name) for name, shape in shapes.items()
            )
        return self._own[graph]

    def _step(
        self,
        pairs: list[tuple[tf.Tensor | tf.IndexedSlices, tf.Variable]],
        count: tf.Variable,
        buffer: tf.Variable,
        moment: tf.Variable,
        flat: tf.Variable,
    ) -> tuple[tf.Tensor, list[tf.Operation]]:
        """Returns what is to be subtracted from the flattened variables, and the updates of the own variables."""
        lr, beta1, eps, svd_eps, sigma_eps = (one_way.hyperparameter(v, name) for name, v in self._numbers.items())
        gradients = [tf.reshape(tf.cast(tf.convert_to_tensor(gradient), tf.float32), [-1]) for gradient, _ in pairs]
        new_flat = tf.assign(flat, tf.concat(gradients, 0), use_locking=self._use_locking)
        old_count = tf.identity(count)
        with tf.control_dependencies([old_count]):
            new_count = tf.assign_add(count, 1.0, use_locking=self._use_locking)
        new_moment = tf.identity(
            tf.assign(moment, beta1 * moment + (1 - beta1) * new_flat, use_locking=self._use_locking)
        )
        row = tf.cast(old_count, tf.int32) % self._window
        rows = tf.scatter_update(buffer, row, new_moment, use_locking=self._use_locking)
        history = tf.transpose(rows) / tf.sqrt(tf.minimum(old_count + 1, float(self._window)))
        gram = tf.matmul(history, history, transpose_a=True) + svd_eps * tf.eye(self._window)
        sigma, u, _ = tf.svd(gram)
        root = tf.sqrt(sigma)
        smallest = tf.reduce_min(root)

        def through(weights: tf.Tensor) -> tf.Tensor:
            """Returns the moment within the window's directions, each weighted."""
            along = tf.linalg.matvec(u, tf.linalg.matvec(history, new_moment, transpose_a=True), transpose_a=True)
            return tf.linalg.matvec(history, tf.linalg.matvec(u, weights * along))

        inside = through((root + sigma_eps) ** -3)
        outside = tf.cond(
            smallest > eps,
            lambda: (new_moment - through(1 / sigma)) / smallest,
            lambda: tf.zeros_like(new_moment),
        )
        return lr * (inside + outside), [new_flat.op, new_count.op, rows.op]
