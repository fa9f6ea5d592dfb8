"""Weight decay apart from the gradient, as Loshchilov and Hutter describe it (https://arxiv.org/abs/1711.05101)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import MethodType

import tf1 as tf


class DecoupledWeightDecayExtension:
    """Makes an optimizer shrink variables by `weight_decay * variable` before it applies a gradient.

    Mix it into an Optimizer, first. The decay is not scaled by the learning rate; a program that decays one decays
    the other. A sparse gradient shrinks the rows that it names and no others. A variable is shrunk once its gradient
    is known, so that every gradient belongs to the values before the step; TF 1.15 left that order open.
    """

    def __init__(self, weight_decay: float | tf.Tensor, **kwargs: object):
        self._decay_var_list = None
        self._weight_decay = weight_decay
        super().__init__(**kwargs)

    def minimize(
        self,
        loss: tf.Tensor,
        global_step: tf.Variable | None = None,
        var_list: list[tf.Variable] | None = None,
        gate_gradients: int = tf.train.Optimizer.GATE_OP,
        aggregation_method: int | None = None,
        colocate_gradients_with_ops: bool = False,
        name: str | None = None,
        grad_loss: tf.Tensor | None = None,
        decay_var_list: Iterable[tf.Variable] | None = None,
    ) -> tf.Operation:
        """Returns the operation of one step. All variables decay: `decay_var_list` has no effect here, as in TF 1.15.

        To choose what decays, call `compute_gradients` and give `decay_var_list` to `apply_gradients`.
        """
        if decay_var_list is not None:
            tf.logging.warning(
                'minimize ignores decay_var_list, as in TF 1.15: all variables decay. Give it to apply_gradients.'
            )
        return super().minimize(
            loss,
            global_step=global_step,
            var_list=var_list,
            gate_gradients=gate_gradients,
            aggregation_method=aggregation_method,
            colocate_gradients_with_ops=colocate_gradients_with_ops,
            name=name,
            grad_loss=grad_loss,
        )

    def apply_gradients(
        self,
        grads_and_vars: list[tuple[tf.Tensor | None, tf.Variable]],
        global_step: tf.Variable | None = None,
        name: str | None = None,
        decay_var_list: Iterable[tf.Variable] | None = None,
    ) -> tf.Operation:
        """Returns the operation that applies gradients; only variables of `decay_var_list` decay, or all without it."""
        kept = decay_var_list is not None
        self._decay_var_list = {id(variable) for variable in decay_var_list} if kept else None
        return super().apply_gradients(grads_and_vars, global_step=global_step, name=name)

    def _prepare(self) -> None:
        tf.convert_to_tensor(self._weight_decay, name='weight_decay')
        super()._prepare()

    def _decays(self, variable: tf.Variable) -> bool:
        return self._decay_var_list is None or id(variable) in self._decay_var_list

    def _decay(self, variable: tf.Variable) -> float | tf.Tensor:
        decay = self._weight_decay
        return tf.cast(decay, variable.dtype.base_dtype) if isinstance(decay, tf.Tensor) else decay

    def _decayed(self, gradient: tf.Tensor, variable: tf.Variable) -> list[tf.Operation]:
        if not self._decays(variable):
            return []
        amount = self._decay(variable) * variable
        with tf.control_dependencies([gradient]):
            return [tf.assign_sub(variable, amount, use_locking=self._use_locking)]

    def _decayed_rows(self, gradient: tf.Tensor, indices: tf.Tensor, variable: tf.Variable) -> list[tf.Operation]:
        if not self._decays(variable):
            return []
        amount = -self._decay(variable) * tf.gather(variable, indices)
        with tf.control_dependencies([gradient]):
            return [tf.scatter_add(variable, indices, amount, use_locking=self._use_locking)]

    def _apply_dense(self, grad: tf.Tensor, var: tf.Variable) -> tf.Operation:
        with tf.control_dependencies(self._decayed(grad, var)):
            return super()._apply_dense(grad, var)

    def _resource_apply_dense(self, grad: tf.Tensor, handle: tf.Variable) -> tf.Operation:
        with tf.control_dependencies(self._decayed(grad, handle)):
            return super()._resource_apply_dense(grad, handle)

    def _apply_sparse(self, grad: tf.IndexedSlices, var: tf.Variable) -> tf.Operation:
        with tf.control_dependencies(self._decayed_rows(grad.values, grad.indices, var)):
            return super()._apply_sparse(grad, var)

    def _resource_apply_sparse(self, grad: tf.Tensor, handle: tf.Variable, indices: tf.Tensor) -> tf.Operation:
        with tf.control_dependencies(self._decayed_rows(grad, indices, handle)):
            return super()._resource_apply_sparse(grad, handle, indices)

    def _apply_sparse_duplicate_indices(self, grad: tf.IndexedSlices, var: tf.Variable) -> tf.Operation:
        sums = _sums_rows(super()._apply_sparse_duplicate_indices)
        return super()._apply_sparse_duplicate_indices(grad if sums else _summed(grad), var)

    def _resource_apply_sparse_duplicate_indices(
        self, grad: tf.Tensor, handle: tf.Variable, indices: tf.Tensor
    ) -> tf.Operation:
        if not _sums_rows(super()._resource_apply_sparse_duplicate_indices):
            rows = _summed(tf.IndexedSlices(grad, indices))
            grad, indices = rows.values, rows.indices
        return super()._resource_apply_sparse_duplicate_indices(grad, handle, indices)


def _sums_rows(method: MethodType) -> bool:
    """Returns whether a method is the usual one, which sums rows that come more than once.

    Gradient descent has another, takes rows as they come, and would decay some twice.
    """
    return method.__func__ is getattr(tf.train.Optimizer, method.__name__)


def _summed(gradient: tf.IndexedSlices) -> tf.IndexedSlices:
    """Returns the gradient with each row once."""
    indices, positions = tf.unique(gradient.indices)
    values = tf.unsorted_segment_sum(gradient.values, positions, tf.shape(indices)[0])
    return tf.IndexedSlices(values, indices, gradient.dense_shape)


def extend_with_decoupled_weight_decay(base_optimizer: type[tf.train.Optimizer]) -> Callable[..., tf.train.Optimizer]:
    """Returns a class like `base_optimizer` whose constructor takes `weight_decay` first, and all else by name."""

    class OptimizerWithDecoupledWeightDecay(DecoupledWeightDecayExtension, base_optimizer):
        def __init__(self, weight_decay: float | tf.Tensor, *args: object, **kwargs: object):
            # The extension hands on only named arguments, as in TF 1.15.
            super().__init__(weight_decay, *args, **kwargs)

    return OptimizerWithDecoupledWeightDecay


class AdamWOptimizer(DecoupledWeightDecayExtension, tf.train.AdamOptimizer):
    """Adam with decoupled weight decay."""

    def __init__(
        self,
        weight_decay: float | tf.Tensor,
        learning_rate: float | tf.Tensor = 0.001,
        beta1: float | tf.Tensor = 0.9,
        beta2: float | tf.Tensor = 0.999,
        epsilon: float = 1e-8,
        use_locking: bool = False,
        name: str = 'AdamW',
    ):
        super().__init__(
            weight_decay,
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            use_locking=use_locking,
            name=name,
        )


class MomentumWOptimizer(DecoupledWeightDecayExtension, tf.train.MomentumOptimizer):
    """Momentum with decoupled weight decay."""

    def __init__(
        self,
        weight_decay: float | tf.Tensor,
        learning_rate: float | tf.Tensor,
        momentum: float | tf.Tensor,
        use_locking: bool = False,
        name: str = 'MomentumW',
        use_nesterov: bool = False,
    ):
        super().__init__(
            weight_decay,
            learning_rate=learning_rate,
            momentum=momentum,
            use_locking=use_locking,
            name=name,
            use_nesterov=use_nesterov,
        )
