"""AddSign and PowerSign: steps weighted by whether gradient and momentum agree (https://arxiv.org/abs/1709.07417)."""

from __future__ import annotations

import math
from collections.abc import Callable

import tf1 as tf
from tf1.contrib.opt import one_way

_SignDecay = Callable[[tf.Tensor], tf.Tensor]


class _SignOptimizer(one_way.OneWay, tf.train.Optimizer):
    """What both have in common: slot `m`, and a decay of the sign's weight with the global step."""

    def __init__(
        self,
        numbers: dict[str, float],
        sign_decay_fn: _SignDecay | None,
        use_locking: bool,
        name: str,
    ):
        super().__init__(use_locking, name)
        self._numbers = numbers
        self._sign_decay_fn = sign_decay_fn
        self._tensors = {}

    def apply_gradients(
        self,
        grads_and_vars: list[tuple[tf.Tensor | None, tf.Variable]],
        global_step: tf.Variable | None = None,
        name: str | None = None,
    ) -> tf.Operation:
        """Returns the operation that applies gradients.

        Raises:
          ValueError: there is a `sign_decay_fn` and no `global_step`.
        """
        decay = 1.0
        if self._sign_decay_fn is not None:
            if global_step is None:
                raise ValueError('sign_decay_fn needs global_step, got None; pass tf.train.get_global_step().')
            decay = self._sign_decay_fn(tf.identity(global_step))
        self._tensors['sign_decay'] = decay
        return super().apply_gradients(grads_and_vars, global_step=global_step, name=name)

    def _create_slots(self, var_list: list[tf.Variable]) -> None:
        for variable in var_list:
            self._zeros_slot(variable, 'm', self._name)

    def _prepare(self) -> None:
        for name, value in {**self._numbers, 'sign_decay': self._tensors['sign_decay']}.items():
            self._tensors[name] = tf.convert_to_tensor(value, name=name)

    def _cast(self, name: str, dtype: tf.DType) -> tf.Tensor:
        return tf.cast(self._tensors[name], dtype)

    _kind: str
    _factor: str

    def _step(self, gradient: tf.Tensor, agreement: tf.Tensor) -> tf.Tensor:
        """Returns what a variable loses, for the gradient and the product of the signs."""
        raise NotImplementedError

    def _dense(self, gradient: tf.Tensor, variable: tf.Variable) -> tf.Operation:
        dtype = variable.dtype.base_dtype
        return one_way.applied(
            self._kind,
            {'var': variable, 'm': self.get_slot(variable, 'm')},
            lr=self._cast('learning_rate', dtype),
            **{self._factor: self._cast(self._factor, dtype)},
            sign_decay=self._cast('sign_decay', dtype),
            beta=self._cast('beta', dtype),
            grad=gradient,
            use_locking=self._use_locking,
        )

    def _rows(self, gradient: tf.Tensor, indices: tf.Tensor, variable: tf.Variable) -> tf.Operation:
        beta, m = self._cast('beta', variable.dtype.base_dtype), self.get_slot(variable, 'm')
        new_m = one_way.added_to_rows(m, beta, indices, (1 - beta) * gradient, self._use_locking)
        step = self._step(gradient, tf.sign(gradient) * tf.sign(tf.gather(new_m, indices)))
        return tf.group(tf.scatter_sub(variable, indices, step, use_locking=self._use_locking), new_m)


class AddSignOptimizer(_SignOptimizer):
    """Steps of `learning_rate * (alpha + decay * sign(g) * sign(m)) * g`; `m` is the gradients' moving average."""

    _kind, _factor = 'ApplyAddSign', 'alpha'

    def __init__(
        self,
        learning_rate: float = 0.1,
        alpha: float = 1.0,
        beta: float = 0.9,
        sign_decay_fn: _SignDecay | None = None,
        use_locking: bool = False,
        name: str = 'AddSignOptimizer',
    ):
        numbers = {'learning_rate': learning_rate, 'beta': beta, 'alpha': alpha}
        super().__init__(numbers, sign_decay_fn, use_locking, name)

    def _step(self, gradient: tf.Tensor, agreement: tf.Tensor) -> tf.Tensor:
        rate, alpha, decay = (self._cast(name, gradient.dtype) for name in ('learning_rate', 'alpha', 'sign_decay'))
        return rate * (alpha + decay * agreement) * gradient


class PowerSignOptimizer(_SignOptimizer):
    """Steps of `learning_rate * base ** (decay * sign(g) * sign(m)) * g`; `m` is the gradients' moving average."""

    _kind, _factor = 'ApplyPowerSign', 'logbase'

    def __init__(
        self,
        learning_rate: float = 0.1,
        base: float = math.e,
        beta: float = 0.9,
        sign_decay_fn: _SignDecay | None = None,
        use_locking: bool = False,
        name: str = 'PowerSignOptimizer',
    ):
        numbers = {'learning_rate': learning_rate, 'beta': beta, 'logbase': math.log(base)}
        super().__init__(numbers, sign_decay_fn, use_locking, name)

    def _step(self, gradient: tf.Tensor, agreement: tf.Tensor) -> tf.Tensor:
        rate, logbase, decay = (self._cast(name, gradient.dtype) for name in ('learning_rate', 'logbase', 'sign_decay'))
        return rate * tf.exp(logbase * decay * agreement) * gradient
