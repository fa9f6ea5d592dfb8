"""`recompute_grad`: a function whose activations are computed again for its gradient instead of kept."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf

Function = Callable[..., Any]


def recompute_grad(
    fn: Function | None = None, use_data_dep: bool | None = None, tupleize_grads: bool = False
) -> Function:
    """Returns the function, decorated so that its gradient computes its activations again.

    Also a decorator with arguments: `@recompute_grad(tupleize_grads=True)`. Variables within must be resource
    variables, made by `tf.get_variable`; other tensors must come as arguments.

    Args:
      fn: function of tensors that returns a tensor or several; where it takes `is_recomputing`, that says which
        time it runs.
      use_data_dep: taken as in TF 1.15; a control dependency makes the second time wait in any case.
      tupleize_grads: whether no gradient is used before all are there.
    """
    if fn is None:
        return functools.partial(recompute_grad, use_data_dep=use_data_dep, tupleize_grads=tupleize_grads)
    asks = 'is_recomputing' in inspect.signature(fn).parameters

    def run(recomputing: bool, inputs: tuple[tf.Tensor, ...]) -> Any:
        return fn(*inputs, is_recomputing=recomputing) if asks else fn(*inputs)

    @tf.custom_gradient
    def recomputed(*inputs: tf.Tensor) -> tuple[Any, Function]:
        scope = tf.get_variable_scope()
        outputs = run(False, inputs)

        def gradient(*upstream: tf.Tensor, variables: list[tf.Variable] | None = None) -> Any:
            with tf.control_dependencies([tensor for tensor in upstream if tensor is not None]):
                fresh = tuple(tf.identity(tensor) for tensor in inputs)
            with tf.variable_scope(scope, reuse=True, auxiliary_name_scope=False):
                again = run(True, fresh)
            gradients = tf.gradients(again, [*fresh, *(variables or ())], list(upstream))
            if tupleize_grads:
                gradients = tf.tuple(gradients)
            first, rest = gradients[: len(fresh)], gradients[len(fresh) :]
            return first if variables is None else (first, rest)

        return outputs, gradient

    @functools.wraps(fn)
    def wrapped(*args: Any) -> Any:
        return recomputed(*(tf.convert_to_tensor(argument) for argument in args))

    return wrapped
