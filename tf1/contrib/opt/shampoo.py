"""Shampoo: Adagrad with one preconditioner for each dimension of a variable (https://arxiv.org/abs/1802.09568)."""

from __future__ import annotations

from collections.abc import Callable

import tf1 as tf
from tf1.contrib.opt import one_way

_Scheduled = float | Callable[[tf.Tensor], float | tf.Tensor]


class ShampooOptimizer(one_way.OneWay, tf.train.Optimizer):
    """Shampoo. A number may also be a function of the step's number, which is `global_step + 1`.

    Slots: `gbar`, the weighted sum of gradients, and for each dimension i `Gbar_i`, the weighted sum of the gradient's
    outer products along it: a matrix, or its diagonal where the dimension is larger than `max_matrix_size`. With
    `svd_interval` above 1 also `H_i`, the preconditioner that was last computed, an identity matrix at first.

    Args:
      global_step: counts the updates.
      max_matrix_size: larger dimensions get a diagonal preconditioner.
      gbar_decay: share of the old `gbar` that is kept at each step.
      gbar_weight: weight of the new gradient in `gbar`.
      mat_gbar_decay: share of the old `Gbar_i` that is kept at each step.
      mat_gbar_weight: weight of the new outer product.
      learning_rate: factor of the step.
      svd_interval: steps after which the preconditioners are computed again.
      precond_update_interval: steps after which `Gbar_i` is renewed.
      epsilon: added to the diagonal of `Gbar_i` before its root is taken.
      alpha: total power of the preconditioners.
      use_iterative_root: taken and without effect: both ways give the same root.
      use_locking: whether updates take a lock.
      name: of the optimizer.
    """

    def __init__(
        self,
        global_step: tf.Variable | int = 0,
        max_matrix_size: int = 768,
        gbar_decay: _Scheduled = 0.0,
        gbar_weight: _Scheduled = 1.0,
        mat_gbar_decay: _Scheduled = 1.0,
        mat_gbar_weight: _Scheduled = 1.0,
        learning_rate: _Scheduled = 1.0,
        svd_interval: int = 1,
        precond_update_interval: int = 1,
        epsilon: float = 1e-4,
        alpha: float = 0.5,
        use_iterative_root: bool = False,
        use_locking: bool = False,
        name: str = 'Shampoo',
    ):
        super().__init__(use_locking, name)
        self._global_step, self._max_matrix_size = global_step, max_matrix_size
        self._gbar_decay, self._gbar_weight = gbar_decay, gbar_weight
        self._mat_gbar_decay, self._mat_gbar_weight = mat_gbar_decay, mat_gbar_weight
        self._learning_rate = learning_rate
        self._svd_interval, self._precond_update_interval = svd_interval, precond_update_interval
        self._epsilon, self._alpha = epsilon, alpha
        self._step_number = None

    def _create_slots(self, var_list: list[tf.Variable]) -> None:
        for variable in var_list:
            self._zeros_slot(variable, 'gbar', self._name)
            dtype = variable.dtype.base_dtype
            for index, size in enumerate(variable.shape.as_list()):
                square = size <= self._max_matrix_size
                if square and self._svd_interval > 1:
                    self._get_or_make_slot(variable, tf.eye(size, dtype=dtype), f'H_{index}', self._name)
                start = tf.zeros([size, size] if square else [size], dtype)
                self._get_or_make_slot(variable, start, f'Gbar_{index}', self._name)

    def _prepare(self) -> None:
        # The step is copied here, before anything of this update can raise it.
        self._step_number = tf.cast(tf.identity(self._global_step), tf.float32) + 1

    def _now(self, value: _Scheduled, dtype: tf.DType) -> tf.Tensor:
        return tf.cast(value(self._step_number) if callable(value) else value, dtype)

    def _when(self, interval: int, renewed: Callable[[], tf.Tensor], old: tf.Variable) -> tf.Tensor:
        """Returns `renewed()` in every interval-th step, else the old value."""
        if interval == 1:
            return renewed()
        due = tf.equal(tf.floormod(self._step_number, float(interval)), 0)
        return tf.cond(due, lambda: tf.identity(renewed()), old.read_value)

    def _rows(self, gradient: tf.Tensor, indices: tf.Tensor, variable: tf.Variable) -> tf.Operation:
        return self._moved(tf.scatter_nd(indices[:, tf.newaxis], gradient, variable.shape), variable, False)

    def _dense(self, gradient: tf.Tensor, variable: tf.Variable) -> tf.Operation:
        return self._moved(gradient, variable, variable.shape.rank > 1)

    def _moved(self, gradient: tf.Tensor, variable: tf.Variable, divided: bool) -> tf.Operation:
        """Returns the update; `divided` says that diagonals take the squares divided by their length, as TF 1.15."""
        dtype, rank = variable.dtype.base_dtype, variable.shape.rank
        weighted = self._now(self._gbar_weight, dtype) * gradient
        if callable(self._gbar_decay) or self._gbar_decay != 0:
            gbar = self.get_slot(variable, 'gbar')
            step = tf.identity(tf.assign(gbar, self._now(self._gbar_decay, dtype) * gbar + weighted))
        else:
            step = weighted
        for index in range(rank):
            others = [axis for axis in range(rank) if axis != index]
            slot = self.get_slot(variable, f'Gbar_{index}')
            product = self._product(gradient, others, slot.shape.rank == 1, divided)
            total = self._when(self._precond_update_interval, lambda s=slot, p=product: self._added(s, p, dtype), slot)
            # Dimension `index` is the first one here; each round moves it to the end.
            if slot.shape.rank == 1:
                # A row that has seen no gradient at all is not moved either.
                factor = tf.where(total > 0, tf.pow(total, -self._alpha / rank), tf.zeros_like(total))
                step = tf.transpose(step * tf.reshape(factor, [-1] + [1] * (rank - 1)), [*range(1, rank), 0])
            else:
                step = tf.tensordot(step, self._root(variable, index, total, rank), axes=([0], [0]))
        return tf.assign_sub(variable, self._now(self._learning_rate, dtype) * step, use_locking=self._use_locking).op

    def _product(self, gradient: tf.Tensor, others: list[int], diagonal: bool, divided: bool) -> tf.Tensor:
        """Returns the outer product along the one dimension that is not among the others, or its diagonal."""
        if not diagonal:
            return tf.tensordot(gradient, gradient, axes=(others, others))
        squares = tf.reduce_sum(tf.square(gradient), others)
        return squares / squares.shape.num_elements() if divided else squares

    def _added(self, slot: tf.Variable, product: tf.Tensor, dtype: tf.DType) -> tf.Tensor:
        """Returns the new value of a slot `Gbar_i`."""
        weight = self._now(self._mat_gbar_weight, dtype) * float(self._precond_update_interval)
        return tf.identity(
            tf.assign(
                slot,
                self._now(self._mat_gbar_decay, dtype) * slot + weight * product,
                use_locking=self._use_locking,
            )
        )

    def _root(self, variable: tf.Variable, index: int, total: tf.Tensor, rank: int) -> tf.Tensor:
        """Returns the preconditioner of a dimension, a matrix."""

        def computed() -> tf.Tensor:
            size = variable.shape.as_list()[index]
            values, vectors = tf.linalg.eigh(total / size + self._epsilon * tf.eye(size, dtype=total.dtype))
            return tf.matmul(vectors * tf.pow(values, -self._alpha / rank), vectors, transpose_b=True)

        if self._svd_interval <= 1:
            return computed()
        kept = self.get_slot(variable, f'H_{index}')
        return self._when(self._svd_interval, lambda: tf.assign(kept, computed(), use_locking=self._use_locking), kept)
