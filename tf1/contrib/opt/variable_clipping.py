"""An optimizer that keeps the norms of variables below a bound."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence

import tf1 as tf


class VariableClippingOptimizer(tf.train.Optimizer):
    """Trains with `opt`, then scales down slices of variables that have grown longer than `max_norm`.

    Args:
      opt: the optimizer that trains.
      vars_to_clip_dims: for each variable that is bounded, the dimensions over which its norm is taken. With `[1]`,
        each row of a matrix is bounded; with a sparse gradient only rows that it names are looked at, and the
        dimensions must be all but the first.
      max_norm: the bound.
      use_locking: locks the variables that are clipped.
      colocate_clip_ops_with_vars: places the clipping on the variables' devices.
      name: name scope and prefix.
    """

    def __init__(
        self,
        opt: tf.train.Optimizer,
        vars_to_clip_dims: Mapping[tf.Variable, Sequence[int]],
        max_norm: float,
        use_locking: bool = False,
        colocate_clip_ops_with_vars: bool = False,
        name: str = 'VariableClipping',
    ):
        super().__init__(use_locking, name)
        self._optimizer = opt
        self._dimensions = {id(variable): list(dims) for variable, dims in vars_to_clip_dims.items()}
        self._max_norm = max_norm
        self._colocates = colocate_clip_ops_with_vars

    def compute_gradients(self, *args: object, **kwargs: object) -> list[tuple[tf.Tensor | None, tf.Variable]]:
        """Returns what the inner optimizer computes."""
        return self._optimizer.compute_gradients(*args, **kwargs)

    def get_slot(self, *args: object, **kwargs: object) -> tf.Variable | None:
        """Returns the inner optimizer's slot."""
        return self._optimizer.get_slot(*args, **kwargs)

    def get_slot_names(self, *args: object, **kwargs: object) -> list[str]:
        """Returns the names of the inner optimizer's slots."""
        return self._optimizer.get_slot_names(*args, **kwargs)

    def apply_gradients(
        self,
        grads_and_vars: Iterable[tuple[tf.Tensor | tf.IndexedSlices | None, tf.Variable]],
        global_step: tf.Variable | None = None,
        name: str | None = None,
    ) -> tf.Operation:
        """Returns the operation that trains and then clips.

        Raises:
          ValueError: a sparse gradient with dimensions other than all but the first.
        """
        pairs = list(grads_and_vars)
        with tf.name_scope(self._name) as scope:
            updated = self._optimizer.apply_gradients(pairs, global_step=global_step)
            clipped = [updated]
            with tf.control_dependencies([updated]):
                for gradient, variable in pairs:
                    if gradient is None or id(variable) not in self._dimensions:
                        continue
                    place = tf.colocate_with(variable) if self._colocates else contextlib.nullcontext()
                    with tf.name_scope('clip_' + variable.op.name), place:
                        clipped.append(self._clipped(gradient, variable))
            return tf.group(*clipped, name=name or scope)

    def _clipped(self, gradient: tf.Tensor | tf.IndexedSlices, variable: tf.Variable) -> tf.Operation:
        dimensions = self._dimensions[id(variable)]
        if not isinstance(gradient, tf.IndexedSlices):
            value = variable.read_value()
            excess = value - tf.clip_by_norm(value, self._max_norm, dimensions)
            return tf.assign_sub(variable, excess, use_locking=self._use_locking)
        inner = list(range(1, variable.shape.ndims))
        if dimensions != inner:
            raise ValueError(
                f'{variable.op.name} has sparse gradients and must be clipped over {inner}, all dimensions but the '
                f'first; got {dimensions}.'
            )
        indices, _ = tf.unique(gradient.indices)
        bounded = tf.clip_by_norm(tf.gather(variable, indices), self._max_norm, dimensions)
        return tf.scatter_update(variable, indices, bounded, use_locking=self._use_locking)
