"""Reversible residual layers, whose activations are computed again on the way back: `rev_block` and `RevBlock`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import tensorflow.compat.v1 as tf

from tf1.contrib.layers.recompute import recompute_grad

Residual = Callable[..., tf.Tensor]


def rev_block(
    x1: tf.Tensor,
    x2: tf.Tensor,
    f: Residual | Sequence[Residual],
    g: Residual | Sequence[Residual],
    num_layers: int = 1,
    f_side_input: Sequence[tf.Tensor] | None = None,
    g_side_input: Sequence[tf.Tensor] | None = None,
    is_training: bool = True,
) -> tuple[tf.Tensor, tf.Tensor]:
    """Returns both halves after reversible residual layers: `y1 = x1 + f(x2)`, `y2 = x2 + g(y1)`.

    Args:
      x1: one half, float.
      x2: the other half.
      f: function of a tensor, and of `f_side_input` where that is given; or a list of one for each layer.
      g: likewise.
      num_layers: number of layers.
      f_side_input: tensors that `f` gets besides.
      g_side_input: tensors that `g` gets besides.
      is_training: whether gradients compute activations again, which saves memory.
    """
    block = RevBlock(f, g, num_layers, f_side_input, g_side_input, use_efficient_backprop=is_training)
    return block.forward(x1, x2)


class RevBlock:
    """A block of reversible residual layers; see `rev_block`.

    Args:
      f: function of a tensor, or a list of one for each layer.
      g: likewise.
      num_layers: number of layers.
      f_side_input: tensors that `f` gets besides.
      g_side_input: tensors that `g` gets besides.
      use_efficient_backprop: whether gradients compute activations again.
      name: variable scope.

    Raises:
      AssertionError: a list has not one function for each layer.
    """

    def __init__(
        self,
        f: Residual | Sequence[Residual],
        g: Residual | Sequence[Residual],
        num_layers: int = 1,
        f_side_input: Sequence[tf.Tensor] | None = None,
        g_side_input: Sequence[tf.Tensor] | None = None,
        use_efficient_backprop: bool = True,
        name: str = 'revblock',
    ):
        self._f = _for_each('f', f, num_layers)
        self._g = _for_each('g', g, num_layers)
        self._f_side_input = list(f_side_input or ())
        self._g_side_input = list(g_side_input or ())
        self._recomputes = use_efficient_backprop
        self._name = name

    def forward(self, x1: tf.Tensor, x2: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns both halves after all layers."""
        with tf.variable_scope(self._name, use_resource=True):
            for number, (f, g) in enumerate(zip(self._f, self._g, strict=True)):
                x1 = x1 + self._residual(f, x2, self._f_side_input, f'revlayer_{number}/f')
                x2 = x2 + self._residual(g, x1, self._g_side_input, f'revlayer_{number}/g')
        return x1, x2

    def backward(self, y1: tf.Tensor, y2: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns the halves that `forward`, called before, made these of."""
        with tf.variable_scope(self._name, use_resource=True, reuse=True):
            for number in reversed(range(len(self._f))):
                y2 = y2 - self._residual(self._g[number], y1, self._g_side_input, f'revlayer_{number}/g')
                y1 = y1 - self._residual(self._f[number], y2, self._f_side_input, f'revlayer_{number}/f')
        return y1, y2

    __call__ = forward

    def _residual(self, function: Residual, x: tf.Tensor, side_input: list[tf.Tensor], scope: str) -> tf.Tensor:
        with tf.variable_scope(scope):
            if not self._recomputes:
                return function(x, side_input) if side_input else function(x)
            if not side_input:
                return recompute_grad(lambda inputs: function(inputs))(x)
            return recompute_grad(lambda inputs, *others: function(inputs, list(others)))(x, *side_input)


def _for_each(name: str, function: Residual | Sequence[Residual], num_layers: int) -> list[Residual]:
    functions = list(function) if isinstance(function, (list, tuple)) else [function] * num_layers
    if len(functions) != num_layers:
        raise AssertionError(f'{name} must hold a function for each of {num_layers} layers, got {len(functions)}.')
    return functions
