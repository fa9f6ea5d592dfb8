"""Layers of Keras 1 that the package keras had until 2.3."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf
import tf_keras
from tf_keras import activations, constraints, initializers, layers, regularizers


def AtrousConvolution1D(*args: Any, atrous_rate: int = 1, **kwargs: Any) -> tf_keras.layers.Layer:
    """Returns a Conv1D whose kernel leaves out `atrous_rate - 1` steps between two of its own."""
    return layers.Conv1D(*args, **{'dilation_rate': atrous_rate, **kwargs})


def AtrousConvolution2D(
    *args: Any, atrous_rate: int | tuple[int, int] = (1, 1), **kwargs: Any
) -> tf_keras.layers.Layer:
    """Returns a Conv2D whose kernel leaves out `atrous_rate - 1` pixels between two of its own."""
    return layers.Conv2D(*args, **{'dilation_rate': atrous_rate, **kwargs})


class _Keras1Layer(layers.Layer):
    """A layer with the weights W and b, and arguments as Keras 1 called them."""

    def __init__(
        self,
        init: str = 'glorot_uniform',
        W_regularizer: Any = None,
        b_regularizer: Any = None,
        W_constraint: Any = None,
        b_constraint: Any = None,
        bias: bool = True,
        input_dim: int | None = None,
        **kwargs: Any,
    ):
        if input_dim is not None:
            kwargs['input_shape'] = (input_dim,)
        super().__init__(**kwargs)
        self.init = initializers.get(init)
        self.bias = bias
        self.W_regularizer, self.b_regularizer = regularizers.get(W_regularizer), regularizers.get(b_regularizer)
        self.W_constraint, self.b_constraint = constraints.get(W_constraint), constraints.get(b_constraint)
        self.input_dim = input_dim

    def _add(self, name: str, shape: tuple[int, ...], initializer: Any = None) -> tf.Variable:
        is_bias = initializer is not None
        return self.add_weight(
            name=name,
            shape=shape,
            initializer=initializer if is_bias else self.init,
            regularizer=self.b_regularizer if is_bias else self.W_regularizer,
            constraint=self.b_constraint if is_bias else self.W_constraint,
        )

    def compute_output_shape(self, input_shape: Any) -> tf.TensorShape:
        return tf.TensorShape([tf.TensorShape(input_shape)[0], self._size(tf.TensorShape(input_shape)[-1])])

    def _size(self, inputs: int) -> int:
        return inputs

    def get_config(self) -> dict[str, Any]:
        own = {
            'init': initializers.serialize(self.init),
            'W_regularizer': regularizers.serialize(self.W_regularizer),
            'b_regularizer': regularizers.serialize(self.b_regularizer),
            'W_constraint': constraints.serialize(self.W_constraint),
            'b_constraint': constraints.serialize(self.b_constraint),
            'bias': self.bias,
            'input_dim': self.input_dim,
        }
        return {**super().get_config(), **own}


class Highway(_Keras1Layer):
    """Mixes its input x, of shape [batch, size], with a dense layer of it: `t * h + (1 - t) * x`.

    h is `activation(x W + b)`, t is `sigmoid(x W_carry + b_carry)`.
    """

    def __init__(self, init: str = 'glorot_uniform', activation: Any = None, **kwargs: Any):
        super().__init__(init, **kwargs)
        self.activation = activations.get(activation)

    def build(self, input_shape: Any) -> None:
        """Makes the weights."""
        size = int(tf.TensorShape(input_shape)[-1])
        self.W = self._add('W', (size, size))
        self.W_carry = self._add('W_carry', (size, size))
        if self.bias:
            self.b = self._add('b', (size,), 'zeros')
            self.b_carry = self._add('b_carry', (size,), 'ones')
        super().build(input_shape)

    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        """Returns the layer's output."""
        new, carry = tf.matmul(inputs, self.W), tf.matmul(inputs, self.W_carry)
        if self.bias:
            new, carry = new + self.b, carry + self.b_carry
        part = tf.sigmoid(carry)
        return part * self.activation(new) + (1 - part) * inputs

    def get_config(self) -> dict[str, Any]:
        """Returns the arguments of the constructor."""
        return {**super().get_config(), 'activation': activations.serialize(self.activation)}


class MaxoutDense(_Keras1Layer):
    """The greatest of `nb_feature` dense layers: from [batch, size] to [batch, output_dim]."""

    def __init__(self, output_dim: int, nb_feature: int = 4, init: str = 'glorot_uniform', **kwargs: Any):
        super().__init__(init, **kwargs)
        self.output_dim = output_dim
        self.nb_feature = nb_feature

    def build(self, input_shape: Any) -> None:
        """Makes the weights."""
        size = int(tf.TensorShape(input_shape)[-1])
        self.W = self._add('W', (self.nb_feature, size, self.output_dim))
        if self.bias:
            self.b = self._add('b', (self.nb_feature, self.output_dim), 'zeros')
        super().build(input_shape)

    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        """Returns the layer's output."""
        scores = tf.tensordot(inputs, self.W, [[1], [1]])
        return tf.reduce_max(scores + self.b if self.bias else scores, axis=1)

    def _size(self, inputs: int) -> int:
        return self.output_dim

    def get_config(self) -> dict[str, Any]:
        """Returns the arguments of the constructor."""
        return {**super().get_config(), 'output_dim': self.output_dim, 'nb_feature': self.nb_feature}
